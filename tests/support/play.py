"""Playing exercises in tests: to the end, to a time, and reading what came of it."""

from collections.abc import Iterable, Iterator, Sequence

from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.exercise.bots.agenda import BotAgenda
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.bots.speech import Note, Remark
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Decider, Proposal, ScriptDecider
from incidentsim.exercise.running.runner import run
from tests.support.facts import on_record


def play(exercise: Exercise, *deciders: Decider) -> list[Fact]:
    """Every fact from where the exercise stands to its end."""
    facts: list[Fact] = []
    run(exercise, deciders, lambda step, _source: facts.extend(step))
    return facts


def play_with_bots(exercise: Exercise) -> list[Fact]:
    """Every fact to the end, the script first and bots for whatever it does not hold."""
    script = ScriptDecider(exercise.scenario.script)
    return play(exercise, script, BotDecider(script))


class _Silent(BotAgenda):
    def _said(self, notes: Iterable[Note]) -> Iterator[Remark]:  # noqa: ARG002 - they say nothing
        return iter(())


class ActingBot(BotDecider):
    """What a bot would do next, whatever it would say before."""

    def propose(self, exercise: Exercise) -> Proposal | None:
        if self._agenda is None or self._agenda.desk.exercise is not exercise:
            self._agenda = _Silent(BotView(exercise, self._script, self._played))
        return super().propose(exercise)


def wait_until(exercise: Exercise, at: int) -> list[Fact]:
    """Let everything happen that the agenda holds before `at` (ms)."""
    facts: list[Fact] = []
    while (item := exercise.next_due()) is not None and item.due < at:
        facts.extend(exercise.run_next_due())
    return facts


def of(facts: Sequence[Fact], kind: str) -> list[Fact]:
    """The facts of one kind."""
    return [fact for fact in facts if fact.kind == kind]


def kinds(facts: Sequence[Fact]) -> list[str]:
    """The kinds of the facts, in order."""
    return [fact.kind for fact in facts]


def steps(facts: Sequence[Fact]) -> list[Json]:
    """What was done, in order."""
    return [on_record(fact)["do"] for fact in facts if fact.kind == FactKind.STEP_TAKEN]


def steps_of_bots(exercise: Exercise) -> list[list[Fact]]:
    """The facts of every step of a run that bots play to its end."""
    found: list[list[Fact]] = []
    run(exercise, [BotDecider()], lambda step, _source: found.append(list(step)))
    return found
