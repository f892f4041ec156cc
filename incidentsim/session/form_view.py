"""What a seat hands out of a form: what a step asks for, what can be chosen, what is wrong with what was written."""

from dataclasses import dataclass

from incidentsim.domain.field_kinds import FieldKind
from incidentsim.session.seat_view import ActionKey

Written = dict[str, str | list[str]]
"""What stands in a form, by field: what was typed or chosen, or the several that were chosen."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: how it is sent, and how it is called. `unit` is that of a measure.

    `criterion` is what the procedure or the law asks for it, and `known` what is known of it at this seat with its
    source; both are empty where there is nothing to say.
    """

    value: str
    words: str
    unit: str = ""
    criterion: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that belong together, under a heading (empty where there is only one group)."""

    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a form. Words are typed into it where it has no `options`.

    `options` are in the playbook's order, each with words that stand alone; `groups` hold what can be chosen in a list,
    what concerns the organisation first, with words that stand under the heading of their group.
    """

    name: str
    kind: FieldKind
    title: str
    required: bool
    several: bool
    options: tuple[Option, ...]
    groups: tuple[OptionGroup, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of a step: the person and role that take it, its usual time (ms), basis, clauses and fields.

    `clauses` are pairs of a clause's id and its wording. Where the step judges something, `known` is what reached this
    seat about the incident, and `rules` say how a level follows from figures.
    """

    key: ActionKey
    title: str
    person_name: str
    role_name: str
    incident_title: str
    takes: int
    basis: str
    clauses: tuple[tuple[str, str], ...]
    fields: tuple[FieldView, ...]
    known: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCheck:
    """The result of checking a form: pairs of a field's name and a sentence that says what is wrong with it.

    `closed` says that the step has been closed meanwhile, `ended` that the exercise is over.
    """

    problems: tuple[tuple[str, str], ...]
    closed: bool
    ended: bool
