"""A forecast made up by hand, so that what is written from one does not change whenever bots learn something."""

from dataclasses import replace
from functools import cache

from incidentsim.domain.facts import RefusalReason
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.domain.text import LANGUAGES, Text
from incidentsim.exercise.forecast.forecast import forecast
from incidentsim.exercise.forecast.shapes import (
    DutyOutlook,
    DutyTimes,
    Forecast,
    InjectOutlook,
    Mistake,
    Outlook,
    Preview,
    RoleLoad,
    Spread,
    Stage,
    StageTimes,
)
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from tests.support.shipped import procedure, scenario

LEVELS = (30, 65, 100)
PLAYS = 4


def times(entered: int, left: int | None, plays: int = PLAYS) -> StageTimes:
    """A stay, with the same values in every play; minutes."""
    return StageTimes(plays, same(entered * MINUTE), same(left * MINUTE) if left is not None else None)


def same(value: int) -> Spread:
    return Spread(value, value, value)


def duty(name: str, begins: int, ends: int, due: int, late: int) -> DutyOutlook:
    """A duty that `late` of the novices were late with; minutes."""

    def of(late_ones: int) -> DutyTimes:
        slack = same((due - ends) * MINUTE)
        begun, ended, until = (same(one * MINUTE) for one in (begins, ends, due))
        return DutyTimes(PLAYS, PLAYS - late_ones, late_ones, 0, begun, ended, until, slack)

    return DutyOutlook(name, 3 * PLAYS, {30: of(late), 65: of(0), 100: of(0)})


def made_up() -> Forecast:
    """A forecast of the shipped leak; nothing in it is the result of playing."""
    states = ("unnoticed", "discovered", "reported", "confirmed", "graded", "escalated_to_leading_group", "in_handling")
    moments = (0, 3, 12, 25, 40, 45, 60, 300)
    path = [
        Stage("leak", state, 3 * PLAYS, dict.fromkeys(LEVELS, times(begin, end)))
        for state, begin, end in zip(states, moments, moments[1:], strict=False)
    ]
    path.append(Stage("leak", "dismissed", 1, {30: times(25, None, plays=1)}))
    path.append(Stage("leak", "resolved", 11, dict.fromkeys(LEVELS, times(300, None))))
    found = (spread for spread in (Spread(20, 30, 36), Spread(25, 30, 32), same(31)))
    outlooks = tuple(
        Outlook(
            proficiency=level,
            plays=PLAYS,
            rested=PLAYS - (level == 30),
            duration=Spread(4 * HOUR, 26 * HOUR, 60 * HOUR),
            decisions=decisions,
            refusals=same(2),
            injects=same(7),
            reading=dict.fromkeys(LANGUAGES, same(3 * MINUTE)),
            table=dict.fromkeys(LANGUAGES, Spread(83 * MINUTE, 123 * MINUTE, 147 * MINUTE)),
            kept=60 + level // 3,
            owed=94,
        )
        for level, decisions in zip(LEVELS, found, strict=True)
    )
    mistakes = (
        Mistake("late", "report-at-once", None, 3, {30: 3, 65: 0, 100: 0}),
        Mistake("level", "too_mild", None, 3, {30: 2, 65: 1, 100: 0}),
        Mistake("judgement", "dismiss", None, 2, {30: 1, 65: 1, 100: 0}),
        Mistake("refused", "close", RefusalReason.ROLE, 2, {30: 2, 65: 0, 100: 0}),
        Mistake("refused", "report", RefusalReason.CONTENT, 1, {30: 1, 65: 0, 100: 0}),
        Mistake("unasked", "notify_board", None, 1, {30: 1, 65: 0, 100: 0}),
    )
    subject = scenario("number-masking-leak")
    plays = {"press-call": 5, "regulator-asks": 0}
    injects = tuple(
        InjectOutlook(one.id, plays.get(one.id, 12), same(one.at or 5 * HOUR) if plays.get(one.id, 12) else None)
        for one in subject.injects
    )
    return Forecast(
        plays=PLAYS,
        proficiencies=LEVELS,
        outlooks=outlooks,
        path=tuple(path),
        duties=(duty("report-at-once", 3, 12, 18, 3), duty("grade-incident", 25, 40, 45, 1)),
        mistakes=mistakes,
        injects=injects,
        loads=(
            RoleLoad("discoverer", same(2), same(2), same(0)),
            RoleLoad("security_administrator", Spread(9, 14, 16), same(3), Spread(0, 0, 1)),
            RoleLoad("board_member", Spread(0, 0, 1), same(0), Spread(0, 0, 2)),
        ),
    )


def leak() -> Preview:
    """The shipped leak with the made-up forecast, and with a hint."""
    subject = scenario("number-masking-leak")
    return Preview(procedure(subject.playbook), with_hint(subject), made_up())


def with_hint(subject: Scenario) -> Scenario:
    """The scenario with a hint for its first inject."""
    first, *rest = subject.injects
    return replace(
        subject, injects=(replace(first, hint=Text("Who reads alerts at night?", "夜里的告警谁在看？")), *rest)
    )


def with_injects(*injects: Inject) -> Preview:
    """The made-up preview with other injects, each of which came in every play."""
    found = leak()
    outlooks = tuple(InjectOutlook(one.id, 12, same(one.at or HOUR)) for one in injects)
    return Preview(found.playbook, replace(found.scenario, injects=injects), replace(found.forecast, injects=outlooks))


@cache
def compiled(name: str) -> CompiledPlaybook:
    """The playbook of a shipped scenario, ready to run."""
    return CompiledPlaybook(procedure(scenario(name).playbook))


@cache
def played(name: str, plays: int = 3) -> Forecast:
    """A forecast of a shipped scenario, by playing it."""
    return forecast(compiled(name), scenario(name), plays=plays)
