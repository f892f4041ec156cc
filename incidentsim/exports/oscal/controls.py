"""Controls in OSCAL: what they are called, which were looked at, and what was to be found for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from incidentsim.domain.controls import Control, ControlMap, Relation
from incidentsim.exercise.controls.controls import ControlFinding
from incidentsim.exports.documents.markdown import bullets, escaped
from incidentsim.exports.oscal.context import OscalContext
from incidentsim.exports.oscal.values import NS, OSCAL_NS, Object, filled, line, prop, props, reference, string, token
from incidentsim.messages import gettext as _

_SP_800_53: Final = re.compile(r"([A-Z]{2})-(\d{1,2})(?:\((\d{1,2})\))?", re.ASCII)
_CSF: Final = re.compile(r"[A-Z]{2}\.[A-Z]{2}(-\d{2})?", re.ASCII)
_IN_URIS: Final = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Asked:
    """A control that a map asks about: what the run holds for it, and the id it has in OSCAL."""

    finding: ControlFinding
    id: str

    @property
    def control(self) -> Control:
        """The control."""
        return self.finding.control

    @property
    def map(self) -> ControlMap:
        """The framework that it belongs to."""
        return self.finding.map

    @property
    def objective(self) -> str:
        """The id of the objective that this document defines for it."""
        return f"exercise-evidence_{self.id}"


def asked(findings: Sequence[ControlFinding]) -> tuple[Asked, ...]:
    """The controls with their ids. Those of which an exercise can show nothing were not looked at and are left out."""
    taken: set[str] = set()
    found = []
    for one in findings:
        if one.evidence:
            name = _free(one, taken)
            taken.add(name)
            found.append(Asked(one, name))
    return tuple(found)


def _free(finding: ControlFinding, taken: set[str]) -> str:
    """The id that NIST's catalogues have, or one of ours that begins with the framework's; none is given twice."""
    published = published_id(finding.control.id)
    if published is not None and published not in taken:
        return published
    own = f"{finding.map.id}_{token(finding.control.id.lower()).lstrip('_')}"
    return next(
        name for name in (own, *(f"{own}_{number}" for number in range(2, len(taken) + 3))) if name not in taken
    )


def published_id(printed: str) -> str | None:
    """The id that NIST's own catalogues in OSCAL give to the control printed like this; `None`: they have none like it.

    SP 800-53 prints `IR-3(2)` and has the id `ir-3.2`; the Cybersecurity Framework has the ids that it prints.
    """
    found = _SP_800_53.fullmatch(printed)
    if found is not None:
        family, number, enhancement = found.groups()
        return f"{family.lower()}-{int(number)}" + (f".{int(enhancement)}" if enhancement else "")
    return printed if _CSF.fullmatch(printed) else None


def control_words(scene: OscalContext, asked: Asked) -> str:
    """Id and title of a control as its framework prints them, for within Markdown."""
    return line(_("{id} {title}").format(id=asked.control.id, title=asked.control.title.say(scene.language)))


def reviewed(scene: OscalContext, controls: Sequence[Asked]) -> Object:
    """The controls that were looked at, framework by framework."""
    maps = list(dict.fromkeys(one.map for one in controls))
    return {
        "description": _(
            "The controls that the control maps name. For each, its map says what in the record of an exercise is "
            "evidence for it."
        ),
        "control-selections": [_selection(scene, each, [one for one in controls if one.map == each]) for each in maps],
        "control-objective-selections": [
            {
                "description": objectives_are_ours(),
                "include-objectives": [{"objective-id": one.objective} for one in controls],
            }
        ],
        "remarks": _(
            "There is a finding for every control with evidence in this run. That there is none for a control says "
            "nothing about the control: this exercise may not have called for it, or may have shown it in a way that "
            "the map does not know."
        ),
    }


def objectives_are_ours() -> str:
    """Return the sentence that says whose the objectives of this document are and what they ask."""
    return _(
        "These objectives are not those of the frameworks: they ask only whether the record of the exercise holds "
        "evidence."
    )


def _selection(scene: OscalContext, framework: ControlMap, controls: Sequence[Asked]) -> Object:
    title = framework.title.say(scene.language)
    return {
        "description": escaped(title),
        "props": [
            *props(framework=framework.id),
            *(prop("no-evidence-in-this-run", one.id) for one in controls if not one.finding.found),
        ],
        "links": reference(scene.uuids.link("framework", framework.id)),
        "include-controls": [{"control-id": one.id} for one in controls],
        "remarks": escaped(framework.shows.say(scene.language)),
    }


def objectives(scene: OscalContext, controls: Sequence[Asked]) -> list[Object]:
    """Return the objective of each control, in the same order."""
    return [_objective(scene, one) for one in controls]


def _objective(scene: OscalContext, asked: Asked) -> Object:
    pieces = [each.evidence.asks.say(scene.language) for each in asked.finding.evidence]
    lead = _("The record of the exercise holds evidence of at least one of these:")
    return {
        "control-id": asked.id,
        "description": _("What an exercise can show for {control}.").format(control=control_words(scene, asked)),
        "props": labels(asked),
        "parts": [
            {
                "id": asked.objective,
                "name": "assessment-objective",
                "ns": NS,
                "title": control_words(scene, asked),
                "prose": "\n".join([lead, "", *bullets(pieces)]),
            }
        ],
    }


def labels(asked: Asked) -> list[Object]:
    """Return the properties that identify a control: its framework, its id as printed, how evidence counts for it."""
    return props(
        framework=asked.map.id,
        control_id=asked.id,
        printed_id=asked.control.id,
        evidence_counts_as=asked.control.relation,
    )


def relation_words(relation: Relation) -> str:
    """Return the sentence that says how evidence from an exercise counts for a control."""
    match relation:
        case "exercise":
            return _("The control asks for exercises, tests or training, and this run is one.")
        case "simulated":
            return _("The control asks for a process, and this run shows it carried out in a simulated incident.")
        case "record":
            return _(
                "The control asks something of records of events, and the record of this run is such a record; about "
                "the records of other systems it says nothing."
            )


def frameworks(scene: OscalContext, controls: Sequence[Asked]) -> list[Object]:
    """The frameworks as resources."""
    return [
        filled(
            {
                "uuid": scene.uuids.of("framework", each.id),
                "title": line(each.title.say(scene.language)),
                "props": [prop("version", each.version, ns=OSCAL_NS)],
                "citation": {"text": line(f"{each.publisher}: {each.title.en}, {each.version}")},
                "rlinks": [{"href": quote(string(each.source), safe=_IN_URIS)}],
            }
        )
        for each in dict.fromkeys(one.map for one in controls)
    ]
