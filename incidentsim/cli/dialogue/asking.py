"""Asking for one thing after the other in plain mode: one of several, several, words, and the word that sends."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.words import BACK, SEND, YES, ends_text, is_back, is_send, is_yes, named
from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import Option
from incidentsim.session.writing.drafts import Draft

_EMPTY: Final = "-"
"""The answer that empties what stands in a draft and may be empty."""
_MANY: Final = 12
"""More options than this are told in one paragraph."""


class LeftError(Exception):
    """A person who was asked has left it."""


class Asking:
    """Asks in a language; whoever is asked can leave at any time, and then a `LeftError` is raised.

    With a draft, each answer is kept in it as soon as it is given, and Enter keeps what stands there already.
    """

    def __init__(self, talk: Talk, language: Language, draft: Draft | None = None) -> None:
        self._talk = talk
        self._language = language
        self._draft = draft

    def ask(self) -> str:
        """The next answer.

        Raises:
            LeftError: it leaves what was asked.
        """
        answer = self._talk.ask()
        if is_back(answer):
            raise LeftError
        return answer

    def one(self, title: str, options: Sequence[Option], field: str = "") -> str:
        """One of these; an empty answer means what stands in this field of the draft, or else the first."""
        self._talk.say(title, *_numbered(options))
        there = self._standing(field, options)
        while True:
            answer = self.ask()
            picked = chosen(answer, options) if answer.strip() else [*there, options[0].value][:1]
            if picked is not None and len(picked) == 1:
                self._keep(field, picked[0])
                return picked[0]
            self._talk.say(unknown(answer, options))

    def several(self, title: str, options: Sequence[Option], field: str = "", *, needed: bool) -> tuple[str, ...]:
        """Several of these; none only where none is `needed`. An empty answer means what stands in this field."""
        self._talk.say(_("{title} – one or several, with commas").format(title=title), *_numbered(options))
        there = self._standing(field, options, may_be_empty=not needed)
        if not needed and not there:
            self._talk.say(_("Enter leaves it empty."))
        while True:
            answer = self.ask()
            if not answer.strip() and (there or not needed):
                return there
            if there and not needed and answer.strip() == _EMPTY:
                self._keep(field, ())
                return ()
            picked = chosen(answer, options)
            if picked:
                self._keep(field, picked)
                return tuple(picked)
            self._talk.say(unknown(answer, options))

    def line(self, title: str, field: str = "") -> str:
        """A line of words, which may be empty. An empty answer means what stands in this field of the draft."""
        self._talk.say(title)
        there = self._draft.words(field) if self._draft is not None else ""
        if there:
            self._say_there(there, may_be_empty=True)
        answer = self.ask()
        if not answer.strip():
            return there
        if there and answer.strip() == _EMPTY:
            answer = ""
        self._keep(field, answer)
        return answer

    def text(self, field: str = "", *, needed: bool) -> str:
        """Words, which may have several lines; empty only where none are `needed`.

        What was written so far is kept even where nobody answers any more.
        """
        message = _("Your words. They may have several lines; a line with only a full stop ends them.")
        self._talk.say(message)
        there = self._draft.words(field) if self._draft is not None else ""
        if there:
            self._say_there(there, may_be_empty=not needed)
        elif not needed:
            self._talk.say(_("Enter leaves it empty."))
        lines: list[str] = []
        try:
            while True:
                line = self.ask() if not lines else self._talk.ask()
                if not lines and not line.strip():
                    if there or not needed:
                        return there
                    self._talk.say(_("Say something: the message is empty."))
                    continue
                if not lines and there and not needed and line.strip() == _EMPTY:
                    self._keep(field, "")
                    return ""
                if lines and (ends_text(line) or (not line.strip() and self._talk.is_typed())):
                    return "\n".join(lines).rstrip()
                lines.append(line)
        finally:
            if lines:
                self._keep(field, "\n".join(lines).rstrip())

    def _standing(self, field: str, options: Sequence[Option], *, may_be_empty: bool = False) -> tuple[str, ...]:
        """What stands in a field of the draft and is still among the options; it is told."""
        kept = self._draft.several(field) if self._draft is not None else ()
        words = {option.value: option.words for option in options}
        there = tuple(value for value in kept if value in words)
        if there:
            self._say_there(_(", ").join(words[value] for value in there), may_be_empty=may_be_empty)
        return there

    def _say_there(self, words: str, *, may_be_empty: bool) -> None:
        if may_be_empty:
            message = _("There stands “{words}”; Enter keeps it, “{empty}” empties it.")
            self._talk.say(message.format(words=words, empty=_EMPTY))
        else:
            self._talk.say(_("There stands “{words}”; Enter keeps it.").format(words=words))

    def _keep(self, field: str, value: str | Sequence[str]) -> None:
        if self._draft is not None and field:
            self._draft.put(field, value)

    def sent(self) -> None:
        """Wait for the word to send it: Enter alone does not, because a pasted text may have empty lines."""
        send, back = SEND.say(self._language), BACK.say(self._language)
        while True:
            self._talk.say(_("“{send}” sends the message, “{back}” leaves it.").format(send=send, back=back))
            if is_send(self.ask()):
                return

    def agreed(self, question: str) -> bool:
        """Return whether a question is answered with the word for yes; anything else is no."""
        yes = YES.say(self._language)
        self._talk.say(question, _("“{yes}” does it; anything else leaves it.").format(yes=yes))
        return is_yes(self._talk.ask())


def _numbered(options: Sequence[Option]) -> list[str]:
    """The options with their numbers: a line each, or where they are many, one after the other."""
    if len(options) <= _MANY:
        return [f"{number}. {option.words}" for number, option in enumerate(options, 1)]
    return [_(", ").join(f"{number} {option.words}" for number, option in enumerate(options, 1))]


def may_leave(language: Language) -> str:
    """Return the sentence that says how what is being written is left."""
    return _("“{back}” leaves it; what was written is kept.").format(back=BACK.say(language))


def left() -> str:
    """Return the sentence that says that something was left."""
    return _("Left; what was written is kept.")


def chosen(answer: str, options: Sequence[Option]) -> list[str] | None:
    """Return what an answer chooses, each once; `None` where a part of it is none of the options."""
    parts = unicodedata.normalize("NFKC", answer).replace("、", ",").split(",")
    places = [named(part, [(option.value, option.words) for option in options]) for part in parts if part.strip()]
    if not places or None in places:
        return None
    return list(dict.fromkeys(options[place].value for place in places if place is not None))


def unknown(answer: str, options: Sequence[Option]) -> str:
    """Return the sentence that says so."""
    message = _("“{words}” is none of those offered; say a number from {first} to {last}, or a name.")
    return message.format(words=answer.strip(), first=1, last=len(options))
