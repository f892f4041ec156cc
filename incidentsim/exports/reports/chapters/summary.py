"""Page one: the executive summary (HSEEP), short enough to be read in two minutes; all else is annex."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from incidentsim.domain.evaluation import RATINGS
from incidentsim.exports.documents.markdown_page import words_of_blocks
from incidentsim.exports.documents.model import Block, Heading, Listing, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.chapters.errors_in_brief import error_in_brief, together
from incidentsim.exports.reports.chapters.improvements import run_items
from incidentsim.exports.reports.chapters.timeline import picture_in_short
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.evaluation import NOT_RATED
from incidentsim.exports.wording.causes import action_words
from incidentsim.exports.wording.decisions import error_words, expected_words, shown_by
from incidentsim.exports.wording.evaluation import numbers, rating_words
from incidentsim.exports.wording.improvements import owner_words
from incidentsim.exports.wording.in_short import coached_words, short_lines, strength_facts, strength_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.areas import Area
    from incidentsim.exercise.evaluation.decisions.kinds import DecisionError

MOST_WORDS: Final = 450
"""As long as page one may be in English; words between spaces."""
MOST_CHARACTERS: Final = 900
"""The same in Chinese; punctuation and spaces are not counted."""
MOST: Final = 3
"""So many strengths, areas for improvement and actions stand on page one (HSEEP)."""
MOST_FACTS: Final = 2
"""So many facts are told of the tasks that have one rating; of an objective as many as there are areas."""
MOST_NAMED: Final = 60
"""More errors than this find no room on page one."""


def length(text: str, language: str) -> int:
    """The length of a text as page one counts it: words, or in Chinese characters without punctuation and spaces."""
    if language == "zh":
        return len(re.findall(r"[^\W_]", text))
    return len(text.split())


def summary(material: Material, title: str) -> list[Block]:
    """The executive summary: overview, verdict by objective, picture, strengths, areas for improvement, plan.

    `title` is what stands above it on the page, and counts.
    """
    ours = [area for area in material.evaluation.areas if area.by_people is not False]
    before = [*_overview(material), *_verdict(material), *_picture(material), *_strengths(material)]
    plan = _plan(material, ours[:MOST])
    limit = MOST_CHARACTERS if material.language == "zh" else MOST_WORDS
    for areas in _areas(material, ours):
        page = [*before, *areas, *plan]
        if length(f"# {title}\n{words_of_blocks(page)}", material.language) <= limit:
            return page
    return page


def _overview(material: Material) -> list[Block]:
    happened = short_lines(material.teller, material.evaluation)[0]
    return [Heading(2, _("Executive summary")), Paragraph(happened.words, facts=frozenset(happened.facts))]


def _verdict(material: Material) -> list[Block]:
    """The overall verdict in a sentence, and the rating of every objective with the facts that decide it."""
    short, scenario = material.evaluation.in_short, material.account.scenario
    names, playbook = material.teller.names, material.account.playbook
    rows = []
    own = [rated for rated in material.evaluation.scenario_objectives if rated.tests]
    for rated in own:
        text = names.say(scenario.objectives[rated.number].text)
        rating = rated.of_people
        told = rating or NOT_RATED
        tests = [test for test in rated.tests if test.by_people is not False]
        if not tests:  # it was bots' alone, and says so
            rating, tests = rated.rating, list(rated.tests)
            told = _("{rating} (bots)").format(rating=rating)
        evidence = tuple(dict.fromkeys(n for test in tests if test.rating == rating for n in test.evidence))
        rows.append(Row((text, told, Numbers(evidence, MOST))))
    for objective in material.evaluation.objectives if not own else ():
        rating = objective.of_people
        if rating is None:
            continue
        decisive = (
            number
            for task in objective.tasks
            if task.rating == rating and task.by_people is not False
            for reason in task.reasons
            for number in reason.evidence
        )
        title = names.say(playbook.objectives[objective.objective].title)
        rows.append(Row((title, rating, Numbers(tuple(dict.fromkeys(decisive)), MOST))))
    worst = list(short.ratings)[-1] if short.ratings else None
    tasks, facts = _counted(material, of_bots=False)
    told = _("Verdict: {rating} at worst. Tasks: {tasks}.").format(rating=worst or NOT_RATED, tasks=tasks)
    if short.played:
        tasks, theirs = _counted(material, of_bots=True)
        told = _("{verdict} Bots did the rest: {tasks}.").format(verdict=told, tasks=tasks)
        facts |= theirs
    if short.coached:
        told = _("{verdict} {coached}").format(verdict=told, coached=coached_words(short))
        if short.hints:
            given = Numbers(short.hints, MOST_FACTS)
            told = _("{what} {facts}").format(what=told, facts=given.words)
            facts |= frozenset(given.sequences)
    blocks: list[Block] = [Paragraph(told, facts=facts)]
    if rows:
        blocks.append(Table((_("Objective"), _("Rating"), _("Evidence")), tuple(rows), (12, 2, 4)))
    return blocks


def _counted(material: Material, *, of_bots: bool) -> tuple[str, frozenset[int]]:
    """How many tasks have each rating, and some facts by which they have it; and these facts."""
    tasks = [task for task in material.evaluation.tasks.values() if (task.by_people is False) is of_bots]
    told: list[str] = []
    resting: set[int] = set()
    for rating in RATINGS:
        rated = [task for task in tasks if task.rating == rating]
        facts = (n for task in rated for one in task.reasons if one.rating == task.proposed for n in one.evidence[:1])
        if rated:
            numbers_told = Numbers(tuple(sorted(set(facts))), MOST_FACTS)
            resting.update(numbers_told.sequences)
            words = rating_words(rating)
            message = _("{n} {rating} ({words}: {facts})")
            told.append(message.format(n=len(rated), rating=rating, words=words, facts=numbers_told.words))
    return _(" · ").join(told) if told else _("none was called for"), frozenset(resting)


def _picture(material: Material) -> list[Block]:
    drawn = picture_in_short(material)
    return [] if drawn is None else [drawn]


def _strengths(material: Material) -> list[Block]:
    strengths = material.evaluation.in_short.strengths[:MOST]
    facts = frozenset(number for task in strengths for number in strength_facts(task))
    words = tuple(strength_words(material.teller, task) for task in strengths)
    title = Heading(3, _("Strengths"))
    if not words:
        return [title, Paragraph(_("No task was performed without challenges."))]
    return [title, Listing(words, facts=facts)]


def _areas(material: Material, ours: "list[Area]") -> Iterator[list[Block]]:
    """Three areas in full, then the other errors; all of them in ever fewer words, until the last are only counted."""
    title = Heading(3, _("Areas for improvement"))
    if not ours:
        yield [title, Paragraph(_("No errors."))]
        return
    worst = [area.errors[0] for area in ours[:MOST]]
    rest = [error for area in ours[:MOST] for error in area.errors[1:]]
    rest += [error for area in ours[MOST:] for error in area.errors]
    errors = [error for area in ours for error in area.errors]
    facts = frozenset(number for error in errors for number in shown_by(error))
    full = Listing(tuple(_full(material, error) for error in worst), facts=facts)
    yield [title, full, *_also([_full(material, error) for error in rest], facts)]
    yield [title, full, *_also(_in_brief(material, rest), facts)]
    ways, teller = material.evaluation.ways, material.teller
    briefs = [error_in_brief(teller, error, ways) for error in errors[:MOST_NAMED]]
    terse = [error_in_brief(teller, error, ways, terse=True) for error in errors[:MOST_NAMED]]
    cuts = [(told, len(errors)) for told in range(len(errors), -1, -1)] if len(errors) <= MOST_NAMED else []
    cuts += [(0, named) for named in range(min(len(errors), MOST_NAMED), -1, -1)]
    for told, named in cuts:
        lines = together([*briefs[:told], *terse[told:named]])
        left = len(errors) - named
        if left:
            message = ngettext("{n} more error stands in the annex.", "{n} more errors stand in the annex.", left)
            lines.append(message.format(n=left))
        yield [title, Listing(tuple(lines[:MOST]), facts=facts), *_also(lines[MOST:], facts)]


def _also(lines: list[str], facts: frozenset[int]) -> list[Block]:
    return [Paragraph(_("Also:")), Listing(tuple(lines), facts=facts)] if lines else []


def _in_brief(material: Material, errors: "Iterable[DecisionError]") -> list[str]:
    return together(error_in_brief(material.teller, error, material.evaluation.ways) for error in errors)


def _full(material: Material, error: "DecisionError") -> str:
    expected = expected_words(material.teller, error, material.evaluation.ways)
    named = _named(material, error)
    return _("{what} {expected}").format(what=named, expected=expected) if expected else named


def _named(material: Material, error: "DecisionError") -> str:
    return _("{what} {facts}").format(what=error_words(material.teller, error), facts=numbers(error.sequences))


def _plan(material: Material, ours: "list[Area]") -> list[Block]:
    """What is to be done, by whom, until when: what people put on record, then what the areas ask for."""
    language = material.language
    items: dict[str, str] = {}
    for item in run_items(material):
        if item.changes and item.open and len(items) < MOST:
            what = item.action.say(language)
            due_date = _("no date") if item.due is None else _("by {date}").format(date=item.due.isoformat())
            items[what] = _planned(what, owner_words(item, language), due_date)
    for area in ours:
        what = action_words(area.cause)
        owner = material.teller.names.role(area.owner) if area.owner else _("nobody yet")
        items.setdefault(what, _planned(what, owner, due_words(material, area.due_within)))
    return [Heading(3, _("Improvement plan")), Listing(tuple(items.values())[:MOST])] if items else []


def _planned(what: str, owner: str, due: str) -> str:
    return _("{what} Owner: {owner}, {due}.").format(what=what, owner=owner, due=due)


def due_words(material: Material, within: int | None) -> str:
    """Return the date by which something is due; how long after the exercise, where its date is not known."""
    recorded = material.provenance.recorded_to or material.provenance.recorded_from
    if within is None:
        return _("no date")
    if recorded is None:
        days = within // 86_400_000
        return ngettext("within {n} day", "within {n} days", days).format(n=days)
    day = (datetime.fromisoformat(recorded) + timedelta(milliseconds=within)).date()
    return _("by {date}").format(date=day.isoformat())
