"""The log of a session as one seat is told it: what is new is added at the end, nothing is told twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from incidentsim.domain.facts import DutyFact, FactKind
from incidentsim.session.narration import RecordNarrator
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import LogEntry, LogView

_DUTIES: Final = frozenset(
    {FactKind.DUTY_OPENED, FactKind.DUTY_RESCHEDULED, FactKind.DUTY_SETTLED, FactKind.DUTY_DROPPED}
)


def log_entry(teller: RecordNarrator, number: int) -> LogEntry:
    """A fact of a record as it is told to whoever may read all of it."""
    fact = teller.account.facts[number]
    return LogEntry(
        number=number,
        at=fact.at,
        day=teller.day(fact.at),
        time=teller.time(fact.at),
        kind=fact.kind,
        incident=fact.incident,
        sentence=teller.sentence(number),
    )


class LogNarration:
    """Tells the log of one session to one viewer, entry by entry, and keeps what it has told."""

    def __init__(self, editions: Callable[[], int]) -> None:
        """Begin with nothing told; `editions` gives a number that no log had before."""
        self._editions = editions
        self._told_to: tuple[object, ...] = ()
        self._read = 0
        self._gone: Mapping[int, int] = {}
        self._view = LogView(editions(), ())

    def view(self, reader: Reader) -> LogView:
        """The log so far."""
        facts = reader.facts
        if reader.told_to != self._told_to:
            self._told_to, self._read, self._gone = reader.told_to, 0, {}
            self._view = LogView(self._editions(), ())
        if self._read < len(facts):
            if len(reader.undone) != len(self._gone):
                self._mark_undone(reader.undone)
            new = [self._entry(reader, number) for number in range(self._read, len(facts))]
            added = tuple(entry for entry in new if entry is not None)
            self._view = replace(self._view, entries=(*self._view.entries, *added))
            self._read = len(facts)
        return self._view

    def _mark_undone(self, gone: Mapping[int, int]) -> None:
        """What was told already may count no more."""
        self._gone = gone
        known = self._view.entries
        if any(entry.number in gone and not entry.undone for entry in known):
            marked = (entry if entry.number not in gone else replace(entry, undone=True) for entry in known)
            self._view = LogView(self._editions(), tuple(marked))

    def _entry(self, reader: Reader, number: int) -> LogEntry | None:
        fact = reader.facts[number]
        if fact.kind is FactKind.SET_ASIDE:
            return None
        entry = log_entry(reader.narrator, number)
        ours = isinstance(fact, DutyFact) and fact.kind in _DUTIES and _ours(reader, fact)
        gone = number in self._gone
        return replace(entry, undone=gone, ours=ours) if ours or gone else entry


def _ours(reader: Reader, fact: DutyFact) -> bool:
    """Whether somebody at the keyboard owes a duty."""
    playbook = reader.session.exercise.playbook
    duty = playbook.duties.get(fact.duty)
    owing = {role for name in duty.owed_by for role in playbook.roles_of(name)} if duty is not None else set()
    return any(owing & set(reader.session.exercise.roster.roles_of(person)) for person in reader.people)
