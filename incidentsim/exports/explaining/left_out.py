"""What a playbook's file leaves out, asked by the places at which it would stand."""

from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.playbook.read import Examined
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook, Step, Track
from incidentsim.messages import gettext as _


class LeftOut:
    """Tells what is written in a file from what holds by default.

    Args:
        examined: a playbook in which nothing is wrong.
        playbook: that playbook.
        shape: what its file says, everything written out.
    """

    def __init__(self, examined: Examined, playbook: Playbook, shape: PlaybookShape) -> None:
        self._defaults = frozenset(examined.defaults)
        self._shape = shape
        self._duties = {duty.id: ("duties", index) for index, duty in enumerate(shape.duties)}
        self._steps = {
            (track.id, step.do): self._place(track, index)
            for track in playbook.tracks.values()
            for index, step in enumerate(track.steps)
        }

    def __contains__(self, path: Path) -> bool:
        return path in self._defaults

    def under(self, *path: str | int) -> list[Path]:
        """Return the places of what is left out here or below, in the order of their names."""
        return sorted((one for one in self._defaults if one[: len(path)] == path), key=str)

    def step(self, step: Step, part: str) -> bool:
        """Tell whether a part of a step holds by default: its title, its usual time, or its meanings."""
        place = self._steps[step.track, step.do]
        if part != "means":
            return (*place, part) in self._defaults
        if place[0] == "notices":
            return self._shape.notices[str(place[1])].means is None
        return self._shape.tracks[step.track].steps[int(place[3])].means is None

    def duty(self, duty: str, part: str) -> bool:
        """Tell whether a part of a duty holds by default: its title."""
        place = self._duties.get(duty, ("notices", duty.removeprefix("notify_")))
        return (*place, part) in self._defaults

    def role_means(self, role: str) -> bool:
        """Tell whether the meanings of a role follow from its id alone."""
        return self._shape.roles[role].means is None

    def _place(self, track: Track, index: int) -> Path:
        if track.id in self._shape.tracks:
            return ("tracks", track.id, "steps", index)
        return ("notices", track.id.removeprefix("notice_"))


def marked(words: str, *, default: bool) -> str:
    """Return the words, and that they hold by default where they do."""
    return _("{words} (default)").format(words=words) if default and words else words
