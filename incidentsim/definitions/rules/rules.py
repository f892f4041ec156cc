"""What the rules of a playbook have in common: the basis they rest on, the content they ask for, measured values."""

from incidentsim.definitions.formats.common import Cited, Grounded, RegulationShape
from incidentsim.definitions.formats.fields import ChoiceShape, ChoicesShape, FieldShape
from incidentsim.definitions.formats.judging import ThresholdShape
from incidentsim.definitions.formats.owing import DutyBasisShape, DutyShape, NoticeShape
from incidentsim.definitions.formats.playbook import PlaybookShape, StepShape
from incidentsim.definitions.formats.values import measured, text, words_or_text
from incidentsim.definitions.names.names import Names, as_tuple
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.rules.field_values import choices_of_packs
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.basis import Basis
from incidentsim.domain.field_kinds import FieldContent, FieldKind
from incidentsim.domain.playbook import Field, Threshold
from incidentsim.domain.text import Text
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

MEASURES = "measures"
"""`choices: measures` lets a step name measures; no list may be called so."""

_NOT_SAID = Basis("assumption")


class RuleChecker(Checker):
    """Reads the parts that every rule has, and remembers which clauses some rule cites."""

    def __init__(self, shape: PlaybookShape, names: Names, findings: Findings) -> None:
        super().__init__(names, findings)
        self.shape = shape
        self.cited: set[str] = set()
        self.sections: dict[str, None] = {}

    def basis(self, rule: Grounded, path: Path) -> Basis:
        """The basis of the rule at `path`."""
        return self._basis(rule.basis, self._clauses(rule, path), path)

    def duty_bases(self, rule: DutyShape | NoticeShape, path: Path) -> tuple[Basis, Basis]:
        """The basis of a duty and that of its time."""
        clauses = self._clauses(rule, path)
        if isinstance(rule.basis, DutyBasisShape):
            under = (*path, "basis")
            of_duty = self._basis(rule.basis.duty, clauses, path, (*under, "duty"))
            return of_duty, self._basis(rule.basis.within, clauses, path, (*under, "within"))
        both = self._basis(rule.basis, clauses, path)
        by_section = self.shape.basis if isinstance(self.shape.basis, dict) else {}
        if rule.basis is None and "times" in by_section:
            return both, self._basis(by_section["times"], clauses, path, ("basis", "times"))
        return both, both

    def _clauses(self, rule: Cited, path: Path) -> tuple[str, ...]:
        return (*self._named_clauses(rule.clause, path), *self._sections(rule, path))

    def _sections(self, rule: Cited, path: Path) -> tuple[str, ...]:
        sections, under = as_tuple(rule.at), (*path, "at")
        if isinstance(rule.at, list):
            self.once(under, sections)
        if sections and len(self.shape.sources) != 1:
            message = _("A section is cited by at where there is one source; cite a clause, or name the source.")
            self.findings.add(under, message)
            return ()
        for section in sections:
            if section in self.shape.clauses:
                self.cited.add(section)
            else:
                self.sections[section] = None
        return sections

    def _named_clauses(self, written: str | list[str] | None, path: Path) -> tuple[str, ...]:
        clauses = as_tuple(written)
        under = (*path, "clause")
        if isinstance(written, list):
            self.once(under, clauses)
        for index, clause in enumerate(clauses):
            at = (*under, index) if isinstance(written, list) else under
            if self.known(at, _("clause"), clause, self.shape.clauses):
                self.cited.add(clause)
        return clauses

    def _basis(self, written: object, clauses: tuple[str, ...], path: Path, at: Path | None = None) -> Basis:
        at = at or (*path, "basis")
        if isinstance(written, RegulationShape):
            return Basis("regulation", clauses, words_or_text(written.regulation), words_or_text(written.article))
        if written == "assumption":
            return Basis("assumption", clauses)
        if written == "regulation":
            message = _("A regulation is named with its article: {{regulation: …, article: …}}.")
            self.findings.add(at, message.format())
            return _NOT_SAID
        if clauses:
            return Basis("documented", clauses)
        section = "steps" if path[0] == "tracks" else path[0]
        by_section = self.shape.basis
        given = (
            next((one for name, one in by_section.items() if name == section), None)
            if isinstance(by_section, dict)
            else by_section
        )
        if written is None and given is not None:
            return self._basis(given, (), path, ("basis",))
        if written is None:
            message = _("This rule has no basis: name its clause, a regulation with its article, or assumption.")
            self.findings.add(path, message, key=True)
        else:
            self.findings.add(at, _("A documented rule names the clause that says it; the key clause is missing."))
        return _NOT_SAID

    def threshold(self, shape: ThresholdShape, path: Path) -> Threshold:
        """A measure and the value it must reach."""
        if not self.known((*path, "measure"), _("measure"), shape.measure, self.shape.measures):
            return Threshold(shape.measure, 0)
        value = measured(self.findings, self.shape.measures[shape.measure].unit, shape.at_least, (*path, "at_least"))
        if shape.at_least is False:
            self.findings.add((*path, "at_least"), _("Everything reaches false; write true."))
        return Threshold(shape.measure, value)

    def fields(self, rule: StepShape | NoticeShape, path: Path) -> tuple[Field, ...]:
        """The content that a step asks for, and then what it allows besides."""
        for name in rule.may:
            if name in rule.requires:
                self.findings.add((*path, "may", name), _("{name} is required already.").format(name=name), key=True)
        required = [self._field(name, kind, (*path, "requires", name), True) for name, kind in rule.requires.items()]
        allowed = [self._field(name, kind, (*path, "may", name), False) for name, kind in rule.may.items()]
        return (*required, *allowed)

    def _field(self, name: str, kind: FieldShape, path: Path, required: bool) -> Field:
        title, holds = Text(name, name), None
        if name in self.shape.fields:
            shape = self.shape.fields[name]
            title, holds = text(shape), None if shape.holds is None else FieldContent(shape.holds)
        else:
            near = nearest(name, list(self.shape.fields))
            message = _("There is no field {name}; name it under fields, and say there what it is called.")
            if near is not None:
                message = _("There is no field {name}; the nearest valid one is {near}, or name it under fields.")
            self.findings.add(path, message.format(name=quoted(name), near=near), key=True)
        if isinstance(kind, list):
            self.once(path, kind)
            for index, channel in enumerate(kind):
                self.known((*path, index), _("channel"), channel, self.shape.channels)
            return Field(name, FieldKind.CHOICE, title, tuple(kind), required)
        if isinstance(kind, ChoiceShape):
            return Field(
                name, FieldKind.CHOICE, title, self._items(kind.choice, (*path, "choice")), required, 1, kind.choice
            )
        if isinstance(kind, ChoicesShape):
            items = self._items(kind.choices, (*path, "choices"))
            if items and kind.at_least > len(items):
                message = _("{count} are asked for, but the list {name} has only {most}.")
                message = message.format(count=kind.at_least, name=kind.choices, most=len(items))
                self.findings.add((*path, "at_least"), message)
            return Field(name, FieldKind.CHOICES, title, items, required, kind.at_least, kind.choices)
        return Field(name, kind, title, choices_of_packs(kind), required, holds=holds)

    def _items(self, name: str, path: Path) -> tuple[str, ...]:
        if name == MEASURES:
            return tuple(self.shape.measures)
        if self.known(path, _("list"), name, (*self.shape.lists, MEASURES)):
            return tuple(self.shape.lists[name].items)
        return ()
