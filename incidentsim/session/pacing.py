"""How time passes at the table: stepped, or live at so many times the pace of the wall clock."""

import json
from dataclasses import dataclass
from typing import Final

from incidentsim.messages import gettext as _
from incidentsim.session.workspace import Desk

SPEEDS: Final = (1, 2, 5, 10, 20, 60)
"""How many times faster than the wall clock time passes when live."""

_NAME: Final = "pacing"


@dataclass(slots=True)
class Pacing:
    """Stepped where `live` is false; else at `speed`, unless it is `paused`."""

    live: bool = False
    speed: int = 1
    paused: bool = False

    @classmethod
    def of(cls, desk: Desk) -> "Pacing":
        """As it lies on the desk; a live exercise is taken up paused, for nobody knows who sits there now."""
        try:
            found = json.loads(desk.get(_NAME) or "{}")
            live, speed = bool(found.get("live")), int(found.get("speed", 1))
        except (ValueError, TypeError, AttributeError):
            return cls()
        return cls(live, speed if speed in SPEEDS else 1, paused=live)

    def keep(self, desk: Desk) -> None:
        """Lay it on the desk.

        Raises:
            SurroundingsError: it could not be kept.
        """
        desk.put(_NAME, json.dumps({"live": self.live, "speed": self.speed}))

    def faster(self, by: int) -> None:
        """The next speed up or down."""
        place = SPEEDS.index(self.speed) + by
        self.speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]

    def runs(self) -> bool:
        """Whether time passes by itself now."""
        return self.live and not self.paused

    def words(self) -> str:
        """How time passes, in a word or two."""
        if not self.live:
            return _("stepped")
        return _("×{speed}, paused").format(speed=self.speed) if self.paused else f"×{self.speed}"
