"""What becomes of a facilitator's intervention: the facts that answer it, or a sentence why it cannot be."""

from collections.abc import Collection

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact, FactKind, Json, value_to_json
from incidentsim.domain.interventions import Add, Intervention, Move, Note, Skip, Undo
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.delivery import deliver
from incidentsim.exercise.kernel.people import Cast
from incidentsim.exercise.kernel.state import ADDED, ExerciseState, added_inject
from incidentsim.messages import gettext as _


def answer_intervention(
    intervention: Intervention, playbook: Playbook, state: ExerciseState, cast: Cast, now: int
) -> list[Fact]:
    """The facts that answer an intervention other than the end, at `now` (ms).

    Raises:
        InputError: it names what is not there, or what is no longer to come.
    """
    match intervention:
        case Move(inject, due):
            _check_planned(state, inject)
            return [Fact(now, FactKind.INJECT_MOVED, None, {"inject": inject, "due": max(due, now)})]
        case Skip(inject):
            _check_planned(state, inject)
            return [Fact(now, FactKind.INJECT_SKIPPED, None, {"inject": inject})]
        case Add():
            return _added(intervention, playbook, state, cast, now)
        case Undo(reason):
            step = state.last_step()
            if step is None:
                raise InputError(_("Nothing has happened yet that could be undone."))
            return [
                Fact(
                    now,
                    FactKind.STEP_UNDONE,
                    None,
                    {"first": step[0], "last": step[1], "reason": value_to_json(reason)},
                )
            ]
        case Note(text, about):
            if about is not None and not 0 <= about < state.sequence:
                message = _("There is no fact {number}; there are {count}, from 0.")
                raise InputError(message.format(number=about, count=state.sequence))
            return [Fact(now, FactKind.OBSERVED, None, {"about": about, "note": value_to_json(text)})]
        case _:
            raise TypeError(f"{type(intervention).__name__} is answered elsewhere")


def _check_planned(state: ExerciseState, inject: str) -> None:
    _check_known(_("inject"), inject, state.injects)
    if inject in state.done_with:
        raise InputError(_("The inject {name} has come already, or was left out.").format(name=inject))


def _added(wanted: Add, playbook: Playbook, state: ExerciseState, cast: Cast, now: int) -> list[Fact]:
    for name in wanted.to:
        _check_known(_("receiver"), name, [*playbook.roles, *playbook.bodies, *cast.people])
    _check_known(_("channel"), wanted.channel, playbook.channels)
    if wanted.incident is not None:
        _check_known(_("incident"), wanted.incident, state.incidents)
    if not wanted.to:
        raise InputError(_("Say whom the inject is for."))
    if not (wanted.body.say("en").strip() and wanted.body.say("zh").strip()):
        raise InputError(_("Say what the inject tells."))
    data: dict[str, Json] = {
        "inject": f"{ADDED}{state.sequence}",
        "to": list(wanted.to),
        "channel": wanted.channel,
        "subject": value_to_json(wanted.subject),
        "body": value_to_json(wanted.body),
    }
    added = Fact(now, FactKind.INJECT_ADDED, wanted.incident, data)
    return [added, *deliver(added_inject(added), state, cast, now)]


def _check_known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        message = _("There is no {kind} {name}; there are: {known}.").replace("{kind}", kind)
        raise unknown_name(kind, name, known, kind=kind, otherwise=message)
