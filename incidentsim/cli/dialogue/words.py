"""The words that plain mode understands, in both languages at any time, and finding what somebody names."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from incidentsim.domain.text import Language, Text
from incidentsim.messages import gettext as _

WORDS: Final = {
    "go": Text("go next continue", "继续 往下"),
    "actions": Text("actions list", "可办 清单"),
    "do": Text("do", "办理 办"),
    "why": Text("why closed", "为何 为什么"),
    "try": Text("try", "试办 尝试"),
    "inform": Text("tell inform", "告知"),
    "ask": Text("ask", "询问"),
    "answer": Text("answer reply", "答复 回复"),
    "forward": Text("forward", "转发"),
    "order": Text("order", "指令"),
    "decide": Text("decide", "决定"),
    "read": Text("read", "阅读 读"),
    "attachment": Text("attachment file", "附件"),
    "inbox": Text("inbox messages", "收件箱 消息"),
    "duties": Text("duties", "义务 时限"),
    "tracks": Text("tracks", "进程 状态"),
    "log": Text("log", "日志 记录"),
    "procedure": Text("procedure rules", "规程 规则"),
    "incident": Text("incident", "事件"),
    "hint": Text("hint", "提示"),
    "coach": Text("coach", "教练"),
    "wait": Text("wait", "等待 等"),
    "hand": Text("hand", "交接 换人"),
    "players": Text("players seats", "参演人员 座位"),
    "console": Text("console plan", "控制台 注入"),
    "truth": Text("truth", "底案"),
    "step": Text("step", "单步"),
    "release": Text("release", "放出"),
    "skip": Text("skip", "略过"),
    "delay": Text("delay", "推迟"),
    "add": Text("add", "追加"),
    "write": Text("write", "代写"),
    "note": Text("note", "观察"),
    "undo": Text("undo", "撤销"),
    "end": Text("end", "收场"),
    "manual": Text("manual", "手册"),
    "lang": Text("lang language", "语言"),
    "help": Text("help ?", "帮助 ？"),
    "quit": Text("quit exit", "退出 离开"),
}
"""Every word that begins an answer, by what it asks for: the first of each language is the one that help names."""

FACILITATING: Final = frozenset(
    {"console", "truth", "step", "release", "skip", "delay", "add", "write", "note", "undo", "end"}
)
"""What only whoever facilitates an exercise can ask for."""

YES: Final = Text("yes", "是")
"""Does what cannot be taken back."""

BACK: Final = Text("back", "返回")
"""Leaves a form."""

SEND: Final = Text("send", "发送")
"""Sends a form in which words were written: Enter alone does not, because a pasted text may have empty lines."""

COMPARE: Final = Text("compare", "对照")
"""Sets a run beside the earlier runs of its team, wherever a hot wash asks for something."""

FORECAST: Final = Text("forecast", "试演")
"""Sets it beside bots' plays of its scenario."""

ENDS_TEXT: Final = frozenset({".", "。"})
"""A line of only this ends a text of several lines, after normalisation of widths."""

_LANGUAGES: Final[dict[Language, Text]] = {"en": Text("en english", "英文 英语"), "zh": Text("zh chinese", "中文 汉语")}

_MOST_DIGITS: Final = 6
"""No number that anybody means has more."""


def plain_words(answer: str) -> str:
    """An answer as it is compared: without the widths and cases that one types by accident."""
    return " ".join(unicodedata.normalize("NFKC", answer).casefold().split())


def understood(answer: str) -> tuple[str, str] | None:
    """Parse an answer into a command and its subject, as in `("read", "3")`; `None` where it begins with no command.

    A bare number is something to do; nothing at all lets time go on.
    """
    words = plain_words(answer)
    if not words:
        return "go", ""
    if whole_number(words) is not None:
        return "do", words
    for name, spoken in WORDS.items():
        for word in map(plain_words, (*spoken.en.split(), *spoken.zh.split())):
            rest = words.removeprefix(word)
            if rest == words:
                continue
            if not rest or rest.startswith(" ") or not word.isascii():  # Chinese goes on without a space
                return name, rest.strip()
    return None


def is_back(answer: str) -> bool:
    """Return whether an answer leaves a form, in either language."""
    return plain_words(answer) in {plain_words(BACK.en), plain_words(BACK.zh)}


def is_send(answer: str) -> bool:
    """Return whether an answer sends a form, in either language."""
    return plain_words(answer) in {plain_words(SEND.en), plain_words(SEND.zh)}


def is_yes(answer: str) -> bool:
    """Return whether an answer agrees, in either language."""
    return plain_words(answer) in {plain_words(YES.en), plain_words(YES.zh)}


def ends_text(line: str) -> bool:
    """Return whether a line ends a text of several lines."""
    return plain_words(line) in ENDS_TEXT


def word(name: str, language: Language) -> str:
    """The word for this in `language`."""
    return WORDS[name].say(language).split()[0]


