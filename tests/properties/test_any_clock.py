"""What holds of every clock, whatever an organisation declares and whatever is on record."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.clocks.read import attributes_of, shipped_packs
from incidentsim.domain.clock_limits import Anchor, Immediately
from incidentsim.domain.clocks import Attribute, Declaration, Scope
from incidentsim.domain.playbook import Level, Threshold
from incidentsim.exercise.regulatory.criteria import propose_level
from incidentsim.exercise.regulatory.engine import Situation, clock_views
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView, Moment, QuietView, TargetView
from tests.support.clocks import moment
from tests.support.local_times import places_of
from tests.support.small import OURS, small_playbook, text

PACKS = shipped_packs()
PLACES = places_of()
ATTRIBUTES = attributes_of(PACKS)
MEASURES = sorted({name for pack in PACKS for name in pack.measures})
SCALES = {name: scale for pack in PACKS for name, scale in pack.scales.items()}
CLOCKS = [name for pack in PACKS for name in pack.clocks]
TIMED = (ClockState.DUE, ClockState.OVERDUE, ClockState.FILED_LATE)

INSTANTS = st.integers(moment("2018-01-01T00:00+00:00").at, moment("2040-01-01T00:00+00:00").at)
MOMENTS = st.builds(Moment, INSTANTS)


def declarations(attribute: Attribute) -> st.SearchStrategy[Declaration]:
    options = list(attribute.options)
    match attribute.kind:
        case "one_of":
            return st.sampled_from(options)
        case "some_of":
            return st.lists(st.sampled_from(options), unique=True).map(tuple)
        case "flag":
            return st.booleans()
        case "count":
            return st.integers(0, 10**10)


SCOPES = st.builds(
    Scope,
    jurisdictions=st.none() | st.lists(st.sampled_from([pack.jurisdiction for pack in PACKS])).map(tuple),
    declared=st.fixed_dictionaries({}, optional={name: declarations(one) for name, one in ATTRIBUTES.items()}),
    calendars=st.just({}) | st.just({"EU": "DE"}),
)
LEVELS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([None, *scale.levels]) for name, scale in SCALES.items()}
)
VALUES = st.dictionaries(st.sampled_from(MEASURES), st.sampled_from([0, 1, 499, 1_001, 10**7]), max_size=len(MEASURES))
SITUATIONS = st.builds(
    Situation,
    now=INSTANTS,
    anchors=st.dictionaries(st.sampled_from(list(Anchor)), MOMENTS),
    levels=LEVELS,
    measures=VALUES,
    filings=st.dictionaries(st.sampled_from(CLOCKS), MOMENTS, max_size=8),
)


@given(SCOPES, SITUATIONS)
def test_a_deadline_is_never_shown_without_its_scope_and_anchor(scope: Scope, known: Situation) -> None:
    for view in clock_views(PACKS, scope, known, PLACES):
        if isinstance(view, DeadlineView):
            assert scope.jurisdictions is not None
            assert view.scope.jurisdiction in scope.jurisdictions
            assert all(one.holds is not None for one in view.scope.because)
            assert view.anchor.moment.at <= known.now
            recorded = known.filings if view.anchor.filing else known.anchors
            assert view.anchor.moment in recorded.values()
            assert view.clock.status in ("in_force", "guidance")
        else:
            assert view.state not in TIMED
            assert not hasattr(view, "due")


@given(SCOPES, SITUATIONS)
def test_immediately_never_yields_a_number_except_the_target_labelled_ours(scope: Scope, known: Situation) -> None:
    for view in clock_views(PACKS, scope, known, PLACES):
        if isinstance(view.clock.deadline, Immediately):
            assert not isinstance(view, DeadlineView)
            assert view.state not in TIMED
        if isinstance(view, TargetView):
            assert isinstance(view.clock.deadline, Immediately)
            assert view.target.basis == "assumption"


@given(SCOPES, SITUATIONS, st.integers(1, 5), st.integers(1, 10**9))
def test_the_platform_level_never_changes_a_statutory_one(
    scope: Scope, known: Situation, platform: int, threshold: int
) -> None:
    """Grade the incident by any procedure, tell everybody the level: every clock and every proposal stays as it is."""
    level = Level(platform, text("level"), (Threshold("persons_affected", threshold),), OURS)
    graded = replace(small_playbook(), levels={platform: level}).judged_level(known.measures)
    told = replace(
        known,
        measures={**known.measures, "level": platform, "platform_level": graded or 0},
        levels={**known.levels, "platform-incidents": str(graded)},
    )
    assert clock_views(PACKS, scope, told, PLACES) == clock_views(PACKS, scope, known, PLACES)
    for scale in SCALES.values():
        assert propose_level(scale, told.measures) == propose_level(scale, known.measures)


@given(SCOPES, SITUATIONS)
def test_a_proposal_never_takes_the_place_of_a_judgement(scope: Scope, known: Situation) -> None:
    unjudged = replace(known, levels={})
    for view in clock_views(PACKS, scope, unjudged, PLACES):
        needs_level = view.clock.id.startswith(("cn-cac-other-initial", "eu-nis2", "eu-dora"))
        assert not needs_level or isinstance(view, QuietView)


@given(SCOPES, SITUATIONS, st.integers(0, 10**12))
def test_a_deadline_does_not_move_while_time_passes(scope: Scope, known: Situation, passed: int) -> None:
    """Only new facts move it: with the same record, later is the same deadline or a filing that came in between."""
    reached = replace(
        known,
        anchors={name: one for name, one in known.anchors.items() if one.at <= known.now},
        filings={name: one for name, one in known.filings.items() if one.at <= known.now},
    )
    later = replace(reached, now=reached.now + passed)
    for before, after in zip(
        clock_views(PACKS, scope, reached, PLACES), clock_views(PACKS, scope, later, PLACES), strict=True
    ):
        if isinstance(before, DeadlineView):
            assert isinstance(after, DeadlineView)
            assert after.due == before.due
            assert (before.state, after.state) != (ClockState.OVERDUE, ClockState.DUE)


@given(SCOPES, SITUATIONS)
def test_the_same_record_gives_the_same_views(scope: Scope, known: Situation) -> None:
    assert clock_views(PACKS, scope, known, PLACES) == clock_views(PACKS, scope, replace(known), PLACES)
