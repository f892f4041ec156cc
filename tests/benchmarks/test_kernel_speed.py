"""How fast the kernel and the step tables are, as ratios to `transitions` measured in the same run.

`pytest tests/benchmarks --benchmark-enable` measures and prints; without it everything runs once, so that it still
works. No time and no ratio is asserted: a busy machine is no fault. What is aimed at: a kernel step, with all that
follows from it, at most 3 times the bare trigger; the table at least 20 times faster than the trigger.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DecisionSource, FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.track_machine import Slot, StepTable, TrackMachine, compile_track
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Proposal
from tests.benchmarks.results import Measured
from tests.support.facts import on_record
from tests.support.play import play
from tests.support.procedures import SHIPPED_NAMES, exercise_of, flags_of, playbook, scenario_for, truth_for

ROUNDS = 300
AIM_STEP, AIM_TABLE = 3, 20


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection between two readings of the clock."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Noting:
    """Expert bots, with a note of what they did when."""

    source = DecisionSource.BOT

    def __init__(self) -> None:
        self.done: list[tuple[Action, int]] = []
        self._bot = BotDecider()
        self._wish: Proposal | None = None

    def propose(self, exercise: Exercise) -> Proposal | None:
        self._wish = self._bot.propose(exercise)
        return self._wish

    def taken(self) -> None:
        if self._wish is not None and isinstance(self._wish.action, Action):
            self.done.append((self._wish.action, self._wish.at))


def grave_story(book: Playbook) -> Scenario:
    """Level 1, unlawful and all the rest: the way through the procedure on which most follows."""
    return scenario_for(book, [truth_for(book, dict.fromkeys(flags_of(book), True), 1)])


@dataclass
class Pair:
    """Times of one step in ns: the bare trigger of `transitions`, and the kernel's answer with all that follows."""

    bare: list[int]
    kernel: list[int]
    facts: int = 0

    @property
    def ratio(self) -> float:
        return median(self.kernel) / median(self.bare)


def act_through(name: str, scenario: Scenario, done: list[tuple[Action, int]], pairs: dict[str, Pair]) -> None:
    """One whole exercise; each step is timed right beside the bare trigger of the same step by the same role."""
    book = playbook(name)
    machines = {track.id: TrackMachine(track) for track in book.tracks.values()}
    exercise = exercise_of(name, scenario)
    exercise.begin()
    for action, at in done:
        while (item := exercise.next_due()) is not None and item.due < at:
            exercise.run_next_due()
        track = exercise.compiled.track_of[action.do]
        state = exercise.state.incidents[action.incident].tracks[track]
        event, slot = machines[track]._machine.events[action.do], Slot(state)
        begin = perf_counter_ns()
        event.trigger(slot, role=action.role)
        between = perf_counter_ns()
        facts = exercise.act(action, at)
        end = perf_counter_ns()
        assert facts[0].kind == FactKind.STEP_TAKEN
        assert slot.state == on_record(facts[0])["to"]
        pair = pairs.setdefault(f"{state}.{action.do}", Pair([], []))
        pair.bare.append(between - begin)
        pair.kernel.append(end - between)
        pair.facts = len(facts)


@pytest.mark.parametrize("name", SHIPPED_NAMES)
def test_a_kernel_step_beside_the_bare_trigger(name: str, benchmark: BenchmarkFixture, measured: Measured) -> None:
    """A step with its content checked, its duties, automatic steps and escalations, against one bare trigger."""
    scenario = grave_story(playbook(name))
    bots = Noting()
    play(exercise_of(name, scenario), bots)
    pairs: dict[str, Pair] = {}
    with undisturbed():
        act_through(name, scenario, bots.done, {})  # tables are looked up, code is warm
        for _ in range(1 if benchmark.disabled else ROUNDS):
            act_through(name, scenario, bots.done, pairs)
    whole = sum(median(p.kernel) for p in pairs.values()) / sum(median(p.bare) for p in pairs.values())
    middle = median(pair.ratio for pair in pairs.values())
    slowest = max(pairs, key=lambda step: pairs[step].ratio)
    benchmark(act_through, name, scenario, bots.done, {})
    bare, kernel = (median(median(getattr(p, part)) for p in pairs.values()) / 1000 for part in ("bare", "kernel"))
    beside, aim = "the bare trigger of transitions", f"at most {AIM_STEP}"
    told = f"bare trigger {bare:.1f} µs, kernel step {kernel:.1f} µs"
    measured(f"a kernel step, {name}, over the whole run", beside, whole, aim=aim, told=told)
    measured(f"a kernel step, {name}, median", beside, middle, aim=aim)
    what = f"a kernel step, {name}, the slowest ({slowest}, {pairs[slowest].facts} facts)"
    measured(what, beside, pairs[slowest].ratio)


@pytest.mark.parametrize("name", SHIPPED_NAMES)
def test_the_compiled_table_beside_the_bare_trigger(name: str, benchmark: BenchmarkFixture, measured: Measured) -> None:
    """Every allowed move of every track, by the table and by `transitions`, in turn."""
    by_table: list[tuple[StepTable, str, str, str]] = []
    by_trigger: list[tuple[Callable[..., bool], Slot, str, str]] = []
    for track in playbook(name).tracks.values():
        machine = TrackMachine(track)
        table = compile_track(track)
        for state, do, role in sorted(table.may):
            by_table.append((table, state, do, role))
            by_trigger.append((machine._machine.events[do].trigger, Slot(state), state, role))

    def look_up() -> None:
        for table, state, do, role in by_table:
            table.target(state, do, role)

    def trigger_all() -> None:
        for trigger, slot, state, role in by_trigger:
            slot.state = state
            trigger(slot, role=role)

    ratios: list[float] = []
    with undisturbed():
        for _ in range(1 if benchmark.disabled else ROUNDS // 3):
            begin = perf_counter_ns()
            trigger_all()
            between = perf_counter_ns()
            look_up()
            ratios.append((between - begin) / (perf_counter_ns() - between))
    benchmark(look_up)
    what = f"the bare trigger of transitions, {name}, {len(by_table)} moves"
    measured(what, "the step table", median(ratios), aim=f"at least {AIM_TABLE}")
