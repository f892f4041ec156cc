"""Single values from a file in the domain's terms: texts, and what was measured."""

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.meanings import Unit
from incidentsim.domain.text import FreeText, Text
from incidentsim.messages import gettext as _

_HUNDRED = 100


def words_or_text(written: str | TextShape) -> Text:
    """Convert words that are the same in all languages, or a text."""
    return Text(written, written) if isinstance(written, str) else text(written)


def text(shape: TextShape) -> Text:
    """The text, in whichever languages it is written."""
    return Text.in_languages(shape.words)


def free_text(written: str | TextShape) -> FreeText:
    """What somebody says in a script: plain words, also where a text stands there in one language only."""
    if isinstance(written, str):
        return FreeText(written)
    words = written.words
    return FreeText(next(iter(words.values())) if len(words) == 1 else text(written))


def measured(findings: Findings, unit: Unit, value: int | bool | str, path: Path) -> int:
    """The value at `path` in the unit of its measure; one of another kind is noted and counts as 0."""
    if unit == "duration":
        if isinstance(value, str):
            return parse_duration(value)
        findings.add(path, _("This measure is a duration; write it like 90s, 15m, 4h or 1h 30m."))
    elif unit == "flag":
        if isinstance(value, bool):
            return int(value)
        findings.add(path, _("This measure is true or false."))
    elif isinstance(value, bool) or not isinstance(value, int):
        findings.add(path, _("This measure is a whole number, such as 100."))
    elif value < 0 or (unit == "percent" and value > _HUNDRED):
        findings.add(
            path, _("This is a percentage, from 0 to 100.") if unit == "percent" else _("This cannot be negative.")
        )
    else:
        return value
    return 0
