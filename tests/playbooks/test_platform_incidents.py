"""What playbooks/platform-incidents.yaml must hold: the documented procedure, complete, true to its sources, live."""

from dataclasses import replace

import pytest

from incidentsim.domain.conditions import LevelAtLeast, Pattern
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.domain.playbook import Duty, Playbook, Step
from tests.support.ways import (
    PLAYBOOKS,
    Place,
    Places,
    Ways,
    places_in,
    shipped,
    stand_ins,
    step_named,
    ways_through,
)

CLAUSES = (
    *("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"),
    *("M1", "M2", "M3", "M4"),
    *("H1", "H2", "H3", "H4"),
    *("C1", "C2", "C3", "C4", "C5"),
    *("V1", "V2", "V3"),
    "F1",
    *("A1", "A2", "A3", "A4", "A5", "A6"),
    "G1",
)
"""Every statement that the documents make about incidents."""

DIFFERING = ("H1", "C4", "V2")
"""Where the Chinese text says something else than the English, and prevails."""


@pytest.fixture(scope="module")
def platform() -> Playbook:
    return shipped("platform-incidents")


@pytest.fixture(scope="module")
def ways() -> Ways:
    return ways_through("platform-incidents")


@pytest.fixture(scope="module")
def places() -> Places:
    return places_in("platform-incidents")


class TestGrounds:
    def test_every_clause_of_the_documents_is_listed_and_no_other(self, platform: Playbook) -> None:
        assert set(platform.clauses) == set(CLAUSES)

    def test_what_the_documents_leave_open_is_said_to_be_ours(self, platform: Playbook) -> None:
        """They give no minutes, no thresholds and no stand-ins."""
        assert {duty.within_basis.kind for duty in platform.duties.values()} == {"assumption"}
        assert {level.basis.kind for level in platform.levels.values()} == {"assumption"}
        assert {modifier.basis.kind for modifier in platform.modifiers} == {"assumption"}

    def test_clauses_keep_to_the_phase_they_are_numbered_in(self, platform: Playbook) -> None:
        phases = {"M": "monitoring", "H": "handling", "C": "feedback", "V": "review"}
        for clause in platform.clauses.values():
            assert clause.phase == phases.get(clause.id[0], "handling" if clause.id == "F1" else None), clause.id

    def test_a_comment_says_where_the_chinese_prevails(self, platform: Playbook) -> None:
        assert platform.prevailing == "zh"
        lines = (PLAYBOOKS / "platform-incidents.yaml").read_text(encoding="utf-8").splitlines()
        for clause in DIFFERING:
            above = lines[lines.index(f"  {clause}:") - 1]
            assert above.lstrip().startswith("# ⚠"), clause


class TestTexts:
    def test_phases_are_the_four_of_the_documents_in_their_order(self, platform: Playbook) -> None:
        assert [phase.title.zh for phase in platform.phases.values()] == ["监测", "处理", "反馈与关闭", "复盘"]
        assert all(state.phase in platform.phases for state in platform.main_track.states.values())


