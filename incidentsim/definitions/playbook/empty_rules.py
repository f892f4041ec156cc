"""Rules that are valid and say nothing: conditions without a part, and limits within which nothing can be done."""

from collections.abc import Iterator
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.messages import gettext as _

_WITHIN: Final = "within"
_ALL: Final = "all"


def empty_rules(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Each with its place; `value` is the plain data of a valid playbook or scenario."""
    if isinstance(value, list):
        for index, inside in enumerate(value):
            yield from empty_rules(inside, (*path, index))
    if not isinstance(value, dict):
        return
    for key, inside in value.items():
        at = (*path, key)
        if key == _ALL and inside == []:
            yield at, _("A condition with no part always holds: name what must hold, or leave the condition out.")
        elif key == _WITHIN and isinstance(inside, str):
            yield from _no_time(inside, at)
        elif key == _WITHIN and isinstance(inside, dict):
            for level, limit in inside.items():
                yield from _no_time(limit, (*at, level))
        else:
            yield from empty_rules(inside, at)


def _no_time(limit: object, path: Path) -> Iterator[tuple[Path, str]]:
    try:
        if isinstance(limit, str) and parse_duration(limit) == 0:
            yield path, _("Within no time nothing can be done, so this is late at once: write a time, such as 15m.")
    except ValueError:
        return  # it is no duration, such as none
