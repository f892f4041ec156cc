"""Who takes a step that bots wish for, and when: whoever is there, after a plausible while."""

from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.actions import Slip
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Person
from incidentsim.exercise.bots.choice import Wish
from incidentsim.exercise.bots.errors import EXPERT, ODDS, slips
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.conditions import tracks_named
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE, SECOND
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.randomness import Stream

USUAL_TIME: Final = 5 * MINUTE
"""How long a step takes for which the playbook names no usual time."""
REACTION: Final = SECOND
"""Nobody answers to what happens sooner. So no decision bears the time of a deadline that has just passed, and the
same decisions taken from a script fall before and after the same deadlines."""
READING: Final = 2 * MINUTE
"""How long it takes to read what a decision rests on."""
MARGIN_PERCENT: Final = 85
"""Whoever minds the time is done when this part of the time allowed has gone."""
MOST_PATIENCE: Final = 6 * HOUR
"""So long those who know better wait for something to judge by, if the time allowed is as long."""
TOO_LONG_TO_FORGET: Final = 7 * DAY
"""With more time than this somebody asks before it is over."""
HALF_AN_HOUR: Final = 30 * MINUTE
MOST_TRIES: Final = 3 * 48
"""Half-hours that a bot looks ahead for somebody who is there: three days."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A wish with who would fulfil it and when (ms). `load` is what weighs on the person."""

    at: int
    wish: Wish
    person: Person
    role: str
    load: int
    slips: tuple[Slip, ...] = ()
    oversteps: bool = False


@dataclass(slots=True)
class WishTiming:
    """The times (ms) that the plan of a wish rests on; they hold as long as no fact is added about its incident.

    The step can be taken from `since` on, put right by `corrected` if it was refused for its content, and is never
    taken before `soonest`, whoever there is and whatever time it is. Where `may_overstep`, somebody without the
    authority may try it first. `taken` keeps, by proficiency and load, how long it takes and what slips.
    """

    since: int
    corrected: int
    soonest: int
    may_overstep: bool
    taken: dict[tuple[int, int], tuple[int, tuple[Slip, ...]]] = field(default_factory=dict)


