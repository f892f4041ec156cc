"""The one rule of who may see what: every kind of fact has one, and what it says."""

from dataclasses import dataclass, field, fields, replace
from typing import ClassVar

import pytest

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import (
    FACT_CLASSES,
    Actor,
    AnchorReached,
    CircumstanceArose,
    DutyOpened,
    Escalated,
    ExerciseStarted,
    Fact,
    FactKind,
    InjectDelivered,
    Json,
    MessageAct,
    MessageSent,
    StepTaken,
)
from incidentsim.domain.facts.base import OfExercise
from incidentsim.domain.facts.wire import parts_of
from incidentsim.domain.traits import Audience, Traits, seen_by, traits_of
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.visibility import (
    BACKSTAGE,
    Reached,
    Standing,
    Viewer,
    blank,
    is_addressed,
    may_see,
    seen,
)
from tests.support.facts import a_fact
from tests.support.play import play_with_bots
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive
from tests.support.shipped import procedure, scenario, without_script
from tests.support.small import small_scenario

GU, LIN = "p2", "p1"
ME = Viewer(Standing.PARTICIPANT, frozenset({GU}), frozenset({"lead", "team"}))
OBSERVER = Viewer(Standing.OBSERVER)
FACILITATOR = Viewer(Standing.FACILITATOR)


def reached(*facts: Fact, viewer: Viewer = ME) -> Reached:
    known = nothing(viewer)
    for number, fact in enumerate(facts):
        known.take(viewer, number, fact)
    return known


def nothing(viewer: Viewer = ME) -> Reached:
    """What has reached somebody before anything has happened."""
    return Reached(small_scenario(), viewer.people)


def mail(to: str, inject: str = "news", incident: str | None = "one") -> Fact:
    return a_fact(0, FactKind.INJECT_DELIVERED, incident, {"inject": inject, "to": [to], "channel": "chat"})


def step(by: str | None, **more: object) -> Fact:
    actor = None if by is None else {"person": by, "role": "lead"}
    return a_fact(1, FactKind.STEP_TAKEN, "one", {"by": actor, **more})  # type: ignore[dict-item]  # as on record


def told_of(fact: Fact, *before: Fact, viewer: Viewer = ME) -> Fact | None:
    return seen(fact, viewer, reached(*before, fact, viewer=viewer))


# Every kind has a rule.


@pytest.mark.parametrize("cls", FACT_CLASSES.values())
def test_whatever_is_for_those_whom_it_reached_says_whom_it_reached(cls: type[Fact]) -> None:
    """Else nobody would ever see it, or the rule would have to know the kind by name."""
    parts = parts_of(cls)
    if any(part.traits.audience is Audience.ADDRESSED for part in parts):
        says = [
            part
            for part in parts
            if part.traits.via or (part.traits.person and part.traits.audience is Audience.ADDRESSED)
        ]
        assert says, cls
    if any(part.traits.audience is Audience.OWN for part in parts):
        assert any(known.type in (Actor, Actor | None) for known in fields(cls)), cls


@pytest.mark.parametrize("cls", FACT_CLASSES.values())
def test_what_is_for_some_only_can_be_left_out_for_the_others(cls: type[Fact]) -> None:
    audiences = {part.traits.audience for part in parts_of(cls)}
    if len(audiences) > 1:
        for part in parts_of(cls):
            if part.traits.audience is not Audience.PUBLIC:
                blank(cls, part.name)


def test_a_part_that_cannot_be_left_out_is_named() -> None:
    with pytest.raises(TypeError, match=r"StepTaken\.by_whom|StepTaken\.content"):
        blank(StepTaken, "content")


def test_a_part_of_which_nobody_has_said_who_may_see_it_fails_when_its_class_is_read() -> None:
    @dataclass(frozen=True, slots=True)
    class Unsaid(OfExercise):
        kind: ClassVar[FactKind] = FactKind.OBSERVED
        words: str = field(default="")

    with pytest.raises(TypeError, match="nobody said who may see words"):
        parts_of(Unsaid)


