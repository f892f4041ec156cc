"""What people do with runs as a whole: name them, leave them out of lists, delete them. No record holds any."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from incidentsim.domain.errors import IncidentsimError
from incidentsim.domain.facts import Json
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.labels import RunLabel
from incidentsim.ledger.store import RunInfo, Trace
from incidentsim.service.context import ServiceContext
from incidentsim.session.seats import Seats


@dataclass(frozen=True, slots=True)
class Played:
    """The people whom people played in a run: names in both languages and pseudonyms, and the ids of their roles."""

    people: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def has(self, person: str | None, role: str | None) -> bool:
        """Return whether somebody with `person` in their name, and the role with the id `role`, was played."""
        named = person is None or any(person.casefold() in name.casefold() for name in self.people)
        return named and (role is None or role in self.roles)


class KeepingService:
    """Names, hides and deletes recorded runs."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def labels(self) -> Mapping[str, RunLabel]:
        """Return the names of runs, and which of them lists leave out, by run id."""
        return self._context.store.labels()

    def name(self, run: str, name: str) -> RunInfo:
        """Name a run; an empty name takes its name away. Returns the run.

        Args:
            run: its id, the beginning of it, its name, or `last`.
            name: what it is to be called; usable wherever a run is named.

        Raises:
            InputError: there is no such run, or it cannot be named so.
            SurroundingsError: it could not be kept.
        """
        return self._labelled(run, name=name.strip())

    def hide(self, run: str, *, hidden: bool) -> RunInfo:
        """Have lists leave a run out, or show it again. Returns the run.

        Raises:
            InputError: there is no such run.
            SurroundingsError: it could not be kept.
        """
        return self._labelled(run, hidden=hidden)

    def delete(self, run: str) -> tuple[RunInfo, tuple[Trace, ...]]:
        """Delete a run as a whole, with everything beside it and each document that no other run needs.

        The record may be faulty. Returns the run, and where something of it may still be found.

        Args:
            run: its id, the beginning of it, its name, or `last`.

        Raises:
            InputError: there is no such run.
            RunBusyError: another process is writing it.
            SurroundingsError: it could not be deleted; it is as before.
        """
        store = self._context.store
        info = store.find(run)
        with store.writer(info.id) as writer:
            writer.remove()
        return info, store.wipe(records=True)

    def played(self, info: RunInfo) -> Played:
        """Return whom people played in a run; nobody where it was a replay, or its beginning cannot be read."""
        store = self._context.store
        try:
            body = read_entry(next(store.entries(info.id)))
            roster = store.roster(info.id)
        except (IncidentsimError, ValueError, StopIteration):
            return Played()
        played = Seats.of(body.header.options if body.header is not None else {}).played
        names = [roster[who].name for who in played if who in roster]
        people = {word for name in names for word in (name.en, name.zh)} | played
        return Played(frozenset(people), frozenset(_roles(body.fact.get("people"), played)))

    def _labelled(self, run: str, *, name: str | None = None, hidden: bool | None = None) -> RunInfo:
        store = self._context.store
        info = store.find(run)
        label = store.labels().get(info.id, RunLabel())
        if name is not None:
            label = replace(label, name=name)
        if hidden is not None:
            label = replace(label, hidden=hidden)
        store.label(info.id, label)
        return info


def _roles(people: Json, played: Collection[str]) -> Iterator[str]:
    """The roles of those who are played, as the first fact lists them."""
    for entry in people if isinstance(people, list) else ():
        if isinstance(entry, dict) and entry.get("person") in played:
            held = entry.get("roles")
            yield from (role for role in (held if isinstance(held, list) else ()) if isinstance(role, str))
