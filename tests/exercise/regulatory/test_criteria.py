"""Questions and answers: yes, no, and open."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.clock_conditions import (
    NO_CONDITION,
    AllHold,
    AnyHolds,
    ClockCondition,
    DeclaredAs,
    DeclaredAtLeast,
    DeclaredIn,
    DoesNotHold,
    leaves,
    subject,
)
from incidentsim.domain.clocks import Declaration
from incidentsim.exercise.regulatory.criteria import Answered, Verdict, declared, judge

A, B = DeclaredAs("a", value=True), DeclaredAs("b", value=True)


def asked(condition: ClockCondition, **answers: Declaration) -> Verdict:
    return judge(condition, declared(answers))


def test_one_no_settles_all_and_one_yes_settles_any_whatever_is_open() -> None:
    assert asked(AllHold((A, B)), a=False) == Verdict(False, (Answered(A, False),))
    assert asked(AnyHolds((A, B)), a=True) == Verdict(True, (Answered(A, True),))


def test_what_is_open_keeps_the_rest_open_and_is_named() -> None:
    assert asked(AllHold((A, B)), a=True) == Verdict(None, (), ("b",))
    assert asked(AnyHolds((A, B)), a=False) == Verdict(None, (), ("b",))
    assert asked(DoesNotHold(A)) == Verdict(None, (), ("a",))


def test_nothing_asked_holds() -> None:
    assert asked(NO_CONDITION).holds
    assert asked(AnyHolds(())).holds is False


def test_answers_of_every_sort() -> None:
    one = DeclaredIn("kind", ("bank", "broker"))
    assert asked(one, kind="bank").holds
    assert asked(one, kind="shop").holds is False
    assert asked(one, kind=("shop", "broker")).holds
    assert asked(one, kind=()).holds is False
    assert asked(DeclaredAs("a", value=False), a=False).holds
    assert asked(DeclaredAtLeast("n", 3), n=3).holds
    assert asked(DeclaredAtLeast("n", 3), n=2).holds is False


def test_an_answer_of_the_wrong_sort_answers_nothing() -> None:
    assert asked(DeclaredIn("kind", ("bank",)), kind=True).holds is None
    assert asked(DeclaredAs("a", value=True), a=1).holds is None
    assert asked(DeclaredAtLeast("n", 1), n=True).holds is None


CONDITIONS = st.recursive(
    st.sampled_from([DeclaredAs(name, value=value) for name in "abc" for value in (True, False)]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllHold(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyHolds(tuple(parts))),
        inner.map(DoesNotHold),
    ),
    max_leaves=8,
)
ANSWERS = st.dictionaries(st.sampled_from("abc"), st.booleans())


@given(CONDITIONS, ANSWERS, ANSWERS)
def test_a_further_answer_never_changes_one_that_was_settled(
    condition: ClockCondition, known: dict[str, bool], more: dict[str, bool]
) -> None:
    before = judge(condition, declared(known))
    after = judge(condition, declared({**more, **known}))
    if before.holds is not None:
        assert after.holds is before.holds


@given(CONDITIONS, ANSWERS)
def test_what_is_open_is_asked_and_unanswered(condition: ClockCondition, known: dict[str, bool]) -> None:
    verdict = judge(condition, declared(known))
    asked_for = {subject(leaf) for leaf in leaves(condition)}
    assert set(verdict.open) <= asked_for - known.keys()
    assert (verdict.holds is None) == bool(verdict.open)
    assert {subject(one.leaf) for one in verdict.because} <= known.keys()
