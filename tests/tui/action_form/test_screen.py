"""Forms: a widget for every kind of field, checked as it is filled in, and never losing what was typed."""

import pytest
from textual.containers import VerticalScroll

from incidentsim.domain.facts import FactKind
from incidentsim.domain.text import Language
from incidentsim.session.form_view import ActionKey
from incidentsim.session.forms import blanks
from incidentsim.session.reading.reader import step_id
from incidentsim.session.session import Session
from incidentsim.tui.action_form.measures import Measures
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.table_opening import open_table
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.inputs import MultilineInput
from incidentsim.tui.widgets.text import Words
from tests.support.at_the_table import (
    BOTH,
    NASTY,
    confirmation,
    in_loop,
    judged,
    key_of,
    offer_of,
    reported,
    screen_text,
    session_at,
    session_of,
    shown,
    table,
)
from tests.support.facts import on_record
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, SMALL, at_table


def confirmed(session: Session) -> None:
    reported(session)
    session.act(confirmation())


def form(keyboard: Keyboard) -> FormScreen:
    screen = keyboard.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def opened(keyboard: Keyboard, do: str) -> FormScreen:
    """The form of a step at the table, whether it is its turn or not."""
    at = table(keyboard.app)
    keyboard.app.push_screen(FormScreen(at.seat, key_of(at, do), at.shell.language), at.take)
    await keyboard.settle()
    return form(keyboard)


def field(screen: FormScreen, name: str) -> Choices:
    return screen.query_one(f"#field-{name}", Choices)


def writing(screen: FormScreen, name: str) -> MultilineInput:
    return screen.query_one(f"#field-{name}", MultilineInput)


def state(screen: FormScreen) -> str:
    return str(screen.query_one("#state").render())


def beside(screen: FormScreen, name: str) -> str:
    return str(screen.query_one(f"#ask-{name}").render())


@in_loop
async def test_an_action_is_filled_in_and_sent() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("a")
        screen = form(keyboard)
        assert "Still to be filled in: reasons" in state(screen)
        assert "needed" in beside(screen, "reasons")
        await keyboard.type("It is ours")
        assert "✓ filled in" in beside(screen, "reasons")
        assert "Ready to send" in state(screen)
        await keyboard.press("ctrl+s")
        facts = session_at(keyboard.app).facts
        taken = next(fact for fact in reversed(facts) if fact.kind == FactKind.STEP_TAKEN)
        assert on_record(taken)["do"] == "confirm"
        assert "It is ours" in str(on_record(taken)["with"])


@in_loop
async def test_what_is_missing_is_said_first_and_a_refusal_goes_on_record_only_if_that_is_meant() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("a", "ctrl+s")
        assert "✕" in beside(form(keyboard), "reasons")
        before = len(session_at(keyboard.app).facts)
        await keyboard.press("ctrl+s", "ctrl+s", "enter")
        assert len(session_at(keyboard.app).facts) == before, "keys pressed twice put nothing on record"
        await keyboard.press("f2", "up", "enter")
        new = session_at(keyboard.app).facts[before:]
        assert any(fact.kind == FactKind.REFUSED and on_record(fact)["why"] == "content" for fact in new)
        assert keyboard.app.screen is table(keyboard.app)


@in_loop
async def test_a_level_and_several_measures_are_chosen_by_keys() -> None:
    async with running(at_table(prepare=confirmed)) as keyboard:
        await keyboard.press("c")
        screen = form(keyboard)
        assert shown(field(screen, "level"))[0] == "( ) Level 1 (catastrophic)"
        await keyboard.press("down", "space", "tab", "space", "down", "enter", "tab", *"so")
        assert field(screen, "level").chosen == ["2"]
        assert field(screen, "criteria").chosen == ["users_affected", "users_affected_percent"]
        assert shown(field(screen, "level"))[1].startswith("(•)")
        await keyboard.press("shift+tab", "space")
        assert field(screen, "criteria").chosen == ["users_affected"]
        await keyboard.press("ctrl+s")
        assert session_at(keyboard.app).exercise.state.incidents["leak"].level == 2


@in_loop
async def test_one_choice_takes_the_place_of_another_and_a_click_is_enough() -> None:
    async with running(at_table(roles=BOTH, prepare=judged), LARGE) as keyboard:
        screen = await opened(keyboard, "propose_penalty")
        kinds = field(screen, "responsible_kind")
        await keyboard.press("space", "down", "space")
        assert kinds.chosen == ["institution"]
        await keyboard.press("space")
        assert kinds.chosen == []
        await keyboard.click(kinds.region.x + 4, kinds.region.y)
        assert kinds.chosen == ["individual"]
        penalties = field(screen, "penalties")
        await keyboard.click(penalties.region.x + 4, penalties.region.y + 1)
        await keyboard.click(penalties.region.x + 4, penalties.region.y + 3)
        assert len(penalties.chosen) == 2


