"""The procedure at the table: whole, beside what reached this seat, in either language, with nothing of the truth."""

import json
from dataclasses import replace
from typing import Final

import pytest

from incidentsim import messages
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.domain.speech import Say
from incidentsim.domain.text import LANGUAGES, FreeText, Language, Text
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exports.wording.evidence import flag_said
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.course import Course
from incidentsim.session.form_view import lines_above
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.procedure.sections import section
from incidentsim.session.procedure.view import ProcedureView
from incidentsim.session.seat_view import AvailableAction
from incidentsim.session.seats import Seats
from incidentsim.session.session import Session
from incidentsim.session.view_json import from_json, to_json
from incidentsim.session.views import inbox
from incidentsim.session.workspace import Workspace
from tests.support import shipped
from tests.support.at_the_table import LEAD, judged, reported
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

STORIES: Final = ("number-masking-leak", "ransomware-at-dawn")
"""A story for each shipped procedure."""


def seat_for(story: str, *people: str) -> LocalSeat:
    """A seat for people by pseudonym, or for everybody."""
    scenario = shipped.scenario(story)
    return seat_on(scenario, *(people or (person.pseudonym for person in scenario.people.values())))


def everything(view: object) -> str:
    return json.dumps(to_json(view), ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_every_seat_reads_the_whole_procedure(story: str, language: Language) -> None:
    seat = seat_for(story)
    view = seat.procedure(language)
    assert from_json(ProcedureView, json.loads(everything(view))) == view
    playbook, said = seat.session.exercise.playbook, everything(view)
    with messages.spoken(language):
        for duty, row in zip(playbook.duties.values(), view.duties, strict=True):
            limits = [limit for limit in (duty.within.ungraded, *duty.within.by_level.values()) if limit is not None]
            assert {duration_words(limit) for limit in limits} <= {time.words for time in row.times}
    assert [row.rule for row in view.escalations] == [rule.id for rule in playbook.escalations]
    assert [row.clause for row in view.clauses] == list(playbook.clauses)
    assert [(row.level, len(row.thresholds)) for row in view.levels.levels] == [
        (level.number, len(level.any_of)) for level in playbook.levels.values()
    ]
    assert all(clause.says.say(language) in said.replace("\\n", "\n") for clause in playbook.clauses.values())
    held = {role for person in seat.session.exercise.roster.people.values() for role in person.roles}
    assert {role.card.role for role in view.roles} == held
    assert len(view.people) == len(seat.session.exercise.scenario.people)
    assert view.deadlines


@pytest.mark.parametrize("story", shipped.NAMES)
def test_the_procedure_is_there_before_anything_has_happened_in_every_scenario(story: str) -> None:
    seat = seat_for(story, next(iter(shipped.scenario(story).people.values())).pseudonym)
    view = seat.procedure("zh")
    assert view.figures == ()
    assert view.reached == ()
    assert view.story[0] == shipped.scenario(story).title.zh
    assert len(view.roles) == len(seat.session.people[0].roles)


def test_a_figure_is_known_to_whom_it_was_told_with_its_source() -> None:
    seat = seat_for("number-masking-leak", "p1")
    drive(seat.session, most=2)
    (known,) = seat.procedure("en").figures
    figures = {figure.measure: figure for figure in known.figures}
    told = figures["personal_records"]
    assert (told.words, told.value, told.source) == ("184,000", 184_000, f"monitoring alert #{told.number}")
    assert "personal records exposed" not in known.unknown
    assert "users affected" in known.unknown


def test_a_figure_is_not_known_to_whom_it_was_not_told() -> None:
    seat = seat_for("number-masking-leak", "p16")
    drive(seat.session, most=2)
    (known,) = seat.procedure("en").figures
    assert known.figures == ()
    assert "personal records exposed" in known.unknown


def test_of_two_figures_the_later_comes_first_and_the_same_again_is_told_once() -> None:
    scenario = with_injects(
        alert("first", 0, 100), alert("second", 1, 300), alert("again", 2, 300), alert("back", 3, 100)
    )
    seat = seat_on(scenario, "p1")
    seat.session.live_to(10 * 60_000)
    (known,) = seat.procedure("en").figures
    assert [figure.value for figure in known.figures if figure.measure == "users_affected"] == [100, 300]


def alert(name: str, minute: int, users: int) -> Inject:
    return Inject(
        name, ("p1",), "alert", Text("x", "x"), at=minute * 60_000, incident="leak", raises=True,
        shows=(Shown("measure", "users_affected", users),),
    )  # fmt: skip


def with_injects(*injects: Inject) -> Scenario:
    return replace(shipped.scenario("number-masking-leak"), injects=injects, script=(), expectations=())


def seat_on(scenario: Scenario, *people: str) -> LocalSeat:
    """A seat at a scenario that is in no library: a session without a record, in which bots play everybody else."""
    exercise = Exercise(CompiledPlaybook(shipped.procedure(scenario.playbook)), scenario)
    course = Course(exercise, bots=True, seats=Seats(frozenset(people), "solo"))
    course.add(exercise.begin())
    return LocalSeat(Session(None, course, None, Workspace(None, None), lambda: None))


def test_a_role_has_its_people_beside_it() -> None:
    seat = seat_for("number-masking-leak", "p4")
    (role,) = seat.procedure("en").roles
    assert role.person_name == "Zhou Heng"
    assert [(one.role, one.people) for one in role.deputies] == [
        ("Information security supervisor", ("Shen Qing",)),
        ("Information security team leader", ("Fang Zhi",)),
    ]


def test_whether_others_can_be_reached_is_told_only_as_far_as_the_log_told_it() -> None:
    seat = seat_for("number-masking-leak", "p2")
    before = {person.person: person.reach for person in seat.procedure("en").people}
    assert before.pop("p2") == "there now"
    assert set(before.values()) == {""}
    judged(seat.session)
    after = {person.person: person.reach for person in seat.procedure("en").people}
    assert after["p1"].startswith(("acted at", "was told at"))
    assert any(reach.startswith("was told at") for reach in after.values())


CANARY: Final = "CANARY"
HIDDEN: Final = 987_654_321


def full_of_canaries(scenario: Scenario) -> Scenario:
    """The same story, in which every truth and every inject holds words and figures of its own."""
    injects = tuple(
        replace(
            inject,
            subject=Text(f"{CANARY}:{inject.id}:", f"{CANARY}:{inject.id}:"),
            body=Text(f"{CANARY}:{inject.id}:", f"{CANARY}:{inject.id}:"),
            hint=Text(f"{CANARY}:truth:", f"{CANARY}:truth:"),
        )
        for inject in scenario.injects
    )
    canary = Text(f"{CANARY}:truth:", f"{CANARY}:truth:")
    incidents = {
        name: replace(
            incident,
            truth=replace(
                incident.truth, cause=canary.en, scope=canary, loss=canary, notes=(canary,),
                why=dict.fromkeys(incident.truth.why, HIDDEN),
            ),
        )
        for name, incident in scenario.incidents.items()
    }  # fmt: skip
    return replace(scenario, injects=injects, incidents=incidents)


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("story", STORIES)
def test_nothing_is_in_it_that_did_not_reach_the_seat(story: str, every: int) -> None:
    scenario = full_of_canaries(shipped.scenario(story))
    for person in list(scenario.people.values())[::every]:
        seat = seat_on(scenario, person.pseudonym)
        for _turn in range(3):
            said = everything(seat.procedure("en"))
            messages_read = inbox(seat.session, {person.pseudonym})
            reached = {message.inject.id for message in messages_read if message.inject is not None}
            state = seat.session.exercise.state
            for incident in state.incidents:
                reached |= state.hearing.injects(person.pseudonym, incident).keys()
            assert {part.split(":")[0] for part in said.split(f"{CANARY}:")[1:]} <= reached, person.pseudonym
            assert str(HIDDEN) not in said
            assert f"{HIDDEN:,}" not in said
            drive(seat.session, most=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grading_form_shows_thresholds_and_what_is_known_of_each_measure(language: Language) -> None:
    seat = LocalSeat(session_on(service_on(MemoryStore()), roles=("discoverer", LEAD)))
    grade = next(action for action in _after(seat, language) if action.key.do == "grade")
    form = seat.form(grade.key, language)
    playbook = seat.session.exercise.playbook
    fields = {field.kind: field for field in form.fields}
    by_level = {option.value: option.criterion for option in fields[FieldKind.LEVEL].options}
    by_measure = {option.value: option for option in fields[FieldKind.CHOICES].options}
    for level in playbook.levels.values():
        for threshold in level.any_of:
            measure = playbook.measures[threshold.measure]
            assert measure.title.say(language) in by_level[str(level.number)]
            if measure.unit == "count":
                assert f"{threshold.at_least:,}" in by_level[str(level.number)]
                assert f"{threshold.at_least:,}" in by_measure[measure.id].criterion
    for factor in playbook.modifiers:
        assert by_measure[factor.when.measure].criterion
    assert "184,000 · " in by_measure["personal_records"].known
    assert by_measure["users_affected"].known == ""
    assert all(option.measured for option in by_measure.values())
    assert form.rules
    assert any("184,000" in line for line in form.known)
    again = from_json(type(form), json.loads(json.dumps(to_json(form))))
    assert again == form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_the_first_judgement_shows_its_criteria_and_what_is_known_of_them(language: Language) -> None:
    seat = LocalSeat(session_on(service_on(MemoryStore()), roles=("discoverer", LEAD)))
    drive(seat.session, most=2)
    seat.session.say(Say("p1", MessageAct.INFORM, ("p2",), "chat", "leak", flags={"incident": True}))
    judgement = seat.session.exercise.playbook.judgements["incident"]
    for do in ("confirm", "dismiss"):
        key = next(action.key for action in seat.view(language).actions if action.key.do == do)
        form = seat.form(key, language)
        (asked,) = form.judgements
        assert judgement.title.say(language) in asked.title
        shown = "\n".join(lines_above(form))
        assert all(criterion.says.say(language) in shown for criterion in judgement.criteria)
        assert "184,000 · " in asked.speaks_for[0], "the figure stands beside the criterion that it bears on"
        assert all("184,000" not in words for words in (*asked.speaks_for[1:], *asked.speaks_against))
        with messages.spoken(language):
            assert [words for words in asked.said if flag_said("incident", holds=True) in words]
        assert from_json(type(form), json.loads(json.dumps(to_json(form)))) == form


def test_of_a_judgement_nothing_is_said_before_somebody_has_told_it() -> None:
    """What an inject shows of the answer stands in the words that people read, never in the form."""
    seat = LocalSeat(session_on(service_on(MemoryStore()), roles=("discoverer", LEAD)))
    drive(seat.session, most=2)
    key = next(action.key for action in seat.view("en").actions if action.key.do == "confirm")
    assert [asked.said for asked in seat.form(key, "en").judgements] == [()]
    assert [known.said for known in seat.procedure("en").figures] == [()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_every_judgement_stands_in_the_procedure_with_all_its_criteria(story: str, language: Language) -> None:
    seat = seat_for(story)
    view = seat.procedure(language)
    with messages.spoken(language):
        page = "\n".join(f"{row.head}{row.words}" for rows in section(view, 2) for row in rows)
    for judgement in seat.session.exercise.playbook.judgements.values():
        assert judgement.title.say(language) in page
        assert all(criterion.says.say(language) in page for criterion in judgement.criteria)


def _after(seat: LocalSeat, language: Language) -> tuple[AvailableAction, ...]:
    drive(seat.session, most=3)
    return seat.view(language).actions


def test_a_judgement_on_the_law_shows_what_its_scales_ask() -> None:
    seat = LocalSeat(session_on(service_on(MemoryStore()), roles=("security_administrator",)))
    judged(seat.session)
    actions = {action.key.do: action.key for action in seat.view("en").actions}
    (field,) = (
        field
        for field in seat.form(actions["judge_statutory_level"], "en").fields
        if field.kind is FieldKind.STATUTORY_LEVEL
    )
    said = {option.value: option.criterion for option in field.options}
    assert "People whose personal data are concerned: 1,000,000 or more" in said["cn_cac_2025:relatively_major"]
    assert "30 minutes" not in said["cn_cac_2025:relatively_major"], "what was read only in a draft is no criterion"
    assert said["cn_cac_2025:general"] == "whatever reaches no other level"
    (measures,) = (
        field
        for field in seat.form(actions["record_legal_facts"], "en").fields
        if field.kind is FieldKind.CLOCK_MEASURES
    )
    told = {option.value: option for group in measures.groups for option in group.options}
    assert "relatively major: 1,000,000 or more" in told["persons_affected"].criterion
    assert told["persons_affected"].known == ""
    assert told["persons_affected"].measured


def test_whoever_confirms_or_dismisses_reads_the_clause_and_what_reached_them() -> None:
    seat = LocalSeat(session_on(service_on(MemoryStore()), roles=("discoverer", LEAD)))
    drive(seat.session, most=2)
    confirm = next(action.key for action in seat.view("en").actions if action.key.do == "confirm")
    form = seat.form(confirm, "en")
    assert form.clauses[0][0] == "H1"
    assert form.known[0].startswith("personal records exposed: 184,000 · monitoring alert #")
    assert any(line.startswith("#") for line in form.known)
    alone = LocalSeat(session_on(service_on(MemoryStore())))
    reported(alone.session)
    key = next(action.key for action in alone.view("en").actions if action.key.do == "dismiss")
    (known,) = (line for line in alone.form(key, "en").known if "184,000" in line)
    assert known.startswith("personal records exposed: 184,000 · e-mail #"), "the report has quoted it"


def test_figures_travel_with_messages_and_bear_the_message_as_their_source() -> None:
    seat = seat_on(shipped.scenario("number-masking-leak"), "p1", "p2", "p16")
    session = seat.session
    session.go_on()
    inject = next(message.inject for message in inbox(session, {"p1"}) if message.inject is not None)
    session.say(Say("p1", MessageAct.FORWARD, ("p2",), "chat", "leak", injects=(inject.id,), text=FreeText("See.")))
    session.say(
        Say("p2", MessageAct.INFORM, ("p16",), "chat", "leak", measures={"users_affected": 7}, messages=(1,),
            text=FreeText("I think."))
    )  # fmt: skip
    said = {name: figures_for(session, name) for name in ("p1", "p2", "p16")}
    assert said["p1"] == {"personal_records": (184_000, "monitoring alert")}
    assert said["p2"] == {"personal_records": (184_000, "chat")}
    assert said["p16"] == {"personal_records": (184_000, "chat"), "users_affected": (7, "chat")}


def figures_for(session: Session, person: str) -> dict[str, tuple[int, str]]:
    """The figures that somebody knows, each with the channel that it came by."""
    sat = LocalSeat(session)
    sat.session.course.seats = Seats(frozenset({person}), "solo")
    (known,) = sat.procedure("en").figures
    return {figure.measure: (figure.value, figure.source.split(" #")[0]) for figure in known.figures}
