"""Which clocks run, since when and until when: a function of packs, a declared scope and what is on record.

Nothing is assumed. What the organisation has not declared stays *scope not declared*, what nobody has judged stays
*not judged*, and a moment that is not on record starts nothing. The level of the company's own procedure is not even
an input: a statutory level is judged separately.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from incidentsim.domain.clock_limits import (
    Anchor,
    BusinessDays,
    CalendarDays,
    CalendarMonths,
    EarlierOf,
    Hours,
    Immediately,
    Limit,
    NextWorkingDay,
)
from incidentsim.domain.clocks import Clock, ClockPack, Scope
from incidentsim.domain.local_time import Offsets, OffsetTable
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.exercise.regulatory import dates as calendar_time
from incidentsim.exercise.regulatory.criteria import Verdict, declared, judge, measured
from incidentsim.exercise.regulatory.views import (
    AnchorReached,
    ClockState,
    ClockView,
    Data,
    DeadlineView,
    Due,
    InternalTarget,
    Moment,
    QuietState,
    QuietView,
    ScopeFound,
    TargetView,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """The record of one incident, as far as clocks ask about it.

    Attributes:
        now: the present instant, in ms since 1970-01-01T00:00Z.
        anchors: the moments reached; one that lies after `now` counts as not reached.
        levels: the statutory level judged on each scale; `None` where it was judged to reach none of its levels.
        measures: the values known: counts, ms, whole units of money, 1 and 0 for yes and no.
        filings: when each clock's filing was made.
    """

    now: int
    anchors: Mapping[Anchor, Moment] = field(default_factory=dict)
    levels: Mapping[str, str | None] = field(default_factory=dict)
    measures: Mapping[str, int] = field(default_factory=dict)
    filings: Mapping[str, Moment] = field(default_factory=dict)


def clock_views(
    packs: Iterable[ClockPack], scope: Scope, situation: Situation, offsets: OffsetTable
) -> tuple[ClockView, ...]:
    """Return the view of every clock for one incident, in the order of the packs and of their clocks.

    `offsets` hold the changes of the clocks in every jurisdiction that `scope` declares.

    Raises:
        InputError: a holiday calendar does not exist, or the changes of the clocks at a place are not in `offsets`.
        ValueError: `situation` names a level that its scale does not have.
    """
    return tuple(
        _Reckoning(pack, scope, situation, offsets, clock).view() for pack in packs for clock in pack.clocks.values()
    )


@dataclass(frozen=True, slots=True)
class _Reckoning:
    pack: ClockPack
    scope: Scope
    situation: Situation
    offsets: OffsetTable
    clock: Clock

    def view(self) -> ClockView:
        """Return what is shown of a clock, asking about the organisation first, then the incident, then the record."""
        clock, jurisdiction = self.clock, self.pack.jurisdiction
        if self.scope.jurisdictions is not None and jurisdiction not in self.scope.jurisdictions:
            return self._quiet(ClockState.NOT_APPLICABLE)
        if clock.status == "disabled":
            return self._quiet(ClockState.DISABLED)
        if clock.status == "not_in_force":
            return self._quiet(ClockState.NOT_IN_FORCE)
        concerns_us = judge(clock.scope, declared(self.scope.declared))
        if concerns_us.holds is False:
            return self._quiet(ClockState.NOT_APPLICABLE, concerns_us)
        if self.scope.jurisdictions is None:
            return self._missing(ClockState.SCOPE_NOT_DECLARED, ("jurisdictions", *concerns_us.open))
        if concerns_us.holds is None:
            return self._quiet(ClockState.SCOPE_NOT_DECLARED, concerns_us)
        return self._view_in_scope(ScopeFound(jurisdiction, concerns_us.because))

    def _view_in_scope(self, scope: ScopeFound) -> ClockView:
        clock, situation = self.clock, self.situation
        if clock.since is not None and self._date_that_counts() < clock.since:
            return self._quiet(ClockState.NOT_IN_FORCE)
        look = measured(situation.measures, situation.levels, self.pack.scales)
        concerned = judge(clock.needs, look)
        if concerned.holds is None:
            return self._quiet(ClockState.NOT_JUDGED, concerned)
        if not concerned.holds:
            return self._quiet(ClockState.NOT_TRIGGERED, concerned)
        if clock.after and self._prior_filing() is None:
            return self._missing(ClockState.NOT_STARTED, clock.after)
        if isinstance(clock.deadline, Immediately):
            return self._target(clock.deadline, scope, concerned)
        return self._deadline(clock.deadline, scope, concerned)

    # What is on record

    def _date_that_counts(self) -> str:
        """The local date by which the law in force is chosen: that of the first moment the clock names, else today."""
        deadline = self.clock.deadline
        named = deadline.first.anchors if isinstance(deadline, EarlierOf) else deadline.anchors
        reached = self._reached(named)
        instant = self.situation.now if reached is None else reached.moment.at
        return calendar_time.local_day(instant, self._place).isoformat()

    def _prior_filing(self) -> AnchorReached | None:
        made = [
            AnchorReached(Anchor.PRIOR_FILING, self.situation.filings[name], name)
            for name in self.clock.after
            if name in self.situation.filings and self.situation.filings[name].at <= self.situation.now
        ]
        return min(made, key=lambda one: one.moment.at, default=None)

    def _reached(self, anchors: tuple[Anchor, ...]) -> AnchorReached | None:
        """The first of these moments that was reached."""
        found = []
        for anchor in anchors:
            moment = self.situation.anchors.get(anchor)
            if anchor is Anchor.PRIOR_FILING:
                prior = self._prior_filing()
                found += [prior] if prior is not None else []
            elif moment is not None and moment.at <= self.situation.now:
                found.append(AnchorReached(anchor, moment))
        return min(found, key=lambda one: one.moment.at, default=None)

    @property
    def _filed(self) -> Moment | None:
        filed = self.situation.filings.get(self.clock.id)
        return filed if filed is not None and filed.at <= self.situation.now else None

    @property
    def _zone(self) -> str:
        return self.scope.zones.get(self.pack.jurisdiction, self.pack.zone)

    @property
    def _place(self) -> Offsets:
        """What the clocks of the jurisdiction show; those of the exercise where it is none of the organisation's."""
        if self._zone in self.offsets.places or self.pack.jurisdiction in (self.scope.jurisdictions or ()):
            return self.offsets.place(self._zone)
        return self.offsets.exercise

    @property
    def _calendar(self) -> str | None:
        return self.scope.calendars.get(self.pack.jurisdiction, self.pack.calendar)

    # The views

    def _quiet(self, state: QuietState, verdict: Verdict | None = None) -> QuietView:
        verdict = verdict or Verdict(None)
        return QuietView(self.pack.id, self.clock, self._place, state, verdict.open, verdict.because, self._filed)

    def _missing(self, state: QuietState, missing: tuple[str, ...]) -> QuietView:
        return QuietView(self.pack.id, self.clock, self._place, state, missing, filed=self._filed)

    def _target(self, deadline: Immediately, scope: ScopeFound, concerned: Verdict) -> ClockView:
        anchor = self._reached(deadline.anchors)
        if anchor is None:
            return self._missing(ClockState.ANCHOR_MISSING, deadline.anchors)
        filed = self._filed
        target = InternalTarget(deadline.target, anchor.moment.at + deadline.target)
        return TargetView(
            pack=self.pack.id,
            clock=self.clock,
            place=self._place,
            state=ClockState.TARGET_ONLY if filed is None else ClockState.FILED,
            scope=scope,
            anchor=anchor,
            target=target,
            missed=(self.situation.now if filed is None else filed.at) > target.at,
            because=concerned.because,
            filed=filed,
        )

    def _deadline(self, deadline: Limit | EarlierOf, scope: ScopeFound, concerned: Verdict) -> ClockView:
        limits = (deadline,) if isinstance(deadline, Limit) else (deadline.first, deadline.second)
        reached = [(limit, self._reached(limit.anchors)) for limit in limits]
        known = [(limit, anchor) for limit, anchor in reached if anchor is not None]
        if len(known) < len(limits):
            missing = tuple(name for limit, anchor in reached if anchor is None for name in limit.anchors)
            return self._missing(ClockState.ANCHOR_MISSING, missing)
        if BusinessDays in {type(limit.length) for limit in limits} and self._calendar is None:
            return self._missing(ClockState.SCOPE_NOT_DECLARED, ("calendars",))
        ends = [(self._end(limit, anchor.moment), anchor) for limit, anchor in known]
        end, anchor = min(ends, key=lambda one: one[0])
        if isinstance(deadline, EarlierOf) and deadline.first_alone_if_late and ends[0][1].moment.at > ends[1][0]:
            end, anchor = ends[0]
        due = self._due(end, limits)
        filed = self._filed
        return DeadlineView(
            pack=self.pack.id,
            clock=self.clock,
            place=self._place,
            state=_state(due.at, filed, self.situation.now),
            scope=scope,
            anchor=anchor,
            due=due,
            others=tuple(other for _end, other in ends if other != anchor),
            because=concerned.because,
            filed=filed,
        )

    # The arithmetic

    def _end(self, limit: Limit, start: Moment) -> int:
        """The last instant of a limit; days and months end with the local day."""
        day = calendar_time.local_day(start.at, self._place)
        match limit.length:
            case Hours(count):
                return start.at + count * HOUR
            case CalendarDays(count, first_day_counts):
                day = calendar_time.plus_days(day, count - 1 if first_day_counts else count)
            case CalendarMonths(count):
                day = calendar_time.plus_months(day, count)
            case BusinessDays(count):
                day = calendar_time.plus_business_days(day, count, self._calendar or "")
        return calendar_time.end_of_day(day, self._place)

    def _due(self, end: int, limits: tuple[Limit, ...]) -> Due:
        relief = self.clock.relief
        if relief is None:
            return self._due_at(end, by_calendar=any(isinstance(limit.length, BusinessDays) for limit in limits))
        verdict = judge(relief.when, declared(self.scope.declared))
        missing = verdict.open if self._calendar is not None else (*verdict.open, "calendars")
        if verdict.holds is False:
            return self._due_at(end)
        if verdict.holds is None or self._calendar is None:
            return self._due_at(end, relief_open=missing)
        return self._relieved(end, relief, self._calendar)

    def _relieved(self, end: int, relief: NextWorkingDay, calendar: str) -> Due:
        day = calendar_time.local_day(end, self._place)
        if calendar_time.is_working_day(day, calendar):
            return self._due_at(end, by_calendar=True)
        following = calendar_time.next_working_day(day, calendar)
        later = calendar_time.instant_of(following, relief.minute, self._place)
        return self._due_at(later, by_calendar=True, relieved=end)

    def _due_at(
        self, at: int, *, by_calendar: bool = False, relieved: int | None = None, relief_open: tuple[str, ...] = ()
    ) -> Due:
        data = Data(
            zone=self._zone,
            zones=self.offsets.tzdata,
            calendar=self._calendar if by_calendar else None,
            holidays=calendar_time.holidays_version() if by_calendar else None,
        )
        shown = self._place.moment(at).isoformat(timespec="seconds")
        until = self.offsets.until
        return Due(at, shown, data, relieved, relief_open, until if until is not None and until < at else None)


def _state(
    due: int, filed: Moment | None, now: int
) -> Literal[ClockState.DUE, ClockState.OVERDUE, ClockState.FILED, ClockState.FILED_LATE]:
    """A filing at the last moment is in time."""
    if filed is not None:
        return ClockState.FILED if filed.at <= due else ClockState.FILED_LATE
    return ClockState.DUE if now <= due else ClockState.OVERDUE
