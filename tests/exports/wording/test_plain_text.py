"""Foreign text is shown, never obeyed; columns are counted as a terminal counts them."""

import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from incidentsim.exports.wording import plain_text
from incidentsim.exports.wording.plain_text import columns, pad, visible, width, within_quotes, wrap

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 del\x7f nul\x00", "bell␇ del␡ nul␀"),
        ("one\r\ntwo\nthree\tfour\u2028five", "one two three four five"),
        ("user\u202etxt.exe", "user⟨U+202E⟩txt.exe"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("half \ud800", "half ⟨U+D800⟩"),
        ("a\ufeffb\u200bc", "a⟨U+FEFF⟩b⟨U+200B⟩c"),
        ("中间号泄露 ▲ é", "中间号泄露 ▲ é"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_what_would_act_is_shown(typed: str, shown: str) -> None:
    assert visible(typed) == shown


@given(ANY_TEXT)
def test_no_text_can_act_on_a_terminal(typed: str) -> None:
    shown = visible(typed)
    acting = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert [c for c in shown if unicodedata.category(c) in acting and c not in "\u200c\u200d"] == []


@given(ANY_TEXT)
def test_any_text_made_visible_is_legal_in_xml(typed: str) -> None:
    element = ET.Element("a")
    element.text = visible(typed)
    assert (ET.fromstring(ET.tostring(element, encoding="utf-8")).text or "") == visible(typed)  # noqa: S314 - our own


@example("00\U00011a97", 2)  # a vowel sign that takes no column by itself and one after a letter
@given(st.text(), st.integers(min_value=2, max_value=30))
def test_wrapping_keeps_every_letter_and_no_line_is_too_long(typed: str, limit: int) -> None:
    shown = visible(typed)
    lines = wrap(shown, limit)
    assert "".join("".join(lines).split()) == "".join(shown.split())
    assert all(width(line) <= limit for line in lines)


MOSTLY_PLAIN = st.text(st.one_of(st.sampled_from(" ab-–“”（）。，真实中…é([" * 3), st.characters()))
"""Texts as they mostly are, and now and then a character that needs a closer look."""


def test_no_character_that_is_taken_for_plain_acts_or_has_another_width_anywhere() -> None:
    plain = [c for c in map(chr, range(0x10000)) if plain_text._PLAIN.fullmatch(c)]
    assert len(plain) > 20_000
    assert [c for c in plain if unicodedata.category(c)[0] == "C" or width(c) != max(wcswidth(c), 0)] == []
    assert width("".join(plain)) == wcswidth("".join(plain))


@example("，" * 40, 3)
@example("   " * 40, 4)
@example("a" * 40 + " 真实（真）", 7)
@given(MOSTLY_PLAIN | st.text(st.sampled_from("ab 真。（")), st.integers(min_value=1, max_value=30))
def test_texts_as_they_mostly_are_are_laid_out_as_those_that_are_looked_at_letter_by_letter(
    typed: str, limit: int
) -> None:
    quick = (visible(typed), width(typed), wrap(typed, limit), pad(typed, limit))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_text, "_PLAIN", re.compile("(?!)"))  # never
        patch.setattr(plain_text, "_is_ascii", lambda _text: False)
        assert (visible(typed), width(typed), wrap(typed, limit), pad(typed, limit)) == quick


def test_chinese_counts_two_columns_and_breaks_between_characters() -> None:
    assert width("中间号ab") == 8
    assert wrap("真实号码外流了", 6) == ["真实号", "码外流", "了"]


def test_no_line_begins_with_closing_punctuation_or_ends_with_opening() -> None:
    assert wrap("号码外流，很多", 8) == ["号码外", "流，很多"]
    assert wrap("甲乙丙（丁）", 8) == ["甲乙丙", "（丁）"]


def test_words_stay_whole_where_they_fit_and_are_cut_where_they_cannot() -> None:
    assert wrap("tell the team", 8) == ["tell the", "team"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("", 10) == [""]


def test_columns_line_up_with_wide_characters() -> None:
    lines = columns([["名字", "x"], ["ab", "y"], ["c", ""]])
    assert lines == ["名字  x", "ab    y", "c"]
    assert columns([]) == []
    assert pad("中", 4) == "中  "
    assert pad("long", 2) == "long"


def test_quotation_marks_within_others_are_single_ones() -> None:
    assert within_quotes("“Ours” again") == "‘Ours’ again"
