"""How long people read: Chinese by the character, everything else by the word."""

import pytest

from incidentsim.domain.text import Text
from incidentsim.exercise.forecast.reading import (
    CHARACTERS_A_MINUTE,
    MINUTES_A_DECISION,
    WORDS_A_MINUTE,
    briefing,
    count,
    deciding_time,
    reading_time,
)
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.shipped import scenario


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, 0)),
        ("Two words.", (0, 2)),
        ("a - b", (0, 2)),
        ("报社来电。", (4, 0)),
        ("账号ops-ext-07读取18.4万行", (6, 2)),
        ("—— !", (0, 0)),
    ],
)
def test_characters_and_words_are_counted_apart(text: str, expected: tuple[int, int]) -> None:
    assert count(text) == expected


def test_reading_takes_time_by_language() -> None:
    text = Text("word " * WORDS_A_MINUTE, "字" * CHARACTERS_A_MINUTE * 2)
    assert reading_time([text, None], "en") == MINUTE
    assert reading_time([text], "zh") == 2 * MINUTE


def test_decisions_take_time() -> None:
    assert deciding_time(3) == 3 * MINUTES_A_DECISION * MINUTE


def test_the_briefing_is_what_is_told_before_anything_happens() -> None:
    subject = scenario("false-alarm")
    told = briefing(subject)
    assert subject.summary in told
    assert not {inject.body for inject in subject.injects} & {text for text in told if text is not None}
