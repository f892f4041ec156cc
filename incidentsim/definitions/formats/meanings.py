"""The terms of the vocabulary of meaning, as they stand in a file."""

from typing import Annotated, Final

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import SORTS
from incidentsim.domain.meanings import StepMeaning

Meaning = Annotated[str, Field(json_schema_extra={"enum": [*StepMeaning]})]
MeansShape = Annotated[Annotated[Meaning, Tag("text")] | Annotated[list[Meaning], Tag("list")], SORTS]
"""A term of the vocabulary of meaning, or several; an empty list says that a step means none of them."""

MEANS: Final = (
    "what it is in the terms of the field, by which reports find it; the term that its id is, if left out; []: none"
)
