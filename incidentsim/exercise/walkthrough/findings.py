"""What a walk-through shows. None of it is proof: bots take what comes first, and people may do otherwise.

What surely holds is found by looking at the procedure itself (`definitions.playbook`); here stands only what bots met
with in their plays, and each sentence says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidentsim.domain.conditions import ALWAYS, All, AnyOf, Condition, Happened, Not
from incidentsim.domain.facts import EndReason, FactKind
from incidentsim.domain.playbook import Playbook, Step, Track
from incidentsim.exercise.walkthrough.plays import Walk, walks
from incidentsim.exercise.walkthrough.truths import Tried
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the plays of a procedure showed.

    Attributes:
        message: a whole sentence.
        track: the track that it is about; `None` where it is about a duty.
        do: the step of the track, if it is about one.
        state: the state of the track, if it is about one.
        duty: the duty that it is about.
        circle: whether bots went round there until they were stopped.
    """

    message: str
    track: str | None = None
    do: str | None = None
    state: str | None = None
    duty: str | None = None
    circle: bool = False


def walk_through(playbook: Playbook) -> tuple[Finding, ...]:
    """Let bots play the procedure, once for each level and each truth, and say what does not work out in it.

    One without channels is not played: nobody could be told of anything, so no scenario can be made for it.
    """
    if not playbook.channels:
        return ()
    played = tuple(walks(playbook))
    return (
        *_without_end(playbook, played),
        *_circles(played),
        *_against_the_truth(playbook, played),
        *_not_reached(playbook, played),
        *_owed(playbook, played),
    )


def _without_end(playbook: Playbook, played: Sequence[Walk]) -> Iterator[Finding]:
    """Where incidents stood that came to no end: bots took no step on from there."""
    stuck: dict[tuple[str, str], list[Walk]] = {}
    for walk in played:
        if walk.ended is EndReason.FINISHED or walk.round_by:
            continue
        for track, state in walk.stands.items():
            if not playbook.tracks[track].states[state].final:
                stuck.setdefault((track, state), []).append(walk)
    for (track, state), walks_there in stuck.items():
        message = _(
            "Bots did not reach an end in {count} of {all} plays, first {truth}: the track {track} stood in {state}, "
            "and they took no step on from there."
        ).format(count=len(walks_there), all=len(played), truth=_truth(walks_there[0].tried), track=track, state=state)
        yield Finding(message, track=track, state=state)


def _circles(played: Sequence[Walk]) -> Iterator[Finding]:
    """The steps with which bots left circles: they would have gone round for ever."""
    rounds = dict.fromkeys(place for walk in played for place in sorted(walk.round_by))
    for track, do in rounds:
        count = sum((track, do) in walk.round_by for walk in played)
        message = _(
            "Nobody leaves this circle: bots went round on the track {track} in {count} of {all} plays, until they "
            "left it at that with {do}. Let a step or a condition end it, or mark a step in it as a detour."
        )
        words = message.format(track=track, count=count, all=len(played), do=do)
        yield Finding(words, track=track, do=do, circle=True)


def _against_the_truth(playbook: Playbook, played: Sequence[Walk]) -> Iterator[Finding]:
    """The states out of which no step fits some truth, so that bots took one that does not."""
    against: dict[tuple[str, str, str], Walk] = {}
    for walk in played:
        for place in sorted(walk.against):
            against.setdefault(place, walk)
    told: set[tuple[str, str]] = set()
    for (track, state, do), walk in against.items():
        if (track, state) in told:
            continue
        told.add((track, state))
        flags = dict.fromkeys(
            name for step in playbook.tracks[track].steps if state in step.sources for name in step.fits
        )
        message = _(
            "No step out of the state {state} fits where {answers}; bots took {do} all the same. Let a step fit it."
        )
        answers = _(", ").join(_answer(name, walk.tried.flags.get(name, False)) for name in flags)
        yield Finding(message.format(state=state, answers=answers, do=do), track=track, state=state)


