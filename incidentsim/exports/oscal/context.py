"""What the whole document is told from, and the people, tools and papers that it refers to."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import FactKind, actor_of
from incidentsim.domain.text import Language
from incidentsim.exports.oscal.values import (
    OSCAL_NS,
    Object,
    Uuids,
    digest_hash,
    filled,
    line,
    prop,
    props,
    reference,
    string,
    token,
)
from incidentsim.exports.reports.material import Material
from incidentsim.messages import gettext as _

LOG: Final = "log.jsonl"
CHECKPOINT: Final = "checkpoint"
PLAYBOOK: Final = "playbook.yaml"
SCENARIO: Final = "scenario.yaml"
"""The names of the members of an evidence bundle that this document refers to."""


Actors = Mapping[str, Mapping[str, AbstractSet[str]]]
"""Role → pseudonyms of those who acted in it → `person`, `script` or `bot`, whoever decided; empty where not known."""


@dataclass(frozen=True, slots=True)
class OscalContext:
    """The run, told in one language.

    Attributes:
        material: the run.
        run: its id.
        first: when the first entry was recorded, UTC.
        last: the same of the last entry.
        uuids: the UUIDs of this document.
        actors: who acted.
        members: what leads from this document to the members of the bundle: empty, or a folder with its slash.
    """

    material: Material
    run: str
    first: str
    last: str
    uuids: Uuids
    actors: Actors
    members: str

    @property
    def language(self) -> Language:
        """The language of the texts."""
        return self.material.language

    @property
    def title(self) -> str:
        """The scenario's title, for within Markdown."""
        return line(self.material.account.scenario.title.say(self.language))

    @property
    def procedure(self) -> str:
        """The procedure's title, for within Markdown."""
        return line(self.material.account.playbook.title.say(self.language))

    @property
    def program(self) -> str:
        """The program that recorded, with its version where that is known."""
        return self.material.provenance.program or "incidentsim"


def simulated(scene: OscalContext) -> list[Object]:
    """Return the start and end of the exercise in the story, as properties; an end after the year 9999 is left out."""
    account, clock = scene.material.account, scene.material.teller.clock
    ends = clock.instant(account.facts[-1].at if account.facts else 0)
    return props(simulated_start=clock.instant(0), simulated_end=ends or None)


