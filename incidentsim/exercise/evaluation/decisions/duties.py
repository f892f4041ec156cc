"""How a duty stood at the end if the incident had been graded as the truth has it, at the moment at which it was."""

from dataclasses import dataclass

from incidentsim.domain.playbook import Duty
from incidentsim.exercise.evaluation.trace import DutyTrace, IncidentTrace, Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty that was late or never done.

    Attributes:
        due: until when it was to be done (ms).
        limit: the time that there was for it (ms).
        late_by: by how much it was late (ms); `None` where it was never done.
        by_grade: true if the record says otherwise, because the incident was graded wrongly.
    """

    due: int | None
    limit: int | None
    late_by: int | None
    by_grade: bool


def by_the_truth(
    trace: Trace, incident: IncidentTrace, duty: DutyTrace, rule: Duty, level: int | None
) -> Standing | None:
    """Return how a duty was late or missed, by the time limit of the true level; `None` where it was neither.

    A duty that is late only by the limit of the wrong level counts, too, and says so.
    """
    if duty.dropped is not None:
        return None
    opened = trace.facts[duty.opened].at
    recorded = _late_on_record(trace, duty)
    wrong = [number for number, graded in incident.gradings if level is not None and graded != level]
    closed = duty.settled if duty.settled is not None else len(trace.facts)
    if not wrong or wrong[0] > closed or not _graded_wrong_while_open(incident, duty.opened, closed, level):
        due = duty.due
        limit = due - opened if due is not None else None
        return Standing(due, limit, recorded[1], by_grade=False) if recorded[0] else None
    limit = rule.within.limit(level)
    due = opened + limit if limit is not None else None
    first = trace.facts[incident.gradings[0][0]].at
    ungraded = rule.within.limit(None)
    if incident.gradings[0][0] > duty.opened and ungraded is not None and opened + ungraded < first:
        late_from: int | None = opened + ungraded  # it was late before it was graded
    else:
        late_from = max(due, first) if due is not None and first > opened else due
    end = duty.settled_at if duty.settled is not None else trace.facts[-1].at
    late = late_from is not None and end > late_from and (duty.settled is not None or trace.ended is not None)
    late_by = end - late_from if late and late_from is not None and duty.settled is not None else None
    if late:
        return Standing(due, limit, late_by, by_grade=not recorded[0] or _late_by_grading(trace, incident, duty))
    if recorded[0]:
        return Standing(duty.due, limit, recorded[1], by_grade=True)
    return None


def _late_on_record(trace: Trace, duty: DutyTrace) -> tuple[bool, int | None]:
    if duty.breached is None:
        return False, None
    if duty.settled is None:
        return True, None
    return True, duty.settled_at - trace.facts[duty.breached].at


def _graded_wrong_while_open(incident: IncidentTrace, opened: int, closed: int, level: int | None) -> bool:
    at_first = incident.level_at(opened)
    if at_first is not None and at_first != level:
        return True
    return any(opened < number < closed and graded != level for number, graded in incident.gradings)


def _late_by_grading(trace: Trace, incident: IncidentTrace, duty: DutyTrace) -> bool:
    """Return whether it became late in the very moment in which the level was corrected, and so the time shortened."""
    if duty.breached is None or duty.settled is None:
        return False
    at = trace.facts[duty.breached].at
    return any(trace.facts[number].at == at for number, _level in incident.gradings if number > duty.opened)
