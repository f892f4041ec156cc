"""What becomes of an intervention: the facts that answer it, or a sentence why it cannot be."""

from collections.abc import Collection

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import (
    CoachingSet,
    Fact,
    HintGiven,
    InjectAdded,
    InjectMoved,
    InjectSkipped,
    Observed,
    StepUndone,
    recordable_text,
)
from incidentsim.domain.interventions import Add, Coach, GiveHint, Intervention, Move, Note, Skip, Undo
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.added_injects import ADDED, added_inject
from incidentsim.exercise.kernel.delivery import deliver
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.state import ExerciseState
from incidentsim.messages import gettext as _


def answer_intervention(
    intervention: Intervention, playbook: Playbook, state: ExerciseState, roster: Roster, now: int
) -> list[Fact]:
    """The facts that answer an intervention other than the end, at `now` (ms).

    Raises:
        InputError: it names what is not there, or what is no longer to come.
    """
    match intervention:
        case Move(inject, due):
            _check_planned(state, inject)
            return [InjectMoved(now, None, inject, max(due, now))]
        case Skip(inject):
            _check_planned(state, inject)
            return [InjectSkipped(now, None, inject)]
        case Add():
            return _added(intervention, playbook, state, roster, now)
        case Undo(reason):
            step = state.last_step()
            if step is None:
                raise InputError(_("Nothing has happened yet that could be undone."))
            return [StepUndone(now, None, first=step[0], last=step[1], reason=recordable_text(reason))]
        case Note(text, about, appraisal):
            if about is not None and not 0 <= about < state.sequence:
                message = _("There is no fact {number}; there are {count}, from 0.")
                raise InputError(message.format(number=about, count=state.sequence))
            return [Observed(now, None, about, recordable_text(text), appraisal)]
        case Coach(people):
            for name in people:
                _check_known(_("person"), name, roster.people)
            return [CoachingSet(now, None, tuple(name for name in roster.people if name in people))]
        case GiveHint():
            return [_hint(intervention, playbook, state, roster, now)]
        case _:
            raise TypeError(f"{type(intervention).__name__} is answered elsewhere")


def _hint(wanted: GiveHint, playbook: Playbook, state: ExerciseState, roster: Roster, now: int) -> HintGiven:
    _check_known(_("person"), wanted.person, roster.people)
    _check_known(_("incident"), wanted.incident, state.incidents)
    steps = {step.do for track in playbook.tracks.values() for step in track.steps}
    for do in wanted.acts:
        _check_known(_("step"), do, steps)
    if wanted.duty is not None:
        _check_known(_("duty"), wanted.duty, playbook.duties)
    if not wanted.acts:
        raise InputError(_("Say what the hint is about."))
    return HintGiven(now, wanted.incident, wanted.person, wanted.acts, wanted.duty, wanted.step, wanted.unasked)


def _check_planned(state: ExerciseState, inject: str) -> None:
    _check_known(_("inject"), inject, state.injects)
    if inject in state.done_with:
        raise InputError(_("The inject {name} has come already, or was left out.").format(name=inject))


def _added(wanted: Add, playbook: Playbook, state: ExerciseState, roster: Roster, now: int) -> list[Fact]:
    for name in wanted.to:
        _check_known(_("receiver"), name, [*playbook.roles, *playbook.bodies, *roster.people])
    _check_known(_("channel"), wanted.channel, playbook.channels)
    if wanted.incident is not None:
        _check_known(_("incident"), wanted.incident, state.incidents)
    if not wanted.to:
        raise InputError(_("Say whom the inject is for."))
    if not (wanted.body.say("en").strip() and wanted.body.say("zh").strip()):
        raise InputError(_("Say what the inject tells."))
    added = InjectAdded(
        at=now,
        incident=wanted.incident,
        inject=f"{ADDED}{state.sequence}",
        to=wanted.to,
        channel=wanted.channel,
        subject=recordable_text(wanted.subject),
        body=recordable_text(wanted.body),
    )
    return [added, *deliver(added_inject(added), state, roster, now)]


def _check_known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        message = _("There is no {kind} {name}; there are: {known}.").replace("{kind}", kind)
        raise unknown_name(kind, name, known, kind=kind, otherwise=message)
