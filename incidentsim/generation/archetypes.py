"""Reading archetypes, every problem at once; checked against the playbook that they are meant for."""

from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.library.files import ARCHETYPE_SCHEMA
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.playbook import Playbook
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.check import checks
from incidentsim.generation.format_archetype import ArchetypeShape


def read_archetype(data: bytes, file: str, playbook: Playbook) -> Archetype:
    """The archetype in `data`, for stories that are played by `playbook`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        playbook: the procedure whose names the archetype uses; which one the file itself names is not looked at.

    Raises:
        DefinitionError: the file is no YAML, not of the archetype format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, ARCHETYPE_SCHEMA))
    shape = validate(findings, ArchetypeShape)
    if shape is None:
        raise findings.error()
    archetype = Archetype(shape, playbook)
    checks.check(archetype, findings)
    if findings:
        raise findings.error()
    return archetype
