"""The evidence for controls, framework by framework: found or not, in which facts, and how it counts."""

from collections.abc import Sequence

from incidentsim.domain.controls import ControlMap, Relation
from incidentsim.exercise.controls.controls import ControlFinding, EvidenceFound
from incidentsim.exports.documents.model import Block, Heading, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.chapters.overview import NOTHING, evidence
from incidentsim.exports.reports.material import Material
from incidentsim.messages import gettext as _


def controls(material: Material) -> list[Block]:
    """Write the chapter on the controls that this run holds evidence for, a section for each framework."""
    title = Heading(2, _("Evidence for controls"))
    if not material.controls:
        return [title, Paragraph(_("No map of controls was applied to this report."))]
    note = _(
        "“Found” says that this run holds facts of the kind that a control asks for, and the numbers say which. "
        "Whether the control is effective is for the auditor to judge."
    )
    counts = [_("{title}: {value}").format(title=name, value=words) for name, words in relations().values()]
    blocks: list[Block] = [title, Paragraph(note), Paragraph("\n".join(counts))]
    for framework, findings in by_framework(material.controls):
        blocks += _section(material, framework, findings)
    return blocks


def by_framework(findings: Sequence[ControlFinding]) -> list[tuple[ControlMap, list[ControlFinding]]]:
    """The findings of each map, in order."""
    found: dict[str, tuple[ControlMap, list[ControlFinding]]] = {}
    for one in findings:
        found.setdefault(one.map.id, (one.map, []))[1].append(one)
    return list(found.values())


def relations() -> dict[Relation, tuple[str, str]]:
    """Return the ways in which evidence from an exercise counts for a control, each in a word and in a sentence."""
    return {
        "exercise": (_("exercise"), _("the control asks for exercises, tests or training, and this run is one.")),
        "simulated": (_("simulated"), _("the control asks for a process, which was gone through in a simulation.")),
        "record": (_("record"), _("the control asks something of records, and the record of this run is one.")),
    }


def _section(material: Material, framework: ControlMap, findings: Sequence[ControlFinding]) -> list[Block]:
    say = material.teller.names.say
    name = _("{title}, {version}").format(title=say(framework.title), version=framework.version)
    found = sum(one.found for one in findings)
    count = _("Found for {found} of {all} controls.").format(found=found, all=len(findings))
    words = _("{first} {then}").format(first=say(framework.shows), then=count)
    rows = tuple(_row(material, one) for one in findings)
    return [Heading(3, name), Paragraph(words), Table(head(), rows, (3, 6, 8, 3, 4, 3))]


def _row(material: Material, finding: ControlFinding) -> Row:
    say = material.teller.names.say
    lines = [_looked_for(material, finding, piece) for piece in finding.evidence]
    if len(lines) > 1:
        lines = [f"• {words}" for words in lines]
    return Row(
        (
            finding.control.id,
            say(finding.control.title),
            "\n".join(lines),
            _status(finding),
            evidence(finding.sequences) if finding.found else NOTHING,
            relations()[finding.control.relation][0],
        )
    )


def _status(finding: ControlFinding) -> str:
    if finding.found:
        return _("found")
    return _("not found in this run") if finding.looked_for else _("not looked for")


def _looked_for(material: Material, finding: ControlFinding, piece: EvidenceFound) -> str:
    words = material.teller.names.say(piece.evidence.asks)
    if piece.owed:
        message = _("called for by the truth and not done ({facts}): {what}")
        return message.format(facts=Numbers(piece.owed).words, what=words)
    if not piece.looked_for:
        return _("not looked for, because the procedure has no rule for it: {what}").format(what=words)
    return words if piece.found or not finding.found else _("not found: {what}").format(what=words)


def table(material: Material) -> Table:
    """All controls of all frameworks in one table."""
    rows = [
        Row((material.teller.names.say(framework.title), *_row(material, one).cells))
        for framework, findings in by_framework(material.controls or ())
        for one in findings
    ]
    return Table((_("Framework"), *head()), tuple(rows), (5, 3, 6, 8, 3, 5, 3))


def head() -> tuple[str, ...]:
    """The columns of a table of controls."""
    return (_("Control"), _("Title"), _("What was looked for"), _("Evidence"), _("Found in"), _("Counts as"))
