"""The debrief as it is used: every part, every key, both languages, both sizes."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from incidentsim import composition
from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.text import Language
from incidentsim.evidence.keys import FILE
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.exports.reports.tables import ALL_TABLES
from incidentsim.exports.wording.plain_text import width
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.debrief.parts import PARTS
from incidentsim.tui.debrief.rate import RateScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.export_menu import EVERYTHING, offered
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen, PickList
from incidentsim.tui.ledger.screen import LedgerScreen
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.text import Words
from tests.support.debrief_screens import (
    debrief,
    ended_at_once,
    played_badly,
    played_by_bots,
    settled,
    shown,
    text_of,
    unreadable,
)
from tests.support.screens import LARGE, SMALL

Steps = Callable[[Pilot[None]], Awaitable[None]]


def use(app: IncidentSim, steps: Steps, size: tuple[int, int] = SMALL) -> None:
    """Open the application at its debrief, wait for the evaluation, and do what `steps` do."""

    async def all_of_it() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await steps(pilot)

    asyncio.run(all_of_it())


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def on_top(pilot: Pilot[None]) -> bool:
    """Whether nothing stands above the debrief."""
    top: object = pilot.app.screen
    return top is shown(pilot)


def words(pilot: Pilot[None], name: str) -> str:
    return str(shown(pilot).query_one(f"#{name}", Static).render())


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_is_a_digit_away_and_fits_the_screen(language: Language, size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        for number, (name, _title) in enumerate(PARTS):
            await press(pilot, str(number + 1))
            part = shown(pilot).query_one(f"#part-{name}", LineList)
            assert part.has_class("-here")
            assert part.has_focus
            assert part.display
            assert part.lines
            assert part.region.right <= size[0]
            assert [one.id for one in shown(pilot).query(".part").results() if one.display] == [f"part-{name}"]

    use(debrief(language=language, before=1), steps, size)


def test_tab_goes_round_the_parts_and_a_click_on_a_name_shows_it() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "tab")
        assert shown(pilot).here == 1
        await press(pilot, "shift+tab", "shift+tab")
        assert shown(pilot).here == len(PARTS) - 1
        await pilot.click("#tabs", offset=(4, 0))
        await pilot.pause()
        assert shown(pilot).here == 0

    use(debrief(), steps)


def test_what_is_being_done_is_said_until_the_evaluation_is_there() -> None:
    async def all_of_it() -> None:
        app = debrief(before=1)
        async with app.run_test(size=SMALL) as pilot:
            screen = shown(pilot)
            if screen.evaluated is None:
                assert "being evaluated" in words(pilot, "state")
                assert not screen.query_one("#body").display
            await settled(pilot)
            assert not screen.query_one("#state").display
            assert screen.query_one("#body").display

    asyncio.run(all_of_it())


def test_enter_on_a_task_shows_the_facts_it_rests_on_with_time_and_clause() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "down", "enter")
        assert isinstance(pilot.app.screen, DetailScreen)
        told = str(pilot.app.screen.query_one("#told", Static).render())
        assert "M major challenges" in told
        assert "#12  09:20:31" in told
        assert "REFUSED" in told
        assert "They hesitate." in told
        assert "Clause C4" in told
        await press(pilot, "escape")
        assert on_top(pilot)
        assert shown(pilot).here_list.has_focus

    use(debrief(), steps)


def test_where_there_is_room_it_stands_beside_the_list() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "down")
        assert "REFUSED" in words(pilot, "about")
        await press(pilot, "up")
        assert "REFUSED" not in words(pilot, "about")

    use(debrief(), steps, LARGE)


def test_another_rating_stands_beside_the_proposal_with_its_reason() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "down", "r")
        assert isinstance(pilot.app.screen, RateScreen)
        await press(pilot, "down", "enter", *"fair [b]", "enter")
        await settled(pilot)
        assert on_top(pilot)
        line = next(one for one in text_of(pilot).splitlines() if "Conceal nothing" in one)
        assert "S some challenges" in line
        assert "proposed: M" in line
        await press(pilot, "enter")
        assert "fair [b]" in str(pilot.app.screen.query_one("#told", Static).render())

    use(debrief(), steps)


def test_a_rating_asks_for_what_is_missing_and_keeps_what_was_typed() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "down", "r", "ctrl+s")
        assert "Choose a rating" in str(pilot.app.screen.query_one("#wrong", Static).render())
        await press(pilot, "enter", "ctrl+s")
        assert "say why" in str(pilot.app.screen.query_one("#wrong", Static).render())
        await press(pilot, *"because", "ctrl+l")
        assert pilot.app.screen.query_one(Input).value == "because"
        await press(pilot, "ctrl+l", "escape", "r")
        assert pilot.app.screen.query_one(Input).value == "because"
        await press(pilot, "escape")
        assert on_top(pilot)

    use(debrief(), steps)


def test_an_objective_is_not_rated_by_hand() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "r")
        assert on_top(pilot)
        assert any("worst task" in note.message for note in pilot.app._notifications)

    use(debrief(), steps)


def test_a_rating_that_cannot_be_kept_is_said_to_be_and_may_be_given_again() -> None:
    app = debrief()

    def full(*_args: object, **_kwargs: object) -> None:
        raise SurroundingsError("The disk is full.")

    async def steps(pilot: Pilot[None]) -> None:
        app.service.evaluations.override_rating = full  # type: ignore[assignment, method-assign]  # what a full disk leads to
        await press(pilot, "2", "down", "r", "enter", *"why", "enter")
        assert any("disk is full" in note.message for note in pilot.app._notifications)
        await press(pilot, "r")
        assert pilot.app.screen.query_one(Input).value == "why"

    use(app, steps)


def test_the_timeline_shows_late_duties_and_the_row_at_the_cursor_in_words() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "3")
        assert "!▒" in text_of(pilot)
        assert "09:10" in words(pilot, "axis")
        late = next(one.name for one in shown(pilot).here_list.lines if "‼ Judge the report" in one.pieces[0].text)
        while shown(pilot).here_list.name_at_cursor != late:
            await press(pilot, "down")
        assert "done 2 hours 40 minutes late" in words(pilot, "about")
        assert "#26" in words(pilot, "about")
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, DetailScreen)

    use(debrief(), steps)


def test_the_right_way_is_told_for_everything_that_was_refused_or_late() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "4")
        told = text_of(pilot)
        assert "⇒ Not to do it: nobody may, whatever the reason." in told
        assert "late" in told
        assert "✎ They hesitate." in told
        assert "#18" not in told  # it was undone
        await press(pilot, "enter")
        assert "Clause C4" in str(pilot.app.screen.query_one("#told", Static).render())

    use(debrief(), steps)


def test_metrics_are_compared_with_the_run_before_and_the_best() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "5")
        told = text_of(pilot)
        assert "best of 2 earlier runs" in told
        assert re.search(r"worse: .* longer", told)
        await press(pilot, "down", "down", "enter")
        detail = str(pilot.app.screen.query_one("#told", Static).render())
        assert "in run run-0002" in detail
        assert "The best so far" in detail

    use(debrief(before=2), steps)


def test_without_an_earlier_run_there_is_nothing_to_compare_with() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "5")
        assert "no earlier finished run" in text_of(pilot)
        assert "better" not in text_of(pilot)

    use(debrief(), steps)


def test_items_are_open_until_a_later_run_closes_them() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "6")
        told = text_of(pilot)
        assert told.index("Open, from this run\n") < told.index("\nClosed\n") < told.index("closed by run run-0002")
        await press(pilot, "enter")
        detail = str(pilot.app.screen.query_one("#told", Static).render())
        assert "Supervision officer" in detail
        assert "REFUSED" in detail

    use(debrief(before=1), steps)


def test_the_log_is_filtered_and_searched() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "7")
        everything = len(shown(pilot).here_list.lines)
        assert "undone: REFUSED" in text_of(pilot)
        assert "✎ They hesitate." in text_of(pilot)
        await press(pilot, "f", "f")
        assert 0 < len(shown(pilot).here_list.lines) < everything
        assert all("REFUSED" in line for line in text_of(pilot).splitlines())
        assert "refusals" in words(pilot, "filter")
        await press(pilot, "slash")
        assert isinstance(pilot.app.screen, AskScreen)
        await press(pilot, *"conceal", "enter")
        assert len(shown(pilot).here_list.lines) == 1
        assert "conceal" in words(pilot, "filter")
        await press(pilot, "slash", "escape")
        assert len(shown(pilot).here_list.lines) == 1
        await press(pilot, "i")
        assert "Whoever conceals an incident" in str(pilot.app.screen.query_one("#told", Static).render())

    use(debrief(), steps)


def test_what_was_undone_says_by_what() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "7", "slash", *"undone:", "enter", "enter")
        detail = str(pilot.app.screen.query_one("#told", Static).render())
        assert "It counts no more" in detail
        assert "The keyboard slipped." in detail

    use(debrief(), steps)


def test_the_footer_offers_what_can_be_done_here() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        def offered() -> set[str]:
            active = shown(pilot).active_bindings.values()
            return {str(one.binding.id) for one in active if one.enabled and one.binding.show}

        assert {"debrief.export", "debrief.look"} <= offered()
        assert not {"debrief.rate", "debrief.filter", "debrief.again"} & offered()
        await press(pilot, "2")
        assert {"debrief.rate", "debrief.export", "debrief.look"} <= offered()
        assert not {"debrief.filter", "debrief.again"} & offered()
        await press(pilot, "7")
        assert {"debrief.filter", "debrief.search"} <= offered()
        assert "debrief.rate" not in offered()

    use(debrief(), steps)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_everything_is_told_in_the_other_language_and_the_cursor_stays(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "down", "down", "3", "down", "down", "down")
        at = shown(pilot).here_list.name_at_cursor
        assert at is not None
        await press(pilot, "ctrl+l")
        assert shown(pilot).here == 2
        assert shown(pilot).here_list.name_at_cursor == at
        assert "林夏（发现人）" in text_of(pilot)
        await press(pilot, "2")
        assert shown(pilot).here_list.name_at_cursor == "task/detect-incident"
        await press(pilot, "ctrl+l")
        assert "Discover the incident" in text_of(pilot)

    use(debrief(), steps, size)


def test_a_new_size_keeps_the_place_and_fits_the_picture() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "down", "down")
        at = shown(pilot).here_list.name_at_cursor
        await pilot.resize_terminal(*LARGE)
        await pilot.pause()
        assert shown(pilot).here_list.name_at_cursor == at
        lines = text_of(pilot).splitlines()
        assert max(map(width, lines)) > SMALL[0]
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert shown(pilot).here_list.name_at_cursor == at
        drawn = [line for line in text_of(pilot).splitlines() if "▒" in line]
        assert all(width(line) <= SMALL[0] for line in drawn)

    use(debrief(), steps)


def test_everything_is_exported_into_a_folder_and_nothing_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, ChooseScreen)
        await press(pilot, *["down"] * offered().index(EVERYTHING), "enter")
        assert isinstance(pilot.app.screen, AskScreen)
        assert pilot.app.screen.query_one(Input).value == "incidentsim-run-0001"
        await press(pilot, "enter")
        await settled(pilot)
        folder = tmp_path / "incidentsim-run-0001"
        assert sorted(path.name for path in folder.iterdir()) == [
            "after-action-report.html",
            "after-action-report.md",
            "audit-report.html",
            "audit-report.md",
            "clocks.csv",
            "controls.csv",
            "controls.json",
            "decisions.csv",
            "duties.csv",
            "escalations.csv",
            "evaluation.json",
            "evaluation.txt",
            "facilitator.csv",
            "log.jsonl",
            "messages.csv",
            "metrics.csv",
            "oscal-assessment-results.json",
            "plan.csv",
            "ratings.csv",
            "refusals.csv",
            "script.yaml",
            "steps.csv",
            "timeline.csv",
        ]
        told = (folder / "after-action-report.md").read_text(encoding="utf-8")
        assert "## What the facilitator did and observed" in told
        text = (folder / "evaluation.txt").read_text(encoding="utf-8")
        assert "Expected action" in text
        assert "undone: REFUSED" in text
        found = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        assert found["run"] == "run-0001"
        assert found["evaluation"]["objectives"]
        assert "script:" in (folder / "script.yaml").read_text(encoding="utf-8")
        (folder / "evaluation.txt").write_text("mine", encoding="utf-8")
        await press(pilot, "e", *["down"] * offered().index(EVERYTHING), "enter", "enter")
        await settled(pilot)
        assert (folder / "evaluation.txt").read_text(encoding="utf-8") == "mine"
        assert any("is there already" in note.message for note in pilot.app._notifications)

    use(debrief(), steps)


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("text", "run-0001.txt"),
        ("json", "run-0001.json"),
        ("script", "run-0001.yaml"),
        ("jsonl", "run-0001.jsonl"),
        ("aar-html", "run-0001-aar.html"),
        ("audit-md", "run-0001-audit.md"),
        ("audit-xlsx", "run-0001-audit.xlsx"),
        ("controls", "run-0001-controls.json"),
        ("oscal", "run-0001-oscal.json"),
        pytest.param("audit-pdf", "run-0001-audit.pdf", marks=pytest.mark.slow),
    ],
)
def test_one_format_is_exported_into_a_file(
    name: str, saved_as: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    downs = offered().index(name)

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e", *(["down"] * downs), "enter", "enter")
        await settled(pilot)
        assert (tmp_path / saved_as).stat().st_size > 1000

    use(debrief(played_by_bots), steps)


def test_of_the_tables_one_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    downs = offered().index("csv")

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e", *(["down"] * downs), "enter")
        assert isinstance(pilot.app.screen, ChooseScreen)
        assert [line.name for line in pilot.app.screen.query_one(PickList).lines] == list(ALL_TABLES)
        await press(pilot, "down", "ctrl+l")
        assert "升级上报" in [line.pieces[0].text for line in pilot.app.screen.query_one(PickList).lines]
        await press(pilot, "enter", "enter")
        await settled(pilot)
        assert (tmp_path / "run-0001-duties.csv").stat().st_size > 1000
        await press(pilot, "e", *(["down"] * downs), "enter", "escape")
        assert on_top(pilot)

    use(debrief(played_by_bots), steps)


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    downs = offered().index("aar-xlsx")

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e", *(["down"] * downs), "enter", "enter")
        await settled(pilot)
        assert any("pip install 'incidentsim[xlsx]'" in note.message for note in pilot.app._notifications)
        assert os.listdir(tmp_path) == []  # noqa: PTH208 - nobody waits for it

    use(debrief(played_by_bots), steps)


def test_a_bundle_is_signed_with_the_users_own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(composition, "key_file", lambda: tmp_path / "settings" / FILE)

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e", *["down"] * offered().index("bundle"), "enter", "enter")
        await settled(pilot)
        assert verify_bundle(tmp_path / "incidentsim-run-0001.zip").holds
        told = [note.message for note in pilot.app._notifications]
        assert any("A signing key of yours was made" in one for one in told)
        assert any("Saved: " in one for one in told)
        await press(pilot, "e", *["down"] * offered().index("bundle"), "enter", "enter")
        await settled(pilot)
        assert any("is there already" in note.message for note in pilot.app._notifications)
        assert isinstance(pilot.app.screen, AskScreen), "it is asked again, with what was typed"
        assert Path(pilot.app.screen.query_one(Input).value).name == "incidentsim-run-0001.zip"

    use(debrief(played_by_bots), steps)


def test_an_export_to_where_nothing_can_be_written_is_said_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "incidentsim-run-0001").write_text("a file", encoding="utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "e", *["down"] * offered().index(EVERYTHING), "enter", "enter")
        await settled(pilot)
        assert any("could not be written" in note.message for note in pilot.app._notifications)
        await press(pilot, "e", "escape", "e", "enter", "escape")
        assert on_top(pilot)

    use(debrief(), steps)


def test_the_record_is_a_key_away() -> None:
    app = debrief()

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "l")
        assert isinstance(app.screen, LedgerScreen)
        assert app.screen.run == "run-0001"

    use(app, steps)


def test_help_tells_the_keys_and_the_signs() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "seven parts" in pilot.app.screen.query_one("#intro", Words).said
        assert "▒ late" in pilot.app.screen.query_one("#intro", Words).said
        told = "".join(piece.text for one in pilot.app.screen.query_one(LineList).lines for piece in one.pieces)
        assert "Export" in told

    use(debrief(), steps)


def test_a_run_that_ended_at_once_has_nothing_to_show_and_says_so() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        assert "Nothing happened." in text_of(pilot)
        await press(pilot, "2")
        assert "– not rated" in text_of(pilot)
        await press(pilot, "enter")
        assert "worst task" in str(pilot.app.screen.query_one("#told", Static).render())
        await press(pilot, "escape", "3")
        assert "Nothing happened." in text_of(pilot)
        await press(pilot, "i")  # nothing at the cursor, nothing opens
        assert on_top(pilot)
        for number, sentence in (("4", "Nothing was refused"), ("6", "No corrective actions")):
            await press(pilot, number)
            assert text_of(pilot) == ""
            assert sentence in shown(pilot).here_list._empty
        await press(pilot, "7")
        assert len(shown(pilot).here_list.lines) == 2

    use(debrief(ended_at_once), steps)


def test_a_run_that_cannot_be_read_says_why_and_may_be_tried_again() -> None:
    app = debrief(unreadable)

    async def steps(pilot: Pilot[None]) -> None:
        assert "This run cannot be shown." in words(pilot, "state")
        assert "faulty at entry 1" in words(pilot, "state")
        await press(pilot, "2", "e", "r", "enter", "tab", "ctrl+l")
        await settled(pilot)
        assert on_top(pilot)
        assert shown(pilot).trouble
        del app.service.evaluations.evaluate  # mended
        await press(pilot, "a")
        await settled(pilot)
        assert not shown(pilot).trouble
        assert text_of(pilot)

    use(app, steps)


def test_earlier_runs_that_cannot_be_read_are_left_out() -> None:
    app = debrief(before=2)
    sound = app._open_service(record=True)
    evaluate = sound.evaluations.evaluate

    def faulty(run: str) -> object:
        if run == "run-0001":
            raise RecordFaultError("Faulty.")
        return evaluate(run)

    sound.evaluations.evaluate = faulty  # type: ignore[assignment, method-assign]  # one record is damaged

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "5")
        assert "1 earlier run" in text_of(pilot)

    use(app, steps)


def test_where_the_other_runs_cannot_be_listed_the_run_itself_is_shown() -> None:
    app = debrief()
    service = app._open_service(record=True)

    def gone() -> object:
        raise SurroundingsError("The database is gone.")

    service.records.runs = gone  # type: ignore[assignment, method-assign]  # as the disk might

    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "2")
        assert "Discover the incident" in text_of(pilot)
        for number in ("5", "6"):
            await press(pilot, number)
            assert "cannot be looked at: The database is gone." in text_of(pilot)

    use(app, steps)


def test_leaving_while_it_is_evaluated_waits_for_nothing() -> None:
    async def all_of_it() -> None:
        app = debrief(before=1)
        async with app.run_test(size=SMALL) as pilot:
            await press(pilot, "escape")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert not [screen for screen in app.screen_stack if screen.__class__.__name__ == "DebriefScreen"]

    asyncio.run(all_of_it())


def test_it_goes_back_to_the_home() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await press(pilot, "escape")
        assert pilot.app.screen.__class__.__name__ == "HomeScreen"

    use(debrief(played_badly), steps)
