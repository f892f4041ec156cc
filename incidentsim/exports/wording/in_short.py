"""An evaluation in five lines, in words: each with a title, what is said, and the facts it rests on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.evaluation import RATINGS, Rating
from incidentsim.exports.wording.decisions import error_words, expected_words
from incidentsim.exports.wording.evaluation import numbers
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.evaluation.in_short import Course, InShort
    from incidentsim.exercise.evaluation.ratings import TaskRating
    from incidentsim.exports.wording.narrator import Narrator

MOST_COURSES = 2
"""So many incidents are told one by one."""


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line: its title, its words, and the facts that it rests on. `by_bots` says that it is about bots alone."""

    title: str
    words: str
    facts: tuple[int, ...]
    by_bots: bool = False


def short_lines(teller: "Narrator", evaluation: "Evaluation") -> list[ShortLine]:
    """Return what happened, what went well, the one thing, the ratings, and those of bots where people played too."""
    short = evaluation.in_short
    lines = [_happened(teller, evaluation), _well(teller, evaluation), _thing(teller, evaluation)]
    rated = tuple(
        number
        for task in evaluation.tasks.values()
        if task.by_people is not False
        for reason in task.reasons
        for number in reason.evidence
    )
    title = _("Your tasks") if short.played else _("The tasks")
    words = counted_words(short.ratings)
    if short.coached:
        words = _("{ratings}. {coached}").format(ratings=words, coached=coached_words(short))
        rated = (*rated, *short.hints)
    lines.append(ShortLine(title, words, tuple(dict.fromkeys(rated))))
    if short.played:
        bots = tuple(
            number
            for task in evaluation.tasks.values()
            if task.by_people is False
            for reason in task.reasons
            for number in reason.evidence
        )
        lines.append(ShortLine(_("Bots' tasks"), counted_words(short.bots), tuple(dict.fromkeys(bots)), by_bots=True))
    return lines


def coached_words(short: "InShort") -> str:
    """Return the sentence that says that an exercise was coached, with how many hints."""
    if not short.hints:
        return _("The exercise was coached; no hint was given.")
    hints = ngettext("{n} hint", "{n} hints", len(short.hints)).format(n=len(short.hints))
    if not short.told:
        return _("The exercise was coached: {hints}.").format(hints=hints)
    told = ngettext(
        "{n} task done only when told what to do", "{n} tasks done only when told what to do", short.told
    ).format(n=short.told)
    return _("The exercise was coached: {hints}, {told}.").format(hints=hints, told=told)


def counted_words(ratings: "Mapping[Rating, int]") -> str:
    """Return how many tasks have each rating, as `P 12 · S 1`."""
    told = [f"{rating} {ratings[rating]}" for rating in RATINGS if rating in ratings]
    return _(" · ").join(told) if told else _("none was called for")


def _happened(teller: "Narrator", evaluation: "Evaluation") -> ShortLine:
    courses = evaluation.in_short.courses
    told = [_course(teller, course) for course in courses[:MOST_COURSES]]
    more = len(courses) - len(told)
    if more:
        told.append(ngettext("{n} more incident", "{n} more incidents", more).format(n=more))
    overview = evaluation.report.overview
    last = max(overview.facts - 1, 0)
    words = _("{what}. It lasted {length} {facts}.").format(
        what=_("; ").join(told) or _("Nothing happened"),
        length=duration_words(overview.lasted),
        facts=numbers((last,)),
    )
    facts = (n for one in courses for n in (one.begun, one.graded, one.ended) if n is not None)
    return ShortLine(_("What happened"), words, tuple(dict.fromkeys((*facts, last))))


def _course(teller: "Narrator", course: "Course") -> str:
    names = teller.names
    title = names.incident(course.incident)
    if course.begun is None or course.ended is None:
        return _("{incident}: nobody did anything").format(incident=title)
    state = names.state(teller.account.playbook.main_track.id, course.state)
    state = _("in the end “{state}” {facts}").format(state=state, facts=numbers((course.ended,)))
    begun = _("acted on from {time} {facts}").format(
        time=teller.clock.time(teller.account.facts[course.begun].at), facts=numbers((course.begun,))
    )
    if not teller.account.playbook.levels:
        return _("{incident}: {begun}, {ended}").format(incident=title, begun=begun, ended=state)
    if course.graded is None or course.level is None:
        return _("{incident}: {begun}, not graded, {ended}").format(incident=title, begun=begun, ended=state)
    graded = _("graded {level} {facts}").format(level=names.level(course.level), facts=numbers((course.graded,)))
    return _("{incident}: {begun}, {graded}, {ended}").format(incident=title, begun=begun, graded=graded, ended=state)


def _well(teller: "Narrator", evaluation: "Evaluation") -> ShortLine:
    short = evaluation.in_short
    told = [strength_words(teller, task) for task in short.strengths]
    facts = tuple(number for task in short.strengths for number in strength_facts(task))
    title = _("What you did well") if short.played else _("What went well")
    return ShortLine(title, _("; ").join(told) or _("No task was performed without challenges."), facts)


def strength_words(teller: "Narrator", task: "TaskRating") -> str:
    """Return a task that was performed without challenges, with the facts that say so."""
    return _("{what} {facts}").format(what=teller.names.task(task.task), facts=numbers(strength_facts(task)))


def strength_facts(task: "TaskRating") -> tuple[int, ...]:
    """The first fact of each incident on which a task was performed; that of the facilitator's rating, where one is."""
    if task.override is not None:
        return (task.override.sequence,)
    return tuple(dict.fromkeys(reason.evidence[0] for reason in task.reasons if reason.evidence))[:2]


def _thing(teller: "Narrator", evaluation: "Evaluation") -> ShortLine:
    short = evaluation.in_short
    title = _("The one thing")
    if short.thing is None:
        return ShortLine(title, _("No errors."), ())
    words = _("{what} {facts}").format(what=error_words(teller, short.thing), facts=numbers(short.thing.sequences))
    expected = expected_words(teller, short.thing, evaluation.ways)
    if expected:
        words = _("{what} {expected}").format(what=words, expected=expected)
    return ShortLine(title, words, short.thing.sequences)