class TestWhereTheChinesePrevails:
    def test_h1_lets_the_response_team_decide_so_a_report_can_end_as_no_incident(self, platform: Playbook) -> None:
        confirm, dismiss = step_named(platform, "confirm"), step_named(platform, "dismiss")
        assert confirm.sources == dismiss.sources == ("reported",)
        assert dismiss.target is not None
        assert platform.main_track.states[dismiss.target].final
        assert dismiss.by_named == ("response_team",)
        assert [f.name for f in dismiss.fields if f.required] == ["reasons"]  # on record, with reasons
        assert (confirm.fits, dismiss.fits) == ({"incident": True}, {"incident": False})
        assert dismiss.basis.kind == "documented"
        assert dismiss.basis.clauses == ("H1",)

    def test_v2_circulates_only_what_was_graded_as_emergency(self, platform: Playbook, ways: Ways) -> None:
        fall_due, conclude = step_named(platform, "fall_due_circular"), step_named(platform, "conclude_review")
        assert fall_due.basis.clauses == ("V2",)
        for level in platform.levels:
            place = _at(ways, level, lifecycle="in_review")
            assert ways.holds(fall_due.when, place) == (level <= 2)
            assert ways.holds(conclude.needs, place) == (level > 2)
            assert ways.holds(conclude.needs, _at(ways, level, lifecycle="in_review", notice_circular="done"))
        assert not ways.holds(fall_due.when, _at(ways, 1, lifecycle="closed"))

    def test_c4_opens_a_case_for_concealing_and_for_omitting(self, platform: Playbook) -> None:
        opens = _opening_a_case(platform)
        for trigger in (
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="concealment"),
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="omission"),
            Pattern(FactKind.REFUSED, do="conceal_incident"),
            Pattern(FactKind.DUTY_BREACHED, duty="report-at-once"),
        ):
            assert opens[trigger].basis.clauses == ("C4",)
        assert "漏报" in platform.clauses["C4"].says.zh
        assert "omit" in platform.clauses["C4"].says.en

    def test_m3_opens_a_case_for_obstruction_and_for_retaliation(self, platform: Playbook) -> None:
        opens = _opening_a_case(platform)
        for trigger in (
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="obstruction"),
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="retaliation"),
            Pattern(FactKind.REFUSED, do="block_report"),
            Pattern(FactKind.REFUSED, do="interfere_with_report"),
            Pattern(FactKind.REFUSED, do="retaliate_against_reporter"),
        ):
            assert opens[trigger].basis.clauses == ("M3",)

    def test_overstepping_a_role_opens_a_case_whatever_the_step(self, platform: Playbook) -> None:
        """As a consequence it is ours: the documents say who does what and not what follows when others try."""
        opens = _opening_a_case(platform)
        for why in (RefusalReason.ROLE, RefusalReason.ROLE_NOT_HELD, RefusalReason.FOUR_EYES):
            assert opens[Pattern(FactKind.REFUSED, why=why)].basis.kind == "assumption"
            assert any(Pattern(FactKind.REFUSED, why=why) in rule.on for rule in platform.escalations), why

    def test_every_case_has_its_deadline(self, platform: Playbook) -> None:
        opened = {pattern.do for pattern in platform.duties["decide-responsibility"].opens_on}
        assert opened == {step.do for step in _opening_a_case(platform).values()} | {"determine_responsibility"}

    def test_a_case_opens_again_after_it_was_settled(self, platform: Playbook) -> None:
        for step in _opening_a_case(platform).values():
            assert set(step.sources) == {"none", "cleared", "decided"}


class TestWhoMayDoWhat:
    def test_the_report_goes_by_email_and_says_nature_scope_and_severity(self, platform: Playbook) -> None:
        report = step_named(platform, "report")
        asked = {field.name: field for field in report.fields if field.required}
        assert set(asked) == {"channel", "nature", "scope", "severity"}
        assert asked["channel"].choices == ("email",)

    def test_a_deputy_belongs_to_the_company_and_is_not_the_role_itself(self, platform: Playbook) -> None:
        for role in platform.roles.values():
            assert len(stand_ins(platform, role.id)) == len(role.deputies) + 1, role.id
            assert not any(platform.roles[deputy].outside for deputy in role.deputies), role.id

    def test_evidence_is_kept_in_at_least_the_three_kinds_that_h3_names(self, platform: Playbook) -> None:
        (evidence,) = step_named(platform, "retain_evidence").fields
        assert evidence.at_least == 3
        assert {"system_logs", "monitoring_device_logs", "information_system_records"} <= set(evidence.choices)

    def test_penalties_are_those_of_c5(self, platform: Playbook) -> None:
        penalties = platform.vocabularies["penalties"]
        assert len(penalties.items) == 6
        assert penalties.basis.clauses == ("C5",)
        assert set(platform.vocabularies["responsible_kinds"].items) == {"individual", "institution"}


