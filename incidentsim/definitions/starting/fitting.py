"""How a story fits any playbook: the way through it, who is told what, and how it ought to end."""

from collections.abc import Mapping, Sequence

from incidentsim.domain.meanings import ChannelMeaning
from incidentsim.domain.meanings.finding import channel_that_means
from incidentsim.domain.playbook import ANYONE, Playbook, Step


def main_path(playbook: Playbook, flags: Mapping[str, bool]) -> tuple[Step, ...]:
    """The steps of the main track that lead straight through it for this ground truth, as far as that is certain."""
    track = playbook.main_track
    here, been = track.initial, {track.initial}
    path: list[Step] = []
    while True:
        onward = [step for step in track.steps if here in step.sources and _leads_on(step, flags, been)]
        targets = {step.target for step in onward}
        if len(targets) != 1:
            return tuple(path)
        path.append(onward[0])
        here = onward[0].target or here
        been.add(here)


def end_of(playbook: Playbook, path: Sequence[Step]) -> str | None:
    """The final state that a path leads to; `None` where it does not lead to one."""
    state = path[-1].target if path else playbook.main_track.initial
    return state if state is not None and playbook.main_track.states[state].final else None


def first_to_hear(playbook: Playbook, path: Sequence[Step]) -> list[str]:
    """Return the roles and bodies that take the first step of the main track, by id: they have to notice.

    Where no step of `path` names any, it is the first role inside the organisation.
    """
    taken = next((names for step in path if (names := _named(playbook, step))), [])
    return taken or [next(role.id for role in playbook.roles.values() if not role.outside)]


def judges_of(playbook: Playbook, path: Sequence[Step]) -> list[str]:
    """Return the roles and bodies that have to judge and to grade, and those that take over from the first to hear."""
    first = first_to_hear(playbook, path)
    judging = [name for step in path if step.fits or step.sets_level for name in _named(playbook, step)]
    over = next((names for step in path if (names := _named(playbook, step)) and names != first), first)
    return list(dict.fromkeys([*judging, *over]))


def lawyers_of(playbook: Playbook, path: Sequence[Step]) -> list[str]:
    """Return the roles and bodies that judge the incident and whether the law was broken, by id."""
    steps = [step for track in playbook.tracks.values() for step in track.steps if "unlawful" in step.fits]
    first = next((names for step in steps if (names := _named(playbook, step))), [])
    return list(dict.fromkeys([*judges_of(playbook, path), *first]))


def channel(playbook: Playbook, wished: Sequence[str]) -> str:
    """The first of the wished channels that the playbook has, whatever it calls it, or its first.

    Args:
        playbook: the procedure.
        wished: what the channels mean (`ChannelMeaning`), the best first; any other word is the id of one.
    """
    for name in wished:
        meant = channel_that_means(playbook, ChannelMeaning(name)) if name in list(ChannelMeaning) else None
        if meant is not None or name in playbook.channels:
            return meant or name
    return next(iter(playbook.channels))


def _leads_on(step: Step, flags: Mapping[str, bool], been: set[str]) -> bool:
    fits = all(flags.get(flag, False) == wanted for flag, wanted in step.fits.items())
    return fits and not step.detour and step.target is not None and step.target not in been


def _named(playbook: Playbook, step: Step) -> list[str]:
    """The roles and bodies that a step names, without repeating a role that stands in one of the bodies."""
    names = [name for name in (step.by_named or step.by) if name != ANYONE]
    bodies = {role for name in names if name in playbook.bodies for role in playbook.roles_of(name)}
    return list(dict.fromkeys(name for name in names if name not in bodies))
