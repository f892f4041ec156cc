"""Bots: decisions for roles that nobody plays, in their basic form.

A bot does what the playbook offers its role, after a plausible while. What it decides is a function of the seed
and of the facts so far: it keeps nothing in mind, so a run that is resumed goes on exactly as it would have.

A role's proficiency (0 novice … 100 expert) says how often it errs: takes its time, misjudges, grades a level off,
leaves out what does not hold anything up, or oversteps its role and is refused before the right one acts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.playbook import Field, Step
from incidentsim.domain.scenario import Incident, Person
from incidentsim.domain.text import FreeText
from incidentsim.exercise.clock import MINUTE, SECOND
from incidentsim.exercise.deciders import Proposal, ScriptDecider
from incidentsim.exercise.kernel import Exercise
from incidentsim.exercise.patterns import tracks_named
from incidentsim.exercise.rulebook import ReadyStep
from incidentsim.exercise.state import IncidentState
from incidentsim.exercise.stream import Stream

EXPERT = 100
USUAL_TIME = 5 * MINUTE
"""How long a step takes for which the playbook names no usual time."""
MARGIN_PERCENT = 85
"""An expert is done when this part of the time allowed has gone."""
HALF_AN_HOUR = 30 * MINUTE
MOST_TRIES = 3 * 48
"""Half-hours that a bot looks ahead for somebody who is there: three days."""


@dataclass(frozen=True, slots=True)
class _Prospect:
    """A step that a bot would take, by whom and when."""

    at: int
    step: Step
    person: Person
    role: str
    mistake: bool = False


class BotDecider:
    """Plays everyone whose decisions the script does not (or no longer) hold."""

    source = "bot"

    def __init__(self, script: ScriptDecider | None = None) -> None:
        self._script = script

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The earliest decision that any bot would take as things stand."""
        best: tuple[_Prospect, IncidentState] | None = None
        for incident in exercise.state.incidents.values():
            if not incident.raised:
                continue
            for prospect in self._prospects(exercise, incident):
                if best is None or prospect.at < best[0].at:
                    best = (prospect, incident)
        if best is None:
            return None
        prospect, incident = best
        content = {} if prospect.mistake else _content(exercise, incident, prospect.step)
        return Proposal(
            prospect.at,
            Action(prospect.person.pseudonym, prospect.step.do, incident.id, prospect.role, content),
        )

    def taken(self) -> None:
        """Nothing to remember."""

    def _prospects(self, exercise: Exercise, incident: IncidentState) -> Iterator[_Prospect]:
        scripted = {(s.action.incident, s.action.do) for s in self._script.ahead} if self._script else set()
        busy = {s.action.person for s in self._script.ahead} if self._script else set()
        for track, state in incident.tracks.items():
            for ready in _worth_taking(exercise, incident, track, state):
                if (incident.id, ready.step.do) in scripted:
                    continue
                prospect = _plan(exercise, incident, ready, busy)
                if prospect is not None:
                    yield prospect


def _worth_taking(exercise: Exercise, incident: IncidentState, track: str, state: str) -> list[ReadyStep]:
    """The steps out of `state` that a bot considers: one way on, and whatever should be done on the spot."""
    truth = exercise.scenario.incidents[incident.id].truth
    offered = [
        ready
        for (source, _do), ready in exercise.rulebook.steps[track].items()
        if source == state and not ready.step.automatic
    ]
    offered.sort(key=lambda ready: exercise.playbook.tracks[track].steps.index(ready.step))
    straight = [ready for ready in offered if not ready.step.detour]
    stays = (None, state)
    done = incident.done_here.get(track, set())
    on_the_spot = [
        ready
        for ready in straight
        if ready.step.target in stays
        and ready.step.do not in done
        and _fits(ready.step, truth.flags)
        and not _skips(exercise, incident, ready.step)
    ]
    ways = [ready for ready in straight if ready.step.target not in stays]
    fitting = [ready for ready in ways if _fits(ready.step, truth.flags)]
    others = [ready for ready in ways if not _fits(ready.step, truth.flags)]
    if not fitting and not exercise.playbook.tracks[track].states[state].final:
        # A truth that no way out fits: better any way on than an exercise that cannot end.
        fitting = others or [ready for ready in offered if ready.step.target not in stays]
    if fitting and others and _misjudges(exercise, incident, fitting[0].step):
        fitting = others
    return on_the_spot + fitting[:1]


def _fits(step: Step, flags: Mapping[str, bool]) -> bool:
    return all(flags.get(name, False) == value for name, value in step.fits.items())


def _plan(exercise: Exercise, incident: IncidentState, ready: ReadyStep, busy: set[str]) -> _Prospect | None:
    """Who would take the step and when; `None` while it needs something, or nobody can ever take it."""
    step, state = ready.step, exercise.state
    if ready.needs is not None and not any(ready.needs(incident, state.now, role) for role in step.by):
        return None
    since = max(incident.entered[name] for name in (step.track, *tracks_named(step.needs)))
    overstepping = _overstep(exercise, incident, step, busy)
    if overstepping is not None:
        return _Prospect(max(since + MINUTE, state.now), step, *overstepping, mistake=True)
    at = state.now
    for _ in range(MOST_TRIES):
        chosen = _whom(exercise, incident, step, busy, at)
        if chosen is None:
            return None
        person, role, there = chosen
        ready_at = since + _while(exercise, incident, step, role, since)
        at = max(at, ready_at, there, state.acted.get(person.pseudonym, -MINUTE) + MINUTE)
        standing = exercise.cast.standing(person, role, at)
        if standing is not None and not exercise.cast.away(person, at):
            return _Prospect(at, step, person, role)
        at += HALF_AN_HOUR  # by then somebody left or came back: see who can act next
    return None


