"""Debriefs of runs that went well, that ended at once, and that cannot be read."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache

from textual.pilot import Pilot

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.interventions import Add, End, Move, Note, Skip, Undo
from incidentsim.domain.text import FreeText, Language
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.session import Session
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.debrief.screen import DebriefScreen
from tests.support.home_screens import settled as all_settled
from tests.support.screens import app_on, service_on, session_on
from tests.support.sessions import drive

LEAD = "p2"
SCENARIO = "number-masking-leak"


def played_by_bots(service: Service) -> str:
    """A run in which bots do everything in time."""
    session = session_on(service, SCENARIO, mode="facilitated")
    drive(session)
    session.close()
    return str(session.run)


def played_badly(service: Service) -> str:
    """A run with a forbidden act, a late judgement, something undone, and everything a facilitator may do."""
    session = session_on(service, SCENARIO, mode="facilitated")
    session.go_on()
    session.act(Action(LEAD, "conceal_incident", "leak"), takes=0)
    refused = next(number for number, fact in enumerate(session.facts) if fact.kind == FactKind.REFUSED)
    session.intervene(Note(FreeText("They hesitate."), refused))
    session.act(Action(LEAD, "grade", "leak"), takes=0)
    session.intervene(Undo(FreeText("The keyboard slipped.")))
    session.intervene(Add((LEAD,), "phone", FreeText("A call"), FreeText("[b]Who is there?[/b]"), "leak"))
    session.intervene(Note(FreeText("Nobody answers.")))
    _steer(session)
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=3 * HOUR)
    drive(session)
    session.close()
    return str(session.run)


def _steer(session: Session) -> None:
    planned = [
        inject.id
        for inject in session.exercise.scenario.injects
        if inject.id not in session.exercise.state.done_with and session.exercise.state.due_of(inject.id) is not None
    ]
    session.intervene(Move(planned[0], session.now + HOUR))
    if len(planned) > 1:
        session.intervene(Skip(planned[-1]))


def ended_at_once(service: Service) -> str:
    """A run that a facilitator ended before anything happened."""
    session = session_on(service, SCENARIO, mode="facilitated")
    session.intervene(End())
    session.close()
    return str(session.run)


def unreadable(service: Service) -> str:
    """A run whose record cannot be read."""
    return ended_at_once(service)


def _break(service: Service) -> None:
    def broken(run: str) -> None:
        raise SurroundingsError(f"The record of run {run} is faulty at entry 1: its hash does not fit.")

    service.evaluations.evaluate = broken  # type: ignore[assignment, method-assign]  # what a faulty record leads to


def debrief(
    prepare: Callable[[Service], str] = played_badly, language: Language = "en", *, before: int = 0
) -> IncidentSim:
    """The application at the debrief of a run, with so many runs by bots before it."""
    store, run = _recorded(prepare, before)
    service = service_on(deepcopy(store))
    if prepare is unreadable:
        _break(service)
    return app_on(service, language, lambda app: app.push_screen(DebriefScreen(run)))


@cache
def _recorded(prepare: Callable[[Service], str], before: int) -> tuple[MemoryStore, str]:
    """What is on record after these runs: played once, for playing takes longer than copying."""
    store = MemoryStore()
    service = service_on(store)
    for _number in range(before):
        played_by_bots(service)
    return store, prepare(service)


async def settled(pilot: Pilot[None]) -> DebriefScreen:
    """Wait until everything is evaluated, exported and shown: work that a key has yet to begin included."""
    await all_settled(pilot)
    return shown(pilot)


def shown(pilot: Pilot[None]) -> DebriefScreen:
    """The debrief, which may have something above it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, DebriefScreen))


def text_of(pilot: Pilot[None]) -> str:
    """What stands in the list of the part in view, line by line."""
    return "\n".join("".join(piece.text for piece in one.pieces) for one in shown(pilot).here_list.lines)
