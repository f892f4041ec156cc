"""A new scenario from an archetype: the form, the preview, what is kept, and that nothing else is ever overwritten."""

import asyncio
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.text import Language
from incidentsim.service.workshop import LOCALES, Made, Wish
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.new_scenario.rows import changed, preview
from incidentsim.tui.new_scenario.screen import NewScreen
from incidentsim.tui.widgets.line_list import LineList
from tests.support.home_screens import LOST, FakeWorkshop, home, press, screen, settled, told, visit
from tests.support.screens import LARGE, SMALL

Looks = Callable[..., None]


def new(workshop: FakeWorkshop, language: Language = "en", archetype: str = LOST.id) -> IncidentSim:
    return home(language, start=lambda app: app.push_screen(NewScreen(archetype)), workshop=workshop)


def lines(pilot: Pilot[None]) -> list[str]:
    found = pilot.app.screen.query_one("#list", LineList).lines
    return [" ".join("".join(piece.text for piece in one.pieces).split()) for one in found]


def test_it_begins_with_the_usual_choices_a_fresh_seed_and_the_place_of_the_language() -> None:
    english, chinese = FakeWorkshop(), FakeWorkshop()

    async def check(_pilot: Pilot[None]) -> None:
        pass

    visit(new(english), check)
    visit(new(chinese, "zh"), check)
    assert english.wishes == [Wish(3, "en_US", 7, 3)]
    assert chinese.wishes == [Wish(3, "zh_CN", 7, 3)]


def test_the_preview_tells_what_everybody_may_know_and_no_more() -> None:
    async def check(pilot: Pilot[None]) -> None:
        made = FakeWorkshop().make(LOST.id, Wish(3, "en_US", 7))
        shown = " ".join(told(pilot, "about-text").split())
        assert told(pilot, "about-title") == "One-way voices"
        assert "5 injects · 15 people" in shown
        assert "Walk the whole procedure once" in shown
        assert "Gu Yan: Response team lead" in shown
        for inject in made.scenario.injects:
            assert inject.subject is None or inject.subject.en not in shown
        assert "In truth" not in shown

    visit(new(FakeWorkshop()), check, LARGE)


@pytest.mark.parametrize("way", ["v", "line"])
def test_spoilers_are_shown_when_they_are_asked_for(way: str) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, *(["v"] if way == "v" else ["end", "enter"]))
        assert "In truth:" in told(pilot, "about-text")
        assert "Injects" in told(pilot, "about-text")
        await press(pilot, "v")
        assert "In truth:" not in told(pilot, "about-text")

    visit(new(FakeWorkshop()), check, LARGE)


def test_left_right_space_and_enter_change_the_line_and_the_preview_follows() -> None:
    workshop = FakeWorkshop()

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "left")
        assert workshop.wishes[-1] == Wish(2, "en_US", 7, 3)
        await press(pilot, "down", "right")
        assert workshop.wishes[-1] == Wish(2, "en_US", 7, 4)
        await press(pilot, "down", "space")
        assert workshop.wishes[-1] == Wish(2, "zh_CN", 7, 4)
        await press(pilot, "enter")
        assert workshop.wishes[-1] == Wish(2, "en_US", 7, 4)
        await press(pilot, "down", "right")
        assert workshop.wishes[-1] == Wish(2, "en_US", 8, 4)
        assert "lost-thing-l2-d4-s8.yaml" in told(pilot, "about-text")

    visit(new(workshop), check)


def test_g_draws_another_seed_and_enter_types_one() -> None:
    workshop = FakeWorkshop()

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "g")
        assert workshop.wishes[-1].seed == 8
        await press(pilot, "down", "down", "down", "down", "enter", "backspace", *"4711", "enter")
        assert workshop.wishes[-1].seed == 4711
        await press(pilot, "enter", "backspace", "x", "enter")
        assert "whole number" in str(list(pilot.app._notifications)[-1].message)
        assert workshop.wishes[-1].seed == 4711
        await press(pilot, "enter", "escape")
        assert workshop.wishes[-1].seed == 4711

    visit(new(workshop), check)


@pytest.mark.parametrize("key", ["enter", "s"])
def test_enter_keeps_the_scenario_and_goes_to_its_briefing(key: str, tmp_path: Path) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, key)
        assert isinstance(screen(pilot), BriefingScreen)
        assert (tmp_path / "kept" / "lost-thing-l3-d3-s7.yaml").is_file()
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen), "the form is done with"

    visit(new(FakeWorkshop(tmp_path / "kept")), check)


def test_keeping_the_same_twice_is_no_trouble(tmp_path: Path) -> None:
    workshop = FakeWorkshop(tmp_path)
    made = workshop.make(LOST.id, Wish(3, "en_US", 7))
    assert workshop.keep(made) == workshop.keep(made)


def test_nothing_else_is_ever_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "lost-thing-l3-d3-s7.yaml"
    mine.write_text("mine", encoding="utf-8")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "enter")
        assert isinstance(screen(pilot), NewScreen)
        assert "holds something else" in str(list(pilot.app._notifications)[-1].message)
        assert mine.read_text(encoding="utf-8") == "mine"
        await press(pilot, "g", "enter")
        assert isinstance(screen(pilot), BriefingScreen)

    visit(new(FakeWorkshop(tmp_path)), check)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "enter")
        assert isinstance(screen(pilot), NewScreen)
        assert "could not be written" in str(list(pilot.app._notifications)[-1].message)

    visit(new(FakeWorkshop(tmp_path / "file")), check)


