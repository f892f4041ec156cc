"""Kinds of fields stand in one list, and whoever treats them differently speaks of every one of them."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from incidentsim.definitions.formats import messages as format_messages
from incidentsim.definitions.formats.fields import PlainKind
from incidentsim.domain.field_kinds import FieldKind

PACKAGE = Path(__file__).parents[2] / "incidentsim"
MODULES = {
    path.relative_to(PACKAGE).as_posix(): source
    for path in sorted(PACKAGE.rglob("*.py"))
    if "FieldKind" in (source := path.read_text(encoding="utf-8"))
}


def named_in(match: ast.Match) -> set[str]:
    """The kinds of fields that the patterns of a `match` name."""
    patterns = [node for case in match.cases for node in ast.walk(case.pattern) if isinstance(node, ast.Attribute)]
    return {node.attr for node in patterns if isinstance(node.value, ast.Name) and node.value.id == "FieldKind"}


def matches() -> Iterator[tuple[str, int, set[str]]]:
    for name, source in MODULES.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Match) and named_in(node):
                yield name, node.lineno, named_in(node)


@pytest.mark.parametrize(("module", "line", "named"), list(matches()))
def test_whoever_tells_kinds_apart_names_every_kind(module: str, line: int, named: set[str]) -> None:
    """So that a new kind makes mypy name the places that have to treat it, instead of falling under the rest."""
    assert named == set(FieldKind.__members__), f"{module}:{line}"


def test_kinds_are_told_apart_in_these_modules_and_no_other() -> None:
    """One a layer; of the session, one reads what is typed, one lays out what can be chosen, one says by what."""
    assert sorted({module for module, _line, _named in matches()}) == [
        "definitions/rules/field_values.py",
        "exercise/bots/content.py",
        "exercise/kernel/field_values.py",
        "exports/wording/names.py",
        "session/reading/criteria.py",
        "session/reading/form.py",
        "session/writing/field_entries.py",
        "tui/action_form/fields.py",
    ]


def test_no_module_spells_a_kind_as_a_string() -> None:
    """Two are sought that mean nothing else; `"text"` and `"level"` are words of other ideas too."""
    telling = {FieldKind.CLOCK_MEASURES.value, FieldKind.STATUTORY_LEVEL.value}
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if any(word in (source := path.read_text(encoding="utf-8")) for word in telling)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and node.value in telling
    ]
    listed = (PACKAGE / "domain" / "field_kinds.py").relative_to(PACKAGE).as_posix()
    assert {place.partition(":")[0] for place in found} == {listed}


def test_a_playbook_names_by_a_word_every_kind_that_is_no_list_of_choices() -> None:
    assert set(get_args(PlainKind)) == set(FieldKind) - {FieldKind.CHOICE, FieldKind.CHOICES}


def test_the_sentence_about_fields_names_every_kind() -> None:
    sentence = format_messages._SENTENCES["field"]({})
    assert [kind for kind in FieldKind if kind.value not in sentence] == []
