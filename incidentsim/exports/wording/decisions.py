"""Decisions and errors in words: what was wrong, what was expected and why, what was known, what followed."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import StepTaken
from incidentsim.exercise.evaluation.decisions.kinds import (
    Arrival,
    Decision,
    DecisionError,
    ErrorKind,
    Question,
    Reached,
    Right,
)
from incidentsim.exports.wording.evaluation import hints_words, level_error_words, numbers, way_words
from incidentsim.exports.wording.evidence import flag_said, measure_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentsim.exercise.evaluation.remedy import CorrectPath
    from incidentsim.exports.wording.narrator import Narrator

MOST_READ = 6
"""So many messages that somebody had read are named; of more, the last ones."""


def error_words(teller: "Narrator", error: DecisionError) -> str:  # noqa: C901, PLR0911, PLR0912 - an answer a kind
    """Return the sentence on what was wrong, without the facts that show it."""
    names = teller.names
    match error.kind:
        case ErrorKind.DISMISSED:
            return _("A real incident was dismissed: “{step}”.").format(step=_chosen(teller, error))
        case ErrorKind.FALSE_ALARM:
            return _("A false alarm was passed on as an incident: “{step}”.").format(step=_chosen(teller, error))
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE:
            graded = names.level(_level(error))
            return _("Graded {level}: {error}.").format(level=graded, error=level_error_words(error.off))
        case ErrorKind.NOT_REGRADED:
            level = names.level(_level(error))
            return _("Not reclassified when the figures that decide came: {level} stayed.").format(level=level)
        case ErrorKind.FINDING_WRONG:
            said = flag_said(error.subject, holds=error.right.holds)
            return _("Judged wrongly: “{step}”, but {truth}.").format(step=_chosen(teller, error), truth=said)
        case ErrorKind.FINDING_MISSING:
            steps = _either(teller, error)
            return _("Never judged: {steps}.").format(steps=steps)
        case ErrorKind.LAW_DEADLINE_MISSED:
            clock = names.clock(error.subject)
            if error.late_by is None:
                return _("A deadline of the law was missed: {clock}.").format(clock=clock)
            late = duration_words(error.late_by)
            return _("A deadline of the law was missed by {time}: {clock}.").format(time=late, clock=clock)
        case ErrorKind.WRONG_RECIPIENT if error.instead:
            other = names.listed(_("“{step}”").format(step=names.step(do)) for do in error.instead)
            message = _("The wrong one was told: “{step}” in place of {other}.")
            return message.format(step=names.step(error.subject), other=other)
        case ErrorKind.WRONG_RECIPIENT:
            return _("Somebody was told whom nothing wanted told: “{step}”.").format(step=names.step(error.subject))
        case ErrorKind.RECIPIENT_MISSED:
            return _("Somebody to be told was not: “{duty}”.").format(duty=names.duty(error.subject))
        case ErrorKind.FIGURE_NOT_TOLD:
            measure = _measure(teller, error.subject)
            return _("Whoever graded had not been told the figure that decides: {measure}.").format(measure=measure)
        case ErrorKind.OWN_REPORT_APPROVED:
            message = _("Somebody tried to approve what was their own work: {step}.")
            return message.format(step=_tried(teller, error))
        case ErrorKind.NOT_DONE if error.subject in teller.account.playbook.duties:
            return _("“{duty}” was due and never done.").format(duty=names.duty(error.subject))
        case ErrorKind.NOT_DONE:
            return _("Nobody did anything about it.")
        case ErrorKind.LATE:
            late = duration_words(error.late_by or 0)
            return _("“{duty}” was late, by {time}.").format(duty=names.duty(error.subject), time=late)
        case ErrorKind.FORBIDDEN:
            return _("Somebody tried what nobody may do: {step}.").format(step=_tried(teller, error))
        case ErrorKind.OVERSTEPPED:
            return _("Somebody tried what was not theirs to do: {step}.").format(step=_tried(teller, error))
        case ErrorKind.REFUSED:
            return _("Tried and refused: {step}.").format(step=_tried(teller, error))


def expected_words(teller: "Narrator", error: DecisionError, ways: "Iterable[CorrectPath]" = ()) -> str:  # noqa: PLR0911
    """Return the sentence on what was expected and why, with the facts that show it; `ways` are known paths."""
    match error.kind:
        case ErrorKind.WRONG_RECIPIENT if error.instead:
            told = teller.names.listed(_("“{step}”").format(step=teller.names.step(do)) for do in error.instead)
            return _("Expected action: {steps}.").format(steps=told)
        case ErrorKind.WRONG_RECIPIENT:
            return _("Expected action: to tell nobody then.")
        case ErrorKind.OWN_REPORT_APPROVED:
            step = teller.names.step(error.subject)
            return _("Expected action: somebody else does “{step}”.").format(step=step)
        case ErrorKind.FIGURE_NOT_TOLD:
            return _("Expected action: whoever reads the figure passes it on before the grading. {why}").format(
                why=right_words(teller, Question.LEVEL, error.right)
            )
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE:
            told = right_words(teller, Question.LEVEL, error.right)
            if error.as_known:
                return _("{right} The figures that had come by then gave the level that was graded.").format(right=told)
            return told
        case ErrorKind.NOT_REGRADED:
            steps = _(" or ").join(_("“{step}”").format(step=teller.names.step(do)) for do in error.right.steps)
            why = right_words(teller, Question.LEVEL, error.right)
            return _("Expected action: {steps}. {why}").format(steps=steps, why=why)
        case ErrorKind.FALSE_ALARM | ErrorKind.DISMISSED:
            return right_words(teller, Question.INCIDENT, error.right)
        case ErrorKind.FINDING_WRONG | ErrorKind.FINDING_MISSING:
            return right_words(teller, Question.FINDING, error.right)
        case ErrorKind.LAW_DEADLINE_MISSED | ErrorKind.RECIPIENT_MISSED | ErrorKind.NOT_DONE | ErrorKind.LATE:
            return _by(teller, error)
        case ErrorKind.FORBIDDEN | ErrorKind.OVERSTEPPED | ErrorKind.REFUSED:
            way = next((way for way in ways if way.sequence in error.sequences), None)
            return _("Expected action: {path}").format(path=way_words(teller, way)) if way is not None else ""


def right_words(teller: "Narrator", question: Question, right: Right) -> str:
    """Return the sentence on the right answer to a question and why, with the facts that show it."""
    names = teller.names
    if question is Question.LEVEL:
        if right.level is None:
            return _("There was no level to be given: it was no incident.")
        reasons = _("; ").join(reached_words(teller, one) for one in right.reached)
        if not reasons:
            told = _("Right: {level}, because no threshold of a more severe level is reached.")
            return told.format(level=names.level(right.level))
        return _("Right: {level}, because {reasons}.").format(level=names.level(right.level), reasons=reasons)
    steps = _(" or ").join(_("“{step}”").format(step=names.step(do)) for do in right.steps)
    if right.flag is None:
        return _("Expected action: {steps}.").format(steps=steps) if steps else ""
    why = flag_said(right.flag, holds=right.holds)
    if right.shown:
        why = _("{reason} ({facts})").format(reason=why, facts=numbers(right.shown))
    elif right.reached:
        why = _("{reason}: {reasons}").format(
            reason=why, reasons=_("; ").join(reached_words(teller, one) for one in right.reached)
        )
    if not steps:
        return _("The truth: {reason}.").format(reason=why)
    return _("Expected action: {steps}, because {reason}.").format(steps=steps, reason=why)


def reached_words(teller: "Narrator", reached: Reached) -> str:
    """Return why a level is reached: a measure with its value against its threshold, and the facts that showed it."""
    playbook, measure = teller.account.playbook, reached.threshold.measure
    value = measure_value(playbook, measure, reached.value)
    unit = playbook.measures[measure].unit if measure in playbook.measures else "count"
    if unit == "flag":
        told = _("{measure}: {value}").format(measure=_measure(teller, measure), value=value)
    else:
        at_least = measure_value(playbook, measure, reached.threshold.at_least)
        told = _("{measure} {value} ≥ {at_least}").format(
            measure=_measure(teller, measure), value=value, at_least=at_least
        )
    if reached.more_severe_by:
        n = reached.more_severe_by
        effect = ngettext("{n} level more severe", "{n} levels more severe", n).format(n=n)
        told = _("{reason}, {effect}").format(reason=told, effect=effect)
    if not reached.shown:
        return _("{reason} (no message told it)").format(reason=told)
    return _("{reason} ({facts})").format(reason=told, facts=numbers(reached.shown))


def knew_words(teller: "Narrator", decision: Decision) -> str:
    """Return the messages that had reached whoever decided, each with its fact; the last ones where they are many."""
    if decision.person is None:
        return ""
    if not decision.knew:
        return _("no message about it")
    told = [
        _("“{message}” (#{n})").format(message=teller.names.inject(known.inject)[0], n=known.sequence)
        for known in decision.knew[-MOST_READ:]
    ]
    more = len(decision.knew) - len(told)
    listed = teller.names.listed(told)
    if not more:
        return listed
    earlier = ngettext("{n} earlier message", "{n} earlier messages", more).format(n=more)
    return _("{earlier}; {messages}").format(earlier=earlier, messages=listed)


def evidence_words(teller: "Narrator", decision: Decision) -> str:
    """Return when the evidence that decides a judgement came to anybody and to whoever judged; empty for the others."""
    evidence = decision.evidence
    if evidence is None:
        return ""
    if not evidence.needs:
        return _("No evidence was looked for: the truth names nothing that gives the answer.")
    if not evidence.looked_for:
        return _("No evidence was looked for: this answer is right until something speaks against it.")
    playbook, names = teller.account.playbook, teller.names
    parts = (
        measure_words(playbook, names, shown.name, shown.value)
        if shown.kind == "measure"
        else flag_said(shown.name, holds=bool(shown.value))
        for shown in evidence.needs[0]
    )
    told = [_("Decisive evidence: {what}").format(what=names.listed(parts))]
    if evidence.anybody is None:
        told.append(_("never reached anybody"))
    else:
        told.append(_("first known to somebody at {time} (#{n})").format(**_arrived(teller, evidence.anybody)))
        told.append(_came_to_judge(teller, decision, evidence.judge))
    return _("{reasons}.").format(reasons=_("; ").join(told))


def _came_to_judge(teller: "Narrator", decision: Decision, arrival: Arrival | None) -> str:
    if decision.person is None:
        return _("nobody judged")
    name = teller.names.person(decision.person)
    if arrival is None:
        return _("never reached {name}").format(name=name)
    if arrival.sequence > decision.sequence:
        return _("reached {name} only after the judgement, at {time} (#{n})").format(
            name=name, **_arrived(teller, arrival)
        )
    return _("reached {name} at {time} (#{n})").format(name=name, **_arrived(teller, arrival))


def _arrived(teller: "Narrator", arrival: Arrival) -> dict[str, str | int]:
    return {"time": teller.clock.until(arrival.at, 0), "n": arrival.sequence}


def chosen_words(teller: "Narrator", decision: Decision) -> str:
    """Return what was chosen, and by whom."""
    names = teller.names
    if not decision.chosen or decision.person is None:
        return _("nobody was told") if decision.question is Question.RECIPIENTS else _("nobody judged")
    step = names.step(decision.chosen)
    if decision.level is not None:
        step = _("{step}: {level}").format(step=step, level=names.level(decision.level))
    return _("{step} ({name})").format(step=step, name=names.person(decision.person))


def decided_words(teller: "Narrator", decision: Decision) -> str:
    """Return the question, what was chosen, and how far the coach's hints had gone before."""
    head = _("{question} {chosen}.").format(question=question_words(decision), chosen=chosen_words(teller, decision))
    said = hints_words(decision.hints)
    return _("{what} ({hints})").format(what=head, hints=said) if said else head


