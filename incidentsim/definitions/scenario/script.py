"""The script of a scenario: decisions written down beforehand, their content read by what each step asks for."""

from dataclasses import replace

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.formats.script import (
    BecauseShape,
    CoachShape,
    InterventionShape,
    SaidShape,
    ScriptedShape,
)
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.rules.field_values import FieldReader
from incidentsim.definitions.scenario.coaching import coaching
from incidentsim.definitions.scenario.evidence import flags_of
from incidentsim.definitions.scenario.interventions import intervention
from incidentsim.definitions.scenario.messages import message
from incidentsim.definitions.yaml12.findings import valid_words
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.actions import Action, Because, Value
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.scenario import ScriptedAction, ScriptedAside, ScriptedIntervention, ScriptedMessage
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted


def script(
    checker: Checker, shape: ScenarioShape, playbook: Playbook
) -> tuple[tuple[ScriptedAction, ...], tuple[ScriptedAside, ...]]:
    """Decisions, and beside them messages and interventions, by their times; those of one time as the file has them."""
    reader = _ScriptReader(checker, playbook)
    flags = flags_of(shape, playbook)
    lines = sorted(
        ((parse_duration(written.at), index, written) for index, written in enumerate(shape.script)),
        key=lambda line: line[:2],
    )
    actions: list[ScriptedAction] = []
    asides: list[ScriptedAside] = []
    for at, index, written in lines:
        path: Path = ("script", index)
        if at >= parse_duration(shape.ends):
            checker.findings.add(
                (*path, "at"),
                _("By then the exercise is over: put it earlier, or let the exercise last longer (ends)."),
            )
        match written:
            case ScriptedShape():
                actions.append(ScriptedAction(at, reader.action(written, path)))
            case SaidShape():
                said = message(checker, written, path, playbook, flags)
                said = replace(said, because=reader.because(written.because, (*path, "because")))
                asides.append(ScriptedMessage(at, said, len(actions)))
            case InterventionShape():
                meant = intervention(checker, written, path, playbook)
                asides.append(ScriptedIntervention(at, meant, len(actions)))
            case CoachShape():
                asides.append(ScriptedIntervention(at, coaching(checker, written, path, playbook), len(actions)))
    return tuple(actions), tuple(asides)


class _ScriptReader:
    """Reads decisions by what the playbook's steps ask for."""

    def __init__(self, checker: Checker, playbook: Playbook) -> None:
        self._checker = checker
        self._names = checker.names
        self._values = FieldReader(checker, playbook)
        self._fields = _fields_by_step(playbook)

    def action(self, shape: ScriptedShape, path: Path) -> Action:
        """The decision at `path`."""
        checker, names = self._checker, self._names
        checker.known((*path, "by"), _("person"), shape.by, names.people)
        if shape.as_ is not None:
            checker.role((*path, "as"), shape.as_)
        checker.known((*path, "incident"), _("incident"), shape.incident, names.incidents)
        content: dict[str, Value] = {}
        if shape.do in names.steps and shape.do not in self._fields:
            message = _("The step {do} is triggered automatically; nobody takes it.").format(do=shape.do)
            checker.findings.add((*path, "do"), message)
        elif checker.known((*path, "do"), _("step"), shape.do, self._fields):
            fields = self._fields[shape.do]
            for name, written in shape.with_.items():
                at_field = (*path, "with", name)
                if name not in fields:
                    message = _("This step has no field {name}; {valid}")
                    message = message.format(name=quoted(name), valid=valid_words(name, fields))
                    checker.findings.add(at_field, message, key=True)
                    continue
                value = self._values.value(fields[name], written, at_field)
                if value is not None:
                    content[name] = value
        person = names.people.get(shape.by, shape.by)
        because = self.because(shape.because, (*path, "because"))
        return Action(person, shape.do, shape.incident, shape.as_, content, because)

    def because(self, shape: BecauseShape | None, path: Path) -> Because | None:
        """Read why a decision is taken or a message sent; every name in it is looked up."""
        if shape is None:
            return None
        checker, names = self._checker, self._names
        if shape.duty is not None:
            checker.known((*path, "duty"), _("duty"), shape.duty, names.duties)
        for index, inject in enumerate(shape.injects):
            checker.known((*path, "injects", index), _("inject"), inject, names.injects)
        checker.once((*path, "injects"), shape.injects)
        checker.once((*path, "slips"), shape.slips)
        return Because(shape.reason, shape.duty, tuple(shape.injects), tuple(shape.slips))


def _fields_by_step(playbook: Playbook) -> dict[str, dict[str, Field]]:
    """What each step that somebody takes asks for; a forbidden act takes whatever any step does."""
    fields: dict[str, dict[str, Field]] = {}
    every: dict[str, Field] = {}
    for track in playbook.tracks.values():
        for step in track.steps:
            if not step.automatic:
                own = fields.setdefault(step.do, {})
                for field in step.fields:
                    own.setdefault(field.name, field)
                    every.setdefault(field.name, field)
    fields.update(dict.fromkeys(playbook.forbidden, every))
    return fields
