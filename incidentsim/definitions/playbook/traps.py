"""States of a playbook from which a track never reaches a final state, whatever anybody does.

Ways are followed in the step tables alone. What a step needs can only close further ways, so what is found here is
sure to block.
"""

from collections.abc import Iterator

from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _


def traps(playbook: Playbook, document: Document) -> list[Problem]:
    """A problem for each track that can come where it never ends, at the first such state of the file.

    A state that nothing leads out of is told elsewhere (`lint.check_ways`).
    """
    return [document.problem(path, message, key=True) for path, message in _traps(playbook)]


def _traps(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    for track in playbook.tracks.values():
        leads_to: dict[str, set[str]] = {state: set() for state in track.states}
        for step in track.steps:
            for source in step.sources:
                leads_to.setdefault(source, set()).add(step.target or source)
        reached = _closure({track.initial}, leads_to)
        backwards: dict[str, set[str]] = {}
        for source, targets in leads_to.items():
            for target in targets:
                backwards.setdefault(target, set()).add(source)
        resting = _closure({name for name, state in track.states.items() if state.final}, backwards)
        caught = [name for name in track.states if name in reached and name not in resting and leads_to[name] - {name}]
        if caught:
            message = _(
                "Whatever is done from the state {state} on, the track {track} never reaches a final state: its steps "
                "lead round {states}. Let a step lead out to a final state, or say that one is final."
            )
            words = message.format(state=caught[0], track=track.id, states=_(", ").join(caught))
            yield ("tracks", track.id, "states", caught[0]), words


def _closure(begin: set[str], leads_to: dict[str, set[str]]) -> set[str]:
    """The states that lie ahead of these, themselves included."""
    reached, waiting = set(begin), list(begin)
    while waiting:
        for target in leads_to.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
