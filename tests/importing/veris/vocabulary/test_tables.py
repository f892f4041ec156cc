"""Every enumeration value of VERIS has words of ours, in both languages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import Text
from incidentsim.importing.veris.vocabulary import tables as tables_module
from incidentsim.importing.veris.vocabulary.entries import Noun, Unit
from incidentsim.importing.veris.vocabulary.files import shipped
from incidentsim.importing.veris.vocabulary.tables import (
    FILES,
    PLACES,
    identifiers,
    nouns,
    openings,
    other_openings,
    read_tables,
    text_of,
    units,
    words_at,
)

HERE = Path(__file__).parent
ENUMERATIONS: dict[str, list[str]] = json.loads((HERE / "enumerations.json").read_text(encoding="utf-8"))
"""Place in a record → the identifiers of the VERIS schema 1.4.1. Identifiers only; no word of the schema's texts."""

SCHEMA = HERE.parents[4] / "shared" / "data" / "veris" / "schema" / "verisc-merged.json"
SECTIONS = ("action", "actor", "asset", "attribute", "discovery_method", "timeline", "impact")
ALONE = ("security_incident", "confidence", "targeted")
CODES = ("country", "iso_currency_code")
"""Codes of other standards: countries are never carried over, and a currency is told by its code."""

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("place", ENUMERATIONS)
def test_every_identifier_of_the_schema_has_words(place: str) -> None:
    missing = [identifier for identifier in ENUMERATIONS[place] if identifier.casefold() not in identifiers(place)]
    assert missing == []


def test_every_place_with_words_is_a_place_of_the_schema() -> None:
    assert set(PLACES) == set(ENUMERATIONS)


def test_the_identifiers_compared_with_are_those_of_the_schema() -> None:
    if not SCHEMA.is_file():
        pytest.skip(f"the VERIS schema is not here: {SCHEMA}")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}

    def collect(node: Any, path: tuple[str, ...]) -> None:
        items = node.get("items", {})
        for name, inner in (node.get("properties") or items.get("properties") or {}).items():
            collect(inner, (*path, name))
        values = node.get("enum") or items.get("enum")
        if values and path[-1] not in CODES:
            found[".".join(path)] = values

    for section in (*SECTIONS, *ALONE):
        collect(schema["properties"][section], (section,))
    assert found == ENUMERATIONS


def all_texts() -> Iterator[tuple[str, Text]]:
    for place in PLACES:
        if place == "asset.assets.variety":
            yield from ((place, text) for noun in nouns().values() for text in texts_in(noun))
        elif place.endswith(".unit"):
            yield from ((place, text) for unit in units().values() for text in (unit.vague, unit.counted("3")))
        elif place.startswith("discovery_method."):
            yield from ((place, opening.says) for opening in openings(place.split(".")[1]).values())
        else:
            yield from ((place, text) for text in words_at(place).values())
    yield from (("discovery_method", opening.says) for opening in other_openings().values())


def texts_in(noun: Noun) -> tuple[Text, ...]:
    return noun.named(), noun.counted(1), noun.counted(7)


ALL_TEXTS = list(all_texts())


def test_words_are_english_and_chinese() -> None:
    assert len(ALL_TEXTS) > 900
    for place, text in ALL_TEXTS:
        assert not HAN.search(text.en), (place, text)
        assert HAN.search(text.zh) or text.zh == "VPN", (place, text)
        assert (text.en, text.zh) == (text.en.strip(), text.zh.strip())


def test_a_sentence_in_one_language_is_one_in_the_other() -> None:
    assert [text for _place, text in ALL_TEXTS if text.en.endswith(".") != text.zh.endswith("。")] == []


def test_a_space_stands_between_chinese_and_latin_script() -> None:
    seam = re.compile("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    assert [text for _place, text in ALL_TEXTS if seam.search(text.zh)] == []


def test_one_thing_is_counted_as_one_and_two_as_two() -> None:
    laptop = nouns()["u - laptop"]
    assert laptop.counted(1) == Text("a laptop", "1 台笔记本电脑")
    assert laptop.counted(1200) == Text("1,200 laptops", "1,200 台笔记本电脑")


def test_a_lookup_ignores_case() -> None:
    assert (
        text_of("action.hacking.variety", "sqli")
        == text_of("action.hacking.variety", "SQLi")
        == Text("SQL injection", "SQL 注入")
    )
    assert text_of("action.hacking.variety", "telepathy") is None


def test_places_that_mean_the_same_share_a_table() -> None:
    assert words_at("action.hacking.result") is words_at("action.misuse.result")
    assert units()["weeks"] == Unit("week", "weeks", "周", Text("weeks", "数周"), 7 * 24 * 60 * 60 * 1000)
    assert openings("internal")["antivirus"].by.channels == ("alert", "monitoring", "chat")


def test_a_table_of_richer_entries_is_not_taken_for_one_of_texts() -> None:
    with pytest.raises(TypeError, match=r"asset\.assets\.variety"):
        words_at("asset.assets.variety")


# The files


def test_every_file_that_is_shipped_is_one_that_is_read() -> None:
    folder = Path(tables_module.__file__).parent
    assert {path.stem for path in folder.glob("*.yaml")} == {*FILES, "story"}
    for file, names in FILES.items():
        assert set(read_tables(shipped(f"{file}.yaml"), f"{file}.yaml", names)) == set(names)


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(file: str) -> bytes:
        read.append(file)
        return shipped(file)

    tables_module._file.cache_clear()
    monkeypatch.setattr(tables_module, "shipped", noting)
    assert text_of("confidence", "high") is not None
    assert words_at("targeted")
    assert read == ["circumstances.yaml"]


HEAD = "schema: incidentsim/veris-vocabulary/1\n"


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("schema: [", 2, "This is not YAML"),
        ("schema: incidentsim/clocks/1\n", 1, "incidentsim/veris-vocabulary/1"),
        (f"{HEAD}texts: {{confidence: {{High: {{en: sure}}}}}}\n", 2, "The text in Chinese is missing."),
        (f"{HEAD}texts: {{confidence: {{High: {{en: sure, zh: ''}}}}}}\n", 2, "This text is empty."),
        (f"{HEAD}texts: {{confidence: {{High: sure}}}}\n", 2, "The text in Chinese is missing."),
        (f"{HEAD}texts: {{confidense: {{}}}}\n", 2, "confidense"),
        (f"{HEAD}texts: {{}}\n", 1, "The key confidence is missing."),
        (
            f"{HEAD}texts:\n  confidence:\n    High: {{en: a, zh: 甲}}\n    high: {{en: b, zh: 乙}}\n",
            5,
            "high stands here twice.",
        ),
        (f"{HEAD}openings: {{confidence: {{High: {{by: pigeon, en: a, zh: 甲}}}}}}\n", 2, "pigeon"),
        (
            f"{HEAD}units:\n  confidence:\n    A: {{one: a, many: b, zh: 甲, length: 1y, vague: {{en: c, zh: 乙}}}}\n",
            4,
            "is not a duration",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(data: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_tables(data.encode(), "words.yaml", ("confidence",))
    problems = caught.value.problems
    assert any(problem.line == line and said in problem.message for problem in problems), problems
    assert all(problem.file == "words.yaml" for problem in problems)
