"""Where a clock stands: every state, and what each view must hold."""

from dataclasses import fields, replace

import pytest

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.clocks import Scope
from incidentsim.exercise.regulatory.engine import Situation, clock_views
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView, QuietView, TargetView
from tests.support.clocks import HOUR, YES, deadline, moment, pack, quiet, scope_in, situation, target, view_of
from tests.support.local_times import places_of

SCOPE = scope_in("CN", cn_operator="other_network_operator", cn_personal_information_processor=True)
CLOCK = "cn-cac-other-initial"
AWARE = "2026-01-05T10:00+08:00"
GRAVE = {"cn_cac_2025": "major"}


def known_at(now: str, **more: str) -> Situation:
    return situation(now, levels=GRAVE, filings=more, awareness=AWARE)


def test_an_organisation_elsewhere_is_not_concerned() -> None:
    assert quiet(CLOCK, scope_in("JP"), known_at("2026-01-05T11:00+08:00")).state is ClockState.NOT_APPLICABLE


def test_another_kind_of_organisation_is_not_concerned_and_the_view_says_why() -> None:
    view = quiet(CLOCK, scope_in("CN", cn_operator="ciio"), known_at("2026-01-05T11:00+08:00"))
    assert (view.state, [one.holds for one in view.because]) == (ClockState.NOT_APPLICABLE, [False])


@pytest.mark.parametrize(
    ("scope", "missing"),
    [
        (Scope(), ("jurisdictions", "cn_operator")),
        (Scope(None, {"cn_operator": "other_network_operator"}), ("jurisdictions",)),
        (scope_in("CN"), ("cn_operator",)),
        (scope_in("CN", cn_operator=True), ("cn_operator",)),
    ],
    ids=["nothing", "where", "what", "an answer of the wrong sort"],
)
def test_what_is_not_declared_is_never_assumed(scope: Scope, missing: tuple[str, ...]) -> None:
    view = quiet(CLOCK, scope, known_at("2026-01-05T11:00+08:00"))
    assert (view.state, view.missing) == (ClockState.SCOPE_NOT_DECLARED, missing)


def test_a_missing_anchor_is_named() -> None:
    view = quiet(CLOCK, SCOPE, situation("2026-01-05T11:00+08:00", levels=GRAVE))
    assert (view.state, view.missing) == (ClockState.ANCHOR_MISSING, ("awareness",))


def test_a_moment_in_the_future_is_not_on_record() -> None:
    assert quiet(CLOCK, SCOPE, known_at("2026-01-05T09:59+08:00")).state is ClockState.ANCHOR_MISSING


@pytest.mark.parametrize(
    ("now", "filed", "state"),
    [
        ("2026-01-05T10:00+08:00", None, ClockState.DUE),
        ("2026-01-05T14:00+08:00", None, ClockState.DUE),
        ("2026-01-05T14:01+08:00", None, ClockState.OVERDUE),
        ("2026-01-09T10:00+08:00", "2026-01-05T14:00+08:00", ClockState.FILED),
        ("2026-01-09T10:00+08:00", "2026-01-05T14:01+08:00", ClockState.FILED_LATE),
        ("2026-01-05T13:00+08:00", "2026-01-05T13:30+08:00", ClockState.DUE),
    ],
    ids=["just started", "at the last moment", "a minute later", "filed at the last moment", "filed late", "not yet"],
)
def test_due_overdue_filed_and_filed_late(now: str, filed: str | None, state: ClockState) -> None:
    view = deadline(CLOCK, SCOPE, known_at(now, **({CLOCK: filed} if filed else {})))
    assert view.state is state
    assert (view.filed is not None) == (state in (ClockState.FILED, ClockState.FILED_LATE))
    assert view.due.at == moment(AWARE).at + 4 * HOUR


def test_a_deadline_comes_with_its_scope_its_anchor_and_the_data_it_rests_on() -> None:
    view = deadline(CLOCK, SCOPE, known_at("2026-01-05T10:00+08:00"))
    assert view.scope.jurisdiction == "CN"
    assert [one.holds for one in view.scope.because] == [True]
    assert (view.anchor.anchor, view.anchor.moment) == (Anchor.AWARENESS, moment(AWARE))
    assert view.due.data.zone == "Asia/Shanghai"
    assert view.due.data.zones.startswith("20")
    assert (view.due.data.calendar, view.due.data.holidays) == (None, None)


