"""Reading control maps and evidence files: what is taken, and every problem at once with its place."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.controls.read import read_control_map, read_evidence
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import Control, ControlMap, Evidence, Sign
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.domain.text import Text
from tests.support.small import small_playbook

MARK = "¦"
"""Stands in a planted fault where the problem must be reported."""

EVIDENCE = """\
schema: incidentsim/evidence/1
evidence:
  graded:
    asks: {en: It was graded., zh: 已定级。}
    anywhere: [{fact: level_set, trait: changed}, {fact: anchor_reached, anchor: awareness}]
  told:
    asks: {en: It was told., zh: 已告知。}
    procedures:
      small: [{do: tell}, {do: tell, trait: by_people}]
      another: [{do: shout}, {fact: refused, do: hide, why: forbidden}]
  pinned:
    asks: {en: It is pinned., zh: 已锁定。}
    proofs: [chain, checkpoint]
"""

MAP = """\
schema: incidentsim/controls/1
id: house-rules
title: {en: House rules, zh: 内部规则}
publisher: Nobody
version: "1"
source: https://example.org/rules
shows: {en: Little., zh: 不多。}
evidence:
  filed:
    asks: {en: It was filed., zh: 已报送。}
    anywhere: [{fact: filed, clock: cn-pipl-57}]
controls:
  - {id: R.1, title: {en: Grade, zh: 定级}, relation: simulated, evidence: [graded, filed]}
  - id: R.1(2)
    title: {en: Practise, zh: 演练}
    titled_by: us
    relation: exercise
    evidence: [told]
