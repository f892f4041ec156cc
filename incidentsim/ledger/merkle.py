"""The Merkle tree over the entries (RFC 6962 section 2.1, RFC 9162 section 2.1): one root pins them all.

A leaf is the SHA-256 of a zero byte and an entry's bytes, a node that of a one byte and its two children. With the
root and a few hashes of the tree, anybody can check that one entry is in it (an inclusion proof), or that a later
tree holds everything an earlier one held (a consistency proof).
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root over no entries."""

Span = tuple[int, int]
"""Entries from the first number on, and before the second."""

_BULK: Final = 4096


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry's bytes as a leaf."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The hashes of these entries as leaves. Going on from a copy costs less than putting a byte before each."""
    begun, found = sha256(b"\x00").copy, list[bytes]()
    for data in entries:
        hashed = begun()
        hashed.update(data)
        found.append(hashed.digest())
    return found


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node with these children."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A stretch of a tree's leaves in a few hashes: as many as the tree is high, however long the stretch.

    Stretches that follow on each other can be made apart and put together. `begin` and `end` are leaf numbers.
    """

    __slots__ = ("_nodes", "begin", "end")

    def __init__(self, begin: int = 0) -> None:
        self.begin = begin
        self.end = begin
        self._nodes: list[tuple[int, bytes]] = []  # level and hash of complete subtrees, from left to right

    def add(self, leaf: bytes) -> None:
        """Take the hash of the next leaf."""
        self._push(0, leaf)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Take the hashes of the next leaves; many at once cost less."""
        self._extend(0, leaves)

    def join(self, after: "Tree") -> None:
        """Take the stretch that begins where this one ends.

        Raises:
            ValueError: it begins elsewhere.
        """
        if after.begin != self.end:
            raise ValueError(f"the stretch begins at {after.begin}, not at {self.end}")
        for level, found in after._nodes:  # noqa: SLF001 - of the same kind
            self._push(level, found)

    def root(self) -> bytes:
        """The root over all leaves from the first on.

        Raises:
            ValueError: the stretch begins later.
        """
        if self.begin:
            raise ValueError("a stretch that begins later has no root")
        if not self._nodes:
            return EMPTY_ROOT
        found = self._nodes[-1][1]
        for _level, left in reversed(self._nodes[:-1]):
            found = node_hash(left, found)
        return found

    def _push(self, level: int, found: bytes) -> None:
        """Take a complete subtree of 2^level leaves, and join it with what it completes."""
        self.end += 1 << level
        nodes = self._nodes
        while nodes and nodes[-1][0] == level and (self.end >> level) & 1 == 0:
            found = node_hash(nodes.pop()[1], found)
            level += 1
        nodes.append((level, found))

    def _extend(self, level: int, hashes: Sequence[bytes]) -> None:
        if hashes and (self.end >> level) & 1:
            self._push(level, hashes[0])
            hashes = hashes[1:]
        if len(hashes) > 1:
            pairs = zip(hashes[::2], hashes[1::2], strict=False)  # an odd one waits
            self._extend(level + 1, [sha256(b"\x01" + left + right).digest() for left, right in pairs])
        if len(hashes) & 1:
            self._push(level, hashes[-1])


def tree_of(entries: Iterable[bytes]) -> Tree:
    """The tree over the bytes of these entries."""
    tree, coming = Tree(), iter(entries)
    while batch := list(islice(coming, _BULK)):
        tree.extend(leaf_hashes(batch))
    return tree


def root_of(entries: Iterable[bytes]) -> bytes:
    """The root over the bytes of these entries."""
    return tree_of(entries).root()


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Over which leaves the hashes of an inclusion proof are taken, in the order of the proof (RFC 9162 2.1.3.1).

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    begin, end, spans = 0, size, list[Span]()
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    return spans[::-1]


def consistency_spans(old: int, size: int) -> list[Span]:
    """Over which leaves the hashes of a consistency proof are taken, in the order of the proof (RFC 9162 2.1.4.1).

    Raises:
        ValueError: the earlier tree is empty or larger than the later.
    """
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} leaves is not a later one of {old}")
    begin, end, spans = 0, size, list[Span]()
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((begin, middle))
            begin = middle
    if begin:  # otherwise the hash is the earlier root, which the verifier has
        spans.append((begin, end))
    return spans[::-1]


def span_hashes(entries: Iterable[bytes], spans: Sequence[Span]) -> list[bytes]:
    """The hashes over these spans of entries, which must not overlap, in one pass.

    Raises:
        ValueError: there are fewer entries than the spans ask for.
    """
    found: dict[Span, bytes] = {}
    coming, at = iter(entries), 0
    for begin, end in sorted(spans):
        for _data in islice(coming, begin - at):
            pass
        tree = tree_of(islice(coming, end - begin))
        if tree.end != end - begin:
            raise ValueError(f"there are fewer than {end} entries")
        found[begin, end], at = tree.root(), end
    return [found[span] for span in spans]


def root_from_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); `None` if it has not the right length."""
    if not 0 <= index < size:
        return None
    position, last, digest = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return None
        if position & 1 or position == last:
            digest = node_hash(other, digest)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            digest = node_hash(digest, other)
        position >>= 1
        last >>= 1
    return digest if last == 0 else None


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Verify a consistency proof between two trees (RFC 9162 section 2.1.4.2).

    Returns:
        Whether the proof shows that the tree of `size` leaves with `root` begins with all leaves of the earlier tree,
        of `old` leaves with `old_root`. Always false for an earlier tree without leaves, or with
        more than the later one.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old - 1, size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    before = after = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before = node_hash(other, before)
            after = node_hash(other, after)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            after = node_hash(after, other)
        position >>= 1
        last >>= 1
    return last == 0 and before == old_root and after == root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
