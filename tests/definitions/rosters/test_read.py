"""Rosters: what one says is read as it is meant, and whatever is wrong is told at its place."""

from datetime import date

import pytest

from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.yaml12.problems import DefinitionError
from tests.fuzzing.definition_readers import ROSTER

FAULTS = {
    "roles: [finder, chief]": ("roles: [finder, finder]", "finder stands here twice"),
    "deputy_for: [lead]": ("deputy_for: [lead], roles: [lead]", "cannot stand in for it too"),
    'works: ["08:00/12:00", "13:00/17:00"]': ('works: ["13:00/17:00", "08:00/12:00"]', "in the order of the day"),
    '"08:00/12:00"': ('"08:00/08:00"', "ends when it begins"),
    'away: ["22:00/06:00"]': ('away: ["06:00/06:00"]', "ends when it begins"),
    "2021-07-01/2021-07-14": ("2021-07-14/2021-07-01", "ends before it begins"),
    "2021-07-01/": ("2021-02-30/", "is no day of the calendar"),
    "since: 2021-06-28": ("since: 2021-06-31", "is no day of the calendar"),
    "every: 7d": ("every: 36h", "A turn lasts whole days"),
    "people: [bob, eve]": ("people: [bob, eva]", "There is no person eva; the nearest valid one is eve."),
    "helper: {since": ("finder: {since", "holds no role and stands in for none", "people: [bob, eve]"),
    "eve: {name: Eve}": ("eve: {name: Eve, roles: [helper]}", "holds it by the rota only"),
    "desk: {en: Shop, de: Laden}": ("desk: Shop", "The text in de is missing"),
    "cat: {name: Cat, roles": ("cat: {nam: Cat, roles", "nam"),
}


def test_a_roster_is_read() -> None:
    roster = read_roster(ROSTER, "roster.yaml")
    ann, bob, cat = (roster.people[name] for name in ("ann", "bob", "cat"))
    assert ann.away == ("12:00/13:00", "17:00/08:00"), "away is whatever lies outside the working hours"
    assert ann.absent == ((date(2021, 7, 1), date(2021, 7, 14)),)
    assert (bob.said(("fr", "de")), bob.said(("fr",)), ann.said(("de",))) == ("Bobo", "Bob", "Ann")
    assert (cat.always_away, cat.is_there(date(2021, 6, 30))) == (True, False)
    assert roster.roles == ("finder", "chief", "lead", "helper")


@pytest.mark.parametrize("right", FAULTS)
def test_what_is_wrong_is_told_at_its_place(right: str) -> None:
    wrong, sentence, *more = FAULTS[right]
    text = ROSTER.decode().replace(right, wrong)
    for word in more:
        text = text.replace(word, "people: [bob]")
    with pytest.raises(DefinitionError) as caught:
        read_roster(text.encode(), "roster.yaml")
    told = [problem for problem in caught.value.problems if sentence in problem.message]
    assert told, caught.value
    assert told[0].line > 4
    assert told[0].path.startswith(("$.people", "$.rota"))
