"""How much help somebody still needs with a kind of act: a fold of the record, so that a run taken up goes on alike.

An act that was done right and in time, and without a hint, makes the coach say less of its kind: the whole text, then
a line, then a mark only. Being late, refused, or judging otherwise than the playbook's rule gives on what one knew then
brings the whole text back. The ground truth has no part in it: else the coach would give it away.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.domain.facts import DutyBreached, DutySettled, HintGiven, Refused, StepTaken
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exercise.coaching.advice import Adviser
from incidentsim.exercise.coaching.marking import Marking
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT
from incidentsim.exercise.kernel.kernel import Exercise


@unique
class ActKind(StrEnum):
    """The kinds of act that the coach tells apart, in the order in which it asks.

    `judge`: whether it is an incident. `grade`: how severe. `find`: another yes or no. `approve`: what somebody else
    did. `tell`: a notice. `handle`: everything else.
    """

    JUDGE = auto()
    GRADE = auto()
    FIND = auto()
    APPROVE = auto()
    TELL = auto()
    HANDLE = auto()


_MARKINGS: Final = tuple(Marking)


def act_kind(playbook: Playbook, step: Step) -> ActKind:
    """Return the kind of act that a step is."""
    if INCIDENT in step.fits:
        return ActKind.JUDGE
    if step.sets_level is not None:
        return ActKind.GRADE
    if step.fits:
        return ActKind.FIND
    if step.not_by_author_of:
        return ActKind.APPROVE
    return ActKind.TELL if playbook.tracks[step.track].tells or step.tells is not None else ActKind.HANDLE


def markings(exercise: Exercise, adviser: Adviser, people: Collection[str]) -> Mapping[ActKind, Marking]:
    """Return how much the coach still says of each kind of act to whoever plays these people (pseudonyms)."""
    progress = _Progress(exercise, adviser, frozenset(people))
    for number, fact in exercise.state.standing():
        match fact:
            case HintGiven():
                progress.hint(fact)
            case StepTaken():
                progress.step(number, fact)
            case Refused():
                progress.refused(fact)
            case DutySettled():
                progress.settled(fact)
            case DutyBreached():
                progress.breached(fact)
            case _:
                pass
    return {kind: _MARKINGS[min(progress.right[kind], len(_MARKINGS) - 1)] for kind in ActKind}


class _Progress:
    def __init__(self, exercise: Exercise, adviser: Adviser, people: frozenset[str]) -> None:
        self.right = dict.fromkeys(ActKind, 0)
        self._exercise = exercise
        self._adviser = adviser
        self._people = people
        self._hinted: set[tuple[str, str]] = set()
        self._done: dict[int, ActKind] = {}
        roster = exercise.roster
        self._roles = {role for name in people for role in roster.roles_of(roster.people[name])}

    def hint(self, fact: HintGiven) -> None:
        if fact.person in self._people:
            self._hinted.update((fact.incident, do) for do in fact.acts)

    def step(self, number: int, fact: StepTaken) -> None:
        if fact.by is None or fact.by.person not in self._people:
            return
        ready = self._exercise.compiled.steps[fact.track].get((fact.source, fact.do))
        if ready is None:
            return
        kind = self._done[number] = act_kind(self._exercise.playbook, ready.step)
        hinted = (fact.incident, fact.do) in self._hinted
        self._hinted.discard((fact.incident, fact.do))
        if not self._is_reasoned(number, fact, ready.step):
            self.right[kind] = 0
        elif not hinted:
            self.right[kind] += 1

    def _is_reasoned(self, number: int, fact: StepTaken, step: Step) -> bool:
        """Whether the playbook's rule gives the same on what whoever acted knew, or says nothing to it."""
        if fact.by is None or not (step.fits or step.sets_level):
            return True
        known = self._adviser.known(fact.incident, [fact.by.person], fact.at, number)
        advice = self._adviser.advice([step], known)
        if any(answer is not None and answer != step.fits[flag] for flag, answer in advice.flags):
            return False
        level = fact.content.get(step.sets_level or "")
        return advice.level is None or not isinstance(level, int) or level == advice.level

    def refused(self, fact: Refused) -> None:
        if fact.by.person in self._people and (track := self._exercise.compiled.track_of.get(fact.do)) is not None:
            steps = self._exercise.playbook.tracks[track].steps
            self._wrong(step for step in steps if step.do == fact.do)

    def settled(self, fact: DutySettled) -> None:
        if fact.late and (kind := self._done.get(fact.because)) is not None:
            self.right[kind] = 0

    def breached(self, fact: DutyBreached) -> None:
        playbook = self._exercise.playbook
        if self._roles.isdisjoint(role for name in fact.owed_by for role in playbook.roles_of(name)):
            return
        ending = {pattern.do for pattern in self._exercise.compiled.duties[fact.duty].settled_by}
        self._wrong(step for track in playbook.tracks.values() for step in track.steps if step.do in ending)

    def _wrong(self, steps: Iterable[Step]) -> None:
        for kind in {act_kind(self._exercise.playbook, step): None for step in steps}:
            self.right[kind] = 0
