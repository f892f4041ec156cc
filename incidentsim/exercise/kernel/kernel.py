"""The kernel: actions and the passing of time in, facts out.

It asks the playbook's compiled and nothing else; it knows no company, no screen, no file and no clock. Every call
freezes time: all facts of one call bear the same time, and together they are one step, to be recorded as a whole
before anything is shown. A refusal is an answer like any other.
"""

from collections.abc import Iterable, Iterator, Mapping

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.facts import (
    DutyBreached,
    EndReason,
    ExerciseEnded,
    ExerciseStarted,
    Fact,
    LevelSet,
    MessageSent,
    Refused,
    RosterEntry,
    StepTaken,
    recordable_content,
)
from incidentsim.domain.interventions import End, Intervention
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.speech import Say
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.agenda import Item, Precedence
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.consequences import Consequences
from incidentsim.exercise.kernel.delivery import deliver
from incidentsim.exercise.kernel.escalation import Escalations
from incidentsim.exercise.kernel.field_values import TOLD_TO_CLOCKS, told_to_clocks
from incidentsim.exercise.kernel.interventions import answer_intervention
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.refusals import Allowed, Examiner, Refusal
from incidentsim.exercise.kernel.speaking import Messenger
from incidentsim.exercise.kernel.state import ExerciseState, IncidentState
from incidentsim.messages import gettext as _