def question_words(decision: Decision) -> str:
    """Return the question that a decision answers."""
    match decision.question:
        case Question.INCIDENT:
            return _("Is it an incident?")
        case Question.LEVEL:
            return _("Which level?")
        case Question.RECIPIENTS:
            return _("Who is told?")
        case Question.APPROVAL:
            return _("Is it approved?")
        case Question.FINDING if decision.right.flag is not None:
            return _("Is it true that {what}?").format(what=flag_said(decision.right.flag, holds=True))
        case Question.FINDING:
            return _("What is found?")


def followed_words(teller: "Narrator", error: DecisionError, most: int | None = None) -> list[str]:
    """Return what followed from an error: further errors, what was owed and not done, what the story brought.

    Of the tasks owed at most so many are named, if `most` is given.
    """
    names = teller.names
    told = [
        _("{what} {facts}").format(what=error_words(teller, one), facts=numbers(one.sequences))
        for one in error.consequences
    ]
    if error.owed:
        tasks = names.listed(_("“{step}”").format(step=names.task(one.task)) for one in error.owed[:most])
        more = len(error.owed) - len(error.owed[:most])
        if more:
            tasks = _("{tasks} and {n} more").format(tasks=tasks, n=more)
        told.append(_("Owed by the truth and not done: {tasks}.").format(tasks=tasks))
    told += [_("{what} {facts}").format(what=sentence(teller, n), facts=numbers((n,))) for n in error.led_to]
    return told


