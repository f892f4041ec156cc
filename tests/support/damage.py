"""Ways in which a stored record may be damaged or tampered with, for stores in memory."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Entry
from incidentsim.ledger.memory import MemoryStore

Damage = Callable[[MemoryStore, str], None]
"""Does something to the record of a run."""


def _entries(change: Callable[[list[Entry]], list[Entry]]) -> Damage:
    def damage(store: MemoryStore, run: str) -> None:
        held = store._runs[run]
        held.entries = change(list(held.entries))

    return damage


def _bytes(place: int, change: Callable[[bytes], bytes]) -> Damage:
    def with_other(entries: list[Entry]) -> list[Entry]:
        changed = change(entries[place].data)
        assert changed != entries[place].data
        entries[place] = replace(entries[place], data=changed, hash=digest(changed))
        return entries

    return _entries(with_other)


def _swapped(entries: list[Entry]) -> list[Entry]:
    entries[3], entries[4] = entries[4], entries[3]
    return entries


def _document(number: int, *, gone: bool) -> Damage:
    def damage(store: MemoryStore, _run: str) -> None:
        name = list(store._documents)[number]
        if gone:
            del store._documents[name]
        else:
            store._documents[name] += b"# more\n"

    return damage


def _other_words(store: MemoryStore, run: str) -> None:
    texts = store._runs[run].texts
    texts[0] = replace(texts[0], text=FreeText("Nothing of the kind was said."))


def _other_salt(store: MemoryStore, run: str) -> None:
    texts = store._runs[run].texts
    texts[0] = replace(texts[0], salt=bytes(31) + b"\1")


def _elsewhere(store: MemoryStore, run: str) -> None:
    texts = store._runs[run].texts
    texts[0] = replace(texts[0], pointer="/with/elsewhere")


def _doubled(store: MemoryStore, run: str) -> None:
    texts = store._runs[run].texts
    texts.insert(1, texts[0])


def _beyond(store: MemoryStore, run: str) -> None:
    held = store._runs[run]
    held.texts.append(replace(held.texts[0], seq=len(held.entries) - 1))


def _other_name(store: MemoryStore, run: str) -> None:
    roster = store._runs[run].roster
    first = next(iter(roster))
    roster[first] = replace(roster[first], name=Text("Somebody Else", "别人"))


def _names_swapped(store: MemoryStore, run: str) -> None:
    roster = store._runs[run].roster
    first, second, *_rest = roster
    roster[first], roster[second] = roster[second], roster[first]


DAMAGES: Final[dict[str, Damage]] = {
    "a bit of the first entry": _bytes(0, lambda data: data.replace(b"exercise_started", b"exercise_starteD")),
    "a bit of an entry": _bytes(5, lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:]),
    "an entry that is no JSON": _bytes(5, lambda data: data[:-1]),
    "an entry written otherwise": _bytes(5, lambda data: data.replace(b",", b", ", 1)),
    "a line feed in an entry": _bytes(5, lambda data: data + b"\n"),
    "a line feed before the last entry": _bytes(-1, lambda data: b"\n" + data),
    "another time of the fact": _bytes(5, lambda data: data.replace(b'"at":', b'"at":1', 1)),
    "another run's entry": _bytes(5, lambda data: data.replace(b'"run":"', b'"run":"x', 1)),
    "another number": _bytes(5, lambda data: data.replace(b'"seq":', b'"seq":1', 1)),
    "the first entry gone": _entries(lambda entries: entries[1:]),
    "an entry gone": _entries(lambda entries: [*entries[:5], *entries[6:]]),
    "an entry twice": _entries(lambda entries: [*entries[:6], *entries[5:]]),
    "two entries swapped": _entries(_swapped),
    "all entries gone": _entries(lambda _entries: []),
    "another playbook": _document(0, gone=False),
    "no playbook": _document(0, gone=True),
    "another scenario": _document(1, gone=False),
    "no scenario": _document(1, gone=True),
    "other words": _other_words,
    "another salt": _other_salt,
    "a text at another place": _elsewhere,
    "a text twice": _doubled,
    "a text of another entry": _beyond,
    "another name": _other_name,
    "two names swapped": _names_swapped,
}
