"""What can be wrong with slots."""

import re
from collections.abc import Iterator

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.generation.archetype import SLOT_KINDS, kinds_of, slot_in
from incidentsim.generation.cast import CAST
from incidentsim.generation.check.context import Looking, names_in
from incidentsim.generation.format_archetype import SLOT_NAME, SlotShape
from incidentsim.generation.settings import holds
from incidentsim.generation.slot_values import GIVEN, MOMENTS
from incidentsim.generation.world import KINDS
from incidentsim.messages import gettext as _


def check(looking: Looking) -> None:
    """Note every problem of the slots."""
    measures = {one.measure for one in looking.shape.measures}
    for name, slot in looking.shape.slots.items():
        path: Path = ("slots", name)
        if not re.fullmatch(SLOT_NAME, name):
            message = _("{name} cannot stand in a text; a slot's name is lower-case letters, digits and single _.")
            looking.findings.add(path, message.format(name=name), key=True)
        elif name in (*GIVEN, *CAST, *looking.shape.people, *looking.shape.choices) or name in measures:
            looking.findings.add(path, _("{name} has a meaning already.").format(name=name), key=True)
        _slot(looking, path, slot)
    for circle in _circles(looking):
        message = _("{name} rests on itself.")
        looking.findings.add(("slots", circle), message.format(name=circle), key=True)


def _slot(looking: Looking, path: Path, slot: SlotShape) -> None:
    findings = looking.findings
    looking.when((*path, "when"), slot.when)
    given = [kind for kind in SLOT_KINDS if kind in slot.model_fields_set]
    if isinstance(slot.of, dict):
        if given:
            findings.add((*path, given[0]), _("A slot with alternatives is nothing else besides."), key=True)
        looking.alternatives(path, str(slot.by), slot.of)
        for option, alternative in slot.of.items():
            _slot(looking, (*path, "of", option), alternative)
        return
    if len(given) != 1:
        message = _("A slot is of one kind: {kinds}, or alternatives with by and of.")
        findings.add(path, message.format(kinds=", ".join(SLOT_KINDS)), key=True)
        return
    kind = given[0]
    wanted = {"share": ("of",), "less": ("by",)}.get(kind, ())
    for key in ("of", "by"):
        if (key in slot.model_fields_set) != (key in wanted):
            message = _("The key {key} is missing.") if key in wanted else _("The key {key} means nothing here.")
            findings.add((*path, key), message.format(key=key), key=True)
            return
    if kind == "company":
        looking.lookup.known((*path, kind), _("kind of company"), slot.company, KINDS)
    for key in ("number", "share"):
        pair = slot.number if key == "number" else slot.share
        if pair is not None and not 0 < pair[0] <= pair[1]:
            findings.add((*path, key), _("The first of the two is the least and more than 0, the second the most."))
    _moment(looking, path, slot)
    _references(looking, path, slot)
    _picks(looking, path, slot)


def _moment(looking: Looking, path: Path, slot: SlotShape) -> None:
    if slot.moment is not None and (slot.moment.before is None) == (slot.moment.after is None):
        looking.findings.add((*path, "moment"), _("A moment is either before or after another."), key=True)


def references(slot: SlotShape) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield the slots that a slot without alternatives refers to.

    Each is the path of the key that names it (inside the slot), its name, and the kind that it must be of.
    """
    if slot.moment is not None:
        for key, name in (("before", slot.moment.before), ("after", slot.moment.after)):
            if name is not None:
                yield ("moment", key), name, "moment"
    if slot.share is not None and isinstance(slot.of, str):
        yield ("of",), slot.of, "number"
    if slot.less is not None and slot.by is not None:
        yield ("less",), slot.less, "number"
        yield ("by",), slot.by, "number"


def _references(looking: Looking, path: Path, slot: SlotShape) -> None:
    measures = {one.measure: one for one in looking.shape.measures}
    for keys, name, kind in references(slot):
        at = (*path, *keys)
        if kind == "moment":
            known = [*MOMENTS, *(one for one in looking.shape.slots if _is(looking, one, {"moment"}))]
            is_known = looking.lookup.known(at, _("moment"), name, known)
        else:
            counts = {"number", "share", "less"}
            known = [*measures, *(one for one in looking.shape.slots if _is(looking, one, counts))]
            is_known = looking.lookup.known(at, _("number"), name, known)
        if is_known and name not in MOMENTS:
            _there(looking, path, at, name)


def _there(looking: Looking, path: Path, at: Path, name: str) -> None:
    """Note a setting in which a slot exists and what it rests on does not."""
    top = str(path[1])
    own = looking.shape.slots[top]
    other = looking.shape.slots.get(name)
    measures = [one for one in looking.shape.measures if one.measure == name]
    named = names_in(own) + (names_in(other) if other else [key for one in measures for key in one.when])
    here: SlotShape | None = own
    for key in path[3::2]:  # slots, NAME, of, OPTION, of, OPTION …
        here = here.of.get(str(key)) if here is not None and isinstance(here.of, dict) else None
    for setting in looking.settings({}, names=named):
        if slot_in(own, setting) is not here:
            continue
        there = slot_in(other, setting) is not None if other else any(holds(one.when, setting) for one in measures)
        if not there:
            message = _("There is no {name} where {setting}.")
            looking.findings.add(at, message.format(name=name, setting=looking.said(setting, named)))
            return


def _is(looking: Looking, name: str, kinds: set[str]) -> bool:
    return any(kind in kinds for kind, _slot in kinds_of(looking.shape.slots[name]))


def _picks(looking: Looking, path: Path, slot: SlotShape) -> None:
    if slot.pick is None:
        return
    for index, text in enumerate(slot.pick):
        looking.when((*path, "pick", index, "when"), text.when)
    named = [*names_in(looking.shape.slots[str(path[1])]), *(key for text in slot.pick for key in text.when)]
    for setting in looking.settings({}, names=named):
        is_it = slot_in(looking.shape.slots[str(path[1])], setting) is slot
        if is_it and not any(holds(text.when, setting) for text in slot.pick):
            message = _("None of these holds where {setting}.")
            looking.findings.add((*path, "pick"), message.format(setting=looking.said(setting, named)), key=True)
            return


def _circles(looking: Looking) -> Iterator[str]:
    """Slots from which one comes back to them."""
    rests = {
        name: {other for _kind, one in kinds_of(slot) for _keys, other, _sort in references(one)}
        for name, slot in looking.shape.slots.items()
    }
    for name, others in rests.items():
        seen: set[str] = set()
        ahead = set(others)
        while ahead:
            here = ahead.pop()
            if here == name:
                yield name
                break
            if here not in seen:
                seen.add(here)
                ahead |= rests.get(here, set())
