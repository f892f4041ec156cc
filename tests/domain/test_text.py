"""A reader is always shown words: those of his language, or what stands for them; the caller says which language."""

import re

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.text import LANGUAGE_TAG, LANGUAGES, FreeText, Text, is_language_tag, text_by_language

TAGS = st.sampled_from(["en", "zh", "en-GB", "zh-Hant", "zh-Hans-CN", "de", "fr", "pt-BR", "es-419"])
WRITTEN = st.dictionaries(TAGS, st.text(min_size=1), min_size=1)


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


@given(WRITTEN)
def test_whatever_languages_a_text_is_written_in_every_reader_is_shown_one_of_them(words: dict[str, str]) -> None:
    text = Text.in_languages(words)
    assert text.by_language() == words
    for language in LANGUAGES:
        own = {tag for tag in words if tag.split("-")[0] == language}
        assert text.say(language) in {words[tag] for tag in own or words}
        assert text.lacks(language) is not bool(own)


@given(WRITTEN)
def test_the_order_in_which_languages_stand_in_a_file_changes_nothing(words: dict[str, str]) -> None:
    assert Text.in_languages(words) == Text.in_languages(dict(reversed(words.items())))


@given(WRITTEN.filter(lambda words: len(words) > 1))
def test_a_text_in_several_languages_is_read_from_its_mapping(words: dict[str, str]) -> None:
    assert text_by_language(Text.in_languages(words).by_language()) == Text.in_languages(words)


def test_anything_else_is_no_text_in_several_languages() -> None:
    for value in ("en", None, {"en": "one"}, {"en": "a", "zh": 3}, {"en": "a", "path": "b"}, {3: "a", 4: "b"}):
        assert text_by_language(value) is None


def test_a_text_in_another_language_is_shown_in_the_nearest_there_is() -> None:
    assert Text.in_languages({"zh-Hant": "事件", "de": "Vorfall"}).say("zh") == "事件"
    assert Text.in_languages({"zh-Hant": "事件", "de": "Vorfall"}).say("en") == "事件"
    assert Text.in_languages({"fr": "panne", "de": "Ausfall"}).say("en") == "Ausfall"


def test_a_language_tag_is_told_by_its_form() -> None:
    words = ("en", "zh-Hant-TW", "es-419", "en_US", "english", "EN", "")
    assert [word for word in words if is_language_tag(word)] == ["en", "zh-Hant-TW", "es-419"]


@given(st.from_regex(r"[a-zA-Z]{1,4}(-[a-zA-Z0-9]{1,4}){0,3}", fullmatch=True))
def test_the_form_of_a_language_tag_is_that_of_the_formats(word: str) -> None:
    assert is_language_tag(word) is (re.search(LANGUAGE_TAG, word) is not None)
