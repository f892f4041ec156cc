"""Evidence for controls: what is found is there, what was undone is not, and nothing else is claimed."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.controls.read import shipped_control_maps, shipped_evidence
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import Control, ControlMap, Evidence, Proof, Sign, Trait
from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.interventions import Note, Undo
from incidentsim.domain.playbook import Step
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.controls.asked import patterns_of
from incidentsim.exercise.controls.controls import ControlFinding, find_evidence
from incidentsim.exercise.evaluation.decisions.owed import steps_owed
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.ledger.memory import MemoryStore
from tests.support.facts import a_fact, acting, on_record
from tests.support.planted_errors.subjects import outcome
from tests.support.screens import service_on, session_on
from tests.support.shipped import NAMES, facts_of, procedure, scenario

GOLDEN: Final = Path(__file__).parents[2] / "golden"
SAYS: Final = Text("Something.", "某事。")
MAPS: Final = shipped_control_maps()


def map_of(*pieces: Evidence) -> ControlMap:
    """A map with one control for each piece of evidence."""
    controls = tuple(Control(f"C.{n}", SAYS, "simulated", (one,)) for n, one in enumerate(pieces))
    return ControlMap("made", SAYS, "nobody", "1", "https://example.org", SAYS, controls)


def found(
    name: str, facts: Sequence[Fact], *pieces: Evidence, people: Sequence[int] = (), proofs: Sequence[Proof] = ()
) -> list[tuple[int, ...]]:
    """Where each piece of evidence stands in the facts, played by the procedure of a shipped scenario."""
    subject = scenario(name)
    maps = [map_of(*pieces)]
    findings = find_evidence(maps, procedure(subject.playbook), subject, facts, by_people=people, proofs=proofs)
    return [finding.sequences for finding in findings]


def looked_for(kind: FactKind, trait: Trait | None = None, **parts: Any) -> Evidence:
    return Evidence("looked-for", SAYS, (Sign(Pattern(kind, **parts), trait),))


def all_of(name: str, facts: Sequence[Fact], people: Sequence[int] = ()) -> tuple[ControlFinding, ...]:
    subject = scenario(name)
    return find_evidence(MAPS, procedure(subject.playbook), subject, facts, by_people=people, proofs=())


@cache
def sequences(name: str, length: int) -> dict[str, tuple[int, ...]]:
    """What the shipped maps find in the first facts of a shipped scenario, by evidence; everybody counts as people."""
    facts = facts_of(name)[:length]
    return {one.evidence.id: one.sequences for each in all_of(name, facts, range(length)) for one in each.evidence}


by_name = pytest.mark.parametrize("name", NAMES)


class TestTraits:
    """Each trait against a plain reading of playbook and scenario."""

    def step_of(self, name: str, fact: Fact) -> Step:
        track = procedure(scenario(name).playbook).tracks[on_record(fact)["track"]]
        return next(
            step for step in track.steps if step.do == on_record(fact)["do"] and on_record(fact)["from"] in step.sources
        )

    def roles_of(self, name: str, fact: Fact) -> tuple[str, ...]:
        actor = acting(fact)
        return next(one.roles for one in scenario(name).people.values() if actor and one.pseudonym == actor[0])

    def told(self, name: str, fact: Fact) -> set[bool]:
        """Whether those whom a notice's track is about are outside; empty for any other track."""
        book = procedure(scenario(name).playbook)
        return {
            book.roles[role].outside
            for body in book.tracks[on_record(fact)["track"]].tells
            for role in book.roles_of(body)
        }

    def phase_of(self, name: str, fact: Fact, part: str) -> str | None:
        return procedure(scenario(name).playbook).main_track.states[on_record(fact)[part]].phase

    def is_main(self, name: str, fact: Fact) -> bool:
        return procedure(scenario(name).playbook).tracks[on_record(fact)["track"]].main

    PLAIN: Final[dict[Trait, tuple[FactKind, Callable[["TestTraits", str, Fact], bool]]]] = {
        "begins": (
            FactKind.STEP_TAKEN,
            lambda t, n, f: (
                t.is_main(n, f)
                and acting(f) is not None
                and on_record(f)["from"] == procedure(scenario(n).playbook).main_track.initial
                and on_record(f)["to"] != on_record(f)["from"]
            ),
        ),
        "by_somebody": (FactKind.STEP_TAKEN, lambda _t, _n, f: acting(f) is not None),
        "stand_in": (
            FactKind.STEP_TAKEN,
            lambda t, n, f: (actor := acting(f)) is not None and actor[1] not in t.roles_of(n, f),
        ),
        "four_eyes": (FactKind.STEP_TAKEN, lambda t, n, f: t.step_of(n, f).not_by_author_of != ()),
        "told_outside": (FactKind.STEP_TAKEN, lambda t, n, f: acting(f) is not None and True in t.told(n, f)),
        "told_inside": (FactKind.STEP_TAKEN, lambda t, n, f: acting(f) is not None and t.told(n, f) == {False}),
        "changed": (
            FactKind.LEVEL_SET,
            lambda _t, _n, f: on_record(f)["was"] is not None and on_record(f)["was"] != on_record(f)["level"],
        ),
        "in_time": (FactKind.DUTY_SETTLED, lambda _t, _n, f: not on_record(f)["late"]),
        "decides_incident": (FactKind.STEP_TAKEN, lambda t, n, f: "incident" in t.step_of(n, f).fits),
        "finds_incident": (FactKind.STEP_TAKEN, lambda t, n, f: t.step_of(n, f).fits.get("incident", False)),
        "decides_unlawful": (FactKind.STEP_TAKEN, lambda t, n, f: "unlawful" in t.step_of(n, f).fits),
        "another_phase": (
            FactKind.STEP_TAKEN,
            lambda t, n, f: (
                t.is_main(n, f)
                and t.phase_of(n, f, "from") != t.phase_of(n, f, "to")
                and on_record(f)["do"] not in ("dismiss", "stand_down", "reopen", "fall_back")
            ),
        ),
    }

    @pytest.mark.parametrize("trait", PLAIN)
    def test_a_trait_is_what_playbook_and_scenario_say(self, trait: Trait) -> None:
        kind, plain = self.PLAIN[trait]
        with_it = without_it = 0
        for name in NAMES:
            facts = facts_of(name)
            expected = tuple(n for n, fact in enumerate(facts) if fact.kind == kind and plain(self, name, fact))
            assert found(name, facts, looked_for(kind, trait)) == [expected]
            with_it += len(expected)
            without_it += sum(fact.kind == kind for fact in facts) - len(expected)
        assert with_it
        assert without_it

    def test_an_escalation_that_finds_nobody_reached_nobody(self) -> None:
        told: list[list[Json]] = [[], ["p1"], []]
        facts = [a_fact(0, FactKind.ESCALATED, "x", {"persons": persons}) for persons in told]
        assert found(NAMES[0], facts, looked_for(FactKind.ESCALATED, "reached")) == [(1,)]

    def test_what_is_done_without_a_limit_is_not_in_time(self) -> None:
        owed: Mapping[str, Json] = {
            "duty": "x",
            "number": 1,
            "owed_by": ["x"],
            "rule": "x",
            "clause": None,
            "because": 0,
        }
        done: Mapping[str, Json] = {"duty": "x", "number": 1, "late": False, "because": 0}
        asked = looked_for(FactKind.DUTY_SETTLED, "in_time")
        for dues, expected in (([9], [(2,)]), ([None], [()]), ([9, None], [()]), ([None, 9], [(3,)])):
            moved = [
                a_fact(1, FactKind.DUTY_RESCHEDULED, "x", {"duty": "x", "number": 1, "due": due, "because": 0})
                for due in dues[1:]
            ]
            opened = a_fact(0, FactKind.DUTY_OPENED, "x", {**owed, "due": dues[0]})
            settled = a_fact(2, FactKind.DUTY_SETTLED, "x", done)
            facts = [*facts_of(NAMES[0])[:1], opened, *moved, settled]
            assert found(NAMES[0], facts, asked) == expected, dues

    def test_a_level_counts_only_on_the_scale_that_is_asked_for(self) -> None:
        facts = [
            a_fact(0, FactKind.STATUTORY_LEVEL_JUDGED, "x", {"scale": scale, "level": "major"}) for scale in ("a", "b")
        ]
        sign = Sign(Pattern(FactKind.STATUTORY_LEVEL_JUDGED), scale="b")
        assert found(NAMES[0], facts, Evidence("judged", SAYS, (sign,))) == [(1,)]

    def test_only_what_people_decided_is_by_people(self) -> None:
        facts = facts_of(NAMES[0])
        acts = [n for n, fact in enumerate(facts) if fact.kind == FactKind.STEP_TAKEN and acting(fact) is not None]
        follows = [n for n, fact in enumerate(facts) if fact.kind == FactKind.STEP_TAKEN and acting(fact) is None]
        looked = looked_for(FactKind.STEP_TAKEN, "by_people")
        assert found(NAMES[0], facts, looked) == [()]
        assert found(NAMES[0], facts, looked, people=[acts[1], acts[3]]) == [(acts[1], acts[3])]
        assert found(NAMES[0], facts, looked, people=range(len(facts))) == [tuple(acts)]
        assert set(follows).isdisjoint(acts)


