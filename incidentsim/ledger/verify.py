"""Verifying a record by recomputing it, without trusting whoever wrote it.

The verdict says of every check what was expected and what was found, which entry is the first bad one, and what
could not be checked with what was at hand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol, cast

from incidentsim.domain.facts import Json
from incidentsim.ledger.bulk import Batch, read_batch
from incidentsim.ledger.canonical import UncanonicalError, read_canonical
from incidentsim.ledger.chain import Head
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import FACT_SCHEME, check_shape
from incidentsim.ledger.merkle import EMPTY_ROOT, Tree, leaf_hash
from incidentsim.ledger.sealing import commitments
from incidentsim.messages import gettext as _

CHECKS: Final = ("form", "run", "sequence", "chain", "header", "playbook", "scenario", "texts", "head")
"""Every check, in the order in which they are told."""

_ENOUGH: Final = 1000
"""After so many entries that cannot be read, the others are counted and hashed only."""

BATCH: Final = 128
"""So many entries are read at once; memory holds no more of them."""


class Opening(Protocol):
    """A text beside the log, as far as it is compared with the commitment it should open: a `TextRecord` is one."""

    @property
    def seq(self) -> int:
        """Of which entry it is."""

    @property
    def pointer(self) -> str:
        """The place of the text in the entry's fact (JSON Pointer, RFC 6901)."""

    def commitment(self) -> str:
        """Return the digest that the log should have in the text's place."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check over the whole record. Where it fails, `seq`, `expected` and `found` are of its first failure.

    `seq` counts the entries as they are given, from 0; `None` where the check is not about one entry.
    """

    name: str
    holds: bool
    seq: int | None = None
    expected: str = ""
    found: str = ""

    def title(self) -> str:
        """Return what is checked, as a sentence in the current language."""
        return check_title(self.name)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying the entries of one run.

    Attributes:
        checks: those that were made, in the order of `CHECKS`.
        not_checked: the names of those that could not be made, because something was not at hand.
        head: the end of the given record: keep it elsewhere to notice later that the end is missing.
        sealed: the number of texts that are in the record as commitments only, so that nothing can be said about them.
        root: the root over the entries as they are given; kept elsewhere, it tells as much as the head.
        run: the run that the entries should be of: that which was asked for, or which the first one names.
    """

    checks: tuple[Check, ...]
    not_checked: tuple[str, ...]
    head: Head
    sealed: int
    root: bytes = EMPTY_ROOT
    run: str | None = None

    @property
    def holds(self) -> bool:
        """True if no check failed."""
        return all(check.holds for check in self.checks)

    @property
    def first_bad(self) -> int | None:
        """The first bad entry; `None` where there is none, or the fault is in none of them."""
        return min((check.seq for check in self.checks if check.seq is not None), default=None)

    def limits(self) -> list[str]:
        """List what this verdict leaves open, as sentences in the current language.

        There is one for each check that could not be made, and one if texts were checked and some are sealed.
        """
        said = [check_limit(name) for name in self.not_checked]
        if self.sealed and "texts" not in self.not_checked:
            message = _("Of {count} texts only the commitments are here, so their words were not checked.")
            said.append(message.format(count=self.sealed))
        return said


def verify_chain(
    entries: Iterable[bytes],
    *,
    run: str | None = None,
    playbook: bytes | None = None,
    scenario: bytes | None = None,
    texts: Iterable[Opening] | None = None,
    head: Head | None = None,
) -> Verdict:
    """Verify the entries of one run, in one pass and constant memory.

    Args:
        entries: their bytes, in order.
        run: the run they should be of; otherwise that which the first one names.
        playbook: the document that the header should name.
        scenario: likewise.
        texts: the texts kept beside the log, all or some, in order of entry.
        head: where the record should end, from a place that whoever wrote the record could not write to.
    """
    checker = Checker(run, playbook, scenario, texts)
    coming = iter(entries)
    while batch := list(islice(coming, BATCH)):
        checker.take(batch)
    return checker.verdict(head)


def survey(parts: Iterable[Sequence[bytes]], texts: Iterable[Opening] | None = None) -> Batch | None:
    """All these entries as one batch, compared with their texts; `None` if anything is wrong, or may be.

    Parts of a long record are surveyed apart, at the same time; `Checker` takes what they come to in order.
    """
    checker: Checker | None = None
    header: Json = None
    start = Head()
    for lines in parts:
        batch = read_batch(lines)
        if batch is None:
            return None
        if checker is None:
            start, header = Head(batch.tree.begin, batch.prev), batch.header
            checker = Checker(batch.run, None, None, texts, start=start)
        if not checker.follows(batch):
            return None
        checker.take_batch(batch)
    return checker.as_batch(start, header) if checker is not None else None


class Checker:
    """Takes the entries in order and notes the first failure of each check. Its arguments are those of `verify_chain`.

    Sound entries are taken many at once; where something is wrong, each is looked at alone.
    """

    def __init__(
        self,
        run: str | None,
        playbook: bytes | None,
        scenario: bytes | None,
        texts: Iterable[Opening] | None,
        *,
        start: Head | None = None,
    ) -> None:
        self._run = run
        self._documents = {
            name: digest(data) for name, data in (("playbook", playbook), ("scenario", scenario)) if data is not None
        }
        self._texts = _ByEntry(texts) if texts is not None else None
        self._head = start or Head()
        self._tree = Tree(self._head.size)
        self._failed: dict[str, Check] = {}
        self._broken_link: Check | None = None
        self._sealed = 0
        self._erases = False
        self._unreadable = 0

    def take(self, lines: Sequence[bytes]) -> None:
        """Check the next entries, at least one."""
        batch = read_batch(lines)
        if batch is not None and self.follows(batch):
            self.take_batch(batch)
            return
        for data in lines:
            self._take_one(data)

    def follows(self, batch: Batch) -> bool:
        """Return whether the batch continues the entries taken so far, and no earlier fault is still to be reported."""
        return (
            self._broken_link is None
            and (batch.tree.begin, batch.prev) == (self._head.size, self._head.hash)
            and self._run in {None, batch.run}
        )

    def take_batch(self, batch: Batch) -> None:
        """Take entries that were found sound and follow on those taken so far."""
        self._run = batch.run
        if batch.tree.begin == 0:
            self._check_header(batch.header)
        self._compare_texts(batch.sealed, batch.tree.begin, batch.tree.end)
        self._sealed += batch.unopened
        self._erases = self._erases or batch.erases
        self._tree.join(batch.tree)
        self._head = Head(batch.tree.end, batch.last)

    def as_batch(self, start: Head, header: Json) -> Batch | None:
        """All entries taken, as one batch; `None` if there was a fault, or a text is left over."""
        if self._failed or self._run is None or (self._texts is not None and self._texts.coming >= 0):
            return None
        batch = Batch(self._run, start.hash, self._head.hash, self._tree, header)
        batch.unopened, batch.erases = self._sealed, self._erases
        return batch

    def _take_one(self, data: bytes) -> None:
        if self._unreadable <= _ENOUGH:
            self._read_one(self._head.size, data)
        self._tree.add(leaf_hash(data))
        self._head = Head(self._head.size + 1, digest(data))

    def _read_one(self, seq: int, data: bytes) -> None:
        try:
            value = read_canonical(data)
            check_shape(value)
        except UncanonicalError as error:
            self._unreadable += 1
            self._blame(follower_holds=True)  # this entry cannot tell, so the earlier of the two is named
            self._fail("form", seq, _("a canonical entry of a known scheme"), str(error))
        else:
            self._take_parts(seq, cast("dict[str, Json]", value))
            sealed = commitments(cast("dict[str, dict[str, Json]]", value)["fact"])
            self._compare_texts({seq: sealed}, seq, seq + 1)

    def verdict(self, head: Head | None) -> Verdict:
        """Conclude the checks over all entries taken; `head` is where the record should end, `None` if unknown."""
        self._blame(follower_holds=head is not None and head == self._head)
        if self._head.size == 0:
            self._fail("sequence", None, _("at least one entry"), _("none"))
        if self._texts is not None:
            for left in self._texts.rest():
                self._fail("texts", None, _("no texts of entries that are not there"), f"{left.seq} {left.pointer}")
        if head is not None and head != self._head:
            self._fail("head", None, _in_words(head), _in_words(self._head))
        made = {"form", "run", "sequence", "chain", "header", *self._documents}
        made.update(name for name, given in (("texts", self._texts), ("head", head)) if given is not None)
        return Verdict(
            checks=tuple(self._failed.get(name, Check(name, holds=True)) for name in CHECKS if name in made),
            not_checked=tuple(name for name in CHECKS if name not in made),
            head=self._head,
            sealed=self._sealed,
            root=self._tree.root(),
            run=self._run,
        )

    def _take_parts(self, seq: int, parts: Mapping[str, Json]) -> None:
        run = cast("str", parts["run"])
        if self._run is None:
            self._run = run
        if run != self._run:
            self._fail("run", seq, self._run, run)
        if parts["seq"] != seq:
            self._fail("sequence", seq, str(seq), str(parts["seq"]))
        self._check_link(seq, cast("str", parts["prev"]), in_place=run == self._run and parts["seq"] == seq)
        if seq == 0:
            self._check_header(parts.get("header"))

    def _check_link(self, seq: int, prev: str, *, in_place: bool) -> None:
        """Where two neighbours disagree, one out of its place is to blame; otherwise the link after them tells."""
        holds = prev == self._head.hash
        if self._broken_link is not None:
            self._blame(follower_holds=holds)
        elif not holds and not in_place:
            self._fail("chain", seq, self._head.hash, prev)
        elif not holds and "chain" not in self._failed:
            self._broken_link = Check("chain", holds=False, seq=seq, expected=self._head.hash, found=prev)

    def _blame(self, *, follower_holds: bool) -> None:
        """If what follows on the second neighbour fits it, the first was changed, otherwise the second."""
        link, self._broken_link = self._broken_link, None
        if link is not None and link.seq is not None:
            seq = link.seq - 1 if follower_holds and link.seq else link.seq
            self._fail("chain", seq, link.expected, link.found)

    def _check_header(self, header: Json) -> None:
        if not isinstance(header, dict):  # the first entry given is not entry 0, which `sequence` has noted
            self._fail("header", 0, _("a header"), _("none"))
            return
        if header["fact_scheme"] != FACT_SCHEME:
            self._fail("header", 0, FACT_SCHEME, str(header["fact_scheme"]))
        for name, expected in self._documents.items():
            if header[name] != expected:
                self._fail(name, 0, expected, str(header[name]))

    def _compare_texts(self, sealed: Mapping[int, dict[str, str]], begin: int, end: int) -> None:
        """Compare the texts of these entries with what they should open, by entry and pointer."""
        for record in self._texts.between(begin, end) if self._texts else ():
            here = sealed.get(record.seq)
            expected = here.pop(record.pointer, None) if here else None
            found = record.commitment()
            if expected != found:
                self._fail("texts", record.seq, expected or _("no text at {path}").format(path=record.pointer), found)
        self._sealed += sum(map(len, sealed.values()))

    def _fail(self, name: str, seq: int | None, expected: str, found: str) -> None:
        self._failed.setdefault(name, Check(name, holds=False, seq=seq, expected=expected, found=found))


class _ByEntry:
    """Hands out texts entry by entry without holding them all."""

    def __init__(self, texts: Iterable[Opening]) -> None:
        self._coming = iter(texts)
        self._next = next(self._coming, None)

    @property
    def coming(self) -> int:
        """Of which entry the next text is; -1 where none is left."""
        return -1 if self._next is None else self._next.seq

    def between(self, begin: int, end: int) -> Iterator[Opening]:
        """The texts of entries from `begin` on and before `end`; one that comes late, or out of order, waits."""
        coming = self._next
        while coming is not None and begin <= (seq := coming.seq) < end:
            begin = seq
            yield coming
            self._next = coming = next(self._coming, None)

    def rest(self) -> Iterator[Opening]:
        """The texts that no entry has claimed."""
        if self._next is not None:
            yield self._next
        yield from self._coming


def check_title(name: str) -> str:
    """Return what the check `name` looks at, as a sentence in the current language.

    Raises:
        KeyError: `CHECKS` has no such name.
    """
    return {
        "form": _("Every entry is canonical JSON with exactly the parts of its scheme."),
        "run": _("Every entry belongs to this run."),
        "sequence": _("The entries are numbered from 0 without a gap."),
        "chain": _("Every entry names the hash of the one before."),
        "header": _("The first entry says by which program and for which documents the run was made."),
        "playbook": _("The playbook is, byte for byte, the one that the first entry names."),
        "scenario": _("The scenario is, byte for byte, the one that the first entry names."),
        "texts": _("Every text is the one that its entry commits to."),
        "head": _("The record ends where the head that was kept elsewhere says."),
    }[name]


def check_limit(name: str) -> str:
    """Return what stays unknown because the check `name` could not be made, as a sentence in the current language.

    Raises:
        KeyError: the check is one that can always be made, or there is none of this name.
    """
    return {
        "playbook": _("The playbook was not given, so it was not compared with its digest."),
        "scenario": _("The scenario was not given, so it was not compared with its digest."),
        "texts": _("The texts were not given, so they were not compared with their commitments."),
        "head": _(
            "No head kept elsewhere was given: if the end of the record was cut off, or all of it was written anew, "
            "these checks cannot show it."
        ),
    }[name]


def _in_words(head: Head) -> str:
    last = _("nothing") if head.hash == ZERO else head.hash
    return _("{size} entries, the last of them {hash}").format(size=head.size, hash=last)
