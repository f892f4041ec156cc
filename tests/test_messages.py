"""The catalogues are complete: every message of the code is translated, and nothing else is in them."""

import gettext
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from babel.messages.catalog import Catalog, Message

from incidentsim import messages
from tests import update_messages as tool

UPDATE = "run: python -m tests.update_messages"


@pytest.fixture(scope="module")
def code() -> Catalog:
    """The messages as they stand in the code."""
    return tool.extracted()


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    """Our own messages in Chinese."""
    return tool.stored("incidentsim")


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def placeholders(text: str) -> set[tuple[str, str]]:
    """The names in braces and the old-style ones that a message is filled in with."""
    return set(re.findall(r"\{(\w+)(?:![rs])?\}|%\((\w+)\)", text))


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(code: Catalog, chinese: Catalog) -> None:
    assert sorted(map(str, ids(code) - ids(chinese))) == [], UPDATE
    assert sorted(map(str, ids(chinese) - ids(code))) == [], UPDATE
    assert dict(chinese.obsolete) == {}, UPDATE


@pytest.mark.parametrize("name", ["incidentsim", "click"])
def test_every_message_is_translated_and_none_is_a_guess(name: str) -> None:
    catalogue = tool.stored(name)
    assert tool.untranslated(catalogue) == []
    assert [singular(message) for message in catalogue if message.fuzzy] == []


@pytest.mark.parametrize("name", ["incidentsim", "click"])
def test_translations_use_the_same_placeholders(name: str) -> None:
    for message in tool.stored(name):
        wanted = placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        for string in strings(message) if message.id else []:
            assert placeholders(string) == wanted, singular(message)


@pytest.mark.parametrize("name", ["incidentsim", "click"])
def test_the_compiled_catalogue_is_the_written_one(name: str) -> None:
    """Whoever made it: the build, or the tests where the catalogue is newer."""
    with (tool.CATALOGUES / f"{name}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in tool.stored(name):
        if message.id:
            assert compiled.gettext(singular(message)) == strings(message)[0], UPDATE


def test_every_translation_is_chinese_where_the_message_has_words(chinese: Catalog) -> None:
    wordless = re.compile(r"\{\w*\}|--?[\w-]+|[^A-Za-z]")
    untouched = [
        singular(message)
        for message in chinese
        if message.id
        and len(wordless.sub("", singular(message))) > 3
        and not re.search("[\u3400-\u9fff]", "".join(strings(message)))
    ]
    assert untouched == []


def test_chinese_sentences_end_in_chinese_punctuation(chinese: Catalog) -> None:
    western = re.compile(r"[\u3400-\u9fff”）][,.;:!?](?=$|[\s\u3400-\u9fff])")
    code = re.compile(r"\{\{.*?\}\}|\w+://\S+|键: 值")
    wrong = [message for message in chinese if western.search(code.sub("", "".join(strings(message))))]
    assert [singular(message) for message in wrong] == []


def test_the_program_speaks_both_languages() -> None:
    def spoken() -> Iterator[str]:
        for language in ("en", "zh", "en"):
            messages.use(language)
            yield messages.gettext("Nothing was escalated.")

    first, second, third = spoken()
    assert first == third == "Nothing was escalated."
    assert re.search("[\u3400-\u9fff]", second)


def test_plural_forms_are_one_in_chinese() -> None:
    catalogue = gettext.translation("incidentsim", tool.CATALOGUES.parent.parent, languages=["zh"])
    assert catalogue.ngettext("{n} fact", "{n} facts", 1) == catalogue.ngettext("{n} fact", "{n} facts", 5)


def test_the_extraction_sees_every_way_of_asking_for_a_message(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'from incidentsim.messages import gettext as _, ngettext\n_("one")\n_(\n    "two "\n    "parts"\n)\n'
        'ngettext("{n} a", "{n} b", 3)\n',
        encoding="utf-8",
    )
    assert ids(tool.extracted(tmp_path)) == {"one", "two parts", ("{n} a", "{n} b")}


def test_speaking_for_a_while_concerns_one_thread_alone() -> None:
    """A report in Chinese is written beside a screen in English."""
    heard: list[str] = []

    def write() -> None:
        with messages.spoken("zh"):
            heard.append(messages.language())
            begun.set()
            done.wait(10)

    begun, done = Event(), Event()
    messages.use("en")
    writer = Thread(target=write)
    writer.start()
    begun.wait(10)
    heard.append(messages.language())
    with messages.spoken("zh"), suppress(KeyError):
        raise KeyError
    heard.append(messages.language())
    done.set()
    writer.join()
    assert heard == ["zh", "en", "en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_one_test_speaks_is_no_concern_of_the_next(language: str) -> None:
    assert messages.language() == "en"
    messages.use(language)
