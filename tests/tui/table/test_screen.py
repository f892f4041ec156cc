"""The table: every key and click, who sees what, and that nothing is lost by leaving, resizing or switching."""

import asyncio
from dataclasses import replace

import pytest
from textual import events
from textual.binding import Binding

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.interventions import Note, Skip, Undo
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.log_filters import FILTERS
from incidentsim.session.pacing import Pacing
from incidentsim.session.session import Session
from incidentsim.session.views import inbox
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.ledger.screen import LedgerScreen
from incidentsim.tui.table.log_pane import FilterLine, LogPane
from incidentsim.tui.table.phase_track import PhaseTrack
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table
from incidentsim.tui.widgets.live_strip import LiveStrip
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words
from tests.support.at_the_table import (
    BOTH,
    confirmation,
    in_loop,
    judged,
    key_of,
    listed,
    over,
    reported,
    screen_text,
    session_at,
    session_of,
    shown,
    table,
)
from tests.support.facts import on_record
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, app_on, at_table, service_on, session_on
from tests.support.sessions import drive


def head(keyboard: Keyboard) -> str:
    return table(keyboard.app).query_one("#head", Words).said


def news(keyboard: Keyboard) -> str:
    return table(keyboard.app).query_one("#news", Words).said


def here(keyboard: Keyboard) -> str | None:
    focused = keyboard.app.screen.focused
    return focused.id if focused is not None else None


def top(keyboard: Keyboard) -> object:
    return keyboard.app.screen


@in_loop
async def test_space_lets_time_jump_to_what_matters_and_says_what_that_was() -> None:
    async with running(at_table()) as keyboard:
        assert "Press space" in news(keyboard)
        before = session_at(keyboard.app).now
        await keyboard.press("space")
        assert session_at(keyboard.app).now > before
        assert "Assigned to Incident response team" in news(keyboard)
        assert "more in the log" in news(keyboard)
        assert "Open to you now: Confirm that it is an incident, Dismiss as not an incident" in news(keyboard)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_space_asks_before_a_deadline_of_ones_own_and_goes_past_it_only_when_pressed_again(
    size: tuple[int, int],
) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(), size) as keyboard:
            await keyboard.press("space", "space", "space")
            assert "Judge the report is due in 9 minutes 31 seconds, at" in screen_text(keyboard)
            assert "Press space again to let it pass." in screen_text(keyboard)
            asked_at = session_at(keyboard.app).now
            await keyboard.press("ctrl+l")
            assert "再按一次空格键" in screen_text(keyboard)
            await keyboard.press("ctrl+l", "w", "1", "enter")  # something else: what was asked is no more
            assert session_at(keyboard.app).now > asked_at
            await keyboard.press("space")
            assert "Press space again to let it pass." in screen_text(keyboard)
            await keyboard.press("space")
            assert "OVERDUE" in screen_text(keyboard)

    go()


@in_loop
async def test_what_happened_meanwhile_takes_five_lines_at_most_and_a_jump_over_days_says_so() -> None:
    async with running(at_table()) as keyboard:
        told = []
        for _press in range(5):
            await keyboard.press("space")
            told.append(news(keyboard).splitlines())
        assert max(map(len, told)) == 5
        assert told[-1][0].startswith("» 1 day later, Thu 25 Jun ")


@in_loop
async def test_digits_tab_and_the_mouse_go_to_the_panes() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        for digit, pane in (("2", "actions"), ("3", "duties"), ("4", "log"), ("1", "inbox")):
            await keyboard.press(digit)
            assert here(keyboard) == pane
        tabs = keyboard.app.screen.query_one(Tabs)
        await keyboard.click(tabs.region.x + 16, tabs.region.y)
        assert here(keyboard) == "actions"
        assert session_at(keyboard.app).workspace.get("pane") == "actions"
        await keyboard.resize(*LARGE)
        await keyboard.press("2")
        await asyncio.sleep(0.1)  # the screen is laid out anew once it is idle
        log = listed(keyboard.app.screen, "log")
        await keyboard.click(log.region.x + 5, log.region.y + 2)
        assert here(keyboard) == "log"
        await keyboard.resize(*SMALL)
        assert here(keyboard) == "log"
        assert listed(keyboard.app.screen, "log").region.height > 0


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_digits_typed_faster_than_they_are_answered_lead_to_the_last_of_them(size: tuple[int, int]) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(prepare=reported), size) as keyboard:
            for digit in "43123":
                keyboard.app.post_message(events.Key(digit, digit))
            await keyboard.settle()
            assert here(keyboard) == "duties"

    go()


