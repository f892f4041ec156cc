"""Which controls a run holds evidence for, for programs. The keys are a contract: new ones may be added."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json
from incidentsim.domain.text import LANGUAGES
from incidentsim.exports.as_json.pieces import Part, Rows
from incidentsim.exports.reports.chapters.statements import proof_words
from incidentsim.exports.reports.material import gathered
from incidentsim.messages import spoken

if TYPE_CHECKING:
    from incidentsim.domain.controls import ControlMap
    from incidentsim.domain.text import Text
    from incidentsim.exercise.controls.controls import ControlFinding
    from incidentsim.exports.reports.dossier import Dossier


def controls_json(dossier: "Dossier") -> dict[str, Part]:
    """Every control of every map with what was looked for and where it stands on record."""
    provenance, findings = dossier.provenance, dossier.controls or ()
    maps: dict[str, list[ControlFinding]] = {}
    for finding in findings:
        maps.setdefault(finding.map.id, []).append(finding)
    return {
        "run": provenance.run,
        "scenario": dossier.account.scenario.id,
        "playbook": dossier.account.playbook.id,
        "outcome_digest": provenance.outcome_digest,
        "size": provenance.size,
        "root": provenance.root,
        "proves": _statement(dossier),
        "frameworks": Rows(_framework(found[0].map, found) for found in maps.values()),
    }


def _statement(dossier: "Dossier") -> Json:
    """What an exercise proves and what not, as every report says it, in every language."""
    said = []
    for language in LANGUAGES:
        with spoken(language):
            said.append(proof_words(gathered(dossier, language)))
    return [dict(zip(LANGUAGES, words, strict=True)) for words in zip(*said, strict=True)]


def _framework(control_map: "ControlMap", findings: "list[ControlFinding]") -> Part:
    return {
        "id": control_map.id,
        "title": _text(control_map.title),
        "publisher": control_map.publisher,
        "version": control_map.version,
        "source": control_map.source,
        "shows": _text(control_map.shows),
        "found": sum(one.found for one in findings),
        "controls": Rows(
            {
                "control": one.control.id,
                "title": _text(one.control.title),
                "titled_by_us": one.control.titled_by_us,
                "counts_as": one.control.relation,
                "found": one.found,
                "looked_for": one.looked_for,
                "sequences": list(one.sequences),
                "evidence": [
                    {
                        "id": piece.evidence.id,
                        "asks": _text(piece.evidence.asks),
                        "found": piece.found,
                        "looked_for": piece.looked_for,
                        "sequences": list(piece.sequences),
                        "owed": list(piece.owed),
                    }
                    for piece in one.evidence
                ],
            }
            for one in findings
        ),
    }


def _text(text: "Text") -> Json:
    return dict(text.by_language())
