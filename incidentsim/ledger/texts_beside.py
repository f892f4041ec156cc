"""The texts kept beside the entries of a run, and those among them that are of no entry.

Whoever writes puts an entry and its texts on record together. So a text of a later entry than there were when the run
was looked up is no fault while there is such an entry by now; otherwise it is one.
"""

from collections.abc import Iterator

from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import RecordStore, RunInfo


class TextsBeside:
    """The texts of a run's entries, of as many entries as there were when it was looked up."""

    def __init__(self, store: RecordStore, info: RunInfo) -> None:
        self._store, self._info = store, info
        self._beyond: TextRecord | None = None

    def __iter__(self) -> Iterator[TextRecord]:
        """The texts in order of entry.

        Raises:
            RecordFaultError: one is damaged.
            SurroundingsError: they cannot be read.
        """
        for text in self._store.texts(self._info.id):
            if text.seq < self._info.entries:
                yield text
            else:
                self._beyond = text

    def of_no_entry(self) -> TextRecord | None:
        """Return a text of an entry that is not there; `None` if there was none among the texts read.

        Raises:
            UnknownNameError: the run has gone.
        """
        beyond = self._beyond
        if beyond is None or beyond.seq < self._store.find(self._info.id).entries:
            return None
        return beyond