class TestLookingUp:
    @by_name
    def test_every_number_is_that_of_such_a_fact(self, name: str) -> None:
        facts = facts_of(name)
        evidence = {one.evidence for each in all_of(name, facts) for one in each.evidence}
        for piece in evidence:
            signs = (*piece.anywhere, *piece.procedures.get(scenario(name).playbook, ()))
            for number in sequences(name, len(facts))[piece.id]:
                asked = [pattern for sign in signs for pattern in patterns_of(sign, procedure(scenario(name).playbook))]
                assert any(matches(pattern, facts[number]) for pattern in asked), (piece.id, number)

    @by_name
    def test_a_piece_that_asks_for_patterns_alone_finds_all_such_facts(self, name: str) -> None:
        facts, book = facts_of(name), scenario(name).playbook
        for each in all_of(name, facts):
            for one in each.evidence:
                signs = (*one.evidence.anywhere, *one.evidence.procedures.get(book, ()))
                if not any(sign.trait or sign.scale for sign in signs):
                    asked = [pattern for sign in signs for pattern in patterns_of(sign, procedure(book))]
                    expected = [n for n, fact in enumerate(facts) if any(matches(pattern, fact) for pattern in asked)]
                    assert list(one.sequences) == expected

    @given(name=st.sampled_from(NAMES), data=st.data())
    def test_what_is_found_never_hangs_on_what_comes_later(self, name: str, data: st.DataObject) -> None:
        whole = sequences(name, len(facts_of(name)))
        length = data.draw(st.integers(0, len(facts_of(name))))
        for piece, numbers in sequences(name, length).items():
            assert numbers == tuple(number for number in whole[piece] if number < length)

    @given(name=st.sampled_from(NAMES), data=st.data())
    def test_what_was_undone_is_no_evidence(self, name: str, data: st.DataObject) -> None:
        facts = facts_of(name)
        first = data.draw(st.integers(1, len(facts) - 1))
        last = data.draw(st.integers(first, len(facts) - 1))
        undoing = a_fact(
            facts[-1].at, FactKind.STEP_UNDONE, None, {"first": first, "last": last, "reason": {"text": "wrong"}}
        )
        longer = (*facts, undoing)
        gone = undone_by(longer)
        assert gone
        after = {
            one.evidence.id: one.sequences for each in all_of(name, longer, range(len(longer))) for one in each.evidence
        }
        for piece, numbers in sequences(name, len(facts)).items():
            left = tuple(number for number in numbers if number not in gone)
            if piece == "duties_in_time":  # the limit may be undone without what was done within it
                assert set(after[piece]).isdisjoint(gone)
            else:
                assert after[piece] == left

    def test_an_exercise_that_was_cut_off_at_once_shows_only_that_it_began(self) -> None:
        name = NAMES[0]
        facts = [facts_of(name)[0], a_fact(0, FactKind.EXERCISE_ENDED, None, {"reason": "stopped"})]
        there = {each.control.id for each in all_of(name, facts) if each.found}
        assert there == {"AU-8", "IR-1"}
        assert all(each.sequences == (0,) for each in all_of(name, facts) if each.found)

    def test_no_facts_are_no_evidence_whatever_was_checked(self) -> None:
        subject = scenario(NAMES[0])
        findings = find_evidence(
            MAPS, procedure(subject.playbook), subject, [], by_people=(), proofs=("chain", "checkpoint", "cosignature")
        )
        assert not any(each.found for each in findings)

    def test_the_id_of_a_playbook_changes_nothing(self) -> None:
        name = "number-masking-leak"
        facts, subject = facts_of(name), scenario(name)
        stranger = replace(procedure(subject.playbook), id="stranger")
        assert find_evidence(MAPS, stranger, subject, facts, by_people=(), proofs=()) == all_of(name, facts)

    def test_a_false_alarm_shows_judging_and_no_handling(self) -> None:
        there = {each.control.id for each in all_of("false-alarm", facts_of("false-alarm")) if each.found}
        assert {"A.5.25", "A.6.8", "RS.MA-02"} <= there
        assert there.isdisjoint({"DE.AE-08", "RS.MI-01", "A.5.26", "A.5.27", "A.5.28", "RC.RP-02", "RS.AN-03"})

    def test_facts_of_a_step_that_the_playbook_does_not_have_are_passed_over(self) -> None:
        strange = a_fact(0, FactKind.STEP_TAKEN, "x", {"track": "no", "do": "no", "from": "no", "to": "no", "by": None})
        pieces = [
            looked_for(FactKind.STEP_TAKEN, trait) for trait in ("four_eyes", "another_phase", "told_outside", "begins")
        ]
        assert found(NAMES[0], [strange], *pieces) == [()] * 4


