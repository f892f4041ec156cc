"""A seat at an exercise in this very process."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from incidentsim import messages
from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Refused
from incidentsim.domain.interventions import Coach, Intervention
from incidentsim.domain.playbook import Step
from incidentsim.domain.speech import Say
from incidentsim.domain.text import Language
from incidentsim.exercise.kernel.refusals import Refusal
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey, FormCheck, FormView, MessageFormView, Written
from incidentsim.session.forms import content, draft, keep_draft, problems
from incidentsim.session.pacing import Pacing
from incidentsim.session.procedure.coach_view import CoachView
from incidentsim.session.reading.details import duty_detail, fact_detail, reasons
from incidentsim.session.reading.reader import Reader, step_of
from incidentsim.session.reading.readers import Readers
from incidentsim.session.reading.regulatory import Clocks, clock_detail
from incidentsim.session.reading.speakers import speaker_form, speakers
from incidentsim.session.reading.whole_view import WholeView
from incidentsim.session.seat_view import Detail, InboxMessage, Outcome, PersonView, ReasonsView, SeatView, TimeView
from incidentsim.session.session import USUAL, Acted, Passed, Session
from incidentsim.session.views import SEAT, at_keyboard, mark_read
from incidentsim.session.workspace import Workspace
from incidentsim.session.writing.field_entries import typed

if TYPE_CHECKING:  # what a table does not show at first is loaded when it is asked for
    from incidentsim.session.attached_view import AttachedContent
    from incidentsim.session.coaching.reading import CoachReading
    from incidentsim.session.console_view import ConsoleView, InjectFormView
    from incidentsim.session.procedure.view import ProcedureView

INCIDENT: Final = "incident"
"""Under which name it is kept which incident actions are about."""


class LocalSeat:
    """A `Seat` at a session of this process. Not for several threads at once."""

    def __init__(
        self,
        session: Session,
        take_up: Callable[[str], Session] | None = None,
        *,
        stepped: bool = False,
    ) -> None:
        """Sit down at a session.

        Args:
            session: the exercise under way.
            take_up: takes up a run anew from its record, should it fail to be kept.
            stepped: let time pass step by step whatever was chosen before.
        """
        self.session = session
        self._take_up = take_up
        self._pacing = Pacing() if stepped else Pacing.of(session.workspace)
        self._incident = session.workspace.get(INCIDENT)
        self._listeners: list[Callable[[Outcome], None]] = []
        self._whole = WholeView()
        self._readers = Readers(session)

    @property
    def workspace(self) -> Workspace:
        """The read marks, drafts and settings of the run, kept for when it is taken up."""
        return self.session.workspace

    def view(self, language: Language) -> SeatView:
        """Return the view from this seat as it is now."""
        with messages.spoken(language):
            return self._view(self._reader(language))

    def _view(self, reader: Reader) -> SeatView:
        return self._whole.view(reader, self._chosen_incident(reader), self._pacing, self._advice)

    @cached_property
    def _coach(self) -> "CoachReading":
        from incidentsim.session.coaching.reading import CoachReading

        return CoachReading()

    def _advice(self, reader: Reader, inbox: Callable[[], Sequence[InboxMessage]], clocks: Clocks) -> CoachView | None:
        return self._coach.view(reader, inbox, clocks) if reader.coached else None

    def _clocks(self, reader: Reader) -> Clocks:
        return self._whole.clocks(reader)

    def time(self, language: Language) -> TimeView:
        """Return the time of the exercise, without making the rest of the view."""
        with messages.spoken(language):
            return self._reader(language).time(live=self._pacing.live)

    def story(self, language: Language) -> tuple[str, ...]:
        """Return the story as it is told before the exercise begins, line by line."""
        from incidentsim.exports.text.narrative import story

        with messages.spoken(language):
            return tuple(story(self._reader(language).narrator.sight.scenario, language))

    def procedure(self, language: Language) -> "ProcedureView":
        """Return the procedure to be read, beside what reached this seat."""
        from incidentsim.session.reading.procedure import procedure_view

        with messages.spoken(language):
            reader = self._reader(language)
            return procedure_view(reader, self._whole.messages(reader), self._clocks(reader))

    def fact(self, number: int, language: Language) -> Detail:
        """Return the sentence, details, basis and cause of a fact, as far as this seat may know them.

        Raises:
            InputError: there is no such fact, or this seat is not told of it.
        """
        with messages.spoken(language):
            return fact_detail(self._reader(language), number)

    def attachment(self, number: int, place: int, language: Language) -> "AttachedContent":
        """Return a file that came with a message of the inbox."""
        from incidentsim.session.reading.attached_files import attached_content

        with messages.spoken(language):
            reader = self._reader(language)
            return attached_content(reader, self._whole.messages(reader), number, place)

    def refusal(self, number: int, language: Language) -> str:
        """Return the words for the refusal that stands in this fact; empty where the fact is no refusal."""
        with messages.spoken(language):
            reader = self._reader(language)
            fact = reader.facts[number]
            return refusal_words(fact, reader.names) if isinstance(fact, Refused) else ""

    def reasons(self, key: ActionKey, language: Language) -> ReasonsView:
        """Return the refusal of an action or a forbidden act, and its basis.

        Raises:
            InputError: there is no such step.
        """
        with messages.spoken(language):
            return reasons(self._reader(language), key, self._step(key))

    def duty(self, number: int, language: Language) -> Detail:
        """Everything about an open duty."""
        with messages.spoken(language):
            return duty_detail(self._reader(language), number)

    def clock(self, incident: str, clock: str, language: Language) -> Detail:
        """Everything about a regulatory deadline of an incident."""
        with messages.spoken(language):
            reader = self._reader(language)
            views = self._clocks(reader).get(incident, ())
            view = next((view for view in views if view.clock.id == clock), None)
            if view is None:
                raise InputError(_("Nothing of this kind is on record."))
            return clock_detail(reader, view)

    def form(self, key: ActionKey, language: Language) -> FormView:
        """Return the form of a step.

        Raises:
            InputError: there is no such step.
        """
        from incidentsim.session.reading.form import form_view

        with messages.spoken(language):
            reader = self._reader(language)
            return form_view(reader, key, self._known_step(key), self._clocks(reader))

    def check_form(self, key: ActionKey, written: Mapping[str, str | list[str]], language: Language) -> FormCheck:
        """Return what is wrong with a form, field by field, and whether it could be sent at all.

        Raises:
            InputError: there is no such step.
        """
        exercise, now = self.session.exercise, self.session.now
        with messages.spoken(language):
            wrong = problems(exercise, self._known_step(key), written)
        answer = exercise.examine(Action(key.person, key.do, key.incident, key.role), now, content=False)
        return FormCheck(tuple(wrong.items()), isinstance(answer, Refusal), self.session.ended)

    def message_form(self, person: str, language: Language) -> MessageFormView:
        """Return what somebody (a pseudonym) can say now, to whom, and what they can quote."""
        from incidentsim.session.reading.message_form import message_form

        with messages.spoken(language):
            return message_form(self._reader(language), person)

    def speakers(self, language: Language) -> tuple[PersonView, ...]:
        """Return those whom nobody plays, for the facilitator to write as."""
        with messages.spoken(language):
            return speakers(self._readers.facilitator(language))

    def speaker_form(self, person: str, language: Language) -> MessageFormView:
        """Return what somebody whom nobody plays can say now."""
        with messages.spoken(language):
            return speaker_form(self._readers.facilitator(language), person)

    def say(self, message: Say) -> Outcome:
        """Send a message; live, it costs no more time than it took."""
        return self._came_of(self.session.say(message, takes=0 if self._pacing.live else USUAL))

    def act(self, key: ActionKey, written: Mapping[str, str | list[str]] | None = None) -> Outcome:
        """Let somebody try something; live, it costs no more time than it took."""
        step = self._step(key)
        made = content(step, written) if step is not None and written else {}
        action = Action(key.person, key.do, key.incident, key.role, made)
        return self._came_of(self.session.act(action, takes=0 if self._pacing.live else None))

    def go_on(self, let_pass: Collection[int] = ()) -> Outcome:
        """Let time jump to the next thing that matters to people at the table, or stop before a deadline of theirs."""
        since = len(self.session.facts)
        passed = self.session.go_on(let_pass)
        while self._readers.see_nothing_of(passed):
            passed = self.session.go_on(let_pass)
        return self._came_of(replace(passed, since=since))

    def wait(self, length: int) -> Outcome:
        """Let so much time pass (ms)."""
        return self._came_of(self.session.live_to(self.session.now + length))

    def live(self, elapsed: int) -> Outcome | None:
        """So much time has passed by the clock on the wall (ms)."""
        if not self._pacing.runs() or self.session.ended:
            return None
        return self.wait(elapsed * self._pacing.speed)

    def set_pacing(self, pacing: Pacing) -> None:
        """Let time pass otherwise from now on."""
        before, self._pacing = self._pacing, pacing
        if (before.live, before.speed) != (pacing.live, pacing.speed):
            pacing.keep(self.session.workspace)

    def close(self) -> None:
        """Let go of the run."""
        self.session.close()

    def take_up_anew(self) -> bool:
        """Go on from the record, paused."""
        run = self.session.run
        self._pacing = replace(self._pacing, paused=True)
        self.session.close()
        if run is None or self._take_up is None:
            return False
        self.session = self._take_up(run)
        self._readers = Readers(self.session)
        return True

    def subscribe(self, listener: Callable[[Outcome], None]) -> Callable[[], None]:
        """Have `listener` told whatever comes of what is done here."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def turn_to(self, incident: str) -> None:
        """Let actions be about another incident."""
        if incident in self._readers.incidents():
            self._incident = incident
            self.session.workspace.put(INCIDENT, incident)

    def sit_down(self, person: str) -> None:
        """Let somebody else take the keyboard."""
        self.session.workspace.put(SEAT, person)

    def seat_player(self, player: int, name: str) -> None:
        """Let somebody take the seat of a player, or leave it."""
        self.session.seat_player(player, typed(name).say("en"))

    def mark_read(self, numbers: Iterable[int]) -> None:
        """Note that these messages were read."""
        mark_read(self.session, numbers)

    def draft(self, key: ActionKey) -> Written:
        """Return what was written into a form and not sent yet; empty where nothing was."""
        return draft(self.session.workspace, key)

    def keep_draft(self, key: ActionKey, written: Mapping[str, str | list[str]]) -> None:
        """Keep what stands in a form."""
        keep_draft(self.session.workspace, key, written)

    def console(self, language: Language) -> "ConsoleView":
        """The story as planned and as it came, and everything that happened."""
        from incidentsim.session.console_view import ConsoleView
        from incidentsim.session.reading.console import planned_injects, undoable

        with messages.spoken(language):
            reader, session = self._readers.facilitator(language), self.session
            happened = (*reader.told_to, len(session.facts))
            return ConsoleView(
                language=language,
                title=reader.names.say(session.exercise.scenario.title),
                ended=session.ended,
                time=reader.time(live=self._pacing.live),
                pacing=self._pacing,
                plan=self._whole.parts.get("plan", (*happened, session.now), lambda: planned_injects(reader)),
                undoable=self._whole.parts.get("undoable", happened, lambda: undoable(reader)),
                several=len(session.exercise.scenario.incidents) > 1,
                log=self._whole.console_log.view(reader),
            )

    def console_fact(self, number: int, language: Language) -> Detail:
        """Everything about a fact."""
        with messages.spoken(language):
            return fact_detail(self._readers.facilitator(language), number)

    def spoilers(self, inject: str, language: Language) -> Detail:
        """An inject in full, and what really happened."""
        from incidentsim.session.reading.console import spoilers

        with messages.spoken(language):
            return spoilers(self._readers.facilitator(language), inject)

    def inject_form(self, language: Language) -> "InjectFormView":
        """Return the receivers, channels and incidents that an inject which was not planned can have."""
        from incidentsim.session.reading.console import inject_form

        with messages.spoken(language):
            return inject_form(self._readers.facilitator(language))

    def intervene(self, intervention: Intervention) -> Outcome:
        """Step in, now."""
        return self._came_of(self.session.intervene(intervention))

    def set_coaching(self, *, on: bool) -> Outcome:
        """Let the coach help whoever sits at the keyboard, or not any more; where nobody is played, everybody."""
        session = self.session
        here = [person.pseudonym for person in at_keyboard(session)] or list(session.course.played)
        people = session.exercise.state.coached | set(here) if on else session.exercise.state.coached - set(here)
        return self.intervene(Coach(tuple(sorted(people))))

    def hint(self, *, unasked: bool = False) -> Outcome:
        """Have the coach give the next hint about what is owed first; it goes on record."""
        reader = self._reader("en")
        if not reader.coached:
            raise InputError(_("No coach helps here."))
        return self.intervene(self._coach.next_hint(reader, self._clocks(reader), unasked=unasked))

    def step(self) -> Outcome:
        """Let the very next thing happen."""
        return self._came_of(self.session.step())

    def release(self) -> Outcome:
        """Let everything happen that is due by now."""
        return self.wait(0)

    def _reader(self, language: Language) -> Reader:
        return self._readers.at_table(language)

    def _chosen_incident(self, reader: Reader) -> str | None:
        noticed = reader.incidents
        if self._incident not in noticed:
            self._incident = noticed[0] if noticed else None
        return self._incident

    def _step(self, key: ActionKey) -> Step | None:
        return step_of(self.session.exercise.playbook, key.step, key.do)

    def _known_step(self, key: ActionKey) -> Step:
        step = self._step(key)
        if step is None or key.incident not in self._readers.incidents():
            raise InputError(_("There is no such incident to act on."))
        return step

    def _came_of(self, passed: Passed | Acted) -> Outcome:
        outcome = Outcome(passed.since, len(self.session.facts), passed.halt)
        if isinstance(passed, Passed):
            known = self._readers.incidents()
            opened = tuple(opening for opening in passed.opened if opening[0] in known)
            outcome = replace(outcome, due=passed.due, opened=opened)
        elif passed.answer is not None:
            outcome = replace(outcome, answer=passed.answer.number, taken=passed.answer.taken)
        for listener in tuple(self._listeners):
            listener(outcome)
        return outcome
