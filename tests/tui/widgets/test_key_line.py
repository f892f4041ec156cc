"""The line of keys at the foot of a screen: what fits, what a click does, what changes with the screen."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from incidentsim import messages
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.key_line import ELLIPSIS, LAST, Hint, KeyLine, fitted

LABELS = st.lists(st.text(st.sampled_from("ab 中é"), min_size=1, max_size=20), max_size=12)


def hint(name: str) -> Hint:
    return Hint(name, "a", "a", "", "", enabled=True)


@given(LABELS, st.booleans(), st.integers(1, 120))
def test_what_is_shown_always_fits_and_is_in_order(texts: list[str], helped: bool, columns: int) -> None:
    labels = [(hint(f"key.{number}"), text) for number, text in enumerate(texts)]
    if helped:
        labels.append((hint(LAST), " ? Help "))
    shown = fitted(labels, columns)
    left_out = len(labels) - sum(one is not None for one, _text in shown)
    assert [one for one in shown if one[0] is not None] == [one for one in labels if one in shown]
    assert left_out == 0 or (None, ELLIPSIS) in shown
    assert not helped or shown[-1][0] is not None
    assert shown[-1][0].name == LAST if helped and shown[-1][0] is not None else True
    always = cell_len(ELLIPSIS) + (cell_len(" ? Help ") if helped else 0)
    assert sum(cell_len(text) for _one, text in shown) <= max(columns, always)


class Room(LocalizedScreen):
    """A screen with a key that can be used, one that cannot now, and one that is not shown."""

    AUTO_FOCUS = None
    BINDINGS = [  # noqa: RUF012 - Textual's way
        key("a", "add", N_("Add"), id="room.add", tooltip=N_("Nothing is lost: the run goes on where it was")),
        key("b", "bar", N_("Back"), id="room.bar"),
        key("c", "add", N_("Add"), id="room.again"),
        key("x", "hide", N_("Home"), id="room.hide", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.added = 0

    def compose(self) -> ComposeResult:
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return None if action == "bar" and not self.added else True

    def action_add(self) -> None:
        self.added += 1
        self.refresh_bindings()

    def action_bar(self) -> None:
        self.added += 100


def looked_at(check: Callable[[Pilot[None], Room, KeyLine], Awaitable[None]]) -> None:
    async def work() -> None:
        room = Room()
        app: App[None] = App()
        async with app.run_test(size=(60, 8)) as pilot:
            await app.push_screen(room)
            await pilot.pause()
            await check(pilot, room, room.query_one(KeyLine))

    asyncio.run(work())


def test_it_says_what_can_be_done_each_action_once() -> None:
    async def check(_pilot: Pilot[None], _room: Room, line: KeyLine) -> None:
        assert line.render().plain == " a Add  b Back  ? Help "

    looked_at(check)


def test_it_speaks_the_language_spoken() -> None:
    async def check(pilot: Pilot[None], room: Room, line: KeyLine) -> None:
        messages.use("zh")
        room.refresh_bindings()
        await pilot.pause()
        assert "帮助" in line.render().plain

    looked_at(check)


def test_a_click_is_as_good_as_the_key_unless_the_key_does_nothing_now(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[App[None]] = []

    def bell(app: App[None]) -> None:
        rung.append(app)

    monkeypatch.setattr(App, "bell", bell)

    async def check(pilot: Pilot[None], room: Room, line: KeyLine) -> None:
        back, add = line.render().plain.index("Back"), line.render().plain.index("Add")
        await pilot.click(KeyLine, offset=(back, 0))
        assert (room.added, len(rung)) == (0, 1)
        await pilot.click(KeyLine, offset=(add, 0))
        await pilot.pause()
        assert room.added == 1
        await pilot.click(KeyLine, offset=(back, 0))
        await pilot.pause()
        assert (room.added, len(rung)) == (101, 1)
        await pilot.click(KeyLine, offset=(58, 0))  # beside all keys
        assert (room.added, len(rung)) == (101, 1)

    looked_at(check)


def test_the_key_under_the_pointer_is_explained() -> None:
    async def check(pilot: Pilot[None], _room: Room, line: KeyLine) -> None:
        await pilot.hover(KeyLine, offset=(2, 0))
        assert line.tooltip == "Nothing is lost: the run goes on where it was"
        await pilot.hover(KeyLine, offset=(58, 0))
        assert line.tooltip is None

    looked_at(check)


def test_what_cannot_be_done_now_is_dim() -> None:
    async def check(pilot: Pilot[None], room: Room, line: KeyLine) -> None:
        def dim() -> bool:
            return any("dim" in str(span.style) for span in line.render().spans)

        assert dim()
        room.action_add()
        await pilot.pause()
        assert not dim()

    looked_at(check)