def timing_of(desk: BotView, incident: IncidentState, wish: Wish) -> WishTiming:
    """Look up the times that the plan of a wish rests on."""
    step = wish.ready.step
    since = max(wish.since, *(incident.entered[name] for name in (step.track, *tracks_named(step.needs))))
    corrected = _correction(desk, incident, wish)
    most = ODDS["overstepped"].of(desk.least_proficiency, 0)
    if most and refused_here(desk, incident, step) is None and _overstepping(desk, wish).below(1000) < most:
        return WishTiming(since, corrected, since, may_overstep=True)
    # Whatever depends on who takes the step, and on the time, only makes it longer.
    taken = _thought(step, Stream(desk.seed, wish.key))
    dues = _dues(desk, incident, step, since)
    if dues:
        taken = min(taken, (min(dues)[0] - since) * MARGIN_PERCENT // 100)
    return WishTiming(since, corrected, max(since + taken, wish.read + READING, corrected), may_overstep=False)


def waits_for(desk: BotView, incident: IncidentState, wish: Wish, timing: WishTiming) -> tuple[int, str | None]:
    """Return before when (ms) a wish is never fulfilled, and who has to be free for it (a pseudonym; `None`: nobody).

    It holds as long as no fact is added about the incident, nothing more weighs on anybody, and the same people are
    there.
    """
    step, now = wish.ready.step, desk.exercise.state.now
    chosen = None if timing.may_overstep else desk.taker(incident, step, now)
    if chosen is None or chosen[2] > now:  # another may be there first when something happens next
        return timing.soonest, None
    person, role, _there = chosen
    load, proficiency = desk.load(person, role, timing.since), desk.proficiency(role)
    taken, _slips = _taken(desk, incident, wish, timing, proficiency=proficiency, load=load)
    return max(timing.since + taken, wish.read + READING, timing.corrected), person.pseudonym


def _taken(
    desk: BotView, incident: IncidentState, wish: Wish, timing: WishTiming, *, proficiency: int, load: int
) -> tuple[int, tuple[Slip, ...]]:
    """How long after `timing.since` (ms) somebody is done, and what slips."""
    known = timing.taken.get((proficiency, load))
    if known is None:
        known = _while(desk, incident, wish, timing.since, proficiency=proficiency, load=load)
        timing.taken[proficiency, load] = known
    return known


def plan(desk: BotView, incident: IncidentState, wish: Wish, timing: WishTiming) -> Prospect | None:
    """Plan who would take the step and when; `None` while it needs something, or nobody can take it."""
    step, state = wish.ready.step, desk.exercise.state
    needs = wish.ready.needs
    if needs is not None and not any(needs(incident, state.now, role) for role in step.by):
        return None
    since = timing.since
    overstepping = _overstep(desk, wish) if timing.may_overstep else None
    if overstepping is not None:
        person, role = overstepping
        return Prospect(
            max(since + MINUTE, state.now + REACTION), wish, person, role, 0, ("overstepped",), oversteps=True
        )
    cast = desk.exercise.roster
    at = state.now
    for _ in range(MOST_TRIES):
        chosen = desk.taker(incident, step, at)
        if chosen is None:
            return None
        person, role, there = chosen
        load, proficiency = desk.load(person, role, since), desk.proficiency(role)
        taken, slipped = _taken(desk, incident, wish, timing, proficiency=proficiency, load=load)
        free = state.acted.get(person.pseudonym, -MINUTE) + MINUTE
        at = max(at, state.now + REACTION, since + taken, wish.read + READING, timing.corrected, there, free)
        capacity = cast.capacity(person, role, at)
        if capacity is not None and not cast.away(person, at):
            return Prospect(at, wish, person, role, load, slipped)
        at += HALF_AN_HOUR  # by then somebody left or came back: see who can act next
    return None


def _dues(desk: BotView, incident: IncidentState, step: Step, since: int) -> list[tuple[int, int]]:
    """When the duties are due that the step settles, and when they were opened (ms), of those due after `since`."""
    return [
        (duty.due, duty.opened)
        for duty in (incident.duties[name] for name in desk.duties(step) if name in incident.duties)
        if duty.due is not None and duty.due > since
    ]


def refused_here(desk: BotView, incident: IncidentState, step: Step) -> tuple[int, str] | None:
    """Return when (ms) and why the step was last refused since its track came into its state; `None` if it was not.

    Bots err once in one place.
    """
    found = desk.history.files[incident.id].refused.get(step.do)
    return found if found is not None and found[0] >= incident.entered[step.track] else None


def _while(
    desk: BotView, incident: IncidentState, wish: Wish, since: int, *, proficiency: int, load: int
) -> tuple[int, tuple[Slip, ...]]:
    """How long after `since` (ms) the step is done: its usual time and some thought, the slower the less practised.

    Whoever knows that it is due and minds the time is done in time, whatever else there is to do.
    """
    step = wish.ready.step
    stream = Stream(desk.seed, wish.key)
    gap = EXPERT - proficiency
    usual = step.takes or USUAL_TIME
    taken = _thought(step, stream)
    taken += usual * stream.between(0, 300) * gap // (100 * EXPERT)
    taken += load * stream.between(30, 120) * SECOND * (EXPERT + 3 * gap) // (2 * EXPERT)
    dues = _dues(desk, incident, step, since)
    due, opened = min(dues, default=(0, 0))
    if 0 < due - opened <= TOO_LONG_TO_FORGET and slips(desk.seed, wish.key, "forgotten", proficiency, load):
        allowed = min(due - opened, DAY)
        reminded = due - since + allowed * stream.between(5, 40) // 100 + stream.between(2, 20) * MINUTE
        return max(taken, reminded), ("forgotten",)
    if slips(desk.seed, wish.key, "lost_time", proficiency, load):
        return taken * stream.between(2, 6), ("lost_time",)
    if dues:
        last = (due - since) * MARGIN_PERCENT // 100
        patient = wish.unsupported and not slips(desk.seed, wish.key, "hasty", proficiency, load)
        taken = min(max(taken, MOST_PATIENCE) if patient else taken, last)
    return taken, ()


def _thought(step: Step, stream: Stream) -> int:
    """How long (ms) a step takes at least, before anything else is drawn from the stream of its wish."""
    return (step.takes or USUAL_TIME) * stream.between(60, 120) // 100 + stream.between(20, 120) * SECOND


def _correction(desk: BotView, incident: IncidentState, wish: Wish) -> int:
    """When (ms) a step that was refused for its content has been put right; 0 where it was not."""
    step = wish.ready.step
    refused = refused_here(desk, incident, step)
    if refused is None or refused[1] != "content":
        return 0
    usual = step.takes or USUAL_TIME
    return refused[0] + 2 * MINUTE + usual * Stream(desk.seed, f"{wish.key}/again").between(20, 60) // 100


def _overstepping(desk: BotView, wish: Wish) -> Stream:
    return Stream(desk.seed, f"{wish.key}/overstepped")


def _overstep(desk: BotView, wish: Wish) -> tuple[Person, str] | None:
    """Somebody without the authority who tries the step first; `None` where they know better, or nobody is there."""
    step, stream = wish.ready.step, _overstepping(desk, wish)
    drawn = stream.below(1000)
    exercise = desk.exercise
    others = [
        person
        for person in exercise.roster.people.values()
        if not set(exercise.roster.roles_of(person)) & set(step.by)
        and person.pseudonym not in desk.busy
        and not exercise.roster.away(person, exercise.state.now)
        and not exercise.playbook.roles[exercise.roster.roles_of(person)[0]].outside
    ]
    if not others:
        return None
    person = stream.pick(others)
    role = exercise.roster.roles_of(person)[0]
    return (person, role) if drawn < ODDS["overstepped"].of(desk.proficiency(role), 0) else None
