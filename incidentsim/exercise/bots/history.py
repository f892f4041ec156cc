"""What has been done about each incident, as far as bots go by it, and what distracts people.

All of this follows from facts alone; what is noted here is only how far they have been read.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import Fact, FactKind, InjectDelivered, MessageAct, MessageSent, StepTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.state import ExerciseState

DISTRACTING: Final = {"noise": 1, "red_herring": 2, "contradiction": 2}
"""How much a message of these parts weighs on whoever it reaches."""

Moment = tuple[int, int]
"""When something came to be: the time (ms), and of two at one time, the sequence numbers of the facts."""

LONG_AGO: Final[Moment] = (-1, -1)


@dataclass(slots=True)
class IncidentFile:
    """The record of one incident.

    `entered` is the moment of the step with which a track came into its state, and what that step `fits`; `taken` that
    of each step's last taking, `graded` that of the last grading, which named the measures `graded_by`, `refused` when
    (ms) and why a step was last refused. `injects` are those about it that have come, in their order. `rounds`
    holds how often bots have taken a step from a state (track, state, step) since something new came; see `rounds`.
    """

    entered: dict[str, tuple[Moment, dict[str, bool]]] = field(default_factory=dict)
    taken: dict[str, Moment] = field(default_factory=dict)
    graded: Moment = LONG_AGO
    graded_by: tuple[str, ...] = ()
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    injects: list[str] = field(default_factory=list)
    rounds: dict[tuple[str, str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """The news since somebody last asked: facts about these incidents, and more to weigh on these people."""

    incidents: dict[str, None]
    weighed: dict[str, None]


class History:
    """The fold of an exercise's facts into what was done, and what distracts people.

    `files` are the records of the incidents. `questions` are the messages that ask something and may still be owed an
    answer, by number, and `answered` who has answered each of them (pseudonyms).
    """

    def __init__(self, compiled: CompiledPlaybook, scenario: Scenario) -> None:
        self._compiled = compiled
        self._read = 0
        self._distractions: dict[str, tuple[list[int], list[int]]] = {}  # by person: when, and the weight until then
        self._news = News({}, {})
        self.questions: dict[int, MessageSent] = {}
        self.answered: dict[int, set[str]] = {}
        self.files = {name: IncidentFile() for name in scenario.incidents}

    def read(self, state: ExerciseState) -> None:
        """Take in the facts that have been added since this was last asked."""
        for number, fact in state.standing(self._read):
            self._read += 1
            self._take_in(number, fact, state)

    def load(self, person: str, since: int) -> int:
        """Return the load on a person from `since` (ms) on: the sum of the weights of what distracts."""
        if person not in self._distractions:
            return 0
        times, weights = self._distractions[person]
        return weights[-1] - weights[bisect_left(times, since)]

    def settle(self, number: int) -> None:
        """Take note that nobody owes an answer to the question of this number any more."""
        self.questions.pop(number, None)

    def news(self) -> News:
        """Return what has come since this was last asked."""
        news, self._news = self._news, News({}, {})
        return news

    def _take_in(self, number: int, fact: Fact, state: ExerciseState) -> None:
        if fact.incident is not None:
            self._news.incidents[fact.incident] = None
        match fact.kind:
            case FactKind.INJECT_DELIVERED:
                self._distract(state.inject(fact.inject), fact)
                if fact.incident is not None:
                    self.files[fact.incident].injects.append(fact.inject)
                    self.files[fact.incident].rounds.clear()
            case FactKind.MESSAGE_SENT:
                if fact.act is MessageAct.ASK:
                    self.questions[fact.number] = fact
                if fact.answers is not None:
                    self.answered.setdefault(fact.answers, set()).add(fact.by.person)
            case FactKind.STEP_TAKEN:
                self._note_step(self.files[fact.incident], fact, (fact.at, number))
            case FactKind.REFUSED:
                self.files[fact.incident].refused[fact.do] = (fact.at, fact.why)
            case _:
                pass

    def _distract(self, inject: Inject, fact: InjectDelivered) -> None:
        weight = DISTRACTING.get(inject.part or "", 0)
        if weight:
            for person in fact.to:
                times, weights = self._distractions.setdefault(person, ([], [0]))
                times.append(fact.at)
                weights.append(weights[-1] + weight)
                self._news.weighed[person] = None

    def _note_step(self, file: IncidentFile, fact: StepTaken, moment: Moment) -> None:
        track, do, source = fact.track, fact.do, fact.source
        if fact.by is not None:
            if do not in file.taken or not isinstance(fact.because, Because):
                file.rounds.clear()  # nobody took it before, or somebody decided who is no bot
            file.rounds[track, source, do] = file.rounds.get((track, source, do), 0) + 1
        file.taken[do] = moment
        ready = self._compiled.steps[track].get((source, do))
        if ready is not None and ready.step.sets_level is not None:
            file.graded = moment
            file.graded_by = tuple(_measures(ready.step, fact))
        if fact.target != source:
            file.entered[track] = (moment, dict(ready.step.fits) if ready is not None else {})


def _measures(step: Step, fact: StepTaken) -> Iterator[str]:
    """The measures that whoever graded named in it."""
    for asked in step.fields:
        written = fact.content.get(asked.name)
        if asked.kind is FieldKind.CHOICES and isinstance(written, tuple):
            yield from (str(name) for name in written)
