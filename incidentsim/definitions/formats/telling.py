"""The format of what a step tells: to whom, through which channel, by what act."""

from typing import Annotated, Literal

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import SORTS, Grounded, Identifier, Receiver, Shape


class FieldNameShape(Shape):
    """A field of the step."""

    field: Identifier = Field(description="a field of the step that asks for a channel")


class TellsShape(Grounded):
    """The receivers of what a step says: they get a message with its content and what it rests on.

    Without a basis of its own it has that of the step.
    """

    to: list[Receiver] = Field(
        min_length=1, description="roles or bodies; @incident: everybody at work on the incident"
    )
    through: Annotated[Annotated[Identifier, Tag("text")] | Annotated[FieldNameShape, Tag("mapping")], SORTS] = Field(
        description="a channel, or the field of the step in which the channel is written"
    )
    act: Literal["inform", "ask", "order", "decide"] = Field(default="inform", description="what the message does")
