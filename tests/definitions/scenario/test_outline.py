"""What is kept of a scenario holds no words, or not those that were erased, and still fits the facts of a run."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario import outline
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import ERASED, Text
from tests.support.attaching import put, with_attachments
from tests.support.shipped import NAMES, PATHS, procedure, scenario

DATA = {path.stem: standing_alone(path.read_bytes(), str(path), path.parent) for path in PATHS}


def texts(value: Any) -> Iterator[Text]:
    """Every text in a scenario."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def strings(value: Any) -> Iterator[str]:
    """Every string in a scenario but the keys of its mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def wordless(value: Any) -> Any:
    """The same with another text in the place of each."""
    if isinstance(value, Text):
        return ERASED
    if isinstance(value, dict):
        return {key: wordless(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(wordless(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: wordless(getattr(value, field.name)) for field in fields(value) if field.init}
        return replace(value, **changed)
    return value


def without_ids(played: Scenario) -> Scenario:
    """The scenario with its people under pseudonyms, without its script and the words of its expectations."""
    people = {person.pseudonym: replace(person, id=person.pseudonym) for person in played.people.values()}
    expectations = tuple(replace(one, text="") for one in played.expectations)
    injects = tuple(replace(inject, attachments=()) for inject in played.injects)
    return replace(played, people=people, script=(), asides=(), expectations=expectations, injects=injects)


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_holds_no_words_and_everything_else(name: str) -> None:
    played, book = scenario(name), procedure(scenario(name).playbook)
    kept = outline.without_words(DATA[name], book)
    assert kept is not None
    found = read_scenario(kept, "outline", book)
    assert set(texts(found)) == {ERASED}
    assert without_ids(found) == wordless(without_ids(played))
    said = kept.decode()
    for text in {text for text in texts(played) if " " in text.en}:
        assert text.en not in said
        assert text.zh not in said
    assert not set(played.people) & {word.strip(",[]{}") for text in strings(found) for word in text.split()}
    assert outline.without_words(kept, book) == kept


@pytest.mark.parametrize("name", NAMES)
def test_what_is_erased_goes_with_the_script_and_nothing_else_does(name: str) -> None:
    played, book = scenario(name), procedure(scenario(name).playbook)
    words = played.injects[-1].body
    kept = outline.without(DATA[name], [words.zh], book)
    assert kept is not None
    assert words.en not in kept.decode()
    found = read_scenario(kept, "outline", book)
    assert found.script == ()
    assert found.people == played.people
    assert found.injects[-1] == replace(played.injects[-1], body=ERASED)
    assert found.injects[0].body == (ERASED if played.injects[0].body == words else played.injects[0].body)


@pytest.mark.parametrize("name", NAMES[:3])
def test_words_that_stand_nowhere_in_it_leave_it_as_it_is(name: str) -> None:
    book = procedure(scenario(name).playbook)
    assert outline.without(DATA[name], ["words that stand nowhere in it", " ", ""], book) == DATA[name]


def test_a_short_word_is_no_reason_to_erase_every_text_it_stands_in() -> None:
    book = procedure(scenario("false-alarm").playbook)
    kept = outline.without(DATA["false-alarm"], ["T-8841"], book)
    assert kept is not None
    found = read_scenario(kept, "outline", book)
    assert found.injects == scenario("false-alarm").injects
    assert found.script == ()


def test_what_is_no_scenario_has_no_outline() -> None:
    book = procedure("platform-incidents")
    for data in (b"", b"schema: [", b"a: 1\n"):
        assert outline.without_words(data, book) is None
        assert outline.without(data, ["words"], book) is None


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["", "with a mark"])
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_a_text_that_was_erased_is_found_in_a_file_however_its_lines_end(
    before: bytes, line_break: bytes, tmp_path: Path
) -> None:
    """What is erased are the words as they were read at the table, and may have been quoted."""
    folder = Path(__file__).parents[1] / "data"
    playbook = read_playbook((folder / "playbook.yaml").read_bytes(), "playbook.yaml")
    file = put(tmp_path, "a.log", before + line_break.join([b"user ann read 250 rows", b"user ann left", b""]))
    written = with_attachments((folder / "scenario.yaml").read_text("utf-8"), file).encode()
    alone = standing_alone(written, "scenario.yaml", tmp_path)
    read = read_scenario(alone, "scenario.yaml", playbook).injects[0].attachments[0].en.text
    assert read is not None
    kept = outline.without(alone, [read], playbook)
    assert kept is not None
    assert b"attachments" not in kept
    assert b"attached" not in kept
    quoted = outline.without(alone, ["user ann read 250 rows" + read[22:30]], playbook)
    assert quoted is not None
    assert b"attached" not in quoted
