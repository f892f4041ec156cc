"""What was looked for in the record, as observations, and what that comes to for each control, as findings."""

from collections.abc import Mapping, Sequence

from incidentsim.domain.controls import Evidence
from incidentsim.exercise.controls.controls import EvidenceFound
from incidentsim.exports.oscal.context import LOG, OscalContext
from incidentsim.exports.oscal.controls import Asked, control_words, labels, relation_words
from incidentsim.exports.oscal.values import Object, filled, line, number_words, prop, props, ranges, reference
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


class Observations:
    """One observation for each piece of evidence that was looked for, however many controls ask for it."""

    def __init__(self, scene: OscalContext, controls: Sequence[Asked]) -> None:
        self._scene = scene
        self._found: dict[Evidence, EvidenceFound] = {}
        self._asking: dict[Evidence, list[Asked]] = {}
        for one in controls:
            for each in one.finding.evidence:
                self._found.setdefault(each.evidence, each)
                self._asking.setdefault(each.evidence, []).append(one)
        self._uuids = self._named()

    def _named(self) -> Mapping[Evidence, str]:
        # two maps may each have evidence of their own by the same name
        counts: dict[str, int] = {}
        named = {}
        for evidence in self._found:
            counts[evidence.id] = counts.get(evidence.id, 0) + 1
            named[evidence] = self._scene.uuids.of("observation", evidence.id, str(counts[evidence.id]))
        return named

    def uuid(self, evidence: Evidence) -> str:
        """The UUID of the observation of a piece of evidence."""
        return self._uuids[evidence]

    def all(self) -> list[Object]:
        """The observations, in the order in which the controls ask for them."""
        return [self._observation(evidence, found) for evidence, found in self._found.items()]

    def _observation(self, evidence: Evidence, evidence_found: EvidenceFound) -> Object:
        scene = self._scene
        return filled(
            {
                "uuid": self._uuids[evidence],
                "title": _("Looked for: {what}").format(what=line(evidence.asks.say(scene.language))),
                "description": _description(evidence_found),
                "props": [
                    *props(
                        evidence=evidence.id,
                        found_in_this_run="yes" if evidence_found.found else "no",
                        entries=" ".join(_entries(evidence_found)),
                    ),
                    *(prop("asked-for-by", one.id, kind=one.map.id) for one in self._asking[evidence]),
                ],
                "methods": _methods(evidence),
                "types": ["control-objective"],
                "origins": [_origin(scene)],
                "subjects": [_subject(scene, evidence)],
                "relevant-evidence": _relevant(scene, evidence_found),
                "collected": scene.last,
                "remarks": None if evidence_found.found else _why_not(evidence_found),
            }
        )


def _entries(evidence_found: EvidenceFound) -> list[str]:
    """Which entries it is in. What was checked about the record as a whole is told by its first and its last entry."""
    numbers = evidence_found.sequences
    return ranges(numbers) if _is_played(evidence_found.evidence) else [f"{one}-{numbers[-1]}" for one in numbers[:1]]


def _description(evidence_found: EvidenceFound) -> str:
    if not _is_played(evidence_found.evidence):
        if not evidence_found.found:
            return _("It was not found to have been checked about the record.")
        return _("It was checked about the record as a whole and holds: entries {numbers}.").format(
            numbers=number_words(_entries(evidence_found))
        )
    if not evidence_found.looked_for:
        return _("It was not looked for, because the procedure played has no rule for it.")
    if not evidence_found.found:
        return _("It was looked for in the record of the exercise and not found.")
    return ngettext(
        "It was looked for in the record of the exercise and found in {n} entry: {numbers}.",
        "It was looked for in the record of the exercise and found in {n} entries: {numbers}.",
        len(evidence_found.sequences),
    ).format(n=len(evidence_found.sequences), numbers=number_words(_entries(evidence_found)))


def _why_not(evidence_found: EvidenceFound) -> str:
    if not evidence_found.looked_for:
        return _(
            "No rule of the playbook could lead to it. If a step of the procedure is this, the playbook says so by the "
            "key means."
        )
    if not _is_played(evidence_found.evidence):
        return _(
            "What could not be checked here may be checked in the evidence bundle, which holds the signed checkpoint."
        )
    return _(
        "That it was not found says nothing about the controls that ask for it: this exercise may not have called for "
        "it, or may have shown it in a way that the map does not know."
    )


def _is_played(evidence: Evidence) -> bool:
    """Whether it is about what happened in the exercise, and not only about the record as a whole."""
    return bool(evidence.anywhere or evidence.procedures) or not evidence.proofs


def _methods(evidence: Evidence) -> list[str]:
    """An exercise is a test: activities were carried out under given conditions. A check of the record examines it."""
    return [*(["TEST"] if _is_played(evidence) else []), *(["EXAMINE"] if evidence.proofs else [])]


def _subject(scene: OscalContext, evidence: Evidence) -> Object:
    if _is_played(evidence):
        return {"subject-uuid": scene.uuids.of("component"), "type": "component"}
    return {"subject-uuid": scene.uuids.of("resource", LOG), "type": "resource"}


def _origin(scene: OscalContext) -> Object:
    return {
        "actors": [{"type": "tool", "actor-uuid": scene.uuids.of("tool")}],
        "related-tasks": [{"task-uuid": scene.uuids.of("task")}],
    }


def _relevant(scene: OscalContext, evidence_found: EvidenceFound) -> list[Object]:
    if not evidence_found.found:
        return []
    words = ngettext(
        "Entry {numbers} of the record.", "Entries {numbers} of the record.", len(evidence_found.sequences)
    )
    return [
        {
            "href": scene.uuids.link("resource", LOG),
            "description": words.format(numbers=number_words(_entries(evidence_found))),
            "props": props(entries=" ".join(_entries(evidence_found))),
        }
    ]


def findings(scene: OscalContext, controls: Sequence[Asked], observations: Observations) -> list[Object]:
    """A finding for each control for which the run holds evidence; the package says why for these only."""
    return [_finding(scene, one, observations) for one in controls if one.finding.found]


def _finding(scene: OscalContext, asked: Asked, observations: Observations) -> Object:
    related = [each for each in asked.finding.evidence if each.found]
    played = sorted({number for each in related if _is_played(each.evidence) for number in each.sequences})
    return {
        "uuid": scene.uuids.of("finding", asked.map.id, asked.id),
        "title": _("Evidence in an exercise: {control}").format(control=control_words(scene, asked)),
        "description": relation_words(asked.control.relation),
        "props": [*labels(asked), *props(entries=" ".join(ranges(played)))],
        "links": reference(scene.uuids.link("framework", asked.map.id)),
        "origins": [_origin(scene)],
        "target": {
            "type": "objective-id",
            "target-id": asked.objective,
            "title": control_words(scene, asked),
            "status": {
                "state": "satisfied",
                "reason": "other",
                "remarks": _(
                    "What is satisfied is the objective that this document defines: the record of the exercise holds "
                    "evidence. Whether the control is satisfied, an assessor has to judge."
                ),
            },
        },
        "related-observations": [{"observation-uuid": observations.uuid(each.evidence)} for each in related],
    }
