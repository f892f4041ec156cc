"""What people put on a run for themselves: a name, and that lists leave it out. No part of any record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.unseen import is_unseen, name_key, quoted

LONGEST_NAME: Final = 60
"""The most characters of a run's name."""

_FILES: Final = (".jsonl", ".json", ".zip")
"""The endings by which the name of a file is told from that of a run."""

LAST: Final = "last"
"""The word for the latest run; no run can be named so."""


@dataclass(frozen=True, slots=True)
class RunLabel:
    """A run's own name (empty: none), and whether lists leave the run out."""

    name: str = ""
    hidden: bool = False


def check_name(name: str, run_id: str, labels: Mapping[str, RunLabel]) -> None:
    """Check that a run can be called by a name, and no other run is called so already.

    Args:
        name: the name; empty takes it away.
        run_id: the run that is to bear it.
        labels: those of all runs, by id.

    Raises:
        InputError: it is too long, would not be seen, would be taken for a file, an option or `last`, or is taken.
    """
    if not name:
        return
    if name != name.strip() or not name_key(name) or any(map(is_unseen, name)):
        raise InputError(_("A run cannot be named {name}: write letters that can be seen.").format(name=quoted(name)))
    if len(name) > LONGEST_NAME:
        raise InputError(_("A run's name has at most {most} characters.").format(most=LONGEST_NAME))
    like_file = name.strip(".") == "" or name.casefold().endswith(_FILES) or not {"/", "\\"}.isdisjoint(name)
    if name_key(name) == LAST or name.startswith("-") or like_file:
        message = _("A run cannot be named {name}: it would be taken for a file, an option or the latest run.")
        raise InputError(message.format(name=quoted(name)))
    taken = next((run for run, label in labels.items() if run != run_id and _alike(label.name, name)), None)
    if taken is not None:
        message = _("The run {run} is named {name} already; every run has a name of its own.")
        raise InputError(message.format(run=taken, name=quoted(labels[taken].name)))


def named_so(labels: Mapping[str, RunLabel], wanted: str) -> list[str]:
    """Return the ids of the runs whose name is `wanted`, whatever case and spaces it is typed in."""
    return [run for run, label in labels.items() if _alike(label.name, wanted)]


def _alike(name: str, wanted: str) -> bool:
    return bool(name) and name_key(name) == name_key(wanted)
