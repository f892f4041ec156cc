"""Two runs side by side, and an old run under another playbook, as people read them."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import RefusalReason
from incidentsim.exercise.evaluation.beside.errors import Fate
from incidentsim.exports.text.decisions import marked
from incidentsim.exports.text.evaluation import NOT_RATED
from incidentsim.exports.text.narrative import TimelineLayout, excerpt, hanging
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.beside.sheets import with_numbers
from incidentsim.exports.wording.decisions import error_words
from incidentsim.exports.wording.evaluation import metric_title, metric_value, standing_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import columns, visible
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.domain.playbook import Playbook
    from incidentsim.exercise.evaluation.compare import Comparison
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.rejudge import Rejudged, Rejudgement

ABSENT = "–"


def comparison_lines(first: Account, second: Account, titles: tuple[str, str], comparison: "Comparison") -> list[str]:
    """Return the differences of two runs: metrics, ratings, and where their facts first part."""
    narrator, other = Narrator(first), Narrator(second)
    rows = [["", *titles]]
    for pair in comparison.metrics:
        if pair.differs and not (_nothing(pair.first) and _nothing(pair.second)):
            teller = narrator if pair.first is not None else other
            title = metric_title(teller, pair.either)
            if pair.either.incident is not None:
                title = _("{title} ({incident})").format(title=title, incident=pair.either.incident)
            rows.append([visible(title), _value(pair.first), _value(pair.second)])
    lines = [_("Errors"), *_error_lines(narrator, other, titles, comparison), ""]
    lines += [_("Measured"), *("  " + line for line in columns(rows) if len(rows) > 1)]
    if len(rows) == 1:
        lines.append("  " + _("Nothing differs."))
    rated = [["", *titles]]
    for task in comparison.ratings:
        if task.first != task.second:
            title = (narrator if task.task in first.playbook.tasks else other).names.task(task.task)
            rated.append([visible(title), task.first or NOT_RATED, task.second or NOT_RATED])
    lines += ["", _("Ratings"), *("  " + line for line in columns(rated) if len(rated) > 1)]
    if len(rated) == 1:
        lines.append("  " + _("Nothing differs."))
    return [*lines, "", *_divergence(first, second, titles, comparison.divergence)]


def _error_lines(
    narrator: Narrator, other: Narrator, titles: tuple[str, str], comparison: "Comparison"
) -> "Iterator[str]":
    first, second = map(visible, titles)
    for row in comparison.errors:
        teller, errors = (other, row.now) if row.now else (narrator, row.then)
        words = with_numbers(error_words(teller, errors[0]), errors[0].sequences)
        match row.fate:
            case Fate.CAME_BACK:
                where = _("in both")
            case Fate.NEW:
                where = _("only in {run}").format(run=second)
            case Fate.GONE:
                where = _("only in {run}").format(run=first)
        told = _("{verdict}: {what}").format(verdict=where, what=marked(errors[0], words))
        yield from hanging("  - ", visible(told))
    if not comparison.errors:
        yield "  " + _("Neither run has an error.")


def _nothing(metric: "Metric | None") -> bool:
    return metric is None or (metric.unit == "count" and metric.value == 0)


def _value(metric: "Metric | None") -> str:
    return ABSENT if metric is None else metric_value(metric)


def _divergence(first: Account, second: Account, titles: tuple[str, str], sequence: int | None) -> list[str]:
    if sequence is None:
        return [_("The facts are the same from the first to the last.")]
    lines = [_("The facts are the same up to #{sequence}, where they part:").format(sequence=sequence)]
    for title, account in zip(titles, (first, second), strict=True):
        lines += ["", visible(title)]
        lines += excerpt(account, [sequence]) or ["    " + _("nothing more")]
    return lines


def rejudgement_lines(account: Account, playbook: "Playbook", rejudgement: "Rejudgement") -> list[str]:
    """Return the actions that another playbook would answer otherwise, by verdict, and the duties that change."""
    now = Narrator(Account(account.facts, playbook, account.scenario, account.language))
    groups = (
        (_("Now refused"), "now_refused"),
        (_("Newly allowed"), "newly_allowed"),
        (_("Refused for another reason"), "refused_otherwise"),
        (_("Unknown to this playbook"), "unknown"),
    )
    layout = TimelineLayout(account)
    lines: list[str] = []
    for title, verdict in groups:
        members = [action for action in rejudgement.actions if action.verdict == verdict]
        if not members:
            continue
        lines += [*([""] if lines else []), title]
        day = ""
        for action in members:
            head, *rest = layout.excerpt([action.sequence])
            lines += rest if head == day else [head, *rest]
            day = head
            lines += hanging("        ⇒ ", visible(_rejudged(now, action)))
    if rejudgement.duties:
        lines += [*([""] if lines else []), _("Duties")]
    for duty in rejudgement.duties:
        told = _("{incident}: {duty}: {then}, now {now}").format(
            incident=duty.incident,
            duty=(now if duty.duty in playbook.duties else layout.narrator).names.duty(duty.duty),
            then=standing_words(duty.then),
            now=standing_words(duty.now),
        )
        lines += hanging("  ", visible(told))
    same = sum(action.verdict == "same" for action in rejudgement.actions)
    ending = ngettext("{n} action would be answered as it was.", "{n} actions would be answered as they were.", same)
    return [*lines, *([""] if lines else []), ending.format(n=same)]


def _rejudged(now: Narrator, action: "Rejudged") -> str:
    if action.now == "unknown_step":
        return _("This playbook has no step {step}.").format(step=action.do)
    if action.now == "unknown_role":
        return _("This playbook has no role {role}.").format(role=now.names.listed(action.allowed))
    if action.now == "taken":
        return _("It would be allowed.")
    told = _("It would be refused: {why}.").format(why=reason_kind_words(RefusalReason(action.now)))
    mark = now.names.mark(str(action.rule), action.clause)
    if mark:
        told = _("{sentence} [{basis}]").format(sentence=told, basis=mark)
    return _("{told} (It follows from what was refused before.)").format(told=told) if action.follows else told
