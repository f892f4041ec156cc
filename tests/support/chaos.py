"""People who do anything at any time: moves that Hypothesis draws, and what they mean in an exercise.

A move is drawn without knowing the exercise, so that a failing example can be made smaller; what it means is decided
against the state it meets. Most moves try a step that is on offer, so that runs get far; the rest is arbitrary.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from hypothesis import strategies as st

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.facts import Fact
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook, Step
from incidentsim.domain.scenario import Emergence, Inject, Person, Scenario
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE, MINUTES_A_DAY
from tests.support.play import ActingBot
from tests.support.procedures import flags_of, playbook, scenario_for, truth_for, whole_cast
from tests.support.small import text

T = TypeVar("T")

Sort = Literal["offered", "spoilt", "usurped", "anything", "guided", "idle"]
"""A move tries something on offer, by somebody who may, with content of the right kind; or that with the content
spoilt, or by anybody; or anything by anybody; or bots go on for a while, so that runs get far; or nobody does
anything.
"""
SORTS: Final[tuple[Sort, ...]] = (
    *("offered",) * 3,
    "spoilt",
    *("usurped",) * 3,
    "anything",
    *("guided",) * 3,
    "idle",
)


@dataclass(frozen=True)
class Move:
    """Something to try, `delay` ms after what happened last."""

    delay: int
    sort: Sort
    choice: int
    nonsense: dict[str, Value] = field(default_factory=dict)


@dataclass
class Course:
    """How an exercise went: what was put in, one by one, and the facts that each gave."""

    inputs: list[tuple[Action, int] | None] = field(default_factory=list)
    steps: list[list[Fact]] = field(default_factory=list)

    @property
    def facts(self) -> list[Fact]:
        """All facts in order."""
        return [fact for step in self.steps for fact in step]


def put(exercise: Exercise, given: tuple[Action, int] | None) -> list[Fact]:
    """Let one input happen: an action at a time, or the next thing that is due (which may be the beginning)."""
    if given is not None:
        return exercise.act(*given)
    return exercise.run_next_due() if exercise.state.sequence else exercise.begin()


def live_through(exercise: Exercise, moves: Sequence[Move]) -> Course:
    """Begin the exercise and make the moves, everything else happening at its time."""
    course = Course()

    def happen(given: tuple[Action, int] | None) -> None:
        course.inputs.append(given)
        course.steps.append(put(exercise, given))

    def wait(at: int) -> None:
        while (item := exercise.next_due()) is not None and item.due < at:
            happen(None)

    happen(None)
    for move in moves:
        at = exercise.state.now + move.delay
        if move.sort == "guided":
            for _ in range(1 + move.choice % 12):
                wished = ActingBot().propose(exercise)
                if wished is not None and isinstance(wished.action, Action):
                    wait(wished.at)
                    happen((wished.action, wished.at))
            continue
        wait(at)
        if move.sort != "idle":
            happen((meaning(exercise, move), at))
    return course


def meaning(exercise: Exercise, move: Move) -> Action:
    """What a move tries in the exercise as it stands, where nobody guides it."""
    choose = _Chooser(move.choice)
    incidents = [found for found in exercise.state.incidents.values() if found.raised]
    incident = choose.one_of(incidents or list(exercise.state.incidents.values()))
    if move.sort != "anything":
        offered = [
            ready.step
            for track, state in incident.tracks.items()
            for (source, _do), ready in exercise.compiled.steps[track].items()
            if source == state and not ready.step.automatic
        ]
        if offered:
            step = choose.one_of(offered)
            role = choose.one_of(step.by)
            able = exercise.roster.able(role, exercise.state.now + move.delay)
            if move.sort == "usurped" or not able:
                able = tuple(exercise.roster.people.values())
            content = {wanted.name: _filled(exercise, wanted, choose) for wanted in step.fields}
            if move.sort == "spoilt":
                content.update(move.nonsense)
            named = choose.one_of([role, None])
            return Action(choose.one_of(able).pseudonym, step.do, incident.id, named, content)
    return Action(
        choose.one_of(list(exercise.roster.people)),
        choose.one_of([*exercise.compiled.track_of, *exercise.playbook.forbidden]),
        incident.id,
        choose.one_of([None, *exercise.playbook.roles]),
        move.nonsense,
    )


class _Chooser:
    """Takes one big number apart into choices."""

    def __init__(self, number: int) -> None:
        self._number = number

    def one_of(self, items: Sequence[T]) -> T:
        self._number, place = divmod(self._number, len(items))
        return items[place]


def _filled(exercise: Exercise, wanted: Field, choose: _Chooser) -> Value:
    match wanted.kind:
        case FieldKind.TEXT:
            return FreeText(Text("words", "话"))
        case FieldKind.CHOICE | FieldKind.CLOCK | FieldKind.STATUTORY_LEVEL:
            return choose.one_of(wanted.choices)
        case FieldKind.CLOCK_MEASURES:
            return tuple(f"{name}={n}" for n, name in enumerate(wanted.choices[:3]))
        case FieldKind.CHOICES:
            return wanted.choices[: max(wanted.at_least, 1)]
        case FieldKind.LEVEL:
            return choose.one_of(list(exercise.playbook.levels))
        case FieldKind.PERSON:
            return choose.one_of(list(exercise.roster.people))
        case FieldKind.ROLE:
            return choose.one_of(list(exercise.playbook.roles))


# What Hypothesis draws

ANY_TEXT = st.one_of(st.text(max_size=6), st.sampled_from(["\ud800", "范围", "a\udcffb"]))
"""Lone surrogates and other scripts among it."""
VALUES: st.SearchStrategy[Value] = st.one_of(
    ANY_TEXT,
    st.integers(),
    st.integers(2**53 - 1, 2**70),
    st.booleans(),
    st.lists(ANY_TEXT, max_size=3).map(tuple),
    st.builds(FreeText, ANY_TEXT),
    st.builds(lambda en, zh: FreeText(Text(en, zh)), ANY_TEXT, ANY_TEXT),
)
NONSENSE = st.dictionaries(st.one_of(ANY_TEXT, st.sampled_from(["level", "reasons", "what"])), VALUES, max_size=3)
DELAYS = st.one_of(
    st.integers(0, 20 * MINUTE),
    st.sampled_from([0, 1, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, DAY]),
    st.integers(0, 4 * DAY),
)
MOVES = st.lists(
    st.builds(Move, DELAYS, st.sampled_from(SORTS), st.integers(0, 2**40), NONSENSE), min_size=3, max_size=30
)
NIGHT = ((18 * 60, MINUTES_A_DAY), (0, 9 * 60))
STRETCHES = st.lists(
    st.tuples(st.integers(0, MINUTES_A_DAY), st.integers(0, MINUTES_A_DAY)).map(lambda two: (min(two), max(two))),
    max_size=2,
).map(tuple)


@st.composite
def casts(draw: st.DrawFn, book: Playbook) -> tuple[Person, ...]:
    """Whole casts, some of them with hours of absence, somebody gone for good, somebody with a second role."""
    people = []
    for person in whole_cast(book):
        more = draw(st.sampled_from([(), (), (), *((role,) for role in book.roles)]))
        people.append(
            Person(
                person.id,
                person.pseudonym,
                person.name,
                tuple(dict.fromkeys((*person.roles, *more))),
                draw(st.one_of(st.just(()), st.just(NIGHT), STRETCHES)),
                always_away=draw(st.integers(0, 9)) == 9,
            )
        )
    return tuple(people)


@st.composite
def stories(draw: st.DrawFn, book: Playbook, *, quiet: bool = False) -> Scenario:
    """Scenarios with any ground truth, one or two incidents and any seed.

    `quiet` ones have the whole cast at their desks, all experts, and nothing else comes to light.
    """
    flags = st.fixed_dictionaries({name: st.booleans() for name in flags_of(book)})
    levels = st.sampled_from([None, *book.levels])
    truths = [truth_for(book, draw(flags), draw(levels)) for _ in range(draw(st.integers(1, 2)))]
    seed = draw(st.integers(0, 2**53 - 1))
    if quiet:
        return scenario_for(book, truths, seed=seed)
    return scenario_for(
        book,
        truths,
        people=draw(casts(book)),
        injects=draw(st.lists(_later(book), max_size=2, unique_by=lambda found: found.id)),
        seed=seed,
        starts="2026-01-05T{:02d}:{:02d}+08:00".format(*divmod(draw(st.integers(0, MINUTES_A_DAY - 1)), 60)),
        proficiency=draw(st.dictionaries(st.sampled_from(list(book.roles)), st.integers(0, 100))),
    )


def _later(book: Playbook) -> st.SearchStrategy[Inject]:
    steps: list[Step] = [step for track in book.tracks.values() for step in track.steps]
    return st.builds(
        lambda number, at, circumstance, role: Inject(
            f"later-{number}",
            (role,),
            next(iter(book.channels)),
            text("more comes to light"),
            at=at,
            incident="incident-1",
            brings=(Emergence(circumstance, "p1"),),
        ),
        st.integers(0, len(steps)),
        st.integers(0, 10 * DAY),
        st.sampled_from(list(book.circumstances)),
        st.sampled_from(list(book.roles)),
    )


def stories_of(name: str, *, quiet: bool = False) -> st.SearchStrategy[Scenario]:
    """Scenarios for the procedure of this name."""
    return stories(playbook(name), quiet=quiet)
