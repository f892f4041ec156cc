"""One library for every command: what somebody keeps in any of its places is found, and nothing is hidden unsaid."""

from pathlib import Path

import pytest

from incidentsim.definitions.library.library import Library, Located
from incidentsim.definitions.library.places import FOLDERS, Origin, Place, beside
from incidentsim.domain.errors import InputError, UnknownNameError

DATA = Path(__file__).parents[1] / "data"


def put(folder: Path, name: str = "playbook.yaml", identity: str | None = None, *, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = (DATA / name).read_text(encoding="utf-8")
    known = "tiny" if name == "playbook.yaml" else "small"
    path = folder / f"{identity or known}.yaml"
    path.write_text(text.replace(f"id: {known}", f"id: {identity or known}", 1) + more, encoding="utf-8")
    return path


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_a_place_holds_definitions_itself_and_in_its_folders_and_nothing_deeper(folder: str, tmp_path: Path) -> None:
    path = put(tmp_path / folder, identity="own")
    put(tmp_path / "deep" / "er", identity="other")
    put(tmp_path / "playbooks" / "deeper", identity="another")
    library = Library([Place(tmp_path, Origin.WORKING)])
    assert library.located("playbook") == {"own": Located(path, Origin.WORKING)}


def test_the_places_count_in_their_order(tmp_path: Path) -> None:
    order = [Origin.WORKING, Origin.KEPT, Origin.PATH, Origin.SHIPPED]
    for origin in order:
        put(tmp_path / origin, more=f"# {origin}\n")
    for first in range(len(order)):
        library = Library([Place(tmp_path / origin, origin) for origin in order[first:]])
        assert library.located("playbook")["tiny"].origin is order[first]


def test_a_file_is_found_beside_the_one_that_is_named_whatever_the_layout(tmp_path: Path) -> None:
    layouts = {
        "one folder": ("", ""),
        "a folder for scenarios": ("", "scenarios"),
        "a folder for playbooks": ("playbooks", ""),
        "two folders": ("playbooks", "scenarios"),
    }
    for name, (of_playbooks, of_scenarios) in layouts.items():
        playbook = put(tmp_path / name / of_playbooks, identity="own")
        scenario = put(tmp_path / name / of_scenarios, "scenario.yaml")
        found = Library([DATA]).beside(scenario).located("playbook")
        assert found["own"] == Located(playbook, Origin.BESIDE), name
        assert found["tiny"].origin is Origin.SHIPPED
        named = Library([DATA]).with_paths([scenario])
        assert named.located("playbook")["own"].path == playbook, name
        assert named.located("scenario")["small"] == Located(scenario, Origin.CALL, hides=None), name


def test_what_hides_a_shipped_file_is_said_each_time(tmp_path: Path) -> None:
    told: list[str] = []
    shipped = put(tmp_path / "shipped")
    own = put(tmp_path / "own", more="# mine\n")
    library = Library([Place(tmp_path / "own", Origin.WORKING), tmp_path / "shipped"], told.append)
    assert library.located("playbook") == {"tiny": Located(own, Origin.WORKING, hides=shipped)}
    for times in (1, 2):
        assert library.playbook("tiny")[0] == own
        assert (
            told == [f"{own} is taken for the playbook tiny, in place of the one that comes with the program."] * times
        )
    assert library.beside(own).playbook("tiny")[0] == own
    assert len(told) == 3


def test_an_equal_copy_hides_nothing(tmp_path: Path) -> None:
    told: list[str] = []
    put(tmp_path / "shipped")
    own = put(tmp_path / "own")
    library = Library([Place(tmp_path / "own", Origin.KEPT), tmp_path / "shipped"], told.append)
    assert library.playbook("tiny")[0] == own
    assert told == []


def test_in_a_checkout_of_the_program_what_is_shipped_comes_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "playbooks")
    library = Library([Place(Path(), Origin.WORKING), tmp_path / "playbooks"])
    assert library.located("playbook")["tiny"].origin is Origin.SHIPPED


def test_what_is_no_definition_or_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_text("a: b\n" * 10_000, encoding="utf-8")
    (tmp_path / "half.yaml").write_text("schema: incidentsim/playbook/1\nid: [\n", encoding="utf-8")
    (tmp_path / "playbooks").write_text("a file of this name\n", encoding="utf-8")
    path = put(tmp_path)
    places = [Place(tmp_path, Origin.WORKING), Place(tmp_path / "missing", Origin.PATH)]
    assert Library(places).located("playbook") == {"tiny": Located(path, Origin.WORKING)}


def test_whoever_names_an_unknown_playbook_is_told_where_it_would_be_found() -> None:
    with pytest.raises(UnknownNameError, match=r"valid are tiny\. A playbook of your own is found beside its scenario"):
        Library([DATA]).playbook("xyz")


def test_what_a_call_names_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Library([]).with_paths([tmp_path / "missing.yaml"])


def test_around_a_file_is_its_folder_and_the_one_above_a_folder_of_a_library() -> None:
    assert [place.path for place in beside(Path("/a/b/c.yaml"))] == [Path("/a/b")]
    assert [place.path for place in beside(Path("/a/scenarios/c.yaml"))] == [Path("/a/scenarios"), Path("/a")]