class TestDuties:
    def test_every_duty_has_a_limit_at_any_level_it_can_be_owed_at(self, platform: Playbook) -> None:
        """Until grading there is one limit, later one for each level; notices only from their level on."""
        for duty in platform.duties.values():
            levels = set(duty.within.by_level)
            if duty.id.startswith("notify_"):
                assert levels, duty.id
            else:
                assert levels == set(platform.levels) or (not levels and duty.within.ungraded), duty.id

    @pytest.mark.parametrize(
        "early", ["report-at-once", "judge-report", "grade-incident", "judge-legality", "decide-responsibility"]
    )
    def test_what_may_be_owed_before_grading_has_a_limit_then(self, platform: Playbook, early: str) -> None:
        assert platform.duties[early].within.ungraded

    def test_every_duty_that_is_late_is_passed_upward(self, platform: Playbook) -> None:
        for duty in platform.duties.values():
            (rule,) = _when_late(platform, duty)
            assert set(rule) - set(duty.owed_by), duty.id

    def test_lateness_climbs_from_the_response_team_to_the_board(self, platform: Playbook) -> None:
        chain = [
            ("report-at-once", "response_team"),
            ("judge-report", "leading_group"),
            ("take-over", "leading_group_head"),
            ("head-reviews-report", "cto"),
            ("notify_board", "board"),
        ]
        for late, told in chain:
            assert told in _when_late(platform, platform.duties[late])[0], late


class TestEscalations:
    @pytest.mark.parametrize(("level", "told"), [(2, "cto"), (1, "board")])
    def test_grave_levels_reach_the_top(self, platform: Playbook, level: int, told: str) -> None:
        assert any(told in e.to and e.when == LevelAtLeast(level) and not e.on for e in platform.escalations)

    @pytest.mark.parametrize(
        ("trigger", "told"),
        [
            (Pattern(FactKind.STEP_TAKEN, do="escalate_to_leading_group"), "leading_group"),
            (Pattern(FactKind.STEP_TAKEN, do="find_unlawful"), "leading_group_head"),
            (Pattern(FactKind.STEP_TAKEN, do="notify_legal"), "legal_department"),
            (Pattern(FactKind.STEP_TAKEN, do="hand_to_judiciary"), "judicial_authority"),
            (Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="suspected_crime"), "legal_department"),
            (Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="concealment"), "supervision_department"),
            (Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="omission"), "internal_audit"),
            (Pattern(FactKind.REFUSED, do="conceal_incident"), "supervision_department"),
            (Pattern(FactKind.REFUSED, do="block_report"), "supervision_department"),
            (Pattern(FactKind.REFUSED, do="retaliate_against_reporter"), "internal_audit"),
            (Pattern(FactKind.REFUSED, why=RefusalReason.ROLE), "information_security_supervisor"),
            (Pattern(FactKind.LEVEL_SET, level=1), "leading_group"),
            (Pattern(FactKind.DUTY_BREACHED, duty="report-at-once"), "supervision_department"),
        ],
    )
    def test_whoever_has_to_know_is_told(self, platform: Playbook, trigger: Pattern, told: str) -> None:
        assert any(told in rule.to and trigger in rule.on for rule in platform.escalations)

    def test_what_stays_undone_climbs_from_the_discoverer_to_the_board(self, platform: Playbook) -> None:
        chain = [
            ("discoverer", "leading_group"),
            ("response_team", "leading_group_head"),
            ("leading_group", "cto"),
            ("leading_group_head", "board"),
        ]
        for late, told in chain:
            assert any(late in rule.owed_by and told in rule.to for rule in platform.escalations if rule.after), late

    def test_every_row_about_lateness_is_said_to_be_ours(self, platform: Playbook) -> None:
        late = [rule for rule in platform.escalations if rule.after is not None]
        assert {rule.basis.kind for rule in late} == {"assumption"}
        assert all(rule.basis.clauses for rule in late), "with the clause that is the occasion"

    def test_grave_matters_do_not_wait_in_a_mailbox_overnight(self, platform: Playbook) -> None:
        """What goes by e-mail from level 2 on goes by phone out of working hours; what may wait says so."""
        for rule in platform.escalations:
            if rule.when in {LevelAtLeast(1), LevelAtLeast(2)} and rule.hours is None:
                assert "phone" in {rule.channel, rule.out_of_hours}, rule.id

    def test_every_escalation_has_a_channel(self, platform: Playbook) -> None:
        assert all(rule.channel for rule in platform.escalations)

    def test_nobody_may_block_disturb_avenge_or_conceal(self, platform: Playbook) -> None:
        assert {act.do: act.basis.clauses for act in platform.forbidden.values()} == {
            "block_report": ("M3",),
            "interfere_with_report": ("M3",),
            "retaliate_against_reporter": ("M3",),
            "conceal_incident": ("C4",),
        }


