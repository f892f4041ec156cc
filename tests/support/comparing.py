"""Runs of one scenario that people played well and badly, with and without names, one after the other in a store."""

from copy import deepcopy
from functools import cache

from incidentsim.domain.actions import Action
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Sitting, keep_sitting
from tests.support.debrief_screens import LEAD, SCENARIO
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

TEAM = ("Anna", "Ben")


def played(
    service: Service,
    *names: str,
    badly: bool = False,
    roles: tuple[str, ...] = ("response_team_lead",),
    scenario: str = SCENARIO,
) -> str:
    """A finished run; `names` are the players', and badly played it has a forbidden act and a late judgement."""
    session = session_on(service, scenario, roles, mode="facilitated")
    for name in names:
        keep_sitting(session.workspace, Sitting(0, 1, (LEAD,), name))
    if badly:
        session.go_on()
        session.act(Action(LEAD, "conceal_incident", "leak"), takes=0)
        session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=3 * HOUR)
    drive(session)
    session.close()
    return str(session.run)


def unfinished(service: Service) -> str:
    """A run that people began to play."""
    session = session_on(service, SCENARIO, mode="facilitated")
    session.go_on()
    session.close()
    return str(session.run)


@cache
def _series() -> MemoryStore:
    store = MemoryStore()
    service = service_on(store)
    played(service, *TEAM, badly=True)  # run-0001
    played(service, "Cleo", badly=True)  # run-0002
    unfinished(service)  # run-0003
    hidden = played(service, *TEAM)  # run-0004
    service.keeping.hide(hidden, hidden=True)
    played(service, "Anna", "BEN ", badly=True)  # run-0005
    played(service, *TEAM)  # run-0006
    return store


def series() -> Service:
    """A service on a copy of six runs of one scenario.

    The team played 1, 4, 5 and 6, of which 4 is hidden; another team 2; 3 is not finished. 1, 2 and 5 went badly.
    """
    return service_on(deepcopy(_series()))
