"""Writing messages at the table: what each act asks for, what is sent, and that nothing written is lost."""

import pytest

from incidentsim.domain.facts import FACILITATOR, FactKind, MessageAct, MessageSent
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.session.session import Session
from incidentsim.tui.message.fields import NAMES
from incidentsim.tui.message.reading import ReadScreen
from incidentsim.tui.message.screen import WriteScreen
from incidentsim.tui.message.start import starts
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.inputs import MultilineInput, TextInput
from tests.support.at_the_table import BOTH, NASTY, in_loop, listed, reported, screen_text, session_at, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import SMALL, at_table

LEAD, ADMINISTRATOR = "p2", "p4"
LEAD_ROLE = "response_team_lead"


def asked(session: Session) -> None:
    """The lead was asked something by the security administrator, whom nobody plays."""
    reported(session)
    session.say(Say(ADMINISTRATOR, MessageAct.ASK, (LEAD,), "chat", "leak", text=FreeText("How many are affected?")))


def told_more(session: Session) -> None:
    """An inject has come to the lead, after the report."""
    reported(session)
    session.go_on()


def writing(keyboard: Keyboard) -> WriteScreen:
    screen = keyboard.app.screen
    assert isinstance(screen, WriteScreen)
    return screen


def choices(screen: WriteScreen, name: str) -> Choices:
    return screen.query_one(f"#field-{name}", Choices)


def in_view(screen: WriteScreen) -> list[str]:
    return [name for name in NAMES if screen.query_one(f"#field-{name}").display]


def state(screen: WriteScreen) -> str:
    return str(screen.query_one("#state").render())


def sent(keyboard: Keyboard) -> MessageSent:
    return [fact for fact in session_at(keyboard.app).facts if isinstance(fact, MessageSent)][-1]


async def choose(keyboard: Keyboard, name: str, *values: str) -> None:
    """Choose these in a list as people do: with the cursor on each and the space bar."""
    found = choices(writing(keyboard), name)
    found.focus()
    await keyboard.settle()
    for value in values:
        found.cursor = next(place for place, drawn in enumerate(found.lines) if drawn.name == value)
        await keyboard.press("space")


@in_loop
async def test_people_are_asked_by_keys_alone() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        before = len(session_at(keyboard.app).facts)
        await keyboard.press("W", "down", "space", "tab", "down", "space", "tab")
        await keyboard.type("Who knows more?")
        await keyboard.press("enter")
        await keyboard.type("Please hurry.")
        await keyboard.press("ctrl+s")
        assert keyboard.app.screen is table(keyboard.app)
        message = sent(keyboard)
        assert (message.act, message.to, message.by.person) == (MessageAct.ASK, (FACILITATOR,), LEAD)
        assert message.text == FreeText("Who knows more?\nPlease hurry.")
        assert session_at(keyboard.app).facts[before].kind == FactKind.MESSAGE_SENT
        assert table(keyboard.app).seat.workspace.under("draft/message") == {}


@pytest.mark.parametrize("act", MessageAct)
@in_loop
async def test_only_what_the_act_needs_is_in_view_and_what_is_missing_is_said(act: MessageAct) -> None:
    async with running(at_table(prepare=asked)) as keyboard:
        await keyboard.press("W")
        if act is not MessageAct.INFORM:
            await choose(keyboard, "act", act.value)
        there = set(in_view(writing(keyboard)))
        assert {"act", "to", "text", "channel", "quotes"} <= there
        assert "person" not in there, "nobody else is at the keyboard"
        assert ("answers" in there) == (act is MessageAct.ANSWER)
        assert ({"do", "due"} <= there) == ({"do", "due"} & there != set()) == (act is MessageAct.ORDER)
        assert ("findings" in there) == (act is not MessageAct.ASK)
        before = len(session_at(keyboard.app).facts)
        await keyboard.press("ctrl+s")
        assert "To whom?" in state(writing(keyboard))
        assert len(session_at(keyboard.app).facts) == before


@in_loop
async def test_a_question_in_the_inbox_is_answered_with_its_sender_and_channel_chosen() -> None:
    async with running(at_table(prepare=asked)) as keyboard:
        number = table(keyboard.app).view.inbox[-1].number
        await keyboard.press("1", "enter")
        assert isinstance(keyboard.app.screen, ReadScreen)
        await keyboard.press("a")
        await keyboard.type("Nobody so far.")
        await keyboard.press("ctrl+s")
        question = session_at(keyboard.app).facts[number]
        assert isinstance(question, MessageSent)
        message = sent(keyboard)
        assert (message.act, message.answers, message.to) == (MessageAct.ANSWER, question.number, (ADMINISTRATOR,))
        assert (message.channel, message.incident) == (question.channel, "leak")


@in_loop
async def test_what_a_message_says_is_shown_and_does_nothing_where_it_can_be_quoted() -> None:
    def nasty(session: Session) -> None:
        reported(session)
        session.say(Say(ADMINISTRATOR, MessageAct.ASK, (LEAD,), "chat", "leak", text=FreeText(NASTY)))

    async with running(at_table(prepare=nasty), size=SMALL) as keyboard:
        await keyboard.press("1", "enter", "f")
        choices(writing(keyboard), "quotes").focus()
        await keyboard.settle()
        text = screen_text(keyboard)
        assert "[bold]x[/]" in text
        assert not {"\x1b", "\u202e"} & set(text)


