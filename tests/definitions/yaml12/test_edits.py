"""A YAML file is changed at its places: what is not touched stays, and what is taken out leaves nothing behind."""

import random

import pytest

from incidentsim import composition
from incidentsim.definitions.yaml12.edits import Edits, texts
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.definitions.yaml12.reader import read_yaml

TEXT = """\
# head
one: {a: 1, b: [x, y, z], c: {en: hi, zh: 你好}}  # beside

# about two
two:
  # about the first
  - do: it      # one
    how: well
  - do: that
    says:
      en: Some words, and
        some more.
      zh: 一些文字
  # about the third
  - {do: last, needs: {all: [p, q]}}
three: 3
"""


@pytest.mark.parametrize(
    ("paths", "gone", "kept"),
    [
        ([("one", "a")], ["a: 1, "], ["{b: [x, y, z]", "# beside"]),
        ([("one", "c")], [", c: {en: hi, zh: 你好}"], ["b: [x, y, z]}  # beside"]),
        ([("one", "b", 2)], ["y, z"], ["[x, y]"]),
        ([("one", "b", n) for n in range(3)], ["b: [x, y, z], "], ["{a: 1, c:"]),
        ([("two", 0)], ["# about the first", "do: it"], ["# about two", "- do: that"]),
        ([("two", 0, "do")], ["do: it"], ["  - how: well"]),
        ([("two", 2)], ["# about the third", "do: last"], ["three: 3", "zh: 一些文字"]),
        ([("two", 2, "needs", "all", 0), ("two", 2, "needs", "all", 1)], ["needs"], ["- {do: last}"]),
        ([("two", n) for n in range(3)], ["# about two", "two:"], ["one: {a", "three: 3"]),
        ([("two", 1), ("two", 1, "says", "en")], ["do: that", "一些文字"], ["do: it", "do: last"]),
        ([("nowhere",), ("two", 9)], [], [TEXT]),
    ],
)
def test_what_is_taken_out_goes_with_its_comment_and_comma(paths: list[Path], gone: list[str], kept: list[str]) -> None:
    edits = Edits.of(TEXT.encode(), "file")
    edits.remove(paths)
    made = edits.data().decode()
    assert not [words for words in gone if words in made], made
    assert [words for words in kept if words in made] == kept, made
    read_yaml(made.encode(), "file")


def test_a_text_becomes_plain_words_where_it_stands() -> None:
    edits = Edits.of(TEXT.encode(), "file")
    for _path, part in texts(edits.root, ("en", "zh")):
        held = (part.entries or {})["en"][1]
        edits.replace(part, edits.text[held.start : held.end])
    made = edits.data()
    assert b"c: hi}  # beside" in made
    value = read_yaml(made, "file").value
    assert value["two"][1] == {"do": "that", "says": "Some words, and some more."}
    assert value["two"][0] == {"do": "it", "how": "well"}


def test_whatever_is_taken_out_of_a_shipped_playbook_the_rest_is_the_same() -> None:
    data = (composition.shipped("playbooks") / "incident-command.yaml").read_bytes()
    value = read_yaml(data, "file").value
    places = list(_places(value, ()))
    for seed in range(4):
        drawn = random.Random(seed).sample(places, 3)  # noqa: S311 - the same places in every run
        edits = Edits.of(data, "file")
        edits.remove(drawn)
        assert read_yaml(edits.data(), "file").value == _without(value, (), set(drawn)), drawn


def _places(value: object, path: Path) -> list[Path]:
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in held for place in ((*path, key), *_places(part, (*path, key)))]


def _without(value: object, path: Path, gone: set[Path]) -> object:
    """The value without what is gone, and without a mapping or list of which nothing is left."""

    def left(key: str | int, held: object) -> bool:
        rest = _without(held, (*path, key), gone)
        return (*path, key) not in gone and not (rest in ({}, []) and held not in ({}, []))

    if isinstance(value, dict):
        return {key: _without(held, (*path, key), gone) for key, held in value.items() if left(key, held)}
    if isinstance(value, list):
        return [_without(held, (*path, n), gone) for n, held in enumerate(value) if left(n, held)]
    return value
