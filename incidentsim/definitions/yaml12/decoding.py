"""From bytes to text: UTF-8 and nothing else, of a size that a definition can have."""

import re
from typing import Final

from incidentsim.definitions.yaml12.problems import DefinitionError, Problem, shortened
from incidentsim.messages import gettext as _

MAX_BYTES: Final = 1024 * 1024
_NOT_TEXT: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""The characters that a YAML stream may not hold as they are (YAML 1.2.2, 5.1), and a byte order mark inside it."""


def decoded(data: bytes, file: str) -> str:
    """The text in `data`, without a byte order mark at its beginning.

    Raises:
        DefinitionError: it is no text, or too much.
    """
    if len(data) > MAX_BYTES:
        raise refusal(file, 1, 1, too_large(len(data), MAX_BYTES))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(file, 1, 1, _("The file is UTF-16 text; save it as UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        message = _("The file is not UTF-8 text: byte {byte} cannot stand here.")
        raise refusal(file, *_place(before), message.format(byte=f"0x{data[error.start]:02x}")) from None
    control = _NOT_TEXT.search(text)
    if control:
        message = _("The file holds the control character {character}; it is not a text file, or a damaged one.")
        raise refusal(file, *_place(text[: control.start()]), message.format(character=f"U+{ord(control.group()):04X}"))
    return text


def too_large(size: int, most: int) -> str:
    """The sentence about a file of `size` bytes of which at most `most` are read; never is a part of it read."""
    return _("The file has {size} bytes; {most} is the most that is read.").format(size=size, most=most)


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def refusal(file: str, line: int, column: int, message: str) -> DefinitionError:
    """`message` about a file that cannot be read at all."""
    return DefinitionError([Problem(file, line, column, "$", shortened(message))], readable=False)