def _not_reached(playbook: Playbook, played: Sequence[Walk]) -> Iterator[Finding]:
    """Steps that bots never took since what they need never held, and final states that nothing else leads to."""
    stood = set().union(*(walk.stood for walk in played))
    held = set().union(*(walk.held for walk in played))
    taken = set().union(*(walk.taken.keys() for walk in played))
    for track in playbook.tracks.values():
        barred = [
            step
            for step in {step.do: step for step in reversed(track.steps)}.values()
            if (track.id, step.do) not in taken
            and any((track.id, source) in stood for source in step.sources)
            and _is_barred(step, (track.id, step.do) in held)
        ]
        for step in reversed(barred):
            yield Finding(_barred_words(step, len(played)), track=track.id, do=step.do)
        for state in _only_behind(track, barred, {name for there, name in stood if there == track.id}):
            message = _("Bots did not reach the final state {state} in {all} plays: nothing else leads to it.")
            yield Finding(message.format(state=state, all=len(played)), track=track.id, state=state)


def _is_barred(step: Step, held: bool) -> bool:
    if step.detour or _wants_mishap(step.when) or _wants_mishap(step.needs):
        return False
    if step.automatic:
        return not step.on
    return step.needs != ALWAYS and not held


def _barred_words(step: Step, plays: int) -> str:
    if step.automatic:
        message = _("Bots did not reach what {do} waits for (when) in {all} plays, so it never followed.")
        if step.track.startswith("notice_"):
            message = _("Bots did not reach what this notice waits for (due) in {all} plays, so it never fell due.")
    else:
        message = _("Bots did not reach what {do} needs in {all} plays, so nobody could take it.")
    return message.format(do=step.do, all=plays)


def _wants_mishap(condition: Condition) -> bool:
    """Whether a condition waits for something that experts do not let happen, such as lateness or a refusal."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(map(_wants_mishap, parts))
        case Not(part):
            return _wants_mishap(part)
        case Happened(pattern, _within):
            return pattern.kind != FactKind.STEP_TAKEN
        case _:
            return False


def _only_behind(track: Track, barred: Sequence[Step], stood: set[str]) -> list[str]:
    """The final states in which the track never stood and to which no way leads but by these steps."""
    closed = {step.do for step in barred}
    behind = set(track.states) - stood
    while True:
        open_still = {
            state
            for state in behind
            if not any(step.target == state for step in track.steps)
            or any(
                step.target == state and step.do not in closed and not set(step.sources) <= behind
                for step in track.steps
            )
        }
        if not open_still:
            return [name for name, state in track.states.items() if state.final and name in behind]
        behind -= open_still


def _owed(playbook: Playbook, played: Sequence[Walk]) -> Iterator[Finding]:
    """Duties that bots were late with, or still owed, in every play in which they arose."""
    for duty in playbook.duties:
        arose = [walk for walk in played if walk.opened[duty]]
        if not arose:
            continue
        if all(walk.late[duty] for walk in arose):
            message = _("Bots did not keep the duty {duty} in any of the {count} plays in which it arose: it was late.")
        elif all(duty in walk.owed for walk in arose):
            message = _("Bots did not settle the duty {duty} in any of the {count} plays in which it arose.")
        else:
            continue
        yield Finding(message.format(duty=duty, count=len(arose)), duty=duty)


def _truth(tried: Tried) -> str:
    if not tried.flags["incident"]:
        return _("where it is no incident")
    answers = [_answer(name, value) for name, value in tried.flags.items() if name != "incident"]
    at_level = _("at level {level}").format(level=tried.level)
    if tried.level is None:
        at_level = _("where it is an incident")
    return _("{level}, where {answers}").format(level=at_level, answers=_(", ").join(answers)) if answers else at_level


def _answer(name: str, value: bool) -> str:
    return _("{name} is true").format(name=name) if value else _("{name} is false").format(name=name)
