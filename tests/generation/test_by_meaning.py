"""Stories ask for meanings: whatever a playbook's rules are called, they are the same but for the names."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim import composition
from incidentsim.definitions.formats.common import PatternShape
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
)
from incidentsim.domain.playbook import Playbook
from incidentsim.generation import generate as making
from incidentsim.generation import pace
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.cast import CAST
from incidentsim.generation.catalogue import Catalogue
from incidentsim.generation.format_archetype import ArchetypeShape
from incidentsim.generation.generate import Order, generate
from incidentsim.generation.meant import Meant, term
from incidentsim.generation.noise import noise_pool
from tests.support.renaming import other_names, renamed
from tests.support.shipped import procedure

CATALOGUE = Catalogue(composition.library())
NAMES = tuple(one.id for one in CATALOGUE.list())
PLATFORM, COMMAND = procedure("platform-incidents"), procedure("incident-command")


def told(archetype: Archetype, order: Order) -> Mapping[str, object]:
    """The scenario that is generated, as it stands in its file."""
    made = generate(archetype, order)
    value: Mapping[str, object] = read_yaml(made.data, made.id).value
    return value


def same_but_for_the_names(name: str, playbook: Playbook, seed: int) -> None:
    archetype = CATALOGUE.archetype(name, playbook)
    names = other_names(playbook, seed)
    stranger = archetype.by(renamed(playbook, names))
    assert stranger.levels == archetype.levels
    order = Order(seed % 1000, archetype.levels[seed % len(archetype.levels)], "en_US", seed % 5 + 1)
    assert told(stranger, order) == renamed(told(archetype, order), names)


@settings(max_examples=4)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32))
def test_a_story_does_not_hang_on_what_its_playbooks_rules_are_called(name: str, seed: int) -> None:
    same_but_for_the_names(name, PLATFORM, seed)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32))
def test_nor_does_one_that_is_told_by_a_playbook_it_was_not_written_for(name: str, seed: int) -> None:
    """But for the pace: bots set it by playing, and what they draw hangs on the ids of steps."""
    with pytest.MonkeyPatch.context() as unpaced:
        unpaced.setattr(making, "told_at_pace", lambda _playbook, tell: tell(pace.Pace()))
        same_but_for_the_names(name, COMMAND, seed)


def test_what_a_playbook_has_not_is_nothing_and_its_own_ids_are_understood() -> None:
    platform, command = Meant(PLATFORM), Meant(COMMAND)
    assert platform.steps("take_command") == ("take_over",)
    assert platform.steps("take_over") == ("take_over",), "an archetype of one's own may use ids"
    assert command.steps("detect") == ()
    assert command.steps("raise_alert") == ("raise_alert",)
    assert command.steps("preserve_evidence") == ("collect_evidence", "seal_evidence", "collect_anew")
    assert command.measure("critical_customer") is None
    assert (command.measure("full_outage"), command.unit("full_outage")) == ("core_function_down", "duration")
    assert command.unit("critical_customer") == "flag"
    assert command.flags("deliberate") == ("malicious",)
    assert command.flags("unlawful") == ("unlawful",), "every ground truth says it"
    assert command.flags("at_fault") == ()


def test_whoever_is_not_there_is_stood_in_for_by_the_nearest() -> None:
    command = Meant(COMMAND)
    assert command.party("network_administrator") == ()
    assert command.nearest_party("network_administrator") == ("on_call_responder",)
    assert command.nearest_party("command_team") == ("command_post",)
    assert command.nearest_party("legal_department") == ("legal_counsel",), "the roles, where there is no such body"
    assert command.nearest_party("internal_audit") == ("assurance_officer",)
    assert command.nearest_channel("letter") == "email"
    assert not COMMAND.roles[command.nearest_role(["law_enforcement"])].outside
    for meaning in RoleMeaning:
        assert command.nearest_role([meaning]) in COMMAND.roles


def test_steps_that_follow_by_themselves_are_expected_of_nobody() -> None:
    automatic = {step.do for track in COMMAND.tracks.values() for step in track.steps if step.automatic}
    assert not automatic & {do for meaning in StepMeaning for do in Meant(COMMAND).steps(meaning)}


def named(shape: ArchetypeShape) -> Iterator[tuple[str, object]]:
    """Every name of a rule in an archetype, and whether it is a term of the vocabulary or somebody of the story."""
    people = {*CAST, *shape.people}
    for inject in (*shape.injects, *noise_pool()):
        yield from ((name, name in people or term(TeamMeaning, name) or term(RoleMeaning, name)) for name in inject.to)
        yield inject.channel, term(ChannelMeaning, inject.channel)
        patterns = (pattern.do for pattern in (inject.when_fact, inject.unless) if pattern is not None)
        yield from ((step, term(StepMeaning, step)) for step in (*inject.expects, *map(str, patterns)))
        yield from ((name, term(MeasureMeaning, name) or term(JudgementMeaning, name)) for name in inject.shows)
        brings = inject.brings if isinstance(inject.brings, list) else [inject.brings]
        circumstances = (bringing.circumstance for bringing in brings if bringing and bringing.circumstance)
        yield from ((name, term(CircumstanceMeaning, name)) for name in circumstances)
    yield from ((measure.measure, term(MeasureMeaning, measure.measure)) for measure in shape.measures)
    yield from ((role, term(RoleMeaning, role)) for person in shape.people.values() for role in person.roles)
    yield from ((role, term(RoleMeaning, role)) for roles in CAST.values() for role in roles)
    yield from ((flag, term(JudgementMeaning, flag)) for flag in shape.truth.flags)


@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_archetype_names_a_rule_of_a_playbook(name: str) -> None:
    shape = CATALOGUE.archetype(name).shape
    assert [rule for rule, known in named(shape) if not known] == []
    assert (shape.tracks, shape.clauses) == ([], [])


def test_facts_of_other_kinds_and_forbidden_acts_may_be_waited_for() -> None:
    platform = Meant(PLATFORM)
    for written in ({"fact": "refused", "do": "block_report"}, {"do": "start_again"}, {"fact": "level_set"}):
        pattern = PatternShape.model_validate(written)
        assert platform.pattern(pattern) == pattern
    taken = platform.pattern(PatternShape.model_validate({"do": "take_command"}))
    assert taken is not None
    assert taken.do == "take_over"
    assert platform.pattern(PatternShape.model_validate({"do": "verify_recovery"})) is None
