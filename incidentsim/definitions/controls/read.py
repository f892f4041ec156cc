"""Reading control maps and evidence files: a file's bytes in, controls out, or every problem at once."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files as resources_of
from typing import TYPE_CHECKING, Final

from incidentsim.definitions.controls.signs import SignReader
from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.controls import (
    CONTROLS_SCHEMA,
    EVIDENCE_SCHEMA,
    ControlMapShape,
    ControlShape,
    EvidenceFileShape,
)
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.controls import Control, ControlMap, Evidence
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from incidentsim.definitions.yaml12.problems import Path
    from incidentsim.domain.playbook import Playbook

EVIDENCE_FILE: Final = "evidence.yaml"
"""The file of the evidence that the shipped maps look for; the other files in the folder are maps."""

_NO_PLAYBOOKS: Final[Mapping[str, "Playbook"]] = {}


def read_evidence(data: bytes, file: str, playbooks: Mapping[str, "Playbook"] = _NO_PLAYBOOKS) -> dict[str, Evidence]:
    """Read the evidence file in `data`; return the pieces of evidence that can be looked for, by name.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        playbooks: playbooks by id, in which names are looked up; what is said of others is taken as it stands.

    Raises:
        DefinitionError: the file is no YAML, not of the format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, EVIDENCE_SCHEMA))
    shape = validate(findings, EvidenceFileShape)
    if shape is None:
        raise findings.error()
    reader = SignReader(findings, playbooks)
    found = {name: reader.evidence(name, one) for name, one in shape.evidence.items()}
    if findings:
        raise findings.error()
    return found


def read_control_map(
    data: bytes,
    file: str,
    known: Mapping[str, Evidence] | None = None,
    playbooks: Mapping[str, "Playbook"] = _NO_PLAYBOOKS,
) -> ControlMap:
    """The control map in `data`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        known: the evidence that maps can ask for besides their own; `None`: what is shipped.
        playbooks: playbooks by id, in which names are looked up; what is said of others is taken as it stands.

    Raises:
        DefinitionError: the file is no YAML, not of the format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, CONTROLS_SCHEMA))
    shape = validate(findings, ControlMapShape)
    if shape is None:
        raise findings.error()
    shared = shipped_evidence() if known is None else known
    reader = SignReader(findings, playbooks)
    evidence = dict(shared)
    for name, evidence_shape in shape.evidence.items():
        if name in shared:
            message = _("{name} is the name of evidence that all maps share; give it another name.")
            findings.add(("evidence", name), message.format(name=name), key=True)
        evidence[name] = reader.evidence(name, evidence_shape)
    controls = _controls(findings, shape, evidence)
    if findings:
        raise findings.error()
    return ControlMap(
        shape.id, text(shape.title), shape.publisher, shape.version, shape.source, text(shape.shows), controls
    )


def _controls(findings: Findings, shape: ControlMapShape, evidence: Mapping[str, Evidence]) -> tuple[Control, ...]:
    controls: dict[str, Control] = {}
    asked: set[str] = set()
    for index, control_shape in enumerate(shape.controls):
        path: Path = ("controls", index)
        if control_shape.id in controls:
            findings.add((*path, "id"), _("{name} stands here twice.").format(name=control_shape.id))
        controls[control_shape.id] = _control(findings, path, control_shape, evidence)
        asked.update(control_shape.evidence)
    for name in shape.evidence:
        if name not in asked:
            findings.add(("evidence", name), _("Nothing here names {name}.").format(name=name), key=True)
    return tuple(controls.values())


def _control(findings: Findings, path: "Path", shape: ControlShape, evidence: Mapping[str, Evidence]) -> Control:
    pieces: dict[str, Evidence] = {}
    for index, name in enumerate(shape.evidence):
        at = (*path, "evidence", index)
        if name in pieces:
            findings.add(at, _("{name} stands here twice.").format(name=name))
        elif name in evidence:
            pieces[name] = evidence[name]
        else:
            findings.unknown(at, _("evidence"), name, evidence)
    return Control(shape.id, text(shape.title), shape.relation, tuple(pieces.values()), shape.titled_by == "us")


def control_files() -> tuple["Traversable", ...]:
    """The files of the shipped maps, in alphabetical order."""
    folder = resources_of("incidentsim") / "controlmaps"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(folder / name for name in names if name != EVIDENCE_FILE)


@cache
def shipped_evidence() -> Mapping[str, Evidence]:
    """Return the pieces of evidence that the shipped control maps look for, by name; read once."""
    file = resources_of("incidentsim") / "controlmaps" / EVIDENCE_FILE
    return read_evidence(file.read_bytes(), file.name)


@cache
def shipped_control_maps() -> tuple[ControlMap, ...]:
    """The maps that ride inside the package, in alphabetical order of their files."""
    return tuple(read_control_map(file.read_bytes(), file.name) for file in control_files())