def _whom(
    exercise: Exercise, incident: IncidentState, step: Step, busy: set[str], now: int
) -> tuple[Person, str, int] | None:
    """Who takes the step at `now` or as soon after as may be, in which role, and when that person is there."""
    cast = exercise.cast
    barred = {incident.authors.get(do) for do in step.not_by_author_of} | busy
    for role in step.by:
        for person in cast.able(role, now):
            if person.pseudonym not in barred:
                return person, role, now
    waiting: list[tuple[int, int, Person, str]] = []
    for role in step.by:
        for order, person in enumerate(cast.holders[role]):
            back = cast.back(person, now)
            if back is not None and person.pseudonym not in barred:
                waiting.append((back, order, person, role))
    if not waiting:
        return None
    back, _order, person, role = min(waiting, key=lambda found: found[:2])
    return person, role, back


def _stream_name(incident: IncidentState, step: Step) -> str:
    return f"bots/{incident.id}/{step.track}/{incident.visits.get(step.track, 0)}/{step.do}"


def _proficiency(exercise: Exercise, role: str) -> int:
    return exercise.scenario.proficiency.get(role, EXPERT)


def _while(exercise: Exercise, incident: IncidentState, step: Step, role: str, since: int) -> int:
    """How long after `since` (ms) the step is done: its usual time and some thought, the slower the less practised."""
    stream = Stream(exercise.scenario.seed, _stream_name(incident, step))
    proficiency = _proficiency(exercise, role)
    usual = step.takes or USUAL_TIME
    taken = usual * stream.between(60, 120) // 100 + stream.between(20, 120) * SECOND
    taken += usual * stream.between(0, 4 * (EXPERT - proficiency)) // 100
    if stream.chance(EXPERT - proficiency):
        return taken * stream.between(2, 6)  # lost sight of the time
    dues = [
        duty.due
        for duty in incident.duties.values()
        if duty.due is not None
        and duty.due > since
        and any(pattern.do == step.do for pattern in exercise.rulebook.duties[duty.duty].settled_by)
    ]
    if dues:
        taken = min(taken, (min(dues) - since) * MARGIN_PERCENT // 100)
    return taken


def _misjudges(exercise: Exercise, incident: IncidentState, step: Step) -> bool:
    stream = Stream(exercise.scenario.seed, _stream_name(incident, step) + "/judgement")
    return stream.chance((EXPERT - min(_proficiency(exercise, role) for role in step.by)) // 3)


def _skips(exercise: Exercise, incident: IncidentState, step: Step) -> bool:
    stream = Stream(exercise.scenario.seed, _stream_name(incident, step) + "/care")
    return stream.chance((EXPERT - min(_proficiency(exercise, role) for role in step.by)) // 2)


def _overstep(exercise: Exercise, incident: IncidentState, step: Step, busy: set[str]) -> tuple[Person, str] | None:
    """Somebody without the authority who tries the step first; `None` mostly, and once it was refused here."""
    stream = Stream(exercise.scenario.seed, _stream_name(incident, step) + "/manners")
    if not stream.chance((EXPERT - _proficiency(exercise, step.by[0])) // 5):
        return None
    since = incident.entered[step.track]
    if any(fact.kind == "refused" and fact.data["do"] == step.do and fact.at >= since for fact in incident.facts):
        return None
    others = [
        person
        for person in exercise.cast.people.values()
        if not set(person.roles) & set(step.by)
        and person.pseudonym not in busy
        and not exercise.cast.away(person, exercise.state.now)
        and not exercise.playbook.roles[person.roles[0]].outside
    ]
    if not others:
        return None
    person = stream.pick(others)
    return person, person.roles[0]


def _content(exercise: Exercise, incident: IncidentState, step: Step) -> dict[str, Value]:
    subject = exercise.scenario.incidents[incident.id]
    stream = Stream(exercise.scenario.seed, _stream_name(incident, step) + "/content")
    return {field.name: _value(exercise, subject, step, field, stream) for field in step.fields if field.required}


def _value(exercise: Exercise, subject: Incident, step: Step, field: Field, stream: Stream) -> Value:
    match field.kind:
        case "text":
            return FreeText(subject.title)
        case "choice" | "clock" | "statutory_level":
            return field.choices[0]
        case "clock_measures":
            return (f"{field.choices[0]}=1",)
        case "choices":
            return _choices(subject, field)
        case "level":
            return _level(exercise, subject, step, stream)
        case "person":
            concealer = subject.truth.concealed_by
            return concealer if concealer is not None else next(iter(exercise.cast.people))
        case "role":
            return step.by[0]


def _choices(subject: Incident, field: Field) -> tuple[str, ...]:
    measured = tuple(choice for choice in field.choices if choice in subject.truth.why)
    if len(measured) >= max(field.at_least, 1):
        return measured
    return field.choices[: max(field.at_least, 1)]


def _level(exercise: Exercise, subject: Incident, step: Step, stream: Stream) -> int:
    levels = sorted(exercise.playbook.levels)
    right = subject.truth.level if subject.truth.level is not None else levels[-1]
    proficiency = min(_proficiency(exercise, role) for role in step.by)
    if not stream.chance((EXPERT - proficiency) // 2):
        return right
    return min(max(right + (1 if stream.chance(60) else -1), levels[0]), levels[-1])
