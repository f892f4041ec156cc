"""How people fill in fields and messages: what they choose from, what an entry means, what to say of a wrong one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.domain.actions import Value
from incidentsim.domain.errors import InputError
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.text import FreeText, Text
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.form_view import MessageFormView, Option

_YES: Final = Text("yes y true 1", "是 有")
_NO: Final = Text("no n false 0", "否 无")
_MOST_DIGITS: Final = 15
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def takes_several(kind: FieldKind) -> bool:
    """Return whether a field of this kind takes several values."""
    match kind:
        case FieldKind.CHOICES | FieldKind.CLOCK_MEASURES:
            return True
        case (
            FieldKind.TEXT
            | FieldKind.CHOICE
            | FieldKind.LEVEL
            | FieldKind.PERSON
            | FieldKind.ROLE
            | FieldKind.CLOCK
            | FieldKind.STATUTORY_LEVEL
        ):
            return False


def options(field: Field, playbook: Playbook, people: Iterable[str]) -> tuple[str, ...]:
    """Return the values to choose from for a field, people by pseudonym; empty where it is typed."""
    match field.kind:
        case FieldKind.LEVEL:
            return tuple(str(level) for level in playbook.levels)
        case FieldKind.PERSON:
            return tuple(people)
        case FieldKind.ROLE:
            return tuple(playbook.roles)
        case FieldKind.TEXT | FieldKind.CLOCK_MEASURES:
            return ()
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.CLOCK | FieldKind.STATUTORY_LEVEL:
            return field.choices


def value_of(field: Field, written: str | list[str]) -> Value | None:
    """Convert what was written into a field to a value of an action; `None` where it is none."""
    match field.kind:
        case FieldKind.CHOICES | FieldKind.CLOCK_MEASURES:
            several = written if isinstance(written, list) else [part.strip() for part in written.split(",")]
            return tuple(part for part in several if part) or None
        case FieldKind.TEXT:
            words = _single(written)
            return typed(words) if words.strip() else None
        case FieldKind.LEVEL:
            digits = _single(written)
            return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < len("1000") else None
        case FieldKind.CHOICE | FieldKind.PERSON | FieldKind.ROLE | FieldKind.CLOCK | FieldKind.STATUTORY_LEVEL:
            return _single(written) or None


def complaint(field: Field, written: str | list[str]) -> str:
    """Return the sentence that says what a field with a wrong entry needs."""
    match field.kind:
        case FieldKind.CLOCK_MEASURES:
            return _(
                "Measures and their values: NAME=NUMBER, separated by commas. There are: {names} and others."
            ).format(names=", ".join(field.choices[:3]))
        case FieldKind.CHOICES:
            at_least = max(field.at_least, 1)
            return ngettext("Choose at least {n}.", "Choose at least {n}.", at_least).format(n=at_least)
        case FieldKind.TEXT:
            return _("Only blanks so far: write words here.") if written else _("This is needed.")
        case (
            FieldKind.CHOICE
            | FieldKind.LEVEL
            | FieldKind.PERSON
            | FieldKind.ROLE
            | FieldKind.CLOCK
            | FieldKind.STATUTORY_LEVEL
        ):
            return _("Choose one of those offered.") if written else _("This is needed.")


def typed(words: str) -> FreeText:
    """Convert what somebody typed to free text.

    Control characters, which no file of ours may hold, become their pictures; line ends become line feeds.
    """
    parts = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return FreeText("\n".join(_UNWRITABLE.sub(lambda found: visible(found.group()), part) for part in parts))


def _single(written: str | list[str]) -> str:
    return written if isinstance(written, str) else ", ".join(written)


@dataclass(frozen=True, slots=True)
class Findings:
    """Values of measures (durations in ms), and what is so or is not."""

    measures: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)


def findings(words: str, form: MessageFormView) -> Findings:
    """Read `NAME=VALUE` and more of it, separated by commas; names are ids or titles of the form.

    Raises:
        InputError: a name is unknown, or a value is not of the unit of its measure.
    """
    measures: dict[str, int] = {}
    flags: dict[str, bool] = {}
    written = unicodedata.normalize("NFKC", words).replace("、", ",").replace(";", ",")
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        measure, flag = _named(name, form.measures), _named(name, form.flags)
        if measure is not None:
            measures[measure.value] = measured(measure, value)
        elif flag is not None:
            flags[flag.value] = yes_or_no(flag.words, value)
        else:
            message = _("“{name}” is no figure and no finding of this procedure; write NAME=VALUE. There are: {known}.")
            known = _(", ").join(option.value for option in (*form.measures, *form.flags))
            raise InputError(message.format(name=name, known=known))
    return Findings(measures, flags)


def measured(measure: Option, words: str) -> int:
    """The value of a measure: a number, a percentage, yes or no as 1 and 0, or a duration in ms.

    Raises:
        InputError: it is none that fits the unit.
    """
    written = unicodedata.normalize("NFKC", words).strip()
    if measure.unit == "flag":
        return int(yes_or_no(measure.words, written))
    if measure.unit == "duration":
        try:
            return parse_duration(written)
        except ValueError:
            message = _("{measure}: write a duration like 90s, 15m, 4h, 2d or 1h 30m.")
            raise InputError(message.format(measure=measure.words)) from None
    digits = written.replace(" ", "").replace("_", "").removesuffix("%" if measure.unit == "percent" else "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        raise InputError(_("{measure}: write a whole number from 0, in digits only.").format(measure=measure.words))
    return int(digits)


def yes_or_no(title: str, words: str) -> bool:
    """Return whether somebody wrote yes or no about something.

    Raises:
        InputError: it is neither.
    """
    written = words.strip().casefold()
    if written not in _words(_YES) | _words(_NO):
        raise InputError(_("{measure}: write yes or no.").format(measure=title))
    return written in _words(_YES)


def _named(name: str, options: tuple[Option, ...]) -> Option | None:
    wanted = name.casefold()
    return next((option for option in options if wanted in {option.value, option.words.casefold()}), None)


def _words(answer: Text) -> frozenset[str]:
    return frozenset({*answer.en.split(), *answer.zh.split()})
