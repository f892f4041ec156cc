"""Regulatory deadlines can be begun from where they are read: whoever may judge or file gets the form at once."""

from dataclasses import replace

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.session.session import Session
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.table.clocks import clock_lines
from tests.support.at_the_table import in_loop, listed, screen_text, shown, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import SMALL, at_table

SUPERVISOR = ("information_security_supervisor",)


def told(session: Session) -> None:
    """The supervisor has been told of the incident, and a crime is suspected: one clock runs by our own target."""
    session.go_on()
    session.go_on()


def heard(session: Session) -> None:
    session.go_on()


async def to_line(keyboard: Keyboard, beginning: str, words: str = "") -> None:
    """Put the cursor of the duties on the first line that begins with this name and says this."""
    await keyboard.press("3")
    duties = listed(keyboard.app.screen, "duties")
    said = shown(duties)
    duties.cursor = next(
        place
        for place, drawn in enumerate(duties.lines)
        if (drawn.name or "").startswith(beginning) and words in said[place]
    )


@pytest.mark.parametrize(
    ("language", "step"), [("en", "Establish what the law asks about"), ("zh", "查明法律所问的事实")]
)
@in_loop
async def test_a_judgement_that_clocks_wait_for_is_begun_from_their_line(language: Language, step: str) -> None:
    async with running(at_table(language, roles=SUPERVISOR, prepare=heard), size=SMALL) as keyboard:
        await to_line(keyboard, "waiting/leak/record_legal_facts", step)
        await keyboard.press("enter")
        assert isinstance(keyboard.app.screen, ChooseScreen)
        assert step in screen_text(keyboard)
        await keyboard.press("enter")
        form = keyboard.app.screen
        assert isinstance(form, FormScreen)
        assert step in screen_text(keyboard)


@in_loop
async def test_the_form_of_a_filing_names_the_clock_that_it_was_opened_for_and_overwrites_nothing() -> None:
    async with running(at_table(roles=SUPERVISOR, prepare=heard), size=SMALL) as keyboard:
        at = table(keyboard.app)
        (line,) = {
            name
            for clock in at.view.clocks
            if (name := f"waiting/{clock.incident}/{','.join(clock.steps)}") == "waiting/leak/file_report"
        }
        clock = next(clock for clock in at.view.clocks if clock.steps == ("file_report",))
        await to_line(keyboard, line)
        await keyboard.press("enter", "enter")
        key = next(action.key for action in at.view.actions if action.key.do == "file_report")
        assert isinstance(keyboard.app.screen, FormScreen)
        assert at.seat.draft(key) == {"clock": clock.clock}
        await keyboard.press("escape")
        at.seat.keep_draft(key, {"summary": "Begun before."})
        await to_line(keyboard, line)
        await keyboard.press("enter", "enter")
        assert at.seat.draft(key) == {"summary": "Begun before."}


@in_loop
async def test_whoever_may_not_judge_is_told_who_may_and_can_read_each_clock() -> None:
    async with running(at_table(prepare=heard), size=SMALL) as keyboard:
        await to_line(keyboard, "waiting/leak/judge_statutory_level")
        await keyboard.press("enter")
        if isinstance(keyboard.app.screen, ChooseScreen):
            assert "(Information security" in screen_text(keyboard)
            await keyboard.press("enter")
        assert isinstance(keyboard.app.screen, DetailScreen)
        assert "Nobody has judged yet" in screen_text(keyboard)


@pytest.mark.parametrize("language", LANGUAGES)
@in_loop
async def test_every_clock_stands_in_some_line_that_can_be_opened(language: Language) -> None:
    async with running(at_table(language, prepare=heard), size=SMALL) as keyboard:
        view = table(keyboard.app).view
        assert len(view.clocks) > 5
        for state in ClockState:
            changed = replace(view, clocks=tuple(replace(clock, state=state, due=0) for clock in view.clocks))
            drawn = clock_lines(changed)[2:]
            assert drawn
            assert all((one.name or "").startswith(("clock/", "waiting/")) for one in drawn)
