"""The rows hold the whole procedure: every threshold, time, row of the matrix and clause, in either language."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim import messages
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import LevelAtLeast, Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import (
    Duty,
    EscalationRule,
    Level,
    LevelModifier,
    Measure,
    Playbook,
    Threshold,
    Within,
)
from incidentsim.domain.sources import Clause, Source
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.measures import threshold_words
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.clauses import clause_rows, rules_without_clause
from incidentsim.exports.wording.procedure.duties import duty_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import escalation_rows, working_hours_words
from incidentsim.exports.wording.procedure.roles import role_card
from tests.support import procedures
from tests.support.small import small_playbook

UNITS: Final = ("count", "duration", "money", "percent", "flag")
NAMES: Final = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=8)
TEXTS: Final = st.builds(Text, NAMES, NAMES)
BASES: Final = st.sampled_from(
    [Basis("documented", ("X1",)), Basis("assumption"), Basis("assumption", ("X2",)),
     Basis("regulation", (), Text("Law", "法"), Text("Art. 1", "第一条"))]
)  # fmt: skip
AMOUNTS: Final = st.integers(1, 10**9)


@st.composite
def made_playbooks(draw: st.DrawFn) -> Playbook:
    """The small procedure with levels, times, a matrix and clauses that nobody thought of."""
    small = small_playbook()
    measures = {f"m{n}": Measure(f"m{n}", draw(TEXTS), draw(st.sampled_from(UNITS))) for n in range(3)}
    thresholds = st.builds(Threshold, st.sampled_from(list(measures)), AMOUNTS)
    levels = {
        number: Level(number, draw(TEXTS), tuple(draw(st.lists(thresholds, max_size=3))), draw(BASES))
        for number in (1, 2, 3)
    }
    duties = {
        f"d{n}": Duty(
            f"d{n}", draw(TEXTS), (Pattern(FactKind.STEP_TAKEN, do="tell"),),
            (draw(st.sampled_from(["team", "watcher", "chief"])),), (Pattern(FactKind.STEP_TAKEN, do="finish"),),
            Within(draw(st.dictionaries(st.sampled_from([1, 2, 3]), AMOUNTS)), draw(st.none() | AMOUNTS)),
            draw(BASES), draw(BASES),
        )
        for n in range(2)
    }  # fmt: skip
    escalations = tuple(
        EscalationRule(
            f"e{n}", (draw(st.sampled_from(["team", "board", "chief"])),), draw(BASES), draw(TEXTS),
            on=(Pattern(FactKind.DUTY_BREACHED, duty=draw(st.sampled_from(list(duties)))),),
            when=LevelAtLeast(draw(st.integers(1, 3))), channel=draw(st.none() | st.just("alert")),
            hours=draw(st.sampled_from([None, "working", "out"])), after=draw(st.none() | AMOUNTS),
        )
        for n in range(2)
    )  # fmt: skip
    clauses = {name: Clause(name, "law", draw(TEXTS)) for name in ("X1", "X2")}
    return replace(
        small, measures=measures, levels=levels, duties=duties, escalations=escalations, clauses=clauses,
        sources={"law": Source("law", draw(TEXTS))},
        modifiers=tuple(draw(st.lists(st.builds(LevelModifier, thresholds, st.integers(1, 3), BASES), max_size=2))),
    )  # fmt: skip


def all_is_told(playbook: Playbook, language: Language) -> None:
    """Fail if anything that people must know of a procedure is missing in its rows."""
    with messages.spoken(language):
        names = playbook_names(playbook, language)
        levels_are_told(playbook, language)
        for duty, row in zip(playbook.duties.values(), duty_rows(playbook, names), strict=True):
            assert row.title == duty.title.say(language)
            told = {time.level: (time.limit, time.words) for time in row.times}
            limits: list[tuple[int | None, int | None]] = [(None, duty.within.ungraded), *duty.within.by_level.items()]
            for level, limit in limits:
                assert told[level][0] == limit
                assert limit is None or told[level][1] == duration_words(limit)
            assert set(playbook.levels) <= set(told)
            assert all(names.role(name) in row.owed_by for name in duty.owed_by)
            assert row.begins
            assert row.ends
        for rule, line in zip(playbook.escalations, escalation_rows(playbook, names), strict=True):
            assert line.title == rule.title.say(language)
            assert line.when
            assert all(names.role(name) in line.to for name in rule.to)
            assert rule.after in {None, 0} or duration_words(rule.after or 0) in line.when
            assert rule.channel is None or line.channel == names.role(rule.channel)
            assert rule.out_of_hours is None or line.out_of_hours == names.role(rule.out_of_hours)
            assert bool(line.hours) == (rule.hours is not None)
        for clause, entry in zip(playbook.clauses.values(), clause_rows(playbook, names), strict=True):
            assert (entry.clause, entry.says) == (clause.id, clause.says.say(language))
            assert entry.source == playbook.sources[clause.source].title.say(language)
            resting = [duty.title.say(language) for duty in playbook.duties.values() if clause.id in duty.basis.clauses]
            assert all(any(title in rule for rule in entry.rules) for title in resting)


def levels_are_told(playbook: Playbook, language: Language) -> None:
    """Fail if a threshold is missing, or stands without its unit."""
    table = level_table(playbook, playbook_names(playbook, language))
    for level, row in zip(sorted(playbook.levels.values(), key=lambda level: level.number), table.levels, strict=True):
        assert (row.level, row.name, row.rest) == (level.number, level.name.say(language), not level.any_of)
        assert [(told.measure, told.at_least) for told in row.thresholds] == [
            (threshold.measure, threshold.at_least) for threshold in level.any_of
        ]
        for threshold, told in zip(level.any_of, row.thresholds, strict=True):
            if threshold.measure in playbook.measures:
                measure = playbook.measures[threshold.measure]
                assert told.title == measure.title.say(language)
                assert told.words == threshold_words(measure.unit, threshold.at_least)
    told_factors = [(one.threshold.measure, one.threshold.at_least, one.levels) for one in table.aggravations]
    assert told_factors == [(one.when.measure, one.when.at_least, one.more_severe_by) for one in playbook.modifiers]
    assert bool(table.rules) == bool(playbook.levels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", procedures.NAMES)
def test_everything_of_a_procedure_is_told(name: str, language: Language) -> None:
    all_is_told(procedures.playbook(name), language)


@given(made_playbooks(), st.sampled_from(LANGUAGES))
def test_everything_of_any_procedure_is_told(playbook: Playbook, language: Language) -> None:
    all_is_told(playbook, language)


@pytest.mark.parametrize("name", procedures.NAMES)
def test_a_card_holds_all_that_its_role_may_do_owes_and_is_told(name: str) -> None:
    playbook = procedures.playbook(name)
    names = playbook_names(playbook, "en")
    for role in playbook.roles:
        card = role_card(playbook, role, names)
        steps = {step.do for track in playbook.tracks.values() for step in track.steps if role in step.by}
        assert {step.do for step in card.may} == steps
        owed = {d.id for d in playbook.duties.values() if any(role in playbook.roles_of(one) for one in d.owed_by)}
        assert {duty.duty for duty in card.owes} == owed
        assert len(card.forbidden) == len(playbook.forbidden)
        assert len(card.deputies) == len(playbook.roles[role].deputies)
        assert {row.rule for row in card.hears} == {
            rule.id for rule in playbook.escalations if any(role in playbook.roles_of(one) for one in rule.to)
        }


def test_a_card_says_whom_the_role_tells() -> None:
    playbook = procedures.playbook("platform-incidents")
    card = role_card(playbook, "response_team_lead", playbook_names(playbook, "en"))
    told = dict(card.tells)
    assert told["Report to the leading group"] == "Incident leading group by phone"
    assert "Chief technology officer (CTO)" in told["Brief the CTO"]
    assert card.stands_in_for == ("Response team member",)
    assert card.deputies == ("Information security supervisor",)


def test_a_rule_that_its_clause_does_not_state_is_marked_as_an_assumption() -> None:
    playbook = procedures.playbook("platform-incidents")
    names = playbook_names(playbook, "en")
    review = next(row for row in clause_rows(playbook, names) if row.clause == "H2")
    assert "Grade the failure" in review.rules
    assert "Time allowed: Grade the failure [assumption]" in review.rules
    assert ("Establish what the law asks about", "assumption") in rules_without_clause(playbook, names)
    assert ("Who is told: Report to the leading group", "assumption") in rules_without_clause(playbook, names)


def test_lateness_names_those_who_are_told_soonest_first() -> None:
    playbook = procedures.playbook("platform-incidents")
    rows = {row.duty: row for row in duty_rows(playbook, playbook_names(playbook, "en"))}
    assert rows["grade-incident"].late == (
        "Incident leading group",
        "Information security supervisor, after 5 minutes (out of working hours)",
        "Head of the leading group, after 10 minutes",
    )


def test_hours_of_work_are_told_with_their_days() -> None:
    said = working_hours_words(procedures.playbook("platform-incidents"))
    assert said == "Monday, Tuesday, Wednesday, Thursday, Friday: 09:00 to 18:00"
    assert working_hours_words(procedures.playbook("small")) == ""
