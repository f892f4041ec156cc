"""What is asked for by meaning: found whatever a step is called, and not looked for where no rule means it."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.controls.read import shipped_control_maps
from incidentsim.domain.facts import StepTaken
from incidentsim.domain.meanings import StepMeaning, defaulted
from incidentsim.domain.playbook import Playbook, Track
from incidentsim.exercise.controls.controls import EvidenceFound, find_evidence
from tests.support.shipped import NAMES, facts_of, procedure, scenario

MAPS = shipped_control_maps()
ALWAYS = frozenset(
    [
        "noticed",
        "procedure_named",
        "acted_in_role",
        "role_kept",
        "people_played",
        "facilitator_judged",
        "acts_attributed",
        "refusals_recorded",
        "time_recorded",
        "plan_carried_out",
        "record_chained",
        "record_signed",
        "record_cosigned",
    ]
)
"""What a run of any procedure could hold: its beginning, whoever acts, refusals, the record itself."""


def found(playbook: Playbook, name: str) -> dict[str, EvidenceFound]:
    findings = find_evidence(MAPS, playbook, scenario(name), facts_of(name), by_people=(), proofs=())
    return {one.evidence.id: one for each in findings for one in each.evidence}


def with_steps(playbook: Playbook, **changes: object) -> Playbook:
    """The playbook with each of its steps changed."""

    def changed(track: Track) -> Track:
        return replace(track, steps=tuple(replace(step, **changes) for step in track.steps))  # type: ignore[arg-type]

    return replace(playbook, tracks={name: changed(track) for name, track in playbook.tracks.items()})


@pytest.mark.parametrize("name", NAMES)
def test_what_no_rule_means_is_not_looked_for_and_nothing_is_guessed(name: str) -> None:
    """Without a meaning, a step is found only by what any procedure says of itself; all else is not "not found"."""
    playbook = procedure(scenario(name).playbook)
    before, after = found(playbook, name), found(with_steps(playbook, means=()), name)
    for piece, one in after.items():
        signs = one.evidence.anywhere
        if signs and all(sign.means for sign in signs):
            assert (one.found, one.looked_for) == (False, False), piece
        elif not any(sign.means for sign in signs):
            assert one == before[piece]
        assert set(one.sequences) <= set(before[piece].sequences)


@pytest.mark.parametrize("playbook", ["platform-incidents", "incident-command"])
def test_evidence_is_looked_for_only_where_a_rule_could_lead_to_it(playbook: str) -> None:
    """Against a procedure with steps alone: no duty, escalation, forbidden act, anchor, field, deputy or judgement."""
    whole = procedure(playbook)
    bare = with_steps(whole, means=(), fields=(), sets_level=None, fits={}, not_by_author_of=())
    bare = replace(
        bare,
        duties={},
        escalations=(),
        forbidden={},
        anchors={},
        roles={name: replace(role, deputies=()) for name, role in bare.roles.items()},
        tracks={name: replace(track, tells=()) for name, track in bare.tracks.items()},
    )
    name = next(name for name in NAMES if scenario(name).playbook == playbook)
    assert {piece for piece, one in found(bare, name).items() if one.looked_for} == ALWAYS
    assert {piece for piece, one in found(whole, name).items() if one.looked_for} > ALWAYS


def test_a_step_that_means_several_things_is_evidence_of_each() -> None:
    name = "false-alarm"
    playbook = with_steps(procedure(scenario(name).playbook), means=(StepMeaning.CONTAIN, StepMeaning.LESSONS))
    pieces = found(playbook, name)
    assert pieces["contained"].sequences == pieces["lessons_drawn"].sequences != ()
    assert not pieces["eradicated"].looked_for


def test_an_id_that_is_a_term_means_it_and_nothing_else_is_guessed() -> None:
    assert all(defaulted(meaning.value, StepMeaning) == (meaning,) for meaning in StepMeaning)
    assert [defaulted(name, StepMeaning) for name in ("contain_it", "Contain", "grade-anew", "")] == [()] * 4


@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32))
def test_findings_do_not_hang_on_what_steps_are_called(name: str, seed: int) -> None:
    """Every step of a procedure under another id, drawn by chance: the same evidence stands in the same facts."""
    playbook = procedure(scenario(name).playbook)
    known = sorted({step.do for track in playbook.tracks.values() for step in track.steps})
    drawn = random.Random(seed).sample(range(10_000), len(known))  # noqa: S311 - names for a test
    names = {step: f"s{number}" for step, number in zip(known, drawn, strict=True)}

    def renamed(track: Track) -> Track:
        return replace(track, steps=tuple(replace(step, do=names[step.do]) for step in track.steps))

    stranger = replace(playbook, id="x", tracks={key: renamed(track) for key, track in playbook.tracks.items()})
    facts = [replace(fact, do=names[fact.do]) if isinstance(fact, StepTaken) else fact for fact in facts_of(name)]
    findings = find_evidence(MAPS, stranger, scenario(name), facts, by_people=range(len(facts)), proofs=())
    as_called = find_evidence(MAPS, playbook, scenario(name), facts_of(name), by_people=range(len(facts)), proofs=())
    assert findings == as_called
