"""How time passes at the table: stepped, or live at so many times the pace of the wall clock; and why it stops."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from incidentsim.exercise.planning.shapes import SPEEDS
from incidentsim.messages import gettext as _
from incidentsim.session.workspace import Workspace

_NAME: Final = "pacing"


class Halt(StrEnum):
    """The reason why time stopped passing."""

    MATTERS = "matters"
    """Something happened that concerns somebody at the table, or something new can be done there."""
    DEADLINE = "deadline"
    """A duty of somebody at the table falls due next; it is let pass only if that is said."""
    ASKED = "asked"
    """It passed as far as was asked."""
    YOUR_TURN = "your_turn"
    """Nothing more happens before somebody at the table acts."""
    ENDED = "ended"
    """The exercise is over."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """Stepped where `live` is false; else at `speed`, unless it is `paused`."""

    live: bool = False
    speed: int = 1
    paused: bool = False

    @classmethod
    def of(cls, workspace: Workspace) -> "Pacing":
        """As it was kept; a live exercise is taken up paused, for nobody knows who sits there now."""
        kept = workspace.value(_NAME)
        if not isinstance(kept, dict):
            return cls()
        live, speed = bool(kept.get("live")), kept.get("speed")
        return cls(live, speed if type(speed) is int and speed in SPEEDS else 1, paused=live)

    def keep(self, workspace: Workspace) -> None:
        """Keep it for when the run is taken up; that it is paused is not kept.

        Raises:
            SurroundingsError: it could not be kept.
        """
        workspace.put(_NAME, json.dumps({"live": self.live, "speed": self.speed}))

    def faster(self, by: int) -> "Pacing":
        """At the next speed up or down."""
        place = SPEEDS.index(self.speed) + by
        return replace(self, speed=SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])

    def runs(self) -> bool:
        """Return whether time passes by itself now."""
        return self.live and not self.paused

    def words(self) -> str:
        """Return the words for this pacing: stepped, or the speed and whether it is paused."""
        if not self.live:
            return _("stepped")
        return _("‖ PAUSED (×{speed})").format(speed=self.speed) if self.paused else f"▶ ×{self.speed}"