class TestFindings:
    def test_one_piece_of_several_is_enough_and_what_is_missing_is_said(self) -> None:
        there, missing = looked_for(FactKind.EXERCISE_STARTED), looked_for(FactKind.RATING_SET)
        control = Control("C", SAYS, "simulated", (there, missing))
        made = ControlMap("made", SAYS, "nobody", "1", "https://example.org", SAYS, (control,))
        subject = scenario(NAMES[0])
        (finding,) = find_evidence(
            [made], procedure(subject.playbook), subject, facts_of(NAMES[0]), by_people=(), proofs=()
        )
        assert (finding.map, finding.control) == (made, control)
        assert [one.found for one in finding.evidence] == [True, False]
        assert finding.found
        assert not finding.complete
        assert finding.sequences == (0,)

    def test_numbers_of_several_pieces_stand_in_order_and_once(self) -> None:
        name = NAMES[0]
        pieces = (
            looked_for(FactKind.REFUSED),
            looked_for(FactKind.STEP_TAKEN),
            looked_for(FactKind.STEP_TAKEN, "by_somebody"),
        )
        control = Control("C", SAYS, "simulated", pieces)
        made = ControlMap("made", SAYS, "nobody", "1", "https://example.org", SAYS, (control,))
        subject = scenario(name)
        (finding,) = find_evidence(
            [made], procedure(subject.playbook), subject, facts_of(name), by_people=(), proofs=()
        )
        kinds = (FactKind.REFUSED, FactKind.STEP_TAKEN)
        assert finding.sequences == tuple(n for n, fact in enumerate(facts_of(name)) if fact.kind in kinds)

    def test_a_fact_that_fits_two_signs_of_one_piece_counts_once(self) -> None:
        signs = (Sign(Pattern(FactKind.EXERCISE_STARTED)), Sign(Pattern(FactKind.EXERCISE_STARTED), None))
        assert found(NAMES[0], facts_of(NAMES[0]), Evidence("twice", SAYS, signs)) == [(0,)]

    @pytest.mark.parametrize(
        ("proofs", "there"),
        [
            ((), set()),
            (("chain",), {"A.8.15", "8.1.4.3"}),
            (("chain", "checkpoint"), {"A.8.15", "8.1.4.3", "AU-9"}),
            (("chain", "checkpoint", "cosignature"), {"A.8.15", "8.1.4.3", "AU-9", "AU-10"}),
        ],
    )
    def test_what_rests_on_checks_of_the_record_is_found_only_where_they_were_made(
        self, proofs: tuple[Proof, ...], there: set[str]
    ) -> None:
        subject, facts = scenario(NAMES[0]), facts_of(NAMES[0])
        findings = find_evidence(MAPS, procedure(subject.playbook), subject, facts, by_people=(), proofs=proofs)
        shown = [
            (each.control.id, one) for each in findings for one in each.evidence if one.evidence.proofs and one.found
        ]
        assert {control for control, _one in shown} == there
        assert all(one.sequences == (0, len(facts) - 1) for _control, one in shown)

    def test_scripts_and_bots_train_nobody(self) -> None:
        """The same facts with nobody at the table hold nothing for controls that ask for exercises."""
        for name in NAMES:
            facts = facts_of(name)
            exercises = [each for each in all_of(name, facts) if each.control.relation == "exercise"]
            assert exercises
            assert not any(each.found for each in exercises)
            with_people = all_of(name, facts, range(len(facts)))
            assert {"IR-2", "IR-2(1)", "IR-3", "AT-3(3)", "A.6.3", "PR.AT-01", "7.2"} <= {
                each.control.id for each in with_people if each.found
            }

    def test_a_facilitator_who_notes_something_leaves_evidence_that_an_undoing_does_not_touch(self) -> None:
        session = session_on(service_on(MemoryStore()), mode="facilitated")
        session.go_on()
        session.intervene(Note(FreeText("They wait for each other.")))
        session.intervene(Undo(FreeText("Said in error.")))
        view = session.view()
        findings = find_evidence(MAPS, view.playbook, view.scenario, view.facts, by_people=(), proofs=())
        by_control = {each.control.id: each for each in findings}
        assert by_control["IR-3(3)"].found
        assert all(view.facts[number].kind == FactKind.OBSERVED for number in by_control["IR-3(3)"].sequences)


