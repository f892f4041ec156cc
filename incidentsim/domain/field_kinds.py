"""The kinds of content that a step may ask for: the one list of them.

Every layer that treats kinds differently does so in one module, by a `match` that names each of them, so that mypy
names the places to extend when a kind is added here: `definitions.rules.field_values` (files),
`exercise.kernel.field_values` (what is accepted and what follows), `exercise.bots.content` (how bots fill it),
`session.writing.field_entries` (how people fill it), `session.reading.form` (how its choices are grouped),
`session.reading.criteria` (by what one chooses),
`exports.wording.names` (how it is shown) and `tui.action_form.fields` (its widget).
"""

from enum import StrEnum


class FieldContent(StrEnum):
    """The subject of a text field, where a playbook says so; people write what they like, bots keep to it."""

    CIRCUMSTANCES = "circumstances"
    """What happened, and from which messages that is known."""

    FIGURES = "figures"
    """How far it goes: values of measures."""

    SEVERITY = "severity"
    """How grave it is, and what is still unknown."""


class FieldKind(StrEnum):
    """A kind of field; where a playbook names it, it does so by this value."""

    TEXT = "text"
    """Free text, in one language or both."""

    CHOICE = "choice"
    """One item of a list of the playbook, or one of its channels."""

    CHOICES = "choices"
    """Several items of a list of the playbook, or several of its measures."""

    LEVEL = "level"
    """A level of the playbook, a whole number from 1, the most severe."""

    PERSON = "person"
    """Somebody of the exercise, by pseudonym."""

    ROLE = "role"
    """A role of the playbook."""

    CLOCK = "clock"
    """The id of a regulatory deadline of the shipped packs."""

    STATUTORY_LEVEL = "statutory_level"
    """A level of a statutory scale of the packs (see `domain.actions.judgement`)."""

    CLOCK_MEASURES = "clock_measures"
    """Values of measures of the packs (see `domain.actions.measurement`)."""