@in_loop
async def test_a_person_is_chosen_by_name_and_found_by_typing() -> None:
    async with running(at_table(roles=BOTH, prepare=judged), LARGE) as keyboard:
        screen = await opened(keyboard, "propose_penalty")
        people = field(screen, "subject")
        people.focus()
        await keyboard.settle()
        assert people.findable
        await keyboard.type("luo")
        assert [one.name is not None for one in people.lines] == [False, True]
        assert "Found by “luo”: 1" in shown(people)[0]
        chosen = list(people.chosen)
        await keyboard.press("space", "j")
        assert "Found by “luo j”: 1" in shown(people)[0], "a space is part of what is looked for"
        assert people.chosen == chosen
        await keyboard.press("backspace", "backspace")
        await keyboard.press("enter")
        assert len(people.chosen) == 1
        await keyboard.press("escape")
        assert form(keyboard) is screen, "Escape widens the list first"
        assert len(people.lines) > 10
        await keyboard.press("x", "x", "x", "backspace", "backspace", "backspace")
        assert len(people.lines) > 10


@in_loop
async def test_long_lists_stand_under_headings_and_what_runs_comes_first() -> None:
    async with running(at_table(roles=(*BOTH, "legal_counsel"), prepare=judged)) as keyboard:
        screen = await opened(keyboard, "file_report")
        clocks = field(screen, "clock")
        lines = [text for text in shown(clocks) if not text.startswith(" ")]
        assert lines[1] == "Running now"
        assert clocks.lines[2].name == "cn-cac-police"
        assert lines[2].endswith("internal target only"), "where it stands"
        assert "the law gives no number" in shown(clocks)[3], "by when"
        assert lines[3] == "Mainland China", "the law that the organisation declares"
        assert sum(one.name is not None for one in clocks.lines) == 73
        await keyboard.press("escape")
        screen = await opened(keyboard, "judge_statutory_level")
        headings = [
            text
            for text, one in zip(shown(field(screen, "judgement")), field(screen, "judgement").lines, strict=True)
            if one.name is None and not text.startswith(" ")
        ]
        assert len(headings) == 6
        await keyboard.press("space")
        assert field(screen, "judgement").chosen == ["cn_cac_2025:particularly_major"]


@in_loop
async def test_measures_take_a_number_each_or_yes_and_no() -> None:
    async with running(at_table(roles=BOTH, prepare=judged)) as keyboard:
        screen = await opened(keyboard, "record_legal_facts")
        facts = screen.query_one(Measures)
        await keyboard.type("persons_affected")
        await keyboard.press("enter")
        assert isinstance(keyboard.app.screen, AskScreen)
        await keyboard.press(*"12x", "enter")
        assert facts.chosen == []
        assert isinstance(keyboard.app.screen, AskScreen), "it says what is wrong, and what was typed stays"
        await keyboard.press(*["backspace"] * 3, *"1200", "enter")
        assert facts.chosen == ["persons_affected=1200"]
        assert any("concerned: 1200" in one for one in shown(facts))
        await keyboard.press("escape")
        flag = next(name for name, unit in facts._units.items() if unit == "flag")
        place = next(index for index, one in enumerate(facts.lines) if one.name == flag)
        facts.cursor = place
        for wanted in (f"{flag}=1", f"{flag}=0", None):
            await keyboard.press("enter")
            assert (wanted in facts.chosen) is (wanted is not None)
        lasting = next(name for name, unit in facts._units.items() if unit == "duration")
        facts.cursor = next(index for index, one in enumerate(facts.lines) if one.name == lasting)
        await keyboard.press("enter", *"90", "enter")
        assert f"{lasting}={90 * 60_000}" in facts.chosen
        await keyboard.press("enter", "backspace", "backspace", "enter")
        assert facts.chosen == ["persons_affected=1200"], "an empty answer takes the value away"


@pytest.mark.parametrize(
    "do",
    sorted(
        {
            "evaluate",
            "retain_evidence",
            "propose_penalty",
            "file_report",
            "record_legal_facts",
            "judge_statutory_level",
            "notify_customers",
            "grade",
        }
    ),
)
def test_every_kind_of_field_has_a_widget_that_can_be_reached_by_tab(do: str) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(roles=(*BOTH, "legal_counsel", "head_of_operations"), prepare=judged)) as keyboard:
            screen = await opened(keyboard, do)
            reached = []
            for _blank in blanks(session_at(keyboard.app), offer_of(table(keyboard.app), do).step):
                assert screen.focused is not None
                reached.append(screen.focused.id)
                await keyboard.press("tab")
            asked = [f"field-{field.name}" for field in screen.form.fields]
            assert sorted(map(str, reached)) == sorted(asked)

    go()


