"""The list that everything is shown in: never wider than its place, fast, and the cursor stays where it was put."""

import time
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.geometry import Size
from textual.pilot import Pilot

from incidentsim.exports.wording.plain_text import width
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.text import cut, settled
from tests.support.at_the_table import NASTY, in_loop
from tests.support.examples import examples

words = st.text(st.characters(), max_size=60) | st.sampled_from([NASTY, "宽字符" * 30, "a\u0301" * 500, "👨‍👩‍👧 ❤️", ""])


def harmless(text: str) -> bool:
    """Whether nothing in it acts: no control or format character but the one that parts letters."""
    return all(
        unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or one == "\u200c" for one in text
    )


class Lists(App[None]):
    """Nothing but a list."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self.shown = lines
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield LineList(id="list")

    def on_mount(self) -> None:
        self.query_one(LineList).show(self.shown)
        self.query_one(LineList).focus()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.heard.append(event.name or "")


def numbered(count: int) -> list[Line]:
    return [line(f"line {number}", name=str(number)) for number in range(count)]


def the_list(pilot: Pilot[None]) -> LineList:
    return pilot.app.query_one(LineList)


@given(st.lists(words, max_size=4), st.integers(1, 90), st.booleans())
@examples(30)
def test_a_line_is_exactly_as_wide_as_its_place(texts: list[str], columns: int, cursor: bool) -> None:
    @in_loop
    async def draw() -> None:
        app = Lists([line(*(Piece(text, "dim") for text in texts), name="x"), line("y", name="y")])
        async with app.run_test(size=(columns, 3)) as pilot:
            found = the_list(pilot)
            if not cursor:
                await pilot.press("down")
            strip = found.render_line(0)
            assert strip.cell_length == cell_len(strip.text) == found.scrollable_content_region.width
            assert harmless(strip.text)

    draw()


@given(words, st.integers(1, 100))
@examples(500)
def test_what_is_cut_fits_and_says_that_it_was_cut(text: str, columns: int) -> None:
    kept = cut(text, columns)
    assert max(cell_len(kept), width(kept)) <= columns
    assert kept.endswith("…") or kept == settled(text)
    assert harmless(kept)


@in_loop
async def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    async with Lists([line("0123", Piece("4567"), Piece("89"), name="x")]).run_test(size=(10, 3)) as pilot:
        assert the_list(pilot).render_line(0).text == "▸ 0123456…"


@in_loop
async def test_the_cursor_line_has_one_style_throughout() -> None:
    lines = [line(Piece("a", "dim"), Piece("b", "bad"), Piece("c", "accent"), name="x"), line("y", name="y")]
    async with Lists(lines).run_test(size=(20, 3)) as pilot:
        styles = {(one.style.bgcolor, one.style.color) for one in the_list(pilot).render_line(0) if one.style}
        assert len(styles) == 1
        await pilot.press("down")
        assert len({one.style.color for one in the_list(pilot).render_line(0) if one.style}) > 2


@in_loop
async def test_the_cursor_passes_over_headings_and_stays_with_its_name() -> None:
    lines = [line("heading"), line("a", name="a"), line("heading"), line("b", name="b"), line("heading")]
    async with Lists(lines).run_test() as pilot:
        found = the_list(pilot)
        assert found.name_at_cursor == "a"
        await pilot.press("down")
        assert found.name_at_cursor == "b"
        await pilot.press("down")
        assert found.name_at_cursor == "b"
        await pilot.press("up", "up")
        assert found.name_at_cursor == "a"
        found.show([line("new", name="new"), *lines])
        assert found.name_at_cursor == "a"
        found.show([line("new", name="new")])
        assert found.name_at_cursor == "new"
        found.show([], empty="nothing")
        assert "nothing" in found.render_line(0).text
        assert found.name_at_cursor is None


@in_loop
async def test_keys_move_through_the_list() -> None:
    async with Lists(numbered(100)).run_test(size=(40, 10)) as pilot:
        found = the_list(pilot)
        for key, there in (("end", "99"), ("pageup", "90"), ("home", "0"), ("pagedown", "9"), ("j", "10"), ("k", "9")):
            await pilot.press(key)
            assert found.name_at_cursor == there
        await pilot.press("enter")
        assert pilot.app.heard == ["9"]  # type: ignore[attr-defined]  # ours


@in_loop
async def test_a_click_moves_the_cursor_and_another_opens_the_line() -> None:
    async with Lists(numbered(100)).run_test(size=(40, 10)) as pilot:
        app = pilot.app
        await pilot.click(LineList, offset=(5, 4))
        assert the_list(pilot).name_at_cursor == "4"
        assert app.heard == []  # type: ignore[attr-defined]  # ours
        await pilot.click(LineList, offset=(5, 4))
        assert app.heard == ["4"]  # type: ignore[attr-defined]  # ours


@in_loop
async def test_the_wheel_scrolls_and_new_lines_do_not_scroll_back() -> None:
    async with Lists(numbered(100)).run_test(size=(40, 10)) as pilot:
        found = the_list(pilot)
        for _turn in range(5):
            found._on_mouse_scroll_down(wheel())
            await pilot.pause()
        there = found.scroll_offset.y
        assert there > 0
        found.show(numbered(100))
        assert found.scroll_offset.y == there
        assert found.name_at_cursor == "0"


def wheel() -> MouseScrollDown:
    return MouseScrollDown(None, 1, 1, 0, 0, 0, shift=False, meta=False, ctrl=False)


@in_loop
async def test_a_list_that_follows_its_end_does_so_only_from_there() -> None:
    async with Lists(numbered(20)).run_test(size=(40, 10)) as pilot:
        found = the_list(pilot)
        found.follow = True
        await pilot.press("end")
        found.show(numbered(30))
        assert found.name_at_cursor == "29"
        await pilot.press("up")
        found.show(numbered(40))
        assert found.name_at_cursor == "28"


@in_loop
async def test_ten_thousand_lines_cost_little_more_to_move_in_than_a_hundred() -> None:
    taken: dict[int, float] = {}
    for count in (100, 10_000):
        async with Lists(numbered(count)).run_test(size=(80, 24)) as pilot:
            found = the_list(pilot)
            began = time.perf_counter()
            for _press in range(200):
                found.action_far(1)
                found.render_line(0)
                found.action_far(-1)
                found.render_line(0)
            taken[count] = time.perf_counter() - began
    assert taken[10_000] < taken[100] * 5


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_list_without_room_draws_nothing_wrong(columns: int) -> None:
    @in_loop
    async def draw() -> None:
        async with Lists([line("宽宽宽", name="x")]).run_test(size=(columns, 2)) as pilot:
            found = the_list(pilot)
            assert found.size == Size(columns, 2)
            assert found.render_line(0).cell_length == columns

    draw()
