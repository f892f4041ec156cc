"""What playbooks/incident-command.yaml must hold: another procedure altogether, that the kernel runs all the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import incidentsim
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from tests.support.ways import (
    Places,
    Ways,
    places_in,
    runs_in_circles,
    shipped,
    step_named,
    ways_through,
)

CSF_FUNCTIONS = {"GV": None, "DE": "detect", "RS": "respond", "RC": "recover", "ID": "improve"}
"""The functions of CSF 2.0 that appear here, and the phase of the procedure that each belongs to."""


@pytest.fixture(scope="module")
def command() -> Playbook:
    return shipped("incident-command")


@pytest.fixture(scope="module")
def platform() -> Playbook:
    return shipped("platform-incidents")


@pytest.fixture(scope="module")
def ways() -> Ways:
    return ways_through("incident-command")


@pytest.fixture(scope="module")
def places() -> Places:
    return places_in("incident-command")


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
        """No module names a role, track, state, step or duty of a shipped procedure: none is built in.

        The vocabulary of meaning has terms of the field, and some steps are called as the field calls them.
        """
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
        assert {(file, name) for file, name in found if not file.startswith(("importing/", "domain/meanings"))} == set()


class TestGrounds:
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


class TestCommand:
    @pytest.mark.parametrize("do", ["mobilise", "contain", "eradicate", "start_recovery", "restore", "declare_over"])
    def test_nothing_moves_without_somebody_in_command(self, ways: Ways, places: Places, do: str) -> None:
        taken = [place for place in places for step in ways.open_steps(place) if step.do == do]
        assert taken
        assert {ways.state(place, "command") for place in taken} == {"in_command"}

    def test_whoever_hands_command_over_cannot_accept_it_for_the_other(self, command: Playbook) -> None:
        assert step_named(command, "accept_command").not_by_author_of == ("hand_over_command",)

    def test_nothing_is_cleaned_up_before_the_evidence_is_settled(self, ways: Ways, places: Places) -> None:
        taken = [place for place in places for step in ways.open_steps(place) if step.do == "eradicate"]
        assert {ways.state(place, "evidence") for place in taken} == {"sealed", "not_needed"}

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
    def test_every_duty_that_is_late_is_passed_on(self, command: Playbook) -> None:
        for duty in command.duties.values():
            own = (Pattern(FactKind.DUTY_BREACHED, duty=duty.id),)
            assert [rule for rule in command.escalations if rule.on == own], duty.id


class TestLiveness:
    """From every place an incident can get to, whatever went wrong before, experts bring it to a final state."""

    def test_the_places_looked_at_include_the_hard_ones(self, ways: Ways, places: Places) -> None:
        """Else the tests above would prove little."""
        evidence = {(ways.state(place, "response"), ways.state(place, "evidence")) for place in places}
        assert ("learnt", "in_doubt") in evidence
        assert ("contained", "in_doubt") in evidence
        hands = {(ways.state(place, "response"), ways.state(place, "command")) for place in places}
        assert ("contained", "changing_hands") in hands
        assert ("learnt", "in_command") in hands

    @pytest.mark.slow
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
