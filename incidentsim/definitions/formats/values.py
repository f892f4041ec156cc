"""Single values from a file in the domain's terms: texts, and what was measured."""

from typing import Literal

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _

Unit = Literal["count", "duration", "money", "percent", "flag"]
_HUNDRED = 100


def words_or_text(written: str | TextShape) -> Text:
    """Convert words that are the same in both languages, or a text in both."""
    return Text(written, written) if isinstance(written, str) else text(written)


def text(shape: TextShape) -> Text:
    """The text in both languages."""
    return Text(shape.en, shape.zh)


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
        findings.add(path, _("This measure is a whole number."))
    elif value < 0 or (unit == "percent" and value > _HUNDRED):
        findings.add(
            path, _("This is a percentage, from 0 to 100.") if unit == "percent" else _("This cannot be negative.")
        )
    else:
        return value
    return 0