def test_what_cannot_be_had_is_said_and_cannot_be_kept(tmp_path: Path) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "right")
        assert lines(pilot)[0] == "✕ This cannot be had; choose something else."
        assert "no story at level 4" in told(pilot, "about-text")
        await press(pilot, "s")
        assert isinstance(screen(pilot), NewScreen)
        await press(pilot, "right")
        assert lines(pilot)[0] == "▶ Enter keeps this scenario and goes to its briefing."

    visit(new(FakeWorkshop(tmp_path)), check)


def test_only_what_is_wanted_last_is_shown_and_enter_waits_for_it(tmp_path: Path) -> None:
    """However long an earlier story takes."""

    class Slow(FakeWorkshop):
        drawing = threading.Event()

        def make(self, archetype: str, wish: Wish) -> Made:
            self.drawing.wait(20)
            return super().make(archetype, wish)

    workshop = Slow(tmp_path)

    async def go() -> None:
        async with new(workshop).run_test(size=SMALL) as pilot:
            while not lines(pilot):
                await pilot.pause(0.01)
            await pilot.press("down", "down", "right", "right", "up", "up", "enter")
            await pilot.pause()
            assert lines(pilot)[0] == "… Drawing the story…"
            workshop.drawing.set()
            await settled(pilot)
            assert isinstance(screen(pilot), BriefingScreen)

    asyncio.run(go())
    assert [one.difficulty for one in workshop.wishes] == [3, 5], "what nobody wants any more is not drawn"
    assert os.listdir(tmp_path) == ["lost-thing-l3-d5-s7.yaml"]  # noqa: PTH208 - a name is what is asked for


# trouble


def test_an_archetype_that_is_not_there_is_said() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert "There is no archetype nonsense." in told(pilot, "about-text")
        await press(pilot, "enter", "g", "v", "s", "right")
        assert isinstance(screen(pilot), NewScreen)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)

    visit(new(FakeWorkshop(), archetype="nonsense"), check)


def test_where_nothing_can_be_made_the_home_says_why() -> None:
    workshop = FakeWorkshop()
    workshop.trouble = SurroundingsError("The module faker is not installed.")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "5")
        assert "✕ The module faker is not installed." in lines(pilot)
        await press(pilot, "1")
        assert len(lines(pilot)) == 10

    visit(home(workshop=workshop), check)


# manner


def test_another_language_and_another_size_keep_the_choices() -> None:
    workshop = FakeWorkshop()

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "left", "g", "ctrl+l")
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        assert len(workshop.wishes) == 3, "nothing was drawn anew"
        assert pilot.app.screen.query_one("#list", LineList).name_at_cursor == "level"
        assert "丢失的东西" in told(pilot, "head")
        assert "◂ 2 ▸" in " ".join(lines(pilot))

    visit(new(workshop), check)


def test_help_says_that_the_same_choices_give_the_same_story() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")
        assert isinstance(screen(pilot), HelpScreen)
        assert "always give the same story" in told(pilot, "intro")

    visit(new(FakeWorkshop()), check)


# the parts


def test_values_go_round_and_round_among_what_there_is() -> None:
    wish = Wish(2, "en_US", 1, 5)
    assert changed(LOST, wish, "level", -1).level == 4
    assert changed(LOST, wish, "level", 1).level == 3
    assert changed(LOST, wish, "difficulty", 1).difficulty == 1
    assert changed(LOST, wish, "locale", 1).locale == LOCALES[1]
    assert changed(LOST, wish, "seed", 1) == wish


def test_spoilers_tell_the_truth_and_every_inject_in_the_order_it_is_planned() -> None:
    made = FakeWorkshop().make(LOST.id, Wish(3, "en_US", 7))
    _title, parts = preview(made, "en", Path("kept.yaml"), spoilers=True)
    said = dict(parts)["Injects"].splitlines()
    assert len(said) == len(made.scenario.injects)
    assert said[0].startswith("· +0:")


# what it looks like


def test_it_shows_the_form_and_the_preview(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "down")

    looks(new(FakeWorkshop(), language), size, before=before)


def test_there_is_no_such_archetype(looks: Looks, size: tuple[int, int], language: Language) -> None:
    looks(new(FakeWorkshop(), language, "nonsense"), size, before=settled)


def test_there_is_no_such_story(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "down", "right")

    looks(new(FakeWorkshop(), language), size, before=before)


def test_the_story_is_told_by_another_playbook_at_its_levels_and_what_that_lacks_is_said() -> None:
    workshop = FakeWorkshop()
    workshop.levels = {"platform-incidents": (2, 3, 4), "ours": (1, 2)}

    async def check(pilot: Pilot[None]) -> None:
        assert any(one.startswith("Procedure") for one in lines(pilot))
        await press(pilot, *["down"] * 5, "right")
        assert workshop.wishes[-1] == Wish(2, "en_US", 7, 3, "ours")
        assert any(one.startswith("Level") and "of 1, 2; 1 is the most severe" in one for one in lines(pilot))
        await press(pilot, "right")
        assert workshop.wishes[-1].playbook == "", "round and round"

    visit(new(workshop), check, LARGE)


def test_where_there_is_one_playbook_nobody_is_asked_for_it() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert not any(one.startswith("Procedure") for one in lines(pilot))

    visit(new(FakeWorkshop()), check)


def test_what_the_playbook_lacks_stands_in_the_preview_by_its_names_only_where_the_story_is_given_away() -> None:
    made = replace(FakeWorkshop().make(LOST.id, Wish(3, "en_US", 7)), left_out=("Nothing in ours means contain.",))
    for spoilers, said in (
        (True, "· Nothing in ours means contain."),
        (False, "It has not everything that this story asks for; v says what."),
    ):
        assert ("What the procedure lacks", said) in preview(made, "en", Path("x.yaml"), spoilers=spoilers)[1]
