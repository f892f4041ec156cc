"""What a record alone says of the scenario that was played: enough to tell what happened, and nothing else.

A copy that names nobody goes without its scenario, and so does a log. People bear their pseudonyms then and incidents
their ids; texts, ground truth and expectations are not there, so nothing can be said of how the exercise went.
"""

from collections.abc import Sequence
from typing import Final

from incidentsim.domain.facts import (
    CircumstanceArose,
    ExerciseStarted,
    Fact,
    IncidentRaised,
    InjectAdded,
    InjectDelivered,
    InjectMoved,
    InjectSkipped,
    InjectWithheld,
)
from incidentsim.domain.scenario import Incident, Inject, Organisation, Person, Scenario, Truth
from incidentsim.domain.text import Text

NOT_HERE: Final = Text("(not in this copy)", "（此副本中未包含）")
"""In the place of a text that only the scenario holds."""

_UNKNOWN: Final = Truth(incident=True, level=None, why={}, flags={}, cause="")
"""In the place of a ground truth; nobody who tells a record asks for it."""


def outline_of(facts: Sequence[Fact]) -> Scenario:
    """The scenario as far as these facts tell it, for telling them.

    Raises:
        ValueError: they do not begin with the beginning of an exercise.
    """
    first = facts[0] if facts else None
    if not isinstance(first, ExerciseStarted):
        raise ValueError("the record does not begin with the beginning of an exercise")  # noqa: TRY004 - of the record
    return Scenario(
        id=first.scenario,
        playbook=first.playbook,
        title=_named(first.scenario),
        summary=NOT_HERE,
        languages=("en", "zh"),
        tags=(),
        seed=first.seed,
        starts=first.starts,
        ends=facts[-1].at,
        organisation=Organisation(NOT_HERE),
        people={one.person: Person(one.person, one.person, _named(one.person), one.roles) for one in first.people},
        incidents={name: Incident(name, _named(name), _UNKNOWN) for name in _incidents(facts)},
        injects=_injects(facts),
        script=(),
        expectations=(),
    )


def _named(name: str) -> Text:
    return Text(name, name)


def _incidents(facts: Sequence[Fact]) -> list[str]:
    return list(dict.fromkeys(fact.incident for fact in facts if fact.incident is not None))


def _injects(facts: Sequence[Fact]) -> tuple[Inject, ...]:
    """The injects that the record names, but for those that a facilitator added: these it holds whole."""
    added = {fact.inject for fact in facts if isinstance(fact, InjectAdded)}
    named: dict[str, Inject] = {}
    for fact in facts:
        match fact:
            case InjectDelivered():
                named[fact.inject] = Inject(
                    fact.inject, fact.to, fact.channel, NOT_HERE, at=fact.at, incident=fact.incident
                )
            case InjectWithheld() | InjectSkipped() | InjectMoved() | IncidentRaised() | CircumstanceArose():
                named.setdefault(fact.inject, Inject(fact.inject, (), "", NOT_HERE, at=fact.at, incident=fact.incident))
            case _other:
                pass
    return tuple(inject for name, inject in named.items() if name not in added)
