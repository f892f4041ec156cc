"""At which levels each duty of a playbook can be opened, and where one of them has no limit and none is written.

Nothing is played for it. For each state the levels are gathered at which an incident may stand there, by the steps
that lead there and what they need; what cannot be told is taken to be possible.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from incidentsim.definitions.formats.common import NO_LIMIT
from incidentsim.definitions.formats.owing import LevelKey, WithinShape
from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, LevelAtLeast, Not, Pattern, TrackIs
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Duty, Playbook, Step, Track
from incidentsim.messages import gettext as _

Grade = int | None
"""A level, or `None` while the incident is ungraded."""

_UNGRADED: Final = "ungraded"


def missing_limits(playbook: Playbook, shape: PlaybookShape, document: Document) -> list[Problem]:
    """A problem for each duty or notice that can be opened at a level for which its file says nothing.

    Args:
        playbook: the playbook.
        shape: what its file says, in which a limit is a duration or `none`.
        document: the file.
    """
    grades = _Grades(playbook)
    return [
        document.problem((*path, "within"), _sentence(missing))
        for name, path, within in _written(shape)
        if isinstance(within, dict)
        for missing in (_left_out(grades.when_opened(playbook.duties[name]), within),)
        if missing
    ]


def _written(shape: PlaybookShape) -> Iterator[tuple[str, Path, WithinShape]]:
    """Each duty of the file by its id, where it stands, and its limits as they are written."""
    for index, duty in enumerate(shape.duties):
        yield duty.id, ("duties", index), duty.within
    for name, notice in shape.notices.items():
        yield f"notify_{name}", ("notices", name), notice.within


def _left_out(opened: frozenset[Grade], within: Mapping[LevelKey, str]) -> list[str]:
    keys = [_UNGRADED if grade is None else grade for grade in sorted(opened, key=lambda grade: grade or 0)]
    return [str(key) for key in keys if key not in within]


def _sentence(missing: list[str]) -> str:
    message = _("No limit is written for {levels}, and this can be owed then: write one, or none ({example}).")
    return message.format(levels=_(", ").join(missing), example=f"{missing[0]}: {NO_LIMIT}")


class _Grades:
    """The levels at which an incident may stand in each state, and at which steps may be taken."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._graded = frozenset[Grade](playbook.levels)
        self._any = self._graded | {None}
        self._grading = {
            track.id for track in playbook.tracks.values() if any(step.sets_level is not None for step in track.steps)
        }
        self._stands: dict[tuple[str, str], frozenset[Grade]] = {}
        for track in playbook.tracks.values():
            self._enter(track, track.initial, frozenset[Grade]({None}))
        while self._spread():
            pass

    def when_opened(self, duty: Duty) -> frozenset[Grade]:
        """The levels at which a duty may be opened."""
        return self._at(duty.opens_on) & self._if(duty.when)

    def _enter(self, track: Track, state: str, grades: frozenset[Grade]) -> bool:
        """Note that the state may be entered at these levels; whether that is news.

        Whatever is graded may be graded anew while it stands there, and what is not graded by another track's step.
        """
        if grades & self._graded or (grades and self._grading - {track.id}):
            grades |= self._graded
        before = self._stands.get((track.id, state), frozenset())
        self._stands[track.id, state] = before | grades
        return not grades <= before

    def _spread(self) -> bool:
        news = False
        for track in self._playbook.tracks.values():
            for step in track.steps:
                for source in step.sources:
                    grades = self._after(step, source)
                    news |= self._enter(track, step.target or source, grades)
        return news

    def _after(self, step: Step, source: str) -> frozenset[Grade]:
        """The levels at which the incident may be as the step is taken from there."""
        grades = self._stands.get((step.track, source), frozenset()) & self._if(step.needs) & self._if(step.when)
        if step.on:
            grades &= self._at(step.on)
        asked = next((field for field in step.fields if field.name == step.sets_level), None)
        if asked is None or not grades:
            return grades
        return self._graded if asked.required else grades | self._graded

    def _at(self, patterns: Iterable[Pattern]) -> frozenset[Grade]:
        """The levels at which a fact like one of these may happen."""
        return frozenset[Grade]().union(*map(self._when, patterns))

    def _when(self, pattern: Pattern) -> frozenset[Grade]:
        if pattern.kind is FactKind.LEVEL_SET:
            return self._graded if pattern.level is None else frozenset[Grade]({pattern.level})
        if pattern.kind is FactKind.INCIDENT_RAISED:
            return frozenset[Grade]({None})
        if pattern.kind is not FactKind.STEP_TAKEN:
            return self._any
        taken = (
            self._after(step, source)
            for track in self._playbook.tracks.values()
            if pattern.track in (None, track.id)
            for step in track.steps
            if pattern.do in (None, step.do)
            for source in step.sources
            if pattern.state in (None, step.target or source)
        )
        return frozenset[Grade]().union(*taken)

    def _if(self, condition: Condition) -> frozenset[Grade]:
        """The levels at which the condition may hold."""
        match condition:
            case All(parts):
                return self._any.intersection(*map(self._if, parts))
            case AnyOf(parts):
                return frozenset[Grade]().union(*map(self._if, parts))
            case LevelAtLeast(level):
                return frozenset(number for number in self._graded if number is not None and number <= level)
            case Not(LevelAtLeast(level)):
                return self._any - self._if(LevelAtLeast(level))
            case Not(TrackIs(track, states)):
                return self._in(track, (state for state in self._playbook.tracks[track].states if state not in states))
            case TrackIs(track, states):
                return self._in(track, states)
            case Happened(pattern):
                since = self._when(pattern)
                return since | self._graded if since else since
            case _:
                return self._any

    def _in(self, track: str, states: Iterable[str]) -> frozenset[Grade]:
        return frozenset[Grade]().union(*(self._stands.get((track, state), frozenset()) for state in states))
