"""Which steps a bot would take, and why: the way on that fits what is known, and what new evidence asks for.

Beside the straight way a bot takes a detour in three cases, whatever the playbook: one that stays and sets the level,
when what has become known since the last grading gives another level; one that leads to where a step goes on that
fits what is known, when the finding with which the track came here no longer does; and one that a message asks for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.domain.actions import Reason, Slip
from incidentsim.domain.playbook import Step
from incidentsim.exercise.bots.errors import slips
from incidentsim.exercise.bots.history import LONG_AGO, Moment
from incidentsim.exercise.bots.rounds import is_last, not_worn
from incidentsim.exercise.bots.view import BotView, Offered, Rest
from incidentsim.exercise.kernel.compiled_playbook import ReadyStep
from incidentsim.exercise.kernel.state import IncidentState

MOST_NAMED: Final = 3
"""More messages than these are not named as the reason for a decision; the latest are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A step that a bot would take, and why.

    `key` names its random draws, `since` is what it waited for and `read` the last message that it rests on (ms). It
    is `unsupported` while nothing is known of what it judges, though something can still come to light.
    """

    ready: ReadyStep
    key: str
    reason: Reason
    injects: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    since: int = 0
    read: int = 0
    unsupported: bool = False


def wishes(desk: BotView, incident: IncidentState, track: str, state: str) -> Iterator[tuple[Wish, ...]]:
    """Yield what a bot would do on a track as it stands; of each tuple, the first that somebody can do."""
    offered = desk.offered(track, state)
    done = incident.done_here.get(track, ())
    for ready in not_worn(desk, incident, offered.on_the_spot, state):
        if ready.step.do not in done and _fits(ready.step, desk.belief(incident, ready.step).flags):
            wish = _straight(desk, incident, ready)
            if not _left_out(desk, incident, wish):
                yield (wish,)
    for ready in offered.detours_here:
        regrading = _regrade(desk, incident, ready)
        if regrading is not None:
            yield (regrading,)
    away = _detour(desk, incident, offered)
    on = _way_on(desk, incident, offered, state)
    leading = tuple(wish for wish in (away, on) if wish is not None)
    if leading:
        yield leading


def _fits(step: Step, flags: Mapping[str, bool]) -> bool:
    return all(flags.get(name, False) == value for name, value in step.fits.items())


def _way_on(desk: BotView, incident: IncidentState, offered: Offered, state: str) -> Wish | None:
    """The one way on that a bot considers: mostly the first that fits what is known."""
    ways, detours = not_worn(desk, incident, offered.ways, state), not_worn(desk, incident, offered.detours, state)
    if not ways and not detours:
        return None
    wish = _best_way(desk, incident, ways, detours, state)
    if wish is None:
        return None
    if len(ways) < len(offered.ways) or is_last(desk, incident, wish.ready, state):
        return replace(wish, reason="rounds")
    return wish


def _best_way(
    desk: BotView, incident: IncidentState, ways: list[ReadyStep], detours: list[ReadyStep], state: str
) -> Wish | None:
    fitting: list[ReadyStep] = []
    others: list[ReadyStep] = []
    for ready in ways:
        fits = not ready.step.fits or _fits(ready.step, desk.belief(incident, ready.step).flags)
        (fitting if fits else others).append(ready)
    if not fitting:
        track = (ways or detours)[0].step.track
        if desk.exercise.playbook.tracks[track].states[state].final:
            return None
        # What is known fits no way out: better any way on than an exercise that cannot end.
        return _straight(desk, incident, (others or detours)[0])
    wish = _straight(desk, incident, fitting[0])
    if others and slips(
        desk.seed, wish.key, "misjudged", desk.skill(fitting[0].step), _team_load(desk, incident, wish)
    ):
        wrong = _straight(desk, incident, others[0])
        return replace(wrong, slips=("misjudged",), unsupported=False)
    return wish


def _straight(desk: BotView, incident: IncidentState, ready: ReadyStep) -> Wish:
    """A step of the straight way, with the messages that speak for it or ask for it."""
    step, key = ready.step, _key(incident, ready.step)
    if step.fits:
        belief = desk.belief(incident, step)
        rests = [belief.flags_rest[name] for name in step.fits if name in belief.flags_rest]
        if rests:
            misled: tuple[Slip, ...] = ("misled",) if any(rest.misleads for rest in rests) else ()
            read = max(rest.read[0] for rest in rests)
            return Wish(ready, key, "evidence", _named(rest.inject for rest in rests), misled, read=read)
    owed = any(duty in incident.duties for duty in desk.duties(step))
    shown = desk.knowledge.shown
    unsupported = not shown(incident.id, "flag").isdisjoint(step.fits)
    if step.sets_level is not None:
        unsupported |= bool(shown(incident.id, "measure")) and not desk.belief(incident, step).measures_rest
    reason: Reason = "duty_due" if owed else "next_step"
    asking = _named(inject for inject, _read in _asking(desk, incident, step))
    return Wish(ready, key, reason, asking, unsupported=unsupported)


def _regrade(desk: BotView, incident: IncidentState, ready: ReadyStep) -> Wish | None:
    """Setting the level anew, once what is known gives another than the one set."""
    step = ready.step
    if step.sets_level is None or incident.level is None:
        return None
    belief, graded = desk.belief(incident, step), desk.history.files[incident.id].graded
    new = [rest for rest in belief.measures_rest.values() if rest.read >= graded]
    if not new or belief.level == incident.level:
        return None
    return _noticed(desk, incident, ready, "regrade", new)


def _detour(desk: BotView, incident: IncidentState, offered: Offered) -> Wish | None:
    """A detour that leads away: revising a finding that the evidence speaks against, or what a message asks for."""
    for ready in offered.detours:
        found = _revise(desk, incident, ready) or _prompted(desk, incident, ready)
        if found is not None:
            return found
    return None


def _revise(desk: BotView, incident: IncidentState, ready: ReadyStep) -> Wish | None:
    step = ready.step
    since, fitted = desk.history.files[incident.id].entered.get(step.track, (LONG_AGO, {}))
    if not fitted or step.target is None:
        return None
    belief = desk.belief(incident, step)
    speaking = {name: value for name, value in fitted.items() if belief.flags.get(name, False) != value}
    rests = [belief.flags_rest[name] for name in speaking if name in belief.flags_rest]
    new = [rest for rest in rests if rest.read >= since]
    behind = desk.offered(step.track, step.target).ways
    if not new or not any(following.step.fits and _fits(following.step, belief.flags) for following in behind):
        return None
    return _noticed(desk, incident, ready, "revise", new)


def _prompted(desk: BotView, incident: IncidentState, ready: ReadyStep) -> Wish | None:
    do = ready.step.do
    if do not in desk.always_detours:
        return None
    before = desk.history.files[incident.id].taken.get(do, LONG_AGO)
    asking = _asking(desk, incident, ready.step)
    new = [Rest(inject, read, misleads=False) for inject, read in asking if read > before]
    return _noticed(desk, incident, ready, "prompted", new) if new else None


def _noticed(desk: BotView, incident: IncidentState, ready: ReadyStep, reason: Reason, new: list[Rest]) -> Wish | None:
    """The wish that new messages lead to; `None` where the last of them is passed over."""
    last = max(new, key=lambda rest: (rest.read, rest.inject or ""))
    key = f"{_key(incident, ready.step)}/{last.inject or last.read[1]}"
    if slips(desk.seed, key, "overlooked", desk.skill(ready.step)):
        return None
    misled: tuple[Slip, ...] = ("misled",) if any(rest.misleads for rest in new) else ()
    named = _named(rest.inject for rest in sorted(new, key=lambda rest: rest.read))
    return Wish(ready, key, reason, named, misled, last.read[0])


def _left_out(desk: BotView, incident: IncidentState, wish: Wish) -> bool:
    """Whether something that holds nothing up is never done."""
    step = wish.ready.step
    return slips(desk.seed, wish.key, "left_out", desk.skill(step), _team_load(desk, incident, wish))


def _team_load(desk: BotView, incident: IncidentState, wish: Wish) -> int:
    """What weighs on those who may take a step: as much as on the one on whom most does."""
    step, since = wish.ready.step, incident.entered[wish.ready.step.track]
    holders_of = desk.exercise.roster.holders_of
    return max((desk.load(person, role, since) for role in step.by for person in holders_of(role)), default=0)


def _asking(desk: BotView, incident: IncidentState, step: Step) -> list[tuple[str, Moment]]:
    """The injects that ask for a step and that whoever would take it has read, and when."""
    judge, state = desk.judge(incident, step), desk.exercise.state
    read = {} if judge is None else desk.knowledge.injects(incident.id, judge)
    return [
        (inject, (heard.since, heard.fact))
        for inject, heard in read.items()
        if heard.since is not None and step.do in state.inject(inject).expects
    ]


def _named(injects: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(inject for inject in injects if inject is not None))[-MOST_NAMED:]


def _key(incident: IncidentState, step: Step) -> str:
    return f"bots/{incident.id}/{step.track}/{incident.visits.get(step.track, 0)}/{step.do}"
