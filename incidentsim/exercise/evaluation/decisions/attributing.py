"""Which errors followed from which: a chain ends in the error that nothing else explains.

The rules, in their order; all of them look at one incident.

1. After it was judged whether it is an incident, and wrongly, whatever goes wrong follows from that.
2. What is wrong, or there at all, only at the level that was graded follows from the grading, or from its having been
   kept when the figures that decide came.
3. A duty follows from what opened it, by however many automatic steps.
4. A duty whose step was tried and refused while it was owed follows from that refusal.
5. A notice that was not given while somebody else was told unasked follows from that.
6. A step refused because of where a track stands follows from whatever left the track there: a step on it, an earlier
   refusal, a duty that was open.
7. What was late because something before it on the same track was late follows from that, if it took no longer from
   there than there was time for it.
8. Somebody told before a notice fell due, because of where a track stands: as in 6.
9. A second wrong answer to the same question follows from the first.
"""

from collections.abc import Callable, Sequence
from typing import Final

from incidentsim.domain.facts import DutyOpened, Fact, RefusalReason, Refused, StepTaken
from incidentsim.exercise.evaluation.decisions.events import Event
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from incidentsim.exercise.evaluation.decisions.steps import Steps
from incidentsim.exercise.evaluation.trace import IncidentTrace, Trace
from incidentsim.exercise.kernel.conditions import tracks_named

_MOST_LINKS: Final = 50
"""So far a chain of automatic steps is followed back."""

_WHETHER: Final = frozenset({ErrorKind.DISMISSED, ErrorKind.FALSE_ALARM})
_GRADED: Final = frozenset({ErrorKind.TOO_MILD, ErrorKind.TOO_SEVERE, ErrorKind.NOT_REGRADED})
_OWED: Final = frozenset({ErrorKind.NOT_DONE, ErrorKind.FINDING_MISSING, ErrorKind.RECIPIENT_MISSED, ErrorKind.LATE})
_TRIED: Final = frozenset(
    {ErrorKind.REFUSED, ErrorKind.OVERSTEPPED, ErrorKind.OWN_REPORT_APPROVED, ErrorKind.FORBIDDEN}
)
_Test = Callable[[Event], bool]
_BY_TRACK: Final = frozenset({RefusalReason.STATE, RefusalReason.NEEDS})