def acting(material: Material) -> Actors:
    """Return the people whose steps and refusals count, by role and then by pseudonym, in the order of the record.

    The innermost sets hold the sources of their decisions, `person`, `script` or `bot`; one is empty text where it is
    not known.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for number, fact in material.counting(FactKind.STEP_TAKEN, FactKind.REFUSED):
        actor = actor_of(fact)
        if actor is not None:
            found.setdefault(token(actor.role), {}).setdefault(actor.person, set()).add(material.source(number))
    return found


def roles(scene: OscalContext) -> list[Object]:
    """The roles in which somebody acted."""
    names = scene.material.teller.names
    return [{"id": role, "title": line(names.role(role))} for role in scene.actors]


def parties(scene: OscalContext) -> list[Object]:
    """Those of the story who acted, by pseudonym, and whether a person, a script or a bot decided for them."""
    sources: dict[str, set[str]] = {}
    for people in scene.actors.values():
        for person, whose in people.items():
            sources.setdefault(person, set()).update(whose)
    return [
        filled(
            {
                "uuid": scene.uuids.of("party", person),
                "type": "person",
                "name": string(person),
                "props": [prop("decided-by", source) for source in sorted(whose) if source],
            }
        )
        for person, whose in sources.items()
    ]


def task(scene: OscalContext) -> Object:
    """Playing the exercise, as the one task of the assessment."""
    return filled(
        {
            "uuid": scene.uuids.of("task"),
            "type": "action",
            "title": _("Playing the exercise"),
            "description": _(
                "The roles are those of the procedure, and the people are those of the story, by pseudonym. With each "
                "stands who decided for them: a person, a script or a bot."
            ),
            "timing": {"within-date-range": {"start": scene.first, "end": scene.last}},
            "responsible-roles": [
                {"role-id": role, "party-uuids": [scene.uuids.of("party", person) for person in people]}
                for role, people in scene.actors.items()
            ],
        }
    )


def local_definitions(scene: OscalContext) -> Object:
    """Return the OSCAL `local-definitions`: the procedure as a component, the program as the tool, and the task."""
    provenance, playbook = scene.material.provenance, scene.material.account.playbook
    tool = scene.uuids.of("tool")
    return {
        "components": [
            {
                "uuid": scene.uuids.of("component"),
                "type": "process-procedure",
                "title": scene.procedure,
                "description": _("The procedure that was exercised."),
                "props": props(
                    playbook=playbook.id, playbook_version=playbook.version, playbook_digest=provenance.playbook_digest
                ),
                "links": reference(scene.uuids.link("resource", PLAYBOOK)),
                "status": {
                    "state": "other",
                    "remarks": _("It was played through in a simulation. Whether it is in force was not looked at."),
                },
            }
        ],
        "assessment-assets": {
            "components": [
                {
                    "uuid": tool,
                    "type": "software",
                    "title": line(scene.program),
                    "description": _("The program that played the exercise and recorded it."),
                    "status": {"state": "operational"},
                }
            ],
            "assessment-platforms": [
                {
                    "uuid": scene.uuids.of("platform"),
                    "title": line(scene.program),
                    "uses-components": [{"component-uuid": tool}],
                }
            ],
        },
        "tasks": [task(scene)],
    }


def resources(scene: OscalContext) -> Sequence[Object]:
    """The exercise, the procedure and the record. Their files are members of the evidence bundle of the run."""
    provenance, account = scene.material.provenance, scene.material.account
    about = "\n\n" + _("It is the file “{name}” in the evidence bundle of this run.")
    head = (provenance.head or "").removeprefix("sha256:")
    return [
        {
            "uuid": scene.uuids.of("resource", SCENARIO),
            "title": _("The exercise: {scenario}").format(scenario=scene.title),
            "description": _(
                "What was to be played stands in the scenario, and by which rules, in the procedure. Their digests "
                "stand in the first entry of the record."
            )
            + about.format(name=SCENARIO),
            "props": [
                prop("type", "plan", ns=OSCAL_NS),
                *props(
                    scenario=account.scenario.id,
                    scenario_digest=provenance.scenario_digest,
                    playbook=account.playbook.id,
                    playbook_digest=provenance.playbook_digest,
                ),
            ],
            "rlinks": _file(scene, SCENARIO, "application/yaml", provenance.scenario_digest),
        },
        {
            "uuid": scene.uuids.of("resource", PLAYBOOK),
            "title": scene.procedure,
            "description": _("The rules that were played by.") + about.format(name=PLAYBOOK),
            "props": [
                prop("type", "procedure", ns=OSCAL_NS),
                prop("version", account.playbook.version, ns=OSCAL_NS),
            ],
            "rlinks": _file(scene, PLAYBOOK, "application/yaml", provenance.playbook_digest),
        },
        {
            "uuid": scene.uuids.of("resource", LOG),
            "title": _("The record of run {run}").format(run=line(scene.run)),
            "description": _(
                "One entry a line, each with its sequence number. Size and root pin all entries; the root is that of "
                "a Merkle tree over them (RFC 6962), in Base64."
            )
            + about.format(name=LOG),
            "props": [
                prop("type", "evidence", ns=OSCAL_NS),
                *props(
                    run=scene.run,
                    size=None if provenance.size is None else str(provenance.size),
                    root=provenance.root,
                    hash_of_last_entry=head or None,
                    outcome_digest=provenance.outcome_digest,
                ),
            ],
            "rlinks": _file(scene, LOG, "application/jsonl"),
        },
        {
            "uuid": scene.uuids.of("resource", CHECKPOINT),
            "title": _("The signed checkpoint of the record"),
            "description": _("Size and root of the record, signed.") + about.format(name=CHECKPOINT),
            "props": [prop("type", "evidence", ns=OSCAL_NS), *props(origin=provenance.origin)],
            "rlinks": _file(scene, CHECKPOINT, "text/plain"),
        },
    ]


def _file(scene: OscalContext, name: str, media_type: str, digest: str | None = None) -> list[Object]:
    return [filled({"href": scene.members + name, "media-type": media_type, "hashes": digest_hash(digest)})]
