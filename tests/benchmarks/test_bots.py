"""What bots cost, and how well they do: by proficiency, and the worse the harder the story.

`pytest tests/benchmarks/test_bots.py -m "slow or not slow" --benchmark-enable` measures both in full and prints: the
time of a run with bots against that of the same run from a script, and for every difficulty and proficiency what 500
generated stories come to. Without it fewer are played, and it is only asserted that the averages go the right way.
"""

import gc
from dataclasses import replace
from statistics import median
from time import perf_counter_ns, process_time_ns

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import Fact
from incidentsim.domain.scenario import Scenario, ScriptedAction, ScriptedMessage
from incidentsim.domain.speech import Say
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Proposal, ScriptDecider
from tests.benchmarks.results import Measured
from tests.support.calibration import table
from tests.support.crowds import Asking, crowd
from tests.support.play import play
from tests.support.shipped import NAMES, procedure, scenario, without_script

ROUNDS = 15
AIM = 4
"""A run with bots takes at most so many times as long as the same decisions from a script."""

DIFFICULTIES = (1, 2, 3, 4, 5)
PROFICIENCIES = (20, 50, 80, 100)
SEEDS, FEW_SEEDS = 500, 54


class Noting(BotDecider):
    """Bots, with a note of what they did when."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[ScriptedAction] = []
        self.said: list[ScriptedMessage] = []
        self._wish: Proposal | None = None

    def propose(self, exercise: Exercise) -> Proposal | None:
        self._wish = super().propose(exercise)
        return self._wish

    def taken(self) -> None:
        if self._wish is not None and isinstance(self._wish.action, Action):
            self.done.append(ScriptedAction(self._wish.at, self._wish.action))
        if self._wish is not None and isinstance(self._wish.action, Say):
            self.said.append(ScriptedMessage(self._wish.at, self._wish.action, len(self.done)))


@pytest.mark.parametrize("proficiency", [30, 100])
def test_a_run_with_bots_beside_the_same_decisions_from_a_script(
    proficiency: int, benchmark: BenchmarkFixture, measured: Measured
) -> None:
    """All shipped stories; the decisions are the same, so the rest is what deciding costs."""
    compiled_playbooks = {name: CompiledPlaybook(procedure(name)) for name in {scenario(one).playbook for one in NAMES}}
    subjects: list[tuple[Scenario, tuple[ScriptedAction, ...], tuple[ScriptedMessage, ...]]] = []

    def played(subject: Scenario, *deciders: BotDecider | ScriptDecider) -> list[Fact]:
        return play(Exercise(compiled_playbooks[subject.playbook], subject), *deciders)

    for name in NAMES:
        subject = without_script(scenario(name))
        roles = compiled_playbooks[subject.playbook].playbook.roles
        subject = replace(subject, proficiency=dict.fromkeys(roles, proficiency))
        bots = Noting()
        facts = played(subject, bots)
        written = tuple(bots.done), tuple(bots.said)
        assert played(subject, ScriptDecider(written[0], asides=written[1])) == facts
        subjects.append((subject, *written))

    def with_bots() -> None:
        for subject, _script, _said in subjects:
            played(subject, BotDecider())

    def by_script() -> None:
        for subject, script, said in subjects:
            played(subject, ScriptDecider(script, asides=said))

    ratios: list[float] = []
    gc.collect()
    for _ in range(1 if benchmark.disabled else ROUNDS):
        begin = perf_counter_ns()
        with_bots()
        between = perf_counter_ns()
        by_script()
        ratios.append((between - begin) / (perf_counter_ns() - between))
    benchmark(with_bots)
    measured(
        f"bots of proficiency {proficiency}", "the same decisions from a script", median(ratios), aim=f"at most {AIM}"
    )


@pytest.mark.slow
def test_bots_among_many_incidents_beside_bots_that_are_asked_about_everything(
    benchmark: BenchmarkFixture, measured: Measured
) -> None:
    """Two hundred people and many incidents at once: what is asked does not grow with both."""
    subject = crowd("number-masking-leak", 8 if benchmark.disabled else 40, 10)
    compiled = CompiledPlaybook(procedure(subject.playbook))

    def taken(bots: BotDecider) -> tuple[int, list[Fact]]:
        gc.collect()
        begin = perf_counter_ns()
        facts = play(Exercise(compiled, subject), bots)
        return perf_counter_ns() - begin, facts

    quick, facts = benchmark.pedantic(lambda: taken(BotDecider()), rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    slow, expected = taken(Asking())
    assert facts == expected
    measured(f"bots in {len(subject.incidents)} incidents, asked about everything", "bots as they are", slow / quick)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["number-masking-leak", "two-fires"])
def test_bots_among_many_incidents_beside_a_quarter_of_them(
    name: str, benchmark: BenchmarkFixture, measured: Measured
) -> None:
    """What grows with incidents and people alike shows here by a figure far above 4."""
    copies = (1, 4) if benchmark.disabled else (40, 160)
    subjects = [crowd(name, count, 10) for count in copies]
    compiled = CompiledPlaybook(procedure(subjects[0].playbook))

    def took(subject: Scenario) -> tuple[int, int]:
        gc.collect()
        begin = process_time_ns()
        facts = play(Exercise(compiled, subject), BotDecider())
        return process_time_ns() - begin, len(facts)

    benchmark.pedantic(lambda: took(subjects[0]), rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    (quarter, few), (whole, many) = map(took, subjects)
    told = f"{many} facts, {whole / 1e9:.1f} s of processor time; {few} facts"
    title = f"bots in {len(subjects[1].incidents)} incidents of {name}"
    measured(title, f"in {len(subjects[0].incidents)} of them", whole / quarter, aim="at most 6", told=told)


@pytest.mark.slow
def test_bots_do_worse_the_less_practised_they_are_and_the_harder_the_story(
    benchmark: BenchmarkFixture, measured: Measured
) -> None:
    """On average over many generated stories, of all archetypes and levels in turn."""
    difficulties = (1, 3, 5) if benchmark.disabled else DIFFICULTIES
    seeds = FEW_SEEDS if benchmark.disabled else SEEDS
    found = benchmark.pedantic(lambda: table(difficulties, seeds, PROFICIENCIES), rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    for (difficulty, proficiency), tally in found.items():
        measured(
            f"bots of proficiency {proficiency} in stories of difficulty {difficulty}",
            "all that could be done well",
            f"{tally.whole:.0f} %",
            told=tally.line(),
        )
    whole = {key: tally.whole for key, tally in found.items()}
    duties = {key: tally.percent("duties") for key, tally in found.items()}
    for difficulty in difficulties:
        worse, *better = [whole[difficulty, proficiency] for proficiency in PROFICIENCIES]
        for next_best in better:
            assert worse + 3 < next_best
            worse = next_best
    for proficiency in PROFICIENCIES:
        easy, *harder = [whole[difficulty, proficiency] for difficulty in difficulties]
        for next_hardest in harder:
            assert next_hardest < easy
            easy = next_hardest
    assert duties[1, 100] >= 95
    assert duties[5, 100] > 90
    assert all(duties[difficulty, 20] < 70 for difficulty in difficulties)
    assert all(tally.reasons["finished"] >= 0.95 * tally.reasons.total() for tally in found.values())
