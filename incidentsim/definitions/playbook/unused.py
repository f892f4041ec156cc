"""Names that a playbook declares and that none of its rules ever uses: valid, and mostly something forgotten."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.messages import gettext as _

_PARTIES: Final = frozenset({"by", "to", "deputies", "members", "head", "owed_by", "escalate_to", "role_is", "owner"})
_USED_UNDER: Final[Mapping[str, frozenset[str]]] = {
    "sources": frozenset({"source"}),
    "phases": frozenset({"phase"}),
    "measures": frozenset({"measure", "measures"}),
    "roles": _PARTIES,
    "bodies": _PARTIES,
    "channels": frozenset({"channel", "out_of_hours", "through"}),
    "lists": frozenset({"choice", "choices"}),
    "fields": frozenset(),
    "circumstances": frozenset({"circumstance"}),
}
"""The keys whose values are names of a section."""
_ASKS: Final = frozenset({"requires", "may", "asks"})
"""The keys under which the content of steps stands, by the names of fields; a bare list there names channels."""
_ANY: Final = "*"
"""Stands among the names of sources that are used where a rule cites a section of the one that there is."""


def unused(value: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield what no rule of a playbook uses, each with its place; `value` is the plain data of a valid one."""
    used: dict[str, set[str]] = {section: set() for section in _USED_UNDER}
    for section, held in value.items():
        _collect(held, section, used)
    if "measures" in used["lists"]:
        used["measures"].update(value.get("measures", {}))
    for section in _USED_UNDER:
        for name in value.get(section, {}):
            if name not in used[section] and _ANY not in used[section]:
                yield (section, name), _sentence(section).format(name=name)


def _collect(held: object, key: str, used: dict[str, set[str]]) -> None:
    """Note the names in what stands under a key."""
    if isinstance(held, Mapping):
        _collect_keys(held, key, used)
        for name, inside in held.items():
            if key in _ASKS and isinstance(inside, list):
                used["channels"].update(map(str, inside))
            _collect(inside, str(name), used)
    elif isinstance(held, list):
        for inside in held:
            _collect(inside, key, used)
    elif isinstance(held, str):
        if key in _ASKS:
            used["fields"].add(held)
        for section, keys in _USED_UNDER.items():
            if key in keys:
                used[section].add(held)


def _collect_keys(held: Mapping[Any, Any], key: str, used: dict[str, set[str]]) -> None:
    """Note the names that are keys: fields that are asked for, and measures in the thresholds of a level in short."""
    if key == "when":
        used["measures"].update(map(str, held))
    if "at" in held:
        used["sources"].add(_ANY)
    if key in _ASKS:
        used["fields"].update(map(str, held))


def _sentence(section: str) -> str:
    sentences = {
        "sources": _("No clause comes from the source {name}; leave it out, or cite it."),
        "phases": _("No state and no clause is in the phase {name}; leave it out, or name it under phase."),
        "measures": _("No threshold, criterion or form speaks of the measure {name}; leave it out, or use it."),
        "roles": _("No rule names the role {name}: it has nothing to do, to decide or to be told."),
        "bodies": _("No rule names the body {name}: it has nothing to do, to decide or to be told."),
        "channels": _("No rule names the channel {name}; only injects and messages can use it."),
        "lists": _("No step chooses from the list {name}; leave it out, or name it under requires or may."),
        "fields": _("No step asks for the field {name}; leave it out, or name it under requires or may."),
        "circumstances": _("No rule follows from the circumstance {name}; it changes nothing if it comes to light."),
    }
    return sentences[section]
