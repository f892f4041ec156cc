"""Metrics, objectives and improvements in a playbook: read as they are written, and every mistake at its position."""

import pytest

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import (
    ElapsedRule,
    Lacking,
    Late,
    LevelOff,
    Misjudged,
    Missed,
    Occurred,
    OrderRule,
    OutOfOrder,
    Unasked,
)
from incidentsim.domain.facts import FactKind
from tests.support.procedures import SHIPPED_NAMES, playbook

MARK = "¦"
SECTION = """
metrics:
  to_report:
    title: {en: Time to report, zh: 报告用时}
    from: {fact: incident_raised}
    to: {do: report}
    clause: A1
  told_first:
    title: {en: Told first, zh: 先告知}
    first: {do: notify_chief}
    then: [{do: close}]
    when: {do: grade}
    basis: assumption

objectives:
  talk:
    title: {en: Talk to each other, zh: 互相沟通}
    basis: assumption
    tasks:
      - id: report
        title: {en: Report it, zh: 报告}
        when: {fact: incident_raised}
        truth: {incident: true}
        performed: {do: report}
        challenges:
          some: [{late: report-soon}, {level_error: {at_least: 1, at_most: 1}}, {never: {do: note}}]
          major:
            - {late: report-soon, beyond: 1h}
            - {missed: report-soon}
            - {refused: {do: hush}}
            - {happened: {do: note}}
            - {before: [{do: report}, {do: close}]}
            - {unasked: notify_chief}
          unable: [{misjudged: grade}]
        owner: lead
        poete: training
        cause: {en: Nobody knew, zh: 没人知道}
        clause: A1

improvements:
  due: {S: 90d, M: 30d, U: 14d}
  basis: assumption
"""


def problems(text: str, edit: tuple[str, str] | None = None) -> tuple[list[Problem], tuple[int, int] | None]:
    """What is wrong with the tiny playbook and this section after one edit, and where the mark stood."""
    section = SECTION
    if edit is not None:
        assert section.count(edit[0]) == 1, edit[0]
        section = section.replace(*edit)
    before, mark, after = (text + section).partition(MARK)
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1) if mark else None
    try:
        read_playbook((before + after).encode(), "playbook.yaml")
    except DefinitionError as error:
        return list(error.problems), place
    return [], place


def test_the_section_is_read_as_it_is_written(playbook_text: str) -> None:
    book = read_playbook((playbook_text + SECTION).encode(), "playbook.yaml")
    report, first = book.metrics["to_report"], book.metrics["told_first"]
    assert isinstance(report, ElapsedRule)
    assert (report.start, report.end) == (
        (Pattern(FactKind.INCIDENT_RAISED),),
        (Pattern(FactKind.STEP_TAKEN, do="report"),),
    )
    assert isinstance(first, OrderRule)
    assert first.when == (Pattern(FactKind.STEP_TAKEN, do="grade"),)
    task = book.tasks["report"]
    note = Pattern(FactKind.STEP_TAKEN, do="note")
    assert task.some == (Late("report-soon"), LevelOff(1, 1), Lacking(note))
    assert task.major == (
        Late("report-soon", 3_600_000),
        Missed("report-soon"),
        Occurred(Pattern(FactKind.REFUSED, do="hush")),
        Occurred(note),
        OutOfOrder(Pattern(FactKind.STEP_TAKEN, do="report"), Pattern(FactKind.STEP_TAKEN, do="close")),
        Unasked("notify_chief"),
    )
    assert task.unable == (Misjudged("grade"),)
    assert (task.owner, task.poete, task.truth) == ("lead", "training", {"incident": True})
    assert book.improvements is not None
    assert book.improvements.within == {"S": 90 * 86_400_000, "M": 30 * 86_400_000, "U": 14 * 86_400_000}


def test_a_playbook_without_the_section_has_a_task_for_each_duty_and_none_if_it_says_so(playbook_text: str) -> None:
    book = read_playbook(playbook_text.encode(), "playbook.yaml")
    assert (book.metrics, book.improvements, list(book.objectives)) == ({}, None, ["duties"])
    assert list(book.tasks) == list(book.duties)
    assert read_playbook((playbook_text + "\nobjectives: {}\n").encode(), "playbook.yaml").objectives == {}


