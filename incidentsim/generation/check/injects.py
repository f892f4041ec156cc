"""What can be wrong with injects: when they come, to whom, what they claim, and who sets right what is false."""

from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.rules.clock_names import ANCHORS
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.generation.archetype import FALSE_PARTS, kinds_of, slot_in
from incidentsim.generation.cast import CAST
from incidentsim.generation.check.context import Looking, names_in
from incidentsim.generation.check.texts import conditions
from incidentsim.generation.format_archetype import ArchetypeBringsShape, ArchetypeInjectShape, When
from incidentsim.generation.settings import Setting, holds
from incidentsim.messages import gettext as _

EVERYDAY: Final = "everyday-"
"""The beginning of the ids of the common noise."""
_COUNTS: Final = frozenset({"number", "share", "less"})


def check(looking: Looking) -> None:
    """Note every problem of the injects and of what tests the objectives."""
    seen: set[str] = set()
    for index, inject in enumerate(looking.shape.injects):
        path: Path = ("injects", index)
        if inject.id in seen:
            looking.findings.add(
                (*path, "id"),
                _("There is another inject {name}; give this one an id of its own.").format(name=inject.id),
            )
        if inject.id.startswith(EVERYDAY):
            message = _("Ids that begin with {start} are those of the common noise.")
            looking.findings.add((*path, "id"), message.format(start=EVERYDAY))
        seen.add(inject.id)
        looking.when((*path, "when"), inject.when)
        _time(looking, path, inject)
        _to(looking, path, inject)
        looking.lookup.known((*path, "channel"), _("channel"), inject.channel, looking.channels)
        for number, step in enumerate(inject.expects):
            looking.lookup.known((*path, "expects", number), _("step"), step, looking.steps)
        _brings(looking, path, inject)
        _shows(looking, path, inject)
        _part(looking, path, inject)
    _raising(looking)
    _objectives(looking)


