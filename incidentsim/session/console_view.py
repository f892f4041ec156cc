"""What a facilitator sees from a seat: the story as planned and as it came, and whom something can be told."""

from dataclasses import dataclass
from typing import Literal

from incidentsim.domain.text import Language
from incidentsim.session.form_view import Option
from incidentsim.session.pacing import Pacing
from incidentsim.session.seat_view import LogView, TimeView

InjectStanding = Literal["delivered", "withheld", "skipped", "planned", "waiting"]


@dataclass(frozen=True, slots=True)
class PlannedInjectView:
    """An inject as a facilitator sees it: when it was meant to come, and what became of it.

    `planned` is the scenario's own time (ms; `None` where it waits for a fact), `comes` when it came or will come as
    things stand; both also as the time since the start.
    """

    id: str
    subject: str
    to: str
    standing: InjectStanding
    standing_words: str
    planned: int | None
    planned_elapsed: str
    comes: int | None
    comes_elapsed: str
    due: int | None


@dataclass(frozen=True, slots=True)
class ConsoleView:
    """The facilitator's view of an exercise: the plan of injects, what became of them, and the whole log.

    `undoable` is the sentence of the fact with which the next undo would begin, `None` where nothing has happened yet.
    `several` is true where the scenario has more than one incident.
    """

    language: Language
    title: str
    ended: bool
    time: TimeView
    pacing: Pacing
    plan: tuple[PlannedInjectView, ...]
    undoable: str | None
    several: bool
    log: LogView


@dataclass(frozen=True, slots=True)
class InjectFormView:
    """The choices for an inject that was not planned: receivers, channels, and the incidents that it can be about."""

    bodies_and_roles: tuple[Option, ...]
    people: tuple[Option, ...]
    channels: tuple[Option, ...]
    incidents: tuple[Option, ...]
