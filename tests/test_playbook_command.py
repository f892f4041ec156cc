"""What playbooks/incident-command.yaml must hold: another procedure altogether, that the kernel runs all the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

import incidentsim
from incidentsim.domain.conditions import ALWAYS, Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from tests.support.ways import (
    Place,
    Ways,
    bases,
    documented_by,
    may_take,
    runs_in_circles,
    shipped,
    step_named,
    texts,
)

FLAGS = ("incident", "malicious", "public")
TRUTHS = [dict(zip(FLAGS, values, strict=True)) for values in product((False, True), repeat=len(FLAGS))]
CJK = re.compile(r"[\u4e00-\u9fff]")
CSF_FUNCTIONS = {"GV": None, "DE": "detect", "RS": "respond", "RC": "recover", "ID": "improve"}
"""The functions of CSF 2.0 that appear here, and the phase of the procedure that each belongs to."""


@pytest.fixture(scope="module")
def command() -> Playbook:
    return shipped("incident-command")


@pytest.fixture(scope="module")
def platform() -> Playbook:
    return shipped("platform-incidents")


@pytest.fixture(scope="module")
def ways(command: Playbook) -> Ways:
    return Ways(command)


@pytest.fixture(scope="module")
def places(ways: Ways) -> dict[Place, None]:
    return ways.reachable()


class TestAnotherProcedure:
    def test_no_track_state_duty_or_grave_step_is_shared_with_the_other_playbook(
        self, command: Playbook, platform: Playbook
    ) -> None:
        assert not set(command.tracks) & set(platform.tracks) - {"notice_customers"}
        assert not set(command.main_track.states) & set(platform.main_track.states)
        assert not set(command.duties) & set(platform.duties) - {"notify_customers"}
        assert not set(command.measures) & set(platform.measures)
        assert set(command.roles) & set(platform.roles) == {"legal_counsel", "customer"}
        assert not set(command.clauses) & set(platform.clauses)
        assert command.prevailing != platform.prevailing

    def test_it_has_the_roles_of_incident_command_and_sev_levels(self, command: Playbook) -> None:
        assert {"incident_commander", "deputy_commander", "scribe", "liaison"} <= set(command.roles)
        assert [level.name.en[:4] for level in command.levels.values()] == ["SEV1", "SEV2", "SEV3", "SEV4", "SEV5"]
        assert list(command.levels) == [1, 2, 3, 4, 5]

    def test_the_straight_way_is_triage_declare_contain_eradicate_recover_learn(self, command: Playbook) -> None:
        track = command.main_track
        state, way = track.initial, []
        while not track.states[state].final:
            step = next(
                s
                for s in track.steps
                if state in s.sources and s.target and not s.detour and s.fits.get("incident", True)
            )
            way.append(step.do)
            state = step.target or state
        wanted = ["triage", "declare", "contain", "eradicate", "start_recovery", "hold_retrospective"]
        assert [do for do in way if do in wanted] == wanted
        assert list(command.phases) == ["detect", "respond", "recover", "improve"]

    def test_neither_playbook_is_known_to_the_program(self, command: Playbook, platform: Playbook) -> None:
        """No module names a role, track, state, step or duty of a shipped procedure: none is built in."""
        package = Path(incidentsim.__file__).parent
        ids = {name for playbook in (command, platform) for name in _own_ids(playbook)}
        assert {"leading_group_head", "escalate_to_leading_group", "incident_commander", "report-at-once"} <= ids
        quoted = re.compile(r"""["']([a-z0-9]+(?:[_-][a-z0-9]+)+)["']""")
        found = {
            (source.relative_to(package).as_posix(), name)
            for source in package.rglob("*.py")
            for name in quoted.findall(source.read_text(encoding="utf-8"))
            if name in ids
        }
        assert {(file, name) for file, name in found if not file.startswith("importing/")} == set()


class TestGrounds:
    def test_every_rule_names_its_basis(self, command: Playbook) -> None:
        for rule, basis in bases(command):
            assert basis.kind != "documented" or basis.clauses, rule
            assert basis.kind != "regulation" or (basis.instrument and basis.article), rule
            assert set(basis.clauses) <= set(command.clauses), rule

    def test_a_clause_is_either_the_ground_of_a_rule_or_says_why_none_follows_from_it(self, command: Playbook) -> None:
        documented = documented_by(command)
        for clause in command.clauses.values():
            assert (clause.context is None) == (clause.id in documented), clause.id

    def test_clauses_of_the_framework_are_subcategories_in_the_phase_of_their_function(self, command: Playbook) -> None:
        for clause in command.clauses.values():
            if clause.source == "csf":
                assert re.fullmatch(r"(GV|DE|RS|RC|ID)\.[A-Z]{2}-0[1-9]", clause.id), clause.id
                assert clause.phase == CSF_FUNCTIONS[clause.id[:2]], clause.id

    def test_times_thresholds_and_the_command_roles_are_said_to_be_ours(self, command: Playbook) -> None:
        assert {duty.within_basis.kind for duty in command.duties.values()} == {"assumption"}
        assert {level.basis.kind for level in command.levels.values()} == {"assumption"}
        for role in ("incident_commander", "deputy_commander", "scribe", "liaison"):
            assert command.roles[role].basis.kind == "assumption"
        assert {step.basis.kind for step in command.tracks["command"].steps} == {"assumption"}

    def test_every_text_is_written_in_both_languages(self, command: Playbook) -> None:
        found = list(texts(command))
        assert len(found) > 300
        for where, text in found:
            assert CJK.search(text.zh), where
            assert not CJK.search(text.en), where
            assert re.search("[A-Za-z]", text.en), where


class TestCommand:
    @pytest.mark.parametrize("do", ["mobilise", "contain", "eradicate", "start_recovery", "restore", "declare_over"])
    def test_nothing_moves_without_somebody_in_command(self, ways: Ways, places: dict[Place, None], do: str) -> None:
        taken = [place for place in places for step in ways.open_steps(place) if step.do == do]
        assert taken
        assert {ways.state(place, "command") for place in taken} == {"in_command"}

    def test_whoever_hands_command_over_cannot_accept_it_for_the_other(self, command: Playbook) -> None:
        assert step_named(command, "accept_command").not_by_author_of == ("hand_over_command",)

    def test_nothing_is_cleaned_up_before_the_evidence_is_settled(self, ways: Ways, places: dict[Place, None]) -> None:
        taken = [place for place in places for step in ways.open_steps(place) if step.do == "eradicate"]
        assert {ways.state(place, "evidence") for place in taken} == {"sealed", "not_needed"}

    @pytest.mark.parametrize(
        ("check", "work"),
        [
            ("confirm_normal", ("restore",)),
            ("seal_evidence", ("collect_evidence", "collect_anew")),
            ("clear_statement", ("draft_statement",)),
        ],
    )
    def test_whoever_checks_is_not_whoever_did_it_not_even_by_standing_in(
        self, command: Playbook, check: str, work: tuple[str, ...]
    ) -> None:
        assert set(step_named(command, check).not_by_author_of) == set(work)
        for do in work:
            assert not may_take(command, check) & may_take(command, do)

    def test_somebody_can_stand_in_for_every_role_that_holds_the_procedure_up(self, command: Playbook) -> None:
        for track in command.tracks.values():
            for step in track.steps:
                if not step.automatic:
                    assert len(may_take(command, step.do)) > 1, step.rule

    def test_freelancing_tampering_and_loose_talk_are_forbidden(self, command: Playbook) -> None:
        assert set(command.forbidden) == {
            "change_production_unordered",
            "destroy_evidence",
            "alter_log",
            "speak_uncleared",
        }
        for do in command.forbidden:
            assert any(Pattern(FactKind.REFUSED, do=do) in rule.on for rule in command.escalations), do

    @pytest.mark.parametrize("do", ["change_production_unordered", "destroy_evidence", "alter_log"])
    def test_an_attempt_is_asked_about(self, command: Playbook, do: str) -> None:
        steps = [s for s in command.tracks["conduct"].steps if Pattern(FactKind.REFUSED, do=do) in s.on]
        assert [step.target for step in steps] == ["questioned"]


class TestDuties:
    def test_the_graver_the_incident_the_less_time_there_is(self, command: Playbook) -> None:
        for duty in command.duties.values():
            limits = [duty.within.by_level[level] for level in sorted(duty.within.by_level)]
            assert limits == sorted(limits), duty.id

    def test_every_duty_that_is_late_is_passed_on(self, command: Playbook) -> None:
        for duty in command.duties.values():
            own = (Pattern(FactKind.DUTY_BREACHED, duty=duty.id),)
            assert [rule for rule in command.escalations if rule.on == own], duty.id

    @pytest.mark.parametrize(
        ("values", "level"),
        [
            ({"safety_at_risk": 1}, 1),
            ({"customers_down_percent": 50}, 1),
            ({"core_function_down": 20 * 60_000}, 2),
            ({"people_exposed": 1}, 3),
            ({"people_exposed": 1, "intruder_present": 1, "still_spreading": 1}, 1),
            ({"customers_down_percent": 1}, 4),
            ({}, 5),
        ],
    )
    def test_thresholds_give_the_severity(self, command: Playbook, values: dict[str, int], level: int) -> None:
        assert command.judged_level(values) == level


class TestLiveness:
    """From every place an incident can get to, whatever went wrong before, experts bring it to rest."""

    @pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: "+".join(n for n in FLAGS if truth[n]) or "nothing")
    def test_experts_always_reach_the_end(self, ways: Ways, places: dict[Place, None], truth: dict[str, bool]) -> None:
        experts = ways.expert_ways(places, truth)
        assert ways.dead_ends(experts) == []
        assert not runs_in_circles(experts)

    def test_the_end_is_a_retrospective_or_a_stand_down(self, ways: Ways, places: dict[Place, None]) -> None:
        ends = {ways.state(place, "response") for place in places if ways.at_rest(place)}
        assert ends == {"learnt", "stood_down"}

    def test_the_places_looked_at_include_the_hard_ones(self, ways: Ways, places: dict[Place, None]) -> None:
        """Else the tests above would prove little."""
        evidence = {(ways.state(place, "response"), ways.state(place, "evidence")) for place in places}
        assert ("learnt", "in_doubt") in evidence
        assert ("contained", "in_doubt") in evidence
        hands = {(ways.state(place, "response"), ways.state(place, "command")) for place in places}
        assert ("contained", "changing_hands") in hands
        assert ("learnt", "in_command") in hands

    def test_notices_hold_nothing_up_and_can_always_be_given(self, ways: Ways) -> None:
        assert len(ways.idle_notices) == 4
        for track in ways.idle_notices:
            give = [step for step in track.steps if not step.automatic and not step.detour]
            assert all(step.needs == ALWAYS for step in give)
            sources = {source for step in give for source in step.sources}
            assert {state.id for state in track.states.values() if not state.final} <= sources

    def test_a_circle_is_noticed(self, command: Playbook) -> None:
        """The proof that these tests can fail."""
        track = command.tracks["publicity"]
        steps = tuple(replace(step, detour=False) if step.do == "return_statement" else step for step in track.steps)
        broken = Ways(replace(command, tracks={**command.tracks, "publicity": replace(track, steps=steps)}))
        assert runs_in_circles(broken.expert_ways(broken.reachable(), {"incident": True, "public": True}))


def _own_ids(playbook: Playbook) -> Iterator[str]:
    """The ids of a playbook that are more than a plain word."""
    for group in (playbook.roles, playbook.bodies, playbook.tracks, playbook.duties, playbook.forbidden):
        yield from (name for name in group if "_" in name or "-" in name)
    for track in playbook.tracks.values():
        if not track.tells:  # what the states of a notice are called belongs to the format
            yield from (name for name in track.states if "_" in name)
            yield from (step.do for step in track.steps if "_" in step.do)
