"""People for a story that fits any procedure: a roster's own, and invented ones for whom it lacks, which is said."""

from datetime import date

from incidentsim import composition
from incidentsim.definitions.formats.common import Languages
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.casting import account, cast, invented, needed_twice
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.starting.roster_file import new_roster
from incidentsim.domain.playbook import Playbook

DAY = date(2026, 1, 12)
BOTH = Languages("en", ("en", "zh"))
HEAD = "schema: incidentsim/roster/1\nid: acme\npeople:\n"


def _playbook() -> Playbook:
    path = composition.shipped("playbooks") / "incident-command.yaml"
    return read_playbook(path.read_bytes(), path.name)


def test_without_a_roster_everybody_is_invented() -> None:
    assert cast(_playbook(), None, DAY, BOTH).people == invented(_playbook())


def test_a_roster_made_for_a_procedure_lacks_nobody_of_the_company() -> None:
    playbook = _playbook()
    roster = read_roster(new_roster("acme", playbook, "en"), "roster.yaml")
    made = cast(playbook, roster, DAY, BOTH)
    assert (made.lacking, made.alone, account(playbook, roster, made)) == ((), (), [])
    outside = {role.id for role in playbook.roles.values() if role.outside}
    added = {role for name, person in made.people.items() if name not in roster.people for role in person.roles}
    assert added == outside, "customers and authorities are in no roster"


def test_whom_a_roster_lacks_is_invented_marked_and_said() -> None:
    playbook = _playbook()
    inside = [role for role in playbook.roles if not playbook.roles[role].outside]
    twice = sorted(needed_twice(playbook) & set(inside))
    held, missing = inside[1:], inside[0]
    written = (
        f"{HEAD}  ada: {{name: Ada, roles: [{', '.join(held)}]}}\n"
        f"  {missing}-a: {{name: B, roles: [{missing}], away: always}}\n"
    )
    roster = read_roster(written.encode(), "roster.yaml")
    made = cast(playbook, roster, DAY, BOTH)
    assert made.lacking == (missing,)
    assert sorted(made.alone) == [role for role in twice if role in held]
    others = [person for name, person in made.people.items() if name not in roster.people]
    assert all("(invented)" in (person.name.en or "") for person in others if not isinstance(person.name, str))
    told = " ".join(account(playbook, roster, made))
    assert f"({missing})" in told
    assert "Give somebody in it these roles" in told
    assert made.people[f"{missing}-a"].away == "always", "whoever stands in the roster keeps their id"
