"""Stretches in which nothing happens, and people on whom more falls than anybody can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import FactKind, StepTaken
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from incidentsim.exercise.quality.finding import Finding, offset
from incidentsim.exercise.quality.plays import Play
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

SHORTEST_BOUND: Final = 2 * HOUR
"""No pause shorter than this is dead, whatever the level: people have to eat."""
USUAL_BOUND: Final = DAY
"""The bound where the procedure gives no time for anything."""
LOOK: Final = 30 * MINUTE
"""How often it is looked whether anybody is there during a pause."""
READING: Final = 3 * MINUTE
"""What it takes to read an inject and see what it means."""
READ_WITHIN: Final = 30 * MINUTE
"""When an inject has to be read at the latest."""


def dead_gaps(story: Story) -> Iterator[Finding]:
    """Pauses of the active phase, until the handling ends, in which experts have nothing to do for too long.

    Too long is what half of the procedure's own limits at the incident's level are shorter than: within that time
    somebody is usually due with something. Time in which everybody is away does not count.
    """
    play = story.plays.expert
    if not play.came:
        return
    begins, ends = min(play.facts[number].at for number in play.came.values()), _handling_ends(story, play)
    bound = _bound(story)
    quiet_from: int | None = None
    for pause in play.pauses:
        if pause.begins < begins or pause.begins >= ends:
            continue
        if not pause.idle:
            quiet_from = None
            continue
        quiet_from = pause.begins if quiet_from is None or _something_happened(play, pause.begins) else quiet_from
        waking = _time_awake(story, quiet_from, pause.ends)
        if waking > bound and _something_happened(play, pause.ends):
            message = _(
                "From {begins} to {ends} nothing happens and nobody has anything to do, which is longer than {bound}."
            )
            message = message.format(begins=offset(quiet_from), ends=offset(pause.ends), bound=offset(bound))
            yield Finding(_next_inject(story, play, pause.ends), "dead-gap", message)


def _something_happened(play: Play, at: int) -> bool:
    """Whether something was told or decided at `at` (ms), beyond a deadline that passed."""
    return any(
        fact.at == at and fact.kind in (FactKind.INJECT_DELIVERED, FactKind.STEP_TAKEN, FactKind.REFUSED)
        for fact in play.facts
    )


def _next_inject(story: Story, play: Play, at: int) -> tuple[str | int, ...]:
    for inject in story.scenario.injects:
        if inject.id in play.came and play.at(inject.id) == at:
            return (*story.path(inject), "at" if inject.at is not None else "when_fact")
    return ("injects",)


def _handling_ends(story: Story, play: Play) -> int:
    """When the last incident has been handled (ms).

    That is the moment from which laws count its end, where the procedure names it, or when its main track comes to
    rest, if that is earlier: what was dismissed is not handled.
    """
    main = story.playbook.main_track
    ended: dict[str, int] = {}
    for fact in play.facts:
        match fact.kind:
            case FactKind.INCIDENT_RAISED:
                ended.setdefault(fact.incident or "", play.facts[-1].at)
            case FactKind.ANCHOR_REACHED if fact.anchor == "handling_ended":
                ended[fact.incident or ""] = min(ended[fact.incident or ""], fact.at)
            case FactKind.STEP_TAKEN if fact.track == main.id and main.states[fact.target].final:
                ended[fact.incident or ""] = min(ended[fact.incident or ""], fact.at)
            case _:
                pass
    return max(ended.values(), default=0)


def _bound(story: Story) -> int:
    levels = [one.truth.level for one in story.scenario.incidents.values()]
    duties = story.playbook.duties.values()
    bounds = []
    for level in levels:
        limits = [limit for duty in duties if (limit := duty.within.limit(level)) is not None]
        bounds.append(sorted(limits)[len(limits) // 2] if limits else USUAL_BOUND)
    return max(min(bounds, default=USUAL_BOUND), SHORTEST_BOUND)


def _time_awake(story: Story, begins: int, ends: int) -> int:
    """How much of the stretch somebody of the house is there."""
    roles = story.playbook.roles
    people = [
        one
        for one in story.scenario.people.values()
        if not all(roles[role].outside for role in story.roster.roles_of(one))
    ]
    if any(not person.away and not person.always_away for person in people):
        return ends - begins
    awake = (at for at in range(begins, ends, LOOK) if any(not story.roster.away(person, at) for person in people))
    return sum(min(LOOK, ends - at) for at in awake)


@dataclass(frozen=True, slots=True)
class _Task:
    """Something that one person has to do from `begins` until `due`, and how long it takes (ms)."""

    begins: int
    due: int
    takes: int


def overloads(story: Story) -> Iterator[Finding]:
    """People who, in some window, are to do more than can be done in it even by somebody who wastes no minute.

    The tasks are the duties that they settle in the experts' play, each as long as its step usually takes (shared
    among all who could take it), and the injects that reach them, which have to be read.
    """
    for pseudonym, tasks in _tasks(story).items():
        worst = _worst_window(tasks)
        if worst is None:
            continue
        begins, due, needed, count = worst
        person = story.roster.people[pseudonym]
        message = ngettext(
            "Between {begins} and {due} {count} task falls on {person} that takes {needed}: nobody can do that.",
            "Between {begins} and {due} {count} tasks fall on {person} that take {needed}: nobody can do that.",
            count,
        ).format(begins=offset(begins), due=offset(due), count=count, person=person.id, needed=offset(needed))
        yield Finding(("people", person.id, "roles"), "overloaded-person", message)


def _tasks(story: Story) -> dict[str, list[_Task]]:
    play, roster = story.plays.expert, story.roster
    tasks: dict[str, list[_Task]] = {}
    opened: dict[int, tuple[int, int | None]] = {}
    last: tuple[str, int, int] | None = None
    for number, fact in enumerate(play.facts):
        match fact.kind:
            case FactKind.INJECT_DELIVERED:
                for pseudonym in fact.to:
                    person = roster.people[pseudonym]
                    back = roster.back(person, fact.at)
                    if back is not None and not _outside(story, person):
                        tasks.setdefault(pseudonym, []).append(_Task(back, back + READ_WITHIN, READING))
            case FactKind.STEP_TAKEN:
                last = _work(story, roster, number, play)
            case FactKind.DUTY_OPENED:
                opened[fact.number] = fact.at, fact.due
            case FactKind.DUTY_RESCHEDULED:
                opened[fact.number] = opened[fact.number][0], fact.due
            case FactKind.DUTY_SETTLED if last is not None and fact.because == last[2]:
                begins, limit = opened[fact.number]
                if limit is not None:
                    tasks.setdefault(last[0], []).append(_Task(begins, limit, last[1]))
            case _:
                pass
    return tasks


def _work(story: Story, roster: Roster, number: int, play: Play) -> tuple[str, int, int] | None:
    """Who took the step of fact `number`, and each able person's share of the work (ms)."""
    fact = play.facts[number]
    if not isinstance(fact, StepTaken) or fact.by is None:
        return None
    ready = story.compiled.steps[fact.track][fact.source, fact.do]
    able = {person.pseudonym for role in ready.step.by for person in roster.able(role, fact.at)}
    return fact.by.person, ready.step.takes // max(len(able), 1), number


