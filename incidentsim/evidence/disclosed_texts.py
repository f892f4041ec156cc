"""Reading the texts beside a log for one purpose only: what commitment each of them opens.

A line is read as `members.read_text` reads it, but nothing is made of the words that only people need. Whatever is out
of the ordinary is left to that exact way, so this one may give up at the least doubt and must accept nothing more.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import orjson

from incidentsim.evidence.members import read_text
from incidentsim.ledger.digests import PREFIX
from incidentsim.ledger.sealing import SALT_BYTES
from incidentsim.ledger.verify import Opening

_WRITTEN: Final = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_PARTS: Final = 4
_LANGUAGES: Final = 2
_SALT: Final = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}", re.ASCII)


@dataclass(slots=True)
class Opened:
    """Of which entry a text is, where in it the text stands, and the commitment to it."""

    seq: int
    pointer: str
    opens: str

    def commitment(self) -> str:
        """Return the commitment that should stand in the log in the text's place."""
        return self.opens


def read_opening(line: bytes) -> Opening:
    """The text in one line, as far as it takes to check it.

    Raises:
        MemberError: it holds none.
    """
    return _read(line) or read_text(line)


def _read(line: bytes) -> Opened | None:
    """The text, if there is no doubt about it."""
    try:
        value = orjson.loads(line)
        if orjson.dumps(value, option=_WRITTEN) != line or len(value) != _PARTS:
            return None
        seq, pointer, salt, words = value["seq"], value["pointer"], value["salt"], value["text"]
        if type(words) is str:
            said = words.encode()
        elif len(words) == _LANGUAGES and type(words["en"]) is str and type(words["zh"]) is str:
            said = orjson.dumps(words)  # in the order of the line, which is canonical
        else:
            return None
        if type(seq) is not int or type(pointer) is not str or not _SALT.fullmatch(salt):
            return None
    except (ValueError, KeyError, TypeError):  # no JSON, a part missing, a part of another kind
        return None
    return Opened(seq, pointer, PREFIX + sha256(bytes.fromhex(salt) + said).hexdigest())