@in_loop
async def test_an_inject_can_be_forwarded_and_not_answered() -> None:
    async with running(at_table(prepare=told_more)) as keyboard:
        at = table(keyboard.app)
        came = next(message for message in at.view.inbox if message.inject)
        assert [start.act for start in starts(at.seat, came.number, "en")] == [MessageAct.FORWARD]
        await keyboard.press("1")
        inbox = listed(at, "inbox")
        inbox.cursor = next(place for place, drawn in enumerate(inbox.lines) if drawn.name == str(came.number))
        await keyboard.press("enter", "a")
        assert isinstance(keyboard.app.screen, ReadScreen), "there is no message to answer"
        await keyboard.press("f")
        await choose(keyboard, "to", ADMINISTRATOR)
        await keyboard.press("ctrl+s")
        assert (sent(keyboard).act, sent(keyboard).injects) == (MessageAct.FORWARD, (came.inject,))


@in_loop
async def test_an_order_names_its_step_and_time_and_tells_figures() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("W")
        screen = writing(keyboard)
        await choose(keyboard, "act", "order")
        await choose(keyboard, "to", ADMINISTRATOR)
        await choose(keyboard, "do", screen.form.steps[0].value)
        screen.query_one("#field-due", TextInput).value = "soon"
        screen.query_one("#field-findings", TextInput).value = "x=1"
        await keyboard.press("ctrl+s")
        assert "x" in str(screen.query_one("#ask-findings").render())
        assert "whole number" in str(screen.query_one("#ask-due").render())
        measure = next(option for option in screen.form.measures if option.unit == "count")
        screen.query_one("#field-due", TextInput).value = "30"
        screen.query_one("#field-findings", TextInput).value = f"{measure.value}=7"
        now = session_at(keyboard.app).now
        await keyboard.press("ctrl+s")
        message = sent(keyboard)
        assert (message.do, message.due) == (screen.form.steps[0].value, now + 30 * MINUTE)
        assert message.measures == {measure.value: 7}


@in_loop
async def test_what_the_exercise_does_not_take_is_said_in_the_dialog_and_a_draft_is_kept() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("W")
        await choose(keyboard, "to", ADMINISTRATOR)
        await keyboard.press("ctrl+s")
        assert "the message is empty" in state(writing(keyboard))
        writing(keyboard).query_one("#field-text", MultilineInput).focus()
        await keyboard.type("Wait")
        assert "the message is empty" not in state(writing(keyboard))
        await keyboard.press("ctrl+l", "escape", "W")
        screen = writing(keyboard)
        assert choices(screen, "to").chosen == [ADMINISTRATOR]
        assert screen.query_one("#field-text", MultilineInput).text == "Wait"
        assert "哪一类消息" in str(screen.query_one("#ask-act").render())


@in_loop
async def test_where_several_are_at_the_keyboard_it_is_said_who_writes() -> None:
    async with running(at_table(roles=BOTH, prepare=reported), size=SMALL) as keyboard:
        await keyboard.press("W")
        screen = writing(keyboard)
        assert in_view(screen)[0] == "person"
        await choose(keyboard, "person", ADMINISTRATOR)
        assert ADMINISTRATOR not in [name for name, _title in choices(screen, "to")._options]
        await keyboard.press("space")
        assert choices(screen, "person").chosen == [ADMINISTRATOR], "somebody always writes"
        await choose(keyboard, "to", LEAD)
        screen.query_one("#field-text", MultilineInput).focus()
        await keyboard.type("It is us")
        assert "It is us" in screen_text(keyboard)
        await keyboard.press("ctrl+s")
        assert (sent(keyboard).by.person, sent(keyboard).to) == (ADMINISTRATOR, (LEAD,))


@in_loop
async def test_whoever_holds_several_roles_chooses_in_which_one_they_write() -> None:
    roles = ("information_security_supervisor", LEAD_ROLE)
    async with running(at_table(roles=roles, prepare=reported)) as keyboard:
        await keyboard.press("W")
        screen = writing(keyboard)
        sender = "p2" if "role" not in in_view(screen) else str(screen.form.person)
        people = {person.pseudonym: len(person.roles) for person in table(keyboard.app).view.at_keyboard}
        assert ("role" in in_view(screen)) is (people[sender] > 1)
        several = next(who for who, count in people.items() if count > 1)
        await choose(keyboard, "person", several)
        assert "role" in in_view(screen)
        held = [option.value for option in screen.form.roles]
        assert choices(screen, "role").chosen == [held[0]], "one of them is always meant"
        await choose(keyboard, "role", held[1])
        await choose(keyboard, "to", ADMINISTRATOR)
        screen.query_one("#field-text", MultilineInput).focus()
        await keyboard.settle()
        await keyboard.type("It goes on.")
        await keyboard.press("ctrl+s")
        assert (sent(keyboard).by.person, sent(keyboard).by.role) == (several, held[1])
        await keyboard.press("W")
        other = next(who for who in people if who != several)
        await choose(keyboard, "person", other)
        assert "role" not in in_view(writing(keyboard))
