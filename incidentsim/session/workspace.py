"""The workspace of a run: what people have not finished. Drafts, what they have read, how their screen was set up.

It is kept beside the record so that an exercise can be taken up as it was left; it is no part of what happened.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.ledger.store import LedgerStore

MOST: Final = 1_000_000
"""Characters beyond which a thing is not kept: a workspace is no archive."""
DEADLINES_PASSED: Final = "deadlines_passed"
"""How the deadlines are called that people let pass."""
NOTE_DRAFT: Final = "draft/note"
"""How a facilitator's observation is called that was begun and is not on record."""
WORDS: Final = "words"
"""The field of a draft that has no other."""
INJECT_DRAFT: Final = "draft/inject"
"""How an inject is called that was begun, was not planned, and was not sent."""
OTHERS_MESSAGE_DRAFT: Final = "draft/message/facilitator"
"""How a message is called that the facilitator has begun to write as somebody whom nobody plays."""
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


class Draft:
    """Something of several fields that was begun and not sent: kept as it is written, for screens and plain mode alike.

    What lies there may be anything, as everything in a workspace: what is no field of words is left out.
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Go on with what lies under `name`, or begin."""
        self._workspace = workspace
        self._name = name
        kept = workspace.value(name)
        self._fields: dict[str, str | list[str]] = {
            field: [one for one in value if isinstance(one, str)] if isinstance(value, list) else value
            for field, value in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(value, str | list)
        }

    def words(self, field: str) -> str:
        """Return the words in a field; empty where there are none."""
        value = self._fields.get(field, "")
        return value if isinstance(value, str) else ""

    def several(self, field: str) -> tuple[str, ...]:
        """Return what was chosen in a field that takes several; a single choice is one of them."""
        value = self._fields.get(field, [])
        return tuple(value) if isinstance(value, list) else (value,)

    def put(self, field: str, value: str | Sequence[str]) -> None:
        """Keep this in a field.

        Raises:
            SurroundingsError: it could not be kept.
        """
        self._fields[field] = value if isinstance(value, str) else list(value)
        self._workspace.put(self._name, json.dumps(self._fields) if any(self._fields.values()) else None)

    def clear(self) -> None:
        """Keep nothing any more: it was sent.

        Raises:
            SurroundingsError: that could not be kept.
        """
        self._fields.clear()
        self._workspace.put(self._name, None)


def message_draft(keyboard: Sequence[str], about: str) -> str:
    """Return the name of the draft of a message: nobody but those at the keyboard now goes on with it.

    Args:
        keyboard: the pseudonyms of whoever sits there.
        about: what it is about; `new` for nothing that reached them.
    """
    return f"draft/message/{'+'.join(keyboard)}/{about}"


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
