"""Texts are always there in both languages; the caller says which is wanted."""

from incidentsim.domain.text import LANGUAGES, FreeText, Text


def test_a_text_is_said_in_the_language_asked_for() -> None:
    both = Text("a report", "一份报告")
    assert [both.say(language) for language in LANGUAGES] == ["a report", "一份报告"]


def test_what_a_person_typed_is_said_as_typed_whatever_the_language() -> None:
    typed = FreeText("[bold]停机[/bold]")
    assert {typed.say(language) for language in LANGUAGES} == {"[bold]停机[/bold]"}


def test_a_script_written_in_both_languages_speaks_both() -> None:
    scripted = FreeText(Text("it is down", "停机了"))
    assert scripted.say("en") == "it is down"
    assert scripted.say("zh") == "停机了"
