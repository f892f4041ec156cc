"""Writing a message line by line: to whom, by which channel, what it quotes and says, then the word to send it."""

from typing import Final

from incidentsim.cli.dialogue.asking import Asking, LeftError, chosen, left, may_leave, unknown
from incidentsim.cli.dialogue.conversation import Conversation
from incidentsim.cli.dialogue.words import plain_words, whole_number
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView, Option, QuoteView
from incidentsim.session.writing.drafts import OTHERS_MESSAGE_DRAFT, Draft, message_draft
from incidentsim.session.writing.field_entries import Findings, findings, typed

ACTS: Final = {act.value: act for act in MessageAct}
"""The acts of messages, each by the word of plain mode that begins one."""


class Writing:
    """One message being written: each answer is kept at once, and gone on with where it was left."""

    def __init__(self, at: Conversation, act: MessageAct | None, *, for_others: bool = False) -> None:
        """Write to do `act`, which is asked for where it is `None`; `for_others`: as somebody whom nobody plays."""
        self._at = at
        self._talk = at.talk
        name = OTHERS_MESSAGE_DRAFT if for_others else message_draft(at.view.keyboard, "new")
        self._draft = Draft(at.seat.workspace, name)
        self._asking = Asking(at.talk, at.language, self._draft)
        self._act = act
        self._for_others = for_others

    def send(self, to: str) -> None:
        """Ask for everything that the message needs, send it, and tell what came of it.

        Args:
            to: receivers that were named already, with commas between them; empty where they are to be asked for.

        Raises:
            InputError: nobody is at the keyboard, or `to` names somebody who is not there.
            NoAnswerError: nobody answers any more; what was written is kept.
            SurroundingsError: it could not be put on record, or kept.
        """
        try:
            message = self._written(to)
        except LeftError:
            self._talk.say(left())
            return
        outcome = self._at.seat.say(message)
        self._draft.clear()
        self._at.tell_after(outcome)

    def _written(self, to: str) -> Say:
        view, seat = self._at.view, self._at.seat
        known = seat.speakers(self._at.language) if self._for_others else view.at_keyboard
        if not known:
            raise InputError(_("People play everybody.") if self._for_others else _("Bots play everybody."))
        people = [Option(person.pseudonym, person.name) for person in known]
        self._talk.say(may_leave(self._at.language))
        person = people[0].value if len(people) == 1 else self._asking.one(_("Who writes?"), people, "person")
        form = (seat.speaker_form if self._for_others else seat.message_form)(person, self._at.language)
        if self._act is None:
            self._act = MessageAct(self._asking.one(_("What kind of message?"), form.acts, "act"))
        act = self._act
        role = self._asking.one(_("In which role?"), form.roles, "role") if len(form.roles) > 1 else None
        receivers = self._receivers(form, to)
        answers = self._answered(form) if act is MessageAct.ANSWER else None
        do, due = self._order(form) if act is MessageAct.ORDER else (None, None)
        quotes = self._quotes(form)
        told = self._findings(form) if act is not MessageAct.ASK else Findings()
        channel = self._asking.one(_("By which channel?"), form.channels, "channel")
        says_something = bool(quotes or told.measures or told.flags or do or answers is not None)
        text = self._asking.text("text", needed=act is MessageAct.DECIDE or not says_something)
        self._asking.sent()
        return Say(
            person=person,
            act=act,
            to=receivers,
            channel=channel,
            incident=view.incident,
            answers=answers,
            injects=tuple(quote.inject for quote in quotes if quote.inject),
            messages=tuple(quote.message for quote in quotes if quote.message),
            measures=told.measures,
            flags=told.flags,
            text=typed(text) if text.strip() else None,
            do=do,
            due=due,
            role=role,
        )

    def _receivers(self, form: MessageFormView, to: str) -> tuple[str, ...]:
        """Whom the message is for; as few as possible are listed above each other, because many hold roles."""
        options = (*form.groups, *form.bodies_and_roles, *form.people)
        if to.strip():
            picked = chosen(to, options)
            if picked is None:
                raise InputError(unknown(to, options))
            return tuple(picked)
        return self._asking.several(_("To whom?"), options, "to", needed=True)

    def _answered(self, form: MessageFormView) -> int:
        """The message that is answered: one that waits for an answer, or else any that can be quoted."""
        waiting = {message.number for message in form.open}
        known = [quote for quote in form.quotes if quote.message]
        if not known:
            raise InputError(_("There is no message to answer yet."))
        known.sort(key=lambda quote: (quote.message not in waiting, quote.message))
        options = [Option(str(quote.message), _quote_words(quote)) for quote in known]
        return int(self._asking.one(_("Which message do you answer?"), options, "answers"))

    def _order(self, form: MessageFormView) -> tuple[str | None, int | None]:
        nothing = Option("", _("no step in particular"))
        do = self._asking.one(_("Which step do you order?"), (nothing, *form.steps), "do") or None
        while True:
            answer = plain_words(
                self._asking.line(_("In how many minutes at the latest? Enter leaves it open."), "due")
            )
            minutes = whole_number(answer)
            if not answer:
                return do, None
            if minutes is not None:
                return do, self._at.view.time.now + minutes * MINUTE
            self._draft.put("due", "")
            self._talk.say(_("Say a whole number of minutes."))

    def _quotes(self, form: MessageFormView) -> list[QuoteView]:
        needed = self._act is MessageAct.FORWARD
        if not form.quotes:
            if needed:
                raise InputError(_("Nothing has reached you yet that could be forwarded."))
            return []
        title = _("What do you forward?") if needed else _("What do you quote?")
        options = [Option(quote.name, _quote_words(quote)) for quote in form.quotes]
        chosen = self._asking.several(title, options, "quotes", needed=needed)
        return [quote for quote in form.quotes if quote.name in chosen]

    def _findings(self, form: MessageFormView) -> Findings:
        names = _(", ").join(option.value for option in (*form.measures, *form.flags))
        self._talk.say(_("There are: {names}.").format(names=names))
        while True:
            title = _("Figures and findings: NAME=VALUE, with commas. Enter leaves it empty.")
            answer = self._asking.line(title, "findings")
            try:
                return findings(answer, form)
            except InputError as error:
                self._draft.put("findings", "")
                self._talk.say(str(error))


def _quote_words(quote: QuoteView) -> str:
    named = f"M{quote.message}" if quote.message else ""
    words = _("{time} {sender}: {subject}") if quote.sender else _("{time}: {subject}")
    said = words.format(time=quote.time, sender=quote.sender, subject=quote.subject)
    return f"{named} {said}".strip()
