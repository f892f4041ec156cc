"""One pass over the facts of a run that notes which of them are which evidence."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incidentsim.domain.controls import Evidence, Trait
from incidentsim.domain.facts import (
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    Escalated,
    Fact,
    FactKind,
    LevelSet,
    StatutoryLevelJudged,
    StepTaken,
    actor_of,
)
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.controls.asked import patterns_of, signs_of
from incidentsim.exercise.kernel.role_holdings import RoleHoldings
from incidentsim.exercise.kernel.triggers import FactSignature, Subscription, by_kind, signature_of, subscriptions

if TYPE_CHECKING:
    from incidentsim.domain.conditions import Pattern

Question = Callable[[Fact, int], bool]
"""Whether a fact that fits a pattern, at its sequence number, has a trait."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The evidence of this number is there in facts like the listener's patterns, if trait and scale are as asked."""

    number: int
    trait: Question | None
    scale: str | None

    def fits(self, fact: Fact, sequence: int) -> bool:
        """Return whether this fact, which fits a pattern, is the evidence."""
        if self.scale is not None and not (isinstance(fact, StatutoryLevelJudged) and fact.scale == self.scale):
            return False
        return self.trait is None or self.trait(fact, sequence)


class Signs:
    """Looks for pieces of evidence in facts.

    Args:
        evidence: what is looked for.
        playbook: the procedure that was played.
        scenario: the scenario that was played.
        by_people: the sequence numbers of facts that people at the table decided.
    """

    def __init__(
        self, evidence: Sequence[Evidence], playbook: Playbook, scenario: Scenario, by_people: Container[int]
    ) -> None:
        self._count = len(evidence)
        self._traits = traits = _Traits(playbook, scenario, by_people)
        asked: list[tuple[Pattern, _Asked]] = []
        for number, one in enumerate(evidence):
            for sign in signs_of(one, playbook):
                question = traits.question(sign.trait) if sign.trait is not None else None
                asked += [(pattern, _Asked(number, question, sign.scale)) for pattern in patterns_of(sign, playbook)]
        self._asked = by_kind(asked)

    def read(self, facts: Iterable[Fact]) -> list[list[int]]:
        """For each piece of evidence the sequence numbers of the facts that are it, in order."""
        places: list[list[int]] = [[] for _ in range(self._count)]
        heard_by: dict[FactSignature, tuple[Subscription[_Asked], ...]] = {}
        self._traits.reset()
        for sequence, fact in enumerate(facts):
            self._traits.take_in(fact)
            sort = signature_of(fact)
            heard = heard_by.get(sort)
            if heard is None:
                heard = heard_by[sort] = subscriptions(self._asked.get(fact.kind, ()), sort)
            for listener in heard:
                if listener.matches(fact) and listener.rule.fits(fact, sequence):
                    place = places[listener.rule.number]
                    if not place or place[-1] != sequence:  # several signs of one piece may fit one fact
                        place.append(sequence)
        return places


