"""The control map file and the evidence file, version 1: how controls and what is evidence for them read in YAML."""

from typing import Annotated, Final, Literal

from pydantic import Field

from incidentsim.definitions.formats.common import Identifier, PatternShape, Shape, TextShape, Words
from incidentsim.definitions.formats.meanings import Meaning
from incidentsim.domain.controls import Proof, Relation, Trait

CONTROLS_SCHEMA = "incidentsim/controls/1"
"""The value of `schema` in a control map of this version."""

EVIDENCE_SCHEMA = "incidentsim/evidence/1"
"""The value of `schema` in an evidence file of this version."""

CONTROL_ID: Final = r"^\S+( \S+)*$"
ADDRESS: Final = r"^https://\S+$"

ControlId = Annotated[
    str,
    Field(pattern=CONTROL_ID, max_length=40, description="as the standard prints it, such as A.5.24 or IR-3(2)"),
]
"""Single spaces only: an id has to be found again by whoever types it."""


class SignShape(PatternShape):
    """What a fact looks like that is evidence."""

    trait: Trait | None = Field(
        None, description="what it must be like besides, as the playbook or the scenario says for any procedure"
    )
    scale: Identifier | None = Field(None, description="the statutory scale on which a level was judged")
    means: Meaning | None = Field(None, description="a step that is this by the procedure played")


class SoughtShape(Shape):
    """One thing that is looked for in a run; any of what it names is it."""

    asks: TextShape = Field(description="what is looked for")
    anywhere: list[SignShape] = Field(default=[], description="facts that are it by any procedure")
    procedures: dict[Identifier, Annotated[list[SignShape], Field(min_length=1)]] = Field(
        default={}, description="facts that are it by one procedure, by the id of its playbook"
    )
    proofs: list[Proof] = Field(default=[], description="checks of the whole record that are it")


class ControlShape(Shape):
    """One requirement of the standard."""

    id: ControlId
    title: TextShape
    titled_by: Literal["standard", "us"] = Field(
        "standard", description="us: a label of ours, where the standard has a whole sentence or nothing"
    )
    relation: Relation = Field(
        description="exercise: it asks for exercises, tests or training; simulated: it asks for a process, which the "
        "run shows carried out in a simulated incident; record: it asks something of records of events"
    )
    evidence: list[Identifier] = Field(min_length=1, description="the evidence that is looked for; any of it counts")


class ControlMapShape(Shape):
    """A control map file."""

    schema_: Literal["incidentsim/controls/1"] = Field(alias="schema")
    id: Identifier
    title: TextShape
    publisher: Words
    version: Words = Field(description="the edition, as its publisher calls it")
    source: Annotated[str, Field(pattern=ADDRESS, description="the public address of the standard or its table")]
    shows: TextShape = Field(description="what evidence from an exercise can and cannot show for this framework")
    evidence: dict[Identifier, SoughtShape] = Field(default={}, description="evidence that only this map asks for")
    controls: list[ControlShape] = Field(min_length=1)


class EvidenceFileShape(Shape):
    """An evidence file: what several maps look for."""

    schema_: Literal["incidentsim/evidence/1"] = Field(alias="schema")
    evidence: dict[Identifier, SoughtShape] = Field(min_length=1)