def _worst_window(tasks: Sequence[_Task]) -> tuple[int, int, int, int] | None:
    """The window with the most work beyond its length: begin, end, work (ms) and number of tasks; `None` if all fits.

    Work with release times and deadlines can be done by one person only if, for every window, what must begin and
    end in it takes no longer than it lasts.
    """
    worst: tuple[int, int, int, int] | None = None
    excess = 0
    by_due = sorted(tasks, key=lambda task: task.due)
    for begins in sorted({task.begins for task in tasks}):
        needed = count = 0
        for task in by_due:
            if task.begins < begins:
                continue
            needed, count = needed + task.takes, count + 1
            if needed - (task.due - begins) > excess:
                excess, worst = needed - (task.due - begins), (begins, task.due, needed, count)
    return worst


def _outside(story: Story, person: Person) -> bool:
    return all(story.playbook.roles[role].outside for role in story.roster.roles_of(person))


def four_eyes(story: Story) -> Iterator[Finding]:
    """People who alone hold what two have to do: after them, nobody is left who may take the second step."""
    kept_apart: dict[str, tuple[str, str]] = {}
    for steps in story.steps.values():
        for step in steps:
            takers = story.takers(step)
            for do in step.not_by_author_of:
                authors = {person for earlier in story.steps.get(do, ()) for person in story.takers(earlier)}
                if len(takers) == 1 and authors == set(takers):
                    kept_apart.setdefault(takers[0].id, (do, step.do))
    for person, (first, second) in kept_apart.items():
        message = _("Only {person} may take {first} and {second}, which four eyes keep apart.")
        path = ("people", person, "roles")
        yield Finding(path, "four-eyes", message.format(person=person, first=first, second=second))
