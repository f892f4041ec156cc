"""Who had read what when they decided: the one place here that asks how injects and messages travel.

It is the same notion as `IncidentState.known`: an inject is known to whom it was delivered and to whoever got a message
that quotes it, itself or by what it quotes.
"""

from collections.abc import Sequence

from incidentsim.domain.facts import InjectDelivered, MessageSent
from incidentsim.exercise.evaluation.decisions.kinds import KnownInject
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.quotes import Quotes


class Knowledge:
    """The injects that people had read, by incident, with the facts by which these reached them.

    Attributes:
        shown: by inject, the numbers of the facts by which it reached anybody, in order.
    """

    def __init__(self, trace: Trace) -> None:
        self._about = {inject.id: inject.incident for inject in trace.scenario.injects}
        self._read: dict[tuple[str, str], list[KnownInject]] = {}
        self._seen: set[tuple[str, str]] = set()
        self.shown: dict[str, list[int]] = {}
        self._fold(trace)

    def _fold(self, trace: Trace) -> None:
        quotes = Quotes()
        for sequence in trace.tellings:
            fact = trace.facts[sequence]
            if isinstance(fact, InjectDelivered):
                self._learn(fact.to, (fact.inject,), sequence)
            elif isinstance(fact, MessageSent):
                quotes.take(fact)
                self._learn(fact.receivers, quotes.injects[fact.number], sequence)

    def _learn(self, people: Sequence[str], injects: Sequence[str], sequence: int) -> None:
        for inject in injects:
            incident = self._about.get(inject)
            if incident is None or not people:
                continue
            self.shown.setdefault(inject, []).append(sequence)
            for person in people:
                if (person, inject) not in self._seen:
                    self._seen.add((person, inject))
                    self._read.setdefault((incident, person), []).append(
                        KnownInject(inject, sequence, self.shown[inject][0])
                    )

    def known(self, incident: str, person: str, before: int) -> tuple[KnownInject, ...]:
        """The injects about an incident that a person (a pseudonym) had read before the fact `before`, in order."""
        return tuple(known for known in self._read.get((incident, person), ()) if known.sequence < before)

    def first_reader(self, inject: str, before: int) -> int | None:
        """The number of the fact by which an inject first reached anybody, if that was before the fact `before`."""
        shown = self.shown.get(inject)
        return shown[0] if shown and shown[0] < before else None
