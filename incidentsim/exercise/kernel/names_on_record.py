"""Whether what a recorded fact names is there: in the playbook, in the scenario, among the facts before it.

Facts that the kernel makes name nothing else. Whoever holds a key can chain and sign facts that no exercise led to, and
whoever reads a record asks for each of these names somewhere; so such a fact is refused where a record is followed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from incidentsim.domain.facts import (
    CircumstanceArose,
    CoachingSet,
    DutyBreached,
    DutyDropped,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    Escalated,
    EscalationDropped,
    EscalationPlanned,
    Fact,
    HintGiven,
    IncidentRaised,
    InjectDelivered,
    InjectMoved,
    InjectSkipped,
    InjectWithheld,
    LevelSet,
    MessageSent,
    Refused,
    StepTaken,
)
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

Named = tuple[str, object, Collection[object]]
"""What sort of thing is named, which one, and which there are."""


class NamesOnRecord:
    """The names that facts of one exercise can bear."""

    def __init__(self, playbook: Playbook, scenario: Scenario) -> None:
        self._playbook = playbook
        self._people = frozenset(person.pseudonym for person in scenario.people.values())
        self._incidents = scenario.incidents
        self._steps = {track.id: frozenset(step.do for step in track.steps) for track in playbook.tracks.values()}

    def check(self, fact: Fact, sequence: int, injects: Mapping[str, object]) -> None:
        """Make sure that a fact with this number can follow on those before it.

        Args:
            fact: the fact.
            sequence: its number.
            injects: the injects that there are by then, by id.

        Raises:
            ValueError: it names something that is not there; the message says what.
        """
        if fact.incident is not None and fact.incident not in self._incidents:
            raise _unknown(sequence, "incident", fact.incident)
        for what, name, known in self._named(fact, injects):
            if name not in known:
                raise _unknown(sequence, what, name)
        because = getattr(fact, "because", None)
        if type(because) is int and not 0 <= because < sequence:
            raise _unknown(sequence, "because", because)

    def _named(self, fact: Fact, injects: Mapping[str, object]) -> Iterator[Named]:  # noqa: C901, PLR0912 - one case a kind of fact
        playbook, people = self._playbook, self._people
        match fact:
            case StepTaken():
                yield "track", fact.track, playbook.tracks
                yield "do", fact.do, self._steps[fact.track]
                for name in (fact.source, fact.target):
                    yield "state", name, playbook.tracks[fact.track].states
                if fact.by is not None:
                    yield "person", fact.by.person, people
                    yield "role", fact.by.role, playbook.roles
            case Refused():
                yield "person", fact.by.person, people
                yield "role", fact.by.role, playbook.roles
            case DutyOpened() | DutyRescheduled() | DutySettled() | DutyBreached() | DutyDropped():
                yield "duty", fact.duty, playbook.duties
            case EscalationPlanned() | EscalationDropped():
                if fact.duty is not None:
                    yield "duty", fact.duty, playbook.duties
            case Escalated():
                yield from _each("person", (*fact.persons, *fact.absent), people)
            case InjectDelivered():
                yield "inject", fact.inject, injects
                yield from _each("person", fact.to, people)
            case IncidentRaised() | InjectWithheld() | InjectMoved() | InjectSkipped():
                yield "inject", fact.inject, injects
            case LevelSet():
                yield "level", fact.level, playbook.levels
            case CircumstanceArose():
                yield "circumstance", fact.circumstance, playbook.circumstances
                yield "inject", fact.inject, injects
            case MessageSent():
                yield "person", fact.by.person, people
                yield from _each("person", fact.receivers, people)
                yield from _each("inject", fact.injects, injects)
                yield from _each("measure", fact.measures, playbook.measures)
            case HintGiven():
                yield "person", fact.person, people
                if fact.duty is not None:
                    yield "duty", fact.duty, playbook.duties
            case CoachingSet():
                yield from _each("person", fact.people, people)
            case _:
                pass


def _each(what: str, names: Iterable[object], known: Collection[object]) -> Iterator[Named]:
    return ((what, name, known) for name in names)


def _unknown(sequence: int, what: str, name: object) -> ValueError:
    message = _("entry {seq} names what is not there: {what} {name}")
    return ValueError(message.format(seq=sequence, what=what, name=quoted(str(name))))
