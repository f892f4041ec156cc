"""What can be wrong with measures: above all, that they cannot make a level that is promised."""

from collections.abc import Callable, Sequence
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.generation.archetype import yes
from incidentsim.generation.check.context import Looking
from incidentsim.generation.format_archetype import ArchetypeMeasureShape
from incidentsim.generation.measures import Draw, UnreachableError
from incidentsim.generation.settings import Setting, holds
from incidentsim.messages import gettext as _

_ENDS: Final[Sequence[Callable[[int, int], int]]] = (min, max)
_LIGHTEST_WITHOUT: Final = 5
"""At this level nothing need be measured."""


def check(looking: Looking) -> None:
    """Note every problem of the measures."""
    known = True
    for index, shape in enumerate(looking.shape.measures):
        path: Path = ("measures", index)
        looking.when((*path, "when"), shape.when)
        known = looking.lookup.known((*path, "measure"), _("measure"), shape.measure, looking.units) and known
        known = _sound(looking, path, shape) and known
    if not known:
        return
    named = [name for shape in looking.shape.measures for name in shape.when]
    for slot in looking.archetype.estimates:
        named += [name for inject in looking.shape.injects if slot in inject.shows.values() for name in inject.when]
    incident = looking.shape.truth.incident
    if not isinstance(incident, bool):
        named += list(incident.when)
    said: set[str] = set()
    for setting in looking.possible.of(["level", *named]):
        problem = _in_setting(looking, setting)
        if problem and problem not in said:
            said.add(problem)
            message = _("{problem} That is so where {setting}.")
            looking.findings.add(
                ("measures",),
                message.format(problem=problem, setting=looking.said(setting, ["level", *named])),
                key=True,
            )


def _sound(looking: Looking, path: Path, shape: ArchetypeMeasureShape) -> bool:
    """Whether a measure by itself can be drawn."""
    findings = looking.findings
    if shape.measure not in looking.units:
        return False
    flag = looking.units[shape.measure] == "flag"
    ways = [key for key in ("makes", "share", "range_") if key in shape.model_fields_set]
    if flag and (ways or shape.of is not None):
        findings.add(path, _("{name} is yes or no; it is named, and nothing is drawn.").format(name=shape.measure))
        return False
    if not flag and not ways:
        message = _("What is {name}? It makes the level, or it has a range, or it is a share of another measure.")
        findings.add(path, message.format(name=shape.measure))
        return False
    if shape.share is not None and (shape.makes is not None or shape.range_ is not None):
        findings.add((*path, "share"), _("A share of another measure has no range and makes no level."), key=True)
        return False
    if (shape.share is None) != (shape.of is None):
        findings.add(path, _("The keys share and of belong together."))
        return False
    if shape.share is not None and not 0 < shape.share[0] <= shape.share[1]:
        findings.add((*path, "share"), _("The first of the two is the least and more than 0, the second the most."))
        return False
    if isinstance(shape.range_, dict):
        for level in shape.range_:
            if level not in looking.shape.levels:
                findings.unknown((*path, "range", level), _("level"), level, looking.shape.levels, key=True)
    return True


def _in_setting(looking: Looking, setting: Setting) -> str | None:
    """Why no values can be drawn in a setting, in a sentence; `None` where they can."""
    shapes = [shape for shape in looking.shape.measures if holds(shape.when, setting)]
    names = [shape.measure for shape in shapes]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        return _("{name} is measured twice.").format(name=double)
    level = int(setting["level"])
    makers = [shape.measure for shape in shapes if shape.makes]
    incident = yes(looking.shape.truth.incident, setting)
    if len(makers) > 1:
        return _("{first} and {second} both make the level.").format(first=makers[0], second=makers[1])
    if not makers and level < _LIGHTEST_WITHOUT and incident:
        return _("No measure makes the level.")
    for shape in shapes:
        if shape.of is not None and shape.of not in names:
            return _("{name} is a share of {other}, which is not measured.").format(name=shape.measure, other=shape.of)
    return _unreachable(looking, setting, shapes, level)


def _unreachable(looking: Looking, setting: Setting, shapes: Sequence[ArchetypeMeasureShape], level: int) -> str | None:
    fitting = looking.archetype.fitting
    if not yes(looking.shape.truth.incident, setting) and not any(shape.makes for shape in shapes):
        return None
    for end in _ENDS:
        try:
            values = fitting.fitted(shapes, level, level, _taking(end)).values
        except UnreachableError as error:
            message = _("No value of {measure} makes level {level} by the playbook's thresholds and modifiers.")
            return message.format(measure=error.measure or "?", level=level)
        for slot, measure in looking.archetype.estimates.items():
            if measure in values and _comes(looking, slot, setting):
                bound = fitting.lightest_below(measure, values)
                if bound is None or bound < 2:  # noqa: PLR2004 - texts speak of several
                    message = _("The first estimate {slot} of {measure} cannot lie in a lighter level than {level}.")
                    return message.format(slot=slot, measure=measure, level=level)
    return None


def _taking(end: Callable[[int, int], int]) -> Draw:
    """Draws nothing: always the same end."""
    return lambda _name, low, high: end(low, high)


def _comes(looking: Looking, slot: str, setting: Setting) -> bool:
    """Whether an inject that shows `slot` as a first estimate comes in a setting (as far as that is decided)."""
    return any(
        slot in inject.shows.values() and all(setting.get(key) in values for key, values in inject.when.items())
        for inject in looking.shape.injects
    )
