"""Every reason of a refusal: when it is given, which clause it cites, and what it says would be allowed instead."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import LevelAtLeast, TrackIs
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.facts import FactKind, Json, RefusalReason
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import ANYONE, Field, Playbook, Role, Step
from incidentsim.domain.scenario import Inject, Person
from incidentsim.domain.text import FreeText, Text
from incidentsim.domain.unknown_names import nearest
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.refusals import Allowed, Refusal
from incidentsim.exercise.kernel.sim_time import HOUR
from tests.support.facts import on_record
from tests.support.small import IT, OURS, RULE, WORDS, act, begun, small_playbook, small_scenario, text

NOON = 3 * HOUR
LUNCH = (12 * 60, 13 * 60)


def answer(exercise: Exercise, action: Action, at: int = 0) -> tuple[str, str, str | None, tuple[str, ...]]:
    """Why, by which rule and clause, and what is allowed; asked, and then done, with the same answer."""
    asked = exercise.examine(action, at)
    assert isinstance(asked, Refusal), f"{action} is allowed"
    fact = exercise.act(action, at)[0]
    assert fact.kind == FactKind.REFUSED
    assert on_record(fact)["do"] == action.do
    allowed: list[Json] = [*asked.allowed]
    said = (on_record(fact)["why"], on_record(fact)["rule"], on_record(fact)["clause"], on_record(fact)["allowed"])
    assert said == (asked.why, asked.rule, asked.clause, allowed)
    return asked.why, asked.rule, asked.clause, asked.allowed


def allowed(exercise: Exercise, action: Action, at: int = 0) -> bool:
    return isinstance(exercise.examine(action, at), Allowed)


def with_people(*people: Person) -> Callable[[], Exercise]:
    return lambda: begun(small_scenario(people={person.id: person for person in people}))


def person(name: str, *roles: str, away: tuple[tuple[int, int], ...] = (), always: bool = False) -> Person:
    return Person(name, name, text(name), roles, away, always_away=always)


def told(exercise: Exercise) -> Exercise:
    exercise.act(act("p1", "tell", what=IT), 0)
    return exercise


def opened(exercise: Exercise, level: int = 2) -> Exercise:
    told(exercise).act(act("p2", "accept", level=level), 0)
    return exercise


# One reason after the other


def test_what_nobody_may_do_is_refused_by_its_prohibition() -> None:
    assert answer(begun(), act("p3", "hide")) == ("forbidden", "forbidden.hide", "X1", ())


def test_nothing_can_be_done_about_an_incident_that_nobody_knows_of() -> None:
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    exercise.begin()
    assert answer(exercise, act("p1", "tell", what=IT)) == ("not_raised", "main.tell", "X1", ())


def test_a_role_one_does_not_hold_is_refused_with_the_roles_one_does() -> None:
    exercise = with_people(person("eve", "expert", "board"), person("cat", "chief"))()
    assert answer(exercise, act("eve", "tell", "watcher", what=IT)) == (
        "role_not_held",
        "main.tell",
        "X1",
        ("expert", "board"),
    )


def test_a_deputy_may_not_act_while_the_holder_is_there_and_may_while_not() -> None:
    exercise = opened(
        with_people(
            person("ann", "watcher"), person("p1", "watcher"), person("p2", "expert"),
            person("cat", "chief", away=(LUNCH,)), person("dan", "vice"),
        )()
    )  # fmt: skip
    assert answer(exercise, act("dan", "finish", "chief"), NOON - 1)[0] == "role_not_held"
    fact = exercise.act(act("dan", "finish", "chief"), NOON)[0]
    assert fact.kind == FactKind.STEP_TAKEN
    assert on_record(fact)["by"] == {"person": "dan", "role": "chief", "as": "vice"}


def test_somebody_away_is_refused_with_those_who_could_act_now() -> None:
    exercise = with_people(
        person("ann", "watcher", away=(LUNCH,)), person("bob", "watcher"), person("cid", "watcher", always=True)
    )()
    assert answer(exercise, act("cid", "tell", what=IT), 0) == ("away", "main.tell", "X1", ("ann", "bob"))
    assert answer(exercise, act("ann", "tell", what=IT), NOON) == ("away", "main.tell", "X1", ("bob",))
    assert allowed(exercise, act("ann", "tell", what=IT), NOON + HOUR)


def test_a_step_from_another_state_is_refused_with_the_ways_out_of_this_one() -> None:
    exercise = told(begun())
    assert answer(exercise, act("p1", "tell", what=IT)) == ("state", "main.tell", "X1", ("accept", "drop"))


def test_a_step_that_follows_by_itself_is_nobodys_to_take() -> None:
    exercise = begun()
    assert answer(exercise, act("p3", "blame_for_hiding")) == ("state", "blame.blame_for_hiding", "X1", ())
    assert answer(exercise, act("p3", "fall_due")) == ("state", "notice.fall_due", "X1", ("notify",))


def test_a_role_without_the_authority_is_refused_with_the_roles_that_have_it() -> None:
    exercise = told(begun())
    assert answer(exercise, act("p1", "accept", level=2)) == ("role", "main.accept", "X1", ("expert", "chief"))


def test_the_authority_is_told_as_the_playbook_writes_it() -> None:
    """A body stays a body's name, and anyone means every role."""

    def written(book: Playbook, names: tuple[str, ...]) -> Playbook:
        tell = replace(book.tracks["main"].steps[0], by_named=names)
        return with_step(book, tell)

    team = begun(change=lambda book: written(book, ("team",)))
    assert answer(team, act("p4", "tell", what=IT))[3] == ("team",)
    anyone = begun(change=lambda book: written(book, (ANYONE,)))
    assert answer(anyone, act("p4", "tell", what=IT))[3] == ("watcher", "expert", "chief", "vice", "board")