@in_loop
async def test_the_line_above_the_log_fits_whatever_width_there_is_now() -> None:
    async with running(at_table(), (30, 24)) as keyboard:
        cut_off = str(keyboard.app.screen.query_one("#filter", FilterLine).visual)
        assert cut_off.endswith("…")
        await keyboard.resize(*SMALL)
        await asyncio.sleep(0.1)  # the screen is laid out anew once it is idle
        assert not str(keyboard.app.screen.query_one("#filter", FilterLine).visual).endswith("…")


@in_loop
async def test_the_letter_of_an_action_opens_its_form_from_any_pane() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("4", "b")
        assert isinstance(top(keyboard), FormScreen)
        assert "Dismiss" in screen_text(keyboard)
        await keyboard.press("escape", "z", "Z")
        assert isinstance(top(keyboard), TableScreen)


@in_loop
async def test_an_action_is_begun_by_one_click() -> None:
    async with running(at_table(prepare=reported), LARGE) as keyboard:
        actions = listed(keyboard.app.screen, "actions")
        await keyboard.click(actions.region.x + 6, actions.region.y + 2)
        assert isinstance(top(keyboard), FormScreen)


@in_loop
async def test_every_closed_action_names_its_clause_and_says_why_and_can_be_tried() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        actions = listed(keyboard.app.screen, "actions")
        closed = [
            text
            for text, one in zip(shown(actions), actions.lines, strict=True)
            if (one.name or "").startswith("shut/")
        ]
        assert closed
        assert all("[" in one and "]" in one for one in closed)
        await keyboard.press("2")
        actions.cursor = next(place for place, one in enumerate(actions.lines) if one.name == "shut/grade")
        await keyboard.press("enter")
        assert isinstance(top(keyboard), DetailScreen)
        text = screen_text(keyboard)
        assert "This step is not open in this state" in text
        assert "clause H2" in text
        assert "It will ask for" in text
        await keyboard.press("exclamation_mark")
        facts = session_at(keyboard.app).facts
        assert any(fact.kind == FactKind.REFUSED and on_record(fact)["do"] == "grade" for fact in facts)


@in_loop
async def test_what_nobody_may_do_can_be_tried_and_is_refused() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("2", "end", "enter")
        assert "Nobody may do that" in screen_text(keyboard)
        await keyboard.press("escape")
        before = len(session_at(keyboard.app).facts)
        assert before == len(session_at(keyboard.app).facts)
        await keyboard.press("enter", "exclamation_mark")
        new = session_at(keyboard.app).facts[before:]
        assert any(fact.kind == FactKind.REFUSED and on_record(fact)["why"] == "forbidden" for fact in new)


@in_loop
async def test_messages_are_unread_until_they_are_looked_at() -> None:
    async with running(at_table(roles=BOTH, prepare=judged)) as keyboard:
        await keyboard.press("3")
        session = session_at(keyboard.app)
        unread = [one.number for one in inbox(session) if not one.read]
        assert len(unread) >= 2
        assert sum(text.startswith("●") for text in shown(listed(keyboard.app.screen, "inbox"))) == len(unread)
        await keyboard.press("1", "down")
        assert f"Inbox ({len(unread) - 1})" in screen_text(keyboard) or len(unread) == 2
        await keyboard.press("end")
        assert any(one.read for one in inbox(session))
        await keyboard.press("enter")
        assert isinstance(top(keyboard), DetailScreen)


