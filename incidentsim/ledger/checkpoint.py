"""Checkpoints (C2SP tlog-checkpoint, c2sp.org/tlog-checkpoint): what a record was at one moment, as a text to sign.

    incidentsim/run/20260501-080000-1f2e3d4c       the record's name
    128                                            how many entries it has
    qJrf…=                                         the root over them, Base64
    roster sha256:…                                the digest of the roster, where one is kept (an extension line)
    texts sha256:…                                 the digest of the texts kept beside the entries (likewise)
    files sha256:…                                 the digest of the list of what else lies in the bundle (likewise)

The last lines pin what lies beside the entries, so that no text can be left out unnoticed. Roster, texts and the list
of reports hold secret salts, so their digests tell nothing about names and words.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from incidentsim.ledger.canonical import MAX_INT
from incidentsim.ledger.note import NoteError
from incidentsim.messages import gettext as _

ORIGIN: Final = "incidentsim/run/"
_ROSTER: Final = "roster "
_TEXTS: Final = "texts "
_FILES: Final = "files "
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_LINES: Final = 3


def origin_of(run: str) -> str:
    """The name under which the record of this run is signed."""
    return ORIGIN + run


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A record at one moment (C2SP tlog-checkpoint): its name, its number of entries, and the Merkle root over them.

    `extensions` are further lines, of which this program writes three; see `roster`, `texts` and `files`.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def of_run(
        cls,
        run: str,
        size: int,
        root: bytes,
        *,
        roster: str | None = None,
        texts: str | None = None,
        files: str | None = None,
    ) -> "Checkpoint":
        """The checkpoint of a run's record; `roster`, `texts` and `files` are the digests of what lies beside it."""
        beside = ((_ROSTER, roster), (_TEXTS, texts), (_FILES, files))
        return cls(origin_of(run), size, root, tuple(name + found for name, found in beside if found is not None))

    @property
    def run(self) -> str | None:
        """The run's id; `None` where the checkpoint is not about a run of this program."""
        return self.origin.removeprefix(ORIGIN) if self.origin.startswith(ORIGIN) else None

    @property
    def roster(self) -> str | None:
        """The digest of the roster, if there is one."""
        return self._digest(_ROSTER)

    @property
    def texts(self) -> str | None:
        """The digest of the texts, if there is one."""
        return self._digest(_TEXTS)

    @property
    def files(self) -> str | None:
        """The digest of the list of everything else in the bundle; bundles of earlier versions have none."""
        return self._digest(_FILES)

    def _digest(self, name: str) -> str | None:
        found = [line.removeprefix(name) for line in self.extensions if line.startswith(name)]
        return found[0] if len(found) == 1 and _DIGEST.fullmatch(found[0]) else None

    def to_text(self) -> bytes:
        """The text to be signed."""
        lines = [self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions]
        return "".join(f"{line}\n" for line in lines).encode()


def read_checkpoint(text: bytes) -> Checkpoint:
    """The checkpoint that a note's text is.

    Raises:
        NoteError: it is none.
    """
    lines = text.decode().split("\n")
    if len(lines) <= _LINES or lines.pop() or not all(lines):
        raise NoteError(_("A checkpoint has at least three lines: a name, a size and a root. This has not."))
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size) or int(size) > MAX_INT:
        raise NoteError(_("“{size}” in the checkpoint is not a number of entries.").format(size=size[:100]))
    digest = read_root(root)
    if digest is None:
        message = _("“{root}” in the checkpoint is not a root: a SHA-256 in Base64.")
        raise NoteError(message.format(root=root[:100]))
    return Checkpoint(origin, int(size), digest, tuple(extensions))


def read_root(text: str) -> bytes | None:
    """The root that `text` writes in Base64, in the one way for these bytes; `None` where it is none."""
    try:
        found = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return None
    return found if len(found) == sha256().digest_size and b64encode(found).decode() == text else None


def write_root(root: bytes) -> str:
    """A root as checkpoints, reports and verdicts write it: in Base64."""
    return b64encode(root).decode()
