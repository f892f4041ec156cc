"""How unfinished words, addresses and the two languages look, as regular expressions.

All of them stand here, apart from the sentences about what they find.
"""

import re
from typing import Final

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, for a class of characters."""
_BLANKS: Final = (
    "name|names|date|day|time|company|organi[sz]ation|person|people|number|amount|host|hostname|address|place|city|"
    "title|e-?mail|phone|department|role|account|user|username|customer|product|system|level|reason|text|link|url|"
    "insert|placeholder|slot|value|unknown|blank|todo|tbd"
)

_BEFORE_BLANK: Final = "(?:(?:your|the|an?|insert|company|customer|first|last|family|full)[ _-])*"
_AFTER_BLANK: Final = f"(?:[ _-](?:here|name|{_BLANKS}))*"
_CHINESE_BLANKS: Final = (
    "姓名|名称|公司名?|公司名称|日期|时间|地点|电话|邮箱|部门|账号|主机|数量|金额|待填写?|待补充?|此处[^】\\])）>]*"
)
PLACEHOLDERS: Final = re.compile(
    r"\$\{[^}]*\}"
    r"|\$[a-z_][A-Za-z0-9_.]*"
    r"|\{\{.*?\}\}"
    r"|\{[A-Za-z_][A-Za-z0-9_.]*\}"
    r"|%\([A-Za-z_]\w*\)[sdf]"
    r"|(?<![\w%])%[sd](?!\w)"
    rf"|[\[<]{_BEFORE_BLANK}(?:{_BLANKS}){_AFTER_BLANK}[\]>]"
    rf"|[【\[（(<](?:{_CHINESE_BLANKS})[】\]）)>]"
    r"|(?<![A-Za-z0-9_-])(?:TODO|TBD|TBC|FIXME|XXX+|xxx+)(?![A-Za-z0-9_-])"
    r"|(?<![A-Za-z0-9])(?:XX|xx|××|某某)(?=[公先女部某集银医门科])"
    r"|[Ll]orem ipsum"
    r"|\?\?+"
    r"|_{3,}"
    r"|“\s*”|‘\s*’|「\s*」|『\s*』|《\s*》|（\s*）"
    r'|(?<![:=,(\[{\\])(?<![:=,(\[{] )""(?!")',
    re.ASCII,
)
SEAMS: Final = re.compile(
    rf"[{HAN}] +[{HAN}]"
    rf"|[，。；：、！？]\s*[，。；：、]"
    rf"|[{HAN}，。；：] +[，。；：！？]"
    r"|[A-Za-z] +[,;](?= [A-Za-z])"
    r"|[A-Za-z] +\.(?=\s+[A-Z]|$)"
    r"|,,(?=\s|$)|(?<![.\w])[A-Za-z]+\.\.(?![./\w])"
    r"|\b(an?|the|of|with|from|for) \1\b"
    r"|\b(?-i:[Aa]n [bcdfgjkpqtvwyz][a-z]{2,}|a (?!and\b|are\b|one|once|eu)[aeio][a-z]{2,})"  # a slot after an article
    r"|(?<![\d.,:/-])1 (?:hours|minutes|seconds|days|weeks|records|users|people|messages|calls|numbers)\b",
    re.IGNORECASE | re.ASCII,
)

_BEFORE: Final = r"(?<![A-Za-z0-9@._-])"
IPV4: Final = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)", re.ASCII)
VERSION: Final = re.compile(r"(?:[vV]|[Vv]er(?:sion)?\.? |版本|版本号)\s*$", re.ASCII)
IPV6: Final = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])", re.ASCII)
MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9.-]*[A-Za-z0-9])", re.ASCII)
URL: Final = re.compile(r"(?:https?|hxxps?|ftp)://(?:[^/\s@]*@)?([A-Za-z0-9.\[\]-]*[A-Za-z0-9])", re.ASCII)
_TOP: Final = (
    "com|net|org|cn|io|gov|edu|mil|info|biz|xyz|vip|club|online|site|shop|store|tech|cloud|app|dev|ai|co|"
    "uk|de|fr|jp|kr|eu|hk|sg|tw|ru|br|au|top"
)
DOMAIN: Final = re.compile(
    rf"{_BEFORE}((?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.|\[\.\]))+(?:{_TOP}))(?![A-Za-z0-9-]|\.[A-Za-z0-9])"
)
RESERVED: Final = re.compile(
    r"(?:.*\.)?(?:example|test|invalid|localhost|local|internal|alt|onion|home\.arpa|example\.(?:com|net|org))",
    re.IGNORECASE | re.ASCII,
)
PHONES: Final = (
    re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])", re.ASCII),  # a Chinese mobile
    re.compile(r"(?<![\w-])0\d{2,3}-\d{7,8}(?!\d)", re.ASCII),  # a Chinese landline
    re.compile(r"(?<![\w-])400-\d{3}-\d{4}(?!\d)|(?<![\w-])400-\d{4}-\d{3}(?!\d)", re.ASCII),  # a Chinese hotline
    re.compile(r"(?<![\w-])(?:\+?1[ -])?\(?[2-9]\d{2}\)?[ -][2-9]\d{2}-\d{4}(?![\w-])", re.ASCII),  # North America
    re.compile(r"(?<![\w+])\+[1-9]\d{0,2}[ -]?\(?\d[\d ()-]{5,14}\d(?!\d)", re.ASCII),  # any other country
)
FICTION: Final = re.compile(r"(?:\+?1)?(?:\d{3})?55501\d{2}|\+?44(?:0)?(?:2079460|1632960|7700900)\d{3}", re.ASCII)

ANY_HAN: Final = re.compile(f"[{HAN}]", re.ASCII)
FULL_WIDTH: Final = re.compile(
    "[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u3010\u3011\u300a\u300b]", re.ASCII
)
HALF_WIDTH: Final = re.compile(f"[{HAN}”》）][,;:?!()][{HAN}“《（]", re.ASCII)
WORD: Final = re.compile(r"(?<![\w./:=@$-])[a-z]{2,}(?:'[a-z]+)?(?![\w/:=@$-]|\.\w)", re.ASCII)
LOG: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\w+=\S|\d+\.\d+\.\d+\.\d+|[{}<>|]|\b[A-Z]{2,}[_-]\w|\w+\(\)|\w+_\w+"
)
QUOTED: Final = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|\"[^\"]*\"|《[^》]*》|`[^`]*`", re.ASCII)
PROSE: Final = re.compile(r"(?:\b[A-Za-z][a-z']*\b[ ,]+){4,}[a-z]+", re.ASCII)
FUNCTION: Final = re.compile(
    r"\b(?:a|an|and|are|as|at|be|but|by|for|from|has|have|her|his|in|is|it|its|not|of|on|or|our|she|that|the|their|they|"
    r"this|to|was|we|were|with|you|your)\b",
    re.IGNORECASE | re.ASCII,
)
