"""A small procedure of our own making, built from domain objects, so that the kernel is tested without YAML."""

from collections.abc import Callable
from dataclasses import replace

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import LevelAtLeast, Pattern, TrackIs
from incidentsim.domain.facts import FactKind
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import (
    Body,
    Circumstance,
    Duty,
    EscalationRule,
    Field,
    ForbiddenAct,
    Level,
    Playbook,
    Role,
    State,
    Step,
    Threshold,
    Track,
    Within,
)
from incidentsim.domain.scenario import Incident, Inject, Organisation, Person, Scenario, Truth
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE

RULE = Basis("documented", ("X1",))
OURS = Basis("assumption")


def text(words: str) -> Text:
    return Text(words, words)


def step(do: str, track: str, sources: str, target: str | None, *by: str, **more: object) -> Step:
    made = Step(do, text(do), track, tuple(sources.split()), target, RULE, by=by, by_named=by, automatic=not by)
    return replace(made, **more)  # type: ignore[arg-type]  # the caller names fields of Step


def states(*names: str) -> dict[str, State]:
    """States by name; a trailing ! marks a final one."""
    found = [State(name.rstrip("!"), text(name), final=name.endswith("!")) for name in names]
    return {state.id: state for state in found}


def small_playbook() -> Playbook:
    main = Track(
        "main",
        text("main"),
        "new",
        states("new", "told", "open", "done!", "dropped!"),
        (
            step(
                "tell",
                "main",
                "new",
                "told",
                "watcher",
                fields=(Field("what", FieldKind.TEXT, text("what")),),
                takes=MINUTE,
            ),
            step(
                "accept",
                "main",
                "told",
                "open",
                "expert",
                "chief",
                fields=(Field("level", FieldKind.LEVEL, text("level")),),
                sets_level="level",
                fits={"incident": True},
                takes=2 * MINUTE,
            ),
            step("drop", "main", "told", "dropped", "expert", fits={"incident": False}),
            step("note", "main", "open", None, "expert"),
            step(
                "regrade",
                "main",
                "open",
                None,
                "expert",
                fields=(Field("level", FieldKind.LEVEL, text("level")),),
                sets_level="level",
                detour=True,
            ),
            step(
                "finish",
                "main",
                "open",
                "done",
                "chief",
                not_by_author_of=("accept",),
                needs=TrackIs("blame", ("none", "settled")),
            ),
        ),
        main=True,
    )
    blame = Track(
        "blame",
        text("blame"),
        "none",
        states("none!", "open", "settled!"),
        (
            step("blame_for_hiding", "blame", "none", "open", on=(Pattern(FactKind.REFUSED, do="hide"),)),
            step(
                "blame_for_lateness", "blame", "none", "open", on=(Pattern(FactKind.DUTY_BREACHED, duty="tell-soon"),)
            ),
            step("settle", "blame", "open", "settled", "chief"),
        ),
    )
    notice = Track(
        "notice",
        text("notice"),
        "not_due",
        states("not_due!", "due", "done!"),
        (
            step("fall_due", "notice", "not_due", "due", when=LevelAtLeast(2)),
            step("notify", "notice", "due", "done", "chief"),
            step("notify", "notice", "not_due", "done", "chief", detour=True),
        ),
        tells=("board",),
    )
    duties = (
        Duty(
            "tell-soon",
            text("tell soon"),
            (Pattern(FactKind.INCIDENT_RAISED),),
            ("watcher",),
            (Pattern(FactKind.STEP_TAKEN, do="tell"),),
            Within({}, 10 * MINUTE),
            RULE,
            OURS,
        ),
        Duty(
            "finish-soon",
            text("finish soon"),
            (Pattern(FactKind.STEP_TAKEN, track="main", state="open"),),
            ("chief",),
            (Pattern(FactKind.STEP_TAKEN, do="finish"),),
            Within({1: 30 * MINUTE, 2: 60 * MINUTE}, 60 * MINUTE),
            RULE,
            OURS,
        ),
    )
    return Playbook(
        id="small",
        version="1",
        title=text("small"),
        prevailing="en",
        sources={},
        clauses={},
        phases={},
        measures={},
        levels={
            1: Level(1, text("one"), (Threshold("users", 100),), OURS),
            2: Level(2, text("two"), (Threshold("users", 10),), OURS),
            3: Level(3, text("three"), (), OURS),
        },
        modifiers=(),
        roles={
            "watcher": Role("watcher", text("watcher"), OURS),
            "expert": Role("expert", text("expert"), OURS),
            "chief": Role("chief", text("chief"), OURS, deputies=("vice",)),
            "vice": Role("vice", text("vice"), OURS),
            "board": Role("board", text("board"), OURS),
        },
        bodies={"team": Body("team", text("team"), ("expert",), "chief", OURS)},
        vocabularies={},
        circumstances={"hiding": Circumstance("hiding", text("hiding"), OURS)},
        tracks={"main": main, "blame": blame, "notice": notice},
        duties={duty.id: duty for duty in duties},
        escalations=(
            EscalationRule(
                "late-tell-soon",
                ("team",),
                OURS,
                text("late"),
                on=(Pattern(FactKind.DUTY_BREACHED, duty="tell-soon"),),
            ),
            EscalationRule("grave", ("board",), OURS, text("grave"), when=LevelAtLeast(1)),
        ),
        forbidden={"hide": ForbiddenAct("hide", text("hide"), RULE)},
        channels={"alert": text("alert")},
    )


def small_scenario(**changes: object) -> Scenario:
    people = (
        Person("ann", "p1", text("Ann"), ("watcher",)),
        Person("bob", "p2", text("Bob"), ("expert",)),
        Person("cat", "p3", text("Cat"), ("chief",)),
        Person("dan", "p4", text("Dan"), ("vice",)),
    )
    truth = Truth(
        incident=True,
        level=2,
        why={"users": 20},
        flags={"incident": True, "unlawful": False},
        cause="accident",
    )
    made = Scenario(
        id="small-scenario",
        playbook="small",
        title=text("small scenario"),
        summary=text("summary"),
        languages=("en",),
        tags=(),
        seed=7,
        starts="2026-01-05T09:00+08:00",
        ends=7 * 24 * 60 * MINUTE,
        organisation=Organisation(text("invented")),
        people={person.id: person for person in people},
        incidents={"one": Incident("one", text("one"), truth)},
        injects=(Inject("alert", ("watcher",), "alert", text("something"), at=0, incident="one", raises=True),),
        script=(),
        expectations=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of Scenario


IT = FreeText("it is down")
WORDS: dict[str, Value] = {"what": IT}


def act(person: str, do: str, role: str | None = None, **content: Value) -> Action:
    return Action(person, do, "one", role, content)


def begun(scenario: Scenario | None = None, change: Callable[[Playbook], Playbook] = lambda p: p) -> Exercise:
    """The small exercise, just begun and with its first inject delivered."""
    scenario = scenario or small_scenario()
    made = Exercise(CompiledPlaybook(change(small_playbook())), scenario)
    made.begin()
    made.run_next_due()
    return made
