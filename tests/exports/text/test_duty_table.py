"""What became of every duty."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.exports.text.duty_table import duty_lines, duty_table

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

MINUTE = 60_000


@pytest.mark.parametrize(
    ("kinds", "outcome", "said"),
    [
        ([], "open", "still owed"),
        ([("duty_settled", 4, {})], "in_time", "done in time"),
        ([("duty_rescheduled", 3, {"due": None}), ("duty_settled", 4, {})], "no_limit", "done, no limit"),
        ([("duty_breached", 10, {}), ("duty_settled", 25, {"late": True})], "late", "done 15 minutes late"),
        ([("duty_breached", 10, {})], "overdue", "overdue"),
        ([("duty_dropped", 4, {})], "dropped", "no longer asked for"),
    ],
)
def test_the_outcome_of_a_duty(
    kinds: list[tuple[str, int, dict[str, object]]],
    outcome: str,
    said: str,
    account: "MakeAccount",
    fact: "MakeFact",
) -> None:
    later = [fact(kind, at * MINUTE, **data) for kind, at, data in kinds]
    told = account(fact("duty_opened"), *later)
    assert [line.outcome for line in duty_lines(told)] == [outcome]
    assert said in duty_table(told)[1]


def test_a_new_due_time_replaces_the_old_one(account: "MakeAccount", fact: "MakeFact") -> None:
    (line,) = duty_lines(account(fact("duty_opened"), fact("duty_rescheduled", MINUTE)))
    assert (line.opened, line.due, line.owner, line.incident) == (0, 5 * MINUTE, "Finder", "leak")


def test_what_was_undone_is_no_part_of_it(account: "MakeAccount", fact: "MakeFact") -> None:
    undone = [fact("duty_opened"), fact("duty_settled", MINUTE), fact("step_undone", MINUTE, first=1, last=1)]
    assert [line.outcome for line in duty_lines(account(*undone))] == ["open"]
    anew = [fact("duty_opened"), fact("step_undone", first=0, last=0), fact("duty_opened", due=None)]
    (line,) = duty_lines(account(*anew))
    assert line.due is None


def test_the_table_is_aligned(account: "MakeAccount", fact: "MakeFact") -> None:
    assert duty_table(account(fact("duty_opened"), fact("duty_opened", number=12, due=None))) == [
        "No.  Incident  Owed since   Due by       Outcome     Duty                   Owed by",
        "1    leak      23:50 +0:00  00:00 +0:10  still owed  Tell the team at once  Finder",
        "12   leak      23:50 +0:00  –            still owed  Tell the team at once  Finder",
    ]


def test_an_exercise_without_duties_says_so(account: "MakeAccount") -> None:
    assert duty_table(account()) == ["Nobody owed anything."]
