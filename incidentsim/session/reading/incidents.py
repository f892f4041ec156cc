"""Where every incident stands that has come to notice: its level, its phases, its tracks."""

from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import IncidentView, PhasePlace, PhaseView, TrackView
from incidentsim.session.views import Position, positions


def incident_views(reader: Reader) -> tuple[IncidentView, ...]:
    """The incidents that have come to their notice, in the order of the scenario."""
    return tuple(_incident(reader, incident) for incident in reader.incidents)


def _incident(reader: Reader, incident: str) -> IncidentView:
    names, level = reader.names, reader.session.exercise.state.incidents[incident].level
    known = positions(reader.session, incident)
    main_track = reader.session.exercise.playbook.main_track.id
    main = next(position for position in known if position.track == main_track)
    return IncidentView(
        id=incident,
        title=names.incident(incident),
        level=level,
        level_name=names.grade(level),
        phases=_phases(reader, main),
        tracks=tuple(_track(reader, position, main=position is main) for position in known),
    )


def _track(reader: Reader, position: Position, *, main: bool) -> TrackView:
    names, track = reader.names, position.track
    return TrackView(
        track=track,
        title=names.track(track),
        state=position.state,
        state_title=names.state(track, position.state),
        next=tuple(names.state(track, state) for state in position.next),
        final=position.final,
        main=main,
        moved=len(position.been) > 1,
    )


def _phases(reader: Reader, main: Position) -> tuple[PhaseView, ...]:
    playbook = reader.session.exercise.playbook
    states = playbook.main_track.states
    here = states[main.state].phase
    been = {states[state].phase for state in main.been}

    def place(phase: str) -> PhasePlace:
        if phase == here:
            return PhasePlace.OVER if main.final else PhasePlace.HERE
        if phase in been:
            return PhasePlace.BEHIND
        return PhasePlace.LEFT_OUT if main.final else PhasePlace.AHEAD

    return tuple(PhaseView(reader.names.say(phase.title), place(phase.id)) for phase in playbook.phases.values())