class Exercise:
    """One exercise: a playbook, a scenario, and the state that its facts have led to."""

    def __init__(self, compiled: CompiledPlaybook, scenario: Scenario) -> None:
        self.compiled = compiled
        self.playbook: Playbook = compiled.playbook
        self.scenario = scenario
        self.state = ExerciseState(self.playbook, scenario)
        self.roster = Roster(self.playbook, scenario, self.state.holdings)
        self._messenger = Messenger(self.playbook, scenario, self.state, self.roster)
        self._examiner = Examiner(compiled, self.roster)
        self._consequences = Consequences(compiled, Escalations(compiled, self.roster, scenario), self.state)

    def begin(self) -> list[Fact]:
        """The fact that opens the exercise."""
        opening = ExerciseStarted(
            at=0,
            incident=None,
            scenario=self.scenario.id,
            playbook=self.playbook.id,
            version=self.playbook.version,
            seed=self.scenario.seed,
            starts=self.scenario.starts,
            people=tuple(RosterEntry(person.pseudonym, person.roles) for person in self.scenario.people.values()),
        )
        return self._consequences.derive([opening])

    def resume(self, facts: Iterable[Fact]) -> None:
        """Take up an exercise from the facts it had led to.

        Only on a fresh exercise; anything due that was already dealt with deals with itself (see `run_next_due`).
        """
        self.state.fold(facts)

    def next_due(self) -> Item | None:
        """Return the next item of the agenda, overdue or to come; `None` when nothing is waiting.

        It stays on the agenda. Items before it that no longer matter are taken off.
        """
        while (item := self.state.agenda.first()) is not None:
            if self._still_matters(item):
                return item
            self.state.agenda.take()
        return None

    def run_next_due(self) -> list[Fact]:
        """Move to the next item of the agenda and let it happen."""
        item = self.next_due()
        if item is None:
            return []
        self.state.agenda.take()
        now = max(item.due, self.state.now)
        if item.precedence is Precedence.DEADLINE:
            return self._consequences.derive([self._breach(item, now)])
        if item.precedence is Precedence.ESCALATION:
            return self._consequences.remind([item, *self._alike(item)], now)
        return self._consequences.derive(deliver(self.state.inject(item.subject), self.state, self.roster, now))

    def act(self, action: Action, at: int) -> list[Fact]:
        """Let somebody try something at `at` (ms, not before now); the first fact is the answer.

        Raises:
            UnknownNameError: the playbook or scenario has no such step, incident or person.
        """
        state = self.state
        now = max(at, state.now)
        incident = self._incident(action.incident)
        answer = self._examiner.examine(action, incident, now)
        if isinstance(answer, Refusal):
            return self._consequences.derive([_refused(action, answer, now)])
        taken = _taken(action, answer, incident, now)
        facts: list[Fact] = [taken]
        level = self._level_set(action, answer.ready.step, incident, now)
        if level is not None:
            facts.append(level)
        facts += self._for_clocks(action, answer.ready.step, incident, now)
        told = self._messenger.told(
            answer.ready.step, action, answer.capacity.actor(action.person), now, state.sequence
        )
        if told is not None:
            facts.append(told)
        return self._consequences.derive(facts)

    def say(self, message: Say, at: int) -> list[Fact]:
        """Let somebody send a message at `at` (ms, not before now); the first fact is the message.

        Raises:
            UnknownNameError: it names somebody or something that is not there.
            InputError: it is for nobody, says nothing, or quotes what has not reached the sender.
        """
        return self._consequences.derive([self.message(message, at)])

    def message(self, message: Say, at: int) -> MessageSent:
        """Return the fact that `message` would be at `at` (ms, not before now), without it being sent.

        Raises:
            UnknownNameError: it names somebody or something that is not there.
            InputError: it is for nobody, says nothing, or quotes what has not reached the sender.
        """
        return self._messenger.fact(message, max(at, self.state.now))

    def examine(self, action: Action, at: int, *, content: bool = True) -> Allowed | Refusal:
        """Return the answer that `action` would get at `at` (ms, not before now), without anything happening.

        Without `content`, what the action holds is not looked at: as if it held what it should.

        Raises:
            UnknownNameError: the playbook or scenario has no such step, role, incident or person.
        """
        incident = self._incident(action.incident)
        return self._examiner.examine(action, incident, max(at, self.state.now), content=content)

    def wrong_fields(self, step: Step, content: Mapping[str, Value]) -> tuple[str, ...]:
        """The fields of an action that its step would be refused for."""
        return self._examiner.wrong_fields(step, content)

    def intervene(self, intervention: Intervention, at: int) -> list[Fact]:
        """Let the facilitator change the course of the story at `at` (ms, not before now).

        Raises:
            InputError: there is no such inject, receiver, channel, incident or fact, the inject has come already, or
                there is nothing to undo.
        """
        now = max(at, self.state.now)
        if isinstance(intervention, End):
            return self.end(now, stopped=True)
        return self._consequences.derive(answer_intervention(intervention, self.playbook, self.state, self.roster, now))

    def end(self, at: int, *, stopped: bool = False) -> list[Fact]:
        """Close the exercise at `at` (ms): finished if every incident rests; else cut off, stalled, stopped by hand."""
        cut_off = at >= self.scenario.ends or self.next_due() is not None
        reason = (
            EndReason.FINISHED
            if self.at_rest()
            else EndReason.STOPPED
            if stopped
            else EndReason.TIME_LIMIT
            if cut_off
            else EndReason.STALLED
        )
        return self._consequences.derive([ExerciseEnded(max(at, self.state.now), None, reason)])

    def at_rest(self) -> bool:
        """Return whether every incident that was raised stands in a final state on every track."""
        return all(map(self._rests, self._raised()))

    def anything_at_rest(self) -> bool:
        """Return whether some incident was raised and stands in a final state on every track."""
        return any(map(self._rests, self._raised()))

    def _raised(self) -> Iterator[IncidentState]:
        return (incident for incident in self.state.incidents.values() if incident.raised)

    def _rests(self, incident: IncidentState) -> bool:
        tracks = self.playbook.tracks
        return all(tracks[track].states[state].final for track, state in incident.tracks.items())

    def _incident(self, name: str) -> IncidentState:
        incidents = self.state.incidents
        if name not in incidents:
            message = _("There is no incident {name} in this scenario; there are: {known}.")
            raise unknown_name(_("incident"), name, incidents, kind="incident", otherwise=message)
        return incidents[name]

    def _still_matters(self, item: Item) -> bool:
        if item.precedence is Precedence.INJECT:
            return self.state.is_planned(item.subject, item.order)
        if item.precedence is Precedence.ESCALATION:
            plan = self.state.planned(self.state.incidents[item.incident], item.number).get(item.subject)
            return plan is not None and plan.order == item.order
        duty = self.state.open_duties.get(item.number)
        return duty is not None and not duty.breached and duty.deadline == item.order

    def _alike(self, item: Item) -> list[Item]:
        """The escalations about the same thing that are due at the same moment, taken off the agenda."""
        found = []
        while (other := self.next_due()) is not None and _about(other) == _about(item):
            found.append(self.state.agenda.take())
        return found

    def _breach(self, item: Item, now: int) -> Fact:
        open_duty = self.state.open_duties[item.number]
        duty = self.compiled.duties[open_duty.duty]
        return DutyBreached(
            at=now,
            incident=open_duty.incident,
            duty=duty.id,
            number=open_duty.number,
            owed_by=duty.owed_by,
            rule=duty.rule,
            clause=duty.basis.clause,
        )

    def _level_set(self, action: Action, step: Step, incident: IncidentState, now: int) -> Fact | None:
        if step.sets_level is None:
            return None
        level = action.content.get(step.sets_level)
        if not isinstance(level, int) or level == incident.level:
            return None
        return LevelSet(now, incident.id, level=level, was=incident.level, because=self.state.sequence)

    def _for_clocks(self, action: Action, step: Step, incident: IncidentState, now: int) -> list[Fact]:
        """What the content of a step says to regulatory deadlines: values found, levels judged, filings made."""
        because = self.state.sequence
        return [
            fact
            for field in step.fields
            if field.kind in TOLD_TO_CLOCKS
            for fact in told_to_clocks(field, action.content.get(field.name), now, incident.id, because)
        ]


def _about(item: Item) -> tuple[int, Precedence, str, int]:
    return item.due, item.precedence, item.incident, item.number


def _taken(action: Action, allowed: Allowed, incident: IncidentState, now: int) -> StepTaken:
    step = allowed.ready.step
    state = incident.tracks[step.track]
    # In the order of its fields: by keyword it would take a third longer, and this is done for every step.
    return StepTaken(
        now,
        incident.id,
        step.track,
        step.do,
        state,
        step.target or state,
        allowed.capacity.actor(action.person),
        recordable_content(action.content),
        step.rule,
        step.basis.clause,
        action.because,
    )


def _refused(action: Action, refusal: Refusal, now: int) -> Refused:
    return Refused(
        at=now,
        incident=action.incident,
        do=action.do,
        by=refusal.capacity.actor(action.person),
        content=recordable_content(action.content),
        why=refusal.why,
        rule=refusal.rule,
        clause=refusal.clause,
        allowed=refusal.allowed,
        because=action.because,
    )
