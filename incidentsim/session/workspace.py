"""The workspace of a run: what people have not finished. Drafts, what they have read, how their screen was set up.

It is kept beside the record so that an exercise can be taken up as it was left; it is no part of what happened.
"""

import json
from collections.abc import Mapping
from typing import Final

from incidentsim.ledger.store import LedgerStore

MOST: Final = 1_000_000
"""Characters beyond which a thing is not kept: a workspace is no archive."""
DEADLINES_PASSED: Final = "deadlines_passed"
"""How the deadlines are called that people let pass."""
_PAIR: Final = 2


class Workspace:
    """The things that people have in hand in one run, as texts by name.

    Without a store they last as long as this object.
    """

    def __init__(self, run: str | None, store: LedgerStore | None) -> None:
        self._run = run
        self._store = store
        self._things: dict[str, str] = store.desk(run) if store is not None and run is not None else {}

    def keep_in(self, store: LedgerStore, run: str) -> None:
        """Keep things in this store from now on, beside the record of this run, and those that lie here already.

        Raises:
            SurroundingsError: they could not be kept.
        """
        if self._things:
            store.lay(run, self._things)
        self._run, self._store = run, store

    def get(self, name: str) -> str | None:
        """Return the text kept under `name`; `None` where there is none."""
        return self._things.get(name)

    def under(self, prefix: str) -> Mapping[str, str]:
        """Everything whose name begins with `prefix`."""
        return {name: thing for name, thing in self._things.items() if name.startswith(prefix)}

    def put(self, name: str, thing: str | None) -> None:
        """Lay something there, or take it away (`None`). What lies there already costs nothing.

        Raises:
            SurroundingsError: it could not be kept.
        """
        if self._things.get(name) == thing or (thing is not None and len(thing) > MOST):
            return
        if self._store is not None and self._run is not None:
            self._store.lay(self._run, {name: thing})
        if thing is None:
            self._things.pop(name, None)
        else:
            self._things[name] = thing

    def value(self, name: str) -> object:
        """Return what the JSON kept under `name` says; `None` where nothing lies there, or something else does.

        The database that it comes from may be damaged, or be somebody else's: nothing is believed of it.
        """
        try:
            value: object = json.loads(self._things.get(name) or "null")
        except (ValueError, RecursionError):
            return None
        return value

    def numbers(self, name: str) -> set[int]:
        """The sequence numbers that lie there; none where what lies there is something else."""
        found = self.value(name)
        return {one for one in found if isinstance(one, int)} if isinstance(found, list) else set()

    def put_numbers(self, name: str, numbers: set[int]) -> None:
        """Lay sequence numbers there."""
        self.put(name, json.dumps(sorted(numbers)))


def deadlines_passed(workspace: Workspace) -> dict[int, int | None]:
    """Return the duties (numbers) before whose deadlines people said not to stop, with these deadlines (ms)."""
    kept = workspace.value(DEADLINES_PASSED)
    pairs = [pair for pair in kept if isinstance(pair, list) and len(pair) == _PAIR] if isinstance(kept, list) else []
    return {
        number: due
        for number, due in pairs
        if type(number) is int and (due is None or type(due) is int)  # not a yes or no, which are numbers, too
    }


def keep_deadlines_passed(workspace: Workspace, passing: Mapping[int, int | None]) -> None:
    """Keep them, so that nobody is asked again after the run was taken up.

    Raises:
        SurroundingsError: they could not be kept.
    """
    workspace.put(DEADLINES_PASSED, json.dumps(sorted(passing.items())))