def test_the_parts_of_a_reason_say_too_who_may_see_them() -> None:
    assert all(isinstance(traits_of(known).audience, Audience) for known in fields(Because))


# What the rule says.


@pytest.mark.parametrize(
    ("audience", "sees"),
    [
        (Audience.PUBLIC, {"me", "other", "observer", "facilitator"}),
        (Audience.OWN, {"me", "observer", "facilitator"}),
        (Audience.ADDRESSED, {"me", "observer", "facilitator"}),
        (Audience.OBSERVER, {"observer", "facilitator"}),
        (Audience.FACILITATOR, {"facilitator"}),
    ],
)
def test_each_audience_is_these_people_and_after_the_end_everybody(audience: Audience, sees: set[str]) -> None:
    fact: Fact = step(GU) if audience is Audience.OWN else mail(GU)
    part = replace(parts_of(type(fact))[0], traits=traits_of_audience(audience))
    viewers = {
        "me": ME,
        "other": replace(ME, people=frozenset({LIN})),
        "observer": OBSERVER,
        "facilitator": FACILITATOR,
    }
    assert {name for name, viewer in viewers.items() if may_see(part, fact, viewer, nothing(viewer))} == sees
    assert all(may_see(part, fact, replace(viewer, over=True), nothing(viewer)) for viewer in viewers.values())


def traits_of_audience(audience: Audience) -> Traits:
    return seen_by(audience)["traits"]


def test_a_message_is_seen_by_whom_it_reached_and_of_others_not_even_that_it_was_sent() -> None:
    assert told_of(mail(GU)) == mail(GU)
    assert told_of(mail(LIN)) is None
    assert told_of(mail(LIN), viewer=OBSERVER) == mail(LIN)


def test_an_incident_is_known_by_what_reached_somebody_or_what_somebody_did_and_not_before() -> None:
    raised = a_fact(0, FactKind.INCIDENT_RAISED, "one", {"inject": "news"})
    duty = a_fact(0, FactKind.DUTY_OPENED, "one", {"owed_by": ["guard"]})
    itself = step(None)
    assert told_of(itself, mail(LIN), raised, duty) is None, "what follows by itself tells nobody of an incident"
    assert told_of(duty, mail(LIN), raised, step(LIN)) == duty, "once somebody has acted, all of it is known"
    mine = a_fact(0, FactKind.DUTY_OPENED, "one", {"owed_by": ["team"]})
    assert isinstance(told_of(mine), DutyOpened)
    me = a_fact(0, FactKind.ESCALATED, "one", {"to": "lead", "persons": [GU], "basis": "documented"})
    assert isinstance(told_of(me), Escalated)
    assert told_of(raised, mail(GU)) is None, "nobody who is exercised is told that something is planted"


def test_a_circumstance_and_a_moment_told_by_an_inject_are_known_to_whom_it_reached() -> None:
    arose = a_fact(0, FactKind.CIRCUMSTANCE_AROSE, "one", {"circumstance": "concealment", "inject": "news"})
    told = a_fact(0, FactKind.ANCHOR_REACHED, "one", {"anchor": "awareness", "because": 0})
    for fact in (arose, told):
        assert told_of(fact, mail(GU)) == fact
        assert told_of(fact, mail(LIN), step(LIN)) is None
    by_rule = a_fact(1, FactKind.ANCHOR_REACHED, "one", {"anchor": "awareness", "because": 1})
    assert told_of(by_rule, mail(LIN), step(LIN)) == by_rule
    about_me = a_fact(0, FactKind.CIRCUMSTANCE_AROSE, "one", {"circumstance": "x", "inject": "news", "person": GU})
    assert isinstance(told_of(about_me, viewer=OBSERVER), CircumstanceArose)
    assert told_of(about_me, mail(LIN), step(LIN)) is None, "whom it is about need not have heard of it"
    assert isinstance(told_of(told, mail(GU)), AnchorReached)


