"""The invented people, who hears what, and how the exercise ought to end: for any playbook."""

import dataclasses
from collections.abc import Callable

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import EndsAtLevel, EndsIn, Scenario
from incidentsim.domain.text import Text
from incidentsim.importing.veris import cast

INCIDENT = {"incident": True, "unlawful": True, "crime": True}
FALSE_ALARM = {"incident": False}


def test_everybody_is_called_by_role_and_letter(scenario: Callable[..., Scenario]) -> None:
    people = {person.name for person in scenario().people.values()}
    assert Text("Security administrator A", "安全管理员甲") in people


def test_every_role_has_somebody(playbook: Playbook, other_playbook: Playbook) -> None:
    for procedure in (playbook, other_playbook):
        held = {role for person in cast.people(procedure).values() for role in person.roles}
        assert held == set(procedure.roles)


def test_where_one_may_not_check_their_own_work_there_are_two(playbook: Playbook) -> None:
    track = playbook.main_track
    watched = tuple(
        dataclasses.replace(step, not_by_author_of=("evaluate",)) if step.do == "submit_report" else step
        for step in track.steps
    )
    strict = dataclasses.replace(
        playbook, tracks={**playbook.tracks, track.id: dataclasses.replace(track, steps=watched)}
    )
    held = [role for person in cast.people(strict).values() for role in person.roles]
    assert held.count("security_administrator") == 2
    assert held.count("discoverer") == 1


def test_the_way_through_ends_where_the_truth_says(playbook: Playbook, other_playbook: Playbook) -> None:
    assert cast.end_of(playbook, cast.main_path(playbook, INCIDENT)) == "reviewed"
    assert cast.end_of(playbook, cast.main_path(playbook, FALSE_ALARM)) == "dismissed"
    for flags in (INCIDENT, FALSE_ALARM):
        end = cast.end_of(other_playbook, cast.main_path(other_playbook, flags))
        assert end is not None
        assert other_playbook.main_track.states[end].final


def test_where_the_way_forks_nothing_is_expected_of_it(playbook: Playbook) -> None:
    track = playbook.main_track
    unsure = tuple(dataclasses.replace(step, fits={}) for step in track.steps)
    open_ended = dataclasses.replace(playbook, tracks={track.id: dataclasses.replace(track, steps=unsure)})
    path = cast.main_path(open_ended, INCIDENT)
    assert [step.do for step in path] == ["discover", "report"]
    assert cast.end_of(open_ended, path) is None


def test_the_end_and_the_level_are_expected(
    scenario: Callable[..., Scenario],
) -> None:
    expected = [expectation.expected for expectation in scenario().expectations]
    assert expected == [EndsIn("case", "lifecycle", "reviewed"), EndsAtLevel("case", 1)]
    dismissed = [expectation.expected for expectation in scenario({"security_incident": "Near miss"}).expectations]
    assert dismissed == [EndsIn("case", "lifecycle", "dismissed"), EndsAtLevel("case", None)]


def test_a_channel_that_the_playbook_lacks_gives_way_to_one_that_it_has(other_playbook: Playbook) -> None:
    assert cast.channel(other_playbook, ("letter", "email")) == "email"
    assert cast.channel(other_playbook, ("carrier-pigeon",)) == "pager"
