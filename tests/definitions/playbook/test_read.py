"""What a playbook file becomes."""

import pytest

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import All, AnyOf, Happened, LevelAtLeast, Not, Pattern, RoleIs, TrackIs
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.domain.meanings import MeasureMeaning
from incidentsim.domain.playbook import Playbook, Step, Threshold
from incidentsim.domain.text import Text
from tests.definitions.conftest import DATA
from tests.support import shipped


def step(playbook: Playbook, do: str) -> Step:
    return next(step for track in playbook.tracks.values() for step in track.steps if step.do == do)


def test_head_and_order_of_the_file_are_kept(tiny: Playbook) -> None:
    assert (tiny.id, tiny.version, tiny.prevailing) == ("tiny", "1", "zh")
    assert tiny.title == Text("A tiny procedure", "小规程")
    assert list(tiny.roles) == ["finder", "lead", "helper", "chief"]
    assert list(tiny.tracks) == ["main", "blame", "notice_chief"]
    assert tiny.main_track.id == "main"


def test_a_track_begins_in_its_first_state(tiny: Playbook) -> None:
    assert tiny.tracks["main"].initial == "hidden"
    assert tiny.tracks["blame"].initial == "none"


def test_a_clause_alone_means_documented_and_an_assumption_stays_one(tiny: Playbook) -> None:
    assert step(tiny, "report").basis == Basis("documented", ("A1",))
    assert step(tiny, "grade").basis == Basis("assumption")
    assert tiny.roles["chief"].basis == Basis("regulation", (), Text("An act", "An act"), Text("5", "5"))
    duty = tiny.duties["report-soon"]
    assert (duty.basis.kind, duty.within_basis.kind) == ("documented", "assumption")


def test_bodies_and_anyone_are_taken_apart_and_the_written_names_kept(tiny: Playbook) -> None:
    assert step(tiny, "grade").by == ("lead", "helper")
    assert step(tiny, "grade").by_named == ("team",)
    assert step(tiny, "note").by == ("finder", "lead", "helper", "chief")
    assert step(tiny, "note").by_named == ("anyone",)


def test_same_means_that_the_track_stays(tiny: Playbook) -> None:
    assert step(tiny, "note").target is None
    assert step(tiny, "note").sources == ("known", "graded")


def test_fields_are_choices_texts_levels_persons_and_roles(tiny: Playbook) -> None:
    fields = {field.name: field for field in step(tiny, "grade").fields}
    assert fields["level"].kind == "level"
    assert step(tiny, "grade").sets_level == "level"
    assert step(tiny, "report").sets_level is None
    assert fields["criteria"].choices == ("users", "outage", "share", "active")
    assert (fields["cause"].kind, fields["cause"].choices, fields["cause"].vocabulary) == (
        "choice",
        ("slip", "attack"),
        "causes",
    )
    assert not fields["cause"].required
    assert (fields["subject"].kind, fields["office"].kind) == ("person", "role")
    channel = step(tiny, "report").fields[0]
    assert (channel.kind, channel.choices, channel.vocabulary) == ("choice", ("email",), None)
    assert channel.title == Text("Channel", "渠道")


def test_thresholds_are_numbers(tiny: Playbook) -> None:
    assert tiny.levels[1].any_of == (Threshold("users", 100), Threshold("outage", 1_800_000))
    assert tiny.modifiers[0].when == Threshold("active", 1)
    assert tiny.judged_level({"users": 5, "active": 1}) == 1


def test_conditions_become_those_of_the_domain(tiny: Playbook) -> None:
    assert step(tiny, "close").needs == All((TrackIs("blame", ("none", "settled")), Not(LevelAtLeast(1))))
    assert tiny.duties["report-soon"].when == Not(Happened(Pattern(FactKind.STEP_TAKEN, do="report"), 86_400_000))
    assert tiny.escalations[0].when == AnyOf((LevelAtLeast(1), RoleIs(("team",))))


def test_short_patterns_are_written_out(tiny: Playbook) -> None:
    duty = tiny.duties["report-soon"]
    assert duty.opens_on == (Pattern(FactKind.INCIDENT_RAISED),)
    assert duty.settled_by == (Pattern(FactKind.STEP_TAKEN, do="report"),)
    assert duty.dropped_by == (Pattern(FactKind.STEP_TAKEN, track="main", state="closed"),)


def test_a_step_without_anybody_is_automatic(tiny: Playbook) -> None:
    found = step(tiny, "open_blame")
    assert found.automatic
    assert found.by == ()
    assert found.on == (
        Pattern(FactKind.DUTY_BREACHED, duty="report-soon"),
        Pattern(FactKind.REFUSED, do="hush", why=RefusalReason.FORBIDDEN),
    )


def test_limits_are_milliseconds_by_level(tiny: Playbook) -> None:
    within = tiny.duties["report-soon"].within
    assert (within.limit(1), within.limit(2), within.limit(None)) == (300_000, None, 3_600_000)


def test_a_late_duty_escalates_by_a_rule_of_its_own(tiny: Playbook) -> None:
    rule = next(rule for rule in tiny.escalations if rule.id == "late-report-soon")
    assert rule.on == (Pattern(FactKind.DUTY_BREACHED, duty="report-soon"),)
    assert rule.to == ("team",)
    assert rule.title == Text("“Report soon” is late", "“及时报告”逾期")
    assert rule.basis.kind == "assumption"


