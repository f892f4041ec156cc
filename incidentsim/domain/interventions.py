"""What is done to a running exercise beside the procedure, in the imperative. Whether and when it happens, facts say.

An intervention concerns the story or how people are helped, never the procedure: nobody takes a step this way. Nothing
is ever deleted by one; what is undone stays on record, and a further fact says that it counts no more.
"""

from dataclasses import dataclass

from incidentsim.domain.facts.kinds import Appraisal, HintStep
from incidentsim.domain.text import FreeText


@dataclass(frozen=True, slots=True)
class Move:
    """Let a planned inject come at another time: `due` ms from the start, not before now."""

    inject: str
    due: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave an inject out."""

    inject: str


@dataclass(frozen=True, slots=True)
class Add:
    """Tell people something that the scenario does not hold, at once. `to` are roles, bodies or pseudonyms."""

    to: tuple[str, ...]
    channel: str
    subject: FreeText
    body: FreeText
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Let the last thing that happened count no more, whatever it was, and everything that followed from it."""

    reason: FreeText


@dataclass(frozen=True, slots=True)
class Note:
    """An observation, about the fact with this sequence number or about none. It changes nothing.

    `appraisal` says whether it is a strength or a weakness; `None`: that is left open.
    """

    text: FreeText
    about: int | None = None
    appraisal: Appraisal | None = None


@dataclass(frozen=True, slots=True)
class Coach:
    """Let the coach help whoever plays these people (pseudonyms) from now on, and nobody else."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GiveHint:
    """Give somebody (a pseudonym) a hint about steps (`acts`, triggers) of an incident, of which one is to be taken.

    `duty` is the duty that they settle, if any; `unasked` says that the facilitator gives it, and nobody asked.
    """

    person: str
    incident: str
    acts: tuple[str, ...]
    duty: str | None
    step: HintStep
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """Close the exercise before it has reached a final state."""


Intervention = Move | Skip | Add | Undo | Note | Coach | GiveHint | End
