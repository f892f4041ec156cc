"""What follows from facts: duties open and settle, automatic steps are taken, escalations fire.

Facts are worked off in the order in which they arose; what one fact causes comes, in this order: moments for
regulatory deadlines that are reached with it and what they establish, duties it settles, duties it makes pointless,
duties it opens, steps that follow from it, escalations it asks for; then what now holds: steps and escalations that
wait for a condition; then new due times after a change of level, and whom a late duty climbs to. When nothing else
follows, those who have to know are told.
"""

from collections.abc import Sequence
from typing import Final

from incidentsim.domain.errors import ProcedureError
from incidentsim.domain.facts import (
    AnchorReached,
    DutyBreached,
    DutyDropped,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    EscalationDropped,
    Fact,
    LevelSet,
    MeasureTaken,
    StepTaken,
)
from incidentsim.exercise.kernel.agenda import Item
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook, ReadyDuty, ReadyEscalation, ReadyStep, Woken
from incidentsim.exercise.kernel.escalation import Escalations
from incidentsim.exercise.kernel.state import ExerciseState, IncidentState, OpenDuty
from incidentsim.messages import gettext as _

MOST_FACTS_A_STEP: Final = 5_000
"""More facts than this from one action mean automatic steps that chase each other in a circle."""


class Consequences:
    """Takes facts into the state and adds whatever follows from them."""

    def __init__(self, compiled: CompiledPlaybook, escalations: Escalations, state: ExerciseState) -> None:
        self._book = compiled
        self._escalations = escalations
        self._state = state

    def derive(self, first: Sequence[Fact]) -> list[Fact]:
        """All facts of one step: `first`, then everything that follows, each already taken into the state.

        Raises:
            ProcedureError: the playbook's automatic steps never end.
        """
        facts: list[Fact] = []
        base = self._state.sequence
        for fact in first:
            self._add(facts, fact)
        done = 0
        while done < len(facts):
            fact = facts[done]
            if fact.incident is not None:
                self._process(fact, base + done, facts)
            done += 1
            if done == len(facts):  # nothing else follows: now those who have to know are told, each once
                for told in self._escalations.send(fact.at):
                    self._add(facts, told)
            if len(facts) > MOST_FACTS_A_STEP:
                raise ProcedureError(
                    _(
                        "The automatic steps of the playbook {playbook} never end: "
                        "{number} facts followed from one step. See {rule}."
                    ).format(playbook=self._book.playbook.id, number=len(facts), rule=getattr(facts[-1], "rule", None))
                )
        return facts

    def remind(self, items: Sequence[Item], now: int) -> list[Fact]:
        """Carry out what was planned about one thing for `now` (ms), and return all facts that come of it.

        `items` are about one incident, and about one duty of it or none. Where a rule's condition holds no longer, a
        fact says that its escalation is dropped. The rule of every item is named in one of the facts, so that whoever
        takes up the record knows it is dealt with.
        """
        incident, number = self._state.incidents[items[0].incident], items[0].number
        duty = self._state.open_duties.get(number)
        plans = self._state.planned(incident, number)
        dropped: list[Fact] = []
        for item in items:
            ready, because = self._book.rules[item.subject], plans[item.subject].because
            if ready.when is None or ready.when(incident, now, None):
                self._escalations.ask(ready.rule, incident, because if duty is None else duty.breach, number)
            else:
                dropped.append(
                    EscalationDropped(
                        at=now,
                        incident=incident.id,
                        duty=None if duty is None else duty.duty,
                        number=None if duty is None else duty.number,
                        rule=item.subject,
                        because=because,
                    )
                )
        return self.derive([*dropped, *self._escalations.send(now)])

    def _add(self, facts: list[Fact], fact: Fact) -> None:
        self._state.apply(fact)
        facts.append(fact)

    def _process(self, fact: Fact, sequence: int, facts: list[Fact]) -> None:
        woken, incident = self._book.triggered_by(fact), self._state.incidents[fact.incident or ""]
        self._process_anchors(woken, incident, fact, sequence, facts)
        self._process_duties(woken, incident, fact, sequence, facts)
        for step in woken.steps:
            if step.matches(fact):
                self._take(step.rule, incident, fact.at, sequence, facts)
        for rule in woken.escalations:
            if rule.matches(fact):
                self._request_escalation(rule.rule, incident, fact, sequence)
        for waiting in woken.steps_when:
            self._take(waiting, incident, fact.at, sequence, facts)
        for escalation in woken.escalations_when:
            for planned in self._escalations.once(escalation, incident, sequence, fact.at):
                self._add(facts, planned)
        if isinstance(fact, DutyBreached):
            self._escalate_late(self._state.open_duties[fact.number], incident, fact, sequence, facts)
        if isinstance(fact, LevelSet) and incident.duties:
            self._reschedule(incident, fact, sequence, facts)
            for late in list(incident.duties.values()):
                if late.breached:
                    self._escalate_late(late, incident, fact, sequence, facts)

    def _process_duties(
        self, woken: Woken, incident: IncidentState, fact: Fact, sequence: int, facts: list[Fact]
    ) -> None:
        for duty in woken.settles:
            if duty.rule.id in incident.duties and duty.matches(fact):
                self._close(incident.duties[duty.rule.id], fact, sequence, facts, settled=True)
        for duty in woken.drops:
            if duty.rule.id in incident.duties and duty.matches(fact):
                self._close(incident.duties[duty.rule.id], fact, sequence, facts, settled=False)
        for opening in woken.opens:
            if opening.matches(fact):
                self._open(opening.rule, incident, fact, sequence, facts)

    def _process_anchors(
        self, woken: Woken, incident: IncidentState, fact: Fact, sequence: int, facts: list[Fact]
    ) -> None:
        for anchor in woken.anchors:
            rule = anchor.rule
            if rule.id in incident.anchors or not anchor.matches(fact):
                continue
            reached = self._state.sequence
            anchored = AnchorReached(fact.at, incident.id, rule.id, rule.rule, rule.basis.clause, because=sequence)
            self._add(facts, anchored)
            for measure, value in rule.establishes.items():
                self._add(facts, MeasureTaken(fact.at, incident.id, measure, value, because=reached))

    def _close(self, duty: OpenDuty, fact: Fact, sequence: int, facts: list[Fact], *, settled: bool) -> None:
        at, incident = fact.at, duty.incident
        over = (
            DutySettled(at, incident, duty.duty, duty.number, late=duty.breached, because=sequence)
            if settled
            else DutyDropped(at, incident, duty.duty, duty.number, because=sequence)
        )
        self._add(facts, over)

    def _open(self, ready: ReadyDuty, incident: IncidentState, fact: Fact, sequence: int, facts: list[Fact]) -> None:
        duty = ready.duty
        if duty.id in incident.duties or (ready.when is not None and not ready.when(incident, fact.at, None)):
            return
        limit = duty.within.limit(incident.level)
        opened = DutyOpened(  # in the order of its fields: by keyword it would take a third longer
            fact.at,
            incident.id,
            duty.id,
            self._state.duties_opened + 1,
            duty.owed_by,
            None if limit is None else fact.at + limit,
            duty.rule,
            duty.basis.clause,
            sequence,
        )
        self._add(facts, opened)

    def _take(self, ready: ReadyStep, incident: IncidentState, now: int, sequence: int, facts: list[Fact]) -> None:
        step = ready.step
        state = incident.tracks[step.track]
        if state not in step.sources or not incident.raised:
            return
        if ready.when is not None and not ready.when(incident, now, None):
            return
        taken = StepTaken(  # the same
            now,
            incident.id,
            step.track,
            step.do,
            state,
            step.target or state,
            None,
            {},
            step.rule,
            step.basis.clause,
            sequence,
        )
        self._add(facts, taken)

    def _request_escalation(self, ready: ReadyEscalation, incident: IncidentState, fact: Fact, sequence: int) -> None:
        in_time = self._escalations.is_time(ready.rule, fact.at)
        if in_time and (ready.when is None or ready.when(incident, fact.at, None)):
            number = fact.number if isinstance(fact, DutyBreached) else 0
            self._escalations.ask(ready.rule, incident, sequence, number)

    def _escalate_late(
        self, duty: OpenDuty, incident: IncidentState, fact: Fact, sequence: int, facts: list[Fact]
    ) -> None:
        for planned in self._escalations.late(duty, incident, sequence, fact.at):
            self._add(facts, planned)

    def _reschedule(self, incident: IncidentState, fact: Fact, sequence: int, facts: list[Fact]) -> None:
        for open_duty in list(incident.duties.values()):
            if open_duty.breached:
                continue
            limit = self._book.duties[open_duty.duty].within.limit(incident.level)
            due = None if limit is None else open_duty.opened + limit
            if due != open_duty.due:
                self._add(facts, DutyRescheduled(fact.at, incident.id, open_duty.duty, open_duty.number, due, sequence))
