"""What a store of records must do, for whoever uses one; `memory` and `storage` are such stores.

A store keeps runs. A run is a log of entries, only ever appended to, by one writer at a time; beside it are the
texts that its entries commit to and its roster. Documents (playbooks, scenarios) are kept once, by digest. Reading them
asks for less (`RecordStore`), so that a record in a file can be read as well.
Everything that fails because of the surroundings is a `SurroundingsError` with a sentence.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final, NamedTuple, Protocol

from incidentsim.domain.facts import AFTERWARDS, FactKind
from incidentsim.ledger.chain import Head
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.entry import Entry
from incidentsim.ledger.labels import RunLabel
from incidentsim.ledger.roster import Roster, RosterName
from incidentsim.ledger.sealing import TextRecord

LAST_FACT: Final = FactKind.EXERCISE_ENDED
"""The kind of fact after which a run is finished."""

PATIENCE: Final = 10.0
"""The seconds to wait for another writer of a run to end: what rates or erases has done in a moment."""


def ends(kind: str | None) -> bool:
    """Return whether a run whose last fact is of this kind is finished; false for `None`.

    Kinds of fact that people add after the exercise (`AFTERWARDS`) leave a finished run finished.
    """
    return kind == LAST_FACT or kind in AFTERWARDS


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One line of the list of runs.

    `created` is UTC as in entries, `scenario` and `playbook` are ids, `last_kind` and `last_at` (ms from the
    exercise's start) are those of the last fact on record, `None` while there is none. `head` is the hash of the last
    entry's bytes.
    """

    id: str
    created: str
    scenario: str
    playbook: str
    entries: int
    last_kind: str | None
    last_at: int | None
    head: str = ZERO

    @property
    def finished(self) -> bool:
        """True if the exercise came to its end."""
        return ends(self.last_kind)

    @property
    def untouched(self) -> bool:
        """True if it was begun and nothing has happened in it: somebody looked at it and left."""
        return self.last_kind == FactKind.EXERCISE_STARTED


class KeptEntry(NamedTuple):
    """An entry with what is kept beside it, and repeats what can be reckoned: its number and its hash.

    What a damaged database holds there may be of any kind.
    """

    seq: object
    hash: object
    data: bytes


@dataclass(frozen=True, slots=True)
class Deletions:
    """The deletions beside a record that go with one erasure.

    Attributes:
        texts: the numbers of the entries whose texts go, with their salts.
        people: the pseudonyms of those whose names go, with their salts.
        scenario: the digest of the scenario that the run needs no more; it goes unless other runs need it.
        outline: the document that is kept in its place.
    """

    texts: Collection[int] = ()
    people: Collection[str] = ()
    scenario: str | None = None
    outline: bytes | None = None


@unique
class Trace(StrEnum):
    """The places where what was deleted may still be found.

    `file`: the database's file, which could not be written anew. `log`: the log beside it, which another program uses.
    `table`: a server's tables, which only their owner may write anew. `server`: a server's log, copies and backups.
    """

    FILE = auto()
    LOG = auto()
    SERVER = auto()
    TABLE = auto()


class RunWriter(Protocol):
    """The one writer of a run, from the store's `writer`."""

    def head(self) -> Head:
        """Return the end of the stored chain."""

    def append(self, entries: Sequence[Entry], texts: Sequence[TextRecord] = ()) -> Head:
        """Store entries and their texts: durably when this returns, wholly or not at all whatever happens.

        Raises:
            ValueError: the entries do not follow on the head.
            SurroundingsError: they could not be stored; the log is as before.
        """

    def remove(self) -> None:
        """Delete the whole run, with everything beside it and each document that no other run needs.

        Durably when this returns, all of it or nothing whatever happens. Nothing can be written after it.

        Raises:
            SurroundingsError: it could not be done; the run is as before.
        """

    def erase(self, entries: Sequence[Entry], deletions: Deletions) -> Head:
        """Store entries that say that something was erased, and delete it, the run's desk and what was derived from it.

        Durably when this returns, all of it or nothing whatever happens.

        Raises:
            ValueError: the entries do not follow on the head.
            SurroundingsError: it could not be done, or the entries do not say what is to be deleted.
        """


