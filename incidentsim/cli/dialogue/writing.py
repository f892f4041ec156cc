"""Writing a message line by line: to whom, by which channel, what it quotes and says, then the word to send it."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from incidentsim.cli.dialogue.conversation import Conversation
from incidentsim.cli.dialogue.words import BACK, SEND, ends_text, is_back, is_send, named, plain_words, whole_number
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.field_entries import Findings, findings, typed
from incidentsim.session.form_view import MessageFormView, Option, QuoteView

ACTS: Final = {act.value: act for act in MessageAct}
"""The acts of messages, each by the word of plain mode that begins one."""


_MANY: Final = 12
"""More options than this are told in one paragraph."""


class _LeftError(Exception):
    """A person who writes a message has left it."""


class Writing:
    """One message being written; nothing of it is kept where it is left."""

    def __init__(self, at: Conversation, act: MessageAct) -> None:
        self._at = at
        self._talk = at.talk
        self._act = act

    def write(self, to: str) -> Say | None:
        """Ask for everything that the message needs; `None` where it is left.

        Args:
            to: receivers that were named already, with commas between them; empty where they are to be asked for.

        Raises:
            InputError: nobody is at the keyboard, or `to` names somebody who is not there.
            NoAnswerError: nobody answers any more.
        """
        try:
            return self._written(to)
        except _LeftError:
            return None

    def _written(self, to: str) -> Say:
        view, act = self._at.view, self._act
        if not view.at_keyboard:
            raise InputError(_("Bots play everybody."))
        people = [Option(person.pseudonym, person.name) for person in view.at_keyboard]
        self._talk.say(_("“{back}” leaves the message.").format(back=BACK.say(self._at.language)))
        person = people[0].value if len(people) == 1 else self._one(_("Who writes?"), people)
        form = self._at.seat.message_form(person, self._at.language)
        role = self._one(_("In which role?"), form.roles) if len(form.roles) > 1 else None
        receivers = self._receivers(form, to)
        answers = self._answered(form) if act is MessageAct.ANSWER else None
        do, due = self._order(form) if act is MessageAct.ORDER else (None, None)
        quotes = self._quotes(form)
        told = self._findings(form) if act is not MessageAct.ASK else Findings()
        channel = self._one(_("By which channel?"), form.channels)
        says_something = bool(quotes or told.measures or told.flags or do or answers is not None)
        text = self._text(needed=act is MessageAct.DECIDE or not says_something)
        self._sent()
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

    def _ask(self) -> str:
        """The next answer.

        Raises:
            _LeftError: it leaves the message.
        """
        answer = self._talk.ask()
        if is_back(answer):
            raise _LeftError
        return answer

    def _one(self, title: str, options: Sequence[Option]) -> str:
        """One of these; an empty answer means the first."""
        self._talk.say(title, *_numbered(options))
        while True:
            answer = self._ask()
            chosen = _chosen(answer, options) if answer.strip() else [options[0].value]
            if chosen is not None and len(chosen) == 1:
                return chosen[0]
            self._talk.say(_unknown(answer, options))

    def _several(self, title: str, options: Sequence[Option], *, needed: bool) -> tuple[str, ...]:
        self._talk.say(_("{title} – one or several, with commas").format(title=title), *_numbered(options))
        if not needed:
            self._talk.say(_("Enter leaves it empty."))
        while True:
            answer = self._ask()
            if not answer.strip() and not needed:
                return ()
            chosen = _chosen(answer, options)
            if chosen:
                return tuple(chosen)
            self._talk.say(_unknown(answer, options))

    def _receivers(self, form: MessageFormView, to: str) -> tuple[str, ...]:
        """Whom the message is for; as few as possible are listed above each other, because many hold roles."""
        options = (*form.groups, *form.bodies_and_roles, *form.people)
        if to.strip():
            chosen = _chosen(to, options)
            if chosen is None:
                raise InputError(_unknown(to, options))
            return tuple(chosen)
        return self._several(_("To whom?"), options, needed=True)

    def _answered(self, form: MessageFormView) -> int:
        """The message that is answered: one that waits for an answer, or else any that can be quoted."""
        waiting = {message.number for message in form.open}
        known = [quote for quote in form.quotes if quote.message]
        if not known:
            raise InputError(_("There is no message to answer yet."))
        known.sort(key=lambda quote: (quote.message not in waiting, quote.message))
        return int(self._one(_("Which message do you answer?"), [_quote_option(quote) for quote in known]))

    def _order(self, form: MessageFormView) -> tuple[str | None, int | None]:
        nothing = Option("", _("no step in particular"))
        do = self._one(_("Which step do you order?"), (nothing, *form.steps)) or None
        self._talk.say(_("In how many minutes at the latest? Enter leaves it open."))
        while True:
            answer = plain_words(self._ask())
            minutes = whole_number(answer)
            if not answer:
                return do, None
            if minutes is not None:
                return do, self._at.view.time.now + minutes * MINUTE
            self._talk.say(_("Say a whole number of minutes."))

    def _quotes(self, form: MessageFormView) -> list[QuoteView]:
        needed = self._act is MessageAct.FORWARD
        if not form.quotes:
            if needed:
                raise InputError(_("Nothing has reached you yet that could be forwarded."))
            return []
        title = _("What do you forward?") if needed else _("What do you quote?")
        chosen = self._several(title, [_quote_option(quote) for quote in form.quotes], needed=needed)
        return [quote for quote in form.quotes if _quote_option(quote).value in chosen]

    def _findings(self, form: MessageFormView) -> Findings:
        names = _(", ").join(option.value for option in (*form.measures, *form.flags))
        self._talk.say(
            _("Figures and findings: NAME=VALUE, with commas. Enter leaves it empty."),
            _("There are: {names}.").format(names=names),
        )
        while True:
            try:
                return findings(self._ask(), form)
            except InputError as error:
                self._talk.say(str(error))

    def _text(self, *, needed: bool) -> str:
        message = _("Your words. They may have several lines; a line with only a full stop ends them.")
        self._talk.say(message)
        if not needed:
            self._talk.say(_("Enter leaves it empty."))
        lines: list[str] = []
        while True:
            line = self._ask() if not lines else self._talk.ask()
            if not lines and not line.strip():
                if not needed:
                    return ""
                self._talk.say(_("Say something: the message is empty."))
                continue
            if lines and (ends_text(line) or (not line.strip() and self._talk.is_typed())):
                return "\n".join(lines).rstrip()
            lines.append(line)

    def _sent(self) -> None:
        """Wait for the word to send it: Enter alone does not, because a pasted text may have empty lines."""
        send, back = SEND.say(self._at.language), BACK.say(self._at.language)
        while True:
            self._talk.say(_("“{send}” sends the message, “{back}” leaves it.").format(send=send, back=back))
            if is_send(self._ask()):
                return


def _numbered(options: Sequence[Option]) -> list[str]:
    """The options with their numbers: a line each, or where they are many, one after the other."""
    if len(options) <= _MANY:
        return [f"{number}. {option.words}" for number, option in enumerate(options, 1)]
    return [_(", ").join(f"{number} {option.words}" for number, option in enumerate(options, 1))]


def _quote_option(quote: QuoteView) -> Option:
    named = f"M{quote.message}" if quote.message else ""
    words = _("{time} {sender}: {subject}") if quote.sender else _("{time}: {subject}")
    said = words.format(time=quote.time, sender=quote.sender, subject=quote.subject)
    return Option(str(quote.message) if quote.message else quote.inject, f"{named} {said}".strip())


def _chosen(answer: str, options: Sequence[Option]) -> list[str] | None:
    """What an answer chooses, each once; `None` where a part of it is none of the options."""
    parts = unicodedata.normalize("NFKC", answer).replace("、", ",").split(",")
    places = [named(part, [(option.value, option.words) for option in options]) for part in parts if part.strip()]
    if not places or None in places:
        return None
    return list(dict.fromkeys(options[place].value for place in places if place is not None))


def _unknown(answer: str, options: Sequence[Option]) -> str:
    message = _("“{words}” is none of those offered; say a number from {first} to {last}, or a name.")
    return message.format(words=answer.strip(), first=1, last=len(options))
