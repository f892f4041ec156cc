"""What people can know about an incident: what the messages so far show, and to whom.

A message is known to those whom it reached at once. Whoever acts on an incident says what they know of it, and asks
around first: so everybody who works on it knows with the first step that somebody takes or tries whom the message
reached, or that anybody takes or tries some minutes after it came.
All of this follows from facts alone; what is noted here is only how far they have been read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from incidentsim.domain.facts import FactKind, InjectDelivered, StepTaken, actor_of
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.state import ExerciseState, IncidentState

PASSING_ON: Final = 5 * MINUTE
"""How long a message stays with those whom it reached before the next step makes it known to all."""
MISLEADING: Final = frozenset({"red_herring", "contradiction"})
"""Parts of a story that experience can see through, where they say what is not so."""
DISTRACTING: Final = {"noise": 1, "red_herring": 2, "contradiction": 2}
"""How much a message of these parts weighs on whoever it reaches."""


@dataclass(slots=True)
class Message:
    """An inject that was delivered, `place` being where among its incident's facts (or the general ones) it stands.

    `shared` is the place of the fact with which everybody came to know of it.
    """

    inject: Inject
    at: int
    place: int
    to: frozenset[str]
    shared: int | None = None

    def known(self, people: frozenset[str]) -> int | None:
        """With which fact of its incident one of these people came to know of it; `None` while nobody does."""
        return self.place if self.to & people else self.shared


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a message shows. `doubtful` means that it is not so, and that experience can tell."""

    message: Message
    kind: Literal["measure", "flag"]
    name: str
    value: int
    doubtful: bool


@dataclass(slots=True)
class IncidentFile:
    """The record of one incident, as far as people judge by it.

    `measures` and `flags` are the names that some message of the story tells something about, come or not. `entered` is
    the place of the step with which a track came into its state, and what that step `fits`; `taken` the place of each
    step's last taking, `graded` that of the last grading (-1: none), `refused` when (ms) and why a step was last
    refused.
    """

    measures: frozenset[str]
    flags: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    entered: dict[str, tuple[int, dict[str, bool]]] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    graded: int = -1
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    read: int = 0
    version: int = 0
    unshared: list[Message] = field(default_factory=list)


class Evidence:
    """The fold of an exercise's facts into what people know and what distracts them.

    `files` are the records of the incidents; `distracted` counts the messages that weigh on somebody.
    """

    def __init__(self, compiled: CompiledPlaybook, scenario: Scenario) -> None:
        self._compiled = compiled
        self._scenario = scenario
        self._general = 0
        self._distractions: dict[str, list[tuple[int, int]]] = {}
        self.distracted = 0
        self.files = {
            name: IncidentFile(_shown(scenario.injects, name, "measure"), _shown(scenario.injects, name, "flag"))
            for name in scenario.incidents
        }

    def read(self, state: ExerciseState) -> None:
        """Take in the facts that have been added since this was last asked."""
        for fact in state.general[self._general :]:
            if fact.kind == FactKind.INJECT_DELIVERED:
                self._distract(state.inject(fact.inject), fact)
        self._general = len(state.general)
        for incident in state.incidents.values():
            found = self.files[incident.id]
            for place in range(found.read, len(incident.facts)):
                self._take_in(found, incident, place, state)
            found.read = len(incident.facts)

    def load(self, person: str, since: int) -> int:
        """Return the load on a person from `since` (ms) on: the sum of the weights of what distracts."""
        return sum(weight for at, weight in self._distractions.get(person, ()) if at >= since)

    def _take_in(self, found: IncidentFile, incident: IncidentState, place: int, state: ExerciseState) -> None:
        fact = incident.facts[place]
        match fact.kind:
            case FactKind.INJECT_DELIVERED:
                inject = state.inject(fact.inject)
                self._distract(inject, fact)
                self._file(found, inject, fact, place)
            case FactKind.STEP_TAKEN:
                self._note_step(found, fact, place)
            case FactKind.REFUSED:
                found.refused[fact.do] = (fact.at, fact.why)
            case _:
                return
        actor = actor_of(fact)
        if found.unshared and actor is not None:
            self._share(found, fact.at, place, actor.person)

    def _distract(self, inject: Inject, fact: InjectDelivered) -> None:
        weight = DISTRACTING.get(inject.part or "", 0)
        if weight:
            for person in fact.to:
                self._distractions.setdefault(person, []).append((fact.at, weight))
            self.distracted += 1

    def _file(self, found: IncidentFile, inject: Inject, fact: InjectDelivered, place: int) -> None:
        message = Message(inject, fact.at, place, frozenset(fact.to))
        found.messages.append(message)
        found.unshared.append(message)
        truth = self._scenario.incidents[fact.incident or ""].truth
        for shown in inject.shows:
            real = truth.why.get(shown.name, 0) if shown.kind == "measure" else truth.flags.get(shown.name, False)
            doubtful = inject.part in MISLEADING and shown.value != int(real)
            found.findings.append(Finding(message, shown.kind, shown.name, shown.value, doubtful))
        found.version += 1

    def _note_step(self, found: IncidentFile, fact: StepTaken, place: int) -> None:
        track, do, source = fact.track, fact.do, fact.source
        found.taken[do] = place
        ready = self._compiled.steps[track].get((source, do))
        if ready is not None and ready.step.sets_level is not None:
            found.graded = place
        if fact.target != source:
            found.entered[track] = (place, dict(ready.step.fits) if ready is not None else {})

    def _share(self, found: IncidentFile, now: int, place: int, actor: str) -> None:
        kept = []
        for message in found.unshared:
            if actor in message.to or message.at + PASSING_ON <= now:
                message.shared = place
                found.version += 1
            else:
                kept.append(message)
        found.unshared = kept


def _shown(injects: Iterable[Inject], incident: str, kind: str) -> frozenset[str]:
    return frozenset(
        shown.name for inject in injects if inject.incident == incident for shown in inject.shows if shown.kind == kind
    )


def known_messages(file: IncidentFile, people: frozenset[str]) -> Iterator[tuple[Message, int]]:
    """The messages that these people know of, with the place of the fact that told them."""
    for message in file.messages:
        place = message.known(people)
        if place is not None:
            yield message, place
