"""Every enumeration value of VERIS has words of ours, in both languages."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import fill, listed
from incidentsim.importing.veris.words import TABLES, discovery, story
from incidentsim.importing.veris.words.table import Noun
from incidentsim.importing.veris.words.times import Unit

Seams = Callable[[Text], None]

HERE = Path(__file__).parent
ENUMERATIONS: dict[str, list[str]] = json.loads((HERE / "enumerations.json").read_text(encoding="utf-8"))
"""Place in a record → the identifiers of the VERIS schema 1.4.1. Identifiers only; no word of the schema's texts."""

SCHEMA = HERE.parents[3] / "shared" / "data" / "veris" / "schema" / "verisc-merged.json"
SECTIONS = ("action", "actor", "asset", "attribute", "discovery_method", "timeline", "impact")
ALONE = ("security_incident", "confidence", "targeted")
CODES = ("country", "iso_currency_code")
"""Codes of other standards: countries are never carried over, and a currency is told by its code."""

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("place", ENUMERATIONS)
def test_every_identifier_of_the_schema_has_words(place: str) -> None:
    missing = [identifier for identifier in ENUMERATIONS[place] if identifier.casefold() not in TABLES[place]]
    assert missing == []


def test_every_place_with_words_is_a_place_of_the_schema() -> None:
    assert set(TABLES) == set(ENUMERATIONS)


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


def texts_in(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, Noun):
        return [value.named(), value.counted(1), value.counted(7)]
    if isinstance(value, discovery.Opening):
        return [value.says]
    assert isinstance(value, Unit)
    return [value.vague, value.counted("3")]


ALL_TEXTS = [(place, text) for place, table in TABLES.items() for value in table.values() for text in texts_in(value)]


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


def test_sentences_of_the_story_have_the_same_gaps_in_both_languages() -> None:
    single = [value for value in vars(story).values() if isinstance(value, Text)]
    tables = [story.HEADLINE_UNKNOWN, story.DEEDS, story.WAYS, story.WAYS_UNKNOWN]
    sentences = [*single, *story.OBJECTIVES, *(text for table in tables for text in table.values())]
    assert len(sentences) > 50
    for sentence in sentences:
        assert set(re.findall(r"{\w+}", sentence.en)) == set(re.findall(r"{\w+}", sentence.zh)), sentence


FILLED = [
    (story.CONCERNS, "asset.assets.variety"),
    (story.AFFECTED, "asset.assets.variety"),
    (story.AIMED_AT, "action.social.target"),
    (story.BEHIND_IT, "actor.external.variety"),
    (story.BEHIND_IT, "actor.internal.variety"),
    (story.MOTIVE, "actor.external.motive"),
    (story.JOB_CHANGE, "actor.internal.job_change"),
    (story.DATA, "attribute.confidentiality.data.variety"),
    (story.DATA_ABOUT, "attribute.confidentiality.data_victim"),
    (story.LOSSES, "impact.loss.variety"),
    *((story.DEEDS[category], f"action.{category}.variety") for category in story.DEEDS if category != "unknown"),
    *((story.WAYS[category], f"action.{category}.vector") for category in story.WAYS),
    *((sentence, "timeline.discovery.unit") for sentence in (story.LASTS, story.OLDEST_TRACES, story.CONTAINED_IN)),
]
"""Which sentence is filled with the words of which table."""


@pytest.mark.parametrize(("sentence", "place"), FILLED, ids=[f"{one.en} {place}" for one, place in FILLED])
def test_a_filled_sentence_shows_no_seam(sentence: Text, place: str, seams: Seams) -> None:
    words = [text for value in TABLES[place].values() for text in texts_in(value) if not text.en.endswith(".")]
    (gap,) = re.findall(r"{(\w+)}", sentence.en)
    for number, word in enumerate(words):  # each in both places, beside a few others
        for other in {*words[:3], *words[number - 1 : number + 2]}:
            seams(fill(sentence, **{gap: listed([word, other])}))
            seams(fill(sentence, **{gap: listed([other, word])}))


@pytest.mark.slow
@pytest.mark.parametrize(("sentence", "place"), FILLED, ids=[f"{one.en} {place}" for one, place in FILLED])
def test_nor_with_any_two_words(sentence: Text, place: str, seams: Seams) -> None:
    words = [text for value in TABLES[place].values() for text in texts_in(value) if not text.en.endswith(".")]
    (gap,) = re.findall(r"{(\w+)}", sentence.en)
    for word in words:
        for other in words:
            seams(fill(sentence, **{gap: listed([word, other])}))


def test_one_thing_is_counted_as_one_and_two_as_two() -> None:
    laptop = TABLES["asset.assets.variety"]["u - laptop"]
    assert isinstance(laptop, Noun)
    assert laptop.counted(1) == Text("a laptop", "1 台笔记本电脑")
    assert laptop.counted(1200) == Text("1,200 laptops", "1,200 台笔记本电脑")