class TestLevels:
    def test_a_graver_level_never_asks_for_less(self, platform: Playbook) -> None:
        for number in range(1, 4):
            graver = {t.measure: t.at_least for t in platform.levels[number].any_of}
            milder = {t.measure: t.at_least for t in platform.levels[number + 1].any_of}
            assert all(graver[measure] > milder[measure] for measure in graver.keys() & milder.keys())


class TestLiveness:
    """From every place an incident can get to, whatever went wrong before, experts bring it to a final state."""

    def test_the_places_looked_at_include_the_hard_ones(self, ways: Ways, places: Places) -> None:
        """Else the tests above would prove little."""
        standing = {(ways.state(p, "lifecycle"), ways.state(p, "accountability")) for p in places}
        assert ("unnoticed", "under_determination") in standing  # concealed before it was discovered
        assert ("dismissed", "proposed") in standing
        assert ("reviewed", "under_determination") in standing
        handling = {(ways.state(p, "lifecycle"), ways.state(p, "handling")) for p in places}
        assert ("in_handling", "untreated") in handling
        assert ("resolved", "untreated") not in handling  # reopened, it starts again before it is resolved again
        assert {p.level for p in places} == {None, 1, 2, 3, 4, 5}

    def test_nothing_is_closed_while_law_or_responsibility_is_open(self, ways: Ways, places: Places) -> None:
        for place in places:
            for step in ways.open_steps(place):
                if step.do == "close":
                    assert ways.state(place, "legality") in {"lawful", "evidence_retained", "handed_to_judiciary"}
                    assert ways.state(place, "accountability") in {"none", "cleared", "decided"}

    def test_a_way_out_that_is_taken_away_is_missed(self, platform: Playbook) -> None:
        """The proof that these tests can fail."""
        track = platform.tracks["legality"]
        crippled = tuple(step for step in track.steps if step.do != "notify_legal")
        broken = _with_steps(platform, "legality", crippled)
        ways = Ways(broken)
        assert ways.dead_ends(ways.expert_ways(ways.reachable(), {"incident": True, "unlawful": True}))


def _at(ways: Ways, level: int | None, **states: str) -> Place:
    standing = dict(zip(ways.tracks, ways.start.states, strict=True)) | states
    return Place(level, tuple(standing[name] for name in ways.tracks))


def _opening_a_case(platform: Playbook) -> dict[Pattern, Step]:
    """Each fact that opens a case of responsibility by itself, with the step that does."""
    steps = [step for step in platform.tracks["accountability"].steps if step.automatic]
    assert all(step.target == "under_determination" for step in steps)
    return {pattern: step for step in steps for pattern in step.on}


def _when_late(platform: Playbook, duty: Duty) -> list[tuple[str, ...]]:
    own = Pattern(FactKind.DUTY_BREACHED, duty=duty.id)
    return [rule.to for rule in platform.escalations if rule.on == (own,) and rule.id == f"late-{duty.id}"]


def _with_steps(platform: Playbook, name: str, steps: tuple[Step, ...]) -> Playbook:
    return replace(platform, tracks={**platform.tracks, name: replace(platform.tracks[name], steps=steps)})
