"""What the parts of a debrief say, line by line, without a screen."""

import re
from dataclasses import replace

import pytest

from incidentsim.domain.facts import FactKind
from incidentsim.domain.text import Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.debrief.data import MOST_EARLIER, Debrief, LogFilter, Surroundings, look_around
from incidentsim.tui.debrief.evidence import about_fact, evidence
from incidentsim.tui.debrief.improvements import about_item, item_lines
from incidentsim.tui.debrief.metrics import about_metric, metric_lines, name_of
from incidentsim.tui.debrief.ratings import about_rating, rated, rating_lines
from incidentsim.tui.debrief.remedies import about_way, way_lines
from incidentsim.tui.debrief.timeline.about import about_row
from incidentsim.tui.debrief.timeline.rows import picture
from incidentsim.tui.widgets.line_list import Line
from tests.support.debrief_screens import ended_at_once, played_badly, played_by_bots
from tests.support.facts import a_fact
from tests.support.screens import service_on

HOSTILE = "[red]x[/red]\x1b[31m\u202e" + "w" * 10_000


@pytest.fixture(scope="module")
def service() -> Service:
    return service_on(MemoryStore())


@pytest.fixture(scope="module")
def badly(service: Service) -> Debrief:
    played_by_bots(service)
    run = played_badly(service)
    return Debrief(run, service.evaluations.evaluate(run), "en")


@pytest.fixture(scope="module")
def around(service: Service, badly: Debrief) -> Surroundings:
    return look_around(service, badly.run, badly.evaluated)


def text(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in one.pieces) for one in lines)


def said(parts: list[tuple[str, str]]) -> str:
    return "\n".join(f"{title}\n{words}" for title, words in parts)


def test_ratings_stand_in_letters_and_words() -> None:
    assert [rated(one) for one in ("P", "S", "M", "U", None)] == [
        "P performed",
        "S some challenges",
        "M major challenges",
        "U unable",
        "– not rated",
    ]


def test_every_objective_and_task_is_listed_and_can_be_looked_at(badly: Debrief) -> None:
    lines = [one for one in rating_lines(badly) if one.name is not None]
    assert len(lines) == len(badly.evaluation.objectives) + len(badly.evaluation.tasks)
    for one in lines:
        assert about_rating(badly, one.name or "")


def test_a_rating_set_by_hand_is_shown_beside_the_proposal(service: Service, badly: Debrief) -> None:
    task = next(iter(badly.evaluation.tasks))
    found = Debrief(badly.run, service.evaluations.evaluate(badly.run), "en")
    assert "✎ proposed" not in text(rating_lines(found))
    service.evaluations.override_rating(badly.run, task, "U", HOSTILE)
    found = Debrief(badly.run, service.evaluations.evaluate(badly.run), "en")
    line = next(one for one in rating_lines(found) if one.name == f"task/{task}")
    assert "U unable" in text([line])
    assert "proposed: P" in text([line])
    assert "P performed" in said(about_rating(found, f"task/{task}"))
    assert "[red]x[/red]" in said(about_rating(found, f"task/{task}"))


def test_a_task_that_was_never_called_for_says_so(badly: Debrief) -> None:
    task = next(name for name, one in badly.evaluation.tasks.items() if one.proposed is None)
    assert "never called for" in said(about_rating(badly, f"task/{task}"))


def test_evidence_stands_once_with_its_clauses_below(badly: Debrief) -> None:
    found = evidence(badly, [12, 12, 3, 99_999])
    heads = [title for title, _words in found]
    assert [one for one in heads if one.startswith("#")] == ["#12  09:20:31 (+0:10:31)", "#3  09:13:33 (+0:03:33)"]
    assert ("", "✎ They hesitate.") in found
    assert heads[-1].startswith("Clause")


@pytest.mark.parametrize("columns", [20, 60, 92])
def test_ways_are_broken_to_the_width(badly: Debrief, columns: int) -> None:
    lines = way_lines(badly, columns)
    named = [one.name for one in lines if one.name is not None]
    assert named == [str(way.sequence) for way in badly.evaluation.ways]
    together = " ".join(text(lines).split())
    assert "Not to do it: nobody may, whatever the reason." in together
    for name in named:
        assert "Expected action" in said(about_way(badly, name or ""))


def test_a_way_names_the_clause_of_what_was_wrong_and_of_each_step(badly: Debrief) -> None:
    late = next(way for way in badly.evaluation.ways if way.kind == "late")
    told = said(about_way(badly, str(late.sequence)))
    assert "Clause H1" in told
    assert "clause H1" in told  # the basis of the step


def test_metrics_wait_for_earlier_runs_and_then_compare(badly: Debrief, around: Surroundings) -> None:
    waiting = text(metric_lines(badly, None, 76))
    assert "being looked at" in waiting
    assert "worse" not in waiting
    compared = metric_lines(badly, around, 156)
    assert re.search(r"worse: .* longer", text(compared))
    assert "best so far: " in text(compared)
    assert "best so far: " not in text(metric_lines(badly, around, 76))
    for one in compared:
        if one.name is not None:
            assert about_metric(badly, around, one.name)
    metric = badly.evaluation.metrics[0]
    assert "#" in said(about_metric(badly, None, name_of(metric)))


