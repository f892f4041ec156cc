"""Errors in brief, as page one names them where they are many: by kind, each with its right answer and its facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.facts import RefusalReason, StepTaken
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exports.wording.decisions import error_words, expected_words, reached_words
from incidentsim.exports.wording.evaluation import numbers
from incidentsim.exports.wording.evidence import flag_said
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.remedy import CorrectPath
    from incidentsim.exports.wording.narrator import Narrator


@dataclass(frozen=True, slots=True)
class Brief:
    """An error in brief: what errors of its kind are called, and what it was. Without a label it is a sentence."""

    label: str
    words: str


def together(briefs: Iterable[Brief]) -> list[str]:
    """Return errors in brief, those of one kind in one sentence, in the order in which the kinds come first."""
    by_label: dict[str, list[str]] = {}
    told: list[str | None] = []
    for brief in briefs:
        if not brief.label:
            told.append(brief.words)
        elif brief.label in by_label:
            by_label[brief.label].append(brief.words)
        else:
            by_label[brief.label] = [brief.words]
            told.append(None)
    sentences = (
        _("{kind}: {errors}.").format(kind=label, errors=_("; ").join(errors)) for label, errors in by_label.items()
    )
    return [words if words is not None else next(sentences) for words in told]


def error_in_brief(
    teller: "Narrator", error: DecisionError, ways: "Sequence[CorrectPath]" = (), *, terse: bool = False
) -> Brief:
    """Return an error in brief, with its right answer and the facts that show it; `ways` are known paths.

    With `terse` it is told without who it was, and what was late with the time at which it was due and no more.
    """
    label, words, facts = _terse(teller, error) if terse else ("", "", ())
    if not label:
        label, words = _brief(teller, error, ways)
        facts = error.sequences
    return Brief(label, _("{what} {facts}").format(what=words, facts=numbers(facts)) if label else words)


def _terse(teller: "Narrator", error: DecisionError) -> tuple[str, str, Sequence[int]]:
    """The same of the kinds that come many at a time; no label for the others."""
    names = teller.names
    match error.kind:
        case ErrorKind.LATE if error.right.due is not None:
            due = teller.clock.until(error.right.due, teller.account.facts[error.sequences[0]].at)
            words = _("“{step}” {time}").format(step=names.duty(error.subject), time=due)
            return _("Late, with due times"), words, error.sequences[:1]
        case ErrorKind.OWN_REPORT_APPROVED:
            return _own(), _("“{step}”").format(step=names.step(error.subject)), error.sequences
        case _:
            return "", "", ()


def _brief(teller: "Narrator", error: DecisionError, ways: "Sequence[CorrectPath]") -> tuple[str, str]:  # noqa: C901, PLR0911, PLR0912 - an answer a kind
    names = teller.names
    match error.kind:
        case ErrorKind.LATE:
            return _("Late"), _late(teller, error, names.duty(error.subject))
        case ErrorKind.LAW_DEADLINE_MISSED:
            return _("Deadlines of the law missed"), _late(teller, error, names.clock(error.subject))
        case ErrorKind.RECIPIENT_MISSED:
            return _("Never told"), _late(teller, error, names.duty(error.subject))
        case ErrorKind.NOT_DONE if error.subject in teller.account.playbook.duties:
            return _("Never done"), _late(teller, error, names.duty(error.subject))
        case ErrorKind.OWN_REPORT_APPROVED:
            return _own(), _tried(teller, error)
        case ErrorKind.FORBIDDEN:
            return _("Tried, though nobody may"), _tried(teller, error)
        case ErrorKind.OVERSTEPPED:
            return _("Not theirs to do"), _otherwise(teller, error, ways)
        case ErrorKind.REFUSED:
            return _("Tried and refused"), _otherwise(teller, error, ways)
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE if error.as_known:
            return _("Graded as the figures were known then"), _misgraded(teller, error)
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE:
            return _("Graded wrongly"), _misgraded(teller, error)
        case ErrorKind.NOT_REGRADED:
            return _("Not reclassified when figures came"), _misgraded(teller, error)
        case ErrorKind.FIGURE_NOT_TOLD:
            level, why = names.level(error.right.level or 0), _reasons(teller, error)
            return _("Not passed on to whoever graded"), _("{reasons}: {level}").format(reasons=why, level=level)
        case ErrorKind.WRONG_RECIPIENT:
            step = _("“{step}”").format(step=names.step(error.subject))
            if not error.instead:
                return _("Told, though nobody was to be"), step
            other = names.listed(_("“{step}”").format(step=names.step(do)) for do in error.instead)
            return _("The wrong one told"), _("{what} in place of {other}").format(what=step, other=other)
        case ErrorKind.FINDING_WRONG if error.right.steps:
            return _("Judged wrongly"), _misjudged(teller, error)
        case _:
            told = _("{what} {facts}").format(what=error_words(teller, error), facts=numbers(error.sequences))
            expected = expected_words(teller, error, ways)
            return "", _("{what} {expected}").format(what=told, expected=expected) if expected else told


def _own() -> str:
    return _("Own work, for somebody else to approve")


def _misgraded(teller: "Narrator", error: DecisionError) -> str:
    names, right = teller.names, error.right.level or 0
    told = _("{what} in place of {other}").format(what=names.level(right + error.off), other=names.level(right))
    why = _reasons(teller, error)
    return _("{what}, because {reasons}").format(what=told, reasons=why) if why else told


def _reasons(teller: "Narrator", error: DecisionError) -> str:
    """The first value that decides the level with its facts, and how many more there are."""
    told = [reached_words(teller, reached) for reached in error.right.reached]
    if len(told) <= 1:
        return "".join(told)
    more = len(told) - 1
    return ngettext("{reason} and {n} more", "{reason} and {n} more", more).format(reason=told[0], n=more)


def _misjudged(teller: "Narrator", error: DecisionError) -> str:
    names, fact = teller.names, teller.account.facts[error.sequences[0]]
    chosen = names.step(fact.do) if isinstance(fact, StepTaken) else ""
    right = _(" or ").join(_("“{step}”").format(step=names.step(do)) for do in error.right.steps)
    told = _("“{step}” in place of {right}, because {reason}").format(
        step=chosen, right=right, reason=flag_said(error.subject, holds=error.right.holds)
    )
    shown = error.right.shown
    return _("{reason} ({facts})").format(reason=told, facts=numbers(shown)) if shown else told


def _late(teller: "Narrator", error: DecisionError, what: str) -> str:
    told = _("“{step}”").format(step=what)
    if error.late_by is not None:
        told = _("{what} by {time}").format(what=told, time=duration_words(error.late_by))
    if error.right.due is None:
        return told
    due = teller.clock.until(error.right.due, teller.account.facts[error.sequences[0]].at)
    return _("{what}, due {time}").format(what=told, time=due)


def _tried(teller: "Narrator", error: DecisionError) -> str:
    name = teller.names.person(error.person) if error.person is not None else ""
    return _("“{step}” ({name})").format(step=teller.names.step(error.subject), name=name)


def _otherwise(teller: "Narrator", error: DecisionError, ways: "Sequence[CorrectPath]") -> str:
    """What was tried, and what would have been right instead, without what is the same."""
    tried, names = _tried(teller, error), teller.names
    way = next((way for way in ways if way.sequence in error.sequences), None)
    if way is None or way.steps is None:
        return tried
    match way.why:
        case RefusalReason.ROLE | RefusalReason.ROLE_NOT_HELD:
            whose = names.listed(names.role(role) for role in way.steps[-1].by)
            return _("{tried}, to be done by {whom}").format(tried=tried, whom=whose)
        case RefusalReason.FOUR_EYES | RefusalReason.AWAY if way.allowed:
            whose = names.listed(names.person(name) for name in way.allowed)
            return _("{tried}, to be done by {whom}").format(tried=tried, whom=whose)
        case RefusalReason.CONTENT:
            fields = names.listed(names.field(name) for name in way.allowed)
            return _("{tried}, to be written: {fields}").format(tried=tried, fields=fields)
        case _:
            before = way.steps[:-1] if way.steps[-1].do == error.subject else way.steps
            path = _(" → ").join(names.step(step.do) for step in before)
            return _("{tried}, first: {path}").format(tried=tried, path=path) if path else tried
