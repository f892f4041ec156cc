"""What a script lets the facilitator do, read from its lines."""

from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.script import InterventionShape
from incidentsim.definitions.formats.values import free_text
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.facts import Appraisal
from incidentsim.domain.interventions import Add, End, Intervention, Move, Note, Skip, Undo
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _

_NEEDED: Final = {
    "move": ("inject", "due"),
    "skip": ("inject",),
    "add": ("to", "channel", "body"),
    "undo": ("reason",),
    "note": ("text",),
    "end": (),
}
_POSSIBLE: Final = {"add": ("subject", "incident"), "note": ("about", "shows")}


def intervention(checker: Checker, shape: InterventionShape, path: Path, playbook: Playbook) -> Intervention:
    """The line at `path`. An inject that a facilitator added is not known by name, so it cannot be moved."""
    given = [name for name in shape.model_fields_set if name not in {"at", "facilitator"}]
    needed = _NEEDED[shape.facilitator]
    for name in needed:
        if not getattr(shape, name):
            message = _("To {do}, the facilitator also says {name}.")
            checker.findings.add(path, message.format(do=shape.facilitator, name=name))
    for name in sorted(given):
        if name not in needed and name not in _POSSIBLE.get(shape.facilitator, ()):
            message = _("To {do} asks for no {name}.")
            checker.findings.add((*path, name), message.format(do=shape.facilitator, name=name), key=True)
    names = checker.names
    if shape.inject is not None:
        checker.known((*path, "inject"), _("inject"), shape.inject, names.injects)
    if shape.channel is not None:
        checker.known((*path, "channel"), _("channel"), shape.channel, playbook.channels)
    if shape.incident is not None:
        checker.known((*path, "incident"), _("incident"), shape.incident, names.incidents)
    for index, name in enumerate(shape.to):
        checker.known((*path, "to", index), _("role, body or person"), name, (*names.parties, *names.people))
    return _meant(checker, shape)


def _meant(checker: Checker, shape: InterventionShape) -> Intervention:
    match shape.facilitator:
        case "move":
            return Move(shape.inject or "", parse_duration(shape.due or "0m"))
        case "skip":
            return Skip(shape.inject or "")
        case "add":
            to = tuple(checker.names.people.get(name, name) for name in shape.to)
            return Add(
                to, shape.channel or "", free_text(shape.subject or ""), free_text(shape.body or ""), shape.incident
            )
        case "undo":
            return Undo(free_text(shape.reason or ""))
        case "note":
            return Note(
                free_text(shape.text or ""), shape.about, None if shape.shows is None else Appraisal(shape.shows)
            )
        case "end":
            return End()
