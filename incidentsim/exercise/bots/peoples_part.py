"""What bots leave to people at the table: what these owe, what only they were asked for, and what is theirs first.

Everything here follows from facts alone: a fresh look at the same facts says the same. What is kept is only how far
they have been read.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from incidentsim.domain.facts import FactKind, actor_of
from incidentsim.domain.playbook import ANYONE, Step
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.state import IncidentState


@dataclass(slots=True)
class _News:
    """Who knows of an incident, and who was asked for what (pseudonyms).

    `reached` are those whom an inject, an escalation or a message about it reached, `acted` those who have taken a step
    about it or tried to: once there is one, all who work on it know of it. `asked` are, by step, the receivers of each
    inject that asked for it and of each message that ordered it, since it was last taken.
    """

    read: int = 0
    reached: set[str] = field(default_factory=set)
    acted: set[str] = field(default_factory=set)
    asked: dict[str, list[frozenset[str]]] = field(default_factory=dict)


class PeoplesPart:
    """The part of an exercise that people decide."""

    def __init__(self, exercise: Exercise, played: Collection[str]) -> None:
        """`played` are the pseudonyms of those for whom people decide."""
        self._exercise = exercise
        self._played = frozenset(played)
        self._refolds = exercise.state.refolds
        self._news: dict[str, _News] = {}

    def holds(self, incident: IncidentState, step: Step, at: int, duties: Collection[str]) -> bool:
        """Return whether a step is left to people at `at` (ms); `duties` are those that it settles.

        It is, if somebody whom people play could take it then, and

        - owes one of these duties;
        - or was asked for it by a message that reached nobody else who could take it;
        - or holds the role that the step names first, of the roles held by anybody who knows of the incident. Where
          anyone may take it, no role comes first: then nobody else may know of it.

        Of several who hold a role, it is theirs who are at work on the incident already, if any are.
        """
        if not self._played:
            return False
        cast = self._exercise.roster
        barred = {incident.authors.get(do) for do in step.not_by_author_of}
        able = [
            {person.pseudonym for person in cast.able_in_turn(role, at) if person.pseudonym not in barred}
            for role in step.by
        ]
        everybody = {name for names in able for name in names}
        mine = everybody & self._played
        if not mine:
            return False
        news = self._read(incident)
        if any(self._owe(mine, duty, news, at) for duty in duties if duty in incident.duties):
            return True
        asked = (receivers & everybody for receivers in news.asked.get(step.do, ()))
        if any(receivers and receivers <= self._played for receivers in asked):
            return True
        know = everybody if news.acted else everybody & news.reached
        if ANYONE in step.by_named:
            return bool(know) and know <= self._played
        first = next((names & know for names in able if names & know), set())
        return bool((first & news.acted or first) & self._played)

    def strangers(self, incident: IncidentState, step: Step) -> frozenset[str]:
        """Return those who do not know of the incident yet, where anyone may take the step and somebody else does."""
        if ANYONE not in step.by_named:
            return frozenset()
        news = self._read(incident)
        if news.acted or not news.reached:
            return frozenset()
        return frozenset(self._exercise.roster.people.keys() - news.reached)

    def _owe(self, people: Collection[str], duty: str, news: _News, at: int) -> bool:
        """Whether some of these people owe an open duty, and nobody else in the same role is at work on it."""
        cast, playbook = self._exercise.roster, self._exercise.playbook
        for name in self._exercise.compiled.duties[duty].owed_by:
            for role in playbook.roles_of(name):
                owing = set(cast.reached((role,), at))
                if owing.intersection(people) and (owing & news.acted or owing) & self._played:
                    return True
        return False

    def _read(self, incident: IncidentState) -> _News:
        state = self._exercise.state
        if state.refolds != self._refolds:  # something that was read counts no more
            self._refolds = state.refolds
            self._news.clear()
        news = self._news.setdefault(incident.id, _News())
        for fact in incident.facts[news.read :]:
            match fact.kind:
                case FactKind.INJECT_DELIVERED:
                    news.reached.update(fact.to)
                    for do in state.inject(fact.inject).expects:
                        news.asked.setdefault(do, []).append(frozenset(fact.to))
                case FactKind.ESCALATED:
                    news.reached.update(fact.persons)
                case FactKind.MESSAGE_SENT:
                    news.reached.update((*fact.receivers, fact.by.person))
                    if fact.do is not None:
                        news.asked.setdefault(fact.do, []).append(frozenset(fact.receivers))
                case FactKind.STEP_TAKEN:
                    news.asked.pop(fact.do, None)
                case _:
                    pass
            actor = actor_of(fact)
            if actor is not None:
                news.acted.add(actor.person)
        news.read = len(incident.facts)
        return news
