"""The first part of a debrief: it in five lines, then every error with what followed, then decision by decision."""

from typing import TYPE_CHECKING, Final

from incidentsim.exports.reports.chapters.errors_in_brief import error_in_brief
from incidentsim.exports.text.decisions import in_order, marked
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.decisions import (
    chosen_words,
    decided_words,
    error_words,
    expected_words,
    followed_words,
    knew_words,
    question_words,
    right_words,
    shown_by,
)
from incidentsim.exports.wording.evaluation import hints_words, numbers
from incidentsim.exports.wording.in_short import short_lines
from incidentsim.messages import gettext as _
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.evidence import Parts, evidence
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut
from incidentsim.tui.widgets.text import lines as broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.exercise.evaluation.decisions.kinds import Decision, DecisionError
    from incidentsim.exports.reports.chapters.errors_in_brief import Brief

ROWS: Final = 21
"""So many lines are on the first screen, where it is smallest (80×24): every kind of error is named among them."""
_MOST_FOLLOWED = 2
"""So many consequences of an error stand in the list; all of them beside it."""


def in_short_lines(debrief: Debrief, columns: int) -> list[Line]:
    """The lines of the part, broken into so many columns."""
    narrator, evaluation = debrief.teller.narrator, debrief.evaluation
    lines: list[Line] = []
    for number, told in enumerate(short_lines(narrator, evaluation)):
        style = "dim" if told.by_bots else ""
        title = _("{title}: ").format(title=told.title)
        for place, part in enumerate(broken(title + told.words, columns)):
            pieces = [Piece(part, style)]
            if place == 0 and part.startswith(title):
                pieces = [Piece(title, style or "strong"), Piece(part[len(title) :], style)]
            lines.append(line(*pieces, name=f"short/{number}" if place == 0 else None))
    errors = in_order(evaluation)
    lines += _kinds(debrief, errors, columns, ROWS - len(lines))
    if errors:
        lines += [line(""), line(Piece(_("Errors and what followed from them"), "strong"))]
    for number, error in enumerate(errors):
        lines += _error_lines(debrief, error, f"error/{number}", columns)
    if evaluation.judged.decisions:
        lines += [line(""), line(Piece(_("Decision by decision"), "strong"))]
    for number, decision in enumerate(evaluation.judged.decisions):
        lines += _decision_lines(debrief, decision, f"decision/{number}", columns)
    return lines


def _kinds(debrief: Debrief, errors: "Sequence[DecisionError]", columns: int, room: int) -> list[Line]:
    """Every kind of error but the one thing, a line each: what it is called, how often, and the first one in brief.

    Where there are more kinds than there is room for, the last line names the rest.
    """
    thing = debrief.evaluation.in_short.thing
    by_kind: dict[str, list[tuple[int, DecisionError, Brief]]] = {}
    for number, error in enumerate(errors):
        if error is not thing:
            brief = error_in_brief(debrief.teller.narrator, error, debrief.evaluation.ways)
            by_kind.setdefault(marked(error, brief.label or brief.words), []).append((number, error, brief))
    if not by_kind:
        return []
    told = [_kind_line(label, found, columns) for label, found in by_kind.items()]
    room -= 2  # the empty line and the heading
    if len(told) > room > 0:
        rest = list(by_kind.items())[room - 1 :]
        named = _(", ").join(_("{kind} ({n})").format(kind=label, n=len(found)) for label, found in rest)
        told = [*told[: room - 1], line(Piece("✗ ", "bad"), cut(named, columns - 2), name=f"error/{rest[0][1][0][0]}")]
    return [line(""), line(Piece(_("Other errors, by kind"), "strong")), *told]


def _kind_line(label: str, found: "Sequence[tuple[int, DecisionError, Brief]]", columns: int) -> Line:
    number, error, brief = found[0]
    words = label if not brief.label else _("{kind}: {errors}").format(kind=label, errors=brief.words)
    if len(found) > 1:
        words = _("{n} × {what}").format(n=len(found), what=words)
    dim = "dim" if error.by_people is False else ""
    return line(Piece("✗ ", dim or "bad"), Piece(cut(words, columns - 2), dim), name=f"error/{number}")