def _time(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    add = looking.findings.add
    given = [key for key in ("at", "when_fact", "unless") if key in inject.model_fields_set]
    if not given:
        message = _("Say when this inject comes: at a time, after a fact (when_fact), or unless a fact by a time.")
        add((*path, "id"), message)
    for key in given[1:]:
        message = _("An inject comes in one way; {first} is given already.")
        add((*path, key), message.format(first=given[0]), key=True)
    for stray, belongs in (("by", "unless"), ("after", "when_fact")):
        if stray in inject.model_fields_set and belongs not in given:
            message = _("The key {key} belongs to {other}.")
            add((*path, stray), message.format(key=stray, other=belongs), key=True)
    if inject.unless is not None and inject.by is None:
        add((*path, "unless"), _("Until when is the fact waited for? The key by is missing."), key=True)
    for timed, written in (("at", inject.at), ("after", inject.after), ("by", inject.by)):
        if isinstance(written, list) and parse_duration(written[0]) > parse_duration(written[1]):
            add((*path, timed), _("The first of the two is the least, the second the most."))
    for fact, pattern in (("when_fact", inject.when_fact), ("unless", inject.unless)):
        if pattern is not None:
            meant = looking.meant.pattern(pattern)
            if meant is not None or pattern.do not in looking.steps:
                looking.lookup.pattern(meant or pattern, (*path, fact))


def _to(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    looking.lookup.once((*path, "to"), inject.to)
    whens = conditions(looking, inject)
    known = (*CAST, *looking.shape.people, *looking.parties)
    for index, name in enumerate(inject.to):
        at: Path = (*path, "to", index)
        if looking.lookup.known(at, _("role, body or person"), name, known) and name in looking.shape.people:
            looking.person(at, name, whens)
            if looking.shape.people[name].away == "always":
                looking.findings.add(at, _("{name} is always away and never sees this.").format(name=name))


def _brings(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    written = inject.brings
    if written is None:
        return
    if _about_nothing(inject):
        looking.findings.add((*path, "brings"), _("What belongs to no incident brings nothing to light."), key=True)
    several = written if isinstance(written, list) else [written]
    for index, one in enumerate(several):
        at: Path = (*path, "brings", index) if isinstance(written, list) else (*path, "brings")
        _one_brought(looking, at, one, inject)


def _one_brought(looking: Looking, path: Path, one: ArchetypeBringsShape, inject: ArchetypeInjectShape) -> None:
    looking.when((*path, "when"), one.when)
    if (one.circumstance is None) == (one.anchor is None):
        looking.findings.add(path, _("What an inject brings is either a circumstance or an anchor."))
    if one.circumstance is not None:
        kind = _("circumstance")
        looking.lookup.known((*path, "circumstance"), kind, one.circumstance, looking.circumstances)
    if one.anchor is not None:
        looking.lookup.known((*path, "anchor"), _("anchor"), one.anchor, ANCHORS)
    if one.person is not None:
        looking.person((*path, "person"), one.person, [*conditions(looking, inject), one.when])


def _shows(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    if inject.shows and _about_nothing(inject):
        looking.findings.add((*path, "shows"), _("What belongs to no incident shows nothing about it."), key=True)
    units = looking.units
    for name, shown in inject.shows.items():
        at: Path = (*path, "shows", name)
        if name not in units:
            if name not in looking.flags:
                kind = _("measure or answer that a step's fits asks for")
                looking.findings.unknown(at, kind, name, [*units, *sorted(looking.flags)], key=True)
            elif not isinstance(shown, bool):
                looking.findings.add(at, _("{name} is answered with true or false.").format(name=name))
        elif units[name] == "flag":
            if not isinstance(shown, bool):
                looking.findings.add(at, _("This measure is true or false."))
        elif isinstance(shown, bool):
            looking.findings.add(at, _("Name the slot whose value it shows, or the measure itself for the true one."))
        elif isinstance(shown, str):
            _shown_slot(looking, at, shown, inject)


def _shown_slot(looking: Looking, path: Path, name: str, inject: ArchetypeInjectShape) -> None:
    shape = looking.shape
    measures = [one for one in shape.measures if one.measure == name]
    counts = [one for one, slot in shape.slots.items() if any(kind in _COUNTS for kind, _slot in kinds_of(slot))]
    if not looking.lookup.known(path, _("number"), name, [*(one.measure for one in shape.measures), *counts]):
        return
    for setting in looking.settings({}, *conditions(looking, inject), names=_names(looking, name, inject)):
        slot = shape.slots.get(name)
        there = slot_in(slot, setting) is not None if slot else any(holds(one.when, setting) for one in measures)
        if not there:
            message = _("There is no {name} where {setting}.")
            said = looking.said(setting, _names(looking, name, inject))
            looking.findings.add(path, message.format(name=name, setting=said))
            return


def _names(looking: Looking, name: str, inject: ArchetypeInjectShape) -> list[str]:
    slot = looking.shape.slots.get(name)
    found = (
        names_in(slot) if slot else [key for one in looking.shape.measures if one.measure == name for key in one.when]
    )
    return [*found, *(key for when in conditions(looking, inject) for key in when)]


def _part(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    if inject.part == "noise" and inject.raises:
        looking.findings.add((*path, "raises"), _("Noise belongs to no incident, so it raises none."), key=True)
    if inject.corrects is None:
        return
    wrong = {one.id: one for one in looking.shape.injects if one.part in FALSE_PARTS and one.corrects is None}
    looking.lookup.known((*path, "corrects"), _("red herring or contradiction"), inject.corrects, wrong)


def _about_nothing(inject: ArchetypeInjectShape) -> bool:
    return inject.about == "none" or inject.part == "noise"


def _raising(looking: Looking) -> None:
    """Exactly one inject raises the incident, at the start."""
    raising = {index: inject for index, inject in enumerate(looking.shape.injects) if inject.raises}
    for index, inject in raising.items():
        if inject.at != "0m":
            looking.findings.add(("injects", index, "raises"), _("What raises the incident comes at 0m."), key=True)
    names = [key for inject in raising.values() for key in inject.when]
    for setting in looking.settings({}, names=names):
        count = sum(holds(inject.when, setting) for inject in raising.values())
        if count != 1:
            message = _("One inject raises the incident, not {count}; it is so where {setting}.")
            said = looking.said(setting, names)
            looking.findings.add(("injects",), message.format(count=count, setting=said), key=True)
            return
    for index, inject in enumerate(looking.shape.injects):
        if inject.part in FALSE_PARTS and inject.corrects is None:
            _corrected(looking, ("injects", index), inject)


def _corrected(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> None:
    """What is shown wrongly is set right by another inject, wherever it comes."""
    if not inject.shows:
        return
    corrections = [one for one in looking.shape.injects if one.corrects == inject.id]
    names = [key for one in (inject, *corrections) for key in one.when]
    for setting in looking.settings({}, inject.when, names=names):
        missing = _uncorrected(inject, corrections, setting)
        if missing:
            message = _("Nothing that corrects {name} shows {missing} anew where {setting}.")
            said = looking.said(setting, names)
            text = message.format(name=inject.id, missing=", ".join(missing), setting=said)
            looking.findings.add((*path, "shows"), text, key=True)
            return


def _uncorrected(inject: ArchetypeInjectShape, corrections: list[ArchetypeInjectShape], setting: Setting) -> list[str]:
    shown = {name for one in corrections if holds(one.when, setting) for name in one.shows}
    return [name for name in inject.shows if name not in shown]


def _objectives(looking: Looking) -> None:
    injects = {inject.id: inject for inject in looking.shape.injects}
    for index, objective in enumerate(looking.shape.objectives):
        path: Path = ("objectives", index, "tested_by")
        looking.lookup.once(path, objective.tested_by)
        known = [
            looking.lookup.known((*path, number), _("inject"), name, injects)
            for number, name in enumerate(objective.tested_by)
        ]
        if not all(known):
            continue
        if not objective.tested_by:
            message = _("No inject puts this objective to the test; name one under tested_by.")
            looking.findings.add(("objectives", index), message)
            continue
        sure: list[list[When]] = [
            conditions(looking, injects[name]) for name in objective.tested_by if not _dealt(injects[name])
        ]
        names = [*objective.when, *(key for all_of in sure for when in all_of for key in when)]
        for setting in looking.settings({}, objective.when, names=names):
            if not any(all(holds(when, setting) for when in all_of) for all_of in sure):
                message = _("None of these is sure to come where {setting}.")
                looking.findings.add(path, message.format(setting=looking.said(setting, names)), key=True)
                break


def _dealt(inject: ArchetypeInjectShape) -> bool:
    """Whether it comes only if it is dealt, or if another one is."""
    return inject.part in (*FALSE_PARTS, "noise") or inject.corrects is not None
