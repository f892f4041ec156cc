"""What steps and notices ask for: the kinds of content, what each is called, and the short form of both."""

from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag

from incidentsim.definitions.formats.common import SORTS, Identifier, Shape, TextShape, Words, by_type, keys_of
from incidentsim.domain.field_kinds import FieldKind


class FieldTitleShape(TextShape):
    """What a piece of content is called, and what a text is about."""

    holds: Literal["circumstances", "figures", "severity"] | None = Field(
        None, description="what a text is about, which bots keep to; all that is known if left out"
    )


class ChoiceShape(Shape):
    """One item of a list."""

    choice: Identifier


class ChoicesShape(Shape):
    """Several items of a list, at least `at_least` of them."""

    choices: Identifier
    at_least: int = Field(default=1, ge=0)


def _which_field(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    if keys:
        return "choices" if "choices" in keys else "choice"
    return by_type(value)


PlainKind = Literal[
    FieldKind.TEXT,
    FieldKind.LEVEL,
    FieldKind.PERSON,
    FieldKind.ROLE,
    FieldKind.CLOCK,
    FieldKind.STATUTORY_LEVEL,
    FieldKind.CLOCK_MEASURES,
]
"""The kinds of field that a playbook names by a word; choices are written with what can be chosen."""

FieldShape = Annotated[
    Annotated[PlainKind, Tag("text")]
    | Annotated[list[Identifier], Field(min_length=1), Tag("list")]
    | Annotated[ChoiceShape, Tag("choice")]
    | Annotated[ChoicesShape, Tag("choices")],
    Discriminator(
        _which_field,
        custom_error_type="field",
        custom_error_message="a field is text, level, person, role, clock, statutory_level or clock_measures, a list "
        "of channels, or choices from a list",
    ),
]
"""What a step asks for. A bare list names channels, one of which must be used."""

ASKS: Final = (
    "content that must be given, in short: labels, or labels by id; `level` asks for the level, all else for a text"
)
AsksShape = Annotated[
    Annotated[list[Words], Field(min_length=1), Tag("list")]
    | Annotated[dict[Identifier, FieldTitleShape], Field(min_length=1), Tag("mapping")],
    SORTS,
]
"""The short form of `requires` and `fields` together: what is asked for, labelled where it is asked."""
