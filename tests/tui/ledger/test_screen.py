"""The record's screen: every entry with everything about it, whatever state the record is in."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from incidentsim.domain.text import Language
from incidentsim.ledger.inspecting import InspectedEntry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.storage import open_store
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.ledger.rows import EntryNarrator, entry_line
from incidentsim.tui.ledger.screen import LedgerScreen
from incidentsim.tui.ledger.verdict import VerdictScreen
from incidentsim.tui.widgets.line_list import Line, LineList
from tests.support.home_screens import settled
from tests.support.keyboard import Keyboard, running
from tests.support.ledger_screens import (
    LONG,
    RUN,
    Change,
    a_changed_run,
    a_finished_run,
    a_long_run,
    a_run_just_begun,
    garbled,
    ledger_of,
    looking_at,
    reworded,
    shown,
)
from tests.support.screens import LARGE, SMALL, service_on, session_on

if TYPE_CHECKING:
    from tests.tui.conftest import Looks

Played = Callable[[Keyboard], Awaitable[None]]


def play(app: IncidentSim, played: Played, size: tuple[int, int] = LARGE) -> None:
    async def go() -> None:
        async with running(app, size) as keyboard:
            await played(keyboard)

    asyncio.run(go())


def names(app: IncidentSim) -> list[str | None]:
    return [line.name for line in ledger_of(app).query_one(LineList).lines]


def here(app: IncidentSim) -> str | None:
    return ledger_of(app).query_one(LineList).name_at_cursor


@pytest.fixture
def sound() -> IncidentSim:
    return looking_at(a_finished_run()[1])


def test_every_entry_has_a_line_with_its_number_time_kind_and_hash(sound: IncidentSim) -> None:
    store, service = a_finished_run()
    hashes = [entry.hash for entry in store._runs[RUN].entries]
    kinds = [fact.kind for fact in service.records.show(RUN).facts]

    async def played(_keyboard: Keyboard) -> None:
        lines = ledger_of(sound).query_one(LineList).lines
        assert len(lines) == len(hashes)
        for place, line in enumerate(lines):
            told = "".join(piece.text for piece in line.pieces)
            assert told.startswith(f"#{place} ")
            assert kinds[place] in told
            assert hashes[place].removeprefix("sha256:")[:12] in told

    play(sound, played)


def test_an_entry_is_shown_whole(sound: IncidentSim) -> None:
    store, _service = a_finished_run()
    entry = store._runs[RUN].entries[3]

    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("down", "down", "down")
        told = shown(sound)
        assert "Chen Si (Reporting person): Discover the incident." in told
        assert entry.hash in told
        assert entry.prev in told
        assert "2026-01-05T08:00:00.000Z · decided by the script" in told
        assert '"do": "discover",' in told

    play(sound, played)


def test_texts_stand_beside_what_the_entry_commits_to(sound: IncidentSim) -> None:
    store, _service = a_finished_run()
    text = store._runs[RUN].texts[0]

    async def played(keyboard: Keyboard) -> None:
        await keyboard.press(*["down"] * text.seq)
        told = shown(sound)
        assert text.pointer in told
        assert text.commitment() in told
        assert text.text.say("en")[:20] in told

    play(sound, played)


def test_enter_opens_the_entry_and_escape_leads_back(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("enter")
        assert [type(screen) for screen in sound.screen_stack[-2:]] == [LedgerScreen, DetailScreen]
        await keyboard.press("escape")
        assert type(sound.screen_stack[-1]) is LedgerScreen

    play(sound, played, SMALL)


def test_one_goes_to_an_entry_by_its_number(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        for typed, stands in (("17", "17"), ("#3", "3"), ("26", "3"), ("x", "3"), ("9" * 30, "3"), ("", "3")):
            await keyboard.press("g")
            await keyboard.type(typed)
            await keyboard.press("enter")
            assert here(sound) == stands, typed
        await keyboard.press("g", "5", "escape")
        assert here(sound) == "3"

    play(sound, played)


def test_only_entries_with_some_words_are_shown_until_none_are_asked_for(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("slash")
        await keyboard.type("REFUSED")
        await keyboard.press("enter")
        assert names(sound) == ["7", "13"]
        assert "Only with “REFUSED”" in shown(sound)
        await keyboard.press("g", "2", "enter")  # an entry that is not among them
        assert here(sound) == "2"
        assert len(names(sound)) == 26
        await keyboard.press("slash")
        await keyboard.type("the team has agreed on nothing of the kind")
        await keyboard.press("enter")
        assert "No entry has these words." in shown(sound)
        await keyboard.press("slash")
        sound.screen.query_one(Input).value = ""
        await keyboard.press("enter")
        assert len(names(sound)) == 26

    play(sound, played)


def test_what_is_found_are_also_the_words_of_the_sentence(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("slash")
        await keyboard.type("has reached a final state")
        await keyboard.press("enter")
        assert names(sound) == ["25"]

    play(sound, played)


def test_a_sound_record_is_said_to_hold_and_what_could_not_be_checked_is_said_too(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("v")
        assert isinstance(sound.screen, VerdictScreen)
        told = shown(sound)
        assert "✓ The record holds, as far as it can be checked from inside." in told
        assert told.count("✓") == 14
        assert "? No checkpoint from outside was given" in told
        assert "26 entries, root " in told
        await keyboard.press("escape")
        assert "✓ The record holds" in shown(sound)

    play(sound, played)


@pytest.mark.parametrize(
    ("change", "bad", "said"),
    [
        (garbled(6), 6, "not JSON"),
        (reworded(3, b'"discover"', b'"conceals"'), 3, "one of the two was changed"),
        (lambda entries: entries.pop(9), 9, "It is numbered 10, and it stands where 9 should."),
        (lambda entries: entries.insert(5, entries[11]), 5, "It is numbered 11, and it stands where 5 should."),
        (reworded(8, b'"run":"run-0001"', b'"run":"run-0002"'), 8, "It belongs to another run: run-0002."),
    ],
    ids=["garbled", "reworded", "taken out", "slipped in", "of another run"],
)
def test_a_damaged_record_is_shown_with_the_fault_at_its_place(change: Change, bad: int, said: str) -> None:
    app = looking_at(a_changed_run(change)[1])

    async def played(keyboard: Keyboard) -> None:
        ledger = ledger_of(app)
        assert "Something is wrong with" in shown(app)
        assert len(names(app)) >= 24
        faults = [fault for entry in ledger._entries for fault in entry.faults]
        assert any(said in fault for fault in faults)
        await keyboard.press("v")
        assert f"The first bad entry is #{bad}." in shown(app)
        assert "expected:" in shown(app)
        assert "found:" in shown(app)
        await keyboard.press("enter")
        assert here(app) == str(bad)

    play(app, played)


def test_a_text_that_was_exchanged_is_shown_as_such() -> None:
    store, service = a_finished_run()
    texts = store._runs[RUN].texts
    place = texts[0].seq
    texts[0] = type(texts[0])(texts[0].seq, texts[0].pointer, texts[0].salt, texts[1].text)
    app = looking_at(service)

    async def played(keyboard: Keyboard) -> None:
        await keyboard.press(*["down"] * place)
        assert "✕ the words kept beside it are others" in shown(app)
        await keyboard.press("v")
        assert f"The first bad entry is #{place}." in shown(app)

    play(app, played)


def test_documents_that_are_gone_leave_the_entries_to_be_seen_and_are_named() -> None:
    store, service = a_finished_run()
    store._documents.clear()
    app = looking_at(service)

    async def played(keyboard: Keyboard) -> None:
        assert len(names(app)) == 26
        await keyboard.press("v")
        told = shown(app)
        assert "✕ The playbook is, byte for byte, the one that the first entry names." in told
        assert "There is no document with the digest" in told

    play(app, played)


def test_a_run_that_does_not_exist_is_said_not_to() -> None:
    app = looking_at(service_on(MemoryStore()), run="nothing")

    async def played(keyboard: Keyboard) -> None:
        assert "There is no run called nothing" in shown(app)
        await keyboard.press("v", "g", "1", "enter", "r", "slash", "x", "enter", "enter", "down")

    play(app, played)


def test_a_run_that_another_process_is_writing_can_be_read_on(tmp_path: Path) -> None:
    address = f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}"
    session = session_on(service_on(open_store(address)))
    reading = open_store(address)
    app = looking_at(service_on(reading), run=session.run or "")

    async def played(keyboard: Keyboard) -> None:
        before = len(names(app))
        assert before == len(session.facts)
        session.go_on()
        await keyboard.press("r")
        assert before < len(names(app)) == len(session.facts)
        await keyboard.press("v")
        assert "✓ The record holds" in shown(app)

    play(app, played)
    session.close()
    reading.close()


def test_the_language_is_switched_where_one_stands(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("down", "down", "down", "ctrl+l")
        assert here(sound) == "3"
        assert len(names(sound)) == 26
        assert "陈思" in shown(sound)
        await keyboard.press("v", "ctrl+l", "escape")
        assert "The record holds" in shown(sound)

    play(sound, played)


def test_the_place_survives_every_size(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        await keyboard.press("down", "down")
        for width, height in ((80, 24), (30, 8), (200, 60), (1, 1), (110, 36)):
            await keyboard.resize(width, height)
            assert here(sound) == "2"

    play(sound, played)


def test_ten_thousand_entries_are_read_page_by_page_and_gone_through() -> None:
    app = looking_at(a_long_run(10_000)[1], run=LONG)

    async def played(keyboard: Keyboard) -> None:
        assert len(names(app)) == 10_000
        await keyboard.press("end")
        assert here(app) == "9999"
        assert "Note 9999" in shown(app)
        await keyboard.press("g", *"5000", "enter", "pagedown", "down")
        assert int(here(app) or 0) > 5000

    play(app, played)


def test_leaving_while_a_long_record_is_read_does_no_harm() -> None:
    app = looking_at(a_long_run(3_000)[1], run=LONG)

    async def go() -> None:
        async with app.run_test(size=SMALL) as pilot:
            await pilot.press("escape")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert not any(isinstance(screen, LedgerScreen) for screen in app.screen_stack)

    asyncio.run(go())


def test_a_click_moves_to_an_entry_and_help_says_what_one_sees(sound: IncidentSim) -> None:
    async def played(keyboard: Keyboard) -> None:
        region = ledger_of(sound).query_one(LineList).region
        await keyboard.click(region.x + 4, region.y + 5)
        assert here(sound) == "5"
        await keyboard.press("question_mark", "down")
        told = " ".join(shown(sound).replace("│", " ").split())  # lines are broken where the width asks for it
        assert "Each entry names the hash of the one before" in told
        assert "Recompute everything that can be checked from inside" in told

    play(sound, played)


STATES: dict[str, Callable[[], Service]] = {
    "sound": lambda: a_finished_run()[1],
    "one-entry": lambda: a_run_just_begun()[1],
    "damaged": lambda: a_changed_run(garbled(2))[1],
}


@pytest.mark.parametrize("state", STATES)
def test_it_looks_as_it_did(state: str, size: tuple[int, int], language: Language, looks: "Looks") -> None:
    async def read(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("down", "down")

    looks(looking_at(STATES[state](), language), size, before=read)


def test_its_verdict_looks_as_it_did(size: tuple[int, int], language: Language, looks: "Looks") -> None:
    async def verified(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("v")
        await settled(pilot)

    looks(looking_at(STATES["damaged"](), language), size, before=verified)


def test_while_a_long_record_is_read_what_is_shown_already_is_not_gone_through_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twice the pages cost twice the work: lists and tellers are made anew as often for few pages as for many."""

    def made_anew(pages: int) -> tuple[int, int]:
        counts = {"shown": 0, "tellers": 0, "lines": 0}
        show, init = LineList.show, EntryNarrator.__init__

        def showing(lines: LineList, *arguments: Any, **named: Any) -> None:
            counts["shown"] += 1
            show(lines, *arguments, **named)

        def making(teller: EntryNarrator, *arguments: Any) -> None:
            counts["tellers"] += 1
            init(teller, *arguments)

        def line(entry: InspectedEntry) -> Line:
            counts["lines"] += 1
            return entry_line(entry)

        monkeypatch.setattr(LineList, "show", showing)
        monkeypatch.setattr(EntryNarrator, "__init__", making)
        monkeypatch.setattr("incidentsim.tui.ledger.screen.entry_line", line)
        monkeypatch.setattr("incidentsim.service.records.PAGE", 10)
        app = looking_at(a_long_run(10 * pages)[1], run=LONG)

        async def played(keyboard: Keyboard) -> None:
            assert names(app) == [str(place) for place in range(10 * pages)]
            assert here(app) == "0"
            await keyboard.press("end")
            assert f"Note {10 * pages - 1}" in shown(app)

        play(app, played)
        monkeypatch.undo()
        assert counts["lines"] == 10 * pages
        return counts["shown"], counts["tellers"]

    assert made_anew(30) == made_anew(3)
