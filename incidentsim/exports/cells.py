"""Foreign text in a cell of a spreadsheet: it shows what it says and is never a formula.

Which separator a spreadsheet takes depends on the machine's region: where it is the semicolon, a cell of ours is cut
at semicolons and line breaks. So what could begin a formula is guarded behind those as well.
"""

import re
from typing import Final

from incidentsim.exports.wording.plain_text import lines_of, visible

FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""The characters that a spreadsheet may take for the beginning of a formula, in full width too."""
_AFTER_SEPARATOR: Final = re.compile(r';(?=["\s]*[=+\-@＝＋－＠])')


def may_act(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula, once somebody has typed it or opened it as CSV."""
    return text.startswith(FORMULA) or text.lstrip(' "').startswith(FORMULA)


def safe_cell(text: str) -> str:
    """The cell: line breaks kept, other control characters visible; an apostrophe stands before what might act."""
    lines = [visible(line).rstrip() for line in lines_of(text)]
    guarded = ["'" + line if may_act(line) else line for line in lines]
    cell = _AFTER_SEPARATOR.sub(";'", "\n".join(guarded))
    acts = text.startswith(FORMULA) and not cell.startswith("'")
    return "'" + cell if acts or cell.startswith(FORMULA) else cell
