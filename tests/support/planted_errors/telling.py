"""Who is told, and what of: the wrong one, somebody forgotten, a figure that goes no further."""

from collections.abc import Iterator
from dataclasses import replace

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DutyOpened, FactKind, StepTaken
from incidentsim.domain.playbook import ANYONE, Step, Track
from incidentsim.domain.scenario import ScriptedAction
from incidentsim.exercise.evaluation.decisions.kinds import Decision, ErrorKind, Question
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.sim_time import MINUTE, SECOND
from tests.support.planted_errors.told import Plant, Planted, Told, WhyNot, filled


def _notices(told: Told) -> list[tuple[ScriptedAction, Step]]:
    found = []
    for line in told.scenario.script:
        step = told.step(line)
        if step is not None and told.playbook.tracks[step.track].tells:
            found.append((line, step))
    return found


def _not_told(told: Told, incident: str) -> list[Track]:
    """The notices about an incident that nothing wants given and nobody gives."""
    wanted = {fact.track for fact in told.facts if isinstance(fact, StepTaken) and fact.incident == incident}
    return [track for track in told.playbook.tracks.values() if track.tells and track.id not in wanted]


def wrong_recipient(told: Told) -> Plant:
    """Somebody is told whom nothing wants told, in place of whoever is to be told; or beside, where nobody is."""
    why = WhyNot.ALL_ARE_TOLD
    for line in _moments(told):
        incident = line.action.incident
        for track in _not_told(told, incident):
            other = next(step for step in track.steps if track.initial in step.sources and not step.automatic)
            person = told.able(other)
            if person is None:
                continue
            action = Action(person, other.do, incident, content=filled(told, other))
            notices = [given for given, _step in _notices(told)]
            said = (
                replace(line, action=action) if line in notices else replace(line, at=line.at + MINUTE, action=action)
            )
            script = told.replaced(line, action) if line in notices else [*told.scenario.script, said]
            planted = told.written(script)
            if told.taken(planted, said):
                return Planted(planted, (ErrorKind.WRONG_RECIPIENT, incident, other.do, 0))
            why = WhyNot.REFUSED
    return why


def _moments(told: Told) -> Iterator[ScriptedAction]:
    """The lines of the script in place of which, or after which, somebody might be told."""
    notices = _notices(told)
    due = {(fact.incident, fact.track) for fact in told.facts if isinstance(fact, StepTaken) and fact.by is None}
    yield from (line for line, step in notices if (line.action.incident, step.track) in due)
    without = [line for line in told.scenario.script if told.step(line) is not None]
    yield from (
        line for line in without if not any(line.action.incident == given.action.incident for given, _s in notices)
    )


def recipient_missed(told: Told) -> Plant:
    """Nobody tells somebody who is to be told."""
    for line, step in _notices(told):
        incident = line.action.incident
        duty = next(
            (
                duty.id
                for duty in told.playbook.duties.values()
                if any(pattern.do == step.do for pattern in duty.settled_by)
            ),
            None,
        )
        opened = any(isinstance(f, DutyOpened) and f.duty == duty and f.incident == incident for f in told.facts)
        if duty is None or not opened:
            continue
        left = [other for other in told.scenario.script if other is not line]
        return Planted(told.written(left), (ErrorKind.RECIPIENT_MISSED, incident, duty, 0))
    return WhyNot.NOBODY_IS_TOLD


def figure_not_told(told: Told) -> Plant:
    """The report that carries the figure which decides the level goes out before the figure is there, and none after.

    Or somebody who has not read the figure makes it, or grades, where there is somebody.
    """
    knowledge = Knowledge(Trace(told.playbook, told.scenario, told.facts))
    why = WhyNot.NO_INCIDENT
    for decision in told.evaluation.judged.decisions:
        reasons = [reason for reason in decision.right.reached if not reason.more_severe_by]
        if decision.question is not Question.LEVEL or decision.level != decision.right.level or not reasons:
            continue
        why = WhyNot.KNOWN_TO_ALL
        deciding = _deciding(told, decision)
        key = (ErrorKind.FIGURE_NOT_TOLD, decision.incident, reasons[0].threshold.measure, 0)
        planted = _reported_early(told, knowledge, decision, deciding) or _graded_by_another(
            told, knowledge, decision, deciding
        )
        if planted is not None:
            return Planted(told.written(planted), key)
    return why


def _reported_early(
    told: Told, knowledge: Knowledge, decision: Decision, deciding: set[str]
) -> list[ScriptedAction] | None:
    read = {known.inject: known.sequence for known in decision.knew if known.inject in deciding}
    if not read or any(told.facts[number].kind is not FactKind.MESSAGE_SENT for number in read.values()):
        return None  # it reached them without anybody passing it on
    first = min(told.facts[knowledge.shown[inject][0]].at for inject in read)
    passed = told.facts[min(read.values())]
    report = next(
        (
            line
            for line in told.scenario.script
            if line.at == passed.at and (step := told.step(line)) is not None and step.tells is not None
        ),
        None,
    )
    if report is None:
        return None
    before = [line for line in told.scenario.script if line.at < report.at]
    moving = {line.action.incident for line in (*before, report)}
    raised = max(f.at for f in told.facts if f.kind is FactKind.INCIDENT_RAISED and f.incident in moving)
    if first - SECOND * (len(before) + 1) > raised:
        early = {id(line): first - SECOND * (len(before) + 1 - n) for n, line in enumerate([*before, report])}
        return [replace(line, at=min(line.at, early.get(id(line), line.at))) for line in told.scenario.script]
    other = _unaware(told, knowledge, report, deciding, decision)
    return told.replaced(report, replace(report.action, person=other, role=None)) if other is not None else None


def _graded_by_another(
    told: Told, knowledge: Knowledge, decision: Decision, deciding: set[str]
) -> list[ScriptedAction] | None:
    """The first grading by somebody who has not read the figure, though somebody else has by then."""
    first = next(
        d for d in told.evaluation.judged.decisions if d.question is Question.LEVEL and d.incident == decision.incident
    )
    if first is not decision or all(knowledge.first_reader(inject, decision.sequence) is None for inject in deciding):
        return None
    line = next(
        (
            line
            for line in told.scenario.script
            if (step := told.step(line)) is not None and step.sets_level and line.action.incident == decision.incident
        ),
        None,
    )
    if line is None:
        return None
    other = _unaware(told, knowledge, line, deciding, decision)
    return told.replaced(line, replace(line.action, person=other, role=None)) if other is not None else None


def _deciding(told: Told, decision: Decision) -> set[str]:
    return {
        inject.id
        for inject in told.scenario.injects
        for shown in inject.shows
        for reason in decision.right.reached
        if inject.incident == decision.incident
        and not reason.more_severe_by
        and shown.name == reason.threshold.measure
        and shown.value >= reason.threshold.at_least
    }


def _unaware(
    told: Told, knowledge: Knowledge, line: ScriptedAction, deciding: set[str], decision: Decision
) -> str | None:
    """Somebody who may do it, is there, and has not read the figure by the time of the decision."""
    step = told.step(line)
    for person in told.scenario.people.values():
        may = step is not None and (ANYONE in step.by or bool(set(person.roles) & set(step.by)))
        read = {known.inject for known in knowledge.known(decision.incident, person.pseudonym, decision.sequence)}
        if may and not person.always_away and not person.away and not read & deciding:
            return person.pseudonym
    return None
