"""Filling in a form line by line: field by field, kept after every answer, sent when whoever fills it in says so."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.words import BACK, SEND, ends_text, is_back, is_send, named, plain_words, whole_number
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.text import Language
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey, FieldView, FormView, Option, Written, lines_above
from incidentsim.session.seat import Seat


@dataclass(slots=True)
class _Answer:
    """What an answer means for a field, or what would have been right (`wrong`)."""

    value: str | list[str] = ""
    wrong: str = ""


class Form:
    """One action being filled in."""

    def __init__(self, talk: Talk, seat: Seat, key: ActionKey, language: Language) -> None:
        self._talk = talk
        self._seat = seat
        self._key = key
        self._language: Language = language
        self._form: FormView = seat.form(key, language)
        self._written: Written = seat.draft(key)

    def fill_in(self) -> Written | None:
        """Ask for every field, then for the word to go ahead; `None` if the form is left, what was written is kept.

        Raises:
            NoAnswerError: nobody answers any more; what was written is kept.
            SurroundingsError: it could not be kept.
        """
        self._talk.say(*self._about())
        if not self._form.fields:
            return self._written
        for place in range(len(self._form.fields)):
            if not self._ask(place):
                return None
        return self._send()

    def _about(self) -> list[str]:
        form = self._form
        who = _("{name} as {role}").format(name=form.person_name, role=form.role_name)
        takes = _("takes {length}").format(length=duration_words(form.takes)) if form.takes else ""
        notes = _(" · ").join(part for part in (who, form.incident_title, takes, form.basis) if part)
        said = [_("{head}: {subject}").format(head=form.title, subject=notes)]
        said += lines_above(form)
        if form.fields:
            said.append(_("“{back}” leaves the form; what was written is kept.").format(back=self._back()))
        return said

    def _back(self) -> str:
        return BACK.say(self._language)

    def _ask(self, place: int) -> bool:
        """Ask for one field until the answer is one that can stand there; false if the form is left."""
        field = self._form.fields[place]
        if _is_text(field):
            return self._ask_text(place)
        self._talk.say(*self._question(place, field))
        while True:
            given = self._talk.ask()
            if is_back(given):
                return False
            if not given.strip():
                return True
            answer = self._understood(field, given)
            if not answer.wrong:
                self._written[field.name] = answer.value
                self._seat.keep_draft(self._key, self._written)
                answer.wrong = self._problems().get(field.name, "")
            if not answer.wrong:
                return True
            self._talk.say(answer.wrong)

    def _ask_text(self, place: int) -> bool:
        """Ask for a text, which may have several lines; false if the form is left.

        A line with only a full stop ends it, and so does an empty line that somebody typed. What was written so far
        is kept even where nobody answers any more.
        """
        field = self._form.fields[place]
        self._talk.say(*self._question(place, field))
        lines: list[str] = []
        try:
            while True:
                line = self._talk.ask()
                if not lines and is_back(line):
                    return False
                if not lines and not line.strip():
                    return True
                if lines and (ends_text(line) or (not line.strip() and self._talk.is_typed())):
                    break
                lines.append(line)
        finally:
            if lines:
                self._written[field.name] = "\n".join(lines).rstrip()
                self._seat.keep_draft(self._key, self._written)
        wrong = self._problems().get(field.name, "")
        if wrong:
            self._talk.say(wrong)
            return self._ask_text(place)
        return True

    def _question(self, place: int, field: FieldView) -> list[str]:
        title = self._title(field)
        if field.several and field.options:
            title = _("{title} – one or several, with commas").format(title=title)
        said = [_("{n} of {count}: {title}").format(n=place + 1, count=len(self._form.fields), title=title)]
        said += [f"{number}. {_with_criterion(option)}" for number, option in self._numbered(field)]
        there = self._there(field)
        if there:
            said.append(_("There stands “{words}”; Enter keeps it.").format(words=there))
        elif not field.required:
            said.append(_("Enter leaves it empty."))
        if _is_text(field):
            message = _("It may have several lines; a line with only a full stop ends it.")
            if self._talk.at_keyboard:
                message = _("It may have several lines; an empty line ends it, or one with only a full stop.")
            said.append(message)
        return said

    @staticmethod
    def _title(field: FieldView) -> str:
        return field.title if field.required else _("{title} (if you like)").format(title=field.title)

    @staticmethod
    def _numbered(field: FieldView) -> list[tuple[str, Option]]:
        """The options, each with the number that chooses it: a level has its own."""
        if field.kind is FieldKind.LEVEL:
            return [(option.value, option) for option in field.options]
        return [(str(place), option) for place, option in enumerate(field.options, 1)]

    def _there(self, field: FieldView) -> str:
        written = self._written.get(field.name, "")
        if not field.options:
            return written if isinstance(written, str) else ", ".join(written)
        chosen = written if isinstance(written, list) else [written]
        words = {option.value: option.words for option in field.options}
        return _(", ").join(words[value] for value in chosen if value in words)

    def _understood(self, field: FieldView, given: str) -> _Answer:
        if not field.options:
            return _Answer(unicodedata.normalize("NFKC", given) if field.several else given)
        parts = [given]
        if field.several:
            commas = unicodedata.normalize("NFKC", given).replace("、", ",")
            parts = [part for part in commas.split(",") if part.strip()]
        chosen: list[str] = []
        for part in parts:
            option = self._option(field, part)
            if option is None:
                return _Answer(wrong=self._unknown(field, part))
            chosen.append(option)
        several = list(dict.fromkeys(chosen))
        return _Answer(several if field.several else "".join(several))

    def _option(self, field: FieldView, part: str) -> str | None:
        number = plain_words(part)
        if whole_number(number) is not None:
            wanted = str(int(number))
            return next((option.value for shown, option in self._numbered(field) if shown == wanted), None)
        place = named(part, [(option.value, option.words) for option in field.options])
        return field.options[place].value if place is not None else None

    def _unknown(self, field: FieldView, part: str) -> str:
        numbers = [number for number, _option in self._numbered(field)]
        message = _("“{words}” is none of those offered; say a number from {first} to {last}, or a name.")
        return message.format(words=part.strip(), first=numbers[0], last=numbers[-1])

    def _send(self) -> Written | None:
        """Tell what is still missing, and send it, go back to a field, or leave.

        An incomplete form is sent only when that is said twice: the first time, it is said what that leads to.
        """
        warned = False
        while True:
            wrong = self._problems()
            self._talk.say(*self._summary(wrong))
            answer = plain_words(self._talk.ask())
            if is_back(answer):
                return None
            number = whole_number(answer)
            if is_send(answer) or (not answer and not self._has_text()):
                if not wrong or warned:
                    return self._written
                warned = True
                self._talk.say(_("The form is incomplete. Say it once more to put the refusal on record."))
                continue
            warned = False
            if number is None or not 1 <= number <= len(self._form.fields):
                message = _("Press Enter, or say a number from 1 to {last}, or “{back}”.")
                if self._has_text():
                    message = _("Say “{send}”, or a number from 1 to {last}, or “{back}”.")
                last = len(self._form.fields)
                self._talk.say(message.format(last=last, back=self._back(), send=SEND.say(self._language)))
            elif not self._ask(number - 1):
                return None

    def _summary(self, wrong: dict[str, str]) -> Sequence[str]:
        said = []
        for place, field in enumerate(self._form.fields, 1):
            if field.name in wrong:
                said.append(
                    _("{n}. {title} – {problem}").format(n=place, title=self._title(field), problem=wrong[field.name])
                )
        if not said:
            message = _("All is filled in. Enter sends it, a number goes back to that field, “{back}” leaves.")
            if self._has_text():
                message = _("All is filled in. “{send}” sends it, a number goes back to that field, “{back}” leaves.")
            return [message.format(back=self._back(), send=SEND.say(self._language))]
        message = _(
            "Not as the procedure asks. A number goes back to that field, “{back}” leaves, Enter tries it all the "
            "same: the refusal goes on record."
        )
        if self._has_text():
            message = _(
                "Not as the procedure asks. A number goes back to that field, “{back}” leaves, “{send}” tries it all "
                "the same: the refusal goes on record."
            )
        return [*said, message.format(back=self._back(), send=SEND.say(self._language))]

    def _has_text(self) -> bool:
        """Whether words are written in some field: then Enter does not send, because it may be part of a paste."""
        return any(map(_is_text, self._form.fields))

    def _problems(self) -> dict[str, str]:
        return dict(self._seat.check_form(self._key, self._written, self._language).problems)


def _with_criterion(option: Option) -> str:
    """An option with what is known of it, and the criterion for it."""
    words = option.words
    if option.criterion:
        words = _("{title} – {note}").format(title=words, note=option.criterion)
    if option.known:
        return _("{title}; known: {known}").format(title=words, known=option.known)
    return _("{title}; not known").format(title=words) if option.measured else words


def _is_text(field: FieldView) -> bool:
    """Whether a field takes words that somebody writes, of one line or several."""
    return field.kind is FieldKind.TEXT