def shown_by(error: DecisionError) -> "Sequence[int]":
    """The numbers of all facts that an error and its right answer rest on, in order."""
    right = error.right
    reached = (number for one in right.reached for number in one.shown)
    return tuple(sorted({*error.sequences, *right.shown, *reached}))


def _by(teller: "Narrator", error: DecisionError) -> str:
    names, right = teller.names, error.right
    steps = _(" or ").join(_("“{step}”").format(step=names.step(do)) for do in right.steps)
    roles = names.listed(names.role(role) for role in error.roles)
    told = _("{steps} ({roles})").format(steps=steps, roles=roles) if roles else steps
    if right.due is None:
        return _("Expected action: {steps}.").format(steps=told)
    at = teller.clock.until(right.due, teller.account.facts[error.sequences[0]].at)
    return _("Expected action by {time}: {steps}.").format(time=at, steps=told)


def _chosen(teller: "Narrator", error: DecisionError) -> str:
    fact = teller.account.facts[error.sequences[0]]
    return teller.names.step(fact.do) if isinstance(fact, StepTaken) else ""


def _tried(teller: "Narrator", error: DecisionError) -> str:
    message = _("“{step}” ({name})")
    name = teller.names.person(error.person) if error.person is not None else ""
    return message.format(step=teller.names.step(error.subject), name=name)


def _either(teller: "Narrator", error: DecisionError) -> str:
    flag = error.subject
    steps = [
        step
        for track in teller.account.playbook.tracks.values()
        for step in track.steps
        if flag in step.fits and track.initial in step.sources
    ]
    return _(" or ").join(_("“{step}”").format(step=teller.names.say(step.title)) for step in steps)


def _level(error: DecisionError) -> int:
    right = error.right.level or 0
    return right + error.off


def _measure(teller: "Narrator", measure: str) -> str:
    playbook = teller.account.playbook
    return teller.names.say(playbook.measures[measure].title) if measure in playbook.measures else measure
