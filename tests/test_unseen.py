"""Whatever cannot be seen in a message is shown, and names that look alike are equal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.wording.plain_text import visible
from incidentsim.unseen import is_unseen, name_key, number, quoted, shown

UNSEEN = (
    "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1680", "\u180e", "\u2000", "\u200b", "\u200c", "\u200d",
    "\u200e", "\u202e", "\u202f", "\u2060", "\u2066", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0",
    "\x00", "\x1b", "\x7f", "\x85", "\ue000", "\udcff", "\U000e0041", "\U000e0101",
)  # fmt: skip
"""No-break and other spaces, zero-width, bidi controls, fillers, selectors, tags, control and half characters."""


@pytest.mark.parametrize("character", UNSEEN, ids=lambda character: f"U+{ord(character):04X}")
def test_what_cannot_be_seen_is_shown_by_its_number(character: str) -> None:
    for text in (f"ada{character}", f"{character}ada", f"a{character}da"):
        assert shown(text) == quoted(text) == text.replace(character, f"⟨U+{ord(character):04X}⟩")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ada ", "ada⟨U+0020⟩"),
        (" ada", "⟨U+0020⟩ada"),
        ("a  b", "a ⟨U+0020⟩b"),
        (" ", "⟨U+0020⟩"),
        ("a b", "a b"),
        ("\u0430da", "⟨U+0430⟩da"),
        ("\u0430\u0441\u0435", "⟨U+0430⟩⟨U+0441⟩⟨U+0435⟩"),
        ("run-\u0391b", "run-⟨U+0391⟩b"),
        ("привет", "привет"),
        ("λόγος", "λόγος"),
        ("α", "α"),
        ("naïve café, Müller", "naïve café, Müller"),
        ("张三（北京）", "张三（北京）"),
        ("7", "7"),
    ],
)
def test_spaces_at_the_ends_and_letters_that_are_taken_for_others_are_shown_in_what_is_quoted(
    text: str, said: str
) -> None:
    assert quoted(text) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Wren", "ada wren"),
        ("Ada Wren", "Ａｄａ\u3000Ｗｒｅｎ"),
        ("Ada Wren", " Ada  Wren "),
        ("Ada Wren", "Ada\u00a0Wren"),
        ("Ada Wren", "A\u200bda Wren\u202c"),
        ("Ada Wren", "\u0410d\u0430 Wren"),
        ("Straße", "STRASSE"),
        ("Café", "Cafe\u0301"),
        ("任艾达", "任 艾达".replace(" ", "\u2060")),
        ("①组", "1组"),
    ],
)
def test_names_that_nobody_can_tell_apart_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Ada", "Ida"), ("任艾达", "任爱达"), ("Ada Wren", "AdaWren"), ("é", "e")])
def test_names_that_differ_have_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["\u200b", "\u3000", "\u2800 \u3164", ""])
def test_of_some_names_nothing_can_be_seen(name: str) -> None:
    assert name_key(name) == ""


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_no_message_holds_anything_that_cannot_be_seen(text: str) -> None:
    said = shown(text)
    assert not any(is_unseen(one) for one in said if one not in "\n\r\t")
    assert shown(said) == said
    assert not any(is_unseen(one) or unicodedata.category(one)[0] == "C" for one in shown(visible(text)))
    assert name_key(name_key(text)) == name_key(text)


def test_one_place_says_how_a_character_is_shown() -> None:
    assert visible("\u202e") == number("\u202e") == "⟨U+202E⟩"
