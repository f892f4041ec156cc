"""Texts that are not finished: slots left open, notes to oneself, empty quotation marks, seams where parts were joined.

Quoted logs and JSON hold braces and brackets of their own; so a slot is only what looks like a name between them.
"""

from collections.abc import Iterator

from incidentsim.exercise.quality.expressions import PLACEHOLDERS, SEAMS
from incidentsim.exercise.quality.finding import Finding, Path
from incidentsim.messages import gettext as _


def findings(path: Path, words: str) -> Iterator[Finding]:
    """Find what is unfinished in one text; each kind is said once."""
    if not words.strip():
        yield Finding(path, "placeholder", _("This text is empty."))
        return
    hit = PLACEHOLDERS.search(words)
    if hit is not None:
        message = _("This looks like a place that was left open: {found}.")
        yield Finding(path, "placeholder", message.format(found=hit.group()))
    hit = SEAMS.search(words)
    if hit is not None:
        message = _("Parts were joined carelessly here: {found}.")
        begins, ends = max(hit.start() - 6, 0), hit.end() + 6
        yield Finding(path, "seam", message.format(found=words[begins:ends].strip()))