class RecordStore(Protocol):
    """Gives records to be read: a store of runs, or a file that holds one of them."""

    def find(self, wanted: str) -> RunInfo:
        """The run whose id or name is `wanted`, or whose id begins so; `last` is the latest (see `lookup.latest`).

        Raises:
            UnknownNameError: there is none.
            InputError: there are several.
        """

    def entries(self, run_id: str, start: int = 0) -> Iterator[bytes]:
        """The bytes of the entries from `start` on, as they are stored.

        Raises:
            UnknownNameError: there is no such run.
        """

    def kept_entries(self, run_id: str) -> Iterator[KeptEntry]:
        """The entries with what is kept beside each, in the order in which they are kept.

        Raises:
            UnknownNameError: there is no such run.
        """

    def texts(self, run_id: str, start: int = 0) -> Iterator[TextRecord]:
        """The texts of the entries from `start` on, in order of entry."""

    def roster(self, run_id: str) -> dict[str, RosterName]:
        """Names by pseudonym.

        Raises:
            UnknownNameError: there is no such run.
            RecordFaultError: one of them cannot be read.
        """

    def document(self, digest: str) -> bytes:
        """The document with this digest.

        Raises:
            UnknownNameError: there is none.
            RecordFaultError: what is stored has another digest.
        """


class LedgerStore(RecordStore, Protocol):
    """Keeps records."""

    def runs(self) -> Sequence[RunInfo]:
        """All runs, oldest first."""

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
        """Begin a run, with its first entries: all of it is stored, or nothing.

        Args:
            run_id: a new id.
            created: UTC, as in entries.
            scenario: the scenario's id.
            playbook: the playbook's id.
            documents: their bytes, to be found again by digest.
            roster: names by pseudonym, each with the salt of the commitment that the first entry pins.
            entries: the first entries of the log, so that no run is ever without its beginning.
            texts: the texts of these entries.

        Raises:
            ValueError: the entries are no beginning, there is a run with this id, or it is no id (ASCII letters,
                digits, `-` and `_`).
        """

    def writer(self, run_id: str, *, patience: float = PATIENCE) -> AbstractContextManager[RunWriter]:
        """Open a run for appending, until the context ends.

        Args:
            run_id: the run's id.
            patience: the seconds to wait for another writer to end, where that can be waited for.

        Raises:
            RunBusyError: it stays open for appending all the while, here or in another process.
            UnknownNameError: there is no such run.
        """

    def lay(self, run_id: str, things: Mapping[str, str | None]) -> None:
        """Lay things on the desk of a run, each under its name, in place of what lay there; `None` takes it away.

        A desk holds what people have not finished: drafts, what they have read. It is no part of the record.

        Raises:
            UnknownNameError: there is no such run.
            SurroundingsError: it could not be kept; the desk is as before.
        """

    def desk(self, run_id: str) -> dict[str, str]:
        """Return the things on the desk of a run, by name.

        Raises:
            UnknownNameError: there is no such run.
        """

    def derived(self, kind: str) -> Mapping[str, Derived]:
        """Return the results of this kind that were derived from records and kept, by run id.

        They may be of another head or version, and are no part of any record.
        """

    def keep_derived(self, kind: str, results: Mapping[str, Derived]) -> None:
        """Keep results of this kind, by run id, in place of earlier ones; runs that are not there are left out.

        Raises:
            SurroundingsError: they could not be kept; what was kept before is as it was.
        """

    def labels(self) -> Mapping[str, RunLabel]:
        """Return what people put on runs for themselves, by run id; those without anything are left out."""

    def label(self, run_id: str, label: RunLabel) -> None:
        """Put this on a run, in place of what was there.

        Raises:
            InputError: it cannot be named so (see `check_name`).
            UnknownNameError: there is no such run.
            SurroundingsError: it could not be kept; what was there is as before.
        """

    def wipe(self, *, records: bool = False) -> tuple[Trace, ...]:
        """Overwrite what is left of deleted things; where some of it may still be found.

        Args:
            records: entries and runs were deleted too, and not only what stands beside them.
        """

    def close(self) -> None:
        """Let go of everything that is held open. The store is not to be used after."""
