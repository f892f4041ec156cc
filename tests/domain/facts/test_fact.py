"""Facts: a closed list of classes, each with its one form on record."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import (
    FACT_CLASSES,
    FACT_FIELDS,
    Actor,
    Fact,
    FactKind,
    Json,
    LevelSet,
    NotAFactError,
    Observed,
    SetAside,
    StepTaken,
    actor_of,
    basis_of,
    cause_of,
    duty_number_of,
    read_fact,
)
from tests.support.facts import COMMITMENTS, FACTS, TEXTS, a_fact, recorded

STEP = a_fact(
    5,
    FactKind.STEP_TAKEN,
    "one",
    {"do": "tell", "by": {"person": "p1", "role": "watcher"}, "rule": "main.tell", "clause": "X1"},
)
DELIVERED = a_fact(0, FactKind.INJECT_DELIVERED, None, {"inject": "mail", "channel": "email", "to": ["p1", "p2"]})


@given(FACTS)
def test_any_fact_comes_back_from_its_form_on_record(fact: Fact) -> None:
    assert read_fact(fact.to_json()) == fact


@given(st.sampled_from(tuple(FACT_CLASSES)).flatmap(lambda kind: recorded(kind, TEXTS | COMMITMENTS)))
def test_whatever_stands_on_record_is_written_as_it_was_read(written: dict[str, Json]) -> None:
    """Texts whose words are withheld included; the order of the parts is the class's."""
    assert read_fact(written).to_json() == written


def test_the_form_on_record_says_when_and_what_and_only_then_which_incident() -> None:
    assert list(STEP.to_json())[:3] == ["at", "fact", "incident"]
    assert "incident" not in DELIVERED.to_json()


def test_every_class_is_in_the_list_under_its_own_kind_and_every_kind_has_one() -> None:
    assert all(cls.kind is kind for kind, cls in FACT_CLASSES.items())
    assert set(FactKind) - set(FACT_CLASSES) == {FactKind.SET_ASIDE}
    assert set(get_args(Fact)) == {*FACT_CLASSES.values(), SetAside}


@pytest.mark.parametrize("cls", FACT_CLASSES.values())
def test_every_class_is_frozen_has_no_room_for_more_and_says_what_it_means(cls: type[Fact]) -> None:
    fact = a_fact(1, cls.kind, None)
    with pytest.raises(FrozenInstanceError):
        fact.at = 2  # type: ignore[misc]  # that is what is tried
    assert not hasattr(fact, "__dict__")
    assert cls.__doc__ is not None
    assert not cls.__doc__.startswith(f"{cls.__name__}("), "a sentence, not the signature"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"fact": "filed"}, "needs an integer `at`"),
        ({"at": 1}, "needs an integer `at`"),
        ({"at": "1", "fact": "filed"}, "needs an integer `at`"),
        ({"at": True, "fact": "filed"}, "needs an integer `at`"),
        ({"at": 1, "fact": None}, "needs an integer `at`"),
        ({"at": 1, "fact": "filed", "incident": 3}, "needs an integer `at`"),
        ({"at": 1, "fact": "step_takn", "incident": "x", "doo": 1}, "there is no kind of fact step_takn"),
        ({"at": 1, "fact": "set_aside"}, "there is no kind of fact set_aside"),
        ({"at": 1, "fact": "filed", "clock": "c", "because": 0}, "the fact filed has no part incident"),
        ({"at": 1, "fact": "inject_skipped", "incident": "x", "inject": "y"}, "holds what it should not: incident"),
        ({"at": 1, "fact": "filed", "incident": "x", "because": 0}, "the fact filed has no part clock"),
        (
            {"at": 1, "fact": "filed", "incident": "x", "clock": "c", "because": True},
            "in the fact filed, the part because is not an integer",
        ),
        (
            {"at": 1, "fact": "filed", "incident": "x", "clock": "c", "because": 0, "moon": 1, "sun": 2},
            "the fact filed holds what it should not: moon, sun",
        ),
        ({"at": 1, "fact": "exercise_ended", "reason": "tired"}, "the part reason is not a way in which an exercise"),
        ({"at": 1, "fact": "observed", "about": None, "note": "words"}, "the part note is not a text or a commitment"),
    ],
)
def test_something_that_is_no_fact_is_not_read_as_one_and_it_is_said_why(written: dict[str, Json], said: str) -> None:
    with pytest.raises(NotAFactError, match=said):
        read_fact(written)


@pytest.mark.parametrize("kind", FACT_CLASSES)
@given(data=st.data())
def test_no_part_may_be_missing(kind: FactKind, data: st.DataObject) -> None:
    written = data.draw(recorded(kind))
    for key in FACT_FIELDS[kind]:
        with pytest.raises(NotAFactError, match=f"the fact {kind} has no part {key}"):
            read_fact({name: value for name, value in written.items() if name != key})


def test_a_fact_that_is_none_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Fact(0, "step_takn", None, {"doo": 1})  # type: ignore[operator]  # that is what is tried
    with pytest.raises(TypeError):
        StepTaken(0, "leak", doo=1)  # type: ignore[call-arg]  # that is what is tried


WRONG = """
from incidentsim.domain.facts import Fact, FactKind, Observed, StepTaken

Fact(0, "step_takn", None, {"doo": 1})
StepTaken(0, "leak", doo=1)
def told(fact: Fact) -> str:
    if fact.kind == FactKind.STEP_TAKEN:
        return fact.do
    return fact.doo
def about(fact: Observed) -> str:
    return fact.note
"""


@pytest.mark.slow
def test_the_type_checker_sees_what_is_no_fact_and_what_a_kind_does_not_have(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(WRONG, encoding="utf-8")
    api = pytest.importorskip("mypy.api", reason="the type checker comes with the extra lint")
    told, errors, _code = api.run(["--config-file=", "--strict", f"--cache-dir={tmp_path}", str(wrong)])
    lines = {int(line.split(":")[1]) for line in told.splitlines() if "wrong.py" in line and ": error:" in line}
    assert lines == {4, 5, 9, 11}, told + errors


def test_who_acted_is_read_from_the_fact_and_nobody_where_it_followed_by_itself() -> None:
    assert actor_of(STEP) == Actor("p1", "watcher")
    assert actor_of(a_fact(5, FactKind.STEP_TAKEN, "one", {"by": None})) is None
    assert actor_of(DELIVERED) is None


def test_what_several_kinds_have_is_asked_of_any_fact() -> None:
    assert basis_of(STEP) == ("main.tell", "X1")
    assert basis_of(DELIVERED) == (None, None)
    assert cause_of(LevelSet(1, "one", level=1, was=None, because=7)) == 7
    assert cause_of(STEP) is None
    assert duty_number_of(a_fact(1, FactKind.DUTY_BREACHED, "one", {"number": 3})) == 3
    assert duty_number_of(DELIVERED) is None


def test_the_parts_on_record_are_what_the_classes_say() -> None:
    assert FACT_FIELDS[FactKind.REFUSED] == ("do", "by", "with", "why", "rule", "clause", "allowed")
    assert [field.name for field in fields(Observed)] == ["at", "incident", "about", "note", "appraisal"]


@pytest.mark.parametrize("at", [-1, 36_500 * 86_400_000 + 1, 2**53])
def test_a_fact_lies_within_an_exercise(at: int) -> None:
    with pytest.raises(NotAFactError, match="between the start of the exercise and a hundred years after it"):
        a_fact(at, FactKind.EXERCISE_ENDED, None)
