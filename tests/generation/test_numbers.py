"""Numbers are said as people say them, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.generation import numbers

MINUTE = 60_000


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (62, "62", "62"),
        (4200, "4,200", "4200"),
        (10_000, "10,000", "1万"),
        (184_000, "184,000", "18.4万"),
        (96_500, "96,500", "9.65万"),
        (183_742, "183,742", "183742"),
        (2_000_000, "2,000,000", "200万"),
        (120_000_000, "120,000,000", "1.2亿"),
    ],
)
def test_a_number(value: int, en: str, zh: str) -> None:
    assert (numbers.number(value, "en"), numbers.number(value, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (47 * MINUTE, "47 minutes", "47分钟"),
        (61 * MINUTE, "1 hour 1 minute", "1小时1分钟"),
        (120 * MINUTE, "2 hours", "2小时"),
        (90_000, "1 minute 30 seconds", "1分30秒"),
        (0, "0 seconds", "0秒"),
    ],
)
def test_a_duration(value: int, en: str, zh: str) -> None:
    assert (numbers.duration(value, "en"), numbers.duration(value, "zh")) == (en, zh)


def test_an_amount() -> None:
    assert numbers.money(260_000, "en") == "260,000 yuan"
    assert numbers.money(260_000, "zh") == "26万元"


@given(st.integers(0, 10**10))
def test_the_chinese_words_say_the_very_number(value: int) -> None:
    said = numbers.number(value, "zh")
    size = 10_000 if said.endswith("万") else 100_000_000 if said.endswith("亿") else 1
    whole, _point, part = said.rstrip("万亿").partition(".")
    assert int(whole) * size + int((part or "0").ljust(2, "0")) * size // 100 == value


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_rounding_goes_down_and_keeps_the_first_digits(value: int, digits: int) -> None:
    found = numbers.rounded(value, digits)
    assert 0 < found <= value
    assert str(found)[:digits] == str(value)[:digits]
    assert set(str(found)[digits:]) <= {"0"}