def test_no_name_of_a_metric_is_cut_where_there_is_room(badly: Debrief, around: Surroundings) -> None:
    assert "…" in text(metric_lines(badly, around, 40))
    for known in (None, around):
        assert "…" not in text(metric_lines(badly, known, 156)).replace("looked at …", "")


def test_a_new_best_is_marked(badly: Debrief, around: Surroundings) -> None:
    lines = text(metric_lines(badly, around, 92))
    assert "★ the best so far" in next(one for one in lines.splitlines() if "Time to brief the CTO" in one)
    assert "★" not in next(one for one in lines.splitlines() if "Time to grade" in one)


def test_counts_of_nothing_are_left_out_unless_there_was_something_before(badly: Debrief, around: Surroundings) -> None:
    rows = [one.name for one in metric_lines(badly, around, 76)]
    for one in around.metrics:
        nothing = one.metric.unit == "count" and not one.metric.value
        before = one.before is not None and bool(one.before.value)
        assert (name_of(one.metric) in rows) is (not nothing or before)


def test_items_say_whose_they_are_and_what_closed_them(badly: Debrief, around: Surroundings) -> None:
    lines = item_lines(badly, around)
    assert "Supervision officer" in text(lines)
    closed = next(one for one in around.improvements.items if one.closed_by is not None)
    told = said(about_item(badly, around, f"{closed.run}/{closed.id}"))
    assert f"closed by run {closed.closed_by}" in told
    assert about_item(badly, None, "x/y") == []
    assert "being looked at" in text(item_lines(badly, None))


def test_items_of_another_procedure_are_no_matter_here(badly: Debrief, around: Surroundings) -> None:
    others = tuple(replace(one, playbook="other") for one in around.improvements.items)
    assert item_lines(badly, replace(around, improvements=replace(around.improvements, items=others))) == []


def test_runs_that_cannot_be_read_are_counted(badly: Debrief, around: Surroundings) -> None:
    found = replace(around, improvements=replace(around.improvements, unread=(("run-9", "faulty"),)))
    assert "1 run is left out" in text(item_lines(badly, found))


@pytest.mark.slow
def test_only_the_latest_earlier_runs_are_looked_at() -> None:
    service = service_on(MemoryStore())
    for _number in range(MOST_EARLIER + 2):
        ended_at_once(service)
    run = ended_at_once(service)
    found = look_around(service, run, service.evaluations.evaluate(run))
    assert found.earlier == MOST_EARLIER


def test_nothing_more_is_looked_at_once_nobody_waits(service: Service, badly: Debrief) -> None:
    found = look_around(service, badly.run, badly.evaluated, lambda: True)
    assert found.earlier == 0
    assert found.improvements.items == ()


def test_the_log_holds_every_fact_and_what_was_observed(badly: Debrief) -> None:
    lines = badly.log_lines(LogFilter("all", ""))
    assert len(lines) == len(badly.view.facts)
    assert "✎ They hesitate." in text([lines[12]])
    assert "undone: " in text([lines[19]])
    assert [one.name for one in badly.log_lines(LogFilter("all", "KEYBOARD SLIPPED"))] == ["20"]
    assert all(
        badly.view.facts[int(one.name or 0)].kind == FactKind.REFUSED
        for one in badly.log_lines(LogFilter("refusals", ""))
    )


def test_a_fact_that_was_undone_says_so(badly: Debrief) -> None:
    assert ("It counts no more", "#20 UNDONE – #19 counts no more: The keyboard slipped.") in about_fact(badly, 19)
    assert ("Observed", "They hesitate.") in about_fact(badly, 12)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_of_the_timeline_can_be_looked_at(badly: Debrief, language: Language) -> None:
    debrief = Debrief(badly.run, badly.evaluated, language)
    shown = picture(debrief.teller.account)
    for row in shown.rows:
        told = said(about_row(debrief, row))
        assert told.strip()
        for mark in row.marks:
            assert f"#{mark.number}" in told
        for number in row.numbers if row.duty is not None else ():
            assert f"#{number}" in told
    assert {row.kind for row in shown.rows} == {"incident", "person", "itself", "facilitator", "duty"}


def test_what_people_wrote_stays_text(badly: Debrief) -> None:
    facts = list(badly.view.facts)
    facts[18] = a_fact(facts[18].at, FactKind.OBSERVED, None, {"about": 12, "note": {"text": HOSTILE}})
    view = replace(badly.view, facts=tuple(facts))
    debrief = Debrief(badly.run, replace(badly.evaluated, view=view), "en")
    assert "[red]x[/red]" in text(debrief.log_lines(LogFilter("all", "")))
    assert "[red]x[/red]" in said(about_fact(debrief, 12))


def test_beside_the_picture_only_so_much_is_told(badly: Debrief) -> None:
    row = next(one for one in picture(badly.teller.account).rows if len(one.marks) > 3)
    (_title, words) = about_row(badly, row, 2)[0]
    assert f"… and {len(row.marks) - 2} more" in words
    assert "more" not in about_row(badly, row, len(row.marks))[0][1].splitlines()[-1]


def test_a_log_is_told_once(badly: Debrief) -> None:
    assert badly.log() is badly.log()
