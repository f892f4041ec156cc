"""The fields of a form: which widget a field of the playbook becomes, and what its choices are called."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.actions import judgement
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.exercise.regulatory.situation import scope_of
from incidentsim.messages import gettext as _
from incidentsim.session.forms import Blank, Written
from incidentsim.session.narration import Teller
from incidentsim.tui.action_form.measures import Measures
from incidentsim.tui.widgets.choices import Choices, Options
from incidentsim.tui.widgets.inputs import OneLine, Writing

if TYPE_CHECKING:
    from incidentsim.domain.clocks import ClockPack

Entry = Writing | OneLine | Choices
"""A widget to fill in."""


def entry(teller: Teller, blank: Blank, written: Written, running: Collection[str] = ()) -> Entry:
    """The widget of a field, with what was written so far; `running` are the regulatory clocks that run now."""
    value = written.get(blank.name, "")
    name = f"field-{blank.name}"
    chosen = value if isinstance(value, list) else [value]
    match blank.field.kind:
        case FieldKind.TEXT:
            return Writing(str(value), id=name)
        case FieldKind.CLOCK_MEASURES:
            measures = {measure.id: measure for pack in shipped_packs() for measure in pack.measures.values()}
            return Measures(options_of(teller, blank), chosen, measures, id=name)
        case (
            FieldKind.CHOICE
            | FieldKind.CHOICES
            | FieldKind.LEVEL
            | FieldKind.PERSON
            | FieldKind.ROLE
            | FieldKind.CLOCK
            | FieldKind.STATUTORY_LEVEL
        ):
            if not blank.options:
                return OneLine(", ".join(chosen), id=name)
            return Choices(options_of(teller, blank, running), chosen, several=blank.several, id=name)


def options_of(teller: Teller, blank: Blank, running: Collection[str] = ()) -> Options:
    """What can be chosen, each as it is called: long lists under headings, what concerns the organisation first."""
    names = teller.names
    match blank.field.kind:
        case FieldKind.CLOCK:
            return _clocks(teller, blank.options, running)
        case FieldKind.STATUTORY_LEVEL:
            return _levels(teller, blank.options)
        case FieldKind.CLOCK_MEASURES:
            return _measures(teller, blank.field.choices)
        case FieldKind.LEVEL:
            return [(level, names.level(int(level))) for level in blank.options]
        case FieldKind.ROLE:
            return [(role, names.role(role)) for role in blank.options]
        case FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.PERSON:
            return [(option, names.value(blank.field, option)) for option in blank.options]


def _near_first(teller: Teller) -> "list[ClockPack]":
    """The packs of the jurisdictions that the organisation declares come first."""
    declared = scope_of(teller.account.scenario).jurisdictions or ()
    return sorted(shipped_packs(), key=lambda pack: pack.jurisdiction not in declared)


def _headed(heading: str, names: Iterable[tuple[str, str]]) -> "Iterator[tuple[str | None, str]]":
    found = list(names)
    if found:
        yield None, heading
        yield from found


def _clocks(teller: Teller, options: Collection[str], running: Collection[str]) -> Options:
    names = teller.names
    found: list[tuple[str | None, str]] = []
    found += _headed(_("Running now"), ((one, names.clock(one)) for one in options if one in running))
    rest = [one for one in options if one not in running]
    known: set[str] = set()
    for pack in _near_first(teller):
        found += _headed(names.say(pack.title), ((one, names.clock(one)) for one in rest if one in pack.clocks))
        known |= set(pack.clocks)
    found += [(one, one) for one in rest if one not in known]
    return found


def _levels(teller: Teller, options: Collection[str]) -> Options:
    names = teller.names
    found: list[tuple[str | None, str]] = []
    known: set[str] = set()
    for pack in _near_first(teller):
        for scale in pack.scales.values():
            ours = [one for one in options if judgement(one)[0] == scale.id]
            known |= set(ours)
            titles = []
            for one in ours:
                level = scale.levels.get(judgement(one)[1] or "")
                titles.append((one, names.say(level.title) if level is not None else _("none of its levels")))
            found += _headed(names.say(scale.title), titles)
    found += [(one, one) for one in options if one not in known]
    return found


def _measures(teller: Teller, options: Collection[str]) -> Options:
    names = teller.names
    found: list[tuple[str | None, str]] = []
    known: set[str] = set()
    for pack in _near_first(teller):
        ours = [one for one in options if one in pack.measures and one not in known]
        known |= set(ours)
        found += _headed(names.say(pack.title), ((one, names.say(pack.measures[one].title)) for one in ours))
    found += [(one, one) for one in options if one not in known]
    return found


def written_of(widget: Entry, *, several: bool) -> str | list[str]:
    """What stands in a widget now."""
    if isinstance(widget, Choices):
        return list(widget.chosen) if several else "".join(widget.chosen)
    return widget.text if isinstance(widget, Writing) else widget.value
