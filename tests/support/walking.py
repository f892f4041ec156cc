"""Walking a way that the evaluation found, by the playbook's own tables and conditions, as the kernel would."""

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.remedy import CorrectPath, ways
from incidentsim.exercise.evaluation.trace import Places, Trace
from incidentsim.exercise.kernel.conditions import compile_condition
from incidentsim.exercise.kernel.state import IncidentState


def steps_from(book: Playbook, track: str, state: str, do: str) -> list[Step]:
    """The steps `do` out of a state."""
    return [step for step in book.tracks[track].steps if step.do == do and state in step.sources]


def walk(book: Playbook, way: CorrectPath, start: IncidentState, true_level: int | None) -> None:
    """Take the steps one after the other, and fail where one of them is not allowed."""
    for one in way.steps or ():
        [step] = steps_from(book, one.track, start.tracks[one.track], one.do)
        assert not step.automatic
        test = compile_condition(step.needs, book)
        assert any(test(start, 0, role) for role in step.by), (way, one)
        assert set(one.by) <= {*book.roles, *book.bodies, "anyone"}
        if step.target is not None:
            start.tracks[one.track] = step.target
        if step.sets_level is not None and start.level is None:
            start.level = true_level


def check_ways(book: Playbook, told: Scenario, facts: list[Fact]) -> tuple[CorrectPath, ...]:
    """Every way can be walked, and there is one for whatever was refused, late or missed."""
    trace = Trace(book, told, facts)
    standing: dict[int, tuple[Places, int | None]] = {one.sequence: (one.places, one.level) for one in trace.refusals}
    standing |= {one.breached: (one.open_from, one.level) for one in trace.duties if one.breached is not None}
    found = ways(trace)
    for way in found:
        places, level = standing[way.sequence]
        start = IncidentState(way.incident, dict(places), raised=True, level=level)
        start.facts = [fact for fact in facts[: way.sequence] if fact.incident == way.incident]
        walk(book, way, start, told.incidents[way.incident].truth.level)
        if way.kind == FactKind.REFUSED and way.steps:
            assert way.steps[-1].do == way.subject
    assert [one.sequence for one in found] == sorted(one.sequence for one in found)
    return found
