"""Every kind of error that can be planted, and the scenarios to plant them in."""

from collections.abc import Callable

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.facts import DecisionSource
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.generate import Order, generate
from incidentsim.session.script import scripted
from tests.support.evaluating import evaluated, played, procedure, scenario
from tests.support.facts import acting
from tests.support.planted_errors.in_time import late, law_deadline_missed, own_report_approved
from tests.support.planted_errors.judgements import dismissed, finding_missing, finding_wrong, graded
from tests.support.planted_errors.telling import figure_not_told, recipient_missed, wrong_recipient
from tests.support.planted_errors.told import Plant, Told
from tests.support.play import play_with_bots
from tests.support.procedures import exercise_of, playbook

PLANTS: dict[str, Callable[[Told], Plant]] = {
    "dismissed": dismissed,
    "graded one too mild": graded(1),
    "graded two too mild": graded(2),
    "graded one too severe": graded(-1),
    "graded two too severe": graded(-2),
    "legality not judged": finding_missing,
    "legality judged wrongly": finding_wrong,
    "reported to the wrong one": wrong_recipient,
    "recipient missed": recipient_missed,
    "nobody told of the deciding figure": figure_not_told,
    "late": late,
    "deadline of the law missed": law_deadline_missed,
    "own report approved": own_report_approved,
}
"""Every kind of error; a plant says why not where procedure and level do not allow it."""


def shipped_told(name: str) -> Told:
    """A shipped scenario as its script plays it."""
    told = scenario(name)
    facts = played(told)
    return Told(told, procedure(name), facts, evaluated(told, facts))


def generated_told(archetype: Archetype, order: Order) -> Told:
    """A generated scenario as bots of full proficiency play it, written down as `runs script` does."""
    made = generate(archetype, order)
    book = playbook("platform-incidents")
    subject = read_scenario(made.data, made.id, book)
    bots = play_with_bots(exercise_of(book.id, subject))
    sources = [DecisionSource.ENGINE if acting(fact) is None else DecisionSource.BOT for fact in bots]
    told = read_scenario(scripted(made.data, subject, book, bots, sources), made.id, book)
    facts = played(told)
    return Told(told, book, facts, evaluated(told, facts))
