"""The form of a step: its fields, and what each of its choices is called."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.actions import Value, judgement
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Step
from incidentsim.exercise.regulatory.situation import scope_of
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey, FieldView, FormView, Option, OptionGroup
from incidentsim.session.forms import Blank, blanks
from incidentsim.session.reading.criteria import Criteria
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks, running
from incidentsim.session.sentences import clause_words

if TYPE_CHECKING:
    from incidentsim.domain.clocks import ClockPack


def form_view(reader: Reader, key: ActionKey, step: Step, clocks: Clocks) -> FormView:
    """Return the form of a step; of the regulatory deadlines, those that wait for a filing are offered first."""
    names, criteria, waiting = reader.names, Criteria(reader, key.incident, clocks), running(clocks)
    return FormView(
        key=key,
        title=names.step(step.do),
        person_name=names.person(key.person),
        role_name=names.role(key.role or ""),
        incident_title=names.incident(key.incident),
        takes=step.takes,
        basis=names.basis(step.rule, step.basis.clause),
        clauses=tuple(clause_words(reader.narrator, step.basis.clauses)),
        fields=tuple(_field(reader, blank, waiting, criteria) for blank in blanks(reader.session, step)),
        known=criteria.known(step),
        rules=criteria.rules(step),
        judgements=criteria.judgements(step),
    )


def _field(reader: Reader, blank: Blank, waiting: Collection[str], criteria: Criteria) -> FieldView:
    def judged(options: Iterable[Option]) -> tuple[Option, ...]:
        return tuple(_with_criterion(option, blank.field.kind, criteria) for option in options)

    return FieldView(
        name=blank.name,
        kind=blank.field.kind,
        title=reader.names.say(blank.field.title),
        required=blank.field.required,
        several=blank.several,
        options=judged(Option(option, _alone(reader, blank, option)) for option in blank.options),
        groups=tuple(
            replace(group, options=judged(group.options)) for group in _groups(reader, blank, waiting) if group.options
        ),
    )


def _with_criterion(option: Option, kind: FieldKind, criteria: Criteria) -> Option:
    criterion, known = criteria.option(kind, option.value)
    measured = kind is FieldKind.CLOCK_MEASURES or (kind is FieldKind.CHOICES and bool(criterion))
    return replace(option, criterion=criterion, known=known, measured=measured)


def _alone(reader: Reader, blank: Blank, option: str) -> str:
    """What an option is called where no heading says what it belongs to."""
    value: Value = int(option) if blank.field.kind is FieldKind.LEVEL else option
    return reader.names.value(blank.field, cast("str | int", value))


def _groups(reader: Reader, blank: Blank, waiting: Collection[str]) -> Iterable[OptionGroup]:
    names = reader.names
    match blank.field.kind:
        case FieldKind.CLOCK:
            return _clocks(reader, blank.options, waiting)
        case FieldKind.STATUTORY_LEVEL:
            return _levels(reader, blank.options)
        case FieldKind.CLOCK_MEASURES:
            return _measures(reader, blank.field.choices)
        case FieldKind.LEVEL:
            return [_group("", ((level, names.level(int(level))) for level in blank.options))]
        case FieldKind.ROLE:
            return [_group("", ((role, names.role(role)) for role in blank.options))]
        case FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.PERSON:
            return [_group("", ((option, names.value(blank.field, option)) for option in blank.options))]


def _near_first(reader: Reader) -> "list[ClockPack]":
    """The packs of the jurisdictions that the organisation declares come first."""
    declared = scope_of(reader.narrator.account.scenario).jurisdictions or ()
    return sorted(shipped_packs(), key=lambda pack: pack.jurisdiction not in declared)


def _group(heading: str, options: Iterable[tuple[str, str]]) -> OptionGroup:
    return OptionGroup(heading, tuple(Option(value, words) for value, words in options))


def _unknown(options: Sequence[str], known: Collection[str]) -> OptionGroup:
    """What no pack knows, as it is."""
    return _group("", ((option, option) for option in options if option not in known))


def _clocks(reader: Reader, options: Sequence[str], waiting: Collection[str]) -> Iterable[OptionGroup]:
    names = reader.names
    yield _group(_("Running now"), ((clock, names.clock(clock)) for clock in options if clock in waiting))
    rest = [clock for clock in options if clock not in waiting]
    known: set[str] = set()
    for pack in _near_first(reader):
        ours = [clock for clock in rest if clock in pack.clocks]
        yield _group(names.say(pack.title), ((clock, names.clock(clock)) for clock in ours))
        known |= set(pack.clocks)
    yield _unknown(rest, known)


def _levels(reader: Reader, options: Sequence[str]) -> Iterable[OptionGroup]:
    names = reader.names
    known: set[str] = set()
    for pack in _near_first(reader):
        for scale in pack.scales.values():
            ours = [option for option in options if judgement(option)[0] == scale.id]
            known |= set(ours)
            titles = []
            for option in ours:
                level = scale.levels.get(judgement(option)[1] or "")
                titles.append((option, names.say(level.title) if level is not None else _("none of its levels")))
            yield _group(names.say(scale.title), titles)
    yield _unknown(options, known)


def _measures(reader: Reader, options: Sequence[str]) -> Iterable[OptionGroup]:
    names = reader.names
    known: set[str] = set()
    units = {measure.id: measure.unit for pack in shipped_packs() for measure in pack.measures.values()}
    for pack in _near_first(reader):
        ours = [option for option in options if option in pack.measures and option not in known]
        known |= set(ours)
        found = (Option(name, names.say(pack.measures[name].title), units.get(name, "count")) for name in ours)
        yield OptionGroup(names.say(pack.title), tuple(found))
    rest = tuple(Option(name, name, units.get(name, "count")) for name in options if name not in known)
    yield OptionGroup("", rest)
