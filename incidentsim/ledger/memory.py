"""A store that forgets everything when the program ends: for tests, and for runs that are not to be recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from incidentsim.domain.errors import RunBusyError
from incidentsim.ledger.chain import Head, check_follows
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.digests import digest as digest_of
from incidentsim.ledger.entry import Entry, documents_in, last_fact, read_entry
from incidentsim.ledger.erasures import erasures_in
from incidentsim.ledger.labels import RunLabel, check_name
from incidentsim.ledger.lookup import check_run_id, find_run, unknown_document, unknown_run
from incidentsim.ledger.roster import Roster, RosterName
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import PATIENCE, Deletions, KeptEntry, RunInfo, Trace
from incidentsim.messages import gettext as _


@dataclass(slots=True)
class _Run:
    """One run: what the list of runs says, and what it holds."""

    created: str
    scenario: str
    playbook: str
    roster: dict[str, RosterName]
    entries: list[Entry] = field(default_factory=list)
    texts: list[TextRecord] = field(default_factory=list)
    desk: dict[str, str] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    label: RunLabel = RunLabel()  # noqa: RUF009 - a frozen value
    busy: bool = False


class MemoryStore:
    """A `LedgerStore` in memory."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._documents: dict[str, bytes] = {}

    def runs(self) -> Sequence[RunInfo]:
        """All runs, oldest first."""
        return tuple(self._info(run_id, run) for run_id, run in self._runs.items())

    def find(self, wanted: str) -> RunInfo:
        """The run whose id or name is `wanted`, or whose id begins so; `last` is the latest."""
        return find_run(self.runs(), wanted, self.labels())

    def create(
        self,
        run_id: str,
        *,
        created: str,
        scenario: str,
        playbook: str,
        documents: Iterable[bytes] = (),
        roster: Roster | None = None,
        entries: Sequence[Entry] = (),
        texts: Sequence[TextRecord] = (),
    ) -> None:
        """Begin a run, with its first entries."""
        check_run_id(run_id)
        check_follows(run_id, Head(), entries, texts)
        if run_id in self._runs:
            raise ValueError(f"there is a run {run_id} already")
        self._documents.update((digest_of(data), data) for data in documents)
        self._runs[run_id] = _Run(created, scenario, playbook, dict(roster or {}), list(entries), list(texts))

    @contextmanager
    def writer(self, run_id: str, *, patience: float = PATIENCE) -> Iterator["_MemoryWriter"]:  # noqa: ARG002 - only this process could end what it waits for
        """Open a run for appending, until the context ends."""
        run = self._known(run_id)
        if run.busy:
            raise RunBusyError(_("The run {run} is being written elsewhere; wait until that ends.").format(run=run_id))
        run.busy = True
        try:
            yield _MemoryWriter(run_id, run, self._let_go, self._remove)
        finally:
            run.busy = False

    def entries(self, run_id: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of the entries from `start` on."""
        return (entry.data for entry in self._known(run_id).entries[start:])

    def kept_entries(self, run_id: str) -> Iterator[KeptEntry]:
        """The entries with their numbers and hashes."""
        return (KeptEntry(entry.seq, entry.hash, entry.data) for entry in self._known(run_id).entries)

    def texts(self, run_id: str, start: int = 0) -> Iterator[TextRecord]:
        """The texts of the entries from `start` on."""
        return (text for text in tuple(self._known(run_id).texts) if not start or text.seq >= start)

    def roster(self, run_id: str) -> dict[str, RosterName]:
        """Names by pseudonym."""
        return dict(self._known(run_id).roster)

    def document(self, digest: str) -> bytes:
        """The document with this digest."""
        try:
            return self._documents[digest]
        except KeyError:
            raise unknown_document(digest) from None

    def lay(self, run_id: str, things: Mapping[str, str | None]) -> None:
        """Lay things on the desk of a run."""
        desk = self._known(run_id).desk
        for name, thing in things.items():
            if thing is None:
                desk.pop(name, None)
            else:
                desk[name] = thing

    def desk(self, run_id: str) -> dict[str, str]:
        """Return the things on the desk of a run, by name, in alphabetical order of the names.

        Raises:
            UnknownNameError: there is no such run.
        """
        return dict(sorted(self._known(run_id).desk.items()))

    def derived(self, kind: str) -> Mapping[str, Derived]:
        """Return the results of this kind that were derived from records and kept, by run id."""
        return {run_id: run.derived[kind] for run_id, run in self._runs.items() if kind in run.derived}

    def keep_derived(self, kind: str, results: Mapping[str, Derived]) -> None:
        """Keep results of this kind, by run id, in place of earlier ones."""
        for run_id, result in results.items():
            if run_id in self._runs:
                self._runs[run_id].derived[kind] = result

    def labels(self) -> Mapping[str, RunLabel]:
        """Return what people put on runs for themselves, by run id."""
        return {run_id: run.label for run_id, run in self._runs.items() if run.label != RunLabel()}

    def label(self, run_id: str, label: RunLabel) -> None:
        """Put this on a run, in place of what was there."""
        run = self._known(run_id)
        check_name(label.name, run_id, self.labels())
        run.label = label

    def wipe(self, *, records: bool = False) -> tuple[Trace, ...]:  # noqa: ARG002 - nothing is written anew
        """Nothing of what is deleted stays in reach."""
        return ()

    def close(self) -> None:
        """Nothing is held open."""

    def _let_go(self, digest: str | None, outline: bytes | None) -> None:
        """Drop a document that no run needs any more, and keep another."""
        if outline is not None:
            self._documents[digest_of(outline)] = outline
        if digest is not None and digest not in self._needed():
            self._documents.pop(digest, None)

    def _remove(self, run_id: str) -> None:
        """Drop a run, and each document that it names and no other run needs."""
        named = documents_in(entry.data for entry in self._runs.pop(run_id).entries)
        for digest in named - self._needed() - self._pinned():
            self._documents.pop(digest, None)

    def _pinned(self) -> set[str]:
        headers = (read_entry(run.entries[0].data).header for run in self._runs.values() if run.entries)
        return {digest for header in headers if header is not None for digest in header.pins.values()}

    def _needed(self) -> set[str]:
        needed: set[str] = set()
        for run in self._runs.values():
            header = read_entry(run.entries[0].data).header if run.entries else None
            if header is not None:
                kept = erasures_in(entry.data for entry in run.entries).scenario_kept(header.scenario)
                needed |= {header.playbook, kept} if kept is not None else {header.playbook}
        return needed

    def _known(self, run_id: str) -> _Run:
        try:
            return self._runs[run_id]
        except KeyError:
            raise unknown_run(run_id, tuple(self._runs)) from None

    @staticmethod
    def _info(run_id: str, run: _Run) -> RunInfo:
        kind, at = last_fact(run.entries[-1].data) if run.entries else (None, None)
        head = run.entries[-1].hash if run.entries else ZERO
        return RunInfo(run_id, run.created, run.scenario, run.playbook, len(run.entries), kind, at, head)


class _MemoryWriter:
    def __init__(
        self,
        run_id: str,
        run: _Run,
        replace: Callable[[str | None, bytes | None], None],
        remove: Callable[[str], None],
    ) -> None:
        self._run_id = run_id
        self._run = run
        self._replace = replace
        self._remove = remove

    def remove(self) -> None:
        self._remove(self._run_id)

    def head(self) -> Head:
        entries = self._run.entries
        return Head(len(entries), entries[-1].hash) if entries else Head()

    def append(self, entries: Sequence[Entry], texts: Sequence[TextRecord] = ()) -> Head:
        check_follows(self._run_id, self.head(), entries, texts)
        self._run.entries.extend(entries)
        self._run.texts.extend(texts)
        return self.head()

    def erase(self, entries: Sequence[Entry], deletions: Deletions) -> Head:
        check_follows(self._run_id, self.head(), entries, ())
        run = self._run
        run.entries.extend(entries)
        run.texts[:] = [text for text in run.texts if text.seq not in deletions.texts]
        run.roster = {who: name for who, name in run.roster.items() if who not in deletions.people}
        run.desk.clear()
        run.derived.clear()
        self._replace(deletions.scenario, deletions.outline)
        return self.head()
