"""The glossary file, version 1: how the words of the field read in YAML."""

from typing import Annotated, Final, Literal

from pydantic import Field

from incidentsim.definitions.formats.common import Identifier, Shape, TextShape, Words

GLOSSARY_SCHEMA: Final = "incidentsim/glossary/1"
"""The value of `schema` in a glossary of this version."""


class AvoidShape(Shape):
    """What a thing is not called, in each language."""

    en: list[Words] = Field(default=[])
    zh: list[Words] = Field(default=[])


class TermShape(TextShape):
    """A term in both languages."""

    definition: TextShape
    source: Words = Field(description="the documents that use the term, or `ours`")
    avoid: AvoidShape = Field(default=AvoidShape(), description="what is not said for it")


class GlossaryShape(Shape):
    """A whole glossary."""

    schema_: Literal["incidentsim/glossary/1"] = Field(alias="schema")
    terms: Annotated[dict[Identifier, TermShape], Field(min_length=1)]
