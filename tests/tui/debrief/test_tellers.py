"""The parts of a debrief told without a screen, and shown in their panes without a service."""

import pytest
from textual.app import App, ComposeResult

from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.log_filters import FILTERS
from incidentsim.tui.debrief.data import Debrief, LogFilter, look_around
from incidentsim.tui.debrief.panes import AboutPane, PartsPane
from incidentsim.tui.debrief.parts import LOG, METRICS, PARTS, PICTURE
from incidentsim.tui.debrief.tellers import PartLines, PartTeller
from incidentsim.tui.widgets.line_list import Line, LineList, line
from tests.support.at_the_table import in_loop
from tests.support.debrief_screens import played_badly
from tests.support.screens import service_on


@pytest.fixture(scope="module")
def teller() -> PartTeller:
    service = service_on(MemoryStore())
    run = played_badly(service)
    evaluated = service.evaluations.evaluate(run)
    return PartTeller(Debrief(run, evaluated, "en"), look_around(service, run, evaluated))


@pytest.mark.parametrize("part", range(len(PARTS)), ids=[name for name, _title in PARTS])
def test_every_line_with_a_name_says_what_it_rests_on(teller: PartTeller, part: int) -> None:
    named = [shown.name for shown in teller.lines(part, 76, LogFilter()).lines if shown.name is not None]
    assert named
    assert all(teller.about(part, name) for name in named)


def test_only_the_timeline_and_the_log_have_something_above_their_lines(teller: PartTeller) -> None:
    above = [part for part in range(len(PARTS)) if teller.lines(part, 76, LogFilter()).above]
    assert above == [PICTURE, LOG]


@pytest.mark.parametrize("kind", FILTERS)
def test_the_log_says_what_it_shows(teller: PartTeller, kind: str) -> None:
    assert teller.lines(LOG, 76, LogFilter(kind, "grade")).above.endswith(" · with “grade”")


def lines(*names: str) -> list[Line]:
    return [line(name, name=name) for name in names]


class Panes(App[None]):
    """The panes alone, and what they sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def compose(self) -> ComposeResult:
        yield PartsPane(id="parts")
        yield AboutPane(id="about-pane")

    def on_parts_pane_moved(self) -> None:
        self.sent.append(f"moved to {self.query_one(PartsPane).name_at_cursor}")

    def on_parts_pane_chosen(self) -> None:
        self.sent.append("chosen")


@in_loop
async def test_a_part_keeps_its_cursor_while_another_is_in_view() -> None:
    app = Panes()
    async with app.run_test() as pilot:
        parts = app.query_one(PartsPane)
        parts.bring(METRICS)
        parts.fill(PartLines(lines("a", "b")))
        parts.in_view.focus()
        await pilot.press("down", "enter")
        assert {"moved to b", "chosen"} <= set(app.sent)
        parts.bring(LOG)
        parts.fill(PartLines(lines("c"), "Shown: everything"))
        assert parts.name_at_cursor == "c"
        assert [shown.id for shown in parts.query(LineList).results() if shown.display] == ["part-log"]
        parts.bring(METRICS)
        parts.fill(PartLines(lines("a", "b")))
        assert parts.name_at_cursor == "b"


@in_loop
async def test_cursors_are_put_back_where_they_stood_before_everything_was_made_anew() -> None:
    app = Panes()
    async with app.run_test():
        parts = app.query_one(PartsPane)
        parts.put_back({"metrics": "b", "log": "gone"})
        for part, at in ((METRICS, "b"), (LOG, "a")):
            parts.bring(part)
            parts.fill(PartLines(lines("a", "b")))
            assert parts.name_at_cursor == at
        assert parts.places() == {"metrics": "b", "log": "a"}
