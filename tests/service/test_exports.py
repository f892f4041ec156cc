"""What reports are made from: the record as it is, whose decisions it holds, what counts no more, what was checked."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from incidentsim import composition
from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.interventions import Add, End, Move, Note, Skip, Undo
from incidentsim.domain.text import FreeText
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.exports import reports
from incidentsim.exports.reports import Dossier, Kind
from incidentsim.ledger.checkpoint import read_root
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.merkle import root_of
from incidentsim.service import Service
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.session import Session
from tests.support.sessions import drive

SCENARIO = "number-masking-leak"
LEAD = "p2"


def service_on(store: MemoryStore) -> Service:
    numbers, begun = itertools.count(1), datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    seconds = itertools.count()
    return Service(
        library=composition.library(),
        store=store,
        now=lambda: begun + timedelta(seconds=next(seconds)),
        new_id=lambda: f"run-{next(numbers)}",
        salts=bytes,
        program="incidentsim test",
    )


def session_on(service: Service, mode: Mode) -> Session:
    there = service.library.playable(SCENARIO)
    return service.exercises.open_session(
        SCENARIO, Seats(holders(there.playbook, there.scenario, ["response_team_lead"]), mode)
    )


def facilitated(service: Service) -> None:
    """Everything that a facilitator can do, and people who decide."""
    session = session_on(service, "facilitated")
    session.go_on()
    session.act(Action(LEAD, "conceal_incident", "leak"), takes=0)
    session.intervene(Undo(FreeText("The keyboard slipped.")))
    session.intervene(Note(FreeText("They hesitate."), 2))
    session.intervene(Add((LEAD,), "phone", FreeText("A call"), FreeText("Who is there?"), "leak"))
    planned = [
        inject.id
        for inject in session.exercise.scenario.injects
        if inject.id not in session.exercise.state.done_with and session.exercise.state.due_of(inject.id) is not None
    ]
    session.intervene(Move(planned[0], session.now + HOUR))
    session.intervene(Skip(planned[-1]))
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=3 * HOUR)
    drive(session)
    session.close()


@pytest.fixture(scope="module")
def service() -> Service:
    """Three runs: by the script, facilitated, and one that stopped in the middle."""
    found = service_on(MemoryStore())
    found.exercises.replay("false-alarm")
    facilitated(found)
    found.evaluations.override_rating("run-2", "judge-report", "M", "They waited for three hours.")
    unfinished = session_on(found, "solo")
    unfinished.go_on()
    unfinished.close()
    return found


@pytest.fixture(scope="module")
def steered(service: Service) -> Dossier:
    """All about the facilitated run."""
    return service.exports.dossier("run-2")


def told(dossier: Dossier, kind: Kind = "audit") -> str:
    return reports.markdown(dossier, kind=kind).decode()


def chapter(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables in Markdown, below their heads."""
    for line in text.split("\n"):
        if line.startswith("| ") and not line.startswith(("| No.", "| ---")):
            yield [cell.strip().replace("\\", "") for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize("run", ["run-1", "run-2", "run-3"])
def test_the_pins_are_those_of_the_record(service: Service, run: str) -> None:
    provenance = service.exports.dossier(run).provenance
    entries = list(service.records.record(run).entries)
    first, last = read_entry(entries[0]), read_entry(entries[-1])
    assert first.header is not None
    assert provenance.root is not None
    assert (provenance.run, provenance.size, read_root(provenance.root)) == (run, len(entries), root_of(entries))
    assert (provenance.recorded_from, provenance.recorded_to) == (first.recorded, last.recorded)
    assert (provenance.playbook_digest, provenance.scenario_digest) == (first.header.playbook, first.header.scenario)
    assert provenance.outcome_digest == service.records.show(run).report.outcome_digest
    assert provenance.sources == tuple(read_entry(entry).source for entry in entries)
    outside = TrustedInputs(size=provenance.size, root=read_root(provenance.root))
    assert service.records.verify(run, outside).holds
    assert not service.records.verify(run, replace(outside, size=len(entries) - 1)).holds


@pytest.mark.parametrize(
    ("run", "mode", "said"),
    [
        ("run-1", None, "No person decided anything while this run was recorded"),
        ("run-2", "facilitated", "Decisions made by people: "),
        ("run-3", "solo", "No person decided anything while this run was recorded"),
    ],
)
def test_whose_decisions_they_were_is_taken_from_the_record(
    service: Service, run: str, mode: str | None, said: str
) -> None:
    found = service.exports.dossier(run)
    assert found.provenance.mode == mode
    assert said in told(found)


def test_what_counts_no_more_is_struck_out_and_counted_nowhere(steered: Dossier) -> None:
    facts = steered.account.facts
    undone = next(number for number, fact in enumerate(facts) if fact.kind == FactKind.REFUSED)
    text = told(steered)
    (row,) = [row for row in rows(chapter(text, "The record, fact by fact")) if row[0] == f"#{undone}"]
    assert row[3].startswith("undone: REFUSED")
    (row,) = [row for row in rows(chapter(text, "Refusals")) if row[0] == f"#{undone}"]
    assert row[4].startswith("undone: ")
    page = reports.html(steered, kind="audit").decode()
    assert f'<tr id="en-f{undone}" class="undone">' in page
    counted = sum(fact.kind == FactKind.REFUSED for fact in facts) - 1
    assert f" {counted} refusals" in page
    cited = "".join(cell for row in rows(chapter(text, "Clauses that this run cites")) for cell in row)
    assert f"#{undone} " not in f"{cited} "
    shown = chapter(told(steered, "aar"), "Participants by role")
    assert f"#{undone} " not in shown


def test_what_the_facilitator_did_is_a_chapter_of_its_own(steered: Dossier) -> None:
    kinds = {"step_undone", "observed", "inject_added", "inject_moved", "inject_skipped"}
    wanted = [f"#{number}" for number, fact in enumerate(steered.account.facts) if fact.kind in kinds]
    for kind in ("aar", "audit"):
        shown = chapter(told(steered, kind), "What the facilitator did and observed")
        assert [row[0] for row in rows(shown)] == wanted
        for words in ("The keyboard slipped.", "They hesitate.", "Who is there?"):
            assert words in shown
    assert len(wanted) == len(kinds)


def test_a_rating_given_afterwards_stands_beside_the_proposal(steered: Dossier) -> None:
    assert steered.account.facts[-1].kind == FactKind.RATING_SET
    assert "The exercise ends" in told(steered)
    for kind in ("aar", "audit"):
        assert "They waited for three hours." in told(steered, kind)


def test_who_sat_at_the_table_is_left_to_be_filled_in_by_hand(steered: Dossier, service: Service) -> None:
    shown = chapter(told(steered, "aar"), "Who sat at the table")
    assert "Response team lead | " in shown
    assert "| The facilitator | " in shown
    assert "Who sat at the table" not in told(service.exports.dossier("run-1"), "aar")


def test_bots_say_why_and_whose_decision_it_was_is_said_where_there_are_several(steered: Dossier) -> None:
    shown = chapter(told(steered), "Steps")
    assert "decided by a person" in shown
    assert "decided by a bot" in shown
    assert "Because " in shown


def test_every_check_made_is_told_and_what_could_not_be_checked(service: Service, steered: Dossier) -> None:
    findings = service.records.verify("run-2")
    shown = chapter(told(steered), "Checks made and not made")
    assert shown.count("| holds |") == len(findings.checks)
    for limit in findings.limits():
        assert limit.replace("“", "") in shown.replace("“", "")
    chinese = reports.markdown(steered, kind="audit", languages=["zh"]).decode()
    assert "No checkpoint" not in chinese


def test_training_is_found_only_where_people_decided(service: Service, steered: Dossier) -> None:
    def by_people(dossier: Dossier) -> set[str]:
        assert dossier.controls is not None
        return {one.control.id for one in dossier.controls if one.control.relation == "exercise" and one.found}

    assert by_people(steered)
    assert not by_people(service.exports.dossier("run-1"))


def test_the_run_may_be_named_as_everywhere(service: Service) -> None:
    assert service.exports.dossier("last").provenance.run == "run-3"
    with pytest.raises(InputError):
        service.exports.dossier("nowhere")


def test_an_unfinished_run_and_one_that_stopped_by_hand_are_told(service: Service) -> None:
    assert "It has not ended: the record stops in the middle." in told(service.exports.dossier("run-3"))
    assert len(service.exports.views("run-3")) == len(service.exports.views("run-2"))
    other = service_on(MemoryStore())
    session = session_on(other, "facilitated")
    session.go_on()
    session.intervene(End())
    session.close()
    shown = chapter(told(other.exports.dossier("run-1")), "What the facilitator did and observed")
    assert "The facilitator ends the exercise before every incident has reached a final state." in shown


def test_views_are_the_same_for_the_same_record_whatever_is_spoken(service: Service) -> None:
    from incidentsim import messages

    first = service.exports.views("run-2")
    messages.use("zh")
    try:
        assert service.exports.views("run-2") == first
    finally:
        messages.use("en")