def language_named(words: str) -> Language | None:
    """The language that is meant."""
    for language, names in _LANGUAGES.items():
        if words in {*names.en.split(), *names.zh.split()}:
            return language
    return None


def whole_number(words: str) -> int | None:
    """The number that is written there; `None` where it is something else, or absurdly large."""
    return int(words) if words.isdecimal() and len(words) <= _MOST_DIGITS else None


def named(wanted: str, choices: Sequence[tuple[str, str]]) -> int | None:
    """The place of the choice that is meant: by its number from 1, its name, its title, or how just one begins.

    Args:
        wanted: what was answered.
        choices: the name and the title of each.
    """
    words = plain_words(wanted)
    number = whole_number(words)
    if number is not None and 1 <= number <= len(choices):
        return number - 1
    known = [(plain_words(name), plain_words(title)) for name, title in choices]
    exact = [place for place, names in enumerate(known) if words in names]
    begun = [place for place, names in enumerate(known) if words and any(one.startswith(words) for one in names)]
    found = exact or begun
    return found[0] if len(found) == 1 or exact else None


def help_lines(language: Language, *, facilitating: bool = False) -> list[str]:
    """Return the help: a line for each command; those of a facilitator only where somebody is `facilitating`."""
    said = {
        "go": ("", _("time goes on to the next thing that matters to you; just Enter does the same")),
        "actions": ("", _("what you can do now, numbered")),
        "do": (_("NUMBER or STEP"), _("do it; what has to be filled in, you are asked; just the number does the same")),
        "why": (_("NUMBER or STEP"), _("why it is closed, by which clause; without either, everything that is closed")),
        "try": (_("STEP"), _("attempt it all the same; the attempt and its refusal go on record")),
        "inform": (
            _("RECEIVERS"),
            _("send a message; what it says, you are asked; without receivers, you are asked too"),
        ),
        "ask": (_("RECEIVERS"), _("the same, as a question")),
        "answer": (_("RECEIVERS"), _("answer a message")),
        "forward": (_("RECEIVERS"), _("pass on what reached you")),
        "order": (_("RECEIVERS"), _("order a step, and by when")),
        "decide": (_("RECEIVERS"), _("make a decision known, with its reason")),
        "read": (_("NUMBER"), _("a message; without a number, the next unread one")),
        "attachment": (
            _("MESSAGE NUMBER"),
            _("read a file that came with a message; with the name of a file behind it, save it there"),
        ),
        "inbox": ("", _("your messages")),
        "duties": ("", _("who owes what until when, and the regulatory deadlines")),
        "tracks": ("", _("where each incident stands")),
        "log": (
            _("WHAT"),
            _("all of it, a kind such as refusals, the number of a fact, words; without, the last of it"),
        ),
        "procedure": (
            _("SECTION or WORDS"),
            _("your role, levels, duties and their times, who is who, deadlines; without, what there is"),
        ),
        "incident": (_("NAME"), _("act on another incident")),
        "wait": (_("MINUTES"), _("let so many minutes pass")),
        "hint": ("", _("ask the coach for the next hint; it goes on record and shows in the rating")),
        "coach": (_("on or off"), _("all that the coach says of what is owed first; switch it on or off")),
        "players": (_("N NAME"), _("who sits in which seat; with a number and a name, somebody takes a seat")),
        "hand": (_("NAME"), _("somebody else takes the keyboard (hot seat)")),
        "console": ("", _("the injects as planned and as they came, and all that happened last")),
        "truth": (_("INJECT"), _("an inject in full, with what really happened")),
        "step": ("", _("let the very next thing happen, whomever it concerns")),
        "release": (_("INJECT"), _("let an inject come now")),
        "skip": (_("INJECT"), _("leave an inject out")),
        "delay": (_("INJECT MINUTES"), _("let an inject come so many minutes later")),
        "add": ("", _("tell people something that was not planned")),
        "write": ("", _("a message as somebody whom nobody plays")),
        "note": (_("FACT"), _("an observation, about a fact by its number or about none")),
        "undo": ("", _("the last thing that happened counts no more")),
        "end": ("", _("close the exercise early")),
        "manual": (_("TOPIC"), _("a page of the manual; without, which pages there are")),
        "lang": (_("en or zh"), _("switch the language")),
        "help": ("", _("tell all this")),
        "quit": ("", _("leave; nothing is lost")),
    }
    lines = [
        _("{head}: {subject}").format(head=f"{word(name, language)} {wanted}".strip(), subject=sentence)
        for name, (wanted, sentence) in said.items()
        if facilitating or name not in FACILITATING
    ]
    form = _("In a form: a number, or several with commas, chooses; Enter keeps what is there; “{back}” leaves it.")
    text = _("A text may have several lines; a line with only a full stop ends it. “{send}” sends a form with a text.")
    return [*lines, form.format(back=BACK.say(language)), text.format(send=SEND.say(language))]
