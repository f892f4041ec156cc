"""The parts of a clock pack that clocks speak of, every name in them checked: conditions, deadlines, scales."""

from collections.abc import Collection
from datetime import date, time

from incidentsim.definitions.formats.clocks import (
    BusinessDaysShape,
    ClockAllShape,
    ClockAnyShape,
    ClockConditionShape,
    ClockNotShape,
    ClockPackShape,
    DaysShape,
    DeadlineShape,
    DeclaredShape,
    EarlierOfShape,
    EvidenceShape,
    HoursShape,
    ImmediatelyShape,
    JudgedShape,
    LimitShape,
    MonthsShape,
    ReachesShape,
    ReliefShape,
    TextOrWords,
)
from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.values import measured, text
from incidentsim.definitions.names.names import as_tuple
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.clock_conditions import (
    NO_CONDITION,
    AllHold,
    AnyHolds,
    ClockCondition,
    DeclaredAs,
    DeclaredAtLeast,
    DeclaredIn,
    DoesNotHold,
    MeasureReaches,
    StatutoryLevelReached,
)
from incidentsim.domain.clock_limits import (
    Anchor,
    BusinessDays,
    CalendarDays,
    CalendarMonths,
    Deadline,
    EarlierOf,
    Hours,
    Immediately,
    Length,
    Limit,
    NextWorkingDay,
)
from incidentsim.domain.clocks import UNVERIFIED_MARKS, Attribute, Evidence, Instrument
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _

_ABOUT_US = (DeclaredShape,)
_ABOUT_THE_INCIDENT = (ReachesShape, JudgedShape)


def text_or_words(written: TextOrWords) -> Text:
    """The text in both languages; a bare one says the same in both."""
    return Text(written, written) if isinstance(written, str) else text(written)