@in_loop
async def test_the_log_is_narrowed_down_by_kind_and_by_words() -> None:
    async with running(at_table(roles=BOTH, prepare=judged)) as keyboard:
        log = listed(keyboard.app.screen, "log")
        everything = len(log.lines)
        await keyboard.press("4", "f")
        assert all("ESCALATED" in text or text.startswith("──") or "…" in text for text in shown(log))
        facts = session_at(keyboard.app).facts
        assert all(facts[int(one.name)].kind.startswith("escal") for one in log.lines if one.name)
        await keyboard.press("f")
        line = keyboard.app.screen.query_one(FilterLine)
        await keyboard.click(line.region.x + 3, line.region.y)
        assert "duties" in line.said
        for _filter in range(FILTERS.index("duties"), len(FILTERS)):
            await keyboard.press("f")
        assert len(log.lines) == everything
        await keyboard.press("slash", *"due by", "enter")
        assert 0 < len(log.lines) < everything
        assert "due by" in line.said
        await keyboard.press("slash", *("backspace",) * 6, "enter")
        assert len(log.lines) == everything


@in_loop
async def test_a_line_of_the_log_opens_the_fact_and_its_clause() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("4", "end", "enter")
        text = screen_text(keyboard)
        assert "Basis" in text
        assert "H1" in text
        await keyboard.press("ctrl+l")
        assert "响应小组" in screen_text(keyboard)
        await keyboard.press("escape")
        assert isinstance(top(keyboard), TableScreen)


@in_loop
async def test_what_others_were_told_is_not_told_at_the_table() -> None:
    async with running(at_table(prepare=reported), LARGE) as keyboard:
        view = table(keyboard.app).view
        hidden = set(range(view.recorded)) - {entry.number for entry in view.log.entries}
        assert hidden, "messages reached others by now"
        log = listed(keyboard.app.screen, "log")
        assert not hidden & {int(line.name) for line in log.lines if line.name}
        assert "A newspaper calls" not in screen_text(keyboard)


@in_loop
async def test_the_record_is_not_opened_from_a_participants_table_before_the_end() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("r")
        assert isinstance(top(keyboard), TableScreen)
        drive(session_at(keyboard.app))
        table(keyboard.app).show_table()
        await keyboard.press("r")
        assert isinstance(top(keyboard), LedgerScreen)


@in_loop
async def test_what_the_facilitator_does_behind_the_stage_is_not_told_at_the_table() -> None:
    def prepare(session: Session) -> None:
        reported(session)
        session.intervene(Skip("press-call"))
        session.intervene(Note(FreeText("They are slow."), 1))

    async with running(at_table(mode="facilitated", prepare=prepare), LARGE) as keyboard:
        assert "They are slow." not in screen_text(keyboard)
        await keyboard.press("v")
        assert "They are slow." in screen_text(keyboard)


@in_loop
async def test_duties_and_clocks_open_with_how_they_end() -> None:
    async with running(at_table(roles=BOTH, prepare=judged), LARGE) as keyboard:
        await keyboard.press("3")
        duties = listed(keyboard.app.screen, "duties")
        text = "\n".join(shown(duties))
        assert "left" in text
        assert "until: " in text
        clock = next(place for place, one in enumerate(duties.lines) if (one.name or "").startswith("clock/"))
        duties.cursor = clock
        await keyboard.press("enter")
        text = screen_text(keyboard)
        assert "Source" in text
        assert "Ends with" in text


@in_loop
async def test_undone_facts_are_marked_and_stay() -> None:
    def prepare(session: Session) -> None:
        reported(session)
        session.act(confirmation())
        session.intervene(Undo(FreeText("Said in error.")))

    async with running(at_table(mode="facilitated", prepare=prepare)) as keyboard:
        await keyboard.press("4")
        lines = shown(listed(keyboard.app.screen, "log"))
        assert any("↶" in one and "undone:" in one and "Confirm that" in one for one in lines)
        assert any("Said in error." in one for one in lines)


@in_loop
async def test_several_incidents_are_kept_apart() -> None:
    async with running(at_table(scenario="two-fires", roles=BOTH, prepare=judged), LARGE) as keyboard:
        at = table(keyboard.app)
        assert at.view.incident == "certificate"
        await keyboard.press("n")
        assert at.view.incident == "laptop"
        assert session_of(at).workspace.get("incident") == "laptop"
        assert "[certificate]" in "".join(shown(listed(at, "log")))
        tracks = at.query_one(PhaseTrack)
        assert "▸ laptop" in tracks.told
        assert "2 Actions" in screen_text(keyboard)
        assert "· laptop" in screen_text(keyboard)
        await keyboard.click(tracks.region.x + 6, tracks.region.y)
        assert at.view.incident == "certificate"
        await keyboard.press("4", *"f" * len(FILTERS))
        assert at.query_one(FilterLine).said.startswith("Shown: what is about certificate")
        assert all("[certificate]" in one or one.startswith("──") for one in shown(listed(at, "log")))


