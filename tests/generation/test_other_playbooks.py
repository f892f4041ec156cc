"""Every archetype is told by any playbook: at its levels, by its people, at its pace; what it lacks is said.

`platform-team` was written by somebody who had only the README; with the `means` lines that are proposed for it, as
they are proposed, its stories are as good as those of the playbook that the archetypes were written for.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.definitions.controls.read import shipped_control_maps
from incidentsim.definitions.library.scaffold import new_playbook
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.starting.roster_file import roster_of
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import StepTaken
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.controls.controls import find_evidence
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import quality
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.catalogue import Catalogue
from incidentsim.generation.generate import Generated, Order, generate
from incidentsim.generation.left_out import left_out
from tests.support.accepting import accepted
from tests.support.shipped import played, procedure

FILE = Path(__file__).parent / "data" / "platform-team.yaml"
CATALOGUE = Catalogue(composition.library())
NAMES = tuple(one.id for one in CATALOGUE.list())
TEAM = read_playbook(accepted(FILE.read_bytes(), FILE.name), FILE.name)
COMMAND = procedure("incident-command")
MAPS = shipped_control_maps()


def begun(levels: int, language: Language = "en") -> Playbook:
    """The playbook that `incidentsim new playbook` writes: few means, a straight way, and soon over."""
    return read_playbook(new_playbook("harbour-lights", levels, language)["playbook.yaml"], "playbook.yaml")


def made(archetype: Archetype, level: int, seed: int) -> tuple[Generated, Scenario]:
    story = generate(archetype, Order(seed, level, ("en_US", "zh_CN")[seed % 2], (seed + level) % 5 + 1))
    return story, read_scenario(story.data, story.id, archetype.playbook)


def faults(archetype: Archetype, level: int, seed: int) -> Iterator[object]:
    """Whatever is wrong with a story, or with the play of bots, or what was done in it and is not found."""
    playbook = archetype.playbook
    _story, scenario = made(archetype, level, seed)
    compiled = CompiledPlaybook(playbook)
    yield from quality(playbook, scenario, compiled)
    facts, report = played(scenario, compiled, bots=True)
    yield from (one for one in report.expectations if not one.holds)
    yield from () if report.passed else ("not passed",)
    taken = {fact.do for fact in facts if isinstance(fact, StepTaken)}
    done = {m for track in playbook.tracks.values() for step in track.steps if step.do in taken for m in step.means}
    findings = find_evidence(MAPS, playbook, scenario, facts, by_people=range(len(facts)), proofs=())
    for piece in {one.evidence.id: one for each in findings for one in each.evidence}.values():
        asked = {sign.means for sign in piece.evidence.anywhere if sign.means is not None and sign.trait is None}
        if asked & done and not piece.found:
            yield piece.evidence.id


def test_a_story_for_another_playbook_is_sound_and_plays_to_its_end() -> None:
    archetype = CATALOGUE.archetype("false-alarm", TEAM)
    assert list(faults(archetype, archetype.usual_level, 3)) == []


def test_what_decides_the_level_comes_while_somebody_can_still_set_it() -> None:
    """Here the index of a lost laptop, which alone shows how many are concerned, came when all was over."""
    archetype = CATALOGUE.archetype("lost-laptop", begun(3))
    story = generate(archetype, Order(7, 2))
    scenario = read_scenario(story.data, story.id, archetype.playbook)
    assert played(scenario, CompiledPlaybook(archetype.playbook), bots=True)[1].passed


def test_what_a_message_should_prompt_somebody_whom_it_reaches_may_do() -> None:
    archetype = CATALOGUE.archetype("lost-laptop", begun(3))
    _story, scenario = made(archetype, 2, 7)
    raising = next(inject for inject in scenario.injects if inject.raises)
    assert "report" in raising.expects
    assert "finder" in raising.to, "only this role may report, and no role here means it"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_so_are_those_for_a_playbook_that_was_just_begun(name: str) -> None:
    for playbook, seeds in ((begun(3), (0, 1, 3, 7)), (begun(3, "zh"), (0, 1, 3, 7)), (begun(0), (0, 7))):
        archetype = CATALOGUE.archetype(name, playbook)
        assert archetype.levels
        for level in archetype.levels:
            for seed in seeds:
                assert list(faults(archetype, level, seed)) == [], (playbook.title, level, seed)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_so_are_those_of_every_archetype_at_every_level(name: str) -> None:
    for playbook in (TEAM, COMMAND):
        archetype = CATALOGUE.archetype(name, playbook)
        assert archetype.levels
        for level in archetype.levels:
            for seed in (0, 1):
                assert list(faults(archetype, level, seed)) == [], (playbook.id, level, seed)


def test_levels_are_those_that_the_thresholds_of_the_playbook_allow() -> None:
    """By a playbook where any data of people are grave, a story of data that leaked is never a mild one."""
    assert CATALOGUE.archetype("lost-laptop", COMMAND).levels == (1, 2, 3, 5)
    assert CATALOGUE.archetype("masked-number-leak", COMMAND).levels == (1, 2, 3)
    assert CATALOGUE.archetype("hotline-overload", TEAM).levels == (1, 2, 3)
    assert [CATALOGUE.archetype("hotline-overload", TEAM).gravity(level) for level in (1, 2, 3)] == [1, 3, 4]
    with pytest.raises(InputError, match=r"cannot reach level 4; it can reach 1, 2, 3\."):
        made(CATALOGUE.archetype("masked-number-leak", COMMAND), 4, 1)


def test_everybody_has_a_role_and_every_role_has_somebody() -> None:
    for playbook in (TEAM, COMMAND):
        _story, scenario = made(CATALOGUE.archetype("insider-export", playbook), 1, 2)
        held = [role for person in scenario.people.values() for role in person.roles]
        assert set(held) == set(playbook.roles)
        assert all(person.roles for person in scenario.people.values())


def test_what_the_playbook_lacks_is_said_in_a_sentence() -> None:
    story, _scenario = made(CATALOGUE.archetype("hotline-overload", COMMAND), 3, 1)
    first, second = left_out(COMMAND, story)
    assert first.startswith("Nothing in incident-command means detect, reporter, ")
    assert first.endswith("; what rests on these is left out, or goes to whoever is nearest.")
    assert {"operations_head", "users_affected", "at_fault"} <= set(story.lacking)
    assert second == ("The story does not answer public, which steps of incident-command ask for; they count as no.")
    own, _scenario = made(CATALOGUE.archetype("hotline-overload"), 3, 1)
    assert left_out(procedure("platform-incidents"), own) == []


def test_a_figure_of_the_playbooks_own_makes_the_level_where_the_storys_own_does_not() -> None:
    story, scenario = made(CATALOGUE.archetype("hotline-overload", TEAM), 2, 1)
    (incident,) = scenario.incidents.values()
    assert dict(incident.truth.why) == {"customers_down": incident.truth.why["customers_down"]}
    figures = next(inject for inject in scenario.injects if inject.id == "figures")
    assert [shown.name for shown in figures.shows] == ["customers_down"]
    assert "customers without service" in figures.body.say("en")
    assert "customers" not in figures.body.say("zh"), "the playbook has no Chinese words for it"
    assert "users_affected" in story.lacking


@pytest.mark.slow
def test_a_playbook_that_means_nothing_still_gets_its_stories() -> None:
    bare = read_playbook(FILE.read_bytes(), FILE.name)
    archetype = CATALOGUE.archetype("office-ransomware", bare)
    story, scenario = made(archetype, archetype.usual_level, 1)
    assert {"contain", "responder", "direct_loss"} & set(story.lacking)
    assert played(scenario, CompiledPlaybook(bare), bots=True)[1].passed


def test_by_a_playbook_without_thresholds_the_level_is_that_of_the_storys_gravity() -> None:
    stated = replace(COMMAND, levels={n: replace(one, any_of=()) for n, one in COMMAND.levels.items()}, modifiers=())
    archetype = CATALOGUE.archetype("lost-laptop", stated)
    assert archetype.levels == tuple(stated.levels)
    _story, scenario = made(archetype, 2, 1)
    (incident,) = scenario.incidents.values()
    assert (incident.truth.level, dict(incident.truth.why)) == (2, {})


def test_by_a_playbook_that_does_not_grade_a_story_has_no_level() -> None:
    archetype = CATALOGUE.archetype("lost-laptop", begun(0))
    assert archetype.levels == tuple(sorted(archetype.shape.levels))
    _story, scenario = made(archetype, archetype.usual_level, 7)
    assert [incident.truth.level for incident in scenario.incidents.values()] == [None]
    with pytest.raises(InputError, match=r"cannot reach level 9; it can reach "):
        made(archetype, 9, 1)


def with_people(language: Language, seed: int) -> tuple[Generated, Scenario, Roster]:
    playbook = begun(3, language)
    people = {
        "ann": ("王小明" if language == "zh" else "Ann Field", ["responder", "coordinator"]),
        "bo": ("Bo", ["finder"]),
    }
    roster = read_roster(roster_of("ours", people, language), "roster.yaml")
    story = generate(CATALOGUE.archetype("lost-laptop", playbook), Order(seed, 2, people=roster))
    return story, read_scenario(story.data, story.id, playbook), roster


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_people_of_a_roster_take_part_and_whoever_it_lacks_is_invented_and_said(language: Language) -> None:
    story, scenario, roster = with_people(language, 7)
    names = {person.name.say("zh"): person for person in scenario.people.values()}
    assert {person.said(("zh",)) for person in roster.people.values()} <= set(names)
    assert names["Bo"].roles == ("finder",)
    others = [person for name, person in names.items() if name not in ("Bo", "王小明", "Ann Field")]
    invented = [person for person in others if person.name.say("en").endswith(" (invented)")]
    assert {person.id for person in others} - {person.id for person in invented} == {"client"}
    assert "owner" in {person.id for person in invented}, "nobody of the company has lost the laptop"
    assert {role for person in scenario.people.values() for role in person.roles} == set(begun(3).roles)
    assert "--people=ours" in story.data.decode()
    sentence = left_out(begun(3), story)[-1]
    assert sentence.startswith("Nobody of the roster takes these parts of the story, so invented people do: ")
    assert all(person.name.say("en") in sentence for person in invented)
    assert not re.search("[\u4e00-\u9fff]", " ".join(inject.body.say("en") for inject in scenario.injects))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_stories_with_the_people_of_a_company_are_as_sound(name: str) -> None:
    for playbook in (begun(3), COMMAND):
        people = {role.replace("_", "-"): (f"Person {number}", [role]) for number, role in enumerate(playbook.roles)}
        roster = read_roster(roster_of("ours", people, "en"), "roster.yaml")
        archetype = CATALOGUE.archetype(name, playbook)
        story = generate(archetype, Order(7, archetype.usual_level, people=roster))
        scenario = read_scenario(story.data, story.id, playbook)
        assert played(scenario, CompiledPlaybook(playbook), bots=True)[1].passed
