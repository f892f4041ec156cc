"""What somebody does too late, and what somebody approves that is their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DutySettled, Fact, StepTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Scenario, ScriptedAction
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView
from tests.support.evaluating import played
from tests.support.planted_errors.told import Plant, Planted, Told, WhyNot, filled

_LATE = {ClockState.OVERDUE, ClockState.FILED_LATE}
_SILENT = {ClockState.NOT_JUDGED, ClockState.ANCHOR_MISSING, ClockState.NOT_TRIGGERED}


def late(told: Told) -> Plant:
    """Something is done after its time, and before whatever comes next about the incident."""
    why = WhyNot.LATE_ALREADY
    for duty in Trace(told.playbook, told.scenario, told.facts).duties:
        if duty.due is None or duty.settled is None or duty.breached:
            continue
        settled = told.facts[duty.settled]
        taken = told.facts[settled.because] if isinstance(settled, DutySettled) else None
        if not isinstance(taken, StepTaken) or taken.by is None or taken.at > duty.due:
            continue
        why = WhyNot.NO_ROOM
        lines = [line for line in told.scenario.script if line.action.incident == duty.incident]
        line = next((one for one in lines if _takes(one, taken)), None)
        if any(one.action.do == taken.do and told.step(one) is None for one in lines):
            continue  # what was refused before explains it
        following = [one.at for one in lines if line is not None and one.at > line.at]
        when = duty.due + MINUTE
        if line is None or when >= min(following, default=told.scenario.ends):
            continue
        moved = [replace(one, at=when) if one is line else one for one in told.scenario.script]
        return Planted(told.written(moved), (ErrorKind.LATE, duty.incident, duty.duty, 0))
    return why


def _takes(line: ScriptedAction, taken: StepTaken) -> bool:
    action = line.action
    return taken.by is not None and (action.do, action.person, line.at) == (taken.do, taken.by.person, taken.at)


def law_deadline_missed(told: Told) -> Plant:
    """A filing that the law asks for is made a minute late.

    Where none is made in time, somebody judges what makes the law ask for one, and nobody makes it.
    """
    for incident, views in _clocks(told.scenario, told.facts).items():
        for view in views:
            if not isinstance(view, DeadlineView) or not view.clock.binding or view.state is not ClockState.FILED:
                continue
            due = view.due.at - told.scenario.local_time.start + MINUTE
            moved = [
                replace(line, at=due)
                if line.action.incident == incident and view.clock.id in line.action.content.values()
                else line
                for line in told.scenario.script
            ]
            if due < told.scenario.ends and moved != list(told.scenario.script):
                return Planted(told.written(moved), (ErrorKind.LAW_DEADLINE_MISSED, incident, view.clock.id, 0))
    return _begun(told)


def _begun(told: Told) -> Plant:
    why = WhyNot.NO_DEADLINE
    before = _deadlines(told.scenario)
    for incident, views in _clocks(told.scenario, told.facts).items():
        silent = [view for view in views if view.clock.binding and view.state in _SILENT]
        for when, action in _judgements(told, incident, silent):
            why = WhyNot.NO_DEADLINE_RUNS
            begun = told.written([*told.scenario.script, ScriptedAction(when, action)])
            after = _deadlines(begun)
            new = [key for key in after if before.get(key) != after[key]]
            if len(new) != 1 or (ErrorKind.LAW_DEADLINE_MISSED, *new[0], 0) in told.keys:
                continue
            _incident, clock = new[0]
            state, due = after[new[0]]
            filing = _filing(told, incident, clock, due + MINUTE)
            if state is ClockState.DUE and filing is not None and filing.at < told.scenario.ends:
                begun = told.written([*begun.script, filing])
                state = _deadlines(begun)[new[0]][0]
            if state in _LATE:
                return Planted(begun, (ErrorKind.LAW_DEADLINE_MISSED, incident, clock, 0))
    return why


def _filing(told: Told, incident: str, clock: str, at: int) -> ScriptedAction | None:
    for step in (step for track in told.playbook.tracks.values() for step in track.steps):
        field = next((part.name for part in step.fields if part.kind is FieldKind.CLOCK), None)
        person = told.able(step) if field is not None else None
        if person is not None and field is not None:
            return ScriptedAction(at, Action(person, step.do, incident, content=filled(told, step, **{field: clock})))
    return None


def _judgements(told: Told, incident: str, silent: list[ClockView]) -> Iterator[tuple[int, Action]]:
    """What somebody might decide that makes a law ask for a filing, at moments at which something was done."""
    missing = list(dict.fromkeys(f"{name}=1" for view in silent for name in getattr(view, "missing", ())))
    if not missing:
        return
    anchoring = {pattern.do for rule in told.playbook.anchors.values() for pattern in rule.on if pattern.do}
    moments = [line.at + MINUTE for line in told.scenario.script if line.action.incident == incident]
    done = {line.action.do for line in told.scenario.script if line.action.incident == incident}
    for step in (step for track in told.playbook.tracks.values() for step in track.steps):
        person = None if step.automatic else told.able(step)
        measures = next((part for part in step.fields if part.kind is FieldKind.CLOCK_MEASURES), None)
        if person is None or not (measures or (step.do in anchoring and step.do not in done and _stays(step))):
            continue
        for facts in (tuple(missing), *((fact,) for fact in missing)) if measures else ((),):
            values = filled(told, step, **({measures.name: facts} if measures else {}))
            for when in moments[-1:] + moments[len(moments) // 2 : len(moments) // 2 + 1]:
                yield when, Action(person, step.do, incident, content=values)


def _clocks(scenario: Scenario, facts: Sequence[Fact]) -> Mapping[str, tuple[ClockView, ...]]:
    return clocks_of(shipped_packs(), scenario, facts)


def _stays(step: Step) -> bool:
    return step.target is None or step.target in step.sources


def _deadlines(scenario: Scenario) -> dict[tuple[str, str], tuple[ClockState, int]]:
    """The deadlines that the law sets by incident and clock: how each stands at the end, and until when (ms)."""
    return {
        (incident, view.clock.id): (view.state, view.due.at - scenario.local_time.start)
        for incident, views in _clocks(scenario, played(scenario)).items()
        for view in views
        if isinstance(view, DeadlineView) and view.clock.binding
    }


def own_report_approved(told: Told) -> Plant:
    """Somebody approves what they have done themselves."""
    why = WhyNot.NOBODY_ASKS
    for line in told.scenario.script:
        step = told.step(line)
        if step is None or not step.not_by_author_of:
            continue
        incident = line.action.incident
        authors = [
            other.action.person
            for other in told.scenario.script
            if other.action.do in step.not_by_author_of and other.action.incident == incident and other.at <= line.at
        ]
        key = (ErrorKind.OWN_REPORT_APPROVED, incident, step.do, 0)
        if not authors or key in told.keys:
            why = WhyNot.SO_ALREADY
            continue
        own = replace(line, at=line.at - MINUTE, action=replace(line.action, person=authors[-1], role=None))
        return Planted(told.written([*told.scenario.script, own]), key)
    return why
