"""What a bot writes into a text field: the figures that reached it, their sources, and what is still unknown."""

from collections.abc import Iterator, Mapping
from typing import Final

from incidentsim.domain.field_kinds import FieldContent
from incidentsim.domain.playbook import Field, Step
from incidentsim.domain.references import Reference, ReferenceKind, references_value
from incidentsim.exercise.bots.view import Belief, BotView, Rest
from incidentsim.exercise.kernel.state import IncidentState

MOST_QUOTED: Final = 3
"""So many of the messages that somebody has read last are quoted, beside what the figures come from."""
LEVEL: Final = "level"
"""What is unknown while nothing tells how severe an incident is."""
INCIDENT: Final = "incident"
"""What is unknown where nothing is graded and nothing else is known."""


def account(desk: BotView, incident: IncidentState, step: Step, person: str, field: Field) -> tuple[str, ...]:
    """The references that a person (pseudonym) who takes a step puts into a text field.

    Conclusions are drawn only where the step is the judgement: whoever reports leaves them to whoever has to judge.
    """
    belief = desk.belief(incident, step, person)
    parts: Mapping[FieldContent, Iterator[Reference]] = {
        FieldContent.CIRCUMSTANCES: _circumstances(desk, incident, step, person, belief),
        FieldContent.FIGURES: _figures(belief),
        FieldContent.SEVERITY: _severity(desk, incident, step),
    }
    wanted = parts.values() if field.holds is None else [parts[field.holds]]
    said = references_value(reference for part in wanted for reference in part)
    unknown = LEVEL if desk.exercise.playbook.levels else INCIDENT
    return said or references_value([Reference(ReferenceKind.UNKNOWN, unknown)])


def _circumstances(
    desk: BotView, incident: IncidentState, step: Step, person: str, belief: Belief
) -> Iterator[Reference]:
    """What the step finds to be so or not, and the messages from which the incident is known."""
    for name, rest in belief.flags_rest.items():
        if name in step.fits:
            yield Reference(ReferenceKind.FLAG, name, int(belief.flags[name]), _source(rest))
    read = [inject for inject, heard in desk.knowledge.injects(incident.id, person).items() if heard.since is not None]
    grounds = [rest.inject for rest in (*belief.flags_rest.values(), *belief.measures_rest.values())]
    quoted = {*read[-MOST_QUOTED:], *grounds}
    yield from (Reference(ReferenceKind.QUOTE, inject) for inject in read if inject in quoted)


def _figures(belief: Belief) -> Iterator[Reference]:
    for name, rest in belief.measures_rest.items():
        yield Reference(ReferenceKind.MEASURE, name, belief.measures[name], _source(rest))


def _severity(desk: BotView, incident: IncidentState, step: Step) -> Iterator[Reference]:
    """The level, if one has been given, and what still has to be judged."""
    if incident.level is not None and step.sets_level is None:
        yield Reference(ReferenceKind.LEVEL, str(incident.level))
    elif step.sets_level is None and desk.exercise.playbook.levels:
        yield Reference(ReferenceKind.UNKNOWN, LEVEL)
    asked = {
        name
        for track, state in incident.tracks.items()
        for ready in desk.offered(track, state).ways
        for name in ready.step.fits
    }
    yield from (Reference(ReferenceKind.UNKNOWN, name) for name in sorted(asked) if name not in step.fits)


def _source(rest: Rest) -> str:
    return rest.inject or (f"M{rest.message}" if rest.message is not None else "")