def test_nobody_reviews_their_own_work_and_those_who_could_are_named() -> None:
    exercise = with_people(
        person("p1", "watcher"), person("p2", "expert", "chief"), person("cat", "chief"), person("dan", "vice")
    )()
    opened(exercise)
    assert answer(exercise, act("p2", "finish")) == ("four_eyes", "main.finish", "X1", ("cat",))
    assert allowed(exercise, act("cat", "finish"))


def test_only_the_last_author_is_barred() -> None:
    """Whoever took the step before somebody else took it again is free."""
    exercise = with_people(person("p1", "watcher"), person("p2", "expert"), person("cat", "chief"))()
    opened(exercise)
    exercise.state.incidents["one"].authors["accept"] = "cat"
    assert answer(exercise, act("cat", "finish"))[0] == "four_eyes"
    exercise.state.incidents["one"].authors["accept"] = "p2"
    assert allowed(exercise, act("cat", "finish"))


def test_missing_wrong_and_unknown_content_is_named_fields_first() -> None:
    exercise = told(begun())
    assert answer(exercise, act("p2", "accept")) == ("content", "main.accept", "X1", ("level",))
    assert answer(exercise, act("p2", "accept", level=9, zeal=1, awe=1))[3] == ("level", "awe", "zeal")
    assert answer(exercise, act("p2", "accept", level=2, zeal=1))[3] == ("zeal",)


def test_a_name_that_no_fact_can_hold_is_told_escaped() -> None:
    exercise = begun()
    content: dict[str, Value] = {"what": IT, "范围": "x", "\udcff": 1}
    assert answer(exercise, Action("p1", "tell", "one", None, content))[3] == ("\\u8303\\u56f4", "\\udcff")


def test_what_another_track_holds_up_is_refused_with_what_is_missing() -> None:
    exercise = opened(begun())
    exercise.act(act("p3", "hide"), 0)
    assert answer(exercise, act("p3", "finish")) == ("needs", "main.finish", "X1", ("blame:none", "blame:settled"))
    exercise.act(act("p3", "settle"), 0)
    assert allowed(exercise, act("p3", "finish"))


# Their order


def with_step(book: Playbook, step: Step) -> Playbook:
    track = book.tracks[step.track]
    steps = tuple(step if found.do == step.do else found for found in track.steps)
    return replace(book, tracks={**book.tracks, track.id: replace(track, steps=steps)})


