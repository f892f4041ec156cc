"""Asking for one thing after the other in plain mode: one of several, several, words, and the word that sends."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.words import BACK, SEND, YES, ends_text, is_back, is_send, is_yes, named
from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import Option

_MANY: Final = 12
"""More options than this are told in one paragraph."""


class LeftError(Exception):
    """A person who was asked has left it."""


class Asking:
    """Asks in a language; whoever is asked can leave at any time, and then a `LeftError` is raised."""

    def __init__(self, talk: Talk, language: Language) -> None:
        self._talk = talk
        self._language = language

    def ask(self) -> str:
        """The next answer.

        Raises:
            LeftError: it leaves what was asked.
        """
        answer = self._talk.ask()
        if is_back(answer):
            raise LeftError
        return answer

    def one(self, title: str, options: Sequence[Option]) -> str:
        """One of these; an empty answer means the first."""
        self._talk.say(title, *_numbered(options))
        while True:
            answer = self.ask()
            picked = chosen(answer, options) if answer.strip() else [options[0].value]
            if picked is not None and len(picked) == 1:
                return picked[0]
            self._talk.say(unknown(answer, options))

    def several(self, title: str, options: Sequence[Option], *, needed: bool) -> tuple[str, ...]:
        """Several of these; none only where none is `needed`."""
        self._talk.say(_("{title} – one or several, with commas").format(title=title), *_numbered(options))
        if not needed:
            self._talk.say(_("Enter leaves it empty."))
        while True:
            answer = self.ask()
            if not answer.strip() and not needed:
                return ()
            picked = chosen(answer, options)
            if picked:
                return tuple(picked)
            self._talk.say(unknown(answer, options))

    def text(self, *, needed: bool) -> str:
        """Words, which may have several lines; empty only where none are `needed`."""
        message = _("Your words. They may have several lines; a line with only a full stop ends them.")
        self._talk.say(message)
        if not needed:
            self._talk.say(_("Enter leaves it empty."))
        lines: list[str] = []
        while True:
            line = self.ask() if not lines else self._talk.ask()
            if not lines and not line.strip():
                if not needed:
                    return ""
                self._talk.say(_("Say something: the message is empty."))
                continue
            if lines and (ends_text(line) or (not line.strip() and self._talk.is_typed())):
                return "\n".join(lines).rstrip()
            lines.append(line)

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
