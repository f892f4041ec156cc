"""Making the tree over a log while it is written: a short one on the way, a long one by further processes.

The processes read what is in the file already, so that nothing is sent to them, and give back a few hashes each.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from incidentsim.evidence.container import blocks_of
from incidentsim.evidence.workers import TROUBLES, pool, processors
from incidentsim.files import path_for_others
from incidentsim.ledger.merkle import Tree, leaf_hashes

PARALLEL_FROM: Final = 32 << 20
"""So many bytes a log must have before starting more processes pays."""

CHUNK: Final = 8 << 20
"""So many bytes one process takes at once."""

Chunk = tuple[Path, int, int, int]
"""Lines in a file: which, from where on, before where, and the number of the first."""


class Leaves:
    """Takes the entries of a log that is being written, in order, and makes the tree over them."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a tree.

        Args:
            file: where the entries are written, each with a line feed, from where it stands now on.
        """
        self._file = file
        self._path = path_for_others(file)
        self._start = self._written = file.tell()
        self._tree = Tree()
        self._first = self._end = 0
        self._pool: ProcessPoolExecutor | None = None
        self._made: list[tuple[Chunk, Future[Tree] | None]] = []

    def take(self, batch: Sequence[bytes], length: int) -> None:
        """Take entries whose lines, so many bytes, follow on those taken before, which are in the file by now."""
        if self._pool is None and self._written - self._start >= PARALLEL_FROM:
            self._start_pool()
        if self._pool is None:
            self._tree.extend(leaf_hashes(batch))
        elif self._written - self._start >= CHUNK:
            self._hand_over(self._pool)
        self._end += len(batch)
        self._written += length

    def finish(self) -> Tree:
        """The tree, once all entries are in the file."""
        if self._pool is not None:
            self._hand_over(self._pool)
            for chunk, future in self._made:
                self._tree.join(_result(chunk, future))
        self.drop()
        return self._tree

    def drop(self) -> None:
        """Let go of the processes, also if the log is not to be finished."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _start_pool(self) -> None:
        """Start processes where that is possible; what comes from now on is for them."""
        processes = processors()
        if self._path is not None and processes > 1:
            with suppress(*TROUBLES):
                self._pool = pool(processes)
                self._first = self._end
        self._start = self._written

    def _hand_over(self, workers: ProcessPoolExecutor) -> None:
        """Have the entries since the last time looked at."""
        if self._path is None or self._end == self._first:
            return
        self._file.flush()
        chunk = (self._path, self._start, self._written, self._first)
        future: Future[Tree] | None = None
        with suppress(*TROUBLES, RuntimeError):
            future = workers.submit(tree_of, chunk)
        self._made.append((chunk, future))
        self._start, self._first = self._written, self._end


def tree_of(chunk: Chunk) -> Tree:
    """The stretch of the tree over these lines."""
    path, start, end, first = chunk
    tree, rest = Tree(first), b""
    with path.open("rb") as file:
        for block in blocks_of(file, start, end):
            lines = block.split(b"\n")
            lines[0] = rest + lines[0]
            rest = lines.pop()
            tree.extend(leaf_hashes(lines))
    return tree


def _result(chunk: Chunk, future: "Future[Tree] | None") -> Tree:
    """What a process made of a chunk, or what we make of it ourselves if that failed."""
    if future is not None:
        with suppress(*TROUBLES):
            return future.result()
    return tree_of(chunk)
