"""Whose a decision or a task was: of people at the table, or of bots."""

from collections.abc import Collection, Iterable

from incidentsim.domain.evaluation import Task
from incidentsim.domain.facts import DutyBreached, DutyOpened, DutySettled, LevelSet, actor_of
from incidentsim.domain.playbook import ANYONE
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.role_holdings import holdings_on_record


class Whose:
    """Says of decisions, roles and tasks whether they were people's; `None` where nobody is known to have played.

    `played` are the pseudonyms of those of the story for whom people decided; `None`: it was no session of people.
    """

    def __init__(self, trace: Trace, played: Collection[str] | None) -> None:
        self._trace = trace
        self._played = None if played is None else frozenset(played)
        holdings = holdings_on_record(trace.scenario, trace.facts)
        self._roles = frozenset(role for person in played or () for role in holdings.roles_of(person))
        self._doing: dict[str, set[str]] = {}
        for track in trace.playbook.tracks.values():
            for step in track.steps:
                self._doing.setdefault(step.do, set()).update(step.by)

    def person(self, person: str | None, roles: Iterable[str]) -> bool | None:
        """Return whether somebody whom people played decided; where nobody did, whether people held the role."""
        if self._played is None:
            return None
        return person in self._played if person is not None else self.hold(roles)

    def hold(self, roles: Iterable[str]) -> bool | None:
        """Return whether anybody whom people played holds one of these roles, or a role of these bodies."""
        if self._played is None:
            return None
        named = {role for name in roles for role in self._trace.playbook.roles_of(name)}
        return bool(self._roles & named) or (ANYONE in named and bool(self._played))

    def doing(self, do: str) -> frozenset[str]:
        """Return the roles or bodies that may take a step."""
        return frozenset(self._doing.get(do, ()))

    def fact(self, number: int) -> bool | None:
        """Return whether a fact says what people decided, or owed; `None` where it says nothing of the kind."""
        if self._played is None:
            return None
        fact = self._trace.facts[number]
        if isinstance(fact, DutyOpened | DutyBreached):
            return self.hold(fact.owed_by)
        actor = actor_of(fact)
        if actor is None and isinstance(fact, DutySettled | LevelSet):
            actor = actor_of(self._trace.facts[fact.because])
        return actor.person in self._played if actor is not None else None

    def acts(self, numbers: Iterable[int]) -> bool | None:
        """Return whether people decided or owed any of these facts; `None` where none of them says whose it was."""
        known = [ours for number in numbers if (ours := self.fact(number)) is not None]
        return any(known) if known else None

    def task(self, task: Task) -> bool | None:
        """Return whether people performed a task on any incident; where nobody did, whether it was theirs to do."""
        if self._played is None:
            return None
        performed = [
            first
            for incident in self._trace.incidents.values()
            if (first := self._trace.first(incident, task.performed)) is not None
        ]
        actors = [actor for first in performed if (actor := actor_of(self._trace.facts[first])) is not None]
        if actors:
            return any(actor.person in self._played for actor in actors)
        return self.hold(role for pattern in task.performed for role in self._doing.get(pattern.do or "", ()))