@in_loop
async def test_some_minutes_pass_if_asked() -> None:
    async with running(at_table()) as keyboard:
        await keyboard.press("w", "backspace", "backspace", *"5", "enter")
        assert session_at(keyboard.app).now == 5 * MINUTE
        await keyboard.press("w", "x", "enter")
        assert session_at(keyboard.app).now == 5 * MINUTE
        await keyboard.press("w", "escape")
        assert isinstance(top(keyboard), TableScreen)


@in_loop
async def test_the_keyboard_is_handed_over_and_the_inbox_stays_covered_until_somebody_is_there() -> None:
    async with running(at_table(roles=BOTH, mode="hot_seat", prepare=judged)) as keyboard:
        at = table(keyboard.app)
        first = at.view.at_keyboard[0]
        subject = shown(listed(at, "inbox"))[-1]
        await keyboard.press("x")
        assert isinstance(top(keyboard), ChooseScreen)
        assert subject not in screen_text(keyboard)
        assert at.query_one("#panes").visible is False
        await keyboard.press("enter")
        assert isinstance(top(keyboard), CoverScreen)
        assert "Zhou Heng" in screen_text(keyboard)
        await keyboard.press("ctrl+l", "ctrl+l", "a")
        assert isinstance(top(keyboard), CoverScreen)
        await keyboard.press("enter")
        assert isinstance(top(keyboard), TableScreen)
        assert at.view.at_keyboard[0] is not first
        assert session_of(at).workspace.get("seat") == at.view.at_keyboard[0].pseudonym
        assert at.query_one("#panes").visible
        await keyboard.press("x", "escape")
        assert at.query_one("#panes").visible
        assert at.view.at_keyboard[0] is not first


@in_loop
async def test_live_time_passes_by_the_clock_and_can_be_paused_and_sped_up() -> None:
    async with running(at_table()) as keyboard:
        at = table(keyboard.app)
        assert "Press space" in news(keyboard)
        await keyboard.press("t")
        assert "PAUSED (×1)" in head(keyboard), "live it begins paused, as the briefing says"
        assert at.query_one("#head").has_class("-paused")
        at._tick()
        assert session_of(at).now == 0
        for words in (news(keyboard), screen_text(keyboard)):
            assert "press p to start it" in words
            assert "Press space" not in words
        await keyboard.press("p")
        assert "▶ ×1" in head(keyboard)
        assert not at.query_one("#head").has_class("-paused")
        assert "p stops it" in news(keyboard)
        at._tick()
        at._tick()
        assert session_of(at).now == 1_000
        assert ":01 (+0:00:01)" in head(keyboard), "seconds are seen to pass"
        await keyboard.press("plus", "plus", "minus")
        assert "×2" in head(keyboard)
        await keyboard.press("p")
        assert "PAUSED" in head(keyboard)
        now = session_of(at).now
        at._tick()
        assert session_of(at).now == now
        await keyboard.press("p", "space")
        assert session_of(at).now < 5 * MINUTE, "space does not jump while time runs"
        await keyboard.press("t")
        assert "stepped" in head(keyboard)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_every_form_and_dialog_bears_a_strip_with_time_duties_and_unread_mail(size: tuple[int, int]) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(prepare=reported), size) as keyboard:
            at = table(keyboard.app)
            await keyboard.press("4")
            for opening in ("a", "w", "slash", "enter", "question_mark"):
                await keyboard.press(opening)
                assert top(keyboard) is not at
                strip = keyboard.app.screen.query_one(LiveStrip)
                assert "09:20:31 · stepped · 20m 00s left: Judge the report" in strip.said
                assert strip.said in screen_text(keyboard).splitlines()[0]
                await keyboard.press("escape")
            at.seat.set_pacing(Pacing(live=True, paused=True))
            at.seat.wait(7 * MINUTE)
            await keyboard.press("a")
            strip = keyboard.app.screen.query_one(LiveStrip)
            assert "09:27:31 · ‖ PAUSED (×1) · 13m 00s left: Judge the report" in strip.said
            assert "✉ 1 unread" in strip.said
            at.seat.wait(14 * MINUTE)
            strip.tell()
            assert "‼ 1 duty late" in strip.said

    go()


