"""What must be true of the facts of any exercise, worked out from the playbook and the scenario by plain reading.

Nothing here uses the kernel's compiled, its compiled conditions or its idea of who may act: what it says twice
would prove nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from incidentsim.domain.actions import Reason
from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, LevelAtLeast, Not, RoleIs, TrackIs
from incidentsim.domain.facts import FACT_FIELDS, Fact, FactKind, read_fact
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.exercise.kernel.sim_time import MINUTE, MINUTES_A_DAY
from tests.support.facts import acting, on_record


@dataclass
class Seen:
    """What is known of one incident after some of the facts."""

    tracks: dict[str, str]
    level: int | None = None
    raised: bool = False
    authors: dict[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


def away(person: Person, at: int, scenario: Scenario) -> bool:
    """Whether somebody is absent."""
    minute = (int(scenario.starts[11:13]) * 60 + int(scenario.starts[14:16]) + at // MINUTE) % MINUTES_A_DAY
    return person.always_away or any(begin <= minute < end for begin, end in person.away)


def may_act_as(person: Person, by: dict[str, str], at: int, book: Playbook, scenario: Scenario) -> bool:
    """Whether somebody acts in a role rightly: as its holder, or as a deputy while no holder is there."""
    if away(person, at, scenario):
        return False
    role, as_ = by["role"], by.get("as")
    if as_ is None:
        return role in person.roles
    holders = [one for one in scenario.people.values() if role in one.roles]
    nobody_there = all(away(one, at, scenario) for one in holders)
    return nobody_there and as_ in person.roles and as_ in book.roles[role].deputies


def holds(condition: Condition, seen: Seen, at: int, role: str | None, book: Playbook) -> bool:
    """Whether a condition holds, part by part."""
    match condition:
        case All(parts):
            return all(holds(part, seen, at, role, book) for part in parts)
        case AnyOf(parts):
            return any(holds(part, seen, at, role, book) for part in parts)
        case Not(part):
            return not holds(part, seen, at, role, book)
        case TrackIs(track, states):
            return seen.tracks[track] in states
        case LevelAtLeast(level):
            return seen.level is not None and seen.level <= level
        case RoleIs(roles):
            return role in {one for name in roles for one in book.roles_of(name)}
        case Happened(pattern, within):
            return any(matches(pattern, f) and (within is None or f.at >= at - within) for f in seen.facts)


def check_moves(facts: Sequence[Fact], book: Playbook, scenario: Scenario) -> dict[str, Seen]:
    """Every track moves only by steps of the playbook, each taken by somebody who may, or by itself where it does.

    Returns:
        Where every incident ended, by the facts alone.
    """
    people = {person.pseudonym: person for person in scenario.people.values()}
    initial = {track.id: track.initial for track in book.tracks.values()}
    incidents = {name: Seen(dict(initial)) for name in scenario.incidents}
    for fact in facts:
        seen = incidents[fact.incident] if fact.incident is not None else None
        if seen is None:
            continue
        if fact.kind == FactKind.INCIDENT_RAISED:
            assert not seen.raised, "an incident is raised once"
            seen.raised = True
        elif fact.kind == FactKind.LEVEL_SET:
            assert on_record(fact)["was"] == seen.level
            seen.level = on_record(fact)["level"]
            assert seen.level in book.levels
        elif fact.kind == FactKind.STEP_TAKEN:
            _check_step(fact, seen, people, book, scenario)
        seen.facts.append(fact)
    return incidents


def _check_step(fact: Fact, seen: Seen, people: dict[str, Person], book: Playbook, scenario: Scenario) -> None:
    track, source, target = on_record(fact)["track"], on_record(fact)["from"], on_record(fact)["to"]
    assert seen.raised, "nothing moves in an incident that nobody knows of"
    assert source == seen.tracks[track], "a step starts where the track stands"
    found = [s for s in book.tracks[track].steps if s.do == on_record(fact)["do"] and source in s.sources]
    assert len(found) == 1, "a track moves by a step of the playbook"
    step: Step = found[0]
    assert target == (step.target or source)
    by = cast("dict[str, str] | None", on_record(fact)["by"])
    if by is None:
        assert step.automatic
        assert not step.by
        assert holds(step.when, seen, fact.at, None, book)
    else:
        person, role = people[by["person"]], by["role"]
        assert role in step.by, f"{role} has no authority for {step.do}"
        assert may_act_as(person, by, fact.at, book, scenario)
        assert all(seen.authors.get(do) != person.pseudonym for do in step.not_by_author_of), "four eyes"
        assert holds(step.needs, seen, fact.at, role, book)
        given = cast("dict[str, object]", on_record(fact)["with"])
        assert {f.name for f in step.fields if f.required} <= set(given) <= {f.name for f in step.fields}
        seen.authors[step.do] = person.pseudonym
    seen.tracks[track] = target


@dataclass
class Owed:
    """A duty as the facts tell of it."""

    duty: str
    incident: str | None
    due: int | None
    moved: int
    breached: bool = False


def check_duties(facts: Sequence[Fact]) -> dict[int, Owed]:
    """Every duty is opened once, and then settled, dropped, breached or still open; never breached before its time.

    Returns:
        The duties still open, by number.
    """
    owed: dict[int, Owed] = {}
    opened = 0
    for fact in facts:
        for one in owed.values():
            if one.due is not None and not one.breached and fact.kind != FactKind.DUTY_BREACHED:
                assert fact.at <= max(one.due, one.moved), f"{one} should have been breached before {fact}"
        if not fact.kind.startswith("duty_"):
            continue
        number = on_record(fact)["number"]
        if fact.kind == FactKind.DUTY_OPENED:
            opened += 1
            assert number == opened, "numbers count the duties of the exercise"
            same = [
                one for one in owed.values() if (one.duty, one.incident) == (on_record(fact)["duty"], fact.incident)
            ]
            assert not same, "a duty is owed once at a time"
            owed[number] = Owed(
                on_record(fact)["duty"], fact.incident, cast("int | None", on_record(fact)["due"]), fact.at
            )
            continue
        found = owed[number]
        assert (found.duty, found.incident) == (on_record(fact)["duty"], fact.incident)
        if fact.kind == FactKind.DUTY_RESCHEDULED:
            assert not found.breached
            assert on_record(fact)["due"] != found.due
            found.due, found.moved = cast("int | None", on_record(fact)["due"]), fact.at
        elif fact.kind == FactKind.DUTY_BREACHED:
            assert not found.breached, "a duty is breached once"
            assert found.due is not None, "what has no limit cannot be late"
            assert fact.at == max(found.due, found.moved), "at its time, or when the time was moved into the past"
            found.breached = True
        else:
            assert fact.kind in {"duty_settled", "duty_dropped"}
            if fact.kind == FactKind.DUTY_SETTLED:
                assert on_record(fact)["late"] is found.breached
                assert found.breached or found.due is None or fact.at <= max(found.due, found.moved)
            del owed[number]
    return owed


def check_form(facts: Sequence[Fact]) -> None:
    """A fact holds only what every reader keeps, has the parts promised, and comes back from its flat form."""
    now = 0
    for number, fact in enumerate(facts):
        flat = fact.to_json()
        _check_json(flat)
        assert read_fact(flat) == fact
        assert set(on_record(fact)) - {"because"} == set(FACT_FIELDS[fact.kind]) - {"because"}
        assert fact.at >= now, "time does not go back"
        now = fact.at
        because = on_record(fact).get("because")
        if isinstance(because, dict):
            assert acting(fact) is not None, "only who decides says why"
            assert because["reason"] in get_args(Reason)
        else:
            assert because is None or (type(because) is int and 0 <= because < number), "causes come first"


def _check_json(value: object) -> None:
    if type(value) is dict:
        for key, inner in value.items():
            assert type(key) is str
            assert key.isascii()
            _check_json(inner)
    elif type(value) is list:
        for inner in value:
            _check_json(inner)
    elif type(value) is int:
        assert abs(value) < 2**53
    elif type(value) is str:
        value.encode()
    else:
        assert value is None or type(value) is bool