FAULTS: dict[str, tuple[tuple[str, str], str]] = {
    "unknown step of a metric": (("to: {do: report}", "to: {do: ¦reprt}"), "There is no step reprt; the nearest"),
    "a metric of both sorts": (
        ("  to_report:\n", "  ¦to_report:\n    first: {do: report}\n"),
        "A metric is a time, with from and to, or an order",
    ),
    "a metric with half a time": (("    to: {do: report}\n", ""), "A metric is a time, with from and to, or an order"),
    "a metric without a basis": (("    to: {do: report}\n    clause: A1\n", "    to: {do: report}\n"), "no basis"),
    "unknown duty": (("{late: report-soon}, ", "{late: ¦report-son}, "), "There is no duty report-son; the nearest"),
    "unknown missed duty": (("{missed: report-soon}", "{missed: ¦report-son}"), "There is no duty report-son"),
    "unknown misjudged step": (("{misjudged: grade}", "{misjudged: ¦grad}"), "There is no step grad; the nearest"),
    "unknown notice": (("{unasked: notify_chief}", "{unasked: ¦notify_cheif}"), "There is no step notify_cheif"),
    "unknown owner": (("owner: lead", "owner: ¦leed"), "There is no role leed; the nearest valid one is lead."),
    "unknown element": (("poete: training", "poete: ¦luck"), "luck is not valid here; valid are planning"),
    "two keys in one challenge": (
        ("{missed: report-soon}", "¦{missed: report-soon, unasked: notify_chief}"),
        "A challenge has just one of the keys late, missed",
    ),
    "beyond beside something else": (
        ("{missed: report-soon}", "¦{missed: report-soon, beyond: 1h}"),
        "A challenge has just one of the keys",
    ),
    "an empty challenge": (("{missed: report-soon}", "¦{}"), "A challenge has just one of the keys"),
    "a refusal that cannot be": (
        ("{refused: {do: hush}}", "{refused: ¦{do: hush, why: role}}"),
        "hush is a forbidden act: it is never refused as role",
    ),
    "a forbidden act taken": (("{happened: {do: note}}", "{happened: ¦{do: hush}}"), "hush is a forbidden act"),
    "one side of an order": (("{before: [{do: report}, {do: close}]}", "{before: ¦[{do: report}]}"), "At least 2"),
    "a clause that is none": (("    clause: A1\n\nimprovements", "    clause: ¦A9\n\nimprovements"), "no clause A9"),
    "a rating without a date": (("S: 90d, ", ""), "The key S is missing."),
    "an unknown key": (
        ("        poete: training", "        ¦peote: 1\n        poete: training"),
        "peote means nothing",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_mistake_is_reported_where_it_stands(name: str, playbook_text: str) -> None:
    edit, said = FAULTS[name]
    found, place = problems(playbook_text, edit)
    assert len(found) == 1, [problem.message for problem in found]
    assert said in found[0].message
    if place is not None:
        assert (found[0].line, found[0].column) == place


def test_an_id_of_a_task_stands_once_in_a_playbook(playbook_text: str) -> None:
    start, end = SECTION.index("  talk:"), SECTION.index("\nimprovements")
    again = SECTION[start:end].replace("talk:", "listen:")
    found, _place = problems(playbook_text, ("\nimprovements", f"{again}\nimprovements"))
    assert [problem.message for problem in found] == ["There is another task report; give this one an id of its own."]


@pytest.mark.parametrize("name", SHIPPED_NAMES)
def test_the_shipped_playbooks_say_how_they_are_evaluated(name: str) -> None:
    book = playbook(name)
    assert book.metrics
    assert book.improvements is not None
    for objective in book.objectives.values():
        for task in objective.tasks.values():
            assert task.basis.clauses, task.id
            assert set(task.basis.clauses) <= set(book.clauses)
            assert task.title.zh
            assert task.cause.zh