@in_loop
async def test_an_action_keeps_its_letter_and_a_duty_is_started_where_it_stands() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        first = {text[5:30]: text[0] for text in shown(listed(keyboard.app.screen, "actions")) if text[:1].strip()}
        owed = next(text for text in shown(listed(keyboard.app.screen, "actions")) if "Confirm" in text)
        assert owed.startswith("a  ! Confirm that it is an incident  due by 09:40:31: Judge the report")
        await keyboard.press("3", "enter")
        assert isinstance(top(keyboard), ChooseScreen)
        assert "What ends this duty?" in screen_text(keyboard)
        await keyboard.press("end", "enter")
        assert isinstance(top(keyboard), DetailScreen)
        assert "Ends with" in screen_text(keyboard)
        await keyboard.press("escape", "enter", "enter")
        assert isinstance(top(keyboard), FormScreen)
        await keyboard.press(*"ours", "ctrl+s")
        then = {text[5:30]: text[0] for text in shown(listed(keyboard.app.screen, "actions")) if text[:1].strip()}
        assert then["Grade the failure  due by"] not in first.values()
        assert all(first[title] == letter for title, letter in then.items() if title in first)
        await keyboard.press("3", "enter")
        assert isinstance(top(keyboard), FormScreen), "one action ends it: its form opens at once"


@in_loop
async def test_escape_shows_all_of_the_log_first_and_what_comes_below_the_cursor_is_counted() -> None:
    async with running(at_table(roles=BOTH, prepare=judged), LARGE) as keyboard:
        line = keyboard.app.screen.query_one(FilterLine)
        await keyboard.press("4", "f", "escape")
        assert "Shown: everything" in line.said
        await keyboard.press("slash", *"due", "enter")
        assert "due" in line.said
        await keyboard.press("escape")
        assert isinstance(top(keyboard), TableScreen)
        log = listed(keyboard.app.screen, "log")
        await keyboard.press("up")
        before = len(log.lines)
        await keyboard.press("space", "space")
        assert log.cursor < len(log.lines) - 1
        assert f"{len(log.lines) - before} new below" in line.said
        await keyboard.press("end")
        assert "new below" not in line.said
        await keyboard.press("space", "space")
        assert log.cursor == len(log.lines) - 1, "at the end it follows again"


@in_loop
async def test_the_list_of_players_says_for_whom_something_waits() -> None:
    async with running(at_table(roles=BOTH, mode="hot_seat", prepare=judged)) as keyboard:
        await keyboard.press("x")
        choices = shown(listed(keyboard.app.screen, "choices"))
        people = table(keyboard.app).view.people
        assert any(person.unread for person in people)
        for person in people:
            (text,) = [text for text in choices if person.name in text]
            assert (f"{person.unread} unread" in text) == bool(person.unread)
            assert ("dut" in text) == bool(person.owed)


@in_loop
async def test_live_time_passes_while_a_form_is_filled_in_and_an_action_costs_no_more() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        at = table(keyboard.app)
        await keyboard.press("t", "a", *"ours")
        at.seat.set_pacing(replace(at.view.pacing, paused=False))
        now = session_of(at).now
        at._tick()
        assert session_of(at).now == now + 500
        at.seat.set_pacing(replace(at.view.pacing, paused=True))
        await keyboard.press("ctrl+s")
        assert session_of(at).now <= now + 1_000
        assert session_of(at).exercise.state.incidents["leak"].tracks["lifecycle"] == "confirmed"


@in_loop
async def test_what_another_hand_does_at_the_seat_is_on_screen_at_once() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        at = table(keyboard.app)
        before = len(listed(at, "log").lines)
        at.seat.act(key_of(at, "confirm"), {"reasons": "It is ours."})
        await keyboard.settle()
        assert len(listed(at, "log").lines) > before
        assert "Confirm" in news(keyboard) or "(+" in news(keyboard)


