"""The document as a whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from incidentsim.domain.text import Language
from incidentsim.exports.as_json.run import dumps
from incidentsim.exports.documents.markdown import bullets, escaped
from incidentsim.exports.oscal import controls as about_controls
from incidentsim.exports.oscal.context import (
    CHECKPOINT,
    LOG,
    SCENARIO,
    OscalContext,
    acting,
    local_definitions,
    parties,
    resources,
    roles,
)
from incidentsim.exports.oscal.context import simulated as simulated_times
from incidentsim.exports.oscal.controls import Asked
from incidentsim.exports.oscal.observations import Observations, findings
from incidentsim.exports.oscal.values import NS, Object, Uuids, filled, line, props, string
from incidentsim.exports.reports.chapters.statements import proof_words
from incidentsim.exports.reports.dossier import Dossier
from incidentsim.exports.reports.material import gathered
from incidentsim.exports.reports.provenance import said
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

if TYPE_CHECKING:
    from incidentsim.domain.facts import Json

OSCAL_VERSION: Final = "1.2.1"

_STATEMENTS: Final = ("proves", "does-not-prove", "decided-by")
"""The subjects of the statements of every report, in their order."""


class NothingToAssessError(ValueError):
    """OSCAL cannot hold this: there is no control, or it is not known when the run was recorded."""


def assessment_results(dossier: Dossier, *, language: Language, members: str) -> bytes:
    """The document in `language`; see the package."""
    provenance = dossier.provenance
    asked = about_controls.asked(dossier.controls or ())
    if not asked:
        raise NothingToAssessError(_("OSCAL assessment results need at least one control to have been looked at."))
    if provenance.run is None or provenance.recorded_from is None or provenance.recorded_to is None:
        raise NothingToAssessError(
            _("OSCAL assessment results need the id of the run, and when its first and last entry were recorded.")
        )
    with spoken(language):
        uuids = Uuids(provenance.run, provenance.outcome_digest or "")
        material = gathered(dossier, language)
        scene = OscalContext(
            material, provenance.run, provenance.recorded_from, provenance.recorded_to, uuids, acting(material), members
        )
        return (dumps(cast("Json", _document(scene, asked))) + "\n").encode()


def _document(scene: OscalContext, asked: Sequence[Asked]) -> Object:
    return {
        "assessment-results": {
            "uuid": scene.uuids.of("assessment-results"),
            "metadata": _metadata(scene),
            "import-ap": {
                "href": scene.uuids.link("resource", SCENARIO),
                "remarks": _(
                    "There is no assessment plan in OSCAL. What stands in its place is the exercise: a scenario, and "
                    "the procedure that it was played by."
                ),
            },
            "local-definitions": {
                "objectives-and-methods": about_controls.objectives(scene, asked),
                "remarks": about_controls.objectives_are_ours(),
            },
            "results": [_result(scene, asked)],
            "back-matter": {"resources": [*resources(scene), *about_controls.frameworks(scene, asked)]},
        }
    }


def _metadata(scene: OscalContext) -> Object:
    facts = len(scene.material.account.facts)
    return filled(
        {
            "title": _("Assessment results of an exercise: {scenario}").format(scenario=scene.title),
            "last-modified": scene.last,
            "version": str(scene.material.provenance.size or facts),
            "oscal-version": OSCAL_VERSION,
            "document-ids": [{"scheme": NS, "identifier": string(scene.run)}],
            "props": props(language=scene.language),
            "roles": roles(scene),
            "parties": parties(scene),
            "remarks": _(
                "The version is the number of entries on record. People appear by the pseudonyms of the record, and "
                "nothing that anybody wrote while playing stands here. Properties in the namespace {ns} are those of "
                "incidentsim."
            ).format(ns=NS),
        }
    )


def _result(scene: OscalContext, asked: Sequence[Asked]) -> Object:
    observations = Observations(scene, asked)
    playbook = scene.material.account.playbook
    return filled(
        {
            "uuid": scene.uuids.of("result"),
            "title": _("The exercise “{scenario}”, run {run}").format(scenario=scene.title, run=line(scene.run)),
            "description": _(
                "The procedure “{procedure}”, version {version}, was played through in the scenario “{scenario}”, "
                "which is invented. For each control stands here which entries of the record are evidence for it, or "
                "that none is. Start and end are when the run was recorded; the times of the story are properties."
            ).format(procedure=scene.procedure, version=line(playbook.version), scenario=scene.title),
            "start": scene.first,
            "end": scene.last,
            "props": [*props(kind="exercise", run=scene.run), *simulated_times(scene)],
            "links": [{"href": scene.uuids.link("resource", name), "rel": "reference"} for name in (LOG, CHECKPOINT)],
            "local-definitions": local_definitions(scene),
            "reviewed-controls": about_controls.reviewed(scene, asked),
            "attestations": [{"parts": _statements(scene)}],
            "observations": observations.all(),
            "findings": findings(scene, asked, observations),
            "remarks": _(
                "A finding says that the record of the exercise holds evidence for a control. It does not say that the "
                "control is satisfied: that takes an assessor, and evidence from beyond an exercise."
            ),
        }
    )


def _statements(scene: OscalContext) -> list[Object]:
    """What every report says of an exercise, and what was and was not checked about this record."""
    words = proof_words(scene.material)
    provenance = scene.material.provenance
    statements = dict(zip(_STATEMENTS, map(escaped, words), strict=True))
    for holds, name, lead in (
        (True, "checked", _("This was checked about the record and holds:")),
        (False, "does-not-hold", _("This was checked about the record and DOES NOT HOLD:")),
    ):
        checks = [said(check.title, scene.language) for check in provenance.checks or () if check.holds is holds]
        if checks:
            statements[name] = "\n".join([lead, "", *bullets(checks)])
    if provenance.unchecked:
        limits = [said(text, scene.language) for text in provenance.unchecked]
        statements["not-checked"] = "\n".join(
            [_("This was not checked about the record, or cannot be:"), "", *bullets(limits)]
        )
    return [{"name": name, "ns": NS, "prose": prose} for name, prose in statements.items()]