def test_a_reason_names_only_messages_that_reached_the_reader_and_never_what_went_wrong() -> None:
    because = {"reason": "evidence", "injects": ["news", "other"], "slips": ["misled"]}
    acted = step(LIN, because=because)
    mine = told_of(acted, mail(GU))
    assert isinstance(mine, StepTaken)
    assert mine.because == Because("evidence", None, ("news",))
    nobodys = told_of(acted, mail(LIN))
    assert isinstance(nobodys, StepTaken)
    assert nobodys.because is None
    owed = told_of(step(LIN, because={"reason": "duty_due", "duty": "report", "injects": ["other"]}))
    assert isinstance(owed, StepTaken)
    assert owed.because == Because("duty_due", "report")
    assert told_of(acted, viewer=FACILITATOR) == acted


def test_of_a_fact_that_is_for_all_in_part_the_rest_is_blank() -> None:
    began = a_fact(0, FactKind.EXERCISE_STARTED, None, {"seed": 42})
    told = told_of(began)
    assert isinstance(told, ExerciseStarted)
    assert told.seed == 0
    assert told_of(began, viewer=FACILITATOR) == began


@pytest.mark.parametrize("kind", sorted(BACKSTAGE))
def test_what_is_behind_the_stage_is_nobodys_who_is_exercised(kind: FactKind) -> None:
    assert told_of(a_fact(0, kind, None), mail(GU)) is None


def test_a_message_that_quotes_another_carries_it_on() -> None:
    """Any kind of fact does that says whom it reached and names injects."""
    known = reached(mail(GU, "seen"))
    assert list(known.injects) == ["seen"]
    assert not is_addressed(mail(LIN), ME, known)
    assert isinstance(mail(LIN), InjectDelivered)


def test_whoever_is_forwarded_a_message_reads_it_and_all_that_it_quotes() -> None:
    def sent(number: int, to: str, **quotes: list[Json]) -> Fact:
        parts: dict[str, Json] = {
            "number": number,
            "by": {"person": "p1", "role": "cto"},
            "to": [to],
            "persons": [to],
            **quotes,
        }
        return a_fact(9, FactKind.MESSAGE_SENT, "one", parts)

    passed_on = [sent(1, "p2", injects=["alert"]), sent(2, "p3", messages=[1]), sent(3, "p4", messages=[2])]
    viewer = Viewer(Standing.PARTICIPANT, frozenset({"p4"}))
    known = nothing(viewer)
    for number, fact in enumerate(passed_on):
        assert [seen(earlier, viewer, known) for earlier in passed_on[: number + 1]] == [None] * (number + 1)
        known.take(viewer, number, fact)
    assert [seen(fact, viewer, known) for fact in passed_on] == passed_on
    assert (list(known.injects), known.unseen, known.uncovered) == (["alert"], set(), 2)


@pytest.mark.parametrize("name", ["false-alarm", "ransomware-at-dawn"])
def test_a_seat_reads_what_its_person_has_read_and_who_has_read_it_is_one_notion(name: str) -> None:
    """A seat asks of one person, with what they sent, what the exercise asks of everybody."""
    subject = without_script(scenario(name))
    exercise = Exercise(CompiledPlaybook(procedure(subject.playbook)), subject)
    facts = play_with_bots(exercise)
    hearing = exercise.state.hearing
    for person in exercise.roster.people:
        viewer = Viewer(Standing.PARTICIPANT, frozenset({person}))
        mine = reached(*facts, viewer=viewer)
        abouts = list(hearing.incidents(person))
        assert set(mine.injects) == {inject for about in abouts for inject in hearing.injects(person, about)}
        read = {number for about in abouts for number in hearing.messages(person, about)}
        said = [fact for fact in facts if isinstance(fact, MessageSent)]
        sent = {fact.number for fact in said if fact.by.person == person}
        assert {fact.number for fact in said if mine.has_read_message(fact.number)} == read | sent
        assert all(mine.has_read(inject) for inject in mine.injects)


def test_the_injects_of_several_stand_in_the_order_in_which_they_came() -> None:
    both = Viewer(Standing.PARTICIPANT, frozenset({GU, LIN}))
    came = (mail(LIN, "a"), mail(GU, "b"), mail("p9", "c"), mail(LIN, "d", None), mail(GU, "a"), mail(GU, "e", "two"))
    known = reached(*came, viewer=both)
    assert known.injects == ("a", "b", "d", "e")
    assert known.version > reached(*came[:4], viewer=both).version
    assert not known.has_read("c")


