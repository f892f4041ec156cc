"""The course of one run: its facts so far, who decides what comes next, and what it has come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.added_injects import added_inject
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Decider, ScriptDecider
from incidentsim.exercise.running.outcome import RunReport, report
from incidentsim.ledger.outcome import OutcomeDigest
from incidentsim.session.seats import Seats


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as far as it has come: its facts (sequence number = index), what they came to, what it was about.

    The scenario holds the injects that a facilitator added, too. `played` are the pseudonyms of those for whom people
    decided; `None` where it was no session of people.
    """

    report: RunReport
    facts: tuple[Fact, ...]
    scenario: Scenario
    playbook: Playbook
    finished: bool
    played: frozenset[str] | None = None


def _bots_beside(seats: Seats) -> BotDecider:
    """Bots beside people: for people outside, whoever facilitates answers, if anybody does."""
    return BotDecider(played=seats.played, answer_outside=seats.mode != "facilitated")


class Course:
    """The course of one run. People decide for those whom they play, bots or a script for everybody else."""

    def __init__(self, exercise: Exercise, *, bots: bool, scripted: int = 0, seats: Seats | None = None) -> None:
        """`seats` is `None` where no people play: then the scenario's own script decides, and bots if asked for."""
        self.exercise = exercise
        self.facts: list[Fact] = []
        self.seats = seats or Seats(frozenset(), people=False)
        self._must_rest = bots and seats is None
        self._outcome = OutcomeDigest()
        scenario = exercise.scenario
        self.deciders: list[Decider] = []
        script = ScriptDecider(scenario.script, scripted, scenario.asides)
        if seats is None:
            self.deciders.append(script)
        if bots:
            self.deciders.append(BotDecider(script) if seats is None else _bots_beside(seats))

    @property
    def played(self) -> frozenset[str]:
        """The pseudonyms of those whom people at the table play."""
        return self.seats.played

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in facts that the exercise has led to."""
        for fact in facts:
            self.facts.append(fact)
            self._outcome.add(fact)

    def view(self, run: str | None) -> RunView:
        """The run as it stands; where bots play alone, it passes only if every incident has reached a final state."""
        exercise = self.exercise
        return RunView(
            report=report(exercise, self.facts, run=run, digest=self._outcome.value(), must_rest=self._must_rest),
            facts=tuple(self.facts),
            scenario=told(exercise.scenario, self.facts),
            playbook=exercise.playbook,
            finished=exercise.state.ended,
            played=self.seats.played if self.seats.people else None,
        )


def told(scenario: Scenario, facts: Sequence[Fact]) -> Scenario:
    """The scenario with the injects that these facts added to it."""
    added = tuple(added_inject(fact) for fact in facts if fact.kind == FactKind.INJECT_ADDED)
    return replace(scenario, injects=(*scenario.injects, *added)) if added else scenario
