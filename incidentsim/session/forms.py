"""Forms: what a step asks for, as somebody fills it in, made of the playbook's `requires` and nothing else.

What is written is kept as it was typed, field by field, until the action is taken: on the desk, so that it survives
leaving the form, and the program.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.actions import Value
from incidentsim.domain.playbook import Field, Step
from incidentsim.session.field_entries import complaint, options, takes_several, value_of
from incidentsim.session.session import Session
from incidentsim.session.views import Offer

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
    playbook, people = session.exercise.playbook, session.exercise.cast.people
    return tuple(Blank(field, options(field, playbook, people), takes_several(field.kind)) for field in fields)


def content(step: Step, written: Mapping[str, str | list[str]]) -> dict[str, Value]:
    """What stands in a form as the content of an action; what was left empty is left out."""
    found: dict[str, Value] = {}
    for field in step.fields:
        value = value_of(field, written.get(field.name, ""))
        if value is not None:
            found[field.name] = value
    return found


def problems(session: Session, step: Step, written: Mapping[str, str | list[str]]) -> dict[str, str]:
    """What the step would be refused for, by field, in a sentence each: the kernel's own answer."""
    found = {}
    for name in session.exercise.wrong_fields(step, content(step, written)):
        field = next((one for one in step.fields if one.name == name), None)
        if field is not None:
            found[name] = complaint(field, written.get(name, ""))
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


def _name(offer: Offer) -> str:
    return f"draft/{offer.incident}/{offer.step.do}/{offer.person.pseudonym}"


def _plain(value: object) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value)
