"""Reading an exported log from disk: batches of lines, and a long log in parts by several processes at once.

The processes say of their part whether everything in it is sound. Only if all of them do, and the parts follow on
each other, is that the answer; otherwise the log is read once more, in one go, which finds the first fault.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import BinaryIO, Final

import orjson

from incidentsim.domain.errors import InputError
from incidentsim.evidence.container import BLOCK, blocks_of
from incidentsim.evidence.disclosed_texts import read_opening
from incidentsim.evidence.members import MAX_LINE, MemberError, read_text
from incidentsim.evidence.open_bundle import Hashed, Region, hashed
from incidentsim.evidence.workers import TROUBLES, pool, processors
from incidentsim.ledger.bulk import Batch
from incidentsim.ledger.erasures import MARK, NOTHING_ERASED, Erasures, erasures_in
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.verify import Checker, Opening, Verdict, survey
from incidentsim.messages import gettext as _

PARALLEL_FROM: Final = 32 << 20
"""So many bytes a log must have before starting more processes pays."""

_MOST_LINES: Final = BLOCK // 50
"""So many lines a block can have: an entry or a text is longer, but for some that were damaged."""

PARTS_EACH: Final = 4
"""So many parts for each process, so that none waits long for the last one."""


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """The outcome of verifying the log of a bundle.

    `ends_well` is whether its last line is whole; `bad_text` says why the texts could not be read to their end;
    `may_erase` is false where every entry was read, all are sound, and none says that something was erased. `hashed`
    are the members that other processes hashed meanwhile.
    """

    verdict: Verdict
    ends_well: bool
    bad_text: str = ""
    may_erase: bool = field(default=True, compare=False)  # it says what was looked at, not what was found
    hashed: Mapping[Region, Hashed] = field(default_factory=dict, compare=False)


def verify_log(
    log: Region,
    *,
    run: str | None = None,
    playbook: bytes | None = None,
    scenario: bytes | None = None,
    texts: Region | None = None,
    also: Sequence[Region] = (),
    processes: int | None = None,
) -> LogVerdict:
    """Verify an exported log in constant memory.

    Args:
        log: where it lies.
        run: the run it should be of.
        playbook: the document that its header should name.
        scenario: likewise.
        texts: where the texts beside it lie.
        also: members to hash meanwhile, if several processes share the work.
        processes: how many may work at once; as many as there are processors if left out.

    Raises:
        InputError: a line is longer than any entry.
        OSError: it cannot be read.
    """
    ends_well = _ends_with_line_feed(log)
    whole = ends_well and (texts is None or texts.start == texts.end or _ends_with_line_feed(texts))
    count = processors(processes)
    beside: dict[Region, Hashed] = {}
    if whole and count > 1 and log.end - log.start >= PARALLEL_FROM:
        surveyed = _in_parallel(log, texts, count, also, beside)
        if surveyed is not None:
            checker = Checker(run, playbook, scenario, () if texts is not None else None)
            if all(_taken(checker, batch) for batch in surveyed):
                erases = any(batch.erases for batch in surveyed)
                return LogVerdict(checker.verdict(None), ends_well, may_erase=erases, hashed=beside)
    given = None if texts is None else ReadableTexts(_whole_texts(texts))
    checker = Checker(run, playbook, scenario, given)
    with log.path.open("rb") as file:
        for batch in batches(file, log.start, log.end):
            checker.take(batch)
    return LogVerdict(checker.verdict(None), ends_well, given.bad if given is not None else "", hashed=beside)


def erasures_in_log(log: Region) -> Erasures:
    """Gather the erasures that a log tells of. Most tell of none, which is seen without reading the entries.

    Raises:
        InputError: a line is longer than any entry.
        OSError: it cannot be read.
    """
    if log.start == log.end:
        return NOTHING_ERASED
    with log.path.open("rb") as file:
        if not _holds(file, log, MARK):
            return NOTHING_ERASED
    return erasures_in(entries_of(log))


def _holds(file: BinaryIO, region: Region, mark: bytes) -> bool:
    """Whether these bytes stand anywhere in a part of a file, looked for block by block."""
    before = b""
    for block in blocks_of(file, region.start, region.end):
        if mark in before + block[: len(mark)] or mark in block:
            return True
        before = block[-len(mark) :]
    return False


def entries_of(log: Region) -> Iterator[bytes]:
    """The entries of a log, one by one.

    Raises:
        InputError: a line is longer than any entry.
    """
    with log.path.open("rb") as file:
        for batch in batches(file, log.start, log.end):
            yield from batch


def texts_of(texts: Region) -> Iterator[TextRecord]:
    """The texts beside a log.

    Raises:
        MemberError: a line holds none.
        InputError: a line is longer than any text.
    """
    return map(read_text, entries_of(texts))


def _openings_of(texts: Region) -> Iterator[Opening]:
    """The same, for being compared with the log only."""
    return map(read_opening, entries_of(texts))


def _whole_texts(texts: Region) -> Iterator[Opening]:
    """The texts; if the last of them is cut off, a `MemberError` after it."""
    yield from _openings_of(texts)
    if texts.end > texts.start and not _ends_with_line_feed(texts):
        raise MemberError(_("The last line of the texts is cut off."))


def batches(file: BinaryIO, start: int, end: int) -> Iterator[list[bytes]]:
    """The lines between two places of a file, without their line feeds, many at once.

    Raises:
        InputError: a line is longer than `MAX_LINE`, or very many are shorter than any entry or text.
    """
    rest = b""
    for block in blocks_of(file, start, end):
        lines = block.split(b"\n")
        lines[0] = rest + lines[0]
        rest = lines.pop()
        if len(lines) > _MOST_LINES:
            raise InputError(_("There are lines too short to be entries or texts, more than could be looked at."))
        if len(rest) > MAX_LINE:
            raise InputError(_("A line has more than {limit} bytes, and no entry has.").format(limit=MAX_LINE))
        if lines:
            yield lines
    if rest:
        yield [rest]


class ReadableTexts:
    """Texts up to the first that cannot be read; `bad` says why that one could not."""

    def __init__(self, texts: Iterable[Opening]) -> None:
        self._texts = texts
        self.bad = ""

    def __iter__(self) -> Iterator[Opening]:
        """The texts."""
        try:
            yield from self._texts
        except (MemberError, RecordFaultError) as error:
            self.bad = str(error)


def _taken(checker: Checker, batch: Batch) -> bool:
    follows = checker.follows(batch)
    if follows:
        checker.take_batch(batch)
    return follows


def _in_parallel(
    log: Region, texts: Region | None, processes: int, also: Sequence[Region], beside: dict[Region, Hashed]
) -> list[Batch] | None:
    """The log in sound batches; `None` if something may be wrong, or no processes can be started here.

    What `also` came to is put into `beside`.
    """
    with log.path.open("rb") as file:
        cuts = _cuts(file, log, processes * PARTS_EACH)
        parts = [Region(log.path, start, end) for start, end in pairwise(cuts)]
        firsts = [_first_number(file, part) for part in parts]
    texts_of: Sequence[Region | None] = [None] * len(parts)
    if texts is not None:
        texts_of = _parts_of_texts(texts, firsts)
    try:
        with pool(processes) as workers:
            others = workers.map(hashed, also)
            surveyed = list(workers.map(_survey, parts, texts_of))
            beside.update(zip(also, others, strict=True))
    except TROUBLES:  # not here, or not from a process like this
        return None
    return [batch for batch in surveyed if batch is not None] if None not in surveyed else None


def _survey(log: Region, texts: Region | None) -> Batch | None:
    """What one process does."""
    try:
        with log.path.open("rb") as file:
            return survey(batches(file, log.start, log.end), None if texts is None else _openings_of(texts))
    except (MemberError, InputError):
        return None


def _cuts(file: BinaryIO, log: Region, count: int) -> list[int]:
    """Where to cut a log into about so many parts, each of whole lines."""
    step = max(1, (log.end - log.start) // count)
    cuts = [log.start]
    for place in range(log.start + step, log.end, step):
        if place > cuts[-1]:
            cuts.append(min(_line_after(file, place), log.end))
    return [*dict.fromkeys(cuts), log.end] if cuts[-1] < log.end else list(dict.fromkeys(cuts))


def _parts_of_texts(texts: Region, firsts: Sequence[int]) -> list[Region]:
    """The texts of each part, by the numbers of the parts' first entries."""
    with texts.path.open("rb") as file:
        cuts = [texts.start, *(_find_text(file, texts, first) for first in firsts[1:]), texts.end]
    return [Region(texts.path, start, max(start, end)) for start, end in pairwise(cuts)]


