"""The facilitator's console: planned against actual, every intervention, and spoilers nowhere else."""

from incidentsim.domain.facts import Fact, MessageAct
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.session.reading.inject_plan import plan
from incidentsim.session.session import Session
from incidentsim.tui.console.new_inject import AddScreen
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.message.screen import WriteScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.inputs import MultilineInput
from incidentsim.tui.widgets.text import Words
from tests.support.at_the_table import (
    NASTY,
    in_loop,
    listed,
    reported,
    screen_text,
    session_at,
    session_of,
    shown,
    table,
)
from tests.support.facts import on_record
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, at_table


def facilitated(session: Session) -> None:
    reported(session)


def top(keyboard: Keyboard) -> object:
    return keyboard.app.screen


def of_kind(keyboard: Keyboard, kind: str) -> list[Fact]:
    return [fact for fact in session_at(keyboard.app).facts if fact.kind == kind]


def at_inject(keyboard: Keyboard, name: str) -> None:
    found = listed(keyboard.app.screen, "plan")
    found.cursor = next(place for place, one in enumerate(found.lines) if one.name == name)


def to_come(keyboard: Keyboard) -> str:
    return next(one.inject.id for one in plan(session_at(keyboard.app)) if one.standing == "planned")


@in_loop
async def test_planned_stands_beside_actual_and_the_truth_is_told() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated), LARGE) as keyboard:
        await keyboard.press("v")
        assert isinstance(top(keyboard), ConsoleScreen)
        text = screen_text(keyboard)
        for expected in ("planned", "actual", "came", "to come", "What really happened"):
            assert expected in text
        await keyboard.press("enter")
        assert isinstance(top(keyboard), DetailScreen)
        await keyboard.press("escape", "v")
        assert isinstance(top(keyboard), TableScreen)
        assert "What really happened" not in screen_text(keyboard)


@in_loop
async def test_an_inject_is_released_now() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v")
        name, now = to_come(keyboard), session_at(keyboard.app).now
        at_inject(keyboard, name)
        await keyboard.press("r")
        assert "Let this inject come now?" in screen_text(keyboard)
        await keyboard.press("enter")
        assert not [one for one in plan(session_at(keyboard.app)) if one.inject.id == name and one.came is not None]
        await keyboard.press("r", "up", "enter")
        came = next(one for one in plan(session_at(keyboard.app)) if one.inject.id == name)
        assert came.standing == "delivered"
        assert came.came == now
        assert "earlier" in "".join(shown(listed(keyboard.app.screen, "plan")))
        await keyboard.press("r", "up", "enter")
        assert len([fact for fact in of_kind(keyboard, "inject_delivered") if on_record(fact)["inject"] == name]) == 1


@in_loop
async def test_an_inject_is_left_out() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v")
        name = to_come(keyboard)
        at_inject(keyboard, name)
        await keyboard.press("s", "enter")
        assert not of_kind(keyboard, "inject_skipped"), "it is asked first"
        await keyboard.press("s", "up", "enter")
        assert [on_record(fact)["inject"] for fact in of_kind(keyboard, "inject_skipped")] == [name]
        assert any("left out" in one for one in shown(listed(keyboard.app.screen, "plan")))


@in_loop
async def test_an_inject_is_delayed_by_minutes() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v")
        name = to_come(keyboard)
        due = next(one.due for one in plan(session_at(keyboard.app)) if one.inject.id == name)
        assert due is not None
        at_inject(keyboard, name)
        await keyboard.press(
            "m", "backspace", "backspace", *"many", "enter", *("backspace",) * 4, *"25", "enter"
        )  # what is no number is said, and asked for again
        assert [on_record(fact)["due"] for fact in of_kind(keyboard, "inject_moved")] == [due + 25 * MINUTE]


@in_loop
async def test_an_inject_is_added_and_reaches_people_at_once() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v", "a")
        assert isinstance(top(keyboard), AddScreen)
        await keyboard.press("ctrl+s")
        assert isinstance(top(keyboard), AddScreen), "something is missing"
        await keyboard.press("space", "tab", "down", "space", "tab", "tab", *"Hello", "tab", *"It is me")
        await keyboard.paste(NASTY)
        await keyboard.press("ctrl+l", "escape", "a")
        assert keyboard.app.screen.query_one(MultilineInput).text.startswith("It is me")
        assert keyboard.app.screen.query_one("#to", Choices).chosen == ["response_team"]
        await keyboard.press("ctrl+s", "ctrl+l")
        added = of_kind(keyboard, "inject_added")
        assert len(added) == 1
        assert not session_at(keyboard.app).workspace.under("draft/inject")
        await keyboard.press("space", "v", "1", "home")
        assert "Hello" in screen_text(keyboard)
        assert "\x1b" not in screen_text(keyboard)


