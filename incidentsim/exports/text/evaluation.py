"""An evaluation as people read it: what was measured, how it is rated and why, what was right, what is to be done.

Every line is plain and harmless, and every statement names the facts (#) that it rests on.
"""

from typing import TYPE_CHECKING

from incidentsim.exports.text.decisions import decision_lines, error_lines
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.evaluation import (
    hints_words,
    metric_title,
    metric_value,
    no_way_words,
    numbers,
    poete_words,
    reason_words,
    way_words,
)
from incidentsim.exports.wording.in_short import short_lines
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import columns, visible
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating

NOT_RATED = "–"


def evaluation_lines(account: Account, evaluation: "Evaluation") -> list[str]:
    """The whole evaluation."""
    teller = Narrator(account)
    parts = [
        (_("Errors and what followed from them"), error_lines(teller, evaluation)),
        (_("Decision by decision"), decision_lines(teller, evaluation)),
        (_("Measured"), metric_lines(teller, evaluation.metrics)),
        (_("Ratings (P, S, M, U: performed without, with some, with major challenges, unable)"), rating_lines(
            teller, evaluation.objectives
        )),
        (_("Expected action"), way_lines(teller, evaluation)),
        (_("Corrective action"), improvement_lines(teller, evaluation)),
    ]  # fmt: skip
    lines: list[str] = []
    for title, body in parts:
        lines += [*([""] if lines else []), title, *body]
    return lines


def short_text(account: Account, evaluation: "Evaluation") -> list[str]:
    """The evaluation in five lines, each broken where it is long."""
    return _short(Narrator(account), evaluation)


def debrief_lines(account: Account, evaluation: "Evaluation") -> list[str]:
    """The evaluation in five lines, the errors with what followed from them, and every decision."""
    teller = Narrator(account)
    return [
        *_short(teller, evaluation),
        "",
        _("Errors and what followed from them"),
        *error_lines(teller, evaluation),
        "",
        _("Decision by decision"),
        *decision_lines(teller, evaluation),
    ]


def _short(teller: Narrator, evaluation: "Evaluation") -> list[str]:
    lines: list[str] = []
    for told in short_lines(teller, evaluation):
        title = _("{title}: ").format(title=told.title)
        lines += hanging(f"  {title}", visible(told.words))
    return lines


def metric_lines(teller: Narrator, metrics: "Sequence[Metric]") -> list[str]:
    """The metrics, by incident, then those of the run; counts of nothing are left out."""
    lines: list[str] = []
    groups: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.unit != "count" or metric.value:
            groups.setdefault(group_title(teller, metric), []).append(metric)
    for title, members in groups.items():
        lines += ["  " + visible(title)]
        rows = [[visible(metric_title(teller, one)), metric_value(one), _evidence(one.evidence)] for one in members]
        lines += ["    " + line for line in columns(rows)]
    return lines or ["  " + _("Nothing.")]


_MOST_NUMBERS = 12


def _evidence(sequences: tuple[int, ...]) -> str:
    """The sequence numbers; of many only the first, and how many more there are."""
    if len(sequences) <= _MOST_NUMBERS:
        return numbers(sequences)
    more = len(sequences) - _MOST_NUMBERS
    return _("{numbers} and {more} more").format(numbers=numbers(sequences[:_MOST_NUMBERS]), more=more)


def group_title(teller: Narrator, metric: "Metric") -> str:
    """Return the title under which a metric is listed: its incident, the whole exercise, or the messages acted on."""
    if metric.kind == "decision_latency":
        return _("Until somebody acted on a message")
    if metric.incident is None:
        return _("The whole exercise")
    return teller.names.incident(metric.incident)


def rating_lines(teller: Narrator, objectives: "Iterable[ObjectiveRating]") -> list[str]:
    """Every objective and task with its rating, and why."""
    lines: list[str] = []
    playbook = teller.account.playbook
    for objective in objectives:
        title = teller.names.say(playbook.objectives[objective.objective].title)
        lines += hanging(f"  {objective.of_people or NOT_RATED}  ", visible(title))
        for task in sorted(objective.tasks, key=lambda task: task.by_people is False):
            lines += _task_lines(teller, task)
    return lines or ["  " + _("This playbook names no objectives.")]


def _task_lines(teller: Narrator, task: "TaskRating") -> list[str]:
    rule = teller.account.playbook.tasks[task.task]
    clauses = teller.names.listed(rule.basis.clauses)
    title = f"{teller.names.say(rule.title)} [{clauses}]" if clauses else teller.names.say(rule.title)
    if task.by_people is False:
        title = _("bots: {what}").format(what=title)
    if said := hints_words(task.hints):
        title = _("{what} ({hints})").format(what=title, hints=said)
    lines = hanging(f"       {task.rating or NOT_RATED}  ", visible(title))
    for reason in task.reasons:
        told = _("{incident}: {reason} {evidence}").format(
            incident=reason.incident, reason=reason_words(teller, reason), evidence=numbers(reason.evidence)
        )
        lines += hanging(f"            {reason.rating}  ", visible(told))
    if task.override is not None:
        said = task.override.reason.say(teller.names.language)
        told = _("Set by the facilitator (proposed: {proposed}): {reason} {evidence}").format(
            proposed=task.proposed or NOT_RATED, reason=said, evidence=numbers((task.override.sequence,))
        )
        lines += hanging(f"            {task.override.rating}  ", visible(told))
    return lines


def way_lines(teller: Narrator, evaluation: "Evaluation") -> list[str]:
    """For everything refused, late or missed: what it was, and the allowed path."""
    lines: list[str] = []
    for way in evaluation.ways:
        lines += hanging(f"  #{way.sequence}  ", visible(sentence(teller, way.sequence)))
        lines += hanging("        ⇒ ", visible(way_words(teller, way)))
    return lines or hanging("  ", no_way_words())


def improvement_lines(teller: Narrator, evaluation: "Evaluation") -> list[str]:
    """Every item: what, usual cause, owner, due."""
    report = evaluation.report
    lines: list[str] = []
    causes = {area.task: area.cause for area in report.areas}
    for item in report.items:
        due = duration_words(item.due_within) if item.due_within is not None else _("no date")
        told = _("{what} – {owner}, within {due}, {element}").format(
            what=teller.names.say(item.what),
            owner=teller.names.role(item.owner),
            due=due,
            element=poete_words(item.poete),
        )
        lines += hanging(f"  {item.rating}  ", visible(told))
        cause = causes[item.task]
        if cause is not None:
            lines += hanging("     ", visible(_("Usual cause: {cause}").format(cause=cause_words(cause))))
    return lines or ["  " + _("Nothing: every task that was called for was performed without challenges.")]
