"""The words for controls and evidence."""

from typing import get_args

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import PROOFS, RELATIONS, TRAIT_KINDS, Control, Evidence, Proof, Relation, Sign, Trait
from incidentsim.domain.facts import FACT_FIELDS, FactKind
from incidentsim.domain.text import Text

ASKS = Text("It was done.", "已完成。")


def test_every_trait_says_which_kinds_of_fact_can_have_it() -> None:
    assert set(TRAIT_KINDS) == set(get_args(Trait))
    assert all(kinds and set(kinds) <= set(FACT_FIELDS) for kinds in TRAIT_KINDS.values())


def test_lists_hold_every_word_of_their_kind() -> None:
    assert get_args(Relation) == RELATIONS
    assert get_args(Proof) == PROOFS


def test_evidence_that_differs_by_procedure_alone_is_not_the_same() -> None:
    """It serves as a key, although what it holds by procedure is left out of its hash."""
    sign = Sign(Pattern(FactKind.STEP_TAKEN, do="contain"))
    one = Evidence("contained", ASKS, procedures={"a": (sign,)})
    other = Evidence("contained", ASKS, procedures={"b": (sign,)})
    assert hash(one) == hash(other)
    assert len({one: 1, other: 2, Evidence("contained", ASKS, procedures={"a": (sign,)}): 3}) == 2


def test_a_title_is_the_standards_own_unless_it_is_said_to_be_ours() -> None:
    assert not Control("A.1", ASKS, "simulated", ()).titled_by_us
