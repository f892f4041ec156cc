"""What is said when a record is to be read and does not hold: the first finding, and how to see all of them."""

from incidentsim.evidence.findings import Findings, title
from incidentsim.messages import gettext as _


def fault_of(findings: Findings, what: str) -> str | None:
    """Return why a record is not read, in the language spoken now; `None` if it holds.

    Args:
        findings: what verifying it came to.
        what: how the user names it.
    """
    fault = next((check for check in findings.checks if not check.holds), None)
    if fault is None:
        return None
    message = _(
        "The record in {what} was changed or damaged, so nothing is made of it. This does not hold: “{check}” (entry: "
        "{seq}; expected: {expected}; found: {found}). “incidentsim verify {what}” says all that is wrong."
    )
    seq = "–" if fault.seq is None else str(fault.seq)
    return message.format(what=what, check=title(fault.name), seq=seq, expected=fault.expected, found=fault.found)
