"""From facts to clocks: what counts of the record, at which instant, and for whom."""

from dataclasses import replace

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.clocks import Scope
from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.regulatory.situation import clocks_of, moment_of, scope_of, situation_of
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView, Moment
from tests.support.clocks import moment, pack
from tests.support.facts import a_fact
from tests.support.local_times import places_of
from tests.support.small import small_scenario

STARTS = "2026-01-05T09:00+08:00"
SCALES = pack("cn").scales
CN = Scope(("CN",), {"cn_operator": "other_network_operator"})


def fact(kind: FactKind, at: int, incident: str = "one", **data: Json) -> Fact:
    return a_fact(at, kind, incident, data)


RAISED = fact(FactKind.INCIDENT_RAISED, 0, inject="alert")
AWARE = fact(FactKind.ANCHOR_REACHED, 5 * MINUTE, anchor="awareness", rule="anchors.awareness", clause=None, because=1)
GRAVE = fact(FactKind.STATUTORY_LEVEL_JUDGED, HOUR, scale="cn_cac_2025", level="relatively_major", because=2)


def test_a_time_from_the_start_is_an_instant() -> None:
    assert moment_of(STARTS, 90 * MINUTE) == moment("2026-01-05T10:30+08:00")
    assert moment_of("2026-01-05T01:00Z", 0) == Moment(moment(STARTS).at)


def test_the_first_moment_and_filing_count_and_the_last_judgement_and_value() -> None:
    facts = [
        AWARE,
        fact(FactKind.ANCHOR_REACHED, HOUR, anchor="awareness"),
        GRAVE,
        fact(FactKind.STATUTORY_LEVEL_JUDGED, 2 * HOUR, scale="cn_cac_2025", level=None),
        fact(FactKind.MEASURE_TAKEN, 0, measure="persons_affected", value=7),
        fact(FactKind.MEASURE_TAKEN, HOUR, measure="persons_affected", value=9),
        fact(FactKind.FILED, HOUR, clock="cn-pipl-57"),
        fact(FactKind.FILED, 3 * HOUR, clock="cn-pipl-57"),
    ]
    found = situation_of(facts, "one", STARTS, 4 * HOUR, SCALES)
    assert found.anchors == {Anchor.AWARENESS: moment_of(STARTS, 5 * MINUTE)}
    assert found.levels == {"cn_cac_2025": None}
    assert found.measures == {"persons_affected": 9}
    assert found.filings == {"cn-pipl-57": moment_of(STARTS, HOUR)}
    assert found.now == moment_of(STARTS, 4 * HOUR).at


def test_what_came_later_or_is_about_another_incident_is_left_out() -> None:
    facts = [AWARE, GRAVE, fact(FactKind.FILED, 0, "two", clock="cn-pipl-57")]
    found = situation_of(facts, "one", STARTS, 30 * MINUTE, SCALES)
    assert (len(found.anchors), found.levels, found.filings) == (1, {}, {})


def test_what_the_packs_do_not_know_is_left_out() -> None:
    facts = [
        fact(FactKind.ANCHOR_REACHED, 0, anchor="eclipse"),
        fact(FactKind.STATUTORY_LEVEL_JUDGED, 0, scale="moon", level="full"),
        fact(FactKind.STATUTORY_LEVEL_JUDGED, 0, scale="cn_cac_2025", level="apocalyptic"),
    ]
    found = situation_of(facts, "one", STARTS, HOUR, SCALES)
    assert (found.anchors, found.levels) == ({}, {})


def test_a_scenario_without_a_scope_declares_nothing() -> None:
    assert scope_of(small_scenario()) == Scope()
    views = clocks_of(shipped_packs(), small_scenario(), [RAISED])["one"]
    assert {view.state for view in views} <= {
        ClockState.SCOPE_NOT_DECLARED,
        ClockState.DISABLED,
        ClockState.NOT_IN_FORCE,
    }


def test_a_clock_runs_from_what_is_on_record_and_is_late_only_after_its_hours() -> None:
    company = replace(small_scenario().organisation, scope=CN)
    subject = small_scenario(organisation=company, starts=STARTS, offsets=places_of(CN))
    facts = [RAISED, AWARE, GRAVE]

    def state(now: int) -> tuple[ClockState, str | None]:
        views = clocks_of(shipped_packs(), subject, facts, now)["one"]
        (found,) = [view for view in views if view.clock.id == "cn-cac-other-initial"]
        return found.state, found.due.local if isinstance(found, DeadlineView) else None

    assert state(10 * MINUTE) == (ClockState.NOT_JUDGED, None)
    assert state(4 * HOUR + 5 * MINUTE) == (ClockState.DUE, "2026-01-05T13:05:00+08:00")
    assert state(4 * HOUR + 5 * MINUTE + 1) == (ClockState.OVERDUE, "2026-01-05T13:05:00+08:00")


def test_an_incident_that_nobody_can_notice_has_no_clocks() -> None:
    assert clocks_of(shipped_packs(), small_scenario(), [AWARE]) == {}
    assert clocks_of(shipped_packs(), small_scenario(), []) == {}