def _error_lines(debrief: Debrief, error: "DecisionError", name: str, columns: int) -> list[Line]:
    narrator = debrief.teller.narrator
    dim = "dim" if error.by_people is False else ""
    head = _("{what} {facts}").format(what=error_words(narrator, error), facts=numbers(error.sequences))
    lines = _hanging(Piece("✗ ", dim or "bad"), marked(error, head), dim, columns, name)
    expected = expected_words(narrator, error, debrief.evaluation.ways)
    if expected:
        lines += _hanging(Piece("  ⇒ ", dim or "good"), expected, dim, columns)
    followed = followed_words(narrator, error, _MOST_FOLLOWED)
    for words in followed[:_MOST_FOLLOWED]:
        lines += _hanging(Piece("  → ", "dim"), words, dim, columns)
    more = len(followed) - _MOST_FOLLOWED
    if more > 0:
        lines += _hanging(Piece("  → ", "dim"), _("and {n} more").format(n=more), dim, columns)
    return lines


def _decision_lines(debrief: Debrief, decision: "Decision", name: str, columns: int) -> list[Line]:
    narrator = debrief.teller.narrator
    dim = "dim" if decision.by_people is False else ""
    sign = Piece("✗ ", dim or "bad") if decision.error is not None else Piece("✓ ", dim or "good")
    head = decided_words(narrator, decision)
    return _hanging(sign, marked(decision, f"#{decision.sequence} {head}"), dim, columns, name)


def _hanging(sign: Piece, words: str, style: str, columns: int, name: str | None = None) -> list[Line]:
    indent = " " * len(sign.text)
    return [
        line(Piece(indent) if place else sign, Piece(part, style), name=None if place else name)
        for place, part in enumerate(broken(words, max(columns - len(indent), 20)))
    ]


def about_short(debrief: Debrief, name: str) -> Parts:
    """Return what one of the lines rests on; `name` is `short/…`, `error/…` or `decision/…` with its place."""
    kind, _slash, place = name.partition("/")
    evaluation = debrief.evaluation
    match kind:
        case "short":
            told = short_lines(debrief.teller.narrator, evaluation)[int(place)]
            return [(told.title, told.words), *evidence(debrief, told.facts)]
        case "error":
            return _about_error(debrief, in_order(evaluation)[int(place)])
        case _:
            return _about_decision(debrief, evaluation.judged.decisions[int(place)])


def _about_error(debrief: Debrief, error: "DecisionError") -> Parts:
    narrator = debrief.teller.narrator
    parts: Parts = [(_("What was wrong"), marked(error, error_words(narrator, error)))]
    expected = expected_words(narrator, error, debrief.evaluation.ways)
    if expected:
        parts.append((_("What was right"), expected))
    parts += [(_("What followed") if not n else "", told) for n, told in enumerate(followed_words(narrator, error))]
    cause = debrief.evaluation.cause_of(error)
    if cause is not None:
        parts.append((_("Usual cause"), cause_words(cause)))
    return parts + evidence(debrief, shown_by(error))


def _about_decision(debrief: Debrief, decision: "Decision") -> Parts:
    narrator = debrief.teller.narrator
    parts: Parts = [(question_words(decision), marked(decision, chosen_words(narrator, decision)))]
    knew = knew_words(narrator, decision)
    if knew:
        parts.append((_("Known then"), knew))
    if decision.hints is not None:
        parts.append((_("Hints of the coach"), hints_words(decision.hints)))
    right = right_words(narrator, decision.question, decision.right)
    if right:
        parts.append((_("What was right"), right))
    if decision.error is not None:
        return parts + _about_error(debrief, decision.error)
    hints = decision.hints.sequences if decision.hints is not None else ()
    return parts + evidence(debrief, (decision.sequence, *hints))
