"""Finding in a playbook what means something: the way in for whoever knows no procedure's names.

A rule may mean several things; the first is what it is above all. Wherever several rules mean what is asked for, they
come in the order of how early each names it, and then in that of the playbook. Where nothing means it, nothing is
given: who asks leaves out what rests on it, and says so.
"""

from collections.abc import Iterable
from typing import TypeVar

from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
    defaulted,
)
from incidentsim.domain.playbook import Playbook

_M = TypeVar("_M")


def steps_that_mean(playbook: Playbook, meaning: StepMeaning) -> tuple[str, ...]:
    """The ids of all steps that are this, beside other things too."""
    return _ordered(((step.do, step.means) for track in playbook.tracks.values() for step in track.steps), meaning)


def steps_above_all(playbook: Playbook, meaning: StepMeaning) -> tuple[str, ...]:
    """The ids of the steps that are this before all others: those that name it the earliest among what they mean.

    So whoever asks for a step that grades gets the one that grades first, and not the one that grades anew as well.
    """
    steps = [(step.do, step.means) for track in playbook.tracks.values() for step in track.steps]
    earliest = min((means.index(meaning) for _do, means in steps if meaning in means), default=0)
    return _ordered(((do, means) for do, means in steps if meaning in means[: earliest + 1]), meaning)


def roles_that_mean(playbook: Playbook, meaning: RoleMeaning) -> tuple[str, ...]:
    """The ids of the roles that are this."""
    return _ordered(((role.id, role.means) for role in playbook.roles.values()), meaning)


def bodies_that_mean(playbook: Playbook, meaning: TeamMeaning) -> tuple[str, ...]:
    """The ids of the bodies that are this."""
    return _ordered(((body.id, body.means) for body in playbook.bodies.values()), meaning)


def measure_that_means(playbook: Playbook, meaning: MeasureMeaning) -> str | None:
    """The id of the measure that is this, in the unit of the meaning; of several, the first. `None` where none is."""
    return _first(_ordered(((measure.id, measure.means) for measure in playbook.measures.values()), meaning))


def channel_that_means(playbook: Playbook, meaning: ChannelMeaning) -> str | None:
    """The id of the channel that is this; of several, the first. `None` where none is."""
    return _first(_ordered(playbook.channel_means.items(), meaning))


def flags_that_mean(playbook: Playbook, meaning: JudgementMeaning) -> tuple[str, ...]:
    """The answers of the ground truth that say this, as `fits` names them.

    What an answer means is said by its judgement (`judgements`); one that has none means the term that it is called.
    """
    said = {name: judgement.means for name, judgement in playbook.judgements.items()}
    return _ordered(((flag, said.get(flag, defaulted(flag, JudgementMeaning))) for flag in playbook.asked), meaning)


def circumstance_that_means(playbook: Playbook, meaning: CircumstanceMeaning) -> str | None:
    """The id of the circumstance that is this; of several, the first. `None` where none is."""
    return _first(_ordered(((one.id, one.means) for one in playbook.circumstances.values()), meaning))


def _ordered(named: Iterable[tuple[str, tuple[_M, ...]]], meaning: _M) -> tuple[str, ...]:
    """Each name that has the meaning, once; the earlier it stands among what something means, the earlier the name."""
    having = [(means.index(meaning), name) for name, means in named if meaning in means]
    return tuple(dict.fromkeys(name for _index, name in sorted(having, key=lambda one: one[0])))


def _first(names: tuple[str, ...]) -> str | None:
    return names[0] if names else None