class _Traits:
    """The questions that traits stand for, with what playbook and scenario say about them looked up beforehand."""

    def __init__(self, playbook: Playbook, scenario: Scenario, by_people: Container[int]) -> None:
        self.playbook = playbook
        self.by_people = by_people
        self.holdings = RoleHoldings(scenario)
        self.people = frozenset(person.pseudonym for person in scenario.people.values())
        self.steps: Mapping[tuple[str, str, str], Step] = {
            (track.id, source, step.do): step
            for track in playbook.tracks.values()
            for step in track.steps
            for source in step.sources
        }
        self.outside = frozenset(
            track.id for track in playbook.tracks.values() if any(self._is_outside(name) for name in track.tells)
        )
        self.telling = frozenset(track.id for track in playbook.tracks.values() if track.tells)
        self.main = playbook.main_track
        self._due: dict[int, int | None] = {}

    def question(self, trait: Trait) -> Question:
        """The question for this trait."""
        ask = _QUESTIONS[trait]
        return lambda fact, sequence: ask(self, fact, sequence)

    def reset(self) -> None:
        """Begin with the first fact again."""
        self.holdings.reset()
        self._due.clear()

    def take_in(self, fact: Fact) -> None:
        """Follow what answers rest on: who holds which role, and until when what is owed."""
        self.holdings.take_in(fact)
        if isinstance(fact, DutyOpened | DutyRescheduled):
            self._due[fact.number] = fact.due

    def _is_outside(self, name: str) -> bool:
        roles = (self.playbook.roles.get(role) for role in self.playbook.roles_of(name))
        return any(role is not None and role.outside for role in roles)

    def _step(self, fact: Fact) -> Step | None:
        if fact.kind != FactKind.STEP_TAKEN:
            return None
        return self.steps.get((fact.track, fact.source, fact.do))

    def begins(self, fact: Fact, _sequence: int) -> bool:
        if not isinstance(fact, StepTaken) or fact.by is None or fact.track != self.main.id:
            return False
        return fact.source == self.main.initial != fact.target

    def by_somebody(self, fact: Fact, _sequence: int) -> bool:
        return actor_of(fact) is not None

    def decided_by_people(self, fact: Fact, sequence: int) -> bool:
        return actor_of(fact) is not None and sequence in self.by_people

    def stand_in(self, fact: Fact, _sequence: int) -> bool:
        actor = actor_of(fact)
        if actor is None or actor.person not in self.people:
            return False
        return actor.role not in self.holdings.roles_of(actor.person)

    def four_eyes(self, fact: Fact, _sequence: int) -> bool:
        step = self._step(fact)
        return step is not None and bool(step.not_by_author_of)

    def told_outside(self, fact: Fact, _sequence: int) -> bool:
        return isinstance(fact, StepTaken) and fact.by is not None and fact.track in self.outside

    def told_inside(self, fact: Fact, _sequence: int) -> bool:
        if not isinstance(fact, StepTaken) or fact.by is None:
            return False
        return fact.track in self.telling and fact.track not in self.outside

    def reached(self, fact: Fact, _sequence: int) -> bool:
        return isinstance(fact, Escalated) and bool(fact.persons)

    def changed(self, fact: Fact, _sequence: int) -> bool:
        return isinstance(fact, LevelSet) and fact.was not in (None, fact.level)

    def in_time(self, fact: Fact, _sequence: int) -> bool:
        return isinstance(fact, DutySettled) and not fact.late and self._due.get(fact.number, 0) is not None

    def decides_incident(self, fact: Fact, _sequence: int) -> bool:
        step = self._step(fact)
        return step is not None and "incident" in step.fits

    def finds_incident(self, fact: Fact, _sequence: int) -> bool:
        step = self._step(fact)
        return step is not None and step.fits.get("incident") is True

    def decides_unlawful(self, fact: Fact, _sequence: int) -> bool:
        step = self._step(fact)
        return step is not None and "unlawful" in step.fits

    def another_phase(self, fact: Fact, _sequence: int) -> bool:
        states = self.main.states
        if not isinstance(fact, StepTaken) or fact.track != self.main.id:
            return False
        before, after = states.get(fact.source), states.get(fact.target)
        step = self._step(fact)
        if before is None or after is None or step is None:
            return False
        back = step.detour or after.final  # such as beginning anew, or dismissing what turned out to be no incident
        return not back and after.phase not in (None, before.phase)


_QUESTIONS: Final[Mapping[Trait, Callable[[_Traits, Fact, int], bool]]] = {
    "begins": _Traits.begins,
    "by_somebody": _Traits.by_somebody,
    "by_people": _Traits.decided_by_people,
    "stand_in": _Traits.stand_in,
    "four_eyes": _Traits.four_eyes,
    "told_outside": _Traits.told_outside,
    "told_inside": _Traits.told_inside,
    "reached": _Traits.reached,
    "changed": _Traits.changed,
    "in_time": _Traits.in_time,
    "decides_incident": _Traits.decides_incident,
    "finds_incident": _Traits.finds_incident,
    "decides_unlawful": _Traits.decides_unlawful,
    "another_phase": _Traits.another_phase,
}
