"""Asking state machines about the tracks of a playbook: what the kernel steps through must be what they say."""

from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.track_machine import TrackMachine, compile_track
from incidentsim.messages import gettext as _


def check_tracks(playbook: Playbook) -> None:
    """Build every track as a `transitions` machine, and compare its table with it: every state, trigger and role.

    Raises:
        InputError: they differ.
    """
    for track in playbook.tracks.values():
        roles = dict.fromkeys(role for step in track.steps for role in step.by)
        difference = TrackMachine(track).difference(compile_track(track), roles)
        if difference is not None:
            state, trigger, role = difference
            message = _("On the track {track}, {trigger} by {role} from {state} is not what its state machine says.")
            raise InputError(message.format(track=track.id, trigger=trigger, role=role or _("nobody"), state=state))
