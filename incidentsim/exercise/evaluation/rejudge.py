"""Judging an old run by a new procedure: the recorded actions once more, under another playbook.

What somebody did or tried stands in the record with its content and time. The same is tried again, in the same
order and at the same times, by the other playbook's rules; nothing is asked of the old playbook and the record stays
as it is. What was undone is not tried. Whatever the other playbook does not know (a step, a role) is reported, and the
rest goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import (
    Actor,
    CommittedText,
    Content,
    Fact,
    FactKind,
    InjectMoved,
    InjectSkipped,
    MessageSent,
    RefusalReason,
    Refused,
    StepTaken,
)
from incidentsim.domain.interventions import Move, Skip
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.metrics import duty_standing
from incidentsim.exercise.evaluation.trace import DutyTrace, Trace
from incidentsim.exercise.kernel.agenda import Precedence
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.speaking import say_again

TAKEN = "taken"
UNKNOWN_STEP = "unknown_step"
UNKNOWN_ROLE = "unknown_role"

_TOLD_A_LOOK: Final = 1_000
"""So many facts are gone through before that is told."""

_FOLLOWING = frozenset({RefusalReason.STATE, RefusalReason.NEEDS, RefusalReason.NOT_RAISED})
"""Refusals that may only be the consequence of an earlier one."""


@dataclass(frozen=True, slots=True)
class Rejudged:
    """One recorded action, in fact `sequence`: what came of it then and what would come of it now.

    `then` and `now` are `taken`, a kind of refusal, or for `now` also `unknown_step` or `unknown_role`. `rule` and
    `clause` are what refuses it now, with `allowed`. `follows` says that it is refused only because something before
    it would have been.
    """

    sequence: int
    incident: str
    do: str
    then: str
    now: str
    rule: str | None = None
    clause: str | None = None
    allowed: tuple[str, ...] = ()
    follows: bool = False

    @property
    def verdict(self) -> str:
        """`same`, `now_refused`, `newly_allowed`, `refused_otherwise` or `unknown`."""
        if self.now in {UNKNOWN_STEP, UNKNOWN_ROLE}:
            return "unknown"
        if self.then == self.now:
            return "same"
        if self.then == TAKEN:
            return "now_refused"
        return "newly_allowed" if self.now == TAKEN else "refused_otherwise"


@dataclass(frozen=True, slots=True)
class RejudgedDuty:
    """A duty of one incident that stands otherwise under the other playbook; `None`: there is no such duty."""

    incident: str
    duty: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """The outcome of a run's actions under the other playbook. `facts` are those of the run as it would have been."""

    playbook: str
    version: str
    actions: tuple[Rejudged, ...]
    duties: tuple[RejudgedDuty, ...]
    facts: tuple[Fact, ...]

    @property
    def changes(self) -> tuple[Rejudged, ...]:
        """The actions that would be answered otherwise."""
        return tuple(one for one in self.actions if one.verdict != "same")


def rejudge(
    compiled: CompiledPlaybook,
    played_by: Playbook,
    scenario: Scenario,
    facts: Sequence[Fact],
    on_fact: Callable[[int, int], None] | None = None,
) -> Rejudgement:
    """Try the recorded actions under another playbook.

    Args:
        compiled: the other playbook.
        played_by: the playbook that the run was played by.
        scenario: what it was about.
        facts: what is on record.
        on_fact: told now and then how many facts are gone through, and of how many.
    """
    counted = facts_in_force(facts)
    exercise = Exercise(compiled, _fitted(_told_in_earnest(scenario, facts, counted), compiled.playbook))
    replayed: list[Fact] = list(exercise.begin())
    judged: list[Rejudged] = []
    broken: set[str] = set()
    for sequence, fact in enumerate(counted):
        if on_fact is not None and sequence % _TOLD_A_LOOK == 0:
            on_fact(sequence, len(counted))
        if isinstance(fact, InjectMoved | InjectSkipped):
            replayed += [*_wait(exercise, fact.at, Precedence.INTERVENTION), *_steered(exercise, fact)]
        if isinstance(fact, MessageSent) and fact.because is None:
            replayed += [*_wait(exercise, fact.at), *_said_again(exercise, fact)]
        if not isinstance(fact, StepTaken | Refused) or fact.by is None:
            continue
        replayed += _wait(exercise, fact.at)
        answer, new = _try(exercise, compiled, fact, fact.by, sequence)
        replayed += new
        if answer.verdict == "now_refused" and answer.now in _FOLLOWING and answer.incident in broken:
            answer = replace(answer, follows=True)
        if answer.verdict in {"now_refused", "unknown"} and answer.then == TAKEN:
            broken.add(answer.incident)
        judged.append(answer)
    if on_fact is not None:
        on_fact(len(counted), len(counted))
    ended = next((fact.at for fact in reversed(facts) if fact.kind == FactKind.EXERCISE_ENDED), None)
    if ended is not None:
        replayed += _wait(exercise, ended)
        replayed += exercise.end(ended)
    duties = _duties(Trace(played_by, scenario, facts), Trace(compiled.playbook, exercise.scenario, replayed))
    playbook = compiled.playbook
    return Rejudgement(playbook.id, playbook.version, tuple(judged), duties, tuple(replayed))


