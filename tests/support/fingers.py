"""Fingers that play a whole exercise at the table: they know what an expert would do, and do it by keys alone.

What they do is decided as a bot decides it; but every action is found in the list on the screen, and its form is filled
in by its widgets, so that whatever the screens would not let a person do stops the fingers as well.
"""

from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.session.session import Session
from incidentsim.session.views import offers
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.line_list import LineList
from tests.support.at_the_table import session_of
from tests.support.keyboard import Keyboard
from tests.support.play import ActingBot

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TURNS: Final = 2_000
WORDS: Final = ("ok [b]", "好的", "as told")
"""What the fingers type where words are asked for: short, as every letter is a key."""


class StuckError(Exception):
    """There is no way on that an expert would know of."""


class Fingers:
    """Ten fingers on one keyboard."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keys = keyboard
        self.acted = 0
        self._words: Iterator[str] = iter(())

    @property
    def table(self) -> TableScreen:
        """The table, which is in front of them."""
        screen = self._keys.app.screen
        assert isinstance(screen, TableScreen), f"{screen} is in the way"
        return screen

    @property
    def session(self) -> Session:
        """The exercise that is played at the table."""
        return session_of(self.table)

    async def play(self, *, most: int = MOST_TURNS) -> None:
        """Play until the exercise is over, or so many turns."""
        await self.uncover()
        for _turn in range(most):
            if self.session.ended:
                return
            await self.turn()

    async def turn(self) -> bool:
        """Take one action that an expert would take, or let time go on; whether it was an action."""
        wish = ActingBot().propose(self.session.exercise)
        wished = wish.action if wish is not None and isinstance(wish.action, Action) else None
        if wished is not None and await self._act(wished):
            return True
        before = (len(self.session.facts), self.session.now)
        await self._keys.press("space")
        if (len(self.session.facts), self.session.now) == before and not self.table.asked:
            if wish is None or wish.at < self.session.now:
                raise StuckError("Nothing happens any more, and an expert would not know what to do.")
            await self.wait((wish.at - self.session.now) // MINUTE + 1)
        return False

    async def wait(self, minutes: int) -> None:
        """Let so many minutes pass."""
        await self._keys.press("1", "w")
        asked = self._keys.app.screen.query(Input)
        if not asked:
            return  # live, time passes by itself and nobody can wait
        asked.first().select_all()
        await self._keys.type(str(minutes))
        await self._keys.press("enter")

    async def _act(self, wished: Action) -> bool:
        """Take the action, by whoever at the table may; whether there was any way to it."""
        session, before = self.session, len(self.session.facts)
        person = self._whom(wished)
        if person is None:
            return False
        await self.sit_down(person)
        await self.turn_to(wished.incident)
        if not await self.choose("actions", f"open/{wished.do}"):
            return False
        await self.fill_in(wished)
        await self._keys.press("ctrl+s")
        assert isinstance(self._keys.app.screen, TableScreen), f"the form of {wished.do} was not sent"
        assert len(session.facts) > before, f"nothing came of {wished.do}"
        self.acted += 1
        return True

    def _whom(self, wished: Action) -> str | None:
        """Somebody at the table who may take the action now: the one an expert would send, if possible."""
        able = [
            offer.person.pseudonym
            for person in self.session.people
            for offer in offers(self.session, wished.incident, [person])
            if offer.open and offer.step.do == wished.do
        ]
        return wished.person if wished.person in able else next(iter(able), None)

    async def sit_down(self, person: str) -> None:
        """Hand the keyboard over to somebody, where it goes from hand to hand."""
        if self.session.seats.mode != "hot_seat" or self.table.view.keyboard[0] == person:
            return
        await self._keys.press("1", "x")  # in the list of actions, letters are for actions
        assert isinstance(self._keys.app.screen, ChooseScreen)
        await self.choose_line(self._keys.app.screen.query_one(LineList), person)
        await self._keys.press("enter", "enter")  # chosen, and there
        await self.uncover()

    async def uncover(self) -> None:
        """Look at the table, which lies behind the console or was covered while the keyboard went from hand to hand."""
        if isinstance(self._keys.app.screen, ConsoleScreen):
            await self._keys.press("v")
        if isinstance(self._keys.app.screen, CoverScreen):
            await self._keys.press("enter")

    async def turn_to(self, incident: str) -> None:
        """Act on another incident."""
        for _one in self.session.exercise.state.incidents:
            if self.table.view.incident == incident:
                return
            await self._keys.press("1", "n")

    async def choose(self, pane: str, name: str) -> bool:
        """Open a line of a pane, by its own key where it has one; whether it is there."""
        found = self.table.query_one(f"#{pane}", LineList)
        if name not in {one.name for one in found.lines}:
            return False
        await self._keys.press({"inbox": "1", "actions": "2", "duties": "3", "log": "4"}[pane])
        line = next(one for one in found.lines if one.name == name)
        letter = line.pieces[0].text.strip()
        if pane == "actions" and len(letter) == 1 and letter.isascii():
            await self._keys.press(letter)
            return True
        await self.choose_line(found, name)
        await self._keys.press("enter")
        return True

    async def choose_line(self, found: LineList, name: str) -> None:
        """Move the cursor of a list to the line of this name."""
        await self._keys.press("home")
        for _step in found.lines:
            if found.name_at_cursor == name:
                return
            await self._keys.press("down")
        assert found.name_at_cursor == name, f"{name} cannot be reached among {[one.name for one in found.lines]}"

    async def fill_in(self, wished: Action) -> None:
        """Fill in the form that is open, field by field, going from one to the next by Tab."""
        form = self._keys.app.screen
        assert isinstance(form, FormScreen), f"{form} is open, and no form"
        for blank in form.form.fields:
            value = wished.content.get(blank.name)
            if value is None and not blank.required:
                continue
            await self._tab_to(form, f"field-{blank.name}")
            match form.query_one(f"#field-{blank.name}"):
                case TextArea() as area:
                    area.select_all()
                    await self._keys.type(self._said(value))
                case Input() as line:
                    line.select_all()
                    await self._keys.type(", ".join(_several(value)))
                case Choices() as choices:
                    await self._tick(choices, _several(value))

    async def _tick(self, choices: Choices, wanted: tuple[str, ...]) -> None:
        """Leave just these chosen."""
        now = set(choices.chosen)
        change = (now ^ set(wanted)) if choices._several else set(wanted) - now
        for one in sorted(change):
            await self.choose_line(choices, one)
            await self._keys.press("space")

    async def _tab_to(self, form: FormScreen, name: str) -> None:
        for _one in range(len(form.form.fields) + 1):
            if form.focused is not None and form.focused.id == name:
                return
            await self._keys.press("tab")
        assert form.focused is not None
        assert form.focused.id == name, f"Tab does not lead to {name}"

    def _said(self, value: Value | None) -> str:
        if isinstance(value, FreeText) and isinstance(value.value, str) and len(value.value) <= len(WORDS[0]):
            return value.value
        if (words := next(self._words, None)) is None:
            self._words = iter(WORDS)
            words = next(self._words)
        return words


def _several(value: Value | None) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case tuple():
            return tuple(str(one) for one in value)
        case _:
            return (str(value),)
