"""The script of a scenario: decisions written down beforehand, their content read by what each step asks for."""

from collections.abc import Mapping

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import (
    BecauseShape,
    ContentShape,
    JudgementShape,
    ScenarioShape,
    ScriptedShape,
)
from incidentsim.definitions.formats.values import measured, text
from incidentsim.definitions.rules.clock_names import clock_measures, clock_scales
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.scenario.interventions import intervention
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.actions import NO_STATUTORY_LEVEL, Action, Because, Value
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.scenario import ScriptedAction, ScriptedIntervention
from incidentsim.domain.text import FreeText
from incidentsim.messages import gettext as _


def script(
    checker: Checker, shape: ScenarioShape, playbook: Playbook
) -> tuple[tuple[ScriptedAction, ...], tuple[ScriptedIntervention, ...]]:
    """Decisions and interventions in the order of their times; those of one time in the order of the file."""
    reader = _ScriptReader(checker, playbook)
    lines = sorted(
        ((parse_duration(written.at), index, written) for index, written in enumerate(shape.script)),
        key=lambda line: line[:2],
    )
    actions: list[ScriptedAction] = []
    interventions: list[ScriptedIntervention] = []
    for at, index, written in lines:
        path: Path = ("script", index)
        if at >= parse_duration(shape.ends):
            checker.findings.add((*path, "at"), _("By then the exercise is over; see ends."))
        if isinstance(written, ScriptedShape):
            actions.append(ScriptedAction(at, reader.action(written, path)))
        else:
            meant = intervention(checker, written, path, playbook)
            interventions.append(ScriptedIntervention(at, meant, len(actions)))
    return tuple(actions), tuple(interventions)


class _ScriptReader:
    """Reads decisions by what the playbook's steps ask for."""

    def __init__(self, checker: Checker, playbook: Playbook) -> None:
        self._checker = checker
        self._names = checker.names
        self._channels = tuple(playbook.channels)
        self._fields = _fields_by_step(playbook)

    def action(self, shape: ScriptedShape, path: Path) -> Action:
        """The decision at `path`."""
        checker, names = self._checker, self._names
        checker.known((*path, "by"), _("person"), shape.by, names.people)
        if shape.as_ is not None:
            checker.role((*path, "as"), shape.as_)
        checker.known((*path, "on"), _("incident"), shape.on, names.incidents)
        content: dict[str, Value] = {}
        if shape.do in names.steps and shape.do not in self._fields:
            message = _("The step {do} follows by itself; nobody takes it.").format(do=shape.do)
            checker.findings.add((*path, "do"), message)
        elif checker.known((*path, "do"), _("step"), shape.do, self._fields):
            fields = self._fields[shape.do]
            for name, written in shape.with_.items():
                at_field = (*path, "with", name)
                if name not in fields:
                    checker.findings.unknown(at_field, _("field of this step"), name, fields, key=True)
                    continue
                value = self._value(fields[name], written, at_field)
                if value is not None:
                    content[name] = value
        person = names.people.get(shape.by, shape.by)
        because = self._because(shape.because, (*path, "because"))
        return Action(person, shape.do, shape.on, shape.as_, content, because)

    def _because(self, shape: BecauseShape | None, path: Path) -> Because | None:
        """Why the decision is taken; every name in it is looked up."""
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

    def _value(self, field: Field, written: ContentShape, path: Path) -> Value | None:
        """The value at `path` as its field wants it; `None` where it cannot be that, which is noted."""
        checker = self._checker
        match field.kind:
            case "text":
                if isinstance(written, str):
                    return FreeText(written)
                if isinstance(written, TextShape):
                    return FreeText(text(written))
                checker.findings.add(path, _("This field is a text, or a text in both languages."))
            case "level":
                if isinstance(written, int):
                    return written if checker.level(path, written) else None
                checker.findings.add(path, _("This field is a level, a whole number."))
            case "choices":
                if isinstance(written, list):
                    return self._choices(field, written, path)
                message = _("This field is a list of choices: {valid}.")
                checker.findings.add(path, message.format(valid=", ".join(field.choices)))
            case "statutory_level":
                if isinstance(written, JudgementShape):
                    return self._judgement(written, path)
                message = _("This field is a level of a statutory scale: {{scale: …, level: …}}.")
                checker.findings.add(path, message.format())
            case "clock_measures":
                if isinstance(written, dict):
                    return self._measurements(written, path)
                message = _("This field is a mapping of measures to their values: {{personal_data_breach: true}}.")
                checker.findings.add(path, message.format())
            case _:
                return self._one_name(field, written, path)
        return None

    def _judgement(self, written: JudgementShape, path: Path) -> Value | None:
        checker, scales = self._checker, clock_scales()
        if not checker.known((*path, "scale"), _("statutory scale"), written.scale, scales):
            return None
        valid = (*scales[written.scale].levels, NO_STATUTORY_LEVEL)
        known = checker.known((*path, "level"), _("statutory level"), written.level, valid)
        return f"{written.scale}:{written.level}" if known else None

    def _measurements(self, written: Mapping[str, int | bool | str], path: Path) -> Value | None:
        findings, known = self._checker.findings, clock_measures()
        found = []
        for name, value in written.items():
            if name in known:
                found.append(f"{name}={measured(findings, known[name].unit, value, (*path, name))}")
            else:
                findings.unknown((*path, name), _("measure"), name, known, key=True)
        return tuple(found) or None

    def _choices(self, field: Field, written: list[str], path: Path) -> Value | None:
        self._checker.once(path, written)
        known = [
            self._checker.known((*path, index), _("choice"), item, field.choices) for index, item in enumerate(written)
        ]
        return tuple(written) if all(known) else None

    def _one_name(self, field: Field, written: ContentShape, path: Path) -> Value | None:
        """A single choice, a person or a role.

        A channel that exists but is not allowed for this step is taken: its refusal may be what the script is about.
        """
        checker, people = self._checker, self._names.people
        if not isinstance(written, str):
            kinds = {
                "person": _("This field is a person."),
                "role": _("This field is a role."),
                "clock": _("This field is a regulatory clock, such as {example}.").format(example="cn-pipl-57"),
                "choice": _("This field is one of {valid}.").format(valid=", ".join(field.choices)),
            }
            checker.findings.add(path, kinds[field.kind])
            return None
        if field.kind == "person":
            return people[written] if checker.known(path, _("person"), written, people) else None
        if field.kind == "role":
            return written if checker.role(path, written) else None
        if field.kind == "clock":
            return written if checker.known(path, _("clock"), written, field.choices) else None
        valid = field.choices if field.vocabulary is not None else self._channels
        kind = _("choice") if field.vocabulary is not None else _("channel")
        return written if checker.known(path, kind, written, valid) else None


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
