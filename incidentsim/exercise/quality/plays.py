"""Trial plays: how a scenario goes when bots play it, as far as the lint asks about it.

An expert's play is the story as it is meant to go; plays of less able teams take the branches that mistakes open. A
scenario with a script is also played by it. All of it is a function of playbook and scenario.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.domain.facts import EndReason, Fact, FactKind, StepTaken
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Decider, Proposal, ScriptDecider
from incidentsim.exercise.running.runner import run

EXPERT: Final = 100
FURTHER_SEEDS: Final = (0, 101, 202, 303, 404)
"""What is added to the seed until experts get through without a lasting misjudgement: under load, even they err."""
TRIALS: Final = ((70, 1), (40, 2), (15, 3))
"""The further plays: proficiency of everybody, and what is added to the seed."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch between two moments at which something happened (ms), and whether anybody was at work in it."""

    begins: int
    ends: int
    idle: bool


class Play:
    """One trial play and what is asked about it.

    Attributes:
        facts: everything that happened, in order.
        pauses: the stretches in which nothing happened.
        came: the injects that were delivered, by id, with the numbers of the facts that say so.
        ended: why it ended: `finished`, `stalled` or `time_limit`.
        misjudged: the steps that did not fit the truth, where nothing put that right later.
        last_decision: the number of the last fact that somebody decided; -1 if there was none.
    """

    def __init__(self, facts: Sequence[Fact], pauses: Sequence[Pause]) -> None:
        self.facts = facts
        self.pauses = pauses
        self.misjudged: tuple[StepTaken, ...] = ()
        self.came: dict[str, int] = {}
        self.last_decision = -1
        self.ended = EndReason.STALLED
        for number, fact in enumerate(facts):
            match fact.kind:
                case FactKind.INJECT_DELIVERED:
                    self.came.setdefault(fact.inject, number)
                case FactKind.STEP_TAKEN | FactKind.REFUSED if fact.by is not None:
                    self.last_decision = number
                case FactKind.EXERCISE_ENDED:
                    self.ended = fact.reason

    def at(self, inject: str) -> int:
        """Return when the inject came (ms).

        Raises:
            KeyError: it did not come.
        """
        return self.facts[self.came[inject]].at

    def tracks_before(self, number: int, playbook: Playbook, incident: str) -> dict[str, str]:
        """Return where the incident stood just before fact `number` happened: track → state."""
        found = {track.id: track.initial for track in playbook.tracks.values()}
        for fact in self.facts[:number]:
            if fact.kind == FactKind.STEP_TAKEN and fact.incident == incident:
                found[fact.track] = fact.target
        return found

    def steps(self) -> Iterator[StepTaken]:
        """The steps that somebody took."""
        return (fact for fact in self.facts if isinstance(fact, StepTaken) and fact.by is not None)


class _Watched:
    """Another decider's proposals, with a note of when it had none."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self.source = decider.source
        self.idle_since: dict[int, bool] = {}

    def propose(self, exercise: Exercise) -> Proposal | None:
        found = self._decider.propose(exercise)
        self.idle_since[exercise.state.now] = found is None
        return found

    def taken(self) -> None:
        self._decider.taken()


def played(compiled: CompiledPlaybook, scenario: Scenario) -> Play:
    """Play the scenario: its script first, bots for whatever that does not hold."""
    exercise = Exercise(compiled, scenario)
    script = ScriptDecider(scenario.script)
    bots = _Watched(BotDecider(script))
    facts: list[Fact] = []
    run(exercise, [script, bots], lambda step, _source: facts.extend(step))
    play = Play(facts, _pauses(facts, bots.idle_since))
    play.misjudged = _misjudged(compiled, scenario, play)
    return play


def _misjudged(compiled: CompiledPlaybook, scenario: Scenario, play: Play) -> tuple[StepTaken, ...]:
    """The steps that did not fit the truth and after which none on the same question did."""
    standing: dict[tuple[str | None, str, str], StepTaken] = {}
    for fact in play.steps():
        step = compiled.steps[fact.track][fact.source, fact.do].step
        flags = scenario.incidents[fact.incident or ""].truth.flags
        for name, value in step.fits.items():
            key = (fact.incident, step.track, name)
            if flags.get(name, False) == value:
                standing.pop(key, None)
            else:
                standing[key] = fact
    return tuple(standing.values())


def _pauses(facts: Sequence[Fact], idle_since: dict[int, bool]) -> list[Pause]:
    moments = sorted({fact.at for fact in facts})
    return [
        Pause(begins, moments[number], idle=idle_since.get(begins, False))
        for number, begins in enumerate(moments[:-1], start=1)
    ]


class Plays:
    """The trial plays of one scenario, each made when it is first asked for."""

    def __init__(self, compiled: CompiledPlaybook, scenario: Scenario) -> None:
        self._compiled = compiled
        self._scenario = scenario
        self._expert: Play | None = None
        self._made: dict[int, Play] = {}

    @property
    def expert(self) -> Play:
        """The play of people who all know what to do and follow no script: the story as it is meant.

        Of several attempts it is the first in which every misjudgement is put right, or else the one with the fewest.
        """
        if self._expert is None:
            attempts = []
            for further in FURTHER_SEEDS:
                attempts.append(played(self._compiled, self._varied(EXPERT, further)))
                if not attempts[-1].misjudged:
                    break
            self._expert = min(attempts, key=lambda play: len(play.misjudged))
        return self._expert

    def proper(self) -> Iterator[Play]:
        """The plays that show the story as it is meant: the experts' and, where there is one, the script's."""
        yield self.expert
        if self._scenario.script:
            yield self._further(0)

    def all(self) -> Iterator[Play]:
        """Those and then the ones of less able teams, one after the other."""
        yield from self.proper()
        for number in range(len(TRIALS)):
            yield self._further(1 + number)

    def _further(self, number: int) -> Play:
        """The script's play (0) or one of the less able teams'."""
        found = self._made.get(number)
        if found is None:
            scenario = self._scenario if number == 0 else self._varied(*TRIALS[number - 1])
            found = self._made[number] = played(self._compiled, scenario)
        return found

    def _varied(self, proficiency: int, further: int) -> Scenario:
        return replace(
            self._scenario,
            script=(),
            seed=self._scenario.seed + further,
            proficiency=dict.fromkeys(self._compiled.playbook.roles, proficiency),
        )
