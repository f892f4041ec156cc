"""Tells a record, or a session under way, in the language spoken: sentences, names, times."""

from incidentsim.domain.text import Language
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.sentences import sentence
from incidentsim.session.countdown import length_left_words
from incidentsim.session.session import Session
from incidentsim.session.sights.sight import Sight


class RecordNarrator:
    """The words for the facts, times, people, steps and states of a record, in one language."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.language: Language = account.language
        self._narrator: Narrator | None = None

    @property
    def account(self) -> Account:
        """The record, with playbook and scenario, that is told."""
        return self._account

    @property
    def narrator(self) -> Narrator:
        """Tells facts."""
        if self._narrator is None:
            self._narrator = Narrator(self.account)
        return self._narrator

    @property
    def names(self) -> Names:
        """Titles by id."""
        return self.narrator.names

    def sentence(self, number: int) -> str:
        """The fact with this sequence number, as a sentence."""
        return sentence(self.narrator, number)

    def time(self, at: int) -> str:
        """The local time of day."""
        return self.narrator.clock.time(at)

    def day(self, at: int) -> str:
        """The local date, as 2026-01-05."""
        day = self.narrator.clock.day(at)
        return day.isoformat() if day is not None else ""

    def instant(self, at: int) -> str:
        """The local date and time with its offset (ISO 8601); empty after the year 9999."""
        return self.narrator.clock.instant(at)

    def elapsed(self, at: int) -> str:
        """The time since the start."""
        return self.narrator.clock.elapsed(at)


class SessionNarrator(RecordNarrator):
    """The same of a session, to which facts are added, as far as a viewer may see it."""

    def __init__(self, sight: Sight, language: Language) -> None:
        super().__init__(Account((), sight.session.exercise.playbook, sight.scenario, language))
        self.sight = sight
        self._told: tuple[int, int] = (-1, 0)

    @property
    def session(self) -> Session:
        """The session that is told."""
        return self.sight.session

    @property
    def account(self) -> Account:
        """The record of the session, as the viewer may read it; made anew when there is more of it, or it changes."""
        sight, (edition, size) = self.sight, self._told
        if (sight.edition, len(sight.facts)) != (edition, size) or sight.scenario is not self._account.scenario:
            self._told = (sight.edition, len(sight.facts))
            self._account = Account(sight.facts, self._account.playbook, sight.scenario, self.language)
            if sight.edition != edition:
                self._narrator = None
            elif self._narrator is not None:
                self._narrator.go_on(self._account)
        return self._account

    @property
    def narrator(self) -> Narrator:
        """Tells facts."""
        account = self.account
        if self._narrator is None:
            self._narrator = Narrator(account)
        return self._narrator

    def until(self, at: int) -> str:
        """The time of day, with its date where that is not today's."""
        return self.narrator.clock.until(at, self.session.now)

    def left(self, due: int) -> str:
        """Return the words for the time left until `due` (ms from the start), or for how late it is."""
        return length_left_words(due - self.session.now)
