"""Metrics, reasons and paths of an evaluation in words: what is measured, why a task is rated so, what was right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import Lacking, Late, LevelOff, Misjudged, Missed, Occurred, OutOfOrder, Unasked
from incidentsim.domain.facts import HintStep, LevelSet, RefusalReason
from incidentsim.exercise.evaluation.scenario_objectives import Tested
from incidentsim.exports.wording.afterwards import hint_step_words, of_steps
from incidentsim.exports.wording.evidence import judged_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.domain.evaluation import Rating
    from incidentsim.exercise.evaluation.decisions.kinds import Hints
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.ratings import Reason
    from incidentsim.exercise.evaluation.remedy import CorrectPath, WayStep
    from incidentsim.exercise.evaluation.scenario_objectives import Test
    from incidentsim.exports.wording.narrator import Narrator


def rating_words(rating: "Rating | None") -> str:
    """Return the meaning of a rating (P, S, M, U as in HSEEP), in a word or two; “not rated” for `None`."""
    words = {
        "P": _("performed"),
        "S": _("some challenges"),
        "M": _("major challenges"),
        "U": _("unable"),
    }
    return words[rating] if rating is not None else _("not rated")


def poete_words(element: str) -> str:
    """An element of preparedness."""
    names = {
        "planning": _("planning"),
        "organisation": _("organisation"),
        "equipment": _("equipment"),
        "training": _("training"),
        "exercises": _("exercises"),
    }
    return names.get(element, element)


def metric_title(teller: "Narrator", metric: "Metric") -> str:
    """Return the title of a metric; its kind where there are no words for it."""
    if metric.kind in {"elapsed", "order"}:
        rule = teller.account.playbook.metrics.get(metric.subject)
        return teller.names.say(rule.title) if rule is not None else metric.subject
    if metric.kind == "decision_latency":
        return teller.names.inject(metric.subject)[0]
    titles = {
        "first_grading_error": _("Error of the first grading"),
        "grading_error": _("Error of the grading at the end"),
        "wrong_dismissals": _("Wrong dismissals"),
        "false_alarms_escalated": _("False alarms passed on"),
        "other_misjudgements": _("Other misjudgements"),
        "right_receivers_told": _("Notices given as demanded"),
        "wrong_receivers_told": _("Notices given unasked"),
        "receivers_not_told": _("Notices demanded and not given"),
        "owed_by_truth": _("Tasks owed by the truth and not done"),
        "escalations_received": _("Escalations that reached somebody"),
        "escalations_to_nobody": _("Escalations that reached nobody"),
    }
    if metric.kind in {"evidence_known", "evidence_with_judge"}:
        return _evidence_title(metric)
    if metric.kind == "refusals":
        return _("Refused: {why}").format(why=reason_kind_words(RefusalReason(metric.subject)))
    if metric.kind == "hints":
        return _("Hints of the coach: {says}").format(says=hint_step_words(HintStep(metric.subject)))
    if metric.kind == "duties":
        return _standing(metric.subject)
    if metric.kind == "clocks":
        return _clock_standing(metric.subject)
    return titles.get(metric.kind, metric.kind)


def _evidence_title(metric: "Metric") -> str:
    what = judged_words(metric.subject)
    if metric.kind == "evidence_known":
        return _("Evidence known: {what}").format(what=what)
    return _("Evidence to whoever judged: {what}").format(what=what)


def _clock_standing(standing: str) -> str:
    words = {
        "kept": _("Regulatory deadlines met"),
        "late": _("Regulatory deadlines: filed late"),
        "missed": _("Regulatory deadlines missed"),
        "open": _("Regulatory deadlines still running"),
        "unnumbered": _("Filed where the law gives no number"),
    }
    return words.get(standing, standing)


def _standing(standing: str) -> str:
    words = {
        "kept": _("Duties kept"),
        "late": _("Duties settled late"),
        "missed": _("Duties missed"),
        "dropped": _("Duties that became pointless"),
        "open": _("Duties still open"),
        "no_limit": _("Duties done, without a time limit"),
    }
    return words.get(standing, standing)


def standing_words(standing: str | None) -> str:
    """Return the words for the standing of one duty at the end; “not owed” for `None`."""
    words = {
        "kept": _("kept"),
        "late": _("late"),
        "missed": _("missed"),
        "dropped": _("pointless"),
        "open": _("still open"),
        "no_limit": _("done, no limit"),
    }
    return words.get(standing, standing) if standing is not None else _("not owed")


def metric_value(metric: "Metric") -> str:
    """The measured value, and how much of it was bots' at a table with people."""
    said = _value(metric)
    if not metric.by_bots:
        return said
    if metric.unit == "count":
        return _("{value} (bots: {n})").format(value=said, n=metric.by_bots)
    return _("{value} (bots)").format(value=said)


def _value(metric: "Metric") -> str:
    value = metric.value
    if metric.kind == "order":
        return _("yes") if value else _("no")
    if value is None:
        if metric.kind in {"evidence_known", "evidence_with_judge"}:
            return _("never reached")
        return _("nobody acted") if metric.kind == "decision_latency" else _("not reached")
    if metric.unit == "ms":
        return duration_words(int(value))
    if metric.unit == "levels":
        return level_error_words(int(value))
    return str(value)


def level_error_words(error: int) -> str:
    """A grading error: positive is too mild, for level 1 is the most severe."""
    if error == 0:
        return _("none")
    if error > 0:
        return ngettext("{n} level too mild", "{n} levels too mild", error).format(n=error)
    return ngettext("{n} level too severe", "{n} levels too severe", -error).format(n=-error)


