"""What everybody knows about an incident: what the injects and messages that they have read show, and nothing else.

An inject shows values of measures and flags; a message tells those that its sender states. Whoever is delivered the
inject, or gets a message that quotes or forwards it, knows what it shows from then on, or from their return
(`kernel/hearing.py`). Nobody knows the truth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from incidentsim.domain.facts import MessageAct, MessageSent
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.exercise.kernel.hearing import Heard, Hearing

MISLEADING: Final = frozenset({"red_herring", "contradiction"})
"""Parts of a story that experience can see through, where they say what is not so."""

FindingKind = Literal["measure", "flag"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody knows: what an inject shows, or a message tells in its sender's own figures.

    Attributes:
        kind: a measure or a flag.
        name: its id.
        value: the value (durations in ms; yes and no 1 and 0).
        doubtful: true if it is not so and experience can tell.
        inject: the inject that shows it; `None` where a message tells it.
        message: the number of the message that tells it; `None` where an inject shows it.
        origin: the sequence number of the fact with which it first came to anybody: of two that say otherwise about
            one thing, the later one counts.
        heard: the fact with which it came to this person, and from when they know it.
    """

    kind: FindingKind
    name: str
    value: int
    doubtful: bool
    inject: str | None
    message: int | None
    origin: int
    heard: Heard


class Readings(Protocol):
    """A source of what was read so far: the state of an exercise under way, or a record that is over.

    `refolds` grows whenever something that was read counts no more.
    """

    refolds: int
    hearing: Hearing
    messages: dict[int, MessageSent]

    def inject(self, name: str) -> Inject:
        """The inject of this id.

        Raises:
            KeyError: there is none.
        """


class Knowledge:
    """The fold of an exercise's facts into what everybody knows.

    What is asked holds for the state that was read last. People are named by pseudonym.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Begin with nothing known to anybody."""
        self._scenario = scenario
        self._state: Readings | None = None
        self._refolds = 0
        self._kept: dict[tuple[str, str], tuple[int, tuple[Finding, ...]]] = {}
        self._shown: dict[tuple[str, FindingKind], frozenset[str]] = {}
        self._story: dict[str | None, list[Inject]] = {}
        for inject in scenario.injects:
            self._story.setdefault(inject.incident, []).append(inject)

    def read(self, state: Readings) -> None:
        """Take in the facts that have been added since this was last asked."""
        if state is not self._state or state.refolds != self._refolds:
            self._state, self._refolds = state, state.refolds
            self._kept.clear()

    def version(self, incident: str) -> int:
        """Return a number that grows whenever somebody comes to read something about an incident."""
        return 0 if self._state is None else self._state.hearing.versions.get(incident, 0)

    def shown(self, incident: str, kind: FindingKind) -> frozenset[str]:
        """The measures or flags of an incident that the story shows, come or not; what only misleads shows nothing."""
        known = self._shown.get((incident, kind))
        if known is None:
            known = self._shown[incident, kind] = frozenset(
                shown.name
                for inject in self.story(incident)
                for shown in inject.shows
                if shown.kind == kind and not self.is_doubtful(inject, shown)
            )
        return known

    def story(self, incident: str) -> Sequence[Inject]:
        """The injects of the scenario that are about an incident, in its order."""
        return self._story.get(incident, ())

    def is_doubtful(self, inject: Inject, shown: Shown) -> bool:
        """Return whether an inject shows what is not so, and experience can tell."""
        incident = self._scenario.incidents.get(inject.incident or "")
        if inject.part not in MISLEADING or incident is None:
            return False
        truth = incident.truth
        real = truth.why.get(shown.name, 0) if shown.kind == "measure" else truth.flags.get(shown.name, False)
        return shown.value != int(real)

    def injects(self, incident: str, person: str) -> Mapping[str, Heard]:
        """The injects about an incident that a person has read, or reads on return, and how each came to them."""
        return {} if self._state is None else self._state.hearing.injects(person, incident)

    def findings(self, incident: str, person: str) -> tuple[Finding, ...]:
        """Return all that a person knows about an incident, in the order in which it first came to anybody."""
        state = self._state
        if state is None:
            return ()
        version = self.version(incident)
        kept = self._kept.get((incident, person))
        if kept is None or kept[0] != version:
            known = (*self._shown_to(state, incident, person), *_told_to(state, incident, person))
            kept = self._kept[incident, person] = (version, tuple(sorted(known, key=lambda finding: finding.origin)))
        return kept[1]

    def _shown_to(self, state: Readings, incident: str, person: str) -> Iterator[Finding]:
        for name, heard in state.hearing.injects(person, incident).items():
            inject = state.inject(name)
            for shown in inject.shows if heard.since is not None else ():
                doubtful = self.is_doubtful(inject, shown)
                origin = state.hearing.delivered.get(name, heard.fact)
                yield Finding(shown.kind, shown.name, shown.value, doubtful, name, None, origin, heard)


def _told_to(state: Readings, incident: str, person: str) -> Iterator[Finding]:
    """What messages tell a person in their senders' own figures; what they say themselves is not news to them."""
    for number, heard in state.hearing.messages(person, incident).items():
        message = state.messages[number]
        if heard.since is None or message.by.person == person or message.act is MessageAct.ASK:
            continue
        origin = state.hearing.sent[number]
        for name, value in message.measures.items():
            yield Finding("measure", name, value, False, None, number, origin, heard)
        for name, holds in message.flags.items():
            yield Finding("flag", name, int(holds), False, None, number, origin, heard)
