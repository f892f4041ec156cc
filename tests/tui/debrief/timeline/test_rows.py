"""The timeline: the axis keeps the order of time and fits its width; the rows show who did what, and what was late."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from incidentsim import messages
from incidentsim.domain.facts import FactKind
from incidentsim.domain.local_time import LocalTime, Offsets
from incidentsim.domain.text import Language
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from incidentsim.exports.text.duty_table import DutyLine
from incidentsim.exports.wording.account import Account
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.narration import RecordNarrator
from incidentsim.tui.debrief.timeline.axis import GAP, Axis, ticks
from incidentsim.tui.debrief.timeline.drawing import SIGNS, Cells, draw, legend, shortened_words
from incidentsim.tui.debrief.timeline.rows import Picture, Row, picture
from tests.support.debrief_screens import ended_at_once, played_badly, played_by_bots
from tests.support.facts import a_fact, on_record
from tests.support.screens import service_on

TIMES = st.lists(st.integers(0, 40 * DAY), min_size=1, max_size=60)
COLUMNS = st.integers(20, 140)


@given(TIMES, COLUMNS)
def test_later_is_never_further_left_and_everything_fits(times: list[int], columns: int) -> None:
    axis = Axis(times, columns)
    drawn = [axis.column(at) for at in sorted(times)]
    assert drawn == sorted(drawn)
    assert drawn[0] == 0
    assert drawn[-1] < columns


@given(TIMES, COLUMNS)
def test_what_lies_beyond_an_end_falls_on_it(times: list[int], columns: int) -> None:
    axis = Axis(times, columns)
    assert axis.column(min(times) - 1) == 0
    assert axis.column(max(times) + DAY) == axis.column(max(times))


@given(TIMES, COLUMNS)
def test_nothing_happens_in_a_shortened_stretch(times: list[int], columns: int) -> None:
    axis = Axis(times, columns)
    for one in axis.shortened:
        assert not [at for at in times if one.start < at < one.end]
        assert one.last - one.first == GAP


def marks_apart(axis: Axis, offset: int = 0) -> None:
    found = ticks(axis, LocalTime(offset, Offsets(0)), lambda at: f"{at // HOUR % 24:02d}:00")
    assert found
    for one, after in pairwise(found):
        assert one.begins + 5 < after.begins
    assert found[-1].begins + 5 <= axis.columns


@given(TIMES, COLUMNS, st.integers(0, DAY - 1))
def test_the_marks_of_the_axis_never_touch(times: list[int], columns: int, offset: int) -> None:
    marks_apart(Axis(times, columns), offset)


def test_a_night_between_two_busy_hours_is_shortened_and_said_to_be() -> None:
    busy = [*range(0, HOUR, 5 * MINUTE), *range(20 * HOUR, 21 * HOUR, 5 * MINUTE)]
    axis = Axis(busy, 50)
    (gap,) = axis.shortened
    assert (gap.start, gap.end) == (55 * MINUTE, 20 * HOUR)
    assert len({axis.column(at) for at in busy}) == len(busy)
    assert shortened_words(axis) == "≈ 1 stretch in which nothing happens is shortened: 19 hours 5 minutes"


def test_even_time_is_not_shortened() -> None:
    axis = Axis(range(0, 10 * HOUR, HOUR), 60)
    assert not axis.shortened
    assert shortened_words(axis) == ""
    columns = [axis.column(at) for at in range(0, 10 * HOUR, HOUR)]
    assert len({after - before for before, after in pairwise(columns)}) <= 2


def test_marks_stand_at_round_times_of_the_local_clock() -> None:
    axis = Axis([0, 8 * HOUR], 81)
    offset = 9 * HOUR + 10 * MINUTE
    found = ticks(
        axis,
        LocalTime(offset, Offsets(0)),
        lambda at: f"{(at + offset) // HOUR:02d}:{(at + offset) // MINUTE % 60:02d}",
    )
    said = [one.words for one in found]
    assert said[0] == "09:10"
    assert {one[3:] for one in said[1:]} == {"00"}


def test_a_single_moment_is_an_axis_too() -> None:
    axis = Axis([5 * MINUTE], 30)
    assert axis.column(0) == 0
    marks_apart(axis)


def told(prepare: object, language: Language = "en") -> RecordNarrator:
    service = service_on(MemoryStore())
    view = service.records.show(prepare(service))  # type: ignore[operator]  # one of the functions of debrief_screens
    return RecordNarrator(Account(view.facts, view.playbook, view.scenario, language))


@pytest.fixture(scope="module")
def badly() -> RecordNarrator:
    return told(played_badly)


def row(shown: Picture, key: str) -> Row:
    return next(one for one in shown.rows if one.key == key)


def test_everybody_who_acted_or_was_told_has_a_row_with_their_marks(badly: RecordNarrator) -> None:
    shown = picture(badly.account)
    lead = row(shown, "person/p2")
    signs = [mark.sign for mark in lead.marks]
    assert "refused" in signs
    assert "step" in signs
    assert "message" in signs
    assert "undone" in signs
    for mark in lead.marks:
        assert badly.account.facts[mark.number].at == mark.at


def test_what_the_facilitator_did_stands_in_a_row_of_its_own(badly: RecordNarrator) -> None:
    signs = [mark.sign for mark in row(picture(badly.account), "facilitator/").marks]
    assert signs == ["note", "undo", "moved", "note", "moved", "skipped"]


def test_phases_follow_the_main_track(badly: RecordNarrator) -> None:
    phases = row(picture(badly.account), "incident/leak").phases
    assert [one.phase for one in phases] == ["monitoring", "handling", "feedback", "review"]
    for one, after in pairwise(phases):
        assert one.end == after.start


def test_an_undone_step_moves_no_phase_and_opens_no_duty() -> None:
    service = service_on(MemoryStore())
    view = service.records.show(played_by_bots(service))
    step = next(
        n
        for n, fact in enumerate(view.facts)
        if fact.kind == FactKind.STEP_TAKEN and on_record(fact)["do"] == "confirm"
    )
    until = next(n for n in range(step + 1, len(view.facts)) if view.facts[n].at != view.facts[step].at)
    facts = [
        *view.facts[:until],
        a_fact(
            view.facts[step].at, FactKind.STEP_UNDONE, None, {"first": step, "last": until - 1, "reason": {"text": "x"}}
        ),
    ]
    shown = picture(Account(facts, view.playbook, view.scenario, "en"))
    assert row(shown, "incident/leak").phases[-1].state == "reported" or len(row(shown, "incident/leak").phases) == 1
    assert "undone" in [mark.sign for one in shown.rows for mark in one.marks]
    duties = [one.duty.duty for one in shown.rows if one.duty is not None]
    assert "grade-incident" not in duties


@pytest.mark.parametrize("columns", [76, 110, 156])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_is_aligned_whatever_the_names(language: Language, columns: int, badly: RecordNarrator) -> None:
    messages.use(language)
    try:
        account = badly.account
        teller = RecordNarrator(Account(account.facts, account.playbook, account.scenario, language))
        drawn = draw(teller, picture(account), columns)
    finally:
        messages.use("en")
    rows = [one for one in drawn.lines if one.name is not None]
    assert {cell_len("".join(piece.text for piece in one.pieces)) for one in rows} == {columns}
    assert {cell_len(one.pieces[0].text) for one in rows if one.pieces[0].text.strip()} != set()
    assert all(cell_len(one) <= columns for one in drawn.axis[-3:])


def bar(duty: DutyLine, end: int = 60 * MINUTE, columns: int = 61) -> str:
    """A duty's bar on an axis of a minute a column."""
    service = service_on(MemoryStore())
    view = service.records.show(ended_at_once(service))
    teller = RecordNarrator(Account(view.facts, view.playbook, view.scenario, "en"))
    shown = Picture((Row("duty", "1", duty=duty),), end, tuple(range(0, end + 1, MINUTE)))
    names = (columns + 27) * 3 // 10
    line = draw(teller, shown, columns + names + 1).lines[0]
    return "".join(piece.text for piece in line.pieces)[names + 1 :].rstrip()