class PackChecker:
    """Reads the parts of one pack, and notes whatever nothing carries."""

    def __init__(self, shape: ClockPackShape, findings: Findings) -> None:
        self.shape = shape
        self.findings = findings
        self.attributes = self._attributes()

    def known(self, path: Path, kind: str, name: str, names: Collection[str]) -> bool:
        """Return whether `name` is among `names`, and note a problem at `path` where it is not.

        `kind` says in the problem what sort of name was expected.
        """
        if name not in names:
            self.findings.unknown(path, kind, name, names)
        return name in names

    def date(self, written: str, path: Path) -> str:
        """A date as it stands at `path`."""
        try:
            date.fromisoformat(written)
        except ValueError:
            self.findings.add(path, _("{value} is no date such as 2025-11-01.").format(value=written))
        return written

    def _attributes(self) -> dict[str, Attribute]:
        found = {}
        for name, one in self.shape.attributes.items():
            kinds = [key for key in ("one_of", "some_of", "kind") if getattr(one, key) is not None]
            if len(kinds) != 1:
                message = _("An attribute has exactly one of the keys one_of, some_of and kind.")
                self.findings.add(("attributes", name), message, key=True)
            options = {option: text(title) for option, title in (one.one_of or one.some_of or {}).items()}
            kind = one.kind or ("one_of" if one.one_of is not None else "some_of")
            found[name] = Attribute(name, text(one.title), kind, options)
        return found

    # Evidence

    def instrument(self, name: str, path: Path) -> Instrument:
        """The instrument called `name`."""
        if not self.known(path, _("instrument"), name, self.shape.instruments):
            return Instrument(name, Text(name, name), "", "composed")
        found = self.shape.instruments[name]
        return Instrument(name, text(found.title), found.source, found.address)

    def evidence(
        self, shape: EvidenceShape, instrument: Instrument, disabled: TextShape | None, path: Path
    ) -> Evidence:
        """Return how a fact is known, from its `evidence` key below `path`.

        Notes a problem where the mark means that nothing was verified and `verified` says otherwise, and where the fact
        is not verified and `disabled` gives no reason for leaving it switched off. Without a source of its own the fact
        has that of the instrument.
        """
        under = (*path, "evidence")
        if shape.verified and shape.mark in UNVERIFIED_MARKS:
            message = _("The mark {mark} means that this is not verified; write verified: false.")
            self.findings.add((*under, "mark"), message.format(mark=shape.mark))
        elif not shape.verified and disabled is None:
            message = _("This is not verified, so it must not run; say under disabled why, or leave it out.")
            self.findings.add(under, message, key=True)
        source = shape.source or instrument.source
        address = "read" if shape.source else instrument.address
        return Evidence(shape.mark, shape.verified, source, address, text(shape.note) if shape.note else None)

    # Conditions

    def scope(self, shape: ClockConditionShape | None, path: Path) -> ClockCondition:
        """A condition on the organisation."""
        return NO_CONDITION if shape is None else self._condition(shape, path, about_us=True)

    def needs(self, shape: ClockConditionShape | None, path: Path) -> ClockCondition:
        """A condition on the incident."""
        return NO_CONDITION if shape is None else self._condition(shape, path, about_us=False)

    def _condition(self, shape: ClockConditionShape, path: Path, *, about_us: bool) -> ClockCondition:
        if isinstance(shape, _ABOUT_THE_INCIDENT if about_us else _ABOUT_US):
            message = _("This asks about the organisation; here only the incident can be asked about.")
            if about_us:
                message = _("This asks about the incident; here only the organisation can be asked about.")
            self.findings.add(path, message)
            return NO_CONDITION
        match shape:
            case ClockAllShape():
                parts = enumerate(shape.all)
                return AllHold(tuple(self._condition(p, (*path, "all", n), about_us=about_us) for n, p in parts))
            case ClockAnyShape():
                parts = enumerate(shape.any)
                return AnyHolds(tuple(self._condition(p, (*path, "any", n), about_us=about_us) for n, p in parts))
            case ClockNotShape():
                return DoesNotHold(self._condition(shape.not_, (*path, "not"), about_us=about_us))
            case DeclaredShape():
                return self._declared(shape, path)
            case ReachesShape():
                return self._reaches(shape, path)
            case _:
                return self._judged(shape, path)

    def _declared(self, shape: DeclaredShape, path: Path) -> ClockCondition:
        if not self.known((*path, "attribute"), _("attribute"), shape.attribute, self.attributes):
            return NO_CONDITION
        attribute = self.attributes[shape.attribute]
        key, wanted = {"flag": ("is_", "is"), "count": ("at_least", "at_least")}.get(attribute.kind, ("in_", "in"))
        given = [name for name in ("in_", "is_", "at_least") if getattr(shape, name) is not None]
        if given != [key]:
            message = _("The attribute {name} is asked about with the key {key}, and no other.")
            self.findings.add(path, message.format(name=shape.attribute, key=wanted))
            return NO_CONDITION
        for index, option in enumerate(shape.in_ or ()):
            self.known((*path, "in", index), _("answer"), option, attribute.options)
        if shape.in_ is not None:
            return DeclaredIn(shape.attribute, tuple(shape.in_))
        if shape.is_ is not None:
            return DeclaredAs(shape.attribute, shape.is_)
        return DeclaredAtLeast(shape.attribute, shape.at_least or 0)

    def _reaches(self, shape: ReachesShape, path: Path) -> ClockCondition:
        if not self.known((*path, "measure"), _("measure"), shape.measure, self.shape.measures):
            return NO_CONDITION
        unit = self.shape.measures[shape.measure].unit
        given = {"is": shape.is_, "at_least": shape.at_least, "more_than": shape.more_than}
        keys = [key for key, value in given.items() if value is not None]
        valid = ("is",) if unit == "flag" else ("at_least", "more_than")
        if len(keys) != 1 or keys[0] not in valid:
            message = _("The measure {name} is asked about with the key {keys}, and no other.")
            self.findings.add(path, message.format(name=shape.measure, keys=_(" or ").join(valid)))
            return NO_CONDITION
        if shape.is_ is not None:
            holds = MeasureReaches(shape.measure, 1)
            return holds if shape.is_ else DoesNotHold(holds)
        value = shape.at_least if shape.at_least is not None else shape.more_than
        limit = measured(self.findings, unit, value or 0, (*path, keys[0]))
        return MeasureReaches(shape.measure, limit, beyond=shape.more_than is not None)

    def _judged(self, shape: JudgedShape, path: Path) -> ClockCondition:
        if self.known((*path, "scale"), _("scale"), shape.scale, self.shape.scales):
            levels = self.shape.scales[shape.scale].levels
            if self.known((*path, "level"), _("statutory level"), shape.level, levels):
                return StatutoryLevelReached(shape.scale, shape.level)
        return NO_CONDITION

    # Deadlines

    def deadline(self, shape: DeadlineShape, path: Path) -> Deadline:
        """The deadline at `path`."""
        if isinstance(shape, EarlierOfShape):
            first, second = (self._limit(one, (*path, "earlier_of", n)) for n, one in enumerate(shape.earlier_of))
            return EarlierOf(first, second, shape.first_alone_if_late)
        if isinstance(shape, ImmediatelyShape):
            return Immediately(text(shape.immediately), parse_duration(shape.target), self._anchors(shape, path))
        return self._limit(shape, path)

    def _limit(self, shape: LimitShape, path: Path) -> Limit:
        length: Length
        match shape:
            case HoursShape():
                length = Hours(shape.hours)
            case DaysShape():
                length = CalendarDays(shape.days, shape.first_day == "counted")
            case MonthsShape():
                length = CalendarMonths(shape.months)
            case BusinessDaysShape():
                length = BusinessDays(shape.business_days)
        return Limit(length, self._anchors(shape, path))

    def _anchors(self, shape: LimitShape | ImmediatelyShape, path: Path) -> tuple[Anchor, ...]:
        names, under = as_tuple(shape.from_), (*path, "from")
        found = []
        for index, name in enumerate(names):
            at = under if isinstance(shape.from_, str) else (*under, index)
            if self.known(at, _("anchor"), name, tuple(Anchor)):
                found.append(Anchor(name))
        return tuple(found)

    def relief(self, shape: ReliefShape | None, path: Path) -> NextWorkingDay | None:
        """The relief for days off at `path`."""
        if shape is None:
            return None
        minute = 0
        try:
            hour = time.fromisoformat(shape.next_working_day)
            minute = hour.hour * 60 + hour.minute
        except ValueError:
            message = _("{value} is no local hour such as 12:00.")
            self.findings.add((*path, "next_working_day"), message.format(value=shape.next_working_day))
        return NextWorkingDay(minute, self.scope(shape.when, (*path, "when")), text_or_words(shape.article))
