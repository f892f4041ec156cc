"""What it takes to read a session for somebody: the session, what tells it, and who sits there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.exports.wording.names import Names
from incidentsim.session.narration import SessionNarrator
from incidentsim.session.seat_view import TimeView
from incidentsim.session.session import Session


@dataclass(frozen=True, slots=True)
class Reader:
    """A session, told in one language to `people`, who sit at the keyboard, as far as they may see it."""

    session: Session
    narrator: SessionNarrator
    people: tuple[Person, ...]
    undone: Mapping[int, int]
    """The sequence numbers of the facts that count no more, each with that of the fact that undid it."""

    @property
    def facts(self) -> Sequence[Fact]:
        """The facts as they may be seen; in place of each that may not, a `SetAside`."""
        return self.narrator.sight.facts

    @property
    def incidents(self) -> tuple[str, ...]:
        """The incidents that they know of, in the order of the scenario."""
        return self.narrator.sight.incidents

    @property
    def names(self) -> Names:
        """Titles by id."""
        return self.narrator.names

    @property
    def pseudonyms(self) -> tuple[str, ...]:
        """The pseudonyms of whoever sits at the keyboard."""
        return tuple(person.pseudonym for person in self.people)

    @property
    def coached(self) -> bool:
        """True if the coach helps somebody at the keyboard."""
        return not self.session.ended and not self.session.exercise.state.coached.isdisjoint(self.pseudonyms)

    def time(self, *, live: bool = False) -> TimeView:
        """Return the time of the exercise, with its words; while it passes by itself (`live`), with seconds."""
        now, told = self.session.now, self.narrator
        clock = told.narrator.clock
        shown, elapsed = clock.time(now, seconds=live), clock.elapsed(now, seconds=live)
        return TimeView(now, told.day(now), shown, elapsed, self.seconds or live, told.instant(now))

    @property
    def told_to(self) -> tuple[object, ...]:
        """The key that words depend on besides new facts: what may be seen, language, people at the keyboard, seconds.

        Words that were made for another key are to be made anew.
        """
        sight = self.narrator.sight
        return (id(sight), sight.edition, self.narrator.language, self.pseudonyms, self.seconds)

    @property
    def seconds(self) -> bool:
        """True if times of day are told with seconds."""
        return self.narrator.narrator.clock.seconds


class UndoneWatch:
    """A cache of the facts of a session that were undone, read anew only when another one has been."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._read = 0
        self._undone: Mapping[int, int] = {}

    def of(self, session: Session) -> Mapping[int, int]:
        """Return the sequence numbers of the facts that count no more, each with that of the fact that undid it."""
        if session is not self._session:
            self._session, self._read, self._undone = session, 0, {}
        facts = session.facts
        if any(facts[number].kind is FactKind.STEP_UNDONE for number in range(self._read, len(facts))):
            self._undone = undone_by(facts)
        self._read = len(facts)
        return self._undone


def step_id(playbook: Playbook, step: Step) -> str:
    """Return the id of a step, as in `lifecycle/4`: its track, and its place there from 0."""
    steps = playbook.tracks[step.track].steps
    return f"{step.track}/{next(place for place, known in enumerate(steps) if known is step)}"


def step_of(playbook: Playbook, name: str, do: str) -> Step | None:
    """The step that `step_id` gave this name, where it has the trigger `do`; `None` where there is none."""
    track, _slash, place = name.rpartition("/")
    if track not in playbook.tracks or not (place.isascii() and place.isdecimal()):
        return None
    steps = playbook.tracks[track].steps
    step = steps[int(place)] if int(place) < len(steps) else None
    return step if step is not None and step.do == do else None
