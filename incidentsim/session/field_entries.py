"""How people fill in each kind of field: what they choose from, what an entry means, and what to say of a wrong one."""

import re
from collections.abc import Iterable
from typing import Final

from incidentsim.domain.actions import Value
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.text import FreeText
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

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
            return _("Say something that can be read.") if written else _("This is needed.")
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