"""


def evidence(text: str = EVIDENCE) -> dict[str, Evidence]:
    return read_evidence(text.encode(), "evidence.yaml", {"small": small_playbook()})


def control_map(text: str = MAP) -> ControlMap:
    return read_control_map(text.encode(), "map.yaml", evidence())


def edited(text: str, old: str, new: str) -> tuple[str, tuple[int, int] | None]:
    """The text with one thing changed, and where the mark stands in it."""
    assert text.count(old) == 1, old
    before, mark, after = text.replace(old, new).partition(MARK)
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1) if mark else None
    return before + after, place


def problems_with(read: Callable[[str], object], text: str) -> tuple[Problem, ...]:
    """What is wrong with the text; nothing where it can be read."""
    try:
        read(text)
    except DefinitionError as error:
        return error.problems
    return ()


def only_problem(error: DefinitionError) -> Problem:
    (problem,) = error.problems
    return problem


def test_evidence_says_what_its_file_says() -> None:
    graded, told, pinned = evidence().values()
    assert graded.asks == Text("It was graded.", "已定级。")
    assert graded.anywhere == (
        Sign(Pattern(FactKind.LEVEL_SET), "changed"),
        Sign(Pattern(FactKind.ANCHOR_REACHED, anchor="awareness")),
    )
    assert told.procedures["small"] == (
        Sign(Pattern(FactKind.STEP_TAKEN, do="tell")),
        Sign(Pattern(FactKind.STEP_TAKEN, do="tell"), "by_people"),
    )
    assert told.procedures["another"][1] == Sign(Pattern(FactKind.REFUSED, do="hide", why=RefusalReason.FORBIDDEN))
    assert (told.anywhere, pinned.proofs) == ((), ("chain", "checkpoint"))


def test_a_map_says_what_its_file_says() -> None:
    found, known = control_map(), evidence()
    assert (found.id, found.version, found.source) == ("house-rules", "1", "https://example.org/rules")
    first, second = found.controls
    assert (first.id, [one.id for one in first.evidence]) == ("R.1", ["graded", "filed"])
    assert first.evidence[0] == known["graded"]
    assert not first.titled_by_us
    assert second == Control("R.1(2)", Text("Practise", "演练"), "exercise", (known["told"],), titled_by_us=True)


def test_equal_evidence_is_one_key() -> None:
    """Maps that ask for the same share the search for it."""
    assert len({*evidence().values(), *evidence().values()}) == 3


EVIDENCE_FAULTS = [
    ("fact: level_set,", "fact: ¦level_st,", "There is no fact level_st; the nearest valid one is level_set."),
    ("trait: changed", "trait: ¦in_time", "The fact level_set can never be in_time; that can be of duty_settled."),
    ("trait: changed", "trait: ¦chnged", "chnged is not valid here; the nearest valid one is changed."),
    ("anchor: awareness", "anchor: ¦awarness", "There is no anchor awarness; the nearest valid one is awareness."),
    ("{fact: level_set, trait", "{fact: level_set, ¦level: 1, trait", "no level can be asked for"),
    ("{fact: level_set, trait: changed}", "{fact: step_taken, ¦do: tell}", "no do can be asked for"),
    ("{fact: level_set, trait: changed}", "¦{trait: changed}", "A sign names a fact, a step under do, or"),
    (
        "{fact: level_set, trait: changed}",
        "{means: ¦contayn}",
        "There is no meaning contayn; the nearest valid one is contain.",
    ),
    ("{fact: level_set, trait: changed}", "{¦means: contain, do: tell}", "What has a meaning is a step"),
    ("{fact: level_set, trait: changed}", "{¦means: contain, fact: level_set}", "What has a meaning is a step"),
    ("[{do: tell},", "[{do: ¦tel},", "There is no step tel; the nearest valid one is tell."),
    ("[{do: tell},", "[{do: tell, ¦inject: x},", "The fact step_taken has no part inject"),
    ("[{do: tell},", "[{do: tell}, ¦{do: tell},", "This stands here twice."),
    ("proofs: [chain, checkpoint]", "proofs: [chain, ¦chain]", "chain stands here twice."),
    ("proofs: [chain, checkpoint]", "proofs: [¦chian]", "chian is not valid here; the nearest valid one is chain."),
    ("  pinned:", "  ¦empty:\n    asks: {en: a, zh: b}\n  pinned:", "Nothing could ever be this"),
    ("asks: {en: It was told., zh: 已告知。}", "¦asks: {en: It was told.}", "The text in Chinese is missing."),
    ("{fact: level_set, trait", "{fact: level_set, ¦scale: cn_cac_2025, trait", "The fact level_set has no part scale"),
    (
        "anchor_reached, anchor: awareness",
        "statutory_level_judged, scale: ¦cn_cac_2052",
        "nearest valid one is cn_cac_2025",
    ),
    ("why: forbidden", "why: ¦forbiden", "There is no kind of refusal forbiden; the nearest valid one is forbidden."),
]

MAP_FAULTS = [
    ("[told]", "[¦tld]", "There is no evidence tld; the nearest valid one is told."),
    ("[told]", "[told, ¦told]", "told stands here twice."),
    ("id: R.1(2)", "id: ¦R.1", "R.1 stands here twice."),
    ("id: R.1(2)", 'id: ¦"R. 1 "', "R. 1⟨U+0020⟩ is not a control's id"),
    ("relation: exercise", "relation: ¦proven", "valid are exercise, simulated, record."),
    ("https://example.org/rules", "¦http://example.org/rules", "is not an address that begins with https://."),
    ("clock: cn-pipl-57", "clock: ¦cn-pipl-75", "There is no clock cn-pipl-75; the nearest valid one is cn-pipl-57."),
    ("[graded, filed]", "[graded]", "Nothing here names filed."),
    ("  filed:", "  ¦graded:", "graded is the name of evidence that all maps share; give it another name."),
    ("titled_by: us", "titled_by: ¦them", "valid are standard, us."),
    (
        "publisher: Nobody",
        "¦publsher: Nobody",
        "The key publsher means nothing here; the nearest valid one is publisher.",
    ),
    ("evidence: [told]", "evidence: ¦[]", "At least one is needed here."),
]


@pytest.mark.parametrize(("old", "new", "part"), EVIDENCE_FAULTS, ids=[new for _old, new, _part in EVIDENCE_FAULTS])
def test_a_fault_in_an_evidence_file_is_told_at_its_place(old: str, new: str, part: str) -> None:
    text, place = edited(EVIDENCE, old, new)
    with pytest.raises(DefinitionError) as caught:
        evidence(text)
    problem = only_problem(caught.value)
    assert part in problem.message
    assert (problem.file, problem.line, problem.column) == ("evidence.yaml", *(place or ()))


@pytest.mark.parametrize(("old", "new", "part"), MAP_FAULTS, ids=[new for _old, new, _part in MAP_FAULTS])
def test_a_fault_in_a_map_is_told_at_its_place(old: str, new: str, part: str) -> None:
    text, place = edited(MAP, old, new)
    with pytest.raises(DefinitionError) as caught:
        control_map(text)
    found = [(one.file, one.line, one.column) for one in caught.value.problems if part in one.message]
    assert found, caught.value
    if place is not None:
        assert found[0] == ("map.yaml", *place)


def test_every_problem_is_told_at_once() -> None:
    text = MAP.replace("[told]", "[tld]").replace("cn-pipl-57", "nothing").replace("R.1(2)", "R.1")
    with pytest.raises(DefinitionError) as caught:
        control_map(text)
    assert len(caught.value.problems) == 3


def test_names_of_a_playbook_that_is_not_there_are_taken_as_they_stand() -> None:
    text = EVIDENCE.replace("small:", "unheard-of:").replace("{do: tell}, ", "{do: whatever}, ")
    assert evidence(text)["told"].procedures["unheard-of"][0] == Sign(Pattern(FactKind.STEP_TAKEN, do="whatever"))


@given(
    cut=st.integers(0, len(MAP)), new=st.sampled_from(["", "]", "{", ":", "\t", "- ", "&a ", "*a", "\x00", "演", "#"])
)
def test_whatever_the_file_holds_it_is_read_or_refused_with_a_place(cut: int, new: str) -> None:
    for text, read in ((MAP, control_map), (EVIDENCE, evidence)):
        found = problems_with(read, text[:cut] + new + text[cut + len(new) :])
        assert all(one.line >= 1 and one.column >= 1 and one.message for one in found)
