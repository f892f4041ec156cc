"""The two documents, from one material: the after-action report and the audit report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from incidentsim.domain.text import Language
from incidentsim.exports.documents.dates import file_date
from incidentsim.exports.documents.model import Block, Document, Heading, Paragraph, Part
from incidentsim.exports.reports.chapters import audit as audited
from incidentsim.exports.reports.chapters import clocks, controls, hotwash, improvements, overview
from incidentsim.exports.reports.chapters import decisions as decided
from incidentsim.exports.reports.chapters import evaluation as judged
from incidentsim.exports.reports.chapters import events as happenings
from incidentsim.exports.reports.chapters import facilitation as facilitated
from incidentsim.exports.reports.chapters import messages as said
from incidentsim.exports.reports.chapters import summary as executive
from incidentsim.exports.reports.chapters.statements import proof_blocks
from incidentsim.exports.reports.dossier import Dossier
from incidentsim.exports.reports.material import Material, gathered
from incidentsim.exports.reports.tables import Kind
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken


def compose(dossier: Dossier, *, kind: Kind = "aar", languages: Sequence[Language] = ("en",)) -> Document:
    """The report in each of these languages, one after the other."""
    parts = []
    for language in languages:
        with spoken(language):
            parts.append(_PARTS[kind](gathered(dossier, language)))
    return Document(dated(dossier), tuple(parts))


_LONG: Final = 60
"""As much of a title as stands at the foot of a page."""


def dated(dossier: Dossier) -> datetime:
    """Return the date that a file carries, to the second: when the record ended, or else when the exercise is set.

    It is never the present time, so that the same run always gives the same bytes, and never before 1980.
    """
    recorded = dossier.provenance.recorded_to or dossier.provenance.recorded_from
    return file_date(recorded or dossier.account.scenario.starts)


def _after_action(material: Material) -> Part:
    blocks: list[Block] = [
        Heading(2, _("Annex")),
        Paragraph(_("Everything that page one rests on, in the order of HSEEP.")),
        *overview.overview(material),
        *overview.story(material),
        *judged.scenario_objectives(material),
        *judged.objectives(material),
        *decided.decisions(material),
        *judged.strengths(material),
        *judged.areas(material),
        *judged.right_ways(material),
        *improvements.plan(material),
        *overview.participants(material),
        *hotwash.hotwash(material),
        *happenings.timeline(material),
        *said.decision_log(material),
        *facilitated.after_action(material),
        *judged.metrics(material),
        *clocks.clocks(material),
        *proof_blocks(material),
        *happenings.whole_record(material, details=False),
        *overview.signatures(material),
    ]
    part = _part(material, _("After-action report"), blocks)
    page_one = executive.summary(material, f"{part.title}\n{part.subtitle}")
    return replace(part, summary=tuple(page_one))


def _audit(material: Material) -> Part:
    blocks: list[Block] = [
        *proof_blocks(material),
        *audited.procedure(material),
        *audited.the_run(material),
        *audited.checks(material),
        *controls.controls(material),
        *audited.clauses(material),
        *happenings.timeline(material),
        *happenings.steps(material),
        *happenings.refusals(material),
        *happenings.duties(material),
        *happenings.escalations(material),
        *said.messages(material),
        *said.decision_log(material),
        *facilitated.audited(material),
        *audited.overrides(material),
        *clocks.clocks(material),
        *happenings.whole_record(material, details=True),
    ]
    return _part(material, _("Audit report"), blocks)


def _part(material: Material, title: str, blocks: list[Block]) -> Part:
    names, provenance = material.teller.names, material.provenance
    about = names.say(material.account.scenario.title)
    foot = [title, about if len(about) <= _LONG else about[:_LONG] + "…"]
    if provenance.run is not None:
        foot.append(_("run {run}").format(run=provenance.run))
    if provenance.size is not None:
        foot.append(_("size {n}").format(n=provenance.size))
    if provenance.root is not None:
        foot.append(_("root {root}").format(root=provenance.root))
    return Part(
        language=material.language,
        title=title,
        subtitle=names.say(material.account.scenario.title),
        contents=_("Contents"),
        foot=" · ".join(foot),
        blocks=tuple(blocks),
    )


_PARTS: Final[Mapping[Kind, Callable[[Material], Part]]] = {"aar": _after_action, "audit": _audit}
