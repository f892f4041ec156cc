"""A key that was called otherwise in earlier files is read all the same, at its place, but not beside its new name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidentsim.definitions.formats.common import Shape
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.definitions.yaml12.reader import read_yaml
from tests.support.source_tree import NAMES

SHIPPED = Path(__file__).parents[3]
PLAYBOOK = (SHIPPED / "playbooks/platform-incidents.yaml").read_text(encoding="utf-8")
SCENARIO = (SHIPPED / "scenarios/two-fires.yaml").read_text(encoding="utf-8")
OLD_PLAYBOOK = {
    "when_fact": "on",
    "aggravating_factors": "graver",
    "more_severe_by": "graver_by",
    "cancelled_by": "dropped_by",
}


def shapes() -> Iterator[type[Shape]]:
    """Every shape of every format."""
    for name in NAMES:
        if "/formats/" in name or name == "generation/format_archetype.py":
            __import__("incidentsim." + name.removesuffix(".py").replace("/", "."))
    waiting = [Shape]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        yield shape


def renamed(text: str, old: dict[str, str]) -> str:
    for new, former in old.items():
        text = re.sub(rf"(?<![a-z_]){new}:", f"{former}:", text)
    return text


def test_an_old_key_is_no_key_of_today_and_leads_to_one() -> None:
    declaring = [shape for shape in shapes() if shape.OLD_KEYS]
    assert len(declaring) >= 7
    for shape in declaring:
        keys = {field.alias or name for name, field in shape.model_fields.items()}
        assert not keys & shape.OLD_KEYS.keys(), shape
        assert set(shape.OLD_KEYS.values()) <= keys, shape


def test_a_playbook_with_old_keys_is_the_same_playbook() -> None:
    old = renamed(PLAYBOOK, OLD_PLAYBOOK)
    assert all(
        f" {former}:" in old or f"{{{former}:" in old or f"\n{former}:" in old for former in OLD_PLAYBOOK.values()
    )
    assert read_playbook(old.encode(), "p.yaml") == read_playbook(PLAYBOOK.encode(), "p.yaml")


def test_a_scenario_with_old_keys_is_the_same_scenario() -> None:
    playbook = read_playbook(PLAYBOOK.encode(), "p.yaml")
    before, script = renamed(SCENARIO, {"when_fact": "on"}).split("\nscript:\n")
    script, expected = script.split("\nexpect:\n")
    old = f"{before}\nscript:\n{script.replace(' incident:', ' on:')}\nexpect:\n{expected}"
    assert old.count(" on:") > 20
    assert read_scenario(old.encode(), "s.yaml", playbook) == read_scenario(SCENARIO.encode(), "s.yaml", playbook)


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        ("graver:\n  - when: {measure: x, at_least: 1}\n    graver_by: 1\n    basis: source\n", "graver", "measure x"),
        ("graver: 3\n", "graver", ""),
    ],
)
def test_what_is_wrong_behind_an_old_key_is_told_at_its_place(wrong: str, place: str, said: str) -> None:
    text = re.sub(r"(?ms)^aggravating_factors:\n.*?(?=^\w)", wrong, PLAYBOOK)
    line = text[: text.index(f"\n{place}:") + 1].count("\n") + 1
    with pytest.raises(DefinitionError) as raised:
        read_playbook(text.encode(), "p.yaml")
    problems = [one for one in raised.value.problems if line <= one.line <= line + wrong.count("\n")]
    assert problems
    assert any(said in one.message for one in problems)


def test_an_old_key_beside_the_new_one_is_unknown() -> None:
    text = re.sub(r"(?m)^aggravating_factors:", "graver: []\naggravating_factors:", PLAYBOOK)
    with pytest.raises(DefinitionError) as raised:
        read_playbook(text.encode(), "p.yaml")
    assert [one.path for one in raised.value.problems] == ["$.graver"]


def test_renaming_keeps_order_and_place() -> None:
    document = read_yaml(b"a: 1\nb: {c: 2, d: [3]}\n", "f.yaml")
    document.rename_key(("b", "c"), "e")
    assert list(document.value["b"].items()) == [("e", 2), ("d", [3])]
    assert document.position(("b", "e"), key=True) == (2, 5)
    with pytest.raises(KeyError):
        document.rename_key(("a", "c"), "e")
    with pytest.raises(KeyError):
        document.rename_key(("b", "d", 0, "x", "y"), "e")
