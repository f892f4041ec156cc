"""What a facilitator undid counts no more, wherever facts are counted, rated or judged."""

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.actions import Action
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.interventions import Add, Note, Skip, Undo
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.exercise.evaluation.rejudge import rejudge
from incidentsim.exercise.kernel.in_force import facts_in_force, undone_by
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.session import Session
from tests.support.facts import a_fact, on_record
from tests.support.procedures import compiled
from tests.support.screens import service_on, session_on

LEAD = "p2"
RAISED, SET_ASIDE = FactKind.INCIDENT_RAISED, FactKind.SET_ASIDE
WHY = FreeText("Said in error.")


def fact(kind: FactKind, **data: int) -> Fact:
    return a_fact(0, kind, None, dict(data))


def test_nothing_is_copied_where_nothing_was_undone() -> None:
    facts = [fact(FactKind.EXERCISE_STARTED), fact(FactKind.OBSERVED)]
    assert facts_in_force(facts) is facts


def test_what_counts_keeps_its_sequence_number() -> None:
    facts = [fact(RAISED), fact(RAISED), fact(RAISED), fact(FactKind.STEP_UNDONE, first=1, last=2), fact(RAISED)]
    assert [one.kind for one in facts_in_force(facts)] == [RAISED, SET_ASIDE, SET_ASIDE, FactKind.STEP_UNDONE, RAISED]
    assert undone_by(facts) == {1: 3, 2: 3}


def test_what_was_observed_in_between_stays() -> None:
    facts = [fact(RAISED), fact(FactKind.OBSERVED), fact(FactKind.STEP_UNDONE, first=0, last=1)]
    assert undone_by(facts) == {0: 2}


def test_a_range_that_reaches_beyond_its_own_fact_undoes_nothing_to_come() -> None:
    facts = [fact(RAISED), fact(FactKind.STEP_UNDONE, first=0, last=9), fact(RAISED)]
    assert undone_by(facts) == {0: 1}


def begun() -> Session:
    session = session_on(service_on(MemoryStore()), mode="facilitated")
    session.go_on()
    return session


def evaluated(session: Session) -> Evaluation:
    view = session.view()
    clocks = clocks_of(shipped_packs(), view.scenario, view.facts)
    return evaluate(view.playbook, view.scenario, view.facts, clocks)


def counted(session: Session) -> list[tuple[object, ...]]:
    """Everything the evaluation says that does not hang on how long the record is."""
    found = evaluated(session)
    tasks = [(name, task.rating) for name, task in found.tasks.items()]
    return [*((one.key, one.value) for one in found.metrics), *tasks, *((way.subject,) for way in found.ways)]


def test_a_step_that_was_undone_changes_neither_metrics_nor_ratings_nor_clocks_nor_counts() -> None:
    session = begun()
    before, report = counted(session), session.view().report
    session.act(Action(LEAD, "conceal_incident", "leak", None), takes=0)
    session.intervene(Undo(WHY))
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=0)
    assert counted(session) != before
    session.intervene(Undo(WHY))
    assert counted(session) == before
    after = session.view().report
    assert (after.refusals, after.escalations, after.breaches, after.final_states) == (
        report.refusals,
        report.escalations,
        report.breaches,
        report.final_states,
    )


def test_what_is_observed_counts_for_nothing() -> None:
    session = begun()
    before = counted(session)
    session.intervene(Note(FreeText("They hesitate."), 2))
    assert counted(session) == before


def test_judging_anew_tries_nothing_that_was_undone_and_leaves_out_what_was_left_out() -> None:
    session = begun()
    session.act(Action(LEAD, "conceal_incident", "leak", None), takes=0)
    session.intervene(Undo(WHY))
    session.intervene(Skip("press-call"))
    session.intervene(Add((LEAD,), "phone", FreeText("A call"), FreeText("Who is there?")))
    session.intervene(Undo(WHY))
    while session.go_on().halt == "matters":
        pass
    view = session.view()
    found = rejudge(compiled("platform-incidents"), view.playbook, view.scenario, view.facts)
    assert found.changes == ()
    told = [on_record(one)["inject"] for one in found.facts if one.kind == FactKind.INJECT_DELIVERED]
    assert "press-call" not in told
    assert not [name for name in told if name.startswith("added-")]