def test_what_was_undone_somebody_has_read_all_the_same() -> None:
    undone = a_fact(5, FactKind.STEP_UNDONE, None, {"first": 0, "last": 0})
    assert reached(mail(GU), undone).injects == ("news",)


def escalated(because: int, person: str = "p9", kind: FactKind = FactKind.ESCALATED) -> Fact:
    told: dict[str, Json] = {"to": person} if kind is FactKind.ESCALATED else {"to": [person], "due": 9}
    if kind is FactKind.ESCALATED:
        told |= {"persons": [person], "absent": [], "channel": "phone", "basis": "clause", "also": []}
    else:
        told |= {"duty": None}
    return a_fact(3, kind, "one", {**told, "rule": "escalation.x", "clause": None, "number": None, "because": because})


@pytest.mark.parametrize("kind", [FactKind.ESCALATED, FactKind.ESCALATION_PLANNED])
def test_an_escalation_is_seen_by_whom_it_tells_and_by_whoever_may_see_what_it_follows_from(kind: FactKind) -> None:
    """Its title says what it follows from, as in “A crime is suspected”."""
    arose = {"circumstance": "suspected_crime", "person": None, "inject": "secret"}
    for_others = (mail(GU), mail("p9", "secret"), a_fact(0, FactKind.CIRCUMSTANCE_AROSE, "one", arose))
    assert told_of(escalated(2, kind=kind), *for_others) is None
    assert told_of(escalated(2, GU, kind), *for_others) == escalated(2, GU, kind)
    assert told_of(escalated(2, kind=kind), *for_others, viewer=OBSERVER) is not None
    for_me = (mail(GU), mail(GU, "secret"), for_others[2])
    assert told_of(escalated(2, kind=kind), *for_me) == escalated(2, kind=kind)
    assert told_of(escalated(1, kind=kind), mail(GU), step("p4")) == escalated(1, kind=kind), "a step is public"


def test_what_nobody_told_them_of_tells_nobody_of_an_incident() -> None:
    public = step(None)
    assert "one" not in reached(public, escalated(0)).incidents
    assert "one" in reached(public, escalated(0, GU)).incidents


def test_no_title_of_an_escalation_comes_before_what_it_follows_from() -> None:
    """In the demo somebody is told that a crime is suspected; the lead of the team has not read what says so."""
    seat = LocalSeat(session_on(service_on(MemoryStore()), "number-masking-leak", ("response_team_lead",)))
    session, words = seat.session, "A crime is suspected"
    titles = {rule.rule: rule.title.en for rule in session.exercise.playbook.escalations}

    def told() -> bool:
        return any(isinstance(fact, Escalated) and titles[fact.rule] == words for fact in session.facts)

    for _stop in range(40):
        drive(session, most=1)
        if told():
            break
    assert told()
    assert not session.ended
    assert not any(words in entry.sentence for entry in seat.view("en").log.entries)
    drive(session)
    assert any(words in entry.sentence for entry in seat.view("en").log.entries), "now everything is for everybody"


def test_why_a_bot_sent_a_message_is_told_to_whom_it_reached_and_what_went_wrong_only_to_whoever_evaluates() -> None:
    sent = MessageSent(
        at=0, incident="one", number=1, act=MessageAct.FORWARD, by=Actor(LIN, "finder"), pretended=False, to=(GU,),
        persons=(GU,), absent=(), channel="email", answers=None, injects=("news",), messages=(), measures={}, flags={},
        text=None, do=None, due=None, because=None, grounds=Because("needed", slips=("forgotten",)),
    )  # fmt: skip
    mine, watched = told_of(sent), told_of(sent, viewer=OBSERVER)
    assert isinstance(mine, MessageSent)
    assert isinstance(watched, MessageSent)
    assert (mine.grounds, watched.grounds) == (Because("needed"), Because("needed", slips=("forgotten",)))
    assert mine.injects == ("news",)
