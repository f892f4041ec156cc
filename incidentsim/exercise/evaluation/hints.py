"""What the coach's hints mean for a rating. This is the whole rule, and nothing else knows of it.

A hint belongs to a task, or to a decision, if it was about a step by which that was done, on the same incident, and was
given before it was done to somebody whom the coach helped; where it was never done, if it was given at all. Hints that
say where to look or by which criterion (steps 1 and 2) only stand beside the rating. Once somebody was told what to do
(step 3) before doing it, they did not perform the task without challenges: by rule it is then rated S, performed with
some challenges (HSEEP), or worse where something else makes it so, and never P. A facilitator may set another rating.
"""

from collections.abc import Collection, Iterator
from typing import Final

from incidentsim.domain.evaluation import Rating, Task
from incidentsim.domain.facts import HintGiven, HintStep, StepTaken, cause_of
from incidentsim.exercise.evaluation.decisions.kinds import Decision, Hints
from incidentsim.exercise.evaluation.trace import Trace

TOLD_WHAT_TO_DO: Final = "told_what_to_do"
"""The reason for a rating that is no P because the third hint came before the act."""
TOLD_RATING: Final[Rating] = "S"
"""What such a task is rated at best."""

_MOST_CAUSES: Final = 5
"""So many facts back the act that led to a fact is looked for."""


class HintsGiven:
    """The hints of one record, by what they were about."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._hints = [(number, fact) for number in trace.hints if isinstance(fact := trace.facts[number], HintGiven)]

    def of_task(self, task: Task, incident: str) -> Hints | None:
        """Return the hints before a task was performed on an incident; `None` where there were none."""
        performed = self._trace.first(self._trace.incidents[incident], task.performed)
        act = self._act(performed)
        if act is not None and not self._is_coached(act):
            return None
        dos = {pattern.do for pattern in task.performed if pattern.do is not None}
        return self._before(incident, {*dos, *([act.do] if act is not None else [])}, performed)

    def of_decision(self, decision: Decision) -> Hints | None:
        """Return the hints before a decision, since the same was last decided; `None` where there were none."""
        act = self._trace.facts[decision.sequence]
        if not decision.chosen:
            return self._before(decision.incident, set(decision.right.steps), None)
        if not isinstance(act, StepTaken) or not self._is_coached(act):
            return None
        earlier = (
            number
            for number in self._trace.incidents[decision.incident].steps
            if number < decision.sequence and isinstance(fact := self._trace.facts[number], StepTaken)
            if fact.do == act.do
        )
        return self._before(decision.incident, {act.do}, decision.sequence, max(earlier, default=-1))

    def _before(self, incident: str, dos: Collection[str], before: int | None, after: int = -1) -> Hints | None:
        given = [
            (number, fact)
            for number, fact in self._hints
            if fact.incident == incident and not set(fact.acts).isdisjoint(dos)
            if number > after and (before is None or number < before)
        ]
        if not given:
            return None
        furthest = max((fact.step for _number, fact in given), key=lambda step: step.number)
        return Hints(furthest, tuple(number for number, _fact in given))

    def _act(self, number: int | None) -> StepTaken | None:
        """The step that somebody took, to which a fact goes back."""
        for _back in range(_MOST_CAUSES):
            fact = None if number is None else self._trace.facts[number]
            if isinstance(fact, StepTaken) and fact.by is not None:
                return fact
            number = None if fact is None else cause_of(fact)
        return None

    def _is_coached(self, act: StepTaken) -> bool:
        return act.by is not None and act.by.person in self._trace.coached

    def by_step(self) -> Iterator[tuple[HintStep, tuple[int, ...]]]:
        """Yield every step of hints with the facts by which such a hint was given."""
        for step in HintStep:
            yield step, tuple(number for number, fact in self._hints if fact.step is step)
