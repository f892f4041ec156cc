"""The terms of the vocabulary of meaning, as they stand in a file; each kind of rule has a list of its own."""

from typing import Annotated, Final

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import SORTS
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
)

Meaning = Annotated[str, Field(json_schema_extra={"enum": [*StepMeaning]})]
_Role = Annotated[str, Field(json_schema_extra={"enum": [*RoleMeaning]})]
_Team = Annotated[str, Field(json_schema_extra={"enum": [*TeamMeaning]})]
_Measure = Annotated[str, Field(json_schema_extra={"enum": [*MeasureMeaning]})]
_Channel = Annotated[str, Field(json_schema_extra={"enum": [*ChannelMeaning]})]
_Judgement = Annotated[str, Field(json_schema_extra={"enum": [*JudgementMeaning]})]
_Circumstance = Annotated[str, Field(json_schema_extra={"enum": [*CircumstanceMeaning]})]

MeansShape = Annotated[Annotated[Meaning, Tag("text")] | Annotated[list[Meaning], Tag("list")], SORTS]
"""What a step is: a term of the vocabulary of meaning, or several; an empty list says that it is none of them."""
RoleMeansShape = Annotated[Annotated[_Role, Tag("text")] | Annotated[list[_Role], Tag("list")], SORTS]
TeamMeansShape = Annotated[Annotated[_Team, Tag("text")] | Annotated[list[_Team], Tag("list")], SORTS]
MeasureMeansShape = Annotated[Annotated[_Measure, Tag("text")] | Annotated[list[_Measure], Tag("list")], SORTS]
ChannelMeansShape = Annotated[Annotated[_Channel, Tag("text")] | Annotated[list[_Channel], Tag("list")], SORTS]
JudgementMeansShape = Annotated[Annotated[_Judgement, Tag("text")] | Annotated[list[_Judgement], Tag("list")], SORTS]
CircumstanceMeansShape = Annotated[
    Annotated[_Circumstance, Tag("text")] | Annotated[list[_Circumstance], Tag("list")], SORTS
]

MEANS: Final = (
    "what it is in the terms of the field, by which reports, archetypes and importers find it; where there are "
    "several, the first is what it is above all; the term that its id is, if left out; []: none"
)
