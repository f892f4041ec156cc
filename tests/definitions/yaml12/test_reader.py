"""YAML is read under the rules of YAML 1.2's core schema, with positions, and nothing dangerous is taken."""

import math
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.yaml12 import core_schema
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.definitions.yaml12.reader import read_head, read_yaml


def value_of(text: str) -> Any:
    return read_yaml(text.encode(), "a.yaml").value


def refusal(data: bytes | str) -> Problem:
    with pytest.raises(DefinitionError) as refused:
        read_yaml(data if isinstance(data, bytes) else data.encode(), "a.yaml")
    assert not refused.value.readable
    (problem,) = refused.value.problems
    assert problem.file == "a.yaml"
    return problem


@pytest.fixture(params=["C parser", "pure parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every platform has the pure parser, most have the C one."""
    if request.param == "pure parser":
        monkeypatch.delattr(yaml, "CSafeLoader")
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this PyYAML was built without libyaml")
    return str(request.param)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("12:30:45", "12:30:45"),
        ("2021-06-30", "2021-06-30"),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("-12", -12),
        ("+3", 3),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("15m", "15m"),
        ("-x", "-x"),
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
        ("<<", "<<"),
        ("=", "="),
        ("9007199254740991", 9007199254740991),
        ("-9007199254740991", -9007199254740991),
    ],
)
@pytest.mark.usefixtures("parser")
def test_words_are_what_the_core_schema_says(word: str, value: object) -> None:
    found = value_of(f"key: {word}\nother: 1\n")["key"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("word", ["1.5", "1e3", ".5", "1.", "-.inf", ".nan", "6.02e-23"])
def test_fractions_are_refused(word: str) -> None:
    problem = refusal(f"key: {word}\n")
    assert problem.message == f"{word} is not a whole number; if it is meant as a text, put it in quotes."
    assert (problem.line, problem.column, problem.path) == (1, 6, "$.key")


@pytest.mark.parametrize("word", ["9007199254740992", "-9007199254740992", "9" * 5000, "0x" + "f" * 5000])
def test_integers_that_some_json_readers_would_change_are_refused(word: str) -> None:
    assert "whole numbers go up to 9007199254740991" in refusal(f"key: {word}\n").message


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        ("", "The file is empty.", (1, 1)),
        ("# only a comment\n", "The file is empty.", (1, 1)),
        ("---\n", "The file is empty.", (1, 1)),
        ("a: 1\nb: 2\na: 3\n", "The key a stands here a second time; the first is in line 1.", (3, 1)),
        ('x:\n  1: a\n  "1": b\n', "The key 1 stands here a second time; the first is in line 2.", (3, 3)),
        ("a: &x 1\nb: *x\n", "Anchors (&) and aliases (*) are not used here; write the value out.", (1, 4)),
        ("a: [*x]\n", "Anchors (&) and aliases (*) are not used here; write the value out.", (1, 5)),
        ("a: &x [*x]\n", "Anchors (&) and aliases (*) are not used here; write the value out.", (1, 4)),
        ("*x : 1\n", "Anchors (&) and aliases (*) are not used here; write the value out.", (1, 1)),
        ("a: !!str 1\n", "Tags (!) are not used here; leave it out.", (1, 4)),
        ("a: !!python/object/apply:os.system [ls]\n", "Tags (!) are not used here; leave it out.", (1, 4)),
        ("a: 1\n---\nb: 2\n", "A second YAML document begins here; a file holds one.", (2, 1)),
        ("%YAML 1.1\n---\na: 1\n", "The file says that it is not YAML 1.2; leave that line out.", (1, 1)),
        ("[a, b]: 1\n", "A key is a word or a whole number; if this is meant as a word, put it in quotes.", (1, 1)),
        ("true: 1\n", "A key is a word or a whole number; if this is meant as a word, put it in quotes.", (1, 1)),
        ('a: "\\0"\n', "The text holds the control character U+0000, which is not allowed in a text.", (1, 4)),
        ('a: "\\e[31m"\n', "The text holds the control character U+001B, which is not allowed in a text.", (1, 4)),
        ("a: [1\nb: 2\n", "This is not YAML: the bracket that opens at 1:4 is not closed", (2, 2)),
        ("a:\n\tb: 1\n", "This is not YAML: ", (2, 1)),
    ],
)
def test_what_definitions_do_not_use_is_refused_at_its_place(text: str, sentence: str, place: tuple[int, int]) -> None:
    problem = refusal(text)
    assert problem.message.startswith(sentence)
    assert (problem.line, problem.column) == place


