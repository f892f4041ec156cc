"""The application on a store in memory, with a clock and ids that never change: the same screen on every machine."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime

from incidentsim import composition
from incidentsim.domain.text import Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.store import LedgerStore
from incidentsim.service import Service
from incidentsim.service.workshop import Workshop
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.session import Session
from incidentsim.tui.app import IncidentSim, Start
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table

SMALL = (80, 24)
LARGE = (160, 50)


def service_on(store: LedgerStore) -> Service:
    """A service whose every run is recorded at the same moment, with ids in order and salts of zeros."""
    numbers = itertools.count(1 + len(store.runs()))
    return Service(
        library=composition.library(),
        store=store,
        now=lambda: datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
        new_id=lambda: f"run-{next(numbers):04d}",
        salts=bytes,
        program="incidentsim test",
    )


def app_on(
    service: Service, language: Language = "en", start: Start | None = None, workshop: Workshop | None = None
) -> IncidentSim:
    """The application on this service."""
    return app_opening(lambda *, record: service, language, start, workshop)  # noqa: ARG005 - the way into the service


def app_opening(
    open_service: Callable[..., Service],
    language: Language = "en",
    start: Start | None = None,
    workshop: Workshop | None = None,
    kind: type[IncidentSim] = IncidentSim,
) -> IncidentSim:
    """The application that opens its service so; with the real workshop, if no other is given."""
    return kind(
        open_service,
        language,
        start,
        open_workshop=composition.workshop if workshop is None else lambda: workshop,
        own_key=composition.own_key,
    )


def session_on(
    service: Service,
    scenario: str = "number-masking-leak",
    roles: tuple[str, ...] = ("response_team_lead",),
    mode: Mode = "solo",
) -> Session:
    """A session of a shipped scenario in which these roles are played."""
    looked_at = service.exercises.open_session(scenario, Seats(frozenset(), "facilitated"), record=False).exercise
    return service.exercises.open_session(scenario, Seats(holders(looked_at.playbook, looked_at.scenario, roles), mode))


def at_table(
    language: Language = "en",
    scenario: str = "number-masking-leak",
    roles: tuple[str, ...] = ("response_team_lead",),
    mode: Mode = "solo",
    prepare: Callable[[Session], None] = lambda _session: None,
) -> IncidentSim:
    """The application at the table of a fresh session; a facilitator, too, is there and not at the console."""
    service = service_on(MemoryStore())
    session = session_on(service, scenario, roles, mode)
    prepare(session)
    if mode != "facilitated":
        return app_on(service, language, lambda app: open_table(app, session))
    seat = LocalSeat(session, service.exercises.take_up)
    return app_on(service, language, lambda app: app.push_screen(TableScreen(seat)))
