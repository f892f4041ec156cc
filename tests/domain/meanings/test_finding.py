"""Rules are found by what they mean: those that mean it above all first, none where nothing means it."""

from dataclasses import replace

from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
    defaulted,
    finding,
)
from incidentsim.domain.playbook import Playbook
from tests.support.shipped import procedure

PLATFORM, COMMAND = procedure("platform-incidents"), procedure("incident-command")


def silent(playbook: Playbook) -> Playbook:
    """The playbook with no rule that means anything."""
    return replace(
        playbook,
        roles={name: replace(role, means=()) for name, role in playbook.roles.items()},
        bodies={name: replace(body, means=()) for name, body in playbook.bodies.items()},
        measures={name: replace(measure, means=()) for name, measure in playbook.measures.items()},
        circumstances={name: replace(one, means=()) for name, one in playbook.circumstances.items()},
        judgements={name: replace(judgement, means=()) for name, judgement in playbook.judgements.items()},
        tracks={
            name: replace(track, steps=tuple(replace(step, means=()) for step in track.steps))
            for name, track in playbook.tracks.items()
        },
        channel_means={},
    )


def test_the_earlier_a_step_names_a_meaning_the_more_it_is_it() -> None:
    assert finding.steps_that_mean(PLATFORM, StepMeaning.GRADE) == ("grade", "regrade")
    assert finding.steps_above_all(PLATFORM, StepMeaning.GRADE) == ("grade",)
    assert finding.steps_above_all(COMMAND, StepMeaning.GRADE) == ("declare",), "it is the second thing that it is"
    assert finding.steps_that_mean(COMMAND, StepMeaning.ESTIMATE_EXTENT) == ("change_severity", "declare")


def test_of_several_the_first_is_taken_and_none_where_nothing_means_it() -> None:
    assert finding.roles_that_mean(COMMAND, RoleMeaning.RESPONDER) == ("on_call_responder", "incident_handler")
    assert finding.roles_that_mean(COMMAND, RoleMeaning.REPORTER) == ()
    assert finding.bodies_that_mean(COMMAND, TeamMeaning.COMMAND_TEAM) == ("command_post",)
    assert finding.measure_that_means(COMMAND, MeasureMeaning.PERSONAL_RECORDS) == "people_exposed"
    assert finding.measure_that_means(COMMAND, MeasureMeaning.FRAUD_MESSAGES) is None
    assert finding.channel_that_means(COMMAND, ChannelMeaning.CONFERENCE_CALL) == "bridge"
    assert finding.channel_that_means(COMMAND, ChannelMeaning.LETTER) is None
    assert finding.circumstance_that_means(COMMAND, CircumstanceMeaning.FAILED_FIX) == "attacker_returned"
    assert finding.flags_that_mean(PLATFORM, JudgementMeaning.DELIBERATE) == ("crime",)
    assert finding.flags_that_mean(COMMAND, JudgementMeaning.UNLAWFUL) == ()


def test_an_answer_without_a_judgement_means_the_term_that_it_is_called() -> None:
    unsaid = replace(COMMAND, judgements={})
    assert finding.flags_that_mean(unsaid, JudgementMeaning.PUBLIC) == ("public",)
    assert finding.flags_that_mean(unsaid, JudgementMeaning.DELIBERATE) == (), "nothing else is guessed"
    said = {name: replace(judgement, means=()) for name, judgement in COMMAND.judgements.items()}
    assert finding.flags_that_mean(replace(COMMAND, judgements=said), JudgementMeaning.PUBLIC) == ()


def test_in_a_procedure_that_means_nothing_nothing_is_found() -> None:
    playbook = replace(silent(PLATFORM), judgements={})
    assert not any(finding.steps_above_all(playbook, meaning) for meaning in StepMeaning)
    assert not any(finding.roles_that_mean(playbook, meaning) for meaning in RoleMeaning)
    assert not any(finding.bodies_that_mean(playbook, meaning) for meaning in TeamMeaning)
    assert not any(finding.measure_that_means(playbook, meaning) for meaning in MeasureMeaning)
    assert not any(finding.channel_that_means(playbook, meaning) for meaning in ChannelMeaning)
    assert not any(finding.circumstance_that_means(playbook, meaning) for meaning in CircumstanceMeaning)


def test_every_rule_of_the_shipped_playbooks_that_has_a_meaning_says_it_and_needs_no_default() -> None:
    """So the procedures keep their meanings whatever their rules are called."""
    for playbook in (PLATFORM, COMMAND):
        assert all(role.means for role in playbook.roles.values())
        assert all(body.means for body in playbook.bodies.values())
        assert all(measure.means for measure in playbook.measures.values())
        assert playbook.channel_means.keys() == playbook.channels.keys()
        assert all(playbook.channel_means.values())
        assert all(one.means for one in playbook.circumstances.values())
        assert all(judgement.means for judgement in playbook.judgements.values())


def test_an_id_that_is_a_term_of_its_own_kind_is_what_it_means() -> None:
    assert defaulted("legal", RoleMeaning) == (RoleMeaning.LEGAL,)
    assert defaulted("legal", StepMeaning) == ()
    assert all(meaning.unit for meaning in MeasureMeaning)
