"""Verifying the time stamp of a bundle: that it is about the checkpoint and, where roots are given, by whom it is."""

from incidentsim.evidence import rfc3161
from incidentsim.evidence.findings import Notebook
from incidentsim.evidence.rfc3161 import Timestamp, TimestampError
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.ledger.note import Note
from incidentsim.messages import gettext as _


def check_timestamp(
    trusted: TrustedInputs, note: Note | None, response: bytes | None, notes: Notebook
) -> Timestamp | None:
    """Check a time stamp, and give it if it was verified under the roots that are trusted.

    Args:
        trusted: which roots are trusted; without any, only what the stamp is about is checked.
        note: what it should be about; `None` where there is none that can be read.
        response: the answer of a time-stamping authority; `None` if there is none here.
        notes: where the checks are noted.
    """
    if response is None or note is None:
        if trusted.tsa_roots:
            notes.fails("authority", _expected(), _("none"))
        return None
    if not rfc3161.is_installed():
        notes.skips("stamp")
        return None
    _check_imprint(response, note.text, notes)
    if not trusted.tsa_roots:
        notes.skips("authority")
        return None
    notes.passes("authority")
    try:
        verified = rfc3161.verify(response, note.text, trusted.tsa_roots)
    except TimestampError as error:
        notes.fails("authority", _expected(), str(error))
        return None
    notes.skips("revocation")
    return verified


def _expected() -> str:
    return _("a time stamp by an authority under the roots that you gave")


def _check_imprint(response: bytes, text: bytes, notes: Notebook) -> None:
    """Check what the time stamp is about, whoever gave it."""
    notes.passes("stamp")
    try:
        imprint = rfc3161.read_imprint(response, text)
    except TimestampError as error:
        notes.fails("stamp", _("a time stamp on this checkpoint"), str(error))
    else:
        notes.compare("stamp", imprint.expected, imprint.found)
