"""Whether a level that was right by what was known then was graded anew once the figures that decide it were there."""

from collections.abc import Iterator, Sequence

from incidentsim.domain.facts import LevelSet, StepTaken
from incidentsim.domain.playbook import ANYONE, Step
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge
from incidentsim.exercise.evaluation.decisions.steps import Steps
from incidentsim.exercise.evaluation.decisions.truth import Truths
from incidentsim.exercise.evaluation.trace import IncidentTrace, Trace
from incidentsim.exercise.kernel.role_holdings import holdings_on_record


class Regrading:
    """Finds the levels that stayed wrong although the figures that decide them came."""

    def __init__(self, trace: Trace, knowledge: Knowledge, truths: Truths, steps: Steps) -> None:
        self._trace = trace
        self._knowledge = knowledge
        self._truths = truths
        self._grading = tuple(step for step in steps.all if step.sets_level)
        holdings = holdings_on_record(trace.scenario, trace.facts)
        self._able = tuple(
            person.pseudonym
            for person in trace.scenario.people.values()
            if any(ANYONE in step.by or {*holdings.roles_of(person.pseudonym)} & {*step.by} for step in self._grading)
        )

    def kept(self, incident: IncidentTrace) -> DecisionError | None:
        """Return the error that a level stayed wrong to the end; `None` where it did not, or was wrong from the first.

        A level that the figures known then gave is no error of whoever graded. It becomes one of those who may grade
        once the figures that have come to one of them give the right level, as they do to the end; where these came to
        others alone, it is that nobody passed them on.
        """
        right = self._truths.level(incident.id)
        since = _since(incident, right)
        if right is None or since is None or not self._as_known(incident, *since):
            return None
        number, level = since
        everybody = [person.pseudonym for person in self._trace.scenario.people.values()]
        for people, kind in ((self._able, ErrorKind.NOT_REGRADED), (everybody, ErrorKind.FIGURE_NOT_TOLD)):
            came = (self._came(incident.id, person, right) for person in people)
            arrived = min((fact for fact in came if fact is not None and fact > number), default=None)
            steps = tuple(self._to_take(incident, arrived)) if arrived is not None else ()
            if arrived is not None and steps:
                return self._told(incident, kind, arrived, steps, level - right)
        return None

    def _told(
        self, incident: IncidentTrace, kind: ErrorKind, arrived: int, steps: Sequence[Step], off: int
    ) -> DecisionError:
        roles = tuple(dict.fromkeys(role for step in steps for role in step.by))
        answer = self._truths.right_level(incident.id, tuple(dict.fromkeys(step.do for step in steps)))
        subject = steps[0].do
        if kind is ErrorKind.FIGURE_NOT_TOLD:
            off = 0
            subject = next((one.threshold.measure for one in answer.reached if not one.more_severe_by), subject)
        numbers = (incident.gradings[-1][0], arrived)
        return DecisionError(kind, incident.id, subject, numbers, None, roles, answer, off=off)

    def _as_known(self, incident: IncidentTrace, number: int, level: int) -> bool:
        fact = self._trace.facts[number]
        cause = fact.because if isinstance(fact, LevelSet) else number
        graded = self._trace.facts[cause]
        if not isinstance(graded, StepTaken) or graded.by is None:
            return False
        return self._truths.level_by(self._knowledge.known(incident.id, graded.by.person, cause)) == level

    def _came(self, incident: str, person: str, right: int) -> int | None:
        """The number of the fact from which on the figures that had come to a person gave the right level."""
        values: dict[str, int] = {}
        arrived = None
        for known in self._knowledge.known(incident, person, len(self._trace.facts)):
            values.update(self._truths.measured_by(known.inject))
            if not values or self._trace.playbook.judged_level(values) != right:
                arrived = None
            elif arrived is None:
                arrived = known.sequence
        return arrived

    def _to_take(self, incident: IncidentTrace, number: int) -> Iterator[Step]:
        """The steps by which the level could be set from then on, where the incident stood."""
        for step in self._grading:
            at = self._trace.playbook.tracks[step.track].initial
            for taken in incident.steps:
                fact = self._trace.facts[taken]
                if taken < number and isinstance(fact, StepTaken) and fact.track == step.track:
                    at = fact.target
            if at in step.sources:
                yield step


def _since(incident: IncidentTrace, right: int | None) -> tuple[int, int] | None:
    """The first of the last gradings that all set the same wrong level, and that level; `None` where it is right."""
    first = None
    for number, level in reversed(incident.gradings):
        if level == right or (first is not None and level != first[1]):
            break
        first = (number, level)
    return first
