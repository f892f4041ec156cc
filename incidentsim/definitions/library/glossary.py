"""Reading glossaries: a file's bytes in, terms out, or every problem at once."""

from functools import cache
from importlib.resources import files as resources_of

from incidentsim.definitions.formats.glossary import GlossaryShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.glossary import Term


def read_glossary(data: bytes, file: str) -> tuple[Term, ...]:
    """Read the glossary in `data`; return its terms in the order of the file.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: the file is no YAML, or not of the format.
    """
    findings = Findings(read_yaml(data, file))
    shape = validate(findings, GlossaryShape)
    if shape is None or findings:
        raise findings.error()
    return tuple(
        Term(
            id=name,
            name=text(term),
            definition=text(term.definition),
            source=term.source,
            avoid={"en": tuple(term.avoid.en), "zh": tuple(term.avoid.zh)},
        )
        for name, term in shape.terms.items()
    )


@cache
def shipped_glossary() -> tuple[Term, ...]:
    """The terms of the glossary that is shipped, in the order of its file."""
    file = resources_of("incidentsim") / "glossary" / "terms.yaml"
    return read_glossary(file.read_bytes(), "glossary/terms.yaml")
