"""The sentences of the story: whole, alike in both languages, and without a seam when they are filled."""

import re
from collections.abc import Callable, Mapping

import pytest

from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import fill, listed
from incidentsim.importing.veris.vocabulary.files import shipped
from incidentsim.importing.veris.vocabulary.story import CATEGORIES, Story, read_story, story
from incidentsim.importing.veris.vocabulary.tables import nouns, units, words_at

Seams = Callable[[Text], None]

STORY = story()


def sentences() -> list[Text]:
    values = [getattr(STORY, name) for name in Story.model_fields if name != "schema_"]
    tables = [value for value in values if isinstance(value, Mapping)]
    return [
        *(value for value in values if isinstance(value, Text)),
        *STORY.objectives,
        *(text for table in tables for text in table.values()),
    ]


def test_every_sentence_is_a_text_in_both_languages() -> None:
    assert len(sentences()) > 80
    assert all(sentence.en and sentence.zh for sentence in sentences())


def test_a_sentence_in_one_language_is_one_in_the_other() -> None:
    assert [text for text in sentences() if text.en.endswith(".") != text.zh.endswith("。")] == []


def test_the_story_tells_deeds_in_the_order_of_their_kinds() -> None:
    assert tuple(STORY.deeds) == CATEGORIES


def words_for(place: str) -> list[Text]:
    if place == "asset.assets.variety":
        return [text for noun in nouns().values() for text in (noun.named(), noun.counted(1), noun.counted(7))]
    if place.endswith(".unit"):
        return [text for unit in units().values() for text in (unit.vague, unit.counted("3"))]
    return list(words_at(place).values())


FILLED = [
    (STORY.concerns, "asset.assets.variety"),
    (STORY.affected, "asset.assets.variety"),
    (STORY.aimed_at, "action.social.target"),
    (STORY.behind_it, "actor.external.variety"),
    (STORY.behind_it, "actor.internal.variety"),
    (STORY.motive, "actor.external.motive"),
    (STORY.job_change, "actor.internal.job_change"),
    (STORY.data, "attribute.confidentiality.data.variety"),
    (STORY.data_about, "attribute.confidentiality.data_victim"),
    (STORY.losses, "impact.loss.variety"),
    *((STORY.deeds[category], f"action.{category}.variety") for category in STORY.deeds if category != "unknown"),
    *((STORY.ways[category], f"action.{category}.vector") for category in STORY.ways),
    *((sentence, "timeline.discovery.unit") for sentence in (STORY.lasts, STORY.oldest_traces, STORY.contained_in)),
]
"""Which sentence is filled with the words of which table."""


@pytest.mark.parametrize(("sentence", "place"), FILLED, ids=[f"{one.en} {place}" for one, place in FILLED])
def test_a_filled_sentence_shows_no_seam(sentence: Text, place: str, seams: Seams) -> None:
    words = [text for text in words_for(place) if not text.en.endswith(".")]
    (gap,) = re.findall(r"{(\w+)}", sentence.en)
    for number, word in enumerate(words):  # each in both places, beside a few others
        for other in {*words[:3], *words[number - 1 : number + 2]}:
            seams(fill(sentence, **{gap: listed([word, other])}))
            seams(fill(sentence, **{gap: listed([other, word])}))


@pytest.mark.slow
@pytest.mark.parametrize(("sentence", "place"), FILLED, ids=[f"{one.en} {place}" for one, place in FILLED])
def test_nor_with_any_two_words(sentence: Text, place: str, seams: Seams) -> None:
    words = [text for text in words_for(place) if not text.en.endswith(".")]
    (gap,) = re.findall(r"{(\w+)}", sentence.en)
    for word in words:
        for other in words:
            seams(fill(sentence, **{gap: listed([word, other])}))


# The file


def changed(old: str, new: str) -> bytes:
    """The shipped sentences with one thing changed."""
    before = shipped("story.yaml").decode()
    assert before.count(old) == 1
    return before.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nextent: {", "\nextend: {", "The key extent is missing."),
        ('zh: "影响范围"', "zh: ''", "This text is empty."),
        ("疑似事件：{asset}", "疑似事件", "The texts have different braces: {asset} in English, – in Chinese."),
        ('  environmental: {en: "The surroundings', '  enviromental: {en: "The surroundings', "enviromental"),
    ],
)
def test_a_sentence_that_is_missing_or_does_not_fit_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_story(changed(old, new), "story.yaml")
    assert said in " ".join(problem.message for problem in caught.value.problems)
    assert all(problem.file == "story.yaml" and problem.line > 1 for problem in caught.value.problems)