def test_the_questions_are_asked_in_the_order_of_the_list() -> None:
    """One action that is wrong in every way: as soon as one reason is mended, the next one comes."""
    hurdles = replace(
        small_playbook().tracks["main"].steps[5],
        sources=("told",),
        not_by_author_of=("tell",),
        fields=(Field("why", FieldKind.TEXT, text("why")),),
        needs=LevelAtLeast(1),
    )
    book = with_step(small_playbook(), hurdles)
    people = (
        person("ann", "watcher", "expert", away=(LUNCH,)),
        person("bob", "watcher", "expert"),
        person("cat", "chief", "watcher"),
    )
    raised = small_scenario(people={one.id: one for one in people})
    exercise = Exercise(CompiledPlaybook(book), raised)
    exercise.begin()

    why = [answer(exercise, act("ann", "hide", "vice", bad=1))[0]]
    why.append(answer(exercise, act("ann", "finish", "vice", bad=1))[0])
    exercise.run_next_due()
    why.append(answer(exercise, act("ann", "finish", "vice", bad=1), NOON)[0])
    why.append(answer(exercise, act("ann", "finish", "expert", bad=1), NOON)[0])
    why.append(answer(exercise, act("bob", "finish", "expert", bad=1), NOON)[0])
    exercise.act(act("cat", "tell", "watcher", what=IT), NOON)
    why.append(answer(exercise, act("bob", "finish", "expert", bad=1), NOON)[0])
    why.append(answer(exercise, act("cat", "finish", "chief", bad=1), NOON)[0])
    exercise.state.incidents["one"].authors["tell"] = "bob"
    why.append(answer(exercise, act("cat", "finish", "chief", bad=1), NOON)[0])
    why.append(answer(exercise, act("cat", "finish", "chief", why=FreeText("done")), NOON)[0])
    assert tuple(why) == tuple(RefusalReason)


def test_examining_changes_nothing() -> None:
    exercise = begun()
    before = exercise.state.sequence
    exercise.examine(act("p3", "hide"), HOUR)
    exercise.examine(act("p1", "tell", what=IT), HOUR)
    assert (exercise.state.sequence, exercise.state.now) == (before, 0)


# Names that nothing carries are mistakes of the caller, not refusals


@pytest.mark.parametrize(
    ("action", "kind", "known"),
    [
        (act("p9", "tell"), "person", ("p1", "p2", "p3", "p4")),
        (act("p1", "tell", "boss"), "role", ("watcher", "expert", "chief", "vice", "board")),
        (act("p1", "hide", "boss"), "role", ("watcher", "expert", "chief", "vice", "board")),
        (act("p1", "yell"), "step", None),
        (Action("p1", "tell", "two"), "incident", ("one",)),
    ],
)
def test_an_unknown_name_is_an_error_that_says_the_valid_ones(
    action: Action, kind: str, known: tuple[str, ...] | None
) -> None:
    exercise = begun()
    with pytest.raises(UnknownNameError) as caught:
        exercise.act(action, 0)
    assert caught.value.kind == kind
    assert known is None or caught.value.known == known
    said = str(caught.value)
    assert (
        all(name in said for name in caught.value.known) or str(nearest(caught.value.name, caught.value.known)) in said
    )


def test_an_unknown_step_is_answered_with_steps_and_prohibitions() -> None:
    with pytest.raises(UnknownNameError) as caught:
        begun().act(act("p1", "yell"), 0)
    assert {"tell", "notify", "hide"} <= set(caught.value.known)


# In which standing somebody acts who leaves that open


def test_the_first_of_the_steps_roles_that_the_person_holds_is_taken() -> None:
    exercise = told(with_people(person("p1", "watcher"), person("eve", "chief", "expert"))())
    found = exercise.examine(act("eve", "accept", level=1), 0)
    assert isinstance(found, Allowed)
    assert found.capacity.role == "expert"


def test_a_role_one_holds_comes_before_one_one_stands_in_for() -> None:
    def deputies(book: Playbook) -> Playbook:
        return replace(book, roles={**book.roles, "expert": Role("expert", text("expert"), OURS, deputies=("chief",))})

    people = (person("p1", "watcher"), person("cat", "chief"))
    exercise = begun(small_scenario(people={one.id: one for one in people}), deputies)
    found = told(exercise).examine(act("cat", "accept", level=1), 0)
    assert isinstance(found, Allowed)
    assert (found.capacity.role, found.capacity.deputy) == ("chief", None)
    drop = exercise.examine(act("cat", "drop"), 0)
    assert isinstance(drop, Allowed)
    assert (drop.capacity.role, drop.capacity.deputy) == ("expert", "chief")


# Content, kind by kind


def asking(kind: FieldKind, **more: object) -> Exercise:
    field = replace(Field("what", kind, text("what")), **more)  # type: ignore[arg-type]
    return begun(change=lambda book: with_step(book, replace(book.tracks["main"].steps[0], fields=(field,))))