@in_loop
async def test_a_note_is_tied_to_the_fact_in_the_log() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v", "tab", "home", "down", "o")
        assert "tied to: #1" in screen_text(keyboard)
        await keyboard.press(*"slo", "escape")
        assert not of_kind(keyboard, "observed")
        await keyboard.press("o", "w", "ctrl+s")
        (note,) = of_kind(keyboard, "observed")
        assert on_record(note)["about"] == 1
        assert "slow" in str(on_record(note)), "what was typed is kept when it is left"
        await keyboard.press("o", "enter")
        assert len(of_kind(keyboard, "observed")) == 1, "an empty note is none"


@in_loop
async def test_undoing_needs_a_reason_and_deletes_nothing() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v")
        before = len(session_at(keyboard.app).facts)
        await keyboard.press("u", "enter")
        assert not of_kind(keyboard, "step_undone")
        await keyboard.press("u", *"wrong", "enter")
        assert len(of_kind(keyboard, "step_undone")) == 1
        assert len(session_at(keyboard.app).facts) == before + 1
        assert any("undone:" in one for one in shown(listed(keyboard.app.screen, "log")))


@in_loop
async def test_nothing_to_undo_is_said() -> None:
    async with running(at_table(roles=(), mode="facilitated")) as keyboard:
        await keyboard.press("v", "u")
        assert isinstance(top(keyboard), ConsoleScreen)
        assert len(keyboard.app._notifications) == 1


@in_loop
async def test_the_very_next_thing_happens() -> None:
    async with running(at_table(roles=(), mode="facilitated")) as keyboard:
        await keyboard.press("v", "space")
        first = len(session_at(keyboard.app).facts)
        await keyboard.press("space")
        assert len(session_at(keyboard.app).facts) > first > 0


@in_loop
async def test_the_clock_is_paused_from_the_console_and_goes_on_behind_it() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        at = table(keyboard.app)
        await keyboard.press("t", "p", "v")
        now = session_of(at).now
        at._tick()
        assert session_of(at).now == now + 500
        await keyboard.press("p")
        assert "PAUSED" in keyboard.app.screen.query_one("#head", Words).said
        at._tick()
        assert session_of(at).now == now + 500


@in_loop
async def test_the_exercise_is_closed_early_only_if_that_is_meant() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated)) as keyboard:
        await keyboard.press("v", "ctrl+e")
        assert isinstance(top(keyboard), ChooseScreen)
        await keyboard.press("enter")
        assert not session_at(keyboard.app).ended
        await keyboard.press("ctrl+e", "up", "enter")
        assert session_at(keyboard.app).ended
        await keyboard.press("r", "s", "m", "a", "o", "u", "space")
        assert isinstance(top(keyboard), ConsoleScreen)


@in_loop
async def test_the_console_speaks_the_other_language_and_its_cursors_stay() -> None:
    async with running(at_table(mode="facilitated", prepare=facilitated), LARGE) as keyboard:
        await keyboard.press("v", "home", "down", "tab", "up")
        before = [listed(keyboard.app.screen, name).name_at_cursor for name in ("plan", "log")]
        await keyboard.press("ctrl+l")
        assert "中间号背后的真实号码" in screen_text(keyboard)
        await keyboard.press("enter", "ctrl+l", "escape")
        assert [listed(keyboard.app.screen, name).name_at_cursor for name in ("plan", "log")] == before
        await keyboard.press("o")
        assert isinstance(top(keyboard), AskScreen)


@in_loop
async def test_the_facilitator_writes_as_whoever_was_asked_and_nobody_plays() -> None:
    def asking(session: Session) -> None:
        facilitated(session)
        client = next(one.pseudonym for one in session.exercise.scenario.people.values() if one.id == "client")
        session.say(Say("p2", MessageAct.ASK, (client,), "phone", "leak", text=FreeText("What do you see?")))

    async with running(at_table(mode="facilitated", prepare=asking), LARGE) as keyboard:
        await keyboard.press("v", "w")
        screen = top(keyboard)
        assert isinstance(screen, WriteScreen)
        assert "Message from Client desk of Lupan Rides" in screen_text(keyboard)
        assert "asked, and has not answered" in screen_text(keyboard)
        question = on_record(of_kind(keyboard, "message_sent")[-1])["number"]  # the report came before it
        assert [one.number for one in screen.form.open] == [question]
        screen.query_one("#field-act", Choices).offer([("answer", "Answer")], ["answer"])
        screen._written.update({"act": "answer", "answers": str(question), "to": ["p2"], "text": "Strange numbers."})
        await keyboard.press("ctrl+s")
        assert isinstance(top(keyboard), ConsoleScreen)
        answer = of_kind(keyboard, "message_sent")[-1]
        assert (on_record(answer)["act"], on_record(answer)["answers"]) == ("answer", question)
        assert on_record(answer)["by"] == {"person": screen.form.person, "role": "customer"}
        assert not session_at(keyboard.app).workspace.under("draft/message")
