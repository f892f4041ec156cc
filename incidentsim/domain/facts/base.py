"""What all facts have in common: when, about which incident, and their one form on record."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from incidentsim.domain.facts.kinds import FactKind
from incidentsim.domain.facts.texts import Json
from incidentsim.domain.facts.wire import parts_to_json
from incidentsim.domain.traits import Audience, seen_by

LATEST: Final = 36_500 * 86_400_000
"""The last moment of any exercise, in ms from its start: a hundred years, which calendars can still reckon with."""

PUBLIC = seen_by(Audience.PUBLIC)


@dataclass(frozen=True, slots=True)
class FactBase:
    """Something that happened `at` so many ms from the start, about an incident or none. Only subclasses are facts."""

    kind: ClassVar[FactKind]

    at: int = field(metadata=PUBLIC)
    incident: str | None = field(metadata=PUBLIC)

    def to_json(self) -> dict[str, Json]:
        """The fact as one flat object."""
        head: dict[str, Json] = {"at": self.at, "fact": self.kind.value}
        if self.incident is not None:
            head["incident"] = self.incident
        head.update(parts_to_json(self))
        return head


@dataclass(frozen=True, slots=True)
class OfIncident(FactBase):
    """A fact that always concerns an incident."""

    incident: str = field(metadata=PUBLIC)


@dataclass(frozen=True, slots=True)
class OfExercise(FactBase):
    """A fact that concerns the exercise as a whole and no incident."""

    incident: None = field(metadata=PUBLIC)