def _told_in_earnest(scenario: Scenario, facts: Sequence[Fact], counted: Sequence[Fact]) -> Scenario:
    """The scenario without the injects whose addition was undone."""
    added = {fact.inject for fact in facts if fact.kind == FactKind.INJECT_ADDED}
    added -= {fact.inject for fact in counted if fact.kind == FactKind.INJECT_ADDED}
    return replace(scenario, injects=tuple(inject for inject in scenario.injects if inject.id not in added))


def _steered(exercise: Exercise, fact: InjectMoved | InjectSkipped) -> list[Fact]:
    """What the facilitator did to a planned inject, done again; nothing where there is nothing to do it to."""
    wanted = Move(fact.inject, fact.due) if isinstance(fact, InjectMoved) else Skip(fact.inject)
    try:
        return exercise.intervene(wanted, fact.at)
    except InputError:
        return []


def _said_again(exercise: Exercise, fact: MessageSent) -> list[Fact]:
    """What somebody said, said again; nothing where the other playbook does not know somebody or something in it."""
    try:
        return exercise.say(say_again(fact), fact.at)
    except InputError:
        return []


def _wait(exercise: Exercise, until: int, precedence: Precedence = Precedence.DECISION) -> list[Fact]:
    """Let everything happen that comes before a decision (or what else is said) at this time."""
    facts: list[Fact] = []
    while (item := exercise.next_due()) is not None and (item.due, item.precedence) < (until, precedence):
        facts.extend(exercise.run_next_due())
    return facts


def _try(
    exercise: Exercise, compiled: CompiledPlaybook, fact: StepTaken | Refused, by: Actor, sequence: int
) -> tuple[Rejudged, list[Fact]]:
    do, incident, role = fact.do, fact.incident, by.role
    then = TAKEN if isinstance(fact, StepTaken) else fact.why.value
    if do not in compiled.track_of and do not in compiled.playbook.forbidden:
        return Rejudged(sequence, incident, do, then, UNKNOWN_STEP), []
    if role not in compiled.playbook.roles:
        return Rejudged(sequence, incident, do, then, UNKNOWN_ROLE, allowed=(role,)), []
    action = Action(by.person, do, incident, role, _content(fact.content))
    new = exercise.act(action, fact.at)
    answer = new[0]
    if not isinstance(answer, Refused):
        return Rejudged(sequence, incident, do, then, TAKEN), new
    now = answer.why.value
    return Rejudged(sequence, incident, do, then, now, answer.rule, answer.clause, answer.allowed), new


def _content(content: Content) -> Mapping[str, Value]:
    """An action's content as it was; a text that is only committed to counts as said."""
    return {name: FreeText("…") if isinstance(value, CommittedText) else value for name, value in content.items()}


def _fitted(scenario: Scenario, playbook: Playbook) -> Scenario:
    """The scenario with nothing in it that the playbook does not know: roles of people, receivers of messages."""
    people = {name: _known_roles(person, playbook) for name, person in scenario.people.items()}
    pseudonyms = {person.pseudonym for person in scenario.people.values()}
    known = {*playbook.roles, *playbook.bodies, *pseudonyms}
    injects = tuple(
        replace(inject, to=tuple(name for name in inject.to if name in known)) for inject in scenario.injects
    )
    return replace(scenario, people=people, injects=injects, script=(), expectations=())


def _known_roles(person: Person, playbook: Playbook) -> Person:
    kept = tuple(role for role in person.roles if role in playbook.roles)
    return replace(person, roles=kept or person.roles)


def _duties(then: Trace, now: Trace) -> tuple[RejudgedDuty, ...]:
    before, after = _standings(then.duties), _standings(now.duties)
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(
        RejudgedDuty(incident, duty, before.get((incident, duty)), after.get((incident, duty)))
        for incident, duty in keys
        if before.get((incident, duty)) != after.get((incident, duty))
    )


_WORSE = ("kept", "no_limit", "dropped", "open", "late", "missed")


def _standings(duties: Sequence[DutyTrace]) -> dict[tuple[str, str], str]:
    """What became of each duty of each incident, at worst where it opened several times."""
    found: dict[tuple[str, str], str] = {}
    for duty in duties:
        key, standing = (duty.incident, duty.duty), duty_standing(duty)
        if key not in found or _WORSE.index(standing) > _WORSE.index(found[key]):
            found[key] = standing
    return found