@in_loop
async def test_what_was_typed_survives_leaving_language_size_and_taking_up() -> None:
    app = at_table(prepare=reported)
    async with running(app) as keyboard:
        await keyboard.press("a", *"ours, 'tis", "ctrl+l")
        screen = form(keyboard)
        await keyboard.resize(*LARGE)
        await keyboard.press("!", "ctrl+l")
        await keyboard.resize(*SMALL)
        assert writing(screen, "reasons").text == "ours, 'tis!"
        assert screen.focused is writing(screen, "reasons")
        await keyboard.press("escape", "a")
        assert writing(form(keyboard), "reasons").text == "ours, 'tis!"
        await keyboard.type("?")
        run = session_at(app).run
        assert run is not None
        await keyboard.press("escape")
        session_at(app).close()
        again = app.service.exercises.take_up(run)
        open_table(app, again)
        await keyboard.settle()
        await keyboard.press("a")
        assert writing(form(keyboard), "reasons").text.endswith("?")


@in_loop
async def test_a_draft_is_gone_once_the_action_was_taken() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("a", *"ours", "ctrl+s")
        assert not session_at(keyboard.app).workspace.under("draft/")


@in_loop
async def test_a_step_that_asks_for_nothing_can_be_sent_at_once() -> None:
    async with running(at_table(roles=BOTH, prepare=judged)) as keyboard:
        at = table(keyboard.app)
        playbook = session_of(at).exercise.playbook
        step = next(
            step for track in playbook.tracks.values() for step in track.steps
            if step.by and not step.fields and not step.automatic
        )  # fmt: skip
        person = at.view.at_keyboard[0]
        key = ActionKey("leak", step.do, person.pseudonym, step.by[0], step_id(playbook, step))
        keyboard.app.push_screen(FormScreen(at.seat, key, at.shell.language), at.take)
        await keyboard.settle()
        assert "nothing to fill in" in str(keyboard.app.screen.query_one("#about", Words).said)
        before = len(session_of(at).facts)
        await keyboard.press("ctrl+s")
        assert len(session_of(at).facts) > before


@in_loop
async def test_a_form_says_when_its_action_was_closed_meanwhile() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("a")
        screen = form(keyboard)
        session = session_at(keyboard.app)
        session.act(confirmation("somebody was quicker"))
        screen._judge_anew()
        assert "Closed by now" in state(screen)
        await keyboard.press(*"late", "ctrl+s")
        assert any(fact.kind == FactKind.REFUSED and on_record(fact)["why"] == "state" for fact in session.facts)


@in_loop
async def test_what_is_pasted_is_made_harmless() -> None:
    async with running(at_table(prepare=reported)) as keyboard:
        await keyboard.press("a")
        await keyboard.paste(NASTY + "\r\nnext\x07 line")
        text = writing(form(keyboard), "reasons").text
        assert all(character.isprintable() or character == "\n" for character in text)
        assert "[bold]x[/]" in text
        assert "␛[31m" in text
        assert "⟨U+202E⟩" in text
        assert text.endswith("\nnext␇ line")
        assert "\x1b" not in screen_text(keyboard)
        await keyboard.press("ctrl+s")
        assert keyboard.app.screen is table(keyboard.app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_form_speaks_the_other_language_at_once(language: Language) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(language, roles=BOTH, prepare=judged)) as keyboard:
            screen = await opened(keyboard, "propose_penalty")
            titles = {"en": "a person", "zh": "个人"}
            kinds = field(screen, "responsible_kind")
            await keyboard.press("down", "space")
            assert shown(kinds)[0] == f"( ) {titles[language]}"
            await keyboard.press("ctrl+l")
            other = "zh" if language == "en" else "en"
            assert shown(kinds)[0] == f"( ) {titles[other]}"
            assert kinds.chosen == ["institution"]
            assert kinds.cursor == 1

    go()


@in_loop
async def test_a_list_below_the_window_is_shown_before_anything_is_chosen_in_it_and_only_once() -> None:
    async with running(at_table(prepare=confirmed), (80, 18)) as keyboard:
        screen = await opened(keyboard, "grade")
        levels = field(screen, "level")
        assert screen.focused is levels
        assert not levels.cursor_in_view()
        await keyboard.press("enter")
        assert levels.chosen == []
        assert levels.cursor_in_view()
        await keyboard.press("enter")
        assert len(levels.chosen) == 1
        screen.query_one(VerticalScroll).scroll_home(animate=False)  # as whoever reads on does with the mouse
        await keyboard.settle()
        assert not levels.cursor_in_view()
        await keyboard.press("enter")
        assert levels.chosen == []


@in_loop
async def test_moving_in_a_list_below_the_window_shows_it() -> None:
    async with running(at_table(prepare=confirmed), (80, 18)) as keyboard:
        screen = await opened(keyboard, "grade")
        levels = field(screen, "level")
        await keyboard.press("down")
        assert levels.cursor == 1
        assert levels.cursor_in_view()
        await keyboard.press("enter")
        assert len(levels.chosen) == 1


@in_loop
async def test_a_list_that_is_in_view_takes_the_first_choice() -> None:
    async with running(at_table(prepare=confirmed), (80, 60)) as keyboard:
        screen = await opened(keyboard, "grade")
        levels = field(screen, "level")
        assert levels.cursor_in_view()
        await keyboard.press("space")
        assert len(levels.chosen) == 1