class Attribution:
    """The causes of the errors of one incident: `causes` has for each its cause, or `None` where it has none."""

    def __init__(self, trace: Trace, incident: IncidentTrace, steps: Steps, events: Sequence[Event]) -> None:
        self._trace = trace
        self._incident = incident
        self._steps = steps
        self._events = events
        self.causes: list[int | None] = [None] * len(events)
        for index in range(len(events)):
            for cause in self._candidates(index):
                if cause != index and not self._leads_to(cause, index):
                    self.causes[index] = cause
                    break

    def root(self, index: int) -> int:
        """The error that this one comes from in the end; itself where nothing explains it."""
        cause = self.causes[index]
        while cause is not None:
            index, cause = cause, self.causes[cause]
        return index

    def _leads_to(self, index: int, target: int) -> bool:
        here: int | None = index
        while here is not None:
            if here == target:
                return True
            here = self.causes[here]
        return False

    def _candidates(self, index: int) -> list[int]:
        event = self._events[index]
        kind = event.error.kind
        causes = self._of_kinds(_WHETHER, lambda other: other.decisive < event.decisive)
        if event.by_grade:
            causes += self._graded(event)
        if kind in _OWED:
            causes += self._opened_by(event)
            causes += self._refused_for(event)
            causes += self._of_kinds(
                {ErrorKind.WRONG_RECIPIENT},
                lambda other: self._tells(event) and event.start < other.start <= event.decisive,
            )
        if kind in _TRIED:
            causes += self._holding(event)
        if kind is ErrorKind.LATE:
            causes += self._delaying(event)
        if kind is ErrorKind.WRONG_RECIPIENT:
            causes += self._too_soon(event)
        causes += self._of_kinds(
            {ErrorKind.FINDING_WRONG},
            lambda other: (
                kind is ErrorKind.FINDING_WRONG
                and other.error.subject == event.error.subject
                and other.start < event.start
            ),
        )
        return causes

    def _of_kinds(self, kinds: frozenset[ErrorKind] | set[ErrorKind], holds: _Test) -> list[int]:
        return [n for n, other in enumerate(self._events) if other.error.kind in kinds and holds(other)]

    def _tells(self, event: Event) -> bool:
        return any(self._trace.playbook.tracks[track].tells for track in event.tracks)

    def _graded(self, event: Event) -> list[int]:
        gradings = self._of_kinds(_GRADED, lambda _other: True)
        earlier = [n for n in gradings if self._events[n].decisive < event.decisive]
        return earlier[::-1] or gradings

    def _opened_by(self, event: Event) -> list[int]:
        opened = self._trace.facts[event.start]
        if not isinstance(opened, DutyOpened):
            return []
        return self._behind(opened.because)

    def _refused_for(self, event: Event) -> list[int]:
        """The refusals of its own steps, before it was late; at any time where it was never done."""
        last = event.decisive if event.end is not None else len(self._trace.facts)
        return self._of_kinds(
            _TRIED, lambda other: bool(set(other.dos) & set(event.dos)) and event.start < other.start <= last
        )[::-1]

    def _behind(self, sequence: int) -> list[int]:
        """The errors that a fact is part of, or follows from by automatic steps."""
        here = sequence
        for _link in range(_MOST_LINKS):
            causes = [n for n, other in enumerate(self._events) if here in other.error.sequences]
            causes = [n for n in causes if self._events[n].error.kind not in _GRADED]
            if causes:
                return causes
            because = _because(self._trace.facts[here])
            if because is None or because >= here:
                break
            here = because
        return []

    def _holding(self, event: Event) -> list[int]:
        """The errors that left the tracks where they stood when the step was refused."""
        fact = self._trace.facts[event.decisive]
        if not isinstance(fact, Refused) or fact.why not in _BY_TRACK:
            return []
        tracks = set(event.tracks)
        if fact.why is RefusalReason.NEEDS:
            tracks = {track for step in self._steps.called(fact.do) for track in tracks_named(step.needs)}
        causes: list[int] = []
        for track in sorted(tracks):
            last = self._last_move(track, event.decisive)
            if last is not None:
                causes += self._behind(last)
        tried, owed = self._left(event, tracks)
        if fact.why is RefusalReason.NEEDS:
            return [*causes, *owed, *tried]
        return [*causes, *tried, *owed]

    def _left(self, event: Event, tracks: set[str]) -> tuple[list[int], list[int]]:
        """What was refused on these tracks before, the last first, and what was owed there at the time."""
        tried = self._of_kinds(_TRIED, lambda other: bool(other.tracks & tracks) and other.start < event.start)
        owed = self._of_kinds(
            _OWED,
            lambda other: (
                bool(other.tracks & tracks)
                and other.start < event.start
                and (other.end is None or other.end > event.start)
            ),
        )
        return tried[::-1], owed

    def _too_soon(self, event: Event) -> list[int]:
        """The errors that kept a notice from falling due before it was given."""
        waits = {
            track
            for name in event.tracks
            for step in self._trace.playbook.tracks[name].steps
            if step.automatic
            for track in tracks_named(step.when)
        }
        tried, owed = self._left(event, waits - event.tracks)
        return [*tried, *owed]

    def _last_move(self, track: str, before: int) -> int | None:
        for number in reversed(self._incident.steps):
            fact = self._trace.facts[number]
            if number < before and isinstance(fact, StepTaken) and fact.track == track:
                return number
        return None

    def _delaying(self, event: Event) -> list[int]:
        needed = {track for do in event.dos for step in self._steps.called(do) for track in tracks_named(step.needs)}
        tracks = event.tracks | needed

        def delays(other: Event) -> bool:
            if other.end is None or event.end is None or other.end >= event.end or not other.tracks & tracks:
                return False
            return event.limit is not None and event.settled_at - other.settled_at <= event.limit

        return self._of_kinds({ErrorKind.LATE}, delays)


def _because(fact: Fact) -> int | None:
    because = getattr(fact, "because", None)
    return because if isinstance(because, int) else None
