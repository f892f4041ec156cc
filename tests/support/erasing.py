"""A run in which everything that can hold somebody's words does, each in words found nowhere else."""

from typing import Final

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import FACT_CLASSES, Appraisal, FactKind, MessageAct
from incidentsim.domain.facts.wire import parts_of, texts_of
from incidentsim.domain.interventions import Add, End, Note, Undo
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.exercise.afterwards.items import ItemChange
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.store import LedgerStore
from incidentsim.service import Service
from incidentsim.session.seats import Seats, holders

SCENARIO: Final = "number-masking-leak"
LEAD: Final = "p2"

KINDS_WITH_TEXTS: Final = tuple(
    kind for kind, cls in FACT_CLASSES.items() if any(part.traits.text for part in parts_of(cls))
)
"""By the traits of their parts, so that a new kind is among them by itself."""

MARK: Final = "quartz-"
"""In all words that were written into the run below, and nowhere else."""


def play(service: Service) -> str:
    """Play such a run to its end, rate it, and give its id."""
    there = service.library.playable(SCENARIO)
    people = holders(there.playbook, there.scenario, ["response_team_lead"])
    session = service.exercises.open_session(SCENARIO, Seats(people, "facilitated"))
    session.go_on()
    session.act(Action(LEAD, "conceal_incident", "leak"), takes=0)
    session.intervene(Undo(words("undone")))
    session.intervene(Note(words("noted"), 2))
    session.intervene(Add((LEAD,), "phone", words("subject"), words("body"), "leak"))
    session.act(Action(LEAD, "dismiss", "leak", "discoverer", {"reasons": words("refused")}), takes=0)
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": words("confirmed")}), takes=0)
    session.say(Say(LEAD, MessageAct.DECIDE, ("cto",), "chat", "leak", text=words("decided")))
    session.seat_player(1, f"{MARK}named")
    session.intervene(End())
    session.close()
    run = service.records.runs()[-1].id
    service.evaluations.override_rating(run, "judge-report", "M", f"{MARK}rated")
    service.improvements.add(run, ItemChange(action=f"{MARK}improved", owner=f"{MARK}owner"))
    service.hotwash.answer(
        run, question="hard", about=(), asked=f"{MARK}asked", answer=f"{MARK}answered", said_by=f"{MARK}speaker"
    )
    service.hotwash.vote(run, point="x", appraisal=Appraisal.STRENGTH, title=f"{MARK}voted", votes=3)
    return run


def words(what: str) -> FreeText:
    """Words found nowhere else."""
    return FreeText(f"{MARK}{what}")


def read(store: LedgerStore, run: str) -> RecordedRun:
    """The run as it is on record."""
    return read_run(store, store.find(run))


def with_texts(recorded: RecordedRun) -> dict[int, FactKind]:
    """The facts that hold texts, by number."""
    return {seq: fact.kind for seq, fact in enumerate(recorded.facts) if any(texts_of(fact))}