@pytest.mark.parametrize("kind", [QuietView, TargetView])
def test_only_one_kind_of_view_has_a_place_for_a_deadline(kind: type) -> None:
    assert "due" not in {field.name for field in fields(kind)}


@pytest.mark.parametrize("part", ["scope", "anchor", "due"])
def test_a_deadline_cannot_be_made_without_scope_and_anchor(part: str) -> None:
    view = deadline(CLOCK, SCOPE, known_at("2026-01-05T10:00+08:00"))
    parts = {field.name: getattr(view, field.name) for field in fields(view) if field.name != part}
    with pytest.raises(TypeError, match=part):
        DeadlineView(**parts)


def test_immediately_shows_our_target_and_no_deadline() -> None:
    now = "2026-01-07T10:00+08:00"
    facts = {"personal_data_breach": YES}
    view = target("cn-pipl-57", SCOPE, situation(now, measures=facts, awareness=AWARE))
    assert (view.state, view.missed, view.target.basis) == (ClockState.TARGET_ONLY, True, "assumption")
    filed = situation(now, measures=facts, filings={"cn-pipl-57": "2026-01-05T12:00+08:00"}, awareness=AWARE)
    assert (target("cn-pipl-57", SCOPE, filed).state, target("cn-pipl-57", SCOPE, filed).missed) == (
        ClockState.FILED,
        False,
    )


def test_a_late_answer_to_immediately_is_filed_and_never_filed_late() -> None:
    known = situation(
        "2026-02-07T10:00+08:00",
        measures={"personal_data_breach": YES},
        filings={"cn-pipl-57": "2026-02-05T12:00+08:00"},
        awareness=AWARE,
    )
    view = target("cn-pipl-57", SCOPE, known)
    assert (view.state, view.missed) == (ClockState.FILED, True)


def test_a_filing_nobody_asked_for_is_shown_without_a_deadline() -> None:
    view = quiet(CLOCK, scope_in("CN"), known_at("2026-01-05T11:00+08:00", **{CLOCK: "2026-01-05T10:30+08:00"}))
    assert (view.state, view.filed) == (ClockState.SCOPE_NOT_DECLARED, moment("2026-01-05T10:30+08:00"))


def test_a_level_judged_to_be_none_triggers_nothing() -> None:
    scope = scope_in("EU", nis2_entity="essential")
    known = situation("2026-01-05T11:00+08:00", levels={"eu_nis2": None}, awareness=AWARE)
    assert quiet("eu-nis2-early", scope, known).state is ClockState.NOT_TRIGGERED


def test_a_level_that_the_scale_does_not_have_is_an_error_of_the_caller() -> None:
    known = situation("2026-01-05T11:00+08:00", levels={"cn_cac_2025": "P1"}, awareness=AWARE)
    with pytest.raises(ValueError, match="P1"):
        view_of(CLOCK, SCOPE, known)


def test_the_place_of_the_organisation_decides_about_its_dates() -> None:
    """Two Member States, one instant: already March in Athens, still February in Lisbon."""
    known = situation(
        "2026-06-01T00:00+00:00",
        levels={"eu_nis2": "significant"},
        filings={"eu-nis2-notification": "2026-02-28T22:30+00:00"},
    )
    here = scope_in("EU", nis2_entity="essential", nis2_trust_service=False)
    greece = deadline("eu-nis2-final", replace(here, zones={"EU": "Europe/Athens"}), known)
    portugal = deadline("eu-nis2-final", replace(here, zones={"EU": "Europe/Lisbon"}), known)
    assert (greece.due.local, portugal.due.local) == ("2026-04-01T23:59:59+03:00", "2026-03-28T23:59:59+00:00")


def test_the_views_come_in_the_order_of_the_packs() -> None:
    views = clock_views([pack("jp"), pack("cn")], SCOPE, known_at("2026-01-05T11:00+08:00"), places_of(SCOPE))
    assert [view.clock.id for view in views] == [*pack("jp").clocks, *pack("cn").clocks]
