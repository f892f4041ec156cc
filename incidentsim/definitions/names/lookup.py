"""Looking up the names that a file uses, and noting those that nothing carries."""

from collections.abc import Collection, Sequence

from incidentsim.definitions.names.names import Names
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted


class Lookup:
    """Looks names up and notes those that nothing carries."""

    def __init__(self, names: Names, findings: Findings) -> None:
        self.names = names
        self.findings = findings

    def party(self, path: Path, name: str) -> bool:
        """Return whether `name` is a role or a body, and note a problem at `path` where it is not."""
        return self.known(path, _("role or body"), name, self.names.parties)

    def parties(self, path: Path, names: Sequence[str]) -> tuple[str, ...]:
        """Those of `names`, a list at `path`, that are roles or bodies; one that stands there twice is noted."""
        self.once(path, names)
        return tuple(name for index, name in enumerate(names) if self.party((*path, index), name))

    def once(self, path: Path, names: Sequence[object]) -> None:
        """Note what stands a second time in the list at `path`."""
        seen: set[object] = set()
        for index, name in enumerate(names):
            if name in seen:
                self.findings.add((*path, index), _("{name} stands here twice.").format(name=quoted(name)))
            seen.add(name)

    def role(self, path: Path, name: str) -> bool:
        """Return whether `name` is a role, and note a problem at `path` where it is not."""
        return self.known(path, _("role"), name, self.names.roles)

    def level(self, path: Path, number: int) -> bool:
        """Return whether there is a level of this number, and note a problem at `path` where there is none."""
        return self.known(path, _("level"), number, self.names.levels)

    def track(self, path: Path, name: str) -> bool:
        """Return whether there is a track of this name, and note a problem at `path` where there is none."""
        return self.known(path, _("track"), name, self.names.tracks)

    def state(self, path: Path, track: str, name: str) -> bool:
        """Return whether the track has a state of this name, and note a problem at `path` where it has none.

        Raises:
            KeyError: there is no such track; ask `track` first.
        """
        return self.known(path, _("state"), name, self.names.tracks[track])

    def known(self, path: Path, kind: str, name: object, valid: Collection[object]) -> bool:
        """Return whether `name` is one of the `valid` names, and note a problem at `path` where it is not.

        `kind` says in the problem what sort of name was expected.
        """
        if name in valid:
            return True
        self.findings.unknown(path, kind, name, valid)
        return False
