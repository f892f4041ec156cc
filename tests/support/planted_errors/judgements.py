"""Judgements that somebody gets wrong: whether it is an incident, how severe it is, whether it is lawful."""

from collections.abc import Callable
from dataclasses import replace

from incidentsim.domain.actions import Action
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from tests.support.planted_errors.told import Plant, Planted, Told, WhyNot, filled


def dismissed(told: Told) -> Plant:
    """A real incident is dismissed, and nothing more is done about it."""
    for line in told.scenario.script:
        step = told.step(line)
        if step is None or step.fits.get("incident") is not True or not told.real(line.action.incident):
            continue
        other = next((one for one in told.others(step) if one.fits.get("incident") is False), None)
        if other is None:
            continue
        action = replace(line.action, do=other.do, content=filled(told, other), role=None)
        script = [
            one for one in told.scenario.script if one.action.incident != line.action.incident or one.at < line.at
        ]
        key = (ErrorKind.DISMISSED, line.action.incident, "incident", 0)
        return Planted(told.written([*script, replace(line, action=action)]), key)
    return WhyNot.NO_INCIDENT


def graded(off: int) -> Callable[[Told], Plant]:
    """An incident is graded so many levels too mild (or, below 0, too severe).

    Where the script grades so at first, as the figures are that are known then, it is not graded anew when others come.
    """
    kind = ErrorKind.TOO_MILD if off > 0 else ErrorKind.TOO_SEVERE

    def plant(told: Told) -> Plant:
        before: dict[str, int] = {}
        why = WhyNot.NO_INCIDENT
        for line in told.scenario.script:
            step, incident = told.step(line), line.action.incident
            if step is None or step.sets_level is None:
                continue
            right = told.scenario.incidents[incident].truth.level
            level = line.action.content.get(step.sets_level)
            was = before.get(incident)
            if isinstance(level, int) and right is not None:
                before[incident] = level - right
            if right is None or level != right:
                continue
            why = WhyNot.NO_SUCH_LEVEL
            if right + off not in told.playbook.levels:
                continue
            if was != off:
                action = replace(line.action, content={**line.action.content, step.sets_level: right + off})
                key = (kind, incident, line.action.do, off)
                return Planted(told.written(told.replaced(line, action)), key)
            why = WhyNot.SO_ALREADY
            if any(error.as_known and error.off == off for error in told.errors_about(incident)):
                left = [other for other in told.scenario.script if other is not line]
                return Planted(told.written(left), (ErrorKind.NOT_REGRADED, incident, line.action.do, off))
        return why

    return plant


def _questions(told: Told) -> list[tuple[str, str]]:
    """The yes or no that a track's first step answers either way: its track and its flag, but for `incident`."""
    found = []
    for track in told.playbook.tracks.values():
        first = [step for step in track.steps if track.initial in step.sources and not step.automatic]
        flags = dict.fromkeys(name for step in first for name in step.fits if name != "incident")
        found += [(track.id, flag) for flag in flags if {step.fits.get(flag) for step in first} >= {True, False}]
    return found


def finding_missing(told: Told) -> Plant:
    """Nobody judges whether it is unlawful, or whatever else the procedure wants judged."""
    for track, flag in _questions(told):
        for line in told.scenario.script:
            step = told.step(line)
            if step is None or step.track != track or flag not in step.fits or not told.real(line.action.incident):
                continue
            incident = line.action.incident
            key = (ErrorKind.FINDING_MISSING, incident, flag, 0)
            steps = {step.do for step in told.playbook.tracks[track].steps}
            left = [
                one for one in told.scenario.script if one.action.incident != incident or one.action.do not in steps
            ]
            return Planted(told.written(left), key)
    return WhyNot.NOBODY_ASKS


def finding_wrong(told: Told) -> Plant:
    """It is judged, and wrongly."""
    why = WhyNot.NOBODY_ASKS
    for track, flag in _questions(told):
        for line in told.scenario.script:
            step = told.step(line)
            if step is None or step.track != track or flag not in step.fits:
                continue
            incident = line.action.incident
            key = (ErrorKind.FINDING_WRONG, incident, flag, 0)
            truth = told.scenario.incidents[incident].truth.flags.get(flag, False)
            other = next((one for one in told.others(step) if one.fits.get(flag) == (not truth)), None)
            if step.fits[flag] != truth or key in told.keys:
                why = WhyNot.SO_ALREADY
                continue
            if other is None:
                continue
            person = line.action.person if set(step.by) & set(other.by) else told.able(other)
            if person is None:
                continue
            action = Action(person, other.do, incident, content=filled(told, other))
            return Planted(told.written(told.replaced(line, action)), key)
    return why
