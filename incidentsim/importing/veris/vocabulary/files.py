"""How a file of words is read: strict YAML in, words out, or every problem at its position.

The shapes are the format of the files. Where a shape becomes something of ours once it has been checked, mypy is told
what it becomes.
"""

from importlib.resources import files as resources_of
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from incidentsim.definitions.formats.common import Duration, Shape, TextShape, Words
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.text import Text
from incidentsim.importing.veris.vocabulary.entries import Noun, Opening, Route, Unit

S = TypeVar("S", bound=Shape)


class NounShape(Shape):
    """Something that can be counted."""

    one: Words = Field(description="one of it in English, with its article")
    many: Words = Field(description="several of it in English")
    zh: Words = Field(description="the word in Chinese")
    measure: Words = Field(description="its Chinese measure word")


class OpeningShape(Shape):
    """A first sign of an incident, as the file of words has it."""

    by: Literal[Route.ALERT, Route.MAIL, Route.PHONE, Route.LETTER, Route.AUTHORITY, Route.CHAT]
    en: Words = Field(description="the sentence in English")
    zh: Words = Field(description="the sentence in Chinese")


class UnitShape(Shape):
    """A unit of time."""

    one: Words = Field(description="one of it in English")
    many: Words = Field(description="several of it in English")
    zh: Words = Field(description="the unit in Chinese")
    vague: TextShape = Field(description="some of it")
    length: Duration | None = Field(None, description="how long one is; none where it is no length")


def _noun(shape: NounShape) -> Noun:
    return Noun(shape.one, shape.many, shape.zh, shape.measure)


def _opening(shape: OpeningShape) -> Opening:
    return Opening(Text(shape.en, shape.zh), shape.by)


def _unit(shape: UnitShape) -> Unit:
    length = None if shape.length is None else parse_duration(shape.length)
    return Unit(shape.one, shape.many, shape.zh, text(shape.vague), length)


if TYPE_CHECKING:
    TextEntry = Text
    NounEntry = Noun
    OpeningEntry = Opening
    UnitEntry = Unit
else:
    TextEntry = Annotated[TextShape, AfterValidator(text)]
    NounEntry = Annotated[NounShape, AfterValidator(_noun)]
    OpeningEntry = Annotated[OpeningShape, AfterValidator(_opening)]
    UnitEntry = Annotated[UnitShape, AfterValidator(_unit)]


def read_words(data: bytes, file: str, shape: type[S]) -> tuple[S, Findings]:
    """The words in `data`, and what was found in them so far: what a shape cannot say is left to the caller to check.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        shape: what it must be.

    Raises:
        DefinitionError: the file is no YAML or not of this shape.
    """
    findings = Findings(read_yaml(data, file))
    words = validate(findings, shape)
    if words is None or findings:
        raise findings.error()
    return words, findings


def shipped(file: str) -> bytes:
    """A file of words that rides inside the package."""
    return (resources_of("incidentsim") / "importing" / "veris" / "vocabulary" / file).read_bytes()