@pytest.mark.parametrize(
    ("data", "sentence", "place"),
    [
        (b"\xff\xfea\x00:\x00", "The file is UTF-16 text; save it as UTF-8.", (1, 1)),
        (b"\xfe\xff\x00a", "The file is UTF-16 text; save it as UTF-8.", (1, 1)),
        (b"a\x00:\x00 \x001\x00", "The file holds the control character U+0000;", (1, 2)),
        ("a: b\nc: é".encode("latin-1"), "The file is not UTF-8 text: byte 0xe9 cannot stand here.", (2, 4)),
        (b"\x89PNG\r\n\x1a\n\x00", "The file is not UTF-8 text: byte 0x89 cannot stand here.", (1, 1)),
        ("a: b\nc: 值\x07".encode(), "The file holds the control character U+0007;", (2, 5)),
    ],
)
def test_what_is_no_text_is_refused_at_its_place(data: bytes, sentence: str, place: tuple[int, int]) -> None:
    problem = refusal(data)
    assert problem.message.startswith(sentence)
    assert (problem.line, problem.column) == place


def test_a_byte_order_mark_of_utf_8_is_passed_over() -> None:
    document = read_yaml(b"\xef\xbb\xbfa: 1\n", "a.yaml")
    assert document.value == {"a": 1}
    assert document.position(("a",), key=True) == (1, 1)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[a, ", "[{a: "])
def test_a_hundred_thousand_levels_are_refused_without_a_stack_overflow(opening: str) -> None:
    problem = refusal(opening * 100_000)
    assert problem.message == "This is nested more than 60 levels deep, deeper than anything here can mean."


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["{", "? "])
def test_a_hundred_thousand_levels_of_keys_are_refused_at_the_first(opening: str) -> None:
    assert refusal(opening * 100_000).message.startswith("A key is a word or a whole number")


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- "])
def test_our_own_sentence_is_said_whichever_limit_answers_first(opening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that reads ahead may give up before the reader has come to its own limit (libyaml 0.2.6 does)."""

    class Shallow(yaml.SafeLoader):
        def __init__(self, _stream: str) -> None:
            raise yaml.parser.ParserError("while increasing flow level", None, "exceeded maximum nesting depth.", None)

    expected = refusal(opening * 3_000)
    monkeypatch.setattr(yaml, "CSafeLoader", Shallow)
    problem = refusal(opening * 3_000)
    assert (problem.line, problem.column, problem.message) == (expected.line, expected.column, expected.message)
    assert "not YAML" not in problem.message


@pytest.mark.usefixtures("parser")
def test_sixty_levels_are_read() -> None:
    assert value_of("[" * 60 + "]" * 60) is not None
    assert "nested" in refusal("[" * 61 + "]" * 61).message


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    problem = refusal(b"[" * (1024 * 1024 + 1))
    assert problem.message == "The file has 1048577 bytes; 1048576 is the most that is read."


def test_the_pure_parser_s_own_slips_are_problems_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert refusal('a: "\\UFFFFFFFF"\n').message.startswith("This is not YAML")
    assert refusal('a: "\\uD800"\n').message.startswith("The text holds the control character U+D800")


NESTED = """\
people:
  lin:
    roles: [finder,   lead]
    desk:
  mo: {roles: [helper]}
list:
  - one
  - two: 2
    three: |
      text
"""


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (1, 1)),
        (("people",), True, (1, 1)),
        (("people",), False, (2, 3)),
        (("people", "lin", "roles"), True, (3, 5)),
        (("people", "lin", "roles"), False, (3, 12)),
        (("people", "lin", "roles", 1), False, (3, 23)),
        (("people", "lin", "desk"), False, (4, 5)),
        (("people", "mo", "roles", 0), False, (5, 16)),
        (("list", 1), False, (8, 5)),
        (("list", 1, "three"), False, (9, 12)),
        (("people", "lin", "missing"), False, (2, 3)),
        (("people", "mo", "missing", 3, "deeper"), True, (5, 3)),
        (("missing",), False, (1, 1)),
        (("list", 7), False, (6, 1)),
    ],
)
@pytest.mark.usefixtures("parser")
def test_a_position_is_the_value_s_or_that_of_the_nearest_thing_above(
    path: tuple[str | int, ...], key: bool, place: tuple[int, int]
) -> None:
    assert read_yaml(NESTED.encode(), "a.yaml").position(path, key=key) == place


@pytest.mark.usefixtures("parser")
def test_a_question_needs_no_quotes() -> None:
    assert value_of("{en: Who is it?, is: [a?b, c?]}") == {"en": "Who is it?", "is": ["a?b", "c?"]}


@pytest.mark.usefixtures("parser")
def test_the_tiny_definitions_are_read_the_same_by_either_parser(playbook_text: str, scenario_text: str) -> None:
    assert value_of(playbook_text)["id"] == "tiny"
    assert value_of(scenario_text)["injects"][2]["body"] == {"en": "Well?", "zh": "怎么样？"}


def test_columns_count_characters() -> None:
    document = read_yaml("值: {名: [一, 二]}\n".encode(), "a.yaml")
    assert document.position(("值", "名", 1)) == (1, 12)


def test_a_head_is_read_no_further_than_needed() -> None:
    text = "schema: a\nid: b\nrest: 1\n" + "x: [" * 3
    assert read_head(text.encode(), "a.yaml", ("id", "schema")).value == {"schema": "a", "id": "b"}
    with pytest.raises(DefinitionError):
        read_head(text.encode(), "a.yaml", ("id", "missing"))


def test_a_head_without_a_key_is_the_whole_file() -> None:
    assert read_head(b"a: 1\nb: {id: 2}\n", "a.yaml", ("id",)).value == {"a": 1, "b": {"id": 2}}


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), max_size=20
    ).filter(core_schema.reads_as_text),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner),
    max_leaves=20,
)


@given(PLAIN.filter(lambda value: value is not None), st.booleans())
def test_what_another_writer_wrote_is_read_back(value: object, flow: bool) -> None:
    """PyYAML's writer quotes for YAML 1.1, which is more than YAML 1.2 needs."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow)
    assert value_of(text) == value


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        problems = [read_yaml(data, "a.yaml").problem((), "read")]
    except DefinitionError as error:
        problems = list(error.problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


_SCRAPS = [
    "a",
    "1",
    "- ",
    "? ",
    ": ",
    ":",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "  ",
    "|",
    ">",
    "&x ",
    "*x",
    "!t ",
    '"',
    "'",
    "#",
]
_SCRAPS += ["%YAML 1.2\n", "---", "...", "\t", "\\", "\\x0", "\\UFFFFFFFF", "\r", "\x85", "\u2028", "值", "~", "0x"]
SCRAPS = st.lists(st.sampled_from(_SCRAPS), max_size=40).map("".join)


def outcome(text: str) -> object:
    try:
        return value_of(text)
    except DefinitionError:
        return DefinitionError


@given(SCRAPS)
def test_scraps_of_yaml_are_read_or_refused_by_either_parser(text: str) -> None:
    for_c, for_pure = _by_both(lambda: outcome(text))
    # libyaml and the pure parser differ in what they let pass; where both read it, they read the same.
    if DefinitionError not in (for_c, for_pure):
        assert for_c == for_pure


def _by_both(read: Callable[[], object]) -> tuple[object, object]:
    first = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        return first, read()


def test_the_largest_integer_is_that_of_json() -> None:
    assert core_schema.MAX_INTEGER == 2**53 - 1 == int(math.nextafter(2.0**53, 0.0))
