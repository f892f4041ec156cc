"""The content of actions as the kernel takes it: what each kind of field accepts, and what follows from it."""

from collections.abc import Iterator
from typing import Final, assert_never

from incidentsim.domain.actions import Value, judgement, measurement
from incidentsim.domain.facts import Filed, MeasureTaken, StatutoryLevelJudged
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.references import references_of
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.people import Roster


def accepts(field: Field, value: Value | None, playbook: Playbook, roster: Roster) -> bool:
    """Return whether an action may give `value` to `field`; `None` (no value) will do where none is required."""
    if value is None:
        return not field.required
    match field.kind:
        case FieldKind.TEXT:
            return (isinstance(value, FreeText) and _says_something(value)) or references_of(value) is not None
        case FieldKind.CHOICE | FieldKind.CLOCK | FieldKind.STATUTORY_LEVEL:
            return isinstance(value, str) and value in field.choices
        case FieldKind.CHOICES:
            return isinstance(value, tuple) and _accepts_choices(field, value)
        case FieldKind.CLOCK_MEASURES:
            return isinstance(value, tuple) and _accepts_measures(field, value)
        case FieldKind.LEVEL:
            return type(value) is int and value in playbook.levels
        case FieldKind.PERSON:
            return isinstance(value, str) and value in roster.people
        case FieldKind.ROLE:
            return isinstance(value, str) and value in playbook.roles


TOLD_TO_CLOCKS: Final = frozenset({FieldKind.CLOCK, FieldKind.STATUTORY_LEVEL, FieldKind.CLOCK_MEASURES})
"""The kinds of fields that say something to regulatory deadlines."""


def told_to_clocks(
    field: Field, value: Value | None, now: int, incident: str, because: int
) -> Iterator[Filed | StatutoryLevelJudged | MeasureTaken]:
    """Yield what a field tells regulatory deadlines, as facts at `now` (ms): filings, levels, measured values.

    Fields of other kinds tell nothing. `because` is the sequence number of the fact that the action led to.
    """
    match field.kind:
        case FieldKind.CLOCK:
            if isinstance(value, str):
                yield Filed(now, incident, value, because)
        case FieldKind.STATUTORY_LEVEL:
            if isinstance(value, str):
                scale, level = judgement(value)
                yield StatutoryLevelJudged(now, incident, scale, level, because)
        case FieldKind.CLOCK_MEASURES:
            if isinstance(value, tuple):
                for measure, number in filter(None, map(measurement, value)):
                    yield MeasureTaken(now, incident, measure, number, because)
        case (
            FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.LEVEL | FieldKind.PERSON | FieldKind.ROLE
        ):
            return
        case _:
            assert_never(field.kind)


def _accepts_choices(field: Field, value: tuple[str, ...]) -> bool:
    enough = len(value) >= (field.at_least if field.required else 0)
    return enough and len(set(value)) == len(value) and all(choice in field.choices for choice in value)


def _accepts_measures(field: Field, value: tuple[str, ...]) -> bool:
    measurements = [measurement(written) for written in value]
    names = {found[0] for found in measurements if found is not None}
    return bool(value) and len(names) == len(value) and names <= set(field.choices)


def _says_something(value: FreeText) -> bool:
    return bool(value.say("en").strip()) and bool(value.say("zh").strip())