def _find_text(file: BinaryIO, texts: Region, seq: int) -> int:
    """Where the first text of entry `seq` or a later one begins, if the texts are in order of entry."""
    low, high = texts.start, texts.end  # both are where a line begins, or the end
    while low < high:
        middle = (low + high) // 2
        place = _line_after(file, middle) if middle > low else low
        if place >= high:  # a long line: go on from its beginning
            place = low
        file.seek(place)
        line = file.readline(MAX_LINE)
        if _number(line) >= seq:
            if place == low:
                return low
            high = place
        else:
            low = min(place + len(line), texts.end)
    return low


def _line_after(file: BinaryIO, place: int) -> int:
    """Where the first line that begins at `place` or later begins."""
    file.seek(place - 1)
    return place - 1 + len(file.readline(MAX_LINE))


def _first_number(file: BinaryIO, part: Region) -> int:
    file.seek(part.start)
    return _number(file.readline(MAX_LINE))


def _number(line: bytes) -> int:
    """The number of the entry that a line is, or is a text of; -1 where that cannot be told."""
    try:
        seq = orjson.loads(line)["seq"]
    except (ValueError, KeyError, TypeError):
        return -1
    return seq if type(seq) is int else -1


def _ends_with_line_feed(region: Region) -> bool:
    with region.path.open("rb") as file:
        file.seek(max(region.start, region.end - 1))
        return region.end > region.start and file.read(1) == b"\n"
