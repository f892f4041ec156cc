"""Injects that never come, come when all is over, or reach nobody; and stories that do not come to their end."""

from collections.abc import Iterator

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import EndReason, FactKind
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.quality.finding import Finding, offset
from incidentsim.exercise.quality.plays import Play
from incidentsim.exercise.quality.possible import Possible
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _

_BRANCHES = frozenset(
    {
        FactKind.REFUSED,
        FactKind.DUTY_BREACHED,
        FactKind.DUTY_DROPPED,
        FactKind.DUTY_RESCHEDULED,
        FactKind.INJECT_WITHHELD,
    }
    | {FactKind.ESCALATED, FactKind.ESCALATION_PLANNED, FactKind.ESCALATION_DROPPED}
)
"""Facts that need a mistake, lateness or a change of mind: a play without them is no reason to doubt an inject."""


def unreachable(story: Story) -> set[str]:
    """The injects that no play can bring, or that came in none of the trial plays although the straight way has them.

    An inject that waits for a mistake, or for what was left undone, need not have come in any play.
    """
    possible = Possible(story)
    found = {inject.id for inject in story.scenario.injects if not possible.inject(inject)}
    awaited = [inject for inject in story.scenario.injects if inject.id not in found and not _is_branch(story, inject)]
    for play in story.plays.all():
        awaited = [inject for inject in awaited if inject.id not in play.came]
        if not awaited:
            break
    return found | {inject.id for inject in awaited}


def findings(story: Story, missing: set[str]) -> Iterator[Finding]:
    """Find what is wrong with how injects come, and with how the story ends; `missing` are the unreachable injects."""
    possible = Possible(story) if missing else None
    for inject in story.scenario.injects:
        if inject.id in missing:
            never = possible is not None and not possible.inject(inject)
            yield Finding(
                (*story.path(inject), *_trigger(inject)), "unreachable-inject", _why_missing(inject, never=never)
            )
            continue
        yield from _unread(story, inject)
        yield from _late(story, inject)
    yield from _unfinished(story)


def _is_branch(story: Story, inject: Inject) -> bool:
    """Whether the inject comes only where something goes wrong or is decided otherwise than the truth has it."""
    if inject.unless is not None:
        return True
    return inject.on is not None and _off_the_way(story, inject.on)


def _off_the_way(story: Story, pattern: Pattern) -> bool:
    if pattern.kind in _BRANCHES:
        return True
    if pattern.kind == FactKind.INJECT_DELIVERED:
        waited_for = next((one for one in story.scenario.injects if one.id == pattern.inject), None)
        return waited_for is not None and waited_for.on != pattern and _is_branch(story, waited_for)
    if pattern.kind == FactKind.LEVEL_SET:
        return pattern.level is not None and pattern.level not in {
            one.truth.level for one in story.scenario.incidents.values()
        }
    if pattern.kind != FactKind.STEP_TAKEN or pattern.do is None:
        return False
    steps = story.steps.get(pattern.do, ())
    return all(step.detour or not story.truth_fits(step, pattern.incident) for step in steps)


def _trigger(inject: Inject) -> tuple[str, ...]:
    if inject.on is not None:
        return ("when_fact",)
    return ("by",) if inject.unless is not None else ("at",)


def _why_missing(inject: Inject, *, never: bool) -> str:
    if never:
        return _("The inject {inject} cannot come: nothing in this scenario can bring about what it waits for.").format(
            inject=inject.id
        )
    if inject.on is not None:
        message = _("The inject {inject} came in none of the trial plays: what it waits for did not happen in any.")
        return message.format(inject=inject.id)
    return _("The inject {inject} came in none of the trial plays: each was over before.").format(inject=inject.id)


def _unread(story: Story, inject: Inject) -> Iterator[Finding]:
    people = story.addressed(inject.to)
    if not people:
        message = _("The inject {inject} reaches nobody: no one here holds the roles that it goes to.")
        yield Finding((*story.path(inject), "to"), "unread-inject", message.format(inject=inject.id))
    elif all(person.always_away for person in people):
        message = _("Nobody reads the inject {inject}: whoever it goes to is always away.")
        yield Finding((*story.path(inject), "to"), "unread-inject", message.format(inject=inject.id))


def _late(story: Story, inject: Inject) -> Iterator[Finding]:
    """An inject at a fixed time after which nobody decides anything any more, in whatever play; noise may be late."""
    if inject.at is None or inject.unless is not None or inject.raises or inject.part == "noise":
        return
    if all(_too_late(play, inject) for play in story.plays.all()):
        message = _(
            "The inject {inject} comes at {at}, when everything is over in every trial play and nobody acts on it."
        )
        path = (*story.path(inject), "at")
        yield Finding(path, "late-inject", message.format(inject=inject.id, at=offset(inject.at)))


def _too_late(play: Play, inject: Inject) -> bool:
    return play.ended == EndReason.FINISHED and play.came.get(inject.id, -1) > play.last_decision


def _unfinished(story: Story) -> Iterator[Finding]:
    """Experts must be able to bring the story to its end, and to the right one."""
    play = story.plays.expert
    for fact in play.misjudged:
        message = _(
            "Even experts take {do} in every trial play, although it is wrong here: what they see misleads them."
        )
        path = ("incidents", fact.incident or "", "truth")
        yield Finding(path, "misled-experts", message.format(do=fact.do))
    if play.ended == EndReason.TIME_LIMIT:
        message = _("The time runs out before even experts are done; give the exercise longer.")
        yield Finding(("ends",), "unfinished-story", message)
    elif play.ended != EndReason.FINISHED:
        message = _("Even experts cannot bring this to its end: nobody can take any further step.")
        yield Finding(("incidents",), "unfinished-story", message)
