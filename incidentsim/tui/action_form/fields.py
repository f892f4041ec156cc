"""The fields of a form: which widget a field becomes, and what stands in it."""

from incidentsim.domain.field_kinds import FieldKind
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import FieldView, FormView, Written
from incidentsim.tui.action_form.measures import Measures
from incidentsim.tui.widgets.choices import Choices, Note, Notes, Options
from incidentsim.tui.widgets.inputs import MultilineInput, TextInput

Entry = MultilineInput | TextInput | Choices
"""A widget to fill in."""


def entry(field: FieldView, written: Written, form: FormView) -> Entry:
    """The widget of a field of a form, with what was written so far."""
    value = written.get(field.name, "")
    name = f"field-{field.name}"
    chosen = value if isinstance(value, list) else [value]
    match field.kind:
        case FieldKind.TEXT:
            return MultilineInput(str(value), id=name)
        case FieldKind.CLOCK_MEASURES:
            units = {option.value: option.unit for group in field.groups for option in group.options}
            return Measures(options_of(field), chosen, units, notes=notes_of(field, form), id=name)
        case (
            FieldKind.CHOICE
            | FieldKind.CHOICES
            | FieldKind.LEVEL
            | FieldKind.PERSON
            | FieldKind.ROLE
            | FieldKind.CLOCK
            | FieldKind.STATUTORY_LEVEL
        ):
            if not field.options:
                return TextInput(", ".join(chosen), id=name)
            return Choices(options_of(field), chosen, several=field.several, notes=notes_of(field, form), id=name)


def options_of(field: FieldView) -> Options:
    """Return the options of a field for a list, as (value, title) pairs.

    The heading of a group comes before it, with `None` for a value.
    """
    options: list[tuple[str | None, str]] = []
    for group in field.groups:
        if group.heading:
            options.append((None, group.heading))
        options += [(option.value, option.words) for option in group.options]
    return options


def notes_of(field: FieldView, form: FormView) -> Notes:
    """Return what is known of each option and its criterion, for a list.

    The thresholds of the levels are left out where they stand beside the measures in another field of the form.
    """
    by_measure = any(
        option.criterion for other in form.fields if other.kind is FieldKind.CHOICES for option in other.options
    )
    bare = field.kind is FieldKind.LEVEL and by_measure
    return {
        option.value: Note(
            option.known or (_("not known") if option.measured else ""),
            "accent" if option.known else "dim",
            "" if bare else option.criterion,
        )
        for group in field.groups
        for option in group.options
        if option.known or option.criterion or option.measured
    }


def written_of(widget: Entry, *, several: bool) -> str | list[str]:
    """Return what stands in a widget now: values in a list where `several` may be chosen, else text."""
    if isinstance(widget, Choices):
        return list(widget.chosen) if several else "".join(widget.chosen)
    return widget.text if isinstance(widget, MultilineInput) else widget.value
