"""Driving an exercise: the agenda and the deciders take turns by time.

Every step's facts go to `record` before the next step begins, so whatever is shown or decided later rests on
what is already on record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.domain.interventions import Intervention
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.agenda import Precedence
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Decider, Proposal

Record = Callable[[Sequence[Fact], DecisionSource], None]
"""Takes the facts of one step and the source of the decision behind them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The next thing to happen, and when (ms): an item of the agenda, or what some decider proposes.

    `proposal` and `decider` are `None` for an item of the agenda.
    """

    at: int
    precedence: Precedence
    proposal: Proposal | None = None
    decider: Decider | None = None

    def before(self, at: int, precedence: Precedence = Precedence.DECISION) -> bool:
        """Return whether it comes before a decision (or what else `precedence` says) at `at` (ms)."""
        return (self.at, self.precedence) < (at, precedence)


def run(exercise: Exercise, deciders: Sequence[Decider], record: Record) -> None:
    """Play from where the exercise stands until nothing is pending, or its time is up.

    Earlier deciders come first where two would act at the same moment.
    """
    if exercise.state.sequence == 0:
        record(exercise.begin(), DecisionSource.ENGINE)
    while not exercise.state.ended:
        turn = next_turn(exercise, deciders)
        record(
            *(
                execute(exercise, turn)
                if turn is not None
                else (exercise.end(exercise.state.now), DecisionSource.ENGINE)
            )
        )


def next_turn(exercise: Exercise, deciders: Sequence[Decider]) -> Turn | None:
    """Return what comes next as things stand; `None` where nothing does. Asking changes nothing.

    Whoever decides at the very millisecond of a deadline has kept it; so a decision that is taken because the deadline
    has passed is taken after that millisecond.
    """
    item = exercise.next_due()
    best = Turn(max(item.due, exercise.state.now), item.precedence) if item is not None else None
    for decider in deciders:
        proposal = decider.propose(exercise)
        if proposal is None:
            continue
        kind = Precedence.DECISION if isinstance(proposal.action, Action | Say) else Precedence.INTERVENTION
        turn = Turn(max(proposal.at, exercise.state.free_from), kind, proposal, decider)
        if best is None or (turn.at, turn.precedence) < (best.at, best.precedence):
            best = turn
    return best


def execute(exercise: Exercise, turn: Turn) -> tuple[list[Fact], DecisionSource]:
    """Let it happen: its facts, and whose decision they follow from. When the time is up, that is what happens."""
    if turn.at > exercise.scenario.ends:
        return exercise.end(exercise.scenario.ends), DecisionSource.ENGINE
    if turn.proposal is None or turn.decider is None:
        return exercise.run_next_due(), DecisionSource.ENGINE
    facts = _let(exercise, turn.proposal.action, turn.at)
    turn.decider.taken()
    return facts, turn.decider.source


def _let(exercise: Exercise, wanted: Action | Say | Intervention, at: int) -> list[Fact]:
    match wanted:
        case Action():
            return exercise.act(wanted, at)
        case Say():
            return exercise.say(wanted, at)
        case _:
            return exercise.intervene(wanted, at)
