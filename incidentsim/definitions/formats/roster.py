"""The roster file, version 1: the people of a company, once for all its exercises (`incidentsim schema roster`)."""

from typing import Annotated, Literal

from pydantic import Field, Tag

from incidentsim.definitions.formats.common import (
    SORTS,
    Duration,
    Identifier,
    LanguageTag,
    LocalRange,
    Shape,
    TextShape,
    Words,
)

ROSTER_SCHEMA = "incidentsim/roster/1"
"""The value of `schema` in a roster of this version."""

DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
DATES = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(/[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$"

Date = Annotated[str, Field(pattern=DATE, description="2026-01-05")]
Dates = Annotated[str, Field(pattern=DATES, description="a day, or the first and the last of several")]


class RosterPersonShape(Shape):
    """Somebody who works for the company."""

    name: Annotated[Annotated[TextShape, Tag("mapping")] | Annotated[Words, Tag("text")], SORTS] = Field(
        description="plain words, or words by language where the name is written otherwise there"
    )
    roles: list[Identifier] = Field(
        default=[], description="the roles held, by their ids in the playbooks; a playbook without one leaves it out"
    )
    deputy_for: list[Identifier] = Field(
        default=[], description="roles that this person holds in an exercise in which no holder is there"
    )
    desk: TextShape | None = Field(None, description="where somebody sits, as the scenario's people have it")
    works: list[LocalRange] = Field(default=[], description="working hours, daily; away at all other times")
    away: Annotated[Annotated[Literal["always"], Tag("text")] | Annotated[list[LocalRange], Tag("list")], SORTS] = (
        Field(default=[], description="daily, local time; or always")
    )
    absent: list[Dates] = Field(
        default=[], description="days off; who is off on the day on which an exercise begins is away in all of it"
    )


class RotaShape(Shape):
    """Who holds a role in turn: whose turn it is on the day on which an exercise begins holds it throughout."""

    since: Date = Field(description="the first day of the first turn")
    every: Duration = Field(description="how long a turn lasts, whole days: 7d")
    people: list[Identifier] = Field(min_length=1, description="people of this roster, in the order of their turns")


class RosterShape(Shape):
    """The people of a company."""

    schema_: Literal["incidentsim/roster/1"] = Field(alias="schema")
    id: Identifier
    title: TextShape | None = None
    languages: list[LanguageTag] = Field(
        default=[],
        description="the languages in which every text has to be, the first being that of a text written without one; "
        "English if left out",
    )
    people: dict[Identifier, RosterPersonShape] = Field(min_length=1)
    rota: dict[Identifier, RotaShape] = Field(default={}, description="by role: who holds it in turn")
