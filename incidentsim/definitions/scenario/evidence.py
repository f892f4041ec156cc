"""What an inject shows of the truth and whom it is meant to move; and the objectives that injects put to the test."""

from dataclasses import replace

from incidentsim.definitions.formats.scenario import ExerciseObjectiveShape, InjectShape, ScenarioShape, ShownShape
from incidentsim.definitions.formats.values import measured, text
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import ExerciseObjective, Inject, Shown
from incidentsim.messages import gettext as _


def with_evidence(
    checker: Checker, shape: ScenarioShape, injects: tuple[Inject, ...], playbook: Playbook
) -> tuple[Inject, ...]:
    """The injects with what they show; its names are those of the playbook and of the story's own truths."""
    flags = flags_of(shape, playbook)
    return tuple(
        replace(inject, shows=_evidence(checker, written, ("injects", index), playbook, flags))
        for index, (inject, written) in enumerate(zip(injects, shape.injects, strict=True))
    )


def flags_of(shape: ScenarioShape, playbook: Playbook) -> set[str]:
    """Every yes/no that evidence and messages may speak of."""
    told = {flag for incident in shape.incidents.values() for flag in incident.truth.flags}
    return {"incident", "unlawful", *playbook.asked} | told


def expected(checker: Checker, shape: InjectShape, path: Path) -> tuple[str, ...]:
    """The steps that an inject should prompt."""
    checker.once((*path, "expects"), shape.expects)
    taken = [name for name, steps in checker.names.steps.items() if any(not step.automatic for step in steps)]
    for index, name in enumerate(shape.expects):
        checker.known((*path, "expects", index), _("step"), name, taken)
    return tuple(shape.expects)


def objective(checker: Checker, shape: ExerciseObjectiveShape, path: Path) -> ExerciseObjective:
    """An objective and what tests it."""
    checker.once((*path, "tested_by"), shape.tested_by)
    for index, name in enumerate(shape.tested_by):
        checker.known((*path, "tested_by", index), _("inject"), name, checker.names.injects)
    return ExerciseObjective(text(shape), tuple(shape.tested_by), shape.for_participants)


def _evidence(
    checker: Checker, shape: InjectShape, path: Path, playbook: Playbook, flags: set[str]
) -> tuple[Shown, ...]:
    if shape.shows and shape.incident is None and shape.raises is None:
        message = _("What an inject shows is about an incident; say which under incident.")
        checker.findings.add((*path, "shows"), message, key=True)
    placed = ((one, (*path, "shows", index)) for index, one in enumerate(shape.shows))
    found = (_shown(checker, one, at, playbook, flags) for one, at in placed)
    return tuple(one for one in found if one is not None)


def _shown(checker: Checker, shape: ShownShape, path: Path, playbook: Playbook, flags: set[str]) -> Shown | None:
    if (shape.measure is None) == (shape.flag is None):
        checker.findings.add(path, _("What an inject shows is either a measure or a flag."))
        return None
    if shape.measure is not None:
        if not checker.known((*path, "measure"), _("measure"), shape.measure, playbook.measures):
            return None
        unit = playbook.measures[shape.measure].unit
        return Shown("measure", shape.measure, measured(checker.findings, unit, shape.is_, (*path, "is")))
    name = shape.flag or ""
    if not checker.known((*path, "flag"), _("flag"), name, flags):
        return None
    if not isinstance(shape.is_, bool):
        checker.findings.add((*path, "is"), _("A flag is true or false."))
        return None
    return Shown("flag", name, int(shape.is_))
