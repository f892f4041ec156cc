"""The parts of a playbook that rules speak of: sources, clauses, levels, roles, bodies, lists."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.definitions.formats.judging import CriterionShape
from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.playbook.filling.words import section_words
from incidentsim.definitions.playbook.meaning import meanings
from incidentsim.definitions.rules.rules import MEASURES, RuleChecker
from incidentsim.definitions.yaml12.findings import valid_words
from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.judgements import Criterion, Judgement
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    TeamMeaning,
)
from incidentsim.domain.playbook import (
    ANYONE,
    Body,
    Circumstance,
    ForbiddenAct,
    Level,
    LevelModifier,
    Measure,
    Role,
    Vocabulary,
    WorkingHours,
)
from incidentsim.domain.sources import Clause, Source
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted


def sources(shape: PlaybookShape) -> dict[str, Source]:
    """The documents."""
    return {name: Source(name, text(source.title)) for name, source in shape.sources.items()}


def clauses(checker: RuleChecker) -> dict[str, Clause]:
    """The clauses that are written; which of them no rule cites is known after the rules (`uncited`)."""
    found = {}
    for name, clause in checker.shape.clauses.items():
        path: Path = ("clauses", name)
        checker.known((*path, "source"), _("source"), clause.source, checker.shape.sources)
        if clause.phase is not None:
            checker.known((*path, "phase"), _("phase"), clause.phase, checker.shape.phases)
        context = text(clause.context) if clause.context else None
        found[name] = Clause(name, clause.source, text(clause.says), clause.phase, context)
    return found


def sections(checker: RuleChecker) -> dict[str, Clause]:
    """The sections of the one source that rules cite by `at` and that are not written as clauses."""
    return {
        section: Clause(section, name, text(section_words(section, source.title)))
        for section in checker.sections
        for name, source in list(checker.shape.sources.items())[:1]
    }


def uncited(checker: RuleChecker, document: Document) -> tuple[Problem, ...]:
    """Notes of the clauses that are neither a rule nor said to be context."""
    message = _("No rule cites the clause {name}; add the rule, or say under context why there is none.")
    return tuple(
        document.problem(("clauses", name), message.format(name=name), key=True)
        for name, clause in checker.shape.clauses.items()
        if name not in checker.cited and clause.context is None
    )


def measures(checker: RuleChecker) -> dict[str, Measure]:
    """Return the measures of a playbook by id: what can be counted about an incident, each with its unit.

    Notes a problem where one says that it means what is counted in another unit.
    """
    by_name = {}
    for name, shape in checker.shape.measures.items():
        path: Path = ("measures", name)
        said = meanings(checker, shape.means, name, path, MeasureMeaning)
        fitting = tuple(meaning for meaning in said if meaning.unit == shape.unit)
        for meaning in said if shape.means is not None else ():
            if meaning not in fitting:
                message = _("The unit of {meaning} is {right}, and that of this measure is {unit}.")
                words = message.format(meaning=meaning, right=meaning.unit, unit=shape.unit)
                checker.findings.add((*path, "means"), words)
        by_name[name] = Measure(name, text(shape.title), shape.unit, fitting)
    return by_name


def channel_meanings(checker: RuleChecker) -> dict[str, tuple[ChannelMeaning, ...]]:
    """Return what each channel means, by its id."""
    return {
        name: meanings(checker, shape.means, name, ("channels", name), ChannelMeaning)
        for name, shape in checker.shape.channels.items()
    }


def levels(checker: RuleChecker) -> dict[int, Level]:
    """The levels, which must be numbered 1, 2, 3 and so on."""
    written = checker.shape.numbered_levels
    listed = isinstance(checker.shape.levels, list)
    for expected, number in enumerate(sorted(written), start=1):
        if number != expected:
            message = _("The levels are numbered 1, 2, 3 and so on without a gap; {expected} is missing.")
            checker.findings.add(("levels", number), message.format(expected=expected), key=True)
            break
    by_number = {}
    for number, level in written.items():
        path: Path = ("levels", number - 1 if listed else number)
        any_of = tuple(checker.threshold(one, (*path, *at)) for at, one in level.thresholds)
        by_number[number] = Level(number, text(level.name), any_of, checker.basis(level, path))
    return by_number


def modifiers(checker: RuleChecker) -> tuple[LevelModifier, ...]:
    """Return the rules that make an incident more severe, in the order of the file."""
    found = []
    for index, rule in enumerate(checker.shape.aggravating_factors):
        path: Path = ("aggravating_factors", index)
        when = checker.threshold(rule.when, (*path, "when"))
        found.append(LevelModifier(when, rule.more_severe_by, checker.basis(rule, path)))
    return tuple(found)


def judgements(checker: RuleChecker) -> dict[str, Judgement]:
    """Return the questions that steps answer, each with its criteria.

    Notes a problem where no step asks for one, or a criterion names a measure that there is not.
    """
    asked = {name for track in checker.shape.tracks.values() for step in track.steps for name in step.fits}
    by_name = {}
    for name, judgement in checker.shape.judgements.items():
        path: Path = ("judgements", name)
        if name not in asked:
            message = _("No step asks by fits for the answer {name}; {valid}")
            message = message.format(name=quoted(name), valid=valid_words(name, asked))
            checker.findings.add(path, message, key=True)
        speaks_for = _criteria(checker, judgement.for_, (*path, "for"))
        speaks_against = _criteria(checker, judgement.against, (*path, "against"))
        means = meanings(checker, judgement.means, name, path, JudgementMeaning)
        by_name[name] = Judgement(name, text(judgement.title), speaks_for, speaks_against, means)
    return by_name


def _criteria(checker: RuleChecker, written: Sequence[CriterionShape], path: Path) -> tuple[Criterion, ...]:
    criteria = []
    for index, criterion in enumerate(written):
        under = (*path, index, "measures")
        checker.once(under, criterion.measures)
        for place, measure in enumerate(criterion.measures):
            checker.known((*under, place), _("measure"), measure, checker.shape.measures)
        basis = checker.basis(criterion, (*path, index))
        criteria.append(Criterion(text(criterion.says), basis, tuple(criterion.measures)))
    return tuple(criteria)


def roles(checker: RuleChecker) -> dict[str, Role]:
    """The roles and their deputies."""
    by_name = {}
    for name, role in checker.shape.roles.items():
        path: Path = ("roles", name)
        _reserved(checker, path, name)
        under = (*path, "deputies")
        checker.once(under, role.deputies)
        for index, deputy in enumerate(role.deputies):
            if checker.role((*under, index), deputy) and deputy == name:
                checker.findings.add(
                    (*under, index), _("A role cannot be its own deputy; name another, or leave it out.")
                )
        basis = checker.basis(role, path)
        means = meanings(checker, role.means, name, path, RoleMeaning)
        by_name[name] = Role(name, text(role.title), basis, tuple(role.deputies), role.outside, means)
    return by_name


def bodies(checker: RuleChecker) -> dict[str, Body]:
    """The bodies, whose members and heads are roles."""
    by_name = {}
    for name, body in checker.shape.bodies.items():
        path: Path = ("bodies", name)
        _reserved(checker, path, name)
        if name in checker.shape.roles:
            message = _("{name} is the id of a role already; a body needs one of its own.")
            checker.findings.add(path, message.format(name=name), key=True)
        checker.once((*path, "members"), body.members)
        for index, member in enumerate(body.members):
            checker.role((*path, "members", index), member)
        if body.head is not None:
            checker.role((*path, "head"), body.head)
        means = meanings(checker, body.means, name, path, TeamMeaning)
        by_name[name] = Body(name, text(body.title), tuple(body.members), body.head, checker.basis(body, path), means)
    return by_name


def _reserved(checker: RuleChecker, path: Path, name: str) -> None:
    if name == ANYONE:
        checker.findings.add(path, _("The word anyone means everybody; choose another id."), key=True)
    elif name[0] == "p" and name[1:].isdigit():
        message = _("{name} is what the record calls a person; choose another id.")
        checker.findings.add(path, message.format(name=name), key=True)


def vocabularies(checker: RuleChecker) -> dict[str, Vocabulary]:
    """The closed lists."""
    found = {}
    for name, closed in checker.shape.lists.items():
        path: Path = ("lists", name)
        if name == MEASURES:
            message = _("The word measures means the measures of this playbook; choose another id.")
            checker.findings.add(path, message, key=True)
        items = {item: text(title) for item, title in closed.items.items()}
        found[name] = Vocabulary(name, text(closed.title), items, checker.basis(closed, path))
    return found


def circumstances(checker: RuleChecker) -> dict[str, Circumstance]:
    """Return the circumstances that may come to light about an incident, by id."""
    by_name = {}
    for name, shape in checker.shape.circumstances.items():
        path: Path = ("circumstances", name)
        means = meanings(checker, shape.means, name, path, CircumstanceMeaning)
        by_name[name] = Circumstance(name, text(shape.title), checker.basis(shape, path), means)
    return by_name


def forbidden(checker: RuleChecker, taken: Mapping[str, Path]) -> dict[str, ForbiddenAct]:
    """Return the acts that nobody may do, by their name.

    Notes a problem where one is called like another or like a step; `taken` holds the path of each step by its name.
    """
    found: dict[str, ForbiddenAct] = {}
    for index, act in enumerate(checker.shape.forbidden):
        path: Path = ("forbidden", index)
        if act.do in found or act.do in taken:
            message = _("{do} is the name of another step or forbidden act.")
            checker.findings.add((*path, "do"), message.format(do=act.do))
        found[act.do] = ForbiddenAct(act.do, text(act.title), checker.basis(act, path))
    return found


DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def working_hours(checker: RuleChecker) -> WorkingHours | None:
    """Return the working hours, in minutes from local midnight; `None` where the playbook works round the clock.

    Notes a problem where they do not begin before they end on the same day.
    """
    shape = checker.shape.working_hours
    if shape is None:
        return None
    begins, ends = (int(clock[:2]) * 60 + int(clock[3:]) for clock in shape.hours.split("/"))
    if begins >= ends:
        message = _("Working hours begin before they end, on the same day; {hours} do not.")
        checker.findings.add(("working_hours", "hours"), message.format(hours=shape.hours))
    days = tuple(sorted({DAYS.index(day) for day in shape.days}))
    return WorkingHours(days, begins, ends, checker.basis(shape, ("working_hours",)))
