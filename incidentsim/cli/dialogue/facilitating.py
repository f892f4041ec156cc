"""What whoever facilitates an exercise does in plain mode: all that the console does on screens, a method a word."""

from incidentsim.cli.dialogue.asking import Asking, LeftError, left, may_leave
from incidentsim.cli.dialogue.conversation import Conversation
from incidentsim.cli.dialogue.telling import LAST, detail_told
from incidentsim.cli.dialogue.words import named, whole_number, word
from incidentsim.cli.dialogue.writing import Writing
from incidentsim.domain.errors import InputError
from incidentsim.domain.interventions import Add, End, Intervention, Move, Note, Skip, Undo
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.appraising import appraised, asking
from incidentsim.session.console_view import ConsoleView, PlannedInjectView
from incidentsim.session.form_view import Option
from incidentsim.session.seat_view import LogEntry
from incidentsim.session.writing.drafts import INJECT_DRAFT, NOTE_DRAFT, WORDS, Draft
from incidentsim.session.writing.field_entries import typed


class Facilitating:
    """Carries out what a facilitator asks for; whatever they do goes on record, and nothing is deleted."""

    def __init__(self, conversation: Conversation) -> None:
        self._at = conversation

    @property
    def _view(self) -> ConsoleView:
        return self._at.seat.console(self._at.language)

    @property
    def _asking(self) -> Asking:
        return Asking(self._at.talk, self._at.language)

    def tell(self) -> None:
        """Tell the injects, planned against actual, and the last of the whole log."""
        view, talk = self._view, self._at.talk
        talk.say(view.time.words, _("Injects: planned and actual"))
        talk.say(*(_planned(number, planned) for number, planned in enumerate(view.plan, 1)))
        talk.say(_("Log"))
        talk.say(*map(_line, view.log.entries[-LAST:]))

    def truth(self, rest: str) -> None:
        """Tell an inject in full, and what really happened."""
        self._at.talk.say(*detail_told(self._at.seat.spoilers(self._inject(rest, "truth").id, self._at.language)))

    def step(self) -> None:
        """Let the very next thing happen."""
        self._at.tell_after(self._at.seat.step())

    def release(self, rest: str) -> None:
        """Let an inject come now."""
        inject = self._inject(rest, "release")
        if self._asking.agreed(_("Let this inject come now? {subject}").format(subject=inject.subject)):
            self._do(Move(inject.id, self._view.time.now), at_once=True)

    def skip(self, rest: str) -> None:
        """Leave an inject out."""
        inject = self._inject(rest, "skip")
        if self._asking.agreed(_("Leave this inject out? {subject}").format(subject=inject.subject)):
            self._do(Skip(inject.id))

    def delay(self, rest: str) -> None:
        """Let an inject come so many minutes later.

        Raises:
            InputError: it is not said by how many.
        """
        name, _space, length = rest.rpartition(" ")
        minutes = whole_number(length)
        if minutes is None or not name:
            message = _("Say an inject and a whole number of minutes, such as “{word} 3 10”.")
            raise InputError(message.format(word=word("delay", self._at.language)))
        inject, now = self._inject(name, "delay"), self._view.time.now
        self._do(Move(inject.id, max(inject.due if inject.due is not None else now, now) + minutes * MINUTE))

    def add(self) -> None:
        """Tell people something that was not planned; what is left is kept, and gone on with the next time."""
        draft = Draft(self._at.seat.workspace, INJECT_DRAFT)
        ask, form = self._with(draft), self._at.seat.inject_form(self._at.language)
        self._at.talk.say(may_leave(self._at.language))
        try:
            to = ask.several(_("To whom?"), (*form.bodies_and_roles, *form.people), "to", needed=True)
            channel = ask.one(_("By which channel?"), form.channels, "channel")
            nothing = Option("", _("nothing in particular"))
            incident = ask.one(_("About what?"), (nothing, *form.incidents), "incident") if form.incidents else ""
            subject = ask.line(_("Subject"), "subject")
            body = ask.text("body", needed=True)
            ask.sent()
        except LeftError:
            self._at.talk.say(left())
            return
        self._do(Add(to, channel, typed(subject), typed(body), incident or None))
        draft.clear()

    def write(self) -> None:
        """Write as somebody whom nobody plays: the customer, the press, an authority, or whoever else."""
        Writing(self._at, None, for_others=True).send("")

    def note(self, rest: str) -> None:
        """Put an observation on record, about a fact or about none.

        Raises:
            InputError: there is no such fact.
        """
        entries = self._view.log.entries
        about = whole_number(rest.removeprefix("#")) if rest else None
        if rest and (about is None or about >= len(entries)):
            message = _("There is no fact {words}; they go from 0 to {last}.")
            raise InputError(message.format(words=rest, last=len(entries) - 1))
        question = _("What did you observe?")
        if about is not None:
            fact = f"#{about} {entries[about].sentence}"
            question = _("What did you observe? It will be tied to: {fact}").format(fact=fact)
        draft = Draft(self._at.seat.workspace, NOTE_DRAFT)
        words = self._words(asking(question), draft)
        if words is not None:
            said, appraisal = appraised(words)
            self._do(Note(typed(said), about, appraisal))
            draft.clear()

    def undo(self) -> None:
        """Let the last thing that happened count no more; it needs a reason.

        Raises:
            InputError: nothing has happened yet.
        """
        what = self._view.undoable
        if what is None:
            raise InputError(_("Nothing has happened yet that could be undone."))
        reason = self._words(_("Why is this undone? {what}").format(what=what), None)
        if reason is not None:
            self._do(Undo(typed(reason)))

    def end(self) -> None:
        """Close the exercise."""
        if self._asking.agreed(_("Close the exercise now?")):
            self._do(End())

    def _with(self, draft: Draft | None) -> Asking:
        return Asking(self._at.talk, self._at.language, draft)

    def _words(self, question: str, draft: Draft | None) -> str | None:
        """The words that answer a question; `None` where it is left, and what stands in the draft is kept."""
        self._at.talk.say(question)
        try:
            return self._with(draft).text(WORDS, needed=True)
        except LeftError:
            self._at.talk.say(_("Left; nothing was sent.") if draft is None else left())
            return None

    def _do(self, intervention: Intervention, *, at_once: bool = False) -> None:
        """Step in, and tell what came of it; `at_once`: with what is due by then."""
        seat = self._at.seat
        outcome = seat.intervene(intervention)
        if isinstance(intervention, Move | Skip | Note):  # the table is told nothing of these
            self._at.talk.say(_line(self._view.log.entries[outcome.since]))
        self._at.tell_after(outcome)
        if at_once and not self._at.view.ended:
            self._at.tell_after(seat.release())

    def _inject(self, rest: str, asked: str) -> PlannedInjectView:
        """The inject that is meant, by its number in the plan, its id or its subject."""
        plan = self._view.plan
        place = named(rest, [(planned.id, planned.subject) for planned in plan]) if rest else None
        if place is None:
            message = _("Say which inject is meant, by its number in the plan: “{word} 1” to “{word} {last}”.")
            raise InputError(message.format(word=word(asked, self._at.language), last=len(plan)))
        return plan[place]


def _line(entry: LogEntry) -> str:
    return _("#{number}, {time}: {sentence}").format(number=entry.number, time=entry.time, sentence=entry.sentence)


def _planned(number: int, planned: PlannedInjectView) -> str:
    told = _("{n}. {subject} → {to}: planned {planned}, actual {actual} ({became})")
    if planned.standing == "planned":
        told = _("{n}. {subject} → {to}: planned {planned}, expected {actual} ({became})")
    return told.format(
        n=number,
        subject=planned.subject,
        to=planned.to,
        planned=planned.planned_elapsed or _("on a fact"),
        actual=planned.comes_elapsed or "–",
        became=planned.standing_words,
    )
