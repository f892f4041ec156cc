"""Files that came with a message: read in a dialog, as they are and as no markup, and saved where somebody says."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from incidentsim.domain.attachments import AttachedFile, Attachment, AttachmentKind
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText, Language
from incidentsim.ledger.digests import digest
from incidentsim.session.session import Session
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.message.reading import ReadScreen
from incidentsim.tui.table.attached import AttachmentScreen
from tests.support.at_the_table import NASTY, in_loop, listed, screen_text, table
from tests.support.attaching import png
from tests.support.keyboard import running
from tests.support.screens import SMALL, at_table

ROLES = ("discoverer",)


def first_came(session: Session) -> None:
    session.go_on()


def two_came(session: Session) -> None:
    """The first inject comes with a text that is nasty, and with a picture."""
    exercise = session.exercise
    words, picture = NASTY.encode(), png(800, 600)
    files = (
        AttachedFile("nasty.txt", AttachmentKind.TEXT, digest(words), words),
        AttachedFile("plan.png", AttachmentKind.PNG, digest(picture), picture),
    )
    first, *others = exercise.scenario.injects
    told = replace(first, attachments=tuple(Attachment(file, file) for file in files))
    exercise.scenario = replace(exercise.scenario, injects=(told, *others))
    exercise.state._injects[told.id] = told
    session.go_on()


@pytest.mark.parametrize(("language", "words"), [("en", "INVENTED FOR AN EXERCISE"), ("zh", "本日志为演练虚构")])
@in_loop
async def test_a_text_is_read_and_saved(language: Language, words: str, tmp_path: Path) -> None:
    async with running(at_table(language, roles=ROLES, prepare=first_came), size=SMALL) as keyboard:
        name = f"audit-probe-{language}.log"
        await keyboard.press("1")
        assert name in screen_text(keyboard)
        await keyboard.press("enter")
        assert name in screen_text(keyboard)
        await keyboard.press("t")
        assert isinstance(keyboard.app.screen, AttachmentScreen)
        assert words in screen_text(keyboard)
        await keyboard.press("s")
        asking = keyboard.app.screen
        assert isinstance(asking, AskScreen)
        (tmp_path / "mine.log").write_bytes(b"mine")
        await keyboard.press("ctrl+u")
        await keyboard.type(str(tmp_path / "mine.log"))
        await keyboard.press("enter")
        again = keyboard.app.screen
        assert isinstance(again, AskScreen), "it is asked again, with what was typed"
        assert again.query_one(Input).value == str(tmp_path / "mine.log")
        again.query_one(Input).value = str(tmp_path / "kept.log")
        await keyboard.press("enter")
        at = table(keyboard.app)
        number = at.view.inbox[0].number
        assert (tmp_path / "kept.log").read_bytes() == at.seat.attachment(number, 0, at.shell.language).data
        await keyboard.press("escape")
        assert isinstance(keyboard.app.screen, ReadScreen)


@in_loop
async def test_of_several_one_is_chosen_and_nothing_in_it_is_markup() -> None:
    async with running(at_table(roles=ROLES, prepare=two_came), size=SMALL) as keyboard:
        await keyboard.press("1", "enter", "t")
        assert isinstance(keyboard.app.screen, ChooseScreen)
        assert "PNG picture, 800 × 600 pixels" in screen_text(keyboard)
        await keyboard.press("enter")
        text = screen_text(keyboard)
        assert "[bold]x[/] [@click=app.quit]y[/]" in text
        assert not {"\x1b", "\u202e"} & set(text)
        await keyboard.press("escape", "t", "down", "enter")
        assert "This is no text. Save it" in screen_text(keyboard)
        assert digest(png(800, 600))[:30] in screen_text(keyboard)


@in_loop
async def test_where_nothing_came_with_a_message_no_key_is_offered() -> None:
    def asked(session: Session) -> None:
        session.go_on()
        session.say(Say("p4", MessageAct.ASK, ("p1",), "chat", "leak", text=FreeText("How many?")))

    async with running(at_table(roles=ROLES, prepare=asked), size=SMALL) as keyboard:
        await keyboard.press("1")
        inbox = listed(table(keyboard.app), "inbox")
        inbox.cursor = next(n for n, message in enumerate(reversed(table(keyboard.app).view.inbox)) if message.message)
        await keyboard.press("enter")
        reading = keyboard.app.screen
        assert isinstance(reading, ReadScreen)
        assert "How many?" in screen_text(keyboard)
        assert "Attachments" not in screen_text(keyboard)
        await keyboard.press("t")
        assert keyboard.app.screen is reading
