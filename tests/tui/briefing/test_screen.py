"""The briefing: what it tells, every choice, and the ways in and out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.text import Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.service.seating import people, steps_of
from incidentsim.session.pacing import Pacing
from incidentsim.session.seats import Seats
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.starts import briefing as briefing_for
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.line_list import LineList
from tests.support.at_the_table import session_of
from tests.support.home_screens import home, press, screen, settled, told, visit, without_database
from tests.support.screens import LARGE, SMALL, service_on

Looks = Callable[..., None]
LEAK = "number-masking-leak"


def briefing(
    scenario: Path | str = LEAK, language: Language = "en", service: Service | None = None, seed: int | None = None
) -> IncidentSim:
    return home(language, service, lambda app: app.push_screen(BriefingScreen(scenario, seed=seed)))


def lines(pilot: Pilot[None]) -> list[str]:
    found = pilot.app.screen.query_one("#seats", LineList).lines
    return ["".join(piece.text for piece in one.pieces).strip() for one in found]


def here(pilot: Pilot[None]) -> BriefingScreen:
    found = screen(pilot)
    assert isinstance(found, BriefingScreen)
    return found


def seats(pilot: Pilot[None]) -> Seats:
    found = next(one for one in pilot.app.screen_stack if isinstance(one, TableScreen))
    return session_of(found).seats


async def to(pilot: Pilot[None], name: str) -> None:
    """Move the cursor to a line."""
    found = pilot.app.screen.query_one("#seats", LineList)
    for _step in found.lines:
        if found.name_at_cursor == name:
            return
        await press(pilot, "down")
    raise AssertionError(f"there is no line {name}")


def test_it_tells_the_story_the_objectives_the_company_and_when_it_begins() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert told(pilot, "head") == "Briefing: Real numbers behind the mask"
        story = told(pilot, "story-text")
        for part in (
            "a probe reports that somebody read the table",
            "Report by e-mail within minutes, even while the picture is incomplete.",
            "Judge the report and grade the failure rightly",
            "Zhulan Communications (invented)",
            "Wednesday, 24 June 2026, 09:10",
            "Platform incident rules",
            "If something real happens, say “real incident”",
        ):
            assert part in " ".join(story.split())
        assert "Tell customers before" not in story, "it would give away what the story puts to the test"

    visit(briefing(), check, LARGE)


def test_it_gives_nothing_away() -> None:
    """Neither the truth nor any inject."""

    async def check(pilot: Pilot[None]) -> None:
        found = pilot.app.recordless.library.playable(LEAK)  # type: ignore[attr-defined]  # our application
        shown = told(pilot, "story-text") + " ".join(lines(pilot))
        for inject in found.scenario.injects:
            assert inject.body.en not in shown
        for incident in found.scenario.incidents.values():
            assert incident.title.en not in shown

    visit(briefing(), check, LARGE)


def test_enter_alone_starts_with_somebody_in_the_middle_of_things() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert lines(pilot)[0] == "▶ Enter starts: you play Gu Yan, bots play the others."
        await press(pilot, "enter")
        assert seats(pilot).mode == "solo"
        assert len(seats(pilot).played) == 1
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen), "whoever leaves the table is at home"

    visit(briefing(), check)


def test_the_table_takes_the_place_of_the_briefing() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "down", "down", "enter", "enter")
        assert isinstance(screen(pilot), TableScreen)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)

    visit(home(), check)


def test_s_starts_from_any_line() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "end", "s")
        assert isinstance(screen(pilot), TableScreen)

    visit(briefing(), check)


def test_everybody_who_takes_part_stands_in_the_table_with_roles_and_what_they_do() -> None:
    async def check(pilot: Pilot[None]) -> None:
        shown = lines(pilot)
        lead = next(one for one in shown if "Gu Yan" in one and "[x]" in one)
        assert "Response team lead" in lead
        assert "Confirm that it is an incident" in lead
        boxes = [one for one in shown if one.startswith(("[ ]", "[x]"))]
        assert [one for one in boxes if "oach" in one] == boxes[:1]
        assert len(boxes[1:]) == 18
        assert "- Officer on duty · Judicial authority (stands outside)" in shown
        assert "- Bao Ning · Reporting person (is not there)" in shown

    visit(briefing(), check, LARGE)


@pytest.mark.parametrize("pick", ["space", "enter"])
def test_a_seat_is_taken_and_left_by_space_or_enter(pick: str) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "seat/lin")
        await press(pilot, pick)
        assert lines(pilot)[0] == "▶ Enter starts: you play Lin Xia, Gu Yan, bots play the others."
        assert "(2 of 18)" in " ".join(lines(pilot))
        await press(pilot, pick, "s")
        assert len(seats(pilot).played) == 1

    visit(briefing(), check)


def test_somebody_must_be_played_unless_it_is_facilitated() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "seat/gu")
        await press(pilot, "space", "s")
        assert isinstance(screen(pilot), BriefingScreen)
        assert lines(pilot)[0] == "✕ Choose somebody to play, or facilitate."
        assert "Choose somebody to play" in str(list(pilot.app._notifications)[-1].message)
        await press(pilot, "m", "m")
        assert lines(pilot)[0] == "▶ Enter starts: you watch the bots."
        await press(pilot, "s")
        assert seats(pilot) == Seats(frozenset(), "facilitated")

    visit(briefing(), check)


def test_it_proposes_who_plays_whom_for_so_many_people_and_minutes() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "n", *"2 60", "enter")
        choices, plan = here(pilot).choices, here(pilot).choices.plan
        assert plan is not None
        assert any(
            line.startswith("✓ 2 players, 60 minutes: briefing 0:00, play 0:04, hot wash 0:50") for line in lines(pilot)
        )
        assert choices.mode == "hot_seat"
        assert lines(pilot)[0].startswith("▶ Enter starts: you share the keyboard")
        await to(pilot, "plan")
        await press(pilot, "i")
        assert isinstance(screen(pilot), DetailScreen)
        await press(pilot, "escape", "s")
        assert seats(pilot).players == tuple(part.people for part in plan.players)
        assert seats(pilot).mode == "hot_seat"

    visit(briefing("false-alarm"), check)


@pytest.mark.parametrize("answer", ["", "5", "five 120", "5 120 1", "-1 60", "99 60"])
def test_what_is_no_number_of_people_and_minutes_or_has_no_plan_changes_nothing(answer: str) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "plan")
        await press(pilot, "space", *answer.replace(" ", "|").replace("|", " "), "enter")
        if answer:
            assert isinstance(screen(pilot), AskScreen), "it says what is wrong, and what was typed stays"
            await press(pilot, "escape")
        assert isinstance(screen(pilot), BriefingScreen)
        assert here(pilot).choices.plan is None

    visit(briefing("false-alarm"), check)


def test_what_cannot_be_planned_is_said_with_what_could() -> None:
    async def check(pilot: Pilot[None]) -> None:
        here(pilot).plan(99, 60)
        await pilot.pause()
        assert "people for 1 to 13 players" in str(list(pilot.app._notifications)[-1].message)
        assert here(pilot).choices.plan is None

    visit(briefing("false-alarm"), check)


def test_it_opens_planned_where_the_command_line_says_for_whom() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert any(line.startswith("✓ 3 players, 90 minutes") for line in lines(pilot))

    visit(home("en", None, briefing_for("false-alarm", session_for=(3, 90))), check)


def test_m_goes_through_the_modes_and_space_picks_one() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "m")
        assert here(pilot).choices.mode == "hot_seat"
        await press(pilot, "m")
        assert here(pilot).choices.mode == "facilitated"
        assert lines(pilot)[0] == "▶ Enter starts: you facilitate; people play Gu Yan."
        await press(pilot, "m")
        await to(pilot, "mode/hot_seat")
        await press(pilot, "space")
        assert lines(pilot)[0] == "▶ Enter starts: you share the keyboard and play Gu Yan."
        await press(pilot, "s")
        assert seats(pilot).mode == "hot_seat"

    visit(briefing(), check)


@pytest.mark.parametrize("key", ["p", "line"])
def test_time_can_pass_live_instead_of_in_steps(key: str) -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert not here(pilot).choices.live
        if key == "line":
            await to(pilot, "pace/live")
        await press(pilot, "p" if key == "p" else "space")
        assert here(pilot).choices.live
        await press(pilot, "s")
        table = screen(pilot)
        assert isinstance(table, TableScreen)
        assert Pacing.of(session_of(table).workspace).live

    visit(briefing(), check)


def test_i_tells_everything_about_the_line() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "seat/gu")
        await press(pilot, "i")
        assert isinstance(screen(pilot), DetailScreen)
        assert "Confirm that it is an incident (8 minutes)" in told(pilot, "told")
        await press(pilot, "escape")
        assert isinstance(screen(pilot), BriefingScreen)

    visit(briefing(), check)


def test_beside_the_table_stands_what_the_line_means_where_there_is_room() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "mode/facilitated")
        assert "sees what is planned" in " ".join(told(pilot, "about-text").split())
        await to(pilot, "seat/zhou")
        assert told(pilot, "about-title") == "Zhou Heng"

    visit(briefing(), check, LARGE)


def test_a_seed_that_was_asked_for_is_played_with() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "enter")
        assert seats(pilot).seed == 4711

    visit(briefing(seed=4711), check)


def test_the_mouse_moves_and_picks() -> None:
    async def check(pilot: Pilot[None]) -> None:
        found = pilot.app.screen.query_one("#seats", LineList)
        place = next(n for n, one in enumerate(found.lines) if one.name == "mode/hot_seat")
        await pilot.click("#seats", offset=(6, place))
        await pilot.click("#seats", offset=(6, place))
        await settled(pilot)
        assert here(pilot).choices.mode == "hot_seat"

    visit(briefing(), check)


# trouble


def test_a_scenario_that_cannot_be_played_says_why() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert "There is no scenario nonsense" in told(pilot, "story-text")
        await press(pilot, "enter", "s", "space", "m", "p", "i")
        assert isinstance(screen(pilot), BriefingScreen)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)

    visit(briefing("nonsense"), check)


def test_every_fault_of_a_file_is_shown(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("schema: incidentsim/scenario/1\nid: bad\nplaybook: platform-incidents\n", encoding="utf-8")

    async def check(pilot: Pilot[None]) -> None:
        shown = told(pilot, "story-text")
        assert "title is missing" in shown
        assert "people is missing" in shown

    visit(briefing(bad), check, LARGE)


def test_without_a_database_one_may_play_without_a_record() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "enter")
        assert isinstance(screen(pilot), ChooseScreen)
        assert "permission denied" in told(pilot, "question")
        await press(pilot, "down", "enter")
        assert isinstance(screen(pilot), BriefingScreen), "nothing was begun"
        await press(pilot, "enter", "enter")
        table = screen(pilot)
        assert isinstance(table, TableScreen)
        assert table.view.run is None

    visit(without_database(start=lambda app: app.push_screen(BriefingScreen(LEAK))), check)


def test_a_record_that_cannot_be_begun_offers_the_same() -> None:
    class Full(MemoryStore):
        def create(self, *_args: object, **_given: object) -> None:
            raise SurroundingsError("The disk is full.")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "enter")
        assert "The disk is full." in told(pilot, "question")

    visit(briefing(service=service_on(Full())), check)


# manner


def test_another_language_and_another_size_keep_every_choice() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "m", "p")
        await to(pilot, "seat/lin")
        await press(pilot, "space", "ctrl+l")
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        choices = here(pilot).choices
        assert (choices.mode, choices.live, len(choices.played)) == ("hot_seat", True, 2)
        assert pilot.app.screen.query_one("#seats", LineList).name_at_cursor == "seat/lin"
        assert "中间号背后的真实号码" in told(pilot, "head")
        assert any(one.startswith("[x]") and "林夏" in one for one in lines(pilot))
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert pilot.app.screen.query_one("#seats", LineList).name_at_cursor == "seat/lin"

    visit(briefing(), check)


def test_help_says_that_enter_is_enough() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")
        assert isinstance(screen(pilot), HelpScreen)
        assert "Enter starts at once" in told(pilot, "intro")

    visit(briefing(), check)


# who is proposed


@pytest.mark.slow  # bots play each scenario some times
def test_in_every_shipped_scenario_somebody_is_proposed_who_can_act() -> None:
    service = service_on(MemoryStore())
    for card in service.library.shelf().cards:
        found = service.library.playable(card.path)
        chosen = service.exercises.prospect(card.path, None, "en").seat_for_one
        assert len(chosen) == 1
        person = next(one for one in people(found) if one.pseudonym in chosen)
        assert steps_of(found.playbook, person), card.id


def test_nobody_who_is_away_or_outside_can_be_played() -> None:
    found = service_on(MemoryStore()).library.playable(LEAK)
    names = {one.id for one in people(found)}
    assert {"gu", "lin"} <= names
    assert not any(one.always_away for one in people(found))
    for one in people(found):
        Seats(frozenset({one.pseudonym})).check(found.playbook, found.scenario)


# what it looks like


def test_it_briefs(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await to(pilot, "seat/gu")

    looks(briefing(language=language), size, before=before)


def test_nobody_is_chosen(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        here(pilot).choices.played.clear()
        await press(pilot, "p")

    looks(briefing(language=language), size, before=before)


def test_there_is_no_such_scenario(looks: Looks, size: tuple[int, int], language: Language) -> None:
    looks(briefing("nonsense", language), size, before=settled)
