"""Who holds which role is part of the state, and nobody asks the scenario once an exercise runs."""

import ast
from collections.abc import Iterator

import pytest

from incidentsim.domain.facts import FactKind, Refused, RosterEntry, StepTaken
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.role_holdings import RoleHoldings, holdings_on_record
from tests.support.facts import a_fact
from tests.support.shipped import NAMES, facts_of, scenario
from tests.support.small import act, begun, small_playbook, small_scenario
from tests.support.source_tree import NAMES as MODULES
from tests.support.source_tree import PACKAGE

ROOMS = ("exercise/", "session/", "exports/", "tui/", "service/", "api/", "cli/")
OTHER_ROLES = {"playbook", "_playbook", "book", "_book", "body", "form", "error", "worst"}
"""Whose `roles` are all that there are, those of a body or of an error, or those that a form offers: no person's."""
BEFORE_IT_BEGINS = {
    "exercise/evaluation/rejudge.py",  # makes a scenario for another playbook
    "exercise/kernel/kernel.py",  # puts on record who holds what at the beginning
    "exercise/kernel/role_holdings.py",
    "exercise/planning/four_eyes.py",
    "exercise/planning/planning.py",
    "exercise/running/outline.py",  # makes the people of a scenario from what the first fact says of them
    "exports/as_json/plan.py",
    "exports/preparation/cards.py",
    "exports/preparation/guide.py",
    "exports/preparation/handout.py",
    "exports/preparation/msel_words.py",
    "exports/preparation/plan.py",
    "service/planning.py",
    "service/seating.py",
    "session/seats.py",
    "tui/briefing/text.py",
    "tui/new_scenario/rows.py",
}
"""Modules that speak of an exercise that has not begun: what the scenario says is all there is."""
HOLDS_NONE = {
    "exports/explaining/left_out.py",  # the roles of a playbook's file
    "cli/commands/write/preview.py",  # the roles whose cards were asked for
    "exports/preparation/papers.py",  # the same
    "service/keeping.py",  # the roles of a list of runs
    "session/procedure/sections.py",  # rows of the procedure, each with the roles that it names
    "session/reading/actions.py",  # letters of actions, which stay the same whoever holds what later
    "session/visibility.py",  # those of a viewer, who was made by asking the roster
    "api/tables.py",  # the roles that can be played
    "cli/commands/play/play.py",  # the roles that were asked for
    "exports/wording/procedure/roles.py",  # rows of the playbook, each with the roles that it names
    "exports/as_json/evaluation.py",  # a participant's, who was asked of the record
    "exercise/evaluation/beside/team.py",  # those that people of a team played
    "exports/as_json/beside.py",  # the same
    "exports/wording/beside/team.py",  # the same
    "service/played_by.py",  # the same, of a run whose beginning alone is read
    "exercise/evaluation/owners.py",  # those that anybody of the story holds at all, for what is done after it
}


def asking(source: str) -> Iterator[int]:
    """The lines that read the roles of a person."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "roles":
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if name not in OTHER_ROLES:
                yield node.lineno


def test_nobody_asks_the_scenario_who_holds_a_role_once_an_exercise_runs() -> None:
    found = {name: list(asking((PACKAGE / name).read_text("utf-8"))) for name in MODULES if name.startswith(ROOMS)}
    asks = {name for name, lines in found.items() if lines}
    assert asks - BEFORE_IT_BEGINS - HOLDS_NONE == set(), "ask `exercise.cast.roles_of` or the record"


def test_the_search_finds_who_asks() -> None:
    assert list(asking("x = person.roles[0]\ny = playbook.roles\nz = self.playbook.roles")) == [1]


def test_at_the_beginning_everybody_holds_what_the_scenario_says() -> None:
    for name in NAMES:
        told = scenario(name)
        said = {person.pseudonym: person.roles for person in told.people.values()}
        holdings = holdings_on_record(told, facts_of(name))
        assert {person: holdings.roles_of(person) for person in said} == said


def test_what_stands_on_record_counts_and_what_is_undone_does_not() -> None:
    holdings = RoleHoldings(small_scenario())
    before = holdings.roles_of("p1")
    opening = {"people": [{"person": "p1", "roles": ["chief"]}]}
    holdings.take_in(a_fact(0, FactKind.EXERCISE_STARTED, None, opening))  # type: ignore[arg-type]  # JSON of lists
    assert (holdings.roles_of("p1"), holdings.roles_of("p2"), holdings.holders_of("chief")) == (("chief",), (), ("p1",))
    holdings.reset()
    assert holdings.roles_of("p1") == before


def test_the_kernel_asks_the_state_who_may_act() -> None:
    """Roles will be taken and handed over: whoever holds one now may act in it, and nobody else."""
    assert isinstance(begun().act(act("p1", "tell", "watcher"), 0)[0], StepTaken | Refused)
    exercise = Exercise(CompiledPlaybook(small_playbook()), small_scenario())
    exercise.begin()
    before = exercise.roster.holders_of("chief")
    exercise.state.holdings.assign(
        RosterEntry(person, ("chief",) if person == "p1" else ("watcher",)) for person in exercise.roster.people
    )
    assert (
        [person.pseudonym for person in exercise.roster.holders_of("chief")]
        == ["p1"]
        != [person.pseudonym for person in before]
    )
    standing = exercise.roster.capacity(exercise.roster.people["p1"], "chief", 0)
    assert standing is not None
    assert standing.deputy is None


def test_a_record_that_gives_a_role_to_somebody_who_is_not_in_the_scenario_is_refused() -> None:
    holdings = RoleHoldings(small_scenario())
    opening = {"people": [{"person": "p99", "roles": ["chief"]}]}
    with pytest.raises(ValueError, match="p99"):
        holdings.take_in(a_fact(0, FactKind.EXERCISE_STARTED, None, opening))  # type: ignore[arg-type]  # JSON of lists
