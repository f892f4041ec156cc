"""The scenario under the lint, with what every rule asks about it: who holds what, who can act, how it plays."""

from collections.abc import Iterable

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Inject, Person, Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.quality.plays import Plays


class Story:
    """A scenario beside its playbook.

    Attributes:
        steps: the steps that somebody takes, by their `do`.
        plays: the trial plays.
    """

    def __init__(self, compiled: CompiledPlaybook, scenario: Scenario) -> None:
        self.compiled = compiled
        self.playbook: Playbook = compiled.playbook
        self.scenario = scenario
        self.roster = Roster(self.playbook, scenario)
        self.plays = Plays(compiled, scenario)
        self._numbers = {inject.id: number for number, inject in enumerate(scenario.injects)}
        self.steps: dict[str, list[Step]] = {}
        for track in self.playbook.tracks.values():
            for step in track.steps:
                if not step.automatic:
                    self.steps.setdefault(step.do, []).append(step)

    def path(self, inject: Inject) -> tuple[str, int]:
        """Return the path of the inject in the file."""
        return ("injects", self._numbers[inject.id])

    def deputising(self, role: str) -> tuple[Person, ...]:
        """Return those who would stand in for `role` at some time: nobody, while one of its holders is always there."""
        holders = self.roster.holders_of(role)
        if any(not person.always_away and not person.away for person in holders):
            return ()
        deputies = self.playbook.roles[role].deputies
        return tuple(dict.fromkeys(person for deputy in deputies for person in self.roster.holders_of(deputy)))

    def able(self, role: str) -> tuple[Person, ...]:
        """Return those who may act as `role` at some time and are ever there."""
        found = dict.fromkeys((*self.roster.holders_of(role), *self.deputising(role)))
        return tuple(person for person in found if not person.always_away)

    def takers(self, step: Step) -> tuple[Person, ...]:
        """Return those who may take the step at some time."""
        return tuple(dict.fromkeys(person for role in step.by for person in self.able(role)))

    def addressed(self, names: Iterable[str]) -> tuple[Person, ...]:
        """Return those whom a message to these roles, bodies or persons may reach, deputies included."""
        found: dict[Person, None] = {}
        for name in names:
            if name in self.roster.people:
                found[self.roster.people[name]] = None
                continue
            for role in self.playbook.roles_of(name):
                found.update(dict.fromkeys((*self.roster.holders_of(role), *self.deputising(role))))
        return tuple(found)

    def truth_fits(self, step: Step, incident: str | None) -> bool:
        """Return whether the step is right by the ground truth of the incident, or of any where none is named."""
        found = self.scenario.incidents
        flags = [one.truth.flags for name, one in found.items() if incident in (None, name)]
        return any(all(truth.get(name, False) == value for name, value in step.fits.items()) for truth in flags)
