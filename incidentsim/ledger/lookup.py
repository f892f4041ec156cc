"""Finding a run by what a person typed, the same in every store."""

import difflib
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.ledger.labels import LAST, RunLabel, named_so
from incidentsim.ledger.store import RunInfo
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.unseen import quoted

NO_LABELS: Final[Mapping[str, RunLabel]] = MappingProxyType({})

_SHOWN: Final = 5
_RUN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class MissingDocumentError(InputError):
    """A record lacks the playbook or the scenario that it names, as a copy without names or a log may.

    Attributes:
        digest: that of the document.
    """

    def __init__(self, message: str, *, digest: str) -> None:
        super().__init__(message)
        self.digest = digest


def find_run(runs: Sequence[RunInfo], wanted: str, labels: Mapping[str, RunLabel] = NO_LABELS) -> RunInfo:
    """The run that `wanted` names: an id, a name, the beginning of just one id, or `last`.

    Args:
        runs: all runs, oldest first.
        wanted: what was typed.
        labels: names of runs, by id.

    Raises:
        UnknownNameError: no run is named so.
        InputError: several ids begin so.
    """
    if wanted == LAST and runs:
        return latest(runs)
    run_id = find_id([run.id for run in runs], wanted, labels)
    return next(run for run in runs if run.id == run_id)


def latest(runs: Sequence[RunInfo]) -> RunInfo:
    """Return the run that `last` means: the one begun last in which something has happened, else the one begun last.

    Args:
        runs: runs, oldest first; at least one.
    """
    return next((run for run in reversed(runs) if not run.untouched), runs[-1])


def is_listed(info: RunInfo, labels: Mapping[str, RunLabel]) -> bool:
    """Return whether lists show a run unasked: it is not hidden, and something has happened in it."""
    return not info.untouched and not (info.id in labels and labels[info.id].hidden)


def find_id(known: Sequence[str], wanted: str, labels: Mapping[str, RunLabel] = NO_LABELS) -> str:
    """The id of the run that `wanted` names; arguments and errors are those of `find_run`, but `last` is no name here.

    Args:
        known: the ids of all runs, oldest first.
        wanted: what was typed.
        labels: names of runs, by id.

    Raises:
        UnknownNameError: no run is named so.
        InputError: several ids begin so.
    """
    if wanted and wanted in known:
        return wanted
    named = [run_id for run_id in named_so(labels, wanted) if run_id in known]
    if len(named) == 1:
        return named[0]
    if named:
        message = _("{wanted} is the name of several runs: {ids}. Write the id.")
        raise InputError(message.format(wanted=quoted(wanted), ids=_listed(named)))
    matching = [run_id for run_id in known if wanted and run_id.startswith(wanted)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise InputError(
            ngettext(
                "{wanted} is the beginning of {count} run's id: {ids}. Write more of the id.",
                "{wanted} is the beginning of {count} runs' ids: {ids}. Write more of the id.",
                len(matching),
            ).format(wanted=wanted, count=len(matching), ids=_listed(matching))
        )
    raise unknown_run(wanted, known, labels)


def unknown_run(wanted: str, known: Sequence[str], labels: Mapping[str, RunLabel] = NO_LABELS) -> UnknownNameError:
    """The error for a run that does not exist, naming the nearest of `known` (or the latest where none is near).

    Names of runs, in their `labels`, may be near as well.
    """
    if not known:
        message = _("There is no run called {wanted}: nothing has been recorded in this database yet.")
        return UnknownNameError(message.format(wanted=quoted(wanted)), kind="run", name=wanted, known=())
    names = [label.name for label in labels.values() if label.name]
    near = difflib.get_close_matches(wanted, [*names, *known], n=3, cutoff=0.5) or list(known[-3:])
    message = _("There is no run called {wanted}. The nearest are: {ids}; `last` is the latest of all.")
    return UnknownNameError(
        message.format(wanted=quoted(wanted), ids=_listed(near)), kind="run", name=wanted, known=tuple(known)
    )


def unknown_document(digest: str) -> UnknownNameError:
    """The error for a document that is not kept."""
    message = _("There is no document with the digest {digest} in this database.")
    return UnknownNameError(message.format(digest=digest), kind="document", name=digest, known=())


def check_run_id(run_id: str) -> None:
    """Check that `run_id` can be typed, is no path and is not the word `last`.

    Raises:
        ValueError: it is not fit to be an id.
    """
    if not _RUN_ID.fullmatch(run_id) or run_id == LAST:
        raise ValueError(f"{run_id!r} is not fit to be a run's id: letters, digits, `-` and `_`, at most 64")


def _listed(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:_SHOWN])
    return f"{shown}, …" if len(ids) > _SHOWN else shown
