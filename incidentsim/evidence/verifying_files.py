"""Verifying a file or folder without knowing which kind of evidence it is."""

from pathlib import Path
from typing import Final

from incidentsim.definitions.foreign.content import beginning
from incidentsim.definitions.foreign.recognising import shape_of, with_looks
from incidentsim.definitions.whole_files import read_whole
from incidentsim.domain.errors import InputError
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.members import MAX_LINE
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.evidence.verifying import verify_bundle, verify_log_file
from incidentsim.evidence.verifying_proofs import is_proof, verify_proof
from incidentsim.messages import gettext as _

_KNOWN: Final = ("bundle", "log", "proof")
"""The shapes of files that are verified here, right or not."""

_UNCLEAR: Final = (*_KNOWN, "json", "json-lines")
"""The shapes that a damaged log may have."""


def verify_path(path: Path, trusted: TrustedInputs) -> Findings:
    """Verify a bundle (packed or unpacked), an exported log, or a proof.

    Args:
        path: where it is; what it is, its first bytes say.
        trusted: what is known from elsewhere.

    Raises:
        InputError: there is nothing, or nothing that can be verified.
        OSError: it cannot be read.
    """
    if path.is_dir():
        return verify_bundle(path, trusted)
    if not path.exists():
        raise InputError(_("There is no file {path}.").format(path=path))
    neither = _("{path} is neither a bundle nor a log nor a proof that incidentsim could check.")
    if not path.is_file():  # a pipe or a device: it would be waited for
        raise InputError(neither.format(path=path))
    with path.open("rb") as file:
        line = file.readline(MAX_LINE)
    if line.startswith(b"PK") or path.suffix == ".zip":
        return verify_bundle(path, trusted)
    is_log = b'"scheme":"incidentsim/' in line
    if not is_log and (path.suffix != ".jsonl" or path.stat().st_size <= MAX_LINE):
        data = read_whole(path, MAX_LINE)
        if b'"schema":"incidentsim/' in line or is_proof(data):
            return verify_proof(data, path, trusted)
    if is_log or (path.suffix == ".jsonl" and not _is_foreign(path)):
        return verify_log_file(path, trusted)
    raise InputError(with_looks(neither.format(path=path), path, but=_KNOWN))


def _is_foreign(path: Path) -> bool:
    """Whether a file is something else that is known, and no log that was damaged."""
    shape = shape_of(beginning(path))
    return shape is not None and shape.id not in _UNCLEAR