@in_loop
async def test_an_exercise_that_is_over_says_so_and_leads_to_the_debrief() -> None:
    async with running(at_table(prepare=over)) as keyboard:
        assert "· over ·" in head(keyboard)
        assert "The exercise is over" in news(keyboard)
        await keyboard.press("2")
        assert "nothing can be done any more" in screen_text(keyboard)
        await keyboard.press("space", "w", "t")
        assert isinstance(top(keyboard), TableScreen)
        await keyboard.press("d")
        assert not isinstance(top(keyboard), TableScreen)


@in_loop
async def test_a_session_without_a_record_has_no_record_to_show() -> None:
    service = service_on(MemoryStore())
    session = service.exercises.open_session("number-masking-leak", session_on(service).seats, record=False)
    over(session)
    async with running(app_on(service, start=lambda app: open_table(app, session))) as keyboard:
        await keyboard.press("r", "d")
        assert isinstance(top(keyboard), TableScreen)
        assert news(keyboard) == "■ Over."
        await keyboard.press("escape")


@in_loop
async def test_switching_the_language_keeps_the_pane_and_the_cursors() -> None:
    async with running(at_table(roles=BOTH, prepare=judged), LARGE) as keyboard:
        at = table(keyboard.app)
        await keyboard.press("4", "up", "up", "2", "down", "down", "1", "down")
        before = {name: listed(at, name).name_at_cursor for name in ("inbox", "actions", "duties", "log")}
        await keyboard.press("ctrl+l")
        assert "中间号背后的真实号码" in screen_text(keyboard)
        assert {name: listed(at, name).name_at_cursor for name in before} == before
        assert here(keyboard) == "inbox"
        await keyboard.press("ctrl+l")
        await keyboard.resize(*SMALL)
        assert {name: listed(at, name).name_at_cursor for name in before} == before
        assert here(keyboard) == "inbox"


@in_loop
async def test_where_the_record_fails_the_run_is_taken_up_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        at = table(keyboard.app)
        known, session = list(session_of(at).facts), session_of(at)

        def fail(*_args: object) -> None:
            raise SurroundingsError("The disk is full.")

        assert session._recorder is not None
        monkeypatch.setattr(session._recorder, "record", fail)
        await keyboard.press("a", *"ours", "ctrl+s")
        assert session_of(at) is not session
        assert list(session_of(at).facts) == known
        await keyboard.press("a", "end", "!")
        assert "ours!" in screen_text(keyboard), "what was typed is still there"
        await keyboard.press("ctrl+s")
        assert len(session_of(at).facts) > len(known)


@in_loop
async def test_notices_never_pile_up_over_the_time() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        at = table(keyboard.app)
        for number in range(5):
            at.say(f"{number} " + "long " * 500, wrong=True)
            await keyboard.settle()
        assert len(keyboard.app._notifications) == 1
        assert head(keyboard)[:16] in screen_text(keyboard)


@in_loop
async def test_escape_goes_home_and_lets_go_of_the_run() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        session = session_at(keyboard.app)
        await keyboard.press("escape")
        assert not isinstance(top(keyboard), TableScreen)
        again = keyboard.app.service.exercises.take_up(session.run or "")
        assert list(again.facts) == list(session.facts)


@in_loop
async def test_the_console_and_the_question_of_seats_are_only_there_where_they_belong() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("v", "x", "n", "p", "d")
        assert isinstance(top(keyboard), TableScreen)
    async with running(at_table(mode="facilitated", prepare=reported)) as keyboard:
        await keyboard.press("v")
        assert isinstance(top(keyboard), ConsoleScreen)


@in_loop
async def test_a_question_keeps_what_was_typed_through_the_language() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("slash", *"ab", "ctrl+l", *"c")
        screen = top(keyboard)
        assert isinstance(screen, AskScreen)
        await keyboard.press("enter")
        assert table(keyboard.app).query_one(LogPane).search == "abc"


@pytest.mark.parametrize("keys", [TableScreen.BINDINGS, ConsoleScreen.BINDINGS], ids=["table", "console"])
def test_no_key_stands_for_two_actions(keys: list[Binding]) -> None:
    """Whoever has keys of their own in the settings could not start the program."""
    pressed = [key for binding in keys for key in binding.key.split(",")]
    assert len(set(pressed)) == len(pressed)
