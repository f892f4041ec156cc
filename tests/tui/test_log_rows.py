"""The lines of a log that grows: what was added is drawn, the rest is kept."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import FactKind
from incidentsim.session.seat_view import LogEntry, LogView
from incidentsim.tui.log_rows import LogLines, log_line

KINDS = (FactKind.STEP_TAKEN, FactKind.REFUSED, FactKind.ESCALATED)


def entry(number: int, *, day: int = 5, undone: bool = False) -> LogEntry:
    return LogEntry(
        number=number,
        at=number,
        day=f"2026-01-{day:02d}",
        time="09:00",
        kind=KINDS[number % len(KINDS)],
        incident="leak",
        sentence=f"It happened: {number}.",
        undone=undone,
    )


def texts(lines: LogLines) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines.lines]


def test_only_what_was_added_is_drawn() -> None:
    lines, entries = LogLines(), tuple(map(entry, range(5)))
    assert lines.show(LogView(1, entries[:3]), several=False)
    before = list(lines.lines)
    assert not lines.show(LogView(1, entries[:3]), several=False)
    assert lines.show(LogView(1, entries), several=False)
    assert all(now is then for now, then in zip(lines.lines, before, strict=False))
    assert len(lines.lines) == 1 + len(entries)


def test_a_line_is_drawn_anew_when_its_entry_says_something_else() -> None:
    lines = LogLines()
    lines.show(LogView(1, (entry(0), entry(1))), several=False)
    kept = lines.lines[1]
    first = entry(0)
    lines.show(LogView(2, (first, replace(entry(1), undone=True))), several=False)
    assert lines.lines[1] == kept
    assert "undone: It happened: 1." in texts(lines)[2]


def test_every_day_begins_with_its_date() -> None:
    lines = LogLines()
    lines.show(LogView(1, (entry(0), entry(1), entry(2, day=6), entry(3, day=6))), several=False)
    assert [text for text in texts(lines) if text.startswith("──")] == ["── 2026-01-05 ──", "── 2026-01-06 ──"]
    assert [line.name for line in lines.lines] == [None, "0", "1", None, "2", "3"]


def test_which_incident_it_is_about_is_told_where_there_are_several() -> None:
    assert any("[leak]" in piece.text for piece in log_line(entry(0), several=True).pieces)
    assert not any("[leak]" in piece.text for piece in log_line(entry(0), several=False).pieces)


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from((None, *KINDS)), st.sampled_from(("", "1", "happened: 2"))),
        min_size=1,
        max_size=12,
    )
)
def test_however_a_log_grows_and_is_narrowed_down_it_is_drawn_as_afresh(
    looks: list[tuple[int, FactKind | None, str]],
) -> None:
    grown, entries = LogLines(), tuple(entry(number, day=1 + number // 10) for number in range(40))
    known = 0
    for many, kind, search in looks:
        known = max(known, many)
        fresh = LogLines()
        log = LogView(1, entries[:known])
        for lines in (grown, fresh):
            lines.show(
                log, several=True, wanted=kind, search=search,
                passes=None if kind is None else lambda one, kind=kind: one.kind is kind,  # type: ignore[misc]
            )  # fmt: skip
        assert grown.lines == fresh.lines