def test_shipped_evidence_is_shared_between_maps_as_one() -> None:
    """So that each is looked for once, and findings of several frameworks show the same facts."""
    pieces = [one for each in MAPS for control in each.controls for one in control.evidence]
    shared = [one for one in pieces if one.id in shipped_evidence()]
    assert all(one is shipped_evidence()[one.id] for one in shared)
    assert len(set(shared)) < len(shared) / 2


@pytest.mark.parametrize("name", ["false-alarm", "ransomware-at-dawn"])
def test_the_findings_of_a_shipped_scenario_are_as_they_were(name: str) -> None:
    """`INCIDENTSIM_UPDATE_GOLDEN=1 pytest tests/exercise/test_controls.py` writes them after a change that is meant."""
    lines = [
        f"{each.map.id} {each.control.id} ({each.control.relation}) "
        + "; ".join(f"{one.evidence.id}: {list(one.sequences) or 'not found'}" for one in each.evidence)
        for each in all_of(name, facts_of(name))
    ]
    text = "\n".join(lines) + "\n"
    path = GOLDEN / f"controls-{name}.txt"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


def test_what_a_wrong_dismissal_left_undone_is_said_to_be_owed() -> None:
    came = outcome("number-masking-leak", "dismissed")
    told, planted, facts, judged = came.told, came.planted, came.facts, came.evaluation.judged
    owed = steps_owed(told.playbook, (one for every in judged.owed.values() for one in every))
    findings = find_evidence(MAPS, told.playbook, planted.scenario, facts, by_people=(), proofs=(), owed=owed)
    pieces = {piece.evidence.id: piece for finding in findings for piece in finding.evidence}
    wrong = judged.errors[0].sequences
    assert any(piece.owed == wrong for piece in pieces.values())
    assert not any(piece.owed and piece.found for piece in pieces.values())
    without = find_evidence(MAPS, told.playbook, told.scenario, told.facts, by_people=(), proofs=())
    assert not any(piece.owed for finding in without for piece in finding.evidence)
