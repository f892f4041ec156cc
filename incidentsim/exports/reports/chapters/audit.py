"""What only an auditor asks: which procedure, whose record, what was checked, what clauses and controls it shows."""

from collections import Counter
from collections.abc import Iterator

from incidentsim.domain.basis import Basis
from incidentsim.domain.facts import basis_of
from incidentsim.domain.playbook import Playbook
from incidentsim.exports.documents.model import Block, Heading, Listing, Numbers, Paragraph, Row, Table, Terms
from incidentsim.exports.reports.chapters.evaluation import override_line
from incidentsim.exports.reports.chapters.events import titled
from incidentsim.exports.reports.chapters.overview import (
    NOTHING,
    decision_terms,
    evidence,
    exercise_terms,
    pinning,
    record_terms,
)
from incidentsim.exports.reports.material import Material
from incidentsim.exports.reports.provenance import Check, said
from incidentsim.messages import gettext as _


def procedure(material: Material) -> list[Block]:
    """The procedure: its id, version and digest, the documents it is taken from, and on what its rules rest."""
    names, playbook, provenance = material.teller.names, material.account.playbook, material.provenance
    kinds = Counter(basis.kind for basis in _bases(playbook))
    items = [
        (_("Id"), playbook.id),
        (_("Version"), playbook.version),
        (_("Title"), names.say(playbook.title)),
        (_("Digest of its bytes"), provenance.playbook_digest or _("not stated")),
        (_("Taken from"), "\n".join(names.say(source.title) for source in playbook.sources.values()) or NOTHING),
        (
            _("Rules by what they rest on"),
            _("documents: {documented}; law: {regulation}; assumption of this playbook: {assumption}").format(
                documented=kinds["documented"], regulation=kinds["regulation"], assumption=kinds["assumption"]
            ),
        ),
    ]
    note = Paragraph(
        _("The bytes of procedure and scenario are kept with the record, and its first entry holds their digests.")
    )
    return [Heading(2, _("The procedure")), Terms(tuple(items)), note]


def _bases(playbook: Playbook) -> Iterator[Basis]:
    for track in playbook.tracks.values():
        yield from (step.basis for step in track.steps)
    for duty in playbook.duties.values():
        yield from (duty.basis, duty.within_basis)
    yield from (rule.basis for rule in playbook.escalations)
    yield from (act.basis for act in playbook.forbidden.values())
    yield from (level.basis for level in playbook.levels.values())
    yield from (anchor.basis for anchor in playbook.anchors.values())


def the_run(material: Material) -> list[Block]:
    """The run: what was played, who recorded it and when, and what pins the record."""
    scenario = [(_("Digest of the scenario's bytes"), material.provenance.scenario_digest or _("not stated"))]
    terms = [*exercise_terms(material), *scenario, *record_terms(material), *decision_terms(material)]
    return [Heading(2, _("The run")), Terms(tuple(terms)), *pinning(material)]


def checks(material: Material) -> list[Block]:
    """Write the section on the checks: those made on the record with their results, and those not or never made."""
    provenance = material.provenance
    blocks: list[Block] = [Heading(2, _("Checks made and not made"))]
    if provenance.checks:
        rows = tuple(
            Row((said(check.title, material.language), _result(check)), "plain" if check.holds else "late")
            for check in provenance.checks
        )
        blocks.append(Table((_("Check"), _("Result")), rows, (8, 5)))
    else:
        blocks.append(
            Paragraph(
                _("The record was not checked when this report was written. “incidentsim verify” checks it."),
                important=True,
            )
        )
    unchecked = [said(text, material.language) for text in provenance.unchecked]
    unchecked += [
        _("Not checked: whether the people named are those who sat at the table."),
        _("Not checked: whether the clock of the recording machine was right."),
    ]
    if provenance.checks is None:
        unchecked.append(
            _(
                "Cannot be checked from the record alone: whether whoever holds the key rewrote all of it. A "
                "checkpoint kept elsewhere, a second signature or a printed copy of this page would show it."
            )
        )
    return [*blocks, Heading(3, _("Not checked")), Listing(tuple(unchecked))]


def _result(check: Check) -> str:
    if check.holds:
        return _("holds")
    lines = [_("DOES NOT HOLD")]
    if check.sequence is not None:
        lines.append(_("entry: {seq}").format(seq=check.sequence))
    if check.expected or check.found:
        lines += [_("expected: {what}").format(what=check.expected), _("found: {what}").format(what=check.found)]
    return "\n".join(lines)


def clauses(material: Material) -> list[Block]:
    """Each clause that facts of this run cite, with the facts; and those that none cites."""
    names, playbook = material.teller.names, material.account.playbook
    cited: dict[str, list[int]] = {}
    for number, fact in enumerate(material.account.facts):
        _rule, mark = basis_of(fact)
        if mark is not None and number not in material.undone:
            cited.setdefault(mark, []).append(number)
    rows = []
    for clause_id, clause in playbook.clauses.items():
        if clause_id in cited:
            source = playbook.sources.get(clause.source)
            title = names.say(source.title) if source is not None else clause.source
            rows.append(Row((clause_id, title, names.say(clause.says), evidence(cited[clause_id]))))
    table = Table((_("Clause"), _("Document"), _("What it says"), _("Facts that cite it")), tuple(rows), (2, 5, 12, 5))
    blocks = titled(_("Clauses that this run cites"), table, _("No fact cites a clause."))
    rest = [clause_id for clause_id in playbook.clauses if clause_id not in cited]
    if rest:
        blocks.append(Paragraph(_("No fact of this run cites: {clauses}.").format(clauses=names.listed(rest))))
    return blocks


def overrides(material: Material) -> list[Block]:
    """The ratings that a facilitator set instead of the proposed ones."""
    tasks = material.account.playbook.tasks
    rows = tuple(
        Row(
            (
                Numbers((task.override.sequence,)),
                material.teller.names.say(tasks[task.task].title),
                override_line(material, task, task.override),
            )
        )
        for task in material.evaluation.tasks.values()
        if task.override is not None
    )
    table = Table((_("No."), _("Task"), _("Rating and reason")), rows, (2, 8, 12))
    return titled(_("Ratings set by the facilitator"), table, _("The facilitator set no rating."))