def test_a_row_of_the_escalation_matrix_keeps_every_dimension(playbook_text: str) -> None:
    changed = playbook_text.replace(
        "    when: {any: [{level_at_least: 1}, {role_is: [team]}]}\n",
        "    after: 30m\n    owed_by: [finder]\n    hours: out\n    out_of_hours: email\n",
    ).replace(
        "duties:\n",
        "working_hours: {days: [fri, mon], hours: 09:00/18:00, basis: assumption}\n\n"
        "lateness: {channel: email, out_of_hours: phone, basis: assumption}\n\nduties:\n",
    )
    book = read_playbook(changed.encode(), "playbook.yaml")
    row = next(rule for rule in book.escalations if rule.id == "grave")
    assert (row.after, row.owed_by, row.hours) == (30 * 60_000, ("finder",), "out")
    assert (row.channel, row.out_of_hours, row.to) == ("phone", "email", ("chief",))
    assert row.on == (Pattern(FactKind.DUTY_BREACHED),), "any late duty, where the row names none"
    late = next(rule for rule in book.escalations if rule.id == "late-report-soon")
    assert (late.channel, late.out_of_hours, late.after) == ("email", "phone", None)
    assert book.working_hours is not None
    assert (book.working_hours.days, book.working_hours.begins, book.working_hours.ends) == ((0, 4), 540, 1080)


def test_a_playbook_without_working_hours_works_round_the_clock(tiny: Playbook) -> None:
    assert tiny.working_hours is None


def test_a_notice_becomes_a_track_three_steps_and_a_duty(tiny: Playbook) -> None:
    track = tiny.tracks["notice_chief"]
    assert {state.id: state.final for state in track.states.values()} == {
        "not_due": True,
        "due": False,
        "done": True,
        "overdue": False,
    }
    assert track.tells == ("chief",)
    fall_due, notify, notify_early, lapse = track.steps
    assert (fall_due.do, fall_due.when, fall_due.automatic) == ("fall_due_chief", LevelAtLeast(1), True)
    assert fall_due.title == Text("Tell the chief: Due", "告知主管：待通知")
    assert (notify.do, notify.by, notify.sources) == ("notify_chief", ("lead",), ("due", "overdue"))
    assert (notify_early.do, notify_early.sources, notify_early.detour) == ("notify_chief", ("not_due",), True)
    assert (lapse.do, lapse.on) == ("lapse_chief", (Pattern(FactKind.DUTY_BREACHED, duty="notify_chief"),))
    duty = tiny.duties["notify_chief"]
    assert duty.opens_on == (Pattern(FactKind.STEP_TAKEN, track="notice_chief", state="due"),)
    assert duty.settled_by == (Pattern(FactKind.STEP_TAKEN, do="notify_chief"),)
    assert duty.owed_by == ("lead",)
    assert any(rule.id == "late-notify_chief" for rule in tiny.escalations)


def test_a_law_may_be_called_otherwise_in_either_language() -> None:
    laws = {
        (rule.basis.instrument, rule.basis.article)
        for rule in shipped.procedure("platform-incidents").anchors.values()
        if rule.basis.kind == "regulation"
    }
    assert (
        Text("CAC reporting measures (2025)", "国家网络安全事件报告管理办法"), Text("Art. 4", "第四条")
    ) in laws  # fmt: skip


def test_a_judgement_has_criteria_with_the_figures_that_bear_on_them(tiny: Playbook) -> None:
    judgement = tiny.judgements["incident"]
    (hit,), (nobody,) = judgement.speaks_for, judgement.speaks_against
    assert (hit.says.en, hit.measures, hit.basis) == ("Users are hit.", ("users",), Basis("assumption", ("A1",)))
    assert (nobody.measures, nobody.basis) == ((), Basis("assumption"))
    assert judgement.criteria == (hit, nobody)


def test_a_playbook_without_judgements_is_read_as_before() -> None:
    data = (DATA / "playbook.yaml").read_text(encoding="utf-8")
    without = data[: data.index("\njudgements:")] + data[data.index("\nroles:") :]
    assert read_playbook(without.encode(), "tiny.yaml").judgements == {}


def meaning(part: str) -> Playbook:
    """The tiny procedure with a line that says what a measure means."""
    text = (DATA / "playbook.yaml").read_text(encoding="utf-8")
    assert text.count("  users: {") == 1
    return read_playbook(text.replace("  users: {", f"  users: {{means: {part}, ").encode(), "playbook.yaml")


def test_a_measure_means_only_what_is_counted_in_its_unit() -> None:
    assert meaning("personal_records").measures["users"].means == (MeasureMeaning.PERSONAL_RECORDS,)
    assert meaning("[]").measures["users"].means == ()
    with pytest.raises(DefinitionError) as caught:
        meaning("full_outage")
    assert "The unit of full_outage is duration, and that of this measure is count." in str(caught.value)


def test_a_meaning_of_another_kind_of_rule_is_none() -> None:
    with pytest.raises(DefinitionError) as caught:
        meaning("reporter")
    assert "There is no meaning reporter; valid are users_affected, " in str(caught.value)
