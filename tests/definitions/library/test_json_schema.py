"""The JSON Schemas that editors use."""

from importlib import resources
from typing import Literal

import pytest
from jsonschema import Draft202012Validator

from incidentsim.definitions.library.files import Kind
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.definitions.yaml12.reader import read_yaml


def as_json(value: object) -> object:
    """Keys as JSON has them: strings."""
    if isinstance(value, dict):
        return {str(key): as_json(held) for key, held in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", ["playbook", "scenario", "clocks", "controls", "evidence"])
def test_the_schema_is_a_schema_of_draft_2020_12(kind: Kind) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"].startswith(f"incidentsim {kind}")
    assert "$id" not in schema


def test_shipped_clock_packs_are_valid_by_their_schema() -> None:
    validator = Draft202012Validator(json_schema("clocks"))
    for file in (resources.files("incidentsim") / "clockpacks").iterdir():
        if file.name.endswith(".yaml"):
            assert list(validator.iter_errors(as_json(read_yaml(file.read_bytes(), file.name).value))) == []


def test_valid_files_are_valid_by_their_schemas(playbook_text: str, scenario_text: str) -> None:
    kinds: tuple[tuple[Literal["playbook", "scenario"], str], ...] = (
        ("playbook", playbook_text),
        ("scenario", scenario_text),
    )
    for kind, text in kinds:
        value = as_json(read_yaml(text.encode(), "a.yaml").value)
        errors = list(Draft202012Validator(json_schema(kind)).iter_errors(value))
        assert errors == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from: hidden", "form: hidden"),
        ("{en: Finder, zh: 发现人}", "{en: 3}"),
        ("takes: 1h", "takes: an hour"),
        ("main: true", "main: yes"),
        ("{choice: causes}", "{choise: causes}"),
        ("{not: {level_at_least: 1}}", "{nor: {level_at_least: 1}}"),
    ],
)
def test_an_editor_sees_what_does_not_fit(playbook_text: str, old: str, new: str) -> None:
    value = as_json(read_yaml(playbook_text.replace(old, new).encode(), "a.yaml").value)
    assert not Draft202012Validator(json_schema("playbook")).is_valid(value)
