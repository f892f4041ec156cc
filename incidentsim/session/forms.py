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
from incidentsim.session.form_view import ActionKey, Written
from incidentsim.session.session import Session
from incidentsim.session.workspace import Workspace
from incidentsim.session.writing.field_entries import complaint, options, takes_several, value_of


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
        """True if words are typed into it, because it has no options."""
        return not self.options


def blanks(session: Session, step: Step) -> tuple[Blank, ...]:
    """The fields of a step, required ones first, each with what can be chosen."""
    fields = sorted(step.fields, key=lambda field: not field.required)
    playbook, people = session.exercise.playbook, session.exercise.roster.people
    return tuple(Blank(field, options(field, playbook, people), takes_several(field.kind)) for field in fields)


def content(step: Step, written: Mapping[str, str | list[str]]) -> dict[str, Value]:
    """Convert a form to the content of an action, by name of the field; what was left empty is left out."""
    values: dict[str, Value] = {}
    for field in step.fields:
        value = value_of(field, written.get(field.name, ""))
        if value is not None:
            values[field.name] = value
    return values


def problems(exercise: Exercise, step: Step, written: Mapping[str, str | list[str]]) -> dict[str, str]:
    """Return the sentence for each field that the kernel would refuse the step for, by name of the field."""
    complaints = {}
    for name in exercise.wrong_fields(step, content(step, written)):
        field = next((one for one in step.fields if one.name == name), None)
        if field is not None:
            complaints[name] = complaint(field, written.get(name, ""))
    return complaints


def draft(workspace: Workspace, key: ActionKey) -> Written:
    """Return what was written into a form and not sent yet; empty where nothing was, or where it cannot be read."""
    kept = workspace.value(_name(key))
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
