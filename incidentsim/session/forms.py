"""Forms: what a step asks for, as somebody fills it in, made of the playbook's `requires` and nothing else.

What is written is kept as it was typed, field by field, until the action is taken: in the workspace, so that it
survives leaving the form, and the program.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.actions import Value
from incidentsim.domain.playbook import Field, Step
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.session.field_entries import complaint, options, takes_several, value_of
from incidentsim.session.form_view import Written
from incidentsim.session.seat_view import ActionKey
from incidentsim.session.session import Session
from incidentsim.session.workspace import Workspace


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
    playbook, people = session.exercise.playbook, session.exercise.roster.people
    return tuple(Blank(field, options(field, playbook, people), takes_several(field.kind)) for field in fields)


def content(step: Step, written: Mapping[str, str | list[str]]) -> dict[str, Value]:
    """What stands in a form as the content of an action; what was left empty is left out."""
    found: dict[str, Value] = {}
    for field in step.fields:
        value = value_of(field, written.get(field.name, ""))
        if value is not None:
            found[field.name] = value
    return found


def problems(exercise: Exercise, step: Step, written: Mapping[str, str | list[str]]) -> dict[str, str]:
    """What the step would be refused for, by field, in a sentence each: the kernel's own answer."""
    found = {}
    for name in exercise.wrong_fields(step, content(step, written)):
        field = next((one for one in step.fields if one.name == name), None)
        if field is not None:
            found[name] = complaint(field, written.get(name, ""))
    return found


def draft(workspace: Workspace, key: ActionKey) -> Written:
    """What was written into a form and not sent yet."""
    try:
        kept = json.loads(workspace.get(_name(key)) or "{}")
    except ValueError:
        return {}
    return {str(name): _plain(value) for name, value in kept.items()} if isinstance(kept, dict) else {}


def keep_draft(workspace: Workspace, key: ActionKey, written: Mapping[str, str | list[str]]) -> None:
    """Keep what stands in a form; an empty form takes it away.

    Raises:
        SurroundingsError: it could not be kept.
    """
    filled = {name: value for name, value in written.items() if value}
    workspace.put(_name(key), json.dumps(filled) if filled else None)


def _name(key: ActionKey) -> str:
    return f"draft/{key.incident}/{key.do}/{key.person}"


def _plain(value: object) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value)
