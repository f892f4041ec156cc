"""What telling a record needs besides single facts: names, the clock, and how each duty stood at each time."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.domain.facts import (
    ContentValue,
    DutyOpened,
    DutyRescheduled,
    Escalated,
    FactKind,
    InjectDelivered,
    MessageSent,
    RecordedText,
    Refused,
    StepTaken,
)
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.domain.references import references_of
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.references import references_words
from incidentsim.exports.wording.said import MessageWords
from incidentsim.messages import gettext as _

MOST_NAMES: Final = 3
"""More people than this are named by their roles."""


class Narrator:
    """Tells the facts of one account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.names = Names(account.playbook, account.scenario, account.language)
        self.clock = LocalClock(account.scenario.local_time)
        self.undone: Mapping[int, int] = {}
        self._due: dict[int, list[tuple[int, int | None]]] = {}
        self._read(0)

    def go_on(self, account: Account) -> None:
        """Tell the same record of which there is more by now: its facts begin with those that are told already."""
        before, self.account = self.account, account
        if account.scenario is not before.scenario:
            self.names = Names(account.playbook, account.scenario, account.language)
        self._read(self._known)

    def _read(self, since: int) -> None:
        facts = self.account.facts
        self._known = len(facts)
        for sequence in range(since, len(facts)):
            fact = facts[sequence]
            if isinstance(fact, DutyOpened | DutyRescheduled):
                self._due.setdefault(fact.number, []).append((sequence, fact.due))
        new = facts[since:]
        if any(fact.kind is FactKind.STEP_UNDONE for fact in new):
            self.undone = undone_by(facts)
        if not self.clock.seconds:
            self.clock = LocalClock(self.clock.local, (fact.at for fact in new))

    def details(self, sequence: int) -> list[tuple[str, str]]:
        """Return the titles and texts that belong to a fact besides its sentence; empty where there are none.

        They are the body of an inject, without a title, what a message carries, or the content of an action in the
        order of the step's fields.
        """
        fact = self.account.facts[sequence]
        if fact.kind == FactKind.INJECT_DELIVERED:
            body = self.names.inject(fact.inject)[1]
            return [("", body)] if body else []
        if fact.kind == FactKind.INJECT_ADDED:
            return [("", self.words(fact.body))]
        if isinstance(fact, MessageSent):
            told = [] if fact.because is None else self.details(fact.because)
            return [*told, *self.messages.parts(fact)]
        if not isinstance(fact, StepTaken | Refused):
            return []
        content, step = fact.content, self.names.step_at(fact)
        fields = {field.name: field for field in step.fields} if step is not None else {}
        order = [*(name for name in fields if name in content), *(name for name in content if name not in fields)]
        return [(self.names.field(name), self._value(fields.get(name), content[name])) for name in order]

    def _value(self, field: Field | None, value: ContentValue) -> str:
        written = field is None or field.kind is FieldKind.TEXT
        references = references_of(value) if written else None
        if references is None:
            return self.names.value(field, value)
        return references_words(self.account.playbook, self.names, references)

    @property
    def messages(self) -> MessageWords:
        """Words what people say to each other."""
        return MessageWords(self.account.playbook, self.names, self.clock, self.account.facts)

    def words(self, text: RecordedText) -> str:
        """Return a text that somebody wrote, as it stands in a fact."""
        return self.names.value(None, text)

    def due_at(self, number: int, sequence: int) -> int | None:
        """Until when (ms) a duty was owed, as things stood at that place in the record; `None`: no limit.

        What had been undone by then did not count: the number may have gone to another duty since.
        """
        known = [
            due
            for at, due in self._due.get(number, [])
            if at <= sequence and not (at in self.undone and self.undone[at] <= sequence)
        ]
        return known[-1] if known else None

    def was_opened(self, number: int) -> bool:
        """Tell whether the record holds the opening of this duty: a limit that is not known is none then."""
        return number in self._due

    def somebody(self, named: str | Sequence[str]) -> str:
        """The receivers in a fact: one name or several."""
        return self.names.listed(self.names.somebody(one) for one in ([named] if isinstance(named, str) else named))

    def audience(self, fact: InjectDelivered) -> str:
        """Return the receivers of an inject: the people it reached, or where they are many, the roles it was for."""
        people = fact.to
        meant = self.names.inject_receivers(fact.inject)
        return self.somebody(meant if len(people) > MOST_NAMES and meant else people)

    def receivers(self, fact: Escalated) -> str:
        """Return the receivers of an escalation: the role or body, and the people it reached."""
        to = self.somebody(fact.to)
        people = self.somebody(fact.persons)
        return _("{role} ({names})").format(role=to, names=people) if people else to
