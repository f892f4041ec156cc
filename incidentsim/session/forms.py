"""Forms: what a step asks for, as somebody fills it in, made of the playbook's `requires` and nothing else.

What is written is kept as it was typed, field by field, until the action is taken: on the desk, so that it survives
leaving the form, and the program.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.actions import Value
from incidentsim.domain.playbook import Field, Step
from incidentsim.domain.text import FreeText
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.session import Session
from incidentsim.session.views import Offer

_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Written = dict[str, str | list[str]]
"""What stands in a form, by field: what was typed or chosen, or the several that were chosen."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One field of a form. `options` are what can be chosen (none where something is typed); `several` may be."""

    field: Field
    options: tuple[str, ...]
    several: bool

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def typed(self) -> bool:
        """Whether words are typed into it."""
        return not self.options


def blanks(session: Session, step: Step) -> tuple[Blank, ...]:
    """The fields of a step, required ones first, each with what can be chosen."""
    fields = sorted(step.fields, key=lambda field: not field.required)
    return tuple(Blank(f, _options(session, f), f.kind in {"choices", "clock_measures"}) for f in fields)


def content(step: Step, written: Mapping[str, str | list[str]]) -> dict[str, Value]:
    """What stands in a form as the content of an action; what was left empty is left out."""
    found: dict[str, Value] = {}
    for field in step.fields:
        value = _value(field, written.get(field.name, ""))
        if value is not None:
            found[field.name] = value
    return found


def problems(session: Session, step: Step, written: Mapping[str, str | list[str]]) -> dict[str, str]:
    """What the step would be refused for, by field, in a sentence each: the kernel's own answer."""
    found = {}
    for name in session.exercise.wrong_fields(step, content(step, written)):
        field = next((one for one in step.fields if one.name == name), None)
        if field is not None:
            found[name] = _sentence(field, written.get(name, ""))
    return found


def draft(session: Session, offer: Offer) -> Written:
    """What was written into the form of an offer and not sent yet."""
    try:
        found = json.loads(session.desk.get(_name(offer)) or "{}")
    except ValueError:
        return {}
    return {str(name): _plain(value) for name, value in found.items()} if isinstance(found, dict) else {}


def keep_draft(session: Session, offer: Offer, written: Mapping[str, str | list[str]]) -> None:
    """Lay what stands in a form on the desk; an empty form takes it away.

    Raises:
        SurroundingsError: it could not be kept.
    """
    filled = {name: value for name, value in written.items() if value}
    session.desk.put(_name(offer), json.dumps(filled) if filled else None)


def typed(words: str) -> FreeText:
    """What somebody typed, as free text: control characters, which no file of ours may hold, as their pictures."""
    parts = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return FreeText("\n".join(_UNWRITABLE.sub(lambda found: visible(found.group()), part) for part in parts))


def _name(offer: Offer) -> str:
    return f"draft/{offer.incident}/{offer.step.do}/{offer.person.pseudonym}"


def _plain(value: object) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _options(session: Session, field: Field) -> tuple[str, ...]:
    match field.kind:
        case "level":
            return tuple(str(level) for level in session.exercise.playbook.levels)
        case "person":
            return tuple(session.exercise.cast.people)
        case "role":
            return tuple(session.exercise.playbook.roles)
        case "text" | "clock_measures":
            return ()
        case _:
            return field.choices


def _value(field: Field, written: str | list[str]) -> Value | None:
    if field.kind in {"choices", "clock_measures"}:
        several = written if isinstance(written, list) else [one.strip() for one in written.split(",")]
        return tuple(one for one in several if one) or None
    one = written if isinstance(written, str) else ", ".join(written)
    if field.kind == "text":
        return typed(one) if one.strip() else None
    if field.kind == "level":
        return int(one) if one.isascii() and one.isdecimal() and len(one) < len("1000") else None
    return one or None


def _sentence(field: Field, written: str | list[str]) -> str:
    if field.kind == "clock_measures":
        names = ", ".join(field.choices[:3])
        return _("Measures and their values: NAME=NUMBER, separated by commas. There are: {names} and others.").format(
            names=names
        )
    if field.kind == "choices":
        at_least = max(field.at_least, 1)
        return ngettext("Choose at least {n}.", "Choose at least {n}.", at_least).format(n=at_least)
    if not written:
        return _("This is needed.")
    return _("Say something that can be read.") if field.kind == "text" else _("Choose one of those offered.")
