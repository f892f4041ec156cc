"""The steps of a playbook, looked up in the ways in which decisions are judged."""

from incidentsim.domain.playbook import Duty, Playbook, Step


class Steps:
    """The steps of one playbook.

    Attributes:
        all: every step, in the order of the playbook.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.all = tuple(step for track in playbook.tracks.values() for step in track.steps)
        self._called: dict[str, list[Step]] = {}
        self._at: dict[tuple[str, str, str], Step] = {}
        self._from: dict[tuple[str, str], list[Step]] = {}
        for step in self.all:
            self._called.setdefault(step.do, []).append(step)
            for source in step.sources:
                self._at[step.track, source, step.do] = step
                self._from.setdefault((step.track, source), []).append(step)
        self._settling: dict[str, tuple[Step, ...]] = {}

    def called(self, do: str) -> tuple[Step, ...]:
        """The steps of this name; none where there is no such step."""
        return tuple(self._called.get(do, ()))

    def at(self, track: str, source: str, do: str) -> Step:
        """The step of this name that leaves this state of a track.

        Raises:
            KeyError: there is none.
        """
        return self._at[track, source, do]

    def from_state(self, track: str, source: str) -> tuple[Step, ...]:
        """The steps that leave this state of a track."""
        return tuple(self._from.get((track, source), ()))

    def settling(self, duty: Duty) -> tuple[Step, ...]:
        """The steps that somebody takes to do what a duty asks for."""
        known = self._settling.get(duty.id)
        if known is None:
            patterns = [pattern for pattern in duty.settled_by if pattern.kind == "step_taken"]
            known = self._settling[duty.id] = tuple(
                step
                for step in self.all
                if not step.automatic
                and any(
                    pattern.do in (None, step.do)
                    and pattern.track in (None, step.track)
                    and pattern.state in (None, step.target)
                    for pattern in patterns
                )
            )
        return known