CHOICES = ("a", "b", "c")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, FreeText("down")),
        (FieldKind.TEXT, ("quote:alert", "measure:users=20@alert")),
        (FieldKind.TEXT, FreeText(Text("down", "停机"))),
        (FieldKind.CHOICE, "b"),
        (FieldKind.CHOICES, ("c", "a")),
        (FieldKind.LEVEL, 3),
        (FieldKind.PERSON, "p4"),
        (FieldKind.ROLE, "vice"),
    ],
)
def test_content_of_its_kind_is_accepted(kind: FieldKind, value: Value) -> None:
    assert allowed(asking(kind, choices=CHOICES), act("p1", "tell", what=value))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "a bare name"),
        (FieldKind.TEXT, ()),
        (FieldKind.TEXT, ("quote:alert", "anything")),
        (FieldKind.TEXT, FreeText("  \n")),
        (FieldKind.TEXT, FreeText(Text("down", " "))),
        (FieldKind.TEXT, 1),
        (FieldKind.CHOICE, "d"),
        (FieldKind.CHOICE, ("a",)),
        (FieldKind.CHOICE, FreeText("a")),
        (FieldKind.CHOICES, ()),
        (FieldKind.CHOICES, ("a", "a")),
        (FieldKind.CHOICES, ("a", "d")),
        (FieldKind.CHOICES, "a"),
        (FieldKind.LEVEL, 4),
        (FieldKind.LEVEL, 0),
        (FieldKind.LEVEL, "1"),
        (FieldKind.LEVEL, True),
        (FieldKind.PERSON, "ann"),
        (FieldKind.PERSON, "watcher"),
        (FieldKind.PERSON, ("p1",)),
        (FieldKind.ROLE, "p1"),
        (FieldKind.ROLE, "team"),
        (FieldKind.ROLE, 1),
    ],
)
def test_content_of_another_kind_is_refused(kind: FieldKind, value: Value) -> None:
    """Blank words say nothing in either language, a flag is no level, a person goes by the pseudonym."""
    exercise = asking(kind, choices=CHOICES)
    assert answer(exercise, act("p1", "tell", what=value)) == ("content", "main.tell", "X1", ("what",))


@pytest.mark.parametrize(("given", "enough"), [((), False), (("a",), False), (("a", "b"), True), (CHOICES, True)])
def test_as_many_choices_as_the_playbook_asks_for(given: tuple[str, ...], *, enough: bool) -> None:
    exercise = asking(FieldKind.CHOICES, choices=CHOICES, at_least=2)
    assert allowed(exercise, act("p1", "tell", what=given)) is enough


def test_a_field_may_be_left_out_where_it_is_not_required_but_not_filled_wrongly() -> None:
    exercise = asking(FieldKind.CHOICES, choices=CHOICES, required=False)
    assert allowed(exercise, act("p1", "tell"))
    assert allowed(exercise, act("p1", "tell", what=()))
    assert not allowed(exercise, act("p1", "tell", what=("d",)))


def test_a_refusal_that_rests_on_no_clause_says_so() -> None:
    def ours(book: Playbook) -> Playbook:
        return with_step(book, replace(book.tracks["main"].steps[0], basis=Basis("assumption")))

    assert answer(begun(change=ours), act("p2", "tell", what=IT))[2] is None
    assert RULE.clause == "X1"


def test_what_was_refused_is_on_record_with_who_tried_and_with_what() -> None:
    fact = begun().act(act("p4", "tell", "vice", what=FreeText("hm"), extra=("a",)), 7)[0]
    assert on_record(fact)["by"] == {"person": "p4", "role": "vice"}
    assert on_record(fact)["with"] == {"extra": ["a"], "what": {"text": "hm"}}
    assert (fact.at, fact.incident) == (7, "one")


def test_one_incident_refuses_what_another_allows() -> None:
    base = small_scenario()
    two = replace(base.incidents["one"], id="two")
    later = Inject("later", ("watcher",), "alert", text("more"), at=HOUR, incident="two", raises=True)
    exercise = begun(
        small_scenario(incidents={"one": base.incidents["one"], "two": two}, injects=(*base.injects, later))
    )
    assert answer(exercise, Action("p1", "tell", "two", None, WORDS))[0] == "not_raised"
    assert allowed(exercise, act("p1", "tell", what=IT))


def test_a_need_is_asked_of_the_role_that_acts() -> None:
    def needy(book: Playbook) -> Playbook:
        return with_step(book, replace(book.tracks["main"].steps[1], needs=TrackIs("notice", ("done",))))

    exercise = told(begun(change=needy))
    assert answer(exercise, act("p2", "accept", level=1))[3] == ("notice:done",)
    exercise.act(act("p3", "notify"), 0)
    assert allowed(exercise, act("p2", "accept", level=1))
