"""The ratings of a debrief: objectives and critical tasks, in letters and words, each with what it rests on."""

from typing import TYPE_CHECKING, Final

from incidentsim.exports.text.evaluation import NOT_RATED
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.evaluation import hints_words, poete_words, rating_words, reason_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.evidence import Parts, clauses, evidence
from incidentsim.tui.widgets.line_list import Line, Piece, line

if TYPE_CHECKING:
    from incidentsim.domain.evaluation import Rating
    from incidentsim.exercise.evaluation.ratings import TaskRating

_STYLES: Final = {"P": "good", "S": "", "M": "warn", "U": "bad", None: "dim"}


def rating_lines(debrief: Debrief) -> list[Line]:
    """Every objective as a heading, its tasks below it."""
    objectives = debrief.evaluation.objectives
    names, playbook = debrief.teller.names, debrief.view.playbook
    columns = max(width(rated(rating)) for rating in _STYLES)
    lines: list[Line] = []
    for objective in objectives:
        title = names.say(playbook.objectives[objective.objective].title)
        bots = all(task.by_people is False for task in objective.tasks)
        rating = objective.rating if bots else objective.of_people
        head = Piece(pad(rated(rating), columns + 2), "dim" if bots else _STYLES[rating])
        lines += [line("")] if lines else []
        lines.append(line(head, Piece(title, "strong"), name=f"objective/{objective.objective}"))
        for task in sorted(objective.tasks, key=lambda task: task.by_people is False):
            lines.append(_task_line(debrief, task, columns))
    return lines


def rated(rating: "Rating | None") -> str:
    """A rating as its letter and its words."""
    return _("{letter} {words}").format(letter=rating or NOT_RATED, words=rating_words(rating))


def _task_line(debrief: Debrief, task: "TaskRating", columns: int) -> Line:
    rule = debrief.view.playbook.tasks[task.task]
    names = debrief.teller.names
    bots = task.by_people is False
    style = "dim" if bots else _STYLES[task.rating]
    pieces = [Piece("  "), Piece(pad(rated(task.rating), columns), style)]
    if task.override is not None:
        proposed = _("proposed: {rating}").format(rating=task.proposed or NOT_RATED)
        pieces.append(Piece(f"  ✎ {proposed}", "accent"))
    title = names.say(rule.title)
    pieces.append(Piece("  " + (_("bots: {what}").format(what=title) if bots else title), "dim" if bots else ""))
    if said := hints_words(task.hints):
        pieces.append(Piece("  " + _("({condition})").format(condition=said), "dim"))
    marks = names.listed(rule.basis.clauses)
    return line(*pieces, Piece(f" [{marks}]" if marks else "", "dim"), name=f"task/{task.task}")


def about_rating(debrief: Debrief, name: str) -> Parts:
    """Return the reasons and the evidence for a rating; `name` is that of its line, as `task/…` or `objective/…`."""
    kind, _slash, wanted = name.partition("/")
    if kind == "objective":
        return _about_objective(debrief, wanted)
    return _about_task(debrief, debrief.evaluation.tasks[wanted])


def _about_objective(debrief: Debrief, wanted: str) -> Parts:
    found = next(one for one in debrief.evaluation.objectives if one.objective == wanted)
    rule = debrief.view.playbook.objectives[wanted]
    names = debrief.teller.names
    parts = [
        (names.say(rule.title), rated(found.rating)),
        ("", _("An objective is rated as its worst task that was called for; where people played, as their worst.")),
    ]
    return parts + clauses(debrief, rule.basis.clauses)


def _about_task(debrief: Debrief, task: "TaskRating") -> Parts:
    names, playbook = debrief.teller.names, debrief.view.playbook
    rule = playbook.tasks[task.task]
    parts: Parts = [(names.say(rule.title), rated(task.rating))]
    if task.override is not None:
        why = task.override.reason.say(names.language)
        told = _("{rating}; proposed was: {proposed}. {reason}").format(
            rating=rated(task.override.rating), proposed=rated(task.proposed), reason=why
        )
        parts.append((_("Set by the facilitator"), told))
    if not task.reasons:
        parts.append(("", _("It was never called for, so it is not rated.")))
    for reason in task.reasons:
        title = _("{incident}: {rating}").format(incident=names.incident(reason.incident), rating=rated(reason.rating))
        parts.append((title, reason_words(debrief.teller.narrator, reason)))
    if task.hints is not None:
        parts.append((_("Hints of the coach"), hints_words(task.hints)))
        parts += evidence(debrief, task.hints.sequences)
    parts += evidence(debrief, (number for reason in task.reasons for number in reason.evidence))
    if task.rating not in {None, "P"}:
        area = next((area for area in debrief.evaluation.report.areas if area.task == task.task), None)
        if area is not None and area.cause is not None:
            parts.append((_("Usual cause"), cause_words(area.cause)))
        told = _("{owner}, {element}").format(owner=names.role(rule.owner), element=poete_words(rule.poete))
        parts.append((_("Corrective actions"), told))
    said = {title for title, _words in parts}
    return parts + [part for part in clauses(debrief, rule.basis.clauses) if part[0] not in said]