def numbers(sequences: Sequence[int]) -> str:
    """Sequence numbers, as the timeline shows them."""
    return " ".join(f"#{sequence}" for sequence in sequences)


def hints_words(hints: "Hints | None") -> str:
    """Return how far hints went before something was done, as in “with hints: 2 of 3”; empty where there were none."""
    return "" if hints is None else _("with hints: {steps}").format(steps=of_steps(hints.furthest))


def reason_words(teller: "Narrator", reason: "Reason") -> str:
    """Return the sentence that gives one reason for the rating of a task."""
    names, rule, evidence = teller.names, reason.rule, reason.evidence
    match rule:
        case str():
            return _rule_words(rule)
        case Late(duty, _beyond):
            return _late_words(teller, duty, evidence)
        case Missed(duty):
            return _("“{duty}” was due and never done.").format(duty=names.duty(duty))
        case Misjudged(do):
            return _("“{step}” is not what the truth called for.").format(step=names.step(do))
        case Unasked(do):
            return _("“{step}”: nobody was to be told then.").format(step=names.step(do))
        case LevelOff():
            graded = teller.account.facts[evidence[0]]
            error = (graded.level if isinstance(graded, LevelSet) else 0) - _true_level(teller, reason.incident)
            return _("The first grading was {error}.").format(error=level_error_words(error))
        case OutOfOrder(first, then):
            return _("“{then}” came before “{first}”.").format(then=_named(teller, then), first=_named(teller, first))
        case Occurred() if evidence:
            return sentence(teller, evidence[0])
        case Occurred(pattern) | Lacking(pattern):
            return _("Missing on record: {what}.").format(what=_named(teller, pattern))


def _rule_words(rule: str) -> str:
    words = {
        "performed": _("Performed without challenges."),
        "not_performed": _("Called for and never done."),
        "owed_by_truth": _("Called for by the truth and not done, because what came before it was judged wrongly."),
        "told_what_to_do": _("Done after the coach had said what to do."),
    }
    return words.get(rule, rule)


def _true_level(teller: "Narrator", incident: str) -> int:
    return teller.account.scenario.incidents[incident].truth.level or 0


def _late_words(teller: "Narrator", duty: str, evidence: tuple[int, ...]) -> str:
    facts = teller.account.facts
    late = facts[evidence[1]].at - facts[evidence[0]].at
    return _("“{duty}” was late, by {time}.").format(duty=teller.names.duty(duty), time=duration_words(late))


def _named(teller: "Narrator", pattern: Pattern) -> str:
    if pattern.do is not None:
        return teller.names.step(pattern.do)
    if pattern.duty is not None:
        return teller.names.duty(pattern.duty)
    if pattern.track is not None and pattern.state is not None:
        return teller.names.state(pattern.track, pattern.state)
    if pattern.circumstance is not None:
        return teller.names.circumstance(pattern.circumstance)
    return pattern.kind


def test_words(teller: "Narrator", test: "Test") -> str:
    """Return the sentence on what an inject says about an objective; it says so where it is about bots alone."""
    told = _test_words(teller, test)
    return _("bots: {what}").format(what=told) if test.by_people is False else told


def _test_words(teller: "Narrator", test: "Test") -> str:
    names = teller.names
    inject = names.inject(test.inject)[0]
    match test.how:
        case Tested.PREVENTED:
            told = _("“{inject}” did not come: “{step}” was done in time.")
            return told.format(inject=inject, step=names.step(test.subject))
        case Tested.CAME:
            told = _("“{inject}” came: “{step}” had not been done by then.")
            return told.format(inject=inject, step=names.step(test.subject))
        case Tested.TASK:
            told = _("“{inject}”: {rating} for “{task}”.")
            return told.format(inject=inject, rating=test.rating, task=names.task(test.subject))
        case Tested.DONE:
            return _("“{inject}”: “{step}” was done.").format(inject=inject, step=names.step(test.subject))
        case Tested.NOT_DONE:
            return _("“{inject}”: “{step}” was not done.").format(inject=inject, step=names.step(test.subject))


def way_words(teller: "Narrator", way: "CorrectPath") -> str:
    """Return one sentence about what would have been right."""
    if way.steps is None:
        match way.why:
            case RefusalReason.FORBIDDEN:
                return _("Not to do it: nobody may, whatever the reason.")
            case RefusalReason.NOT_RAISED:
                return _("To wait until there is something to act on.")
            case _other:
                return _("From there no path led to it.")
    path = _(" → ").join(_step_words(teller, step) for step in way.steps)
    told = _("{path}.").format(path=path)
    if way.due is not None:
        moment = teller.clock.until(way.due, teller.account.facts[way.sequence].at)
        told = _("By {time}: {path}.").format(time=moment, path=path)
    match way.why:
        case RefusalReason.CONTENT:
            fields = teller.names.listed(teller.names.field(name) for name in way.allowed)
            told = _("{told} With: {fields}.").format(told=told, fields=fields)
        case RefusalReason.FOUR_EYES | RefusalReason.AWAY if way.allowed:
            people = teller.names.listed(teller.names.person(name) for name in way.allowed)
            told = _("{told} By somebody else: {people}.").format(told=told, people=people)
        case _nothing_to_add:
            pass
    return told


def _step_words(teller: "Narrator", step: "WayStep") -> str:
    roles = teller.names.listed(teller.names.role(name) for name in step.by)
    return _("{step} ({roles})").format(step=teller.names.step(step.do), roles=roles)


def no_way_words() -> str:
    """Return the sentence for a run in which nothing was refused or late; it may have gone wrong all the same."""
    return _(
        "Nothing was refused, and nothing that was asked for was late. Wrong judgements, and what was not done because "
        "of them, stand among the errors."
    )
