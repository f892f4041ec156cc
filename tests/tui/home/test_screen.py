"""The home: what it lists, what its keys do, and that nothing of it depends on anything else of it."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from incidentsim.definitions.library.library import Library
from incidentsim.domain.text import Language
from incidentsim.exports import formats
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.briefing.screen import BriefingScreen
from incidentsim.tui.debrief.screen import DebriefScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.export_menu import EVERYTHING, offered
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen, PickList
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.ledger.screen import LedgerScreen
from incidentsim.tui.new_scenario.screen import NewScreen
from incidentsim.tui.playbook.screen import PlaybookScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from tests.support.home_screens import (
    FakeWorkshop,
    home,
    no_database,
    press,
    screen,
    settled,
    told,
    visit,
    with_runs,
    without_database,
)
from tests.support.screens import LARGE, SMALL, app_opening, service_on

Looks = Callable[..., None]

LEAK, ALARM = "number-masking-leak", "false-alarm"


def names(pilot: Pilot[None]) -> list[str]:
    """What the lines of the list in view stand for."""
    return [one.name for one in pilot.app.screen.query_one("#list", LineList).lines if one.name is not None]


def test_it_lists_the_shipped_scenarios_with_everything_about_the_first() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert isinstance(screen(pilot), HomeScreen)
        assert len(names(pilot)) == 10
        assert told(pilot, "asked") == "10 scenarios"
        assert told(pilot, "about-title") == "A quiet Friday evening"
        objective = "Report although somebody above you asks you not to."
        assert objective not in told(pilot, "about-text"), "it gives away what is put to the test"
        await press(pilot, "v")
        assert objective in told(pilot, "about-text")

    visit(home(), check)


def test_moving_tells_about_the_other_scenario() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down")
        assert told(pilot, "about-title") == "Fourteen times the usual"
        await press(pilot, "end")
        assert told(pilot, "about-title") == "One-way voices"

    visit(home(), check)


def test_enter_briefs_and_escape_comes_back_to_where_one_was() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "enter")
        assert isinstance(screen(pilot), BriefingScreen)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)
        assert pilot.app.screen.query_one("#list", LineList).name_at_cursor == ALARM

    visit(home(), check)


def test_digits_and_clicks_go_to_the_sections() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "2")
        assert names(pilot) == ["run-0003"]
        assert told(pilot, "asked") == "1 run"
        await press(pilot, "3")
        assert names(pilot) == ["run-0002", "run-0001"], "newest first"
        await press(pilot, "4")
        assert names(pilot) == ["incident-command", "platform-incidents"]
        await press(pilot, "5")
        assert names(pilot) == ["lost-thing", "other-thing"]
        await pilot.click(Tabs, offset=(4, 0))
        await settled(pilot)
        assert len(names(pilot)) == 10

    visit(home(service=with_runs()), check)


def test_every_section_keeps_its_place() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "down", "4", "down", "1")
        assert pilot.app.screen.query_one("#list", LineList).cursor == 2
        await press(pilot, "4")
        assert pilot.app.screen.query_one("#list", LineList).cursor == 1

    visit(home(), check)


@pytest.mark.parametrize(
    ("section", "opened"), [("2", TableScreen), ("3", DebriefScreen), ("4", PlaybookScreen), ("5", NewScreen)]
)
def test_enter_opens_what_a_section_lists(section: str, opened: type) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, section, "enter")
        assert isinstance(screen(pilot), opened)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)

    visit(home(service=with_runs()), check)


def test_a_run_that_was_begun_meanwhile_is_listed_on_coming_home() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "2")
        assert names(pilot) == []
        await press(pilot, "1", "down", "enter", "enter", "space")
        assert isinstance(screen(pilot), TableScreen)
        await press(pilot, "escape", "2")
        assert names(pilot) == ["run-0001"]

    visit(home(), check)


def test_a_run_that_was_only_looked_at_is_not_listed() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "1", "down", "enter", "enter")
        assert isinstance(screen(pilot), TableScreen)
        await press(pilot, "escape", "2")
        assert names(pilot) == []

    visit(home(), check)


def test_r_opens_the_record_of_a_run() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "r")
        assert isinstance(screen(pilot), LedgerScreen)

    visit(home(service=with_runs()), check)


@pytest.mark.parametrize(
    ("name", "saved_as", "holds"),
    [
        ("script", "run-0002.yaml", b"script:"),
        ("json", "run-0002.json", b'"outcome_digest"'),
        ("audit-md", "run-0002-audit.md", b"# Audit report"),
        ("oscal", "run-0002-oscal.json", b'"assessment-results"'),
    ],
)
def test_e_saves_a_run(name: str, saved_as: str, holds: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    downs = offered().index(name)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "e", *["down"] * downs, "enter", "enter")
        await settled(pilot)
        assert holds in (tmp_path / saved_as).read_bytes()

    visit(home(service=with_runs()), check)


@pytest.mark.parametrize("section", ["2", "3"])
def test_a_run_is_offered_in_every_format(section: str) -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, section, "e")
        assert isinstance(pilot.app.screen, ChooseScreen)
        names = [one.name for one in pilot.app.screen.query_one(PickList).lines]
        assert names == offered()
        assert {*names} == {EVERYTHING, *(row.name for row in formats.FORMATS)}

    visit(home(service=with_runs()), check)


@pytest.mark.parametrize(
    ("downs", "file", "holds"),
    [(0, "handout.pdf", b"%PDF"), (3, "guide.pdf", b"%PDF"), (4, "events.xlsx", b"PK")],
)
def test_e_saves_the_papers_of_a_scenario(
    downs: int, file: str, holds: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    pytest.importorskip("xlsxwriter")
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "e", *["down"] * downs, "enter", "enter")
        await settled(pilot)
        assert (tmp_path / f"{ALARM}-{file}").read_bytes().startswith(holds)

    visit(home(), check)


def test_the_file_that_is_named_says_in_which_format_a_paper_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "e", "enter")
        assert "ending says the format: .md, .html, .docx, .pdf." in str(
            pilot.app.screen.query_one("#question").render()
        )
        await press(pilot, "end", *["backspace"] * len("pdf"), "m", "d", "enter")
        await settled(pilot)
        page = (tmp_path / f"{ALARM}-handout.md").read_text(encoding="utf-8")
        assert page.startswith("# For participants\n\nFourteen times the usual\n")

    visit(home(), check)


def test_saving_never_overwrites_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run-0002.yaml").write_text("mine", encoding="utf-8")

    async def check(pilot: Pilot[None]) -> None:
        downs = offered().index("script")
        await press(pilot, "3", "e", *["down"] * downs, "enter", "enter")
        assert "choose another name" in str(list(pilot.app._notifications)[-1].message)
        assert (tmp_path / "run-0002.yaml").read_text(encoding="utf-8") == "mine"

    visit(home(service=with_runs()), check)


def test_escape_saves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "e", "escape", "e", "enter", "escape")
        assert os.listdir(tmp_path) == []  # noqa: PTH208 - nobody waits for it

    visit(home(service=with_runs()), check)


def test_a_replay_that_was_left_cannot_be_played_and_says_so() -> None:
    service = service_on(MemoryStore())
    steps = iter(range(10))

    def stop() -> None:
        if next(steps) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.exercises.replay(LEAK, on_step=stop)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "enter")
        assert isinstance(screen(pilot), HomeScreen)
        assert "is a replay" in str(list(pilot.app._notifications)[-1].message)

    visit(home(service=service), check)


# naming, hiding, deleting


def test_a_run_is_named_hidden_and_shown_again() -> None:
    service = with_runs()

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "n", *"Ours", "enter")
        assert service.keeping.labels()["run-0002"].name == "Ours"
        assert "“Ours”" in "".join(p.text for p in pilot.app.screen.query_one(LineList).lines[0].pieces)
        await press(pilot, "h")
        assert names(pilot) == ["run-0001"]
        assert told(pilot, "asked") == "1 run · not shown, because hidden or not begun: 1 (a shows them)"
        await press(pilot, "a")
        assert names(pilot) == ["run-0002", "run-0001"]
        await press(pilot, "home", "h", "a")
        assert names(pilot) == ["run-0002", "run-0001"]

    visit(home(service=service), check)


def test_a_run_is_deleted_only_where_that_is_chosen() -> None:
    service = with_runs()

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "delete", "enter")
        assert names(pilot) == ["run-0002", "run-0001"]
        await press(pilot, "delete", "down", "enter")
        assert names(pilot) == ["run-0001"]
        assert [info.id for info in service.records.runs()] == ["run-0001", "run-0003"]

    visit(home(service=service), check)


def test_a_name_that_is_taken_is_said_and_nothing_changes() -> None:
    service = with_runs()
    service.keeping.name("run-0001", "Ours")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "n", *"ours", "enter")
        assert service.keeping.labels().keys() == {"run-0001"}

    visit(home(service=service), check)


# narrowing down


def test_words_narrow_the_list_and_c_widens_it_again() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "slash", *"MASK", "enter")
        assert names(pilot) == [LEAK]
        assert told(pilot, "asked") == "1 of 10 scenarios · “MASK”"
        await press(pilot, "c")
        assert len(names(pilot)) == 10

    visit(home(), check)


def test_words_narrow_the_list_of_runs_and_c_widens_it_again() -> None:
    """After years there are thousands of runs."""

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "slash", *"Fault VOICE", "enter")
        assert names(pilot) == ["run-0002"]
        assert told(pilot, "asked") == "1 of 2 runs · “Fault VOICE”"
        await press(pilot, "2")
        assert names(pilot) == []
        assert told(pilot, "asked") == "0 of 1 run · “Fault VOICE”"
        await press(pilot, "1")
        assert len(names(pilot)) == 10
        await press(pilot, "3", "slash", *["backspace"] * 11, *"run-0001", "enter")
        assert names(pilot) == ["run-0001"]
        await press(pilot, "c")
        assert names(pilot) == ["run-0002", "run-0001"]

    visit(home(service=with_runs()), check)


def test_a_scenario_file_that_is_not_there_is_said_and_the_question_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(b"{}")

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "o")
        typed = pilot.app.screen.query_one(Input)
        typed.value = str(tmp_path / "yours.yaml")
        await press(pilot, "enter")
        assert isinstance(screen(pilot), AskScreen)
        typed.value = str(tmp_path / "mine.yaml")
        await press(pilot, "enter")
        assert isinstance(screen(pilot), BriefingScreen)

    visit(home(), check)


def test_a_filter_is_chosen_from_what_there_is_and_taken_back_by_choosing_it_again() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "v", "f", "down", "enter")
        assert told(pilot, "asked") == "2 of 10 scenarios · Level: 2"
        await press(pilot, "f")
        offered = [one.pieces[0].text for one in pilot.app.screen.query_one("#choices", LineList).lines]
        assert offered[:3] == ["Everything: ask for nothing", "  Level: 1 (4)", "✓ Level: 2 (2)"]
        await press(pilot, "down", "down", "enter")
        assert told(pilot, "asked") == "10 scenarios"

    visit(home(), check)


def test_v_shows_a_facilitator_what_scenarios_are_about_and_hides_it_again() -> None:
    async def check(pilot: Pilot[None]) -> None:
        def shown() -> str:
            return "".join(piece.text for one in pilot.app.screen.query_one(LineList).lines for piece in one.pieces)

        assert "level" not in shown()
        assert "Level, tags and file would give the answers away" in told(pilot, "about-text")
        await press(pilot, "v")
        assert "level 2 · " in shown()
        assert "concealed-outage" in told(pilot, "about-text")
        await press(pilot, "v")
        assert "level" not in shown()
        assert "concealed-outage" not in told(pilot, "about-text")

    visit(home(), check)


def test_nothing_that_is_as_asked_is_said_with_the_way_out() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "slash", *"xyzzy", "enter")
        assert names(pilot) == []
        assert "c shows all of them" in pilot.app.screen.query_one("#list", LineList).render_line(0).text
        await press(pilot, "escape")
        assert len(names(pilot)) == 10

    visit(home(), check)


def test_o_opens_a_scenario_file_by_name(tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "scenarios" / "false-alarm.yaml"
    mine = tmp_path / "a.yaml"
    mine.write_bytes(source.read_bytes())

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "o")
        await pilot.press(*str(mine))
        await press(pilot, "enter")
        assert told(pilot, "head") == "Briefing: Fourteen times the usual"

    visit(home(), check)


# trouble


def test_without_a_database_everything_else_works() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert len(names(pilot)) == 10
        assert pilot.app.screen.query_one("#notice").display
        assert "play without a record" in told(pilot, "notice")
        for section in "23":
            await press(pilot, section)
            shown = " ".join("".join(p.text for p in one.pieces) for one in pilot.app.screen.query_one(LineList).lines)
            assert "permission denied" in shown
            assert not pilot.app.screen.query_one("#notice").display, "the reason itself is in view"
        await press(pilot, "enter", "e", "r", "4")
        assert names(pilot) == ["incident-command", "platform-incidents"]

    visit(without_database(), check)


def test_a_database_that_can_be_opened_again_is_opened() -> None:
    service, broken = service_on(MemoryStore()), [True]

    def opened(*, record: bool) -> Service:
        return no_database(record=record) if broken[0] else service

    app = app_opening(opened, workshop=FakeWorkshop())

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "2")
        broken[0] = False
        await press(pilot, "f5")
        assert told(pilot, "asked") == "0 runs"

    visit(app, check)


def test_a_file_that_cannot_be_used_hides_no_other_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: incidentsim/scenario/1\nid: bad\nplaybook: x\n", encoding="utf-8")
    service = service_on(MemoryStore())
    service._context.library = Library([tmp_path], behind=service._context.library)

    async def check(pilot: Pilot[None]) -> None:
        assert len(names(pilot)) == 11
        await press(pilot, "end")
        assert told(pilot, "about-title") == "bad.yaml"
        assert "title is missing" in told(pilot, "about-text")
        await press(pilot, "enter")
        assert isinstance(screen(pilot), DetailScreen)

    visit(home(service=service), check)


def test_a_scenario_made_from_an_archetype_is_listed_with_its_archetype(tmp_path: Path) -> None:
    service = service_on(MemoryStore())
    service._context.library = Library([tmp_path], behind=service._context.library)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "5", "enter", "enter")
        assert isinstance(screen(pilot), BriefingScreen)
        await press(pilot, "escape", "1")
        assert "lost-thing-l3-d3-s7" in names(pilot)
        await press(pilot, "v", "f")
        offered = [one.pieces[0].text.strip() for one in pilot.app.screen.query_one("#choices", LineList).lines]
        assert "Archetype: lost-thing (1)" in offered
        assert "Difficulty: 3 (1)" in offered

    visit(home(service=service, workshop=FakeWorkshop(tmp_path)), check)


# manner


def test_another_language_keeps_section_cursor_and_filter() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "slash", *"two", "enter", "down", "ctrl+l")
        assert len(names(pilot)) == 3
        assert pilot.app.screen.query_one("#list", LineList).cursor == 1
        assert told(pilot, "about-title") == "没有门的摄像头"
        assert pilot.app.focused is pilot.app.screen.query_one("#list")

    visit(home(), check)


def test_resizing_keeps_everything() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "slash", *"two", "enter", "down")
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        assert pilot.app.screen.query_one("#list", LineList).cursor == 1
        assert pilot.app.screen.query_one("#pane-about").region.x > pilot.app.screen.query_one("#pane-list").region.x
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        assert told(pilot, "asked") == "3 of 10 scenarios · “two”"

    visit(home(), check)


def test_the_footer_shows_what_the_section_offers() -> None:
    async def check(pilot: Pilot[None]) -> None:
        def offered() -> set[str]:
            return {one.binding.id or "" for one in pilot.app.screen.active_bindings.values() if one.enabled}

        assert {"home.search", "home.filter", "home.file"} <= offered()
        assert not {"home.record", "home.clear"} & offered()
        await press(pilot, "3")
        assert {"home.export", "home.record", "home.search"} <= offered()
        assert not {"home.filter", "home.clear"} & offered()
        await press(pilot, "slash", *"xyzzy", "enter")
        assert {"home.search", "home.clear"} <= offered()
        assert not {"home.export", "home.record"} & offered()

    visit(home(service=with_runs()), check)


def test_help_explains_the_home_and_its_keys() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")
        assert isinstance(screen(pilot), HelpScreen)
        assert "briefing tells the story" in told(pilot, "intro")
        shown = "".join(p.text for one in pilot.app.screen.query_one(LineList).lines for p in one.pieces)
        assert "Narrow down by language" in shown

    visit(home(), check, LARGE)


def test_q_quits() -> None:
    async def go() -> None:
        app = home()
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            await pilot.press("q")
        assert app.return_code == 0

    asyncio.run(go())


def test_the_frame_is_there_before_the_database_is_asked_for() -> None:
    asked: list[bool] = []

    def opened(*, record: bool) -> Service:
        asked.append(record)
        return service_on(MemoryStore())

    app = app_opening(opened, workshop=FakeWorkshop())
    painted: list[list[bool]] = []

    class Watched(HomeScreen):
        def show(self) -> None:
            painted.append(list(asked))
            super().show()

    async def go() -> None:
        def start(app: IncidentSim) -> None:
            app.push_screen(Watched())

        app._start = start
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
        assert painted[0] == []
        assert asked == [False, True], "the one without a record first"

    asyncio.run(go())


def test_markup_and_what_turns_the_writing_round_are_only_text(tmp_path: Path) -> None:
    source = (Path(__file__).parents[3] / "scenarios" / "false-alarm.yaml").read_text(encoding="utf-8")
    hostile = source.replace("id: false-alarm", "id: a-hostile-one", 1)
    hostile = hostile.replace("en: Fourteen times the usual", 'en: "[bold]x[/] \\u202e y"', 1)
    (tmp_path / "hostile.yaml").write_text(hostile, encoding="utf-8")
    service = service_on(MemoryStore())
    service._context.library = Library([tmp_path], behind=service._context.library)

    async def check(pilot: Pilot[None]) -> None:
        assert told(pilot, "about-title") == "[bold]x[/] ⟨U+202E⟩ y"
        assert "[bold]x[/] ⟨U+202E⟩ y" in pilot.app.screen.query_one("#list", LineList).render_line(0).text

    visit(home(service=service), check)


# what it looks like


def test_it_lists_scenarios(looks: Looks, size: tuple[int, int], language: Language) -> None:
    looks(home(language, with_runs()), size, before=settled)


def test_nothing_is_listed_where_there_is_nothing(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "2")

    looks(home(language), size, before=before)


def test_a_record_that_cannot_be_opened(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "3")

    looks(without_database(language), size, before=before)


def test_the_runs_that_are_finished(looks: Looks, language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "3")

    looks(home(language, with_runs()), SMALL, before=before)


def test_what_one_can_filter_by(looks: Looks) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "slash", *"a", "enter", "f")

    looks(home(), SMALL, before=before)
