"""What was erased beside a record, as the record itself says. The entries stay, and with them every commitment."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.facts import ERASURES, Fact, Json, NotAFactError, PersonErased, TextErased, read_fact
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.sealing import commitments

MARK: Final = b'_erased"'
"""In the bytes of every entry that says that something was erased, and of few others."""


@dataclass(frozen=True, slots=True)
class Erasures:
    """The erasures of one run, as its record says.

    Attributes:
        texts: the entries whose texts were erased, each with the number of the entry that says so first.
        people: the pseudonyms whose names were erased, likewise.
        outline: the digest of what is kept in the scenario's place; `None` where the scenario stayed, or nothing is.
    """

    texts: Mapping[int, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    outline: str | None = None

    def __bool__(self) -> bool:
        """True if anything was erased."""
        return bool(self.texts or self.people)

    @property
    def scenario(self) -> bool:
        """True if the scenario as it was played was erased."""
        return self.outline is not None or bool(self.people)

    @property
    def first(self) -> int | None:
        """The first entry that says that something was erased; `None` if none does."""
        return min((*self.texts.values(), *self.people.values()), default=None)

    def scenario_kept(self, played: str) -> str | None:
        """The digest of the scenario to be read now, if `played` is that of the one played; `None` if none is kept."""
        return self.outline or (None if self.people else played)

    def to_json(self) -> dict[str, Json]:
        """Return the object that `verify --format json` prints of it."""
        return {
            "texts": [{"entry": seq, "said_by": said} for seq, said in self.texts.items()],
            "people": [{"person": person, "said_by": said} for person, said in self.people.items()],
            "scenario": self.scenario,
        }


NOTHING_ERASED: Final = Erasures()


def erasures_of(facts: Iterable[tuple[int, Fact]]) -> Erasures:
    """Gather the erasures that these facts, each with its number, tell of."""
    texts: dict[int, int] = {}
    people: dict[str, int] = {}
    outline: str | None = None
    for seq, fact in facts:
        if isinstance(fact, TextErased):
            texts.setdefault(fact.entry, seq)
            outline = fact.outline or outline
        elif isinstance(fact, PersonErased):
            people.setdefault(fact.person, seq)
            outline = fact.outline or outline
    return Erasures(texts, people, outline)


def erasure_in(sealed: Mapping[str, Json]) -> Fact | None:
    """The fact, as an entry holds it, where it says that something was erased; `None` where it does not."""
    if sealed.get("fact") not in ERASURES:
        return None
    try:
        return read_fact(sealed)
    except NotAFactError:
        return None


class Watch:
    """Notes, while the entries of a record pass by from the first one on, those that say that something was erased."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Fact]] = []

    def over(self, entries: Iterable[bytes]) -> Iterator[bytes]:
        """The same entries; those that cannot be read say nothing."""
        for seq, data in enumerate(entries):
            if MARK in data:
                self._look(seq, data)
            yield data

    def erasures(self) -> Erasures:
        """Return the erasures that the entries passed by so far tell of."""
        return erasures_of(self._found)

    def _look(self, seq: int, data: bytes) -> None:
        try:
            fact = erasure_in(read_entry(data).fact)
        except UncanonicalError:
            return
        if fact is not None:
            self._found.append((seq, fact))


def erasures_in(entries: Iterable[bytes]) -> Erasures:
    """Gather the erasures that entries, from the first one on, tell of; those that cannot be read tell of none."""
    watch = Watch()
    deque(watch.over(entries), maxlen=0)
    return watch.erasures()


def texts_erased(erasures: Erasures, entries: Iterable[bytes]) -> int:
    """Count the texts that were erased, by the commitments to them in these entries, from the first one on."""
    if not erasures.texts:
        return 0
    return sum(_commitments(data) for seq, data in enumerate(entries) if seq in erasures.texts)


def _commitments(data: bytes) -> int:
    try:
        return len(commitments(read_entry(data).fact))
    except UncanonicalError:
        return 0
