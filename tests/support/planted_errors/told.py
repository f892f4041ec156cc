"""A script as an expert plays it, a script with one human error planted in it, and why an error cannot be planted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.facts import Fact, StepTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import ANYONE, Playbook, Step
from incidentsim.domain.scenario import Scenario, ScriptedAction
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exercise.evaluation.evaluate import Evaluation
from tests.support.evaluating import played

Key = tuple[ErrorKind, str, str, int]
Script = tuple[ScriptedAction, ...]
WORDS = FreeText("as planted")


@unique
class WhyNot(StrEnum):
    """The reasons for which an error cannot be planted into a script."""

    NO_INCIDENT = "no incident in it is a real one"
    NO_SUCH_LEVEL = "the procedure has no such level"
    SO_ALREADY = "the script errs so itself"
    NOBODY_ASKS = "nobody has to judge or approve it"
    NOBODY_IS_TOLD = "at its level nobody is to be told"
    ALL_ARE_TOLD = "everybody whom the procedure knows is to be told"
    KNOWN_TO_ALL = "the figure comes to everybody who may grade, at once or by whoever reads it first"
    LATE_ALREADY = "whatever has a time limit is late already"
    NO_ROOM = "whatever would be late would be so after the next step"
    NO_DEADLINE = "no deadline of a law can concern it"
    NO_DEADLINE_RUNS = "nothing that somebody may judge lets a deadline of a law run out in it"
    REFUSED = "the procedure refuses it"


@dataclass(frozen=True)
class Planted:
    """A scenario whose script has one error more, and what tells that error from others."""

    scenario: Scenario
    key: Key


Plant = Planted | WhyNot


@dataclass(frozen=True)
class Told:
    """A scenario as an expert plays it: its procedure, its facts and its evaluation."""

    scenario: Scenario
    playbook: Playbook
    facts: Sequence[Fact]
    evaluation: Evaluation

    @property
    def keys(self) -> set[Key]:
        """The errors that the script has of itself."""
        return {error.key for error in self.evaluation.judged.all_errors}

    def errors_about(self, incident: str) -> list[DecisionError]:
        """The errors that the script makes about an incident."""
        return [error for error in self.evaluation.judged.all_errors if error.incident == incident]

    def step(self, line: ScriptedAction) -> Step | None:
        """The step that a line of the script took; `None` where it was refused."""
        action = line.action
        for fact in self.facts:
            if isinstance(fact, StepTaken) and fact.by is not None and (fact.at, fact.do) == (line.at, action.do):  # noqa: SIM102 - two questions
                if (fact.incident, fact.by.person) == (action.incident, action.person):
                    steps = self.playbook.tracks[fact.track].steps
                    return next(step for step in steps if step.do == fact.do and fact.source in step.sources)
        return None

    def real(self, incident: str) -> bool:
        """Whether an incident is a real one."""
        return self.scenario.incidents[incident].truth.incident

    def replaced(self, line: ScriptedAction, action: Action) -> list[ScriptedAction]:
        """The script with another action in one of its lines."""
        return [replace(other, action=action) if other is line else other for other in self.scenario.script]

    def taken(self, planted: Scenario, line: ScriptedAction) -> bool:
        """Whether the procedure lets a line of the planted script happen."""
        return any(
            isinstance(fact, StepTaken)
            and fact.by is not None
            and (fact.do, fact.incident, fact.by.person) == (line.action.do, line.action.incident, line.action.person)
            and fact.at >= line.at
            for fact in played(planted)
        )

    def others(self, step: Step) -> list[Step]:
        """The other steps of people that leave the same states of a track."""
        track = self.playbook.tracks[step.track]
        return [
            other
            for other in track.steps
            if other.do != step.do and not other.automatic and set(other.sources) & set(step.sources)
        ]

    def able(self, step: Step) -> str | None:
        """Somebody (a pseudonym) who may take a step and is there."""
        for person in self.scenario.people.values():
            if not person.always_away and not person.away and (ANYONE in step.by or set(person.roles) & set(step.by)):
                return person.pseudonym
        return None

    def written(self, script: Iterable[ScriptedAction]) -> Scenario:
        """The scenario with another script, in order of time."""
        return replace(self.scenario, script=tuple(sorted(script, key=lambda one: one.at)), asides=())


def filled(told: Told, step: Step, **values: Value) -> dict[str, Value]:
    """Valid content for a step."""
    found: dict[str, Value] = {}
    for part in step.fields:
        if not part.required:
            continue
        match part.kind:
            case FieldKind.TEXT:
                found[part.name] = WORDS
            case FieldKind.CHOICES | FieldKind.CLOCK_MEASURES:
                found[part.name] = part.choices[: max(part.at_least, 1)]
            case FieldKind.LEVEL:
                found[part.name] = max(told.playbook.levels)
            case FieldKind.PERSON:
                found[part.name] = next(iter(told.scenario.people.values())).pseudonym
            case FieldKind.ROLE:
                found[part.name] = step.by[0]
            case _:
                found[part.name] = part.choices[0]
    return {**found, **values}