def duty(opened: int, due: int | None, outcome: str, end: int | None) -> DutyLine:
    minutes = [None if at is None else at * MINUTE for at in (due, end)]
    return DutyLine(1, "judge-report", "leak", "x", opened * MINUTE, minutes[0], outcome, minutes[1])


@pytest.mark.parametrize(
    ("shown", "looks"),
    [
        (duty(0, 8, "in_time", 4), "════■···!"),
        (duty(0, 4, "late", 8), "════!▒▒▒■"),
        (duty(0, 4, "in_time", 4), "════■"),
        (duty(0, None, "in_time", 4), "════■"),
        (duty(2, 4, "dropped", 6), "  ══!═×"),
        (duty(0, 0, "late", 3), "!▒▒■"),
        (duty(0, 3, "late", 3), "═══!■"),
        (duty(58, 90, "open", None), " " * 58 + "══▸"),
        (duty(56, 58, "overdue", None), " " * 56 + "══!▒▸"),
    ],
)
def test_what_became_of_a_duty_is_seen_without_colours(shown: DutyLine, looks: str) -> None:
    assert bar(shown).replace(" ", "") == looks.replace(" ", "")


def test_wide_characters_keep_their_two_columns() -> None:
    cells = Cells(8)
    cells.write(1, "处理中")
    assert cell_len(cells.text()) == 8
    cells.put(2, "x")  # the second half of the first
    assert cell_len(cells.text()) == 8
    cells.put(3, "y")
    assert cells.text() == "  xy 中 "
    cells.write(7, "长")
    assert cell_len(cells.text()) == 8


def test_a_cut_character_leaves_nothing_behind() -> None:
    cells = Cells(4)
    cells.write(0, "处理")
    cells.put(0, "x")
    assert cells.text() == "x 理"
    cells.write(3, "\x1b[31m")
    assert cell_len(cells.text()) == 4


def test_the_legend_explains_every_sign() -> None:
    said = " ".join(legend())
    assert all(sign in said for sign, _style in SIGNS.values())
    assert all(sign in said for sign in "═!▒■×▸")


def test_where_nothing_happened_that_is_said() -> None:
    teller = told(ended_at_once)
    drawn = draw(teller, picture(teller.account), 76)
    assert "Nothing happened." in "".join(piece.text for piece in drawn.lines[0].pieces)
