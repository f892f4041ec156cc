"""Filling in a form line by line: field by field, kept after every answer, sent when whoever fills it in says so."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.words import BACK, is_back, named, plain_words, whole_number
from incidentsim.domain.actions import Action, Value
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.session.forms import Blank, Written, blanks, content, draft, keep_draft, problems
from incidentsim.session.narration import Teller
from incidentsim.session.sentences import clause_words
from incidentsim.session.views import Offer


@dataclass(slots=True)
class _Answer:
    """What an answer means for a field, or what would have been right (`wrong`)."""

    value: str | list[str] = ""
    wrong: str = ""


class Form:
    """One action being filled in."""

    def __init__(self, talk: Talk, teller: Teller, offer: Offer) -> None:
        self._talk = talk
        self._teller = teller
        self._offer = offer
        self._blanks: tuple[Blank, ...] = blanks(teller.session, offer.step)
        self._written: Written = draft(teller.session, offer)

    def fill_in(self) -> Action | None:
        """Ask for every field, then for the word to go ahead; `None` if the form is left, what was written is kept.

        Raises:
            NoAnswerError: nobody answers any more; what was written is kept.
            SurroundingsError: it could not be kept.
        """
        self._talk.say(*self._about())
        if not self._blanks:
            return self._action()
        for place in range(len(self._blanks)):
            if not self._ask(place):
                return None
        return self._send()

    def _about(self) -> list[str]:
        names, offer = self._teller.names, self._offer
        step = offer.step
        who = _("{name} as {role}").format(name=names.person(offer.person.pseudonym), role=names.role(offer.role))
        takes = _("takes {length}").format(length=duration_words(step.takes)) if step.takes else ""
        basis = names.basis(step.rule, step.basis.clause)
        notes = _(" · ").join(part for part in (who, names.incident(offer.incident), takes, basis) if part)
        said = [_("{head}: {subject}").format(head=names.step(step.do), subject=notes)]
        said += [
            _("{title}: {value}").format(title=name, value=words)
            for name, words in clause_words(self._teller, step.basis.clauses)
        ]
        if self._blanks:
            said.append(_("“{back}” leaves the form; what was written is kept.").format(back=self._back()))
        return said

    def _back(self) -> str:
        return BACK.say(self._teller.language)

    def _ask(self, place: int) -> bool:
        """Ask for one field until the answer is one that can stand there; false if the form is left."""
        blank = self._blanks[place]
        self._talk.say(*self._question(place, blank))
        while True:
            given = self._talk.ask()
            if is_back(given):
                return False
            if not given.strip():
                return True
            found = self._understood(blank, given)
            if not found.wrong:
                self._written[blank.name] = found.value
                keep_draft(self._teller.session, self._offer, self._written)
                found.wrong = problems(self._teller.session, self._offer.step, self._written).get(blank.name, "")
            if not found.wrong:
                return True
            self._talk.say(found.wrong)

    def _question(self, place: int, blank: Blank) -> list[str]:
        title = self._title(blank)
        if blank.several and blank.options:
            title = _("{title} – one or several, with commas").format(title=title)
        said = [_("{n} of {count}: {title}").format(n=place + 1, count=len(self._blanks), title=title)]
        said += [f"{number}. {self._word(blank, one)}" for number, one in self._numbered(blank)]
        there = self._there(blank)
        if there:
            said.append(_("There stands “{words}”; Enter keeps it.").format(words=there))
        elif not blank.field.required:
            said.append(_("Enter leaves it empty."))
        return said

    def _title(self, blank: Blank) -> str:
        title = self._teller.names.say(blank.field.title)
        return title if blank.field.required else _("{title} (if you like)").format(title=title)

    @staticmethod
    def _numbered(blank: Blank) -> list[tuple[str, str]]:
        """The options, each with the number that chooses it: a level has its own."""
        if blank.field.kind is FieldKind.LEVEL:
            return [(one, one) for one in blank.options]
        return [(str(place), one) for place, one in enumerate(blank.options, 1)]

    def _word(self, blank: Blank, option: str) -> str:
        value: Value = int(option) if blank.field.kind is FieldKind.LEVEL else option
        return self._teller.names.value(blank.field, cast("str | int", value))

    def _there(self, blank: Blank) -> str:
        written = self._written.get(blank.name, "")
        if not blank.options:
            return written if isinstance(written, str) else ", ".join(written)
        chosen = written if isinstance(written, list) else [written]
        return self._teller.names.listed(self._word(blank, one) for one in chosen if one in blank.options)

    def _understood(self, blank: Blank, given: str) -> _Answer:
        if not blank.options:
            return _Answer(unicodedata.normalize("NFKC", given) if blank.several else given)
        parts = [given]
        if blank.several:
            commas = unicodedata.normalize("NFKC", given).replace("、", ",")
            parts = [part for part in commas.split(",") if part.strip()]
        chosen: list[str] = []
        for part in parts:
            option = self._option(blank, part)
            if option is None:
                return _Answer(wrong=self._unknown(blank, part))
            chosen.append(option)
        several = list(dict.fromkeys(chosen))
        return _Answer(several if blank.several else "".join(several))

    def _option(self, blank: Blank, part: str) -> str | None:
        number = plain_words(part)
        if whole_number(number) is not None:
            wanted = str(int(number))
            return next((one for shown, one in self._numbered(blank) if shown == wanted), None)
        place = named(part, [(one, self._word(blank, one)) for one in blank.options])
        return blank.options[place] if place is not None else None

    def _unknown(self, blank: Blank, part: str) -> str:
        numbers = [number for number, _option in self._numbered(blank)]
        message = _("“{words}” is none of those offered; say a number from {first} to {last}, or a name.")
        return message.format(words=part.strip(), first=numbers[0], last=numbers[-1])

    def _send(self) -> Action | None:
        """Tell what is still missing, and send it, go back to a field, or leave."""
        while True:
            wrong = problems(self._teller.session, self._offer.step, self._written)
            self._talk.say(*self._summary(wrong))
            answer = plain_words(self._talk.ask())
            if is_back(answer):
                return None
            number = whole_number(answer)
            if not answer:
                return self._action()
            if number is None or not 1 <= number <= len(self._blanks):
                message = _("Press Enter, or say a number from 1 to {last}, or “{back}”.")
                self._talk.say(message.format(last=len(self._blanks), back=self._back()))
            elif not self._ask(number - 1):
                return None

    def _summary(self, wrong: dict[str, str]) -> Sequence[str]:
        said = []
        for place, blank in enumerate(self._blanks, 1):
            if blank.name in wrong:
                said.append(
                    _("{n}. {title} – {problem}").format(n=place, title=self._title(blank), problem=wrong[blank.name])
                )
        if not said:
            message = _("All is filled in. Enter sends it, a number goes back to that field, “{back}” leaves.")
            return [message.format(back=self._back())]
        message = _(
            "Not as the procedure asks. A number goes back to that field, “{back}” leaves, Enter tries it all the "
            "same: the refusal goes on record."
        )
        return [*said, message.format(back=self._back())]

    def _action(self) -> Action:
        offer = self._offer
        made = content(offer.step, self._written)
        return Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role, made)
