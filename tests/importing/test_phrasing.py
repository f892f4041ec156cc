"""Words put into sentences, in both languages at once."""

from decimal import Decimal

import pytest

from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import fill, headlined, in_headline, listed, passage, spaced, written

CAT, OWL, BAT = Text("a cat", "猫"), Text("an owl", "猫头鹰"), Text("the bat", "蝙蝠")


def test_braces_are_filled_in_both_languages_and_a_plain_string_is_the_same_in_both() -> None:
    sentence = Text("It is {what}, {number} times.", "是{what}，{number}次。")
    assert fill(sentence, what=CAT, number="USB") == Text("It is a cat, USB times.", "是猫，USB 次。")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([CAT], Text("a cat", "猫")),
        ([CAT, CAT], Text("a cat", "猫")),
        ([CAT, OWL], Text("a cat and an owl", "猫和猫头鹰")),
        ([CAT, OWL, BAT], Text("a cat, an owl and the bat", "猫、猫头鹰和蝙蝠")),
    ],
)
def test_things_are_listed_each_once(texts: list[Text], said: Text) -> None:
    assert listed(texts) == said


def test_sentences_follow_each_other_each_once() -> None:
    first, second = Text("One.", "一。"), Text("Two.", "二。")
    assert passage([first, second, first]) == Text("One. Two.", "一。二。")


def test_a_headline_has_no_article_and_begins_with_a_capital() -> None:
    assert [headlined(noun).en for noun in (CAT, OWL, BAT)] == ["Cat", "Owl", "Bat"]
    assert in_headline(OWL) == Text("owl", "猫头鹰")


@pytest.mark.parametrize(
    ("number", "said"), [("1234567", "1,234,567"), ("0.50", "0.5"), ("10", "10"), ("2.00", "2"), ("1E+3", "1,000")]
)
def test_numbers_are_written_as_people_write_them(number: str, said: str) -> None:
    assert written(Decimal(number)) == said


def test_a_space_stands_where_chinese_meets_latin_script() -> None:
    assert spaced("共3台PC服务器") == "共 3 台 PC 服务器"
