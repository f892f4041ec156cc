"""Finding definition files and telling what they are."""

import os
from pathlib import Path

import pytest

from incidentsim.definitions.library.files import Head, definition_files, head_of, kind_of, read_bytes
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.errors import InputError


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1\n", encoding="utf-8")


def test_files_are_taken_as_given_and_folders_searched_in_order_of_their_paths(tmp_path: Path) -> None:
    touch(tmp_path / "b.yaml", tmp_path / "a" / "z.yml", tmp_path / "a" / "b.YAML", tmp_path / "notes.txt")
    touch(tmp_path / "odd.txt")
    assert definition_files([tmp_path / "odd.txt", tmp_path, tmp_path / "b.yaml"]) == [
        tmp_path / "odd.txt",
        tmp_path / "a" / "b.YAML",
        tmp_path / "a" / "z.yml",
        tmp_path / "b.yaml",
    ]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file or folder .*nowhere\."):
        definition_files([tmp_path / "nowhere"])


def test_a_folder_without_definitions_is_named(tmp_path: Path) -> None:
    touch(tmp_path / "notes.txt")
    with pytest.raises(InputError, match=r"holds no YAML file \(\*\.yaml, \*\.yml\)"):
        definition_files([tmp_path])


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_path_that_cannot_be_one_is_an_error_of_the_input(name: str) -> None:
    with pytest.raises(InputError):
        definition_files([Path(name)])


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder|permission denied"):
        read_bytes(tmp_path)


def test_a_file_that_went_away_is_an_error_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file or folder"):
        read_bytes(tmp_path / "gone.yaml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_file_without_permission_is_an_error_of_the_input(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    touch(path)
    path.chmod(0)
    with pytest.raises(InputError, match="permission denied"):
        read_bytes(path)


def test_permission_denied_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="cannot be read: permission denied"):
        read_bytes(tmp_path / "a.yaml")


def test_any_other_failure_to_read_gives_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(InputError, match="cannot be read: Input/output error"):
        read_bytes(tmp_path / "a.yaml")


def test_the_schema_says_what_a_file_is(playbook_text: str, scenario_text: str) -> None:
    assert kind_of(playbook_text.encode(), "a.yaml") == "playbook"
    assert kind_of(scenario_text.encode(), "a.yaml") == "scenario"
    assert head_of(playbook_text.encode(), "a.yaml") == Head("playbook", "tiny", "")
    assert head_of(scenario_text.encode(), "a.yaml") == Head("scenario", "small", "tiny")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "id: a\n",
            "a.yaml:1:1: This is no file of incidentsim: it has no key schema. That key says what the file is: ",
        ),
        ("id: a\nschema: b\n", "a.yaml:2:9: b is no schema of this version; valid are incidentsim/playbook/1 or"),
        (
            "schema: incidentsim/scenari/1\n",
            "a.yaml:1:9: incidentsim/scenari/1 is no schema of this version; the nearest",
        ),
        ("schema: [1]\n", "a.yaml:1:9: [1] is no schema of this version; valid are"),
        ("- schema\n", "a.yaml:1:1: This is no definition: a mapping (key: value) is needed, whose schema is"),
        ("3\n", "a.yaml:1:1: This is no definition"),
    ],
)
def test_any_other_schema_is_refused_with_the_valid_ones(text: str, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        kind_of(text.encode(), "a.yaml")
    assert str(refused.value).startswith(said)
    assert not refused.value.readable


@pytest.mark.parametrize("head", ["schema: incidentsim/scenario/1\nid: [1]\n", "schema: incidentsim/scenario/1\n"])
def test_a_head_without_an_id_has_an_empty_one(head: str) -> None:
    assert head_of(head.encode(), "a.yaml") == Head("scenario", "", "")
