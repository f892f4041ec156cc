"""The invented people, who hears what, and how the exercise ought to end: for any playbook."""

import dataclasses

from incidentsim.definitions.rosters import casting
from incidentsim.definitions.starting import fitting as people
from incidentsim.domain.playbook import Playbook

INCIDENT = {"incident": True, "unlawful": True, "crime": True}
FALSE_ALARM = {"incident": False}


def test_every_role_has_somebody(playbook: Playbook, other_playbook: Playbook) -> None:
    for procedure in (playbook, other_playbook):
        held = {role for somebody in casting.invented(procedure).values() for role in somebody.roles}
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
    held = [role for somebody in casting.invented(strict).values() for role in somebody.roles]
    assert held.count("security_administrator") == 2
    assert held.count("discoverer") == 1


def test_the_way_through_ends_where_the_truth_says(playbook: Playbook, other_playbook: Playbook) -> None:
    assert people.end_of(playbook, people.main_path(playbook, INCIDENT)) == "reviewed"
    assert people.end_of(playbook, people.main_path(playbook, FALSE_ALARM)) == "dismissed"
    for flags in (INCIDENT, FALSE_ALARM):
        end = people.end_of(other_playbook, people.main_path(other_playbook, flags))
        assert end is not None
        assert other_playbook.main_track.states[end].final


def test_where_the_way_forks_nothing_is_expected_of_it(playbook: Playbook) -> None:
    track = playbook.main_track
    unsure = tuple(dataclasses.replace(step, fits={}) for step in track.steps)
    open_ended = dataclasses.replace(playbook, tracks={track.id: dataclasses.replace(track, steps=unsure)})
    path = people.main_path(open_ended, INCIDENT)
    assert [step.do for step in path] == ["discover", "report"]
    assert people.end_of(open_ended, path) is None


def test_a_channel_that_the_playbook_lacks_gives_way_to_one_that_it_has(other_playbook: Playbook) -> None:
    assert people.channel(other_playbook, ("letter", "email")) == "email"
    assert people.channel(other_playbook, ("carrier-pigeon",)) == "pager"
