"""Definitions by id: those a call names before those that are shipped."""

from pathlib import Path

import pytest

from incidentsim.definitions.library.library import Library
from incidentsim.domain.errors import InputError, UnknownNameError

DATA = Path(__file__).parents[1] / "data"


def test_definitions_are_found_by_their_ids() -> None:
    library = Library([DATA])
    assert library.playbook("tiny") == (DATA / "playbook.yaml", (DATA / "playbook.yaml").read_bytes())
    assert library.scenario("small") == (DATA / "scenario.yaml", (DATA / "scenario.yaml").read_bytes())
    assert dict(library.playbooks) == {"tiny": DATA / "playbook.yaml"}
    assert dict(library.scenarios) == {"small": DATA / "scenario.yaml"}


def test_what_a_call_names_comes_before_what_is_shipped(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_bytes((DATA / "playbook.yaml").read_bytes())
    shipped = Library([DATA])
    assert shipped.with_paths([own]).playbook("tiny")[0] == own
    assert shipped.with_paths([tmp_path]).scenario("small")[0] == DATA / "scenario.yaml"
    assert shipped.playbook("tiny")[0] == DATA / "playbook.yaml"


def test_what_is_added_last_comes_first(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_bytes((DATA / "playbook.yaml").read_bytes())
    library = Library([]).with_paths([tmp_path / "a.yaml"]).with_paths([tmp_path / "b.yaml"])
    assert library.playbook("tiny")[0] == tmp_path / "b.yaml"


def test_an_unknown_id_is_answered_with_the_nearest_valid_one() -> None:
    with pytest.raises(
        UnknownNameError, match=r"There is no playbook tinny; the nearest valid one is tiny."
    ) as unknown:
        Library([DATA]).playbook("tinny")
    assert (unknown.value.name, unknown.value.known) == ("tinny", ("tiny",))
    with pytest.raises(UnknownNameError, match=r"There is no scenario xyz; valid are small."):
        Library([DATA]).scenario("xyz")


def test_an_empty_library_says_that_there_are_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"There is no playbook tiny; there are none here."):
        Library([tmp_path / "missing", tmp_path]).playbook("tiny")


def test_files_that_define_nothing_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("[", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("schema: incidentsim/playbook/1\n", encoding="utf-8")
    assert list(Library([tmp_path, DATA]).playbooks) == ["tiny"]


def test_a_path_that_a_call_names_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file or folder"):
        Library([DATA]).with_paths([tmp_path / "missing"])
