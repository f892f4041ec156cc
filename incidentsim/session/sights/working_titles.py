"""What people call an incident until it is judged to be one: its planned title would tell them what they have to find.

A scenario may give a working title of its own. Without one, whom the message reached that told of the incident first,
call it by the subject of that; the others by a number.
"""

from collections.abc import Collection, Iterable

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Incident, Inject
from incidentsim.domain.text import Text
from incidentsim.exercise.kernel.state import IncidentState

_FLAG = "incident"
"""The answer of the ground truth for which a step `fits` that judges a report to be an incident."""


def judging_steps(playbook: Playbook) -> frozenset[str]:
    """The steps that judge a report to be an incident."""
    return frozenset(
        step.do for track in playbook.tracks.values() for step in track.steps if step.fits.get(_FLAG) is True
    )


def is_judged(playbook: Playbook, steps: Collection[str], incident: IncidentState) -> bool:
    """Return whether an incident was judged to be one, by one of the `steps` with which the playbook does.

    A playbook without such a step does it where the main track leaves its first phase. A report that was dismissed
    keeps its working title: another would say whether that was right.
    """
    if steps:
        return any(do in incident.authors for do in steps)
    track = playbook.main_track
    return track.states[incident.tracks[track.id]].phase != track.states[track.initial].phase


def working_title(incident: Incident, known: Iterable[Inject], place: int) -> Text:
    """Return what people call an incident that is not judged yet.

    Args:
        incident: the incident.
        known: the injects that reached them, in the order of the scenario.
        place: the place of the incident among those that they know of, from 1; 0 if they do not know of it.
    """
    if incident.working_title is not None:
        return incident.working_title
    for inject in known:
        if inject.raises and inject.incident == incident.id and inject.subject is not None:
            return inject.subject
    return Text(f"Event {place or '?'}", f"待判事件{place or ''}")
