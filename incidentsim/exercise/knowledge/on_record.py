"""Who had read what in a record that is over: a fold of its deliveries and messages, and of nothing else in it."""

from collections.abc import Sequence

from incidentsim.domain.facts import Fact, InjectAdded, InjectDelivered, MessageSent
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.kernel.added_injects import added_inject
from incidentsim.exercise.kernel.hearing import Hearing
from incidentsim.exercise.knowledge.knowledge import Knowledge


class Told:
    """The injects and messages of a whole record, and whom they reached.

    Attributes:
        hearing: who had read which inject and message, from when, and by which fact.
        messages: every message, by number.
        refolds: always 0; a record that is over is not folded anew.
    """

    def __init__(self, scenario: Scenario, facts: Sequence[Fact]) -> None:
        """Fold `facts`, those in force, each at its sequence number."""
        self._injects = {inject.id: inject for inject in scenario.injects}
        self.hearing = Hearing(scenario)
        self.messages: dict[int, MessageSent] = {}
        self.refolds = 0
        for number, fact in enumerate(facts):
            match fact:
                case InjectAdded():
                    self._injects[fact.inject] = added_inject(fact)
                    self.hearing.add(fact.inject, fact.incident)
                case InjectDelivered():
                    self.hearing.deliver(fact, number)
                case MessageSent():
                    self.messages[fact.number] = fact
                    self.hearing.message(fact, number)
                case _:
                    pass

    def inject(self, name: str) -> Inject:
        """The inject of this id, of the scenario or added.

        Raises:
            KeyError: there is none.
        """
        return self._injects[name]


def knowledge_on_record(scenario: Scenario, facts: Sequence[Fact]) -> Knowledge:
    """Return what everybody knew by the end of a record; each finding says by which fact and from when.

    `facts` are those in force, each at its sequence number.
    """
    knowledge = Knowledge(scenario)
    knowledge.read(Told(scenario, facts))
    return knowledge
