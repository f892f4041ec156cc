"""Numbers are said as people say them, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.formats import amounts

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
    assert (amounts.number(value, "en"), amounts.number(value, "zh")) == (en, zh)


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
    assert (amounts.duration(value, "en"), amounts.duration(value, "zh")) == (en, zh)


def test_an_amount() -> None:
    assert amounts.money(260_000, "en") == "260,000 yuan"
    assert amounts.money(260_000, "zh") == "26万元"


@given(st.integers(0, 10**10))
def test_the_chinese_words_say_the_very_number(value: int) -> None:
    said = amounts.number(value, "zh")
    size = 10_000 if said.endswith("万") else 100_000_000 if said.endswith("亿") else 1
    whole, _point, part = said.rstrip("万亿").partition(".")
    assert int(whole) * size + int((part or "0").ljust(2, "0")) * size // 100 == value


def test_the_value_of_a_measure_has_its_unit() -> None:
    assert amounts.amount(1, "percent", "zh") == "1%"
    assert amounts.amount(5_400_000, "duration", "en") == "1 hour 30 minutes"
    assert amounts.amount(184_000, "count", "zh") == "18.4万"
    assert amounts.amount(2_000, "money", "en") == "2,000"


def test_a_file_writes_a_value_so_that_it_is_read_again() -> None:
    assert amounts.written(5_400_000, "duration") == "1h 30m"
    assert amounts.written(1, "flag") is True
    assert amounts.written(7, "percent") == 7
