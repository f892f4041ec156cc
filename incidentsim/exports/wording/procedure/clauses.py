"""The clauses, each with the rules that rest on it."""

from collections.abc import Iterable, Iterator

from incidentsim.domain.basis import Basis
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.text import Text
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.rows import ClauseRow
from incidentsim.messages import gettext as _


def clause_rows(playbook: Playbook, names: Names) -> tuple[ClauseRow, ...]:
    """The clauses in the order of the playbook."""
    resting = list(_rules(playbook))
    return tuple(
        ClauseRow(
            clause=clause.id,
            says=names.say(clause.says),
            source=names.say(playbook.sources[clause.source].title) if clause.source in playbook.sources else "",
            phase=names.say(playbook.phases[clause.phase].title) if clause.phase is not None else "",
            context=names.say(clause.context),
            rules=_told(((title, basis) for title, basis in resting if clause.id in basis.clauses), names),
        )
        for clause in playbook.clauses.values()
    )


def rules_without_clause(playbook: Playbook, names: Names) -> tuple[tuple[str, str], ...]:
    """The rules that rest on no clause: pairs of a title and what it rests on instead, such as an assumption."""
    loose = ((names.say(title), basis_mark(basis, names)) for title, basis in _rules(playbook) if not basis.clauses)
    return tuple(dict.fromkeys(loose))


def _told(rules: Iterable[tuple[Text, Basis]], names: Names) -> tuple[str, ...]:
    titles = (
        _("{title} [assumption]").format(title=names.say(title)) if basis.kind == "assumption" else names.say(title)
        for title, basis in rules
    )
    return tuple(dict.fromkeys(titles))


def _of_step(step: Step) -> Iterator[tuple[Text, Basis]]:
    yield step.title, step.basis
    if step.tells is not None and step.tells.basis != step.basis:
        told = _("Who is told: {step}")
        yield Text(told.format(step=step.title.en), told.format(step=step.title.zh)), step.tells.basis


def _rules(playbook: Playbook) -> Iterator[tuple[Text, Basis]]:
    """Every rule that has a title, with what it rests on."""
    for level in playbook.levels.values():
        yield level.name, level.basis
    for judgement in playbook.judgements.values():
        yield from ((judgement.title, criterion.basis) for criterion in judgement.criteria)
    yield from ((role.title, role.basis) for role in playbook.roles.values())
    yield from ((body.title, body.basis) for body in playbook.bodies.values())
    for track in playbook.tracks.values():
        for step in track.steps:
            yield from _of_step(step)
    for duty in playbook.duties.values():
        yield duty.title, duty.basis
        if duty.within_basis != duty.basis:
            times = _("Time allowed: {duty}")
            yield Text(times.format(duty=duty.title.en), times.format(duty=duty.title.zh)), duty.within_basis
    for rule in playbook.escalations:
        yield rule.title, rule.basis
    for act in playbook.forbidden.values():
        yield act.title, act.basis
    for vocabulary in playbook.vocabularies.values():
        yield vocabulary.title, vocabulary.basis
    for circumstance in playbook.circumstances.values():
        yield circumstance.title, circumstance.basis
