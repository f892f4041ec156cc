"""How the table looks: at work, before anything happened, and when something goes wrong; and its details and help."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

import pytest
from textual.pilot import Pilot

from incidentsim.domain.interventions import Add, Note, Undo
from incidentsim.domain.text import FreeText, Language
from incidentsim.session.session import Session
from incidentsim.tui.action_form.screen import FormScreen
from tests.support.at_the_table import BOTH, NASTY, judged, key_of, over, reported, table
from tests.support.screens import LARGE, SMALL, at_table
from tests.tui.conftest import Looks

if TYPE_CHECKING:
    from incidentsim.tui.app import IncidentSim

EVERYWHERE = [
    pytest.param(language, size, id=f"{language}-{size[0]}x{size[1]}")
    for language in ("en", "zh")
    for size in (SMALL, LARGE)
]
everywhere = pytest.mark.parametrize(("language", "size"), EVERYWHERE)

Size = tuple[int, int]


def intervened(session: Session) -> None:
    """A facilitator noted something, undid something and told something that nobody had planned."""
    judged(session)
    session.intervene(Note(FreeText("They hesitate."), 2))
    session.intervene(Undo(FreeText("Said in error.")))
    session.intervene(Add(("response_team",), "phone", FreeText("A call"), FreeText(NASTY), "leak"))
    session.live_to(session.now)


@everywhere
def test_the_table_at_work(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, roles=BOTH, prepare=judged), size, "2", "down")


@everywhere
def test_the_table_before_anything_happened(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language), size)


@everywhere
def test_the_table_with_a_text_that_means_harm_and_a_refusal(looks: Looks, language: Language, size: Size) -> None:
    looks(
        at_table(language, roles=BOTH, mode="facilitated", prepare=intervened),
        size,
        "1",
        "w",
        "x",
        "enter",
        "escape",
        notices=True,
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_of_two_incidents(looks: Looks, language: Language) -> None:
    looks(at_table(language, "two-fires", BOTH, prepare=judged), SMALL, "n", "4", "f")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_once_it_is_over(looks: Looks, language: Language) -> None:
    looks(at_table(language, prepare=over), SMALL, "2")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_duties_and_clocks(looks: Looks, language: Language) -> None:
    looks(at_table(language, roles=BOTH, prepare=judged), SMALL, "3")


def test_the_keyboard_goes_from_hand_to_hand(looks: Looks) -> None:
    looks(at_table(roles=BOTH, mode="hot_seat", prepare=judged), SMALL, "x", "enter")


@everywhere
def test_a_fact_in_detail(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, prepare=reported), size, "4", "enter")


@everywhere
def test_help(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, prepare=reported), size, "question_mark")


@everywhere
def test_a_form_filled_in(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, prepare=reported), size, "a", *"ours")


@everywhere
def test_an_empty_form(looks: Looks, language: Language, size: Size) -> None:
    app = at_table(language, roles=BOTH, prepare=judged)
    looks(app, size, before=form_of("judge_statutory_level"))


@everywhere
def test_a_form_that_is_not_as_the_procedure_asks(looks: Looks, language: Language, size: Size) -> None:
    app = at_table(language, roles=BOTH, prepare=judged)
    looks(app, size, "ctrl+s", before=form_of("evaluate"), notices=True)


def form_of(do: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Opens the form of a step at the table, whether it is its turn or not."""

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        at = table(cast("IncidentSim", pilot.app))
        pilot.app.push_screen(FormScreen(at.seat, key_of(at, do), at.shell.language), at.take)
        await pilot.pause()

    return before


@everywhere
def test_the_console(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, roles=BOTH, mode="facilitated", prepare=intervened), size, "v")


@everywhere
def test_the_console_before_anything_happened(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, roles=(), mode="facilitated"), size, "v")


@everywhere
def test_the_console_where_nothing_can_be_undone(looks: Looks, language: Language, size: Size) -> None:
    looks(at_table(language, roles=(), mode="facilitated"), size, "v", "u", notices=True)
