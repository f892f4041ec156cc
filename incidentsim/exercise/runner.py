"""Driving an exercise to its end: the agenda and the deciders take turns by time.

Every step's facts go to `record` before the next step begins, so whatever is shown or decided later rests on
what is already on record.
"""

from collections.abc import Callable, Sequence
from typing import Final

from incidentsim.domain.facts import Fact
from incidentsim.exercise.agenda import Item, Precedence
from incidentsim.exercise.deciders import Decider, Proposal
from incidentsim.exercise.kernel import Exercise

ENGINE: Final = "engine"
"""What the envelope says of facts that nobody decided."""

Record = Callable[[Sequence[Fact], str], None]
"""Takes the facts of one step and the source of the decision behind them."""


def run(exercise: Exercise, deciders: Sequence[Decider], record: Record) -> None:
    """Play from where the exercise stands until nothing is pending, or its time is up.

    Earlier deciders come first where two would act at the same moment.
    """
    if exercise.state.sequence == 0:
        record(exercise.begin(), ENGINE)
    while not exercise.state.ended:
        facts, source = _turn(exercise, deciders)
        record(facts, source)


def _turn(exercise: Exercise, deciders: Sequence[Decider]) -> tuple[list[Fact], str]:
    item = exercise.next_due()
    proposals = [(found, decider) for decider in deciders if (found := decider.propose(exercise)) is not None]
    if item is None and not proposals:
        return exercise.end(exercise.state.now), ENGINE
    proposal, decider = min(proposals, key=lambda found: found[0].at, default=(None, None))
    if proposal is None or decider is None or (item is not None and _comes_first(item, proposal)):
        if item is None or item.due > exercise.scenario.ends:
            return exercise.end(exercise.scenario.ends), ENGINE
        return exercise.pass_time(), ENGINE
    if proposal.at > exercise.scenario.ends:
        return exercise.end(exercise.scenario.ends), ENGINE
    facts = exercise.act(proposal.action, proposal.at)
    decider.taken()
    return facts, decider.source


def _comes_first(item: Item, proposal: Proposal) -> bool:
    return (item.due, item.precedence) < (proposal.at, Precedence.DECISION)
