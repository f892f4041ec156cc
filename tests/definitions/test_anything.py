"""Whatever a file holds, reading it gives a definition or a `DefinitionError`, and nothing else."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentsim.definitions.library.files import head_of
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.definitions.yaml12.problems import DefinitionError, folded
from incidentsim.definitions.yaml12.reader import read_yaml

DATA = Path(__file__).parent / "data"
PLAYBOOK = read_playbook((DATA / "playbook.yaml").read_bytes(), "playbook.yaml")
VALUES = {name: read_yaml((DATA / f"{name}.yaml").read_bytes(), name).value for name in ("playbook", "scenario")}


def all_paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in items:
        found.extend(all_paths(held, (*path, key)))
    return found


PATHS = {name: all_paths(value) for name, value in VALUES.items()}
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.sampled_from(["", " ", "report", "main", "closed", "team", "anyone", "same", "5m", "p1", "ann", "x\ny"])
    | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["all", "any", "not", "track", "in", "happened", "within", "fact", "do", "en", "zh", "choice"]
            )
            | st.integers(0, 6),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def changed(name: str, data: st.DataObject) -> bytes:
    """The valid file with up to three of its parts replaced, removed, or moved elsewhere."""
    value = copy.deepcopy(VALUES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PATHS[name][1:]))
        parent = value
        try:
            for part in path[:-1]:
                parent = parent[part]
            action = data.draw(st.sampled_from(["replace", "remove", "move"]))
            if action == "remove":
                del parent[path[-1]]
            elif action == "move":
                other = VALUES[name]
                for part in data.draw(st.sampled_from(PATHS[name])):
                    other = other[part]
                parent[path[-1]] = copy.deepcopy(other)
            else:
                parent[path[-1]] = data.draw(ODD)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took that place away
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.data())
def test_a_changed_playbook_is_read_or_refused(data: st.DataObject) -> None:
    text = changed("playbook", data)
    try:
        playbook = read_playbook(text, "a.yaml")
    except DefinitionError as error:
        lines = str(error).split("\n")
        assert len(lines) == len(folded(error.problems))  # noqa: PT017 - both outcomes are right, and each is looked at
        return
    assert playbook.main_track.id in playbook.tracks


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.data())
def test_a_changed_scenario_is_read_or_refused(data: st.DataObject) -> None:
    text = changed("scenario", data)
    try:
        scenario = read_scenario(text, "a.yaml", PLAYBOOK)
    except DefinitionError as error:
        lines = str(error).split("\n")
        assert len(lines) == len(folded(error.problems))  # noqa: PT017 - both outcomes are right, and each is looked at
        return
    assert {person.pseudonym for person in scenario.people.values()} == {
        f"p{number}" for number in range(1, len(scenario.people) + 1)
    }


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_arbitrary_bytes_are_no_definition(data: bytes) -> None:
    for read in (
        lambda: read_playbook(data, "a.yaml"),
        lambda: read_scenario(data, "a.yaml", PLAYBOOK),
        lambda: scenario_head(data, "a.yaml"),
        lambda: head_of(data, "a.yaml"),
    ):
        with pytest.raises(DefinitionError):
            read()


@settings(deadline=None)
@given(ODD.filter(lambda value: value is not None))
def test_arbitrary_data_is_no_definition(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True).encode()
    with pytest.raises(DefinitionError):
        read_playbook(text, "a.yaml")
    with pytest.raises(DefinitionError):
        read_scenario(text, "a.yaml", PLAYBOOK)


def test_a_file_full_of_faults_is_cut_short() -> None:
    role = "  r{number}: {{title: {{en: R, zh: 角}}, deputies: [x{number}], basis: assumption}}\n"
    roles = "".join(role.format(number=number) for number in range(400))
    text = (DATA / "playbook.yaml").read_text(encoding="utf-8").replace("roles:\n", "roles:\n" + roles)
    with pytest.raises(DefinitionError) as refused:
        read_playbook(text.encode(), "a.yaml")
    assert len(refused.value.problems) == 201
    assert refused.value.problems[-1].message == "These are the first 200 problems; there may be more."


def test_a_condition_nested_as_deep_as_a_file_may_be_is_read() -> None:
    condition = "{level_at_least: 1}"
    for _ in range(48):
        condition = f"{{not: {condition}}}"
    text = (DATA / "playbook.yaml").read_text(encoding="utf-8")
    deep = text.replace("due: {level_at_least: 1}", f"due: {condition}")
    assert read_playbook(deep.encode(), "a.yaml").id == "tiny"
