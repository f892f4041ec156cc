"""Records for the ledger's screen: sound, just begun, damaged, long; and the application looking at one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from incidentsim.domain.facts import DecisionSource, FactKind
from incidentsim.domain.text import Language
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.entry import Entry, read_entry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.ledger.screen import LedgerScreen
from tests.support.facts import a_fact
from tests.support.screens import app_on, service_on

RUN: Final = "run-0001"
LONG: Final = "run-long"
RECORDED: Final = "2026-01-05T08:00:00.000Z"

Change = Callable[[list[Entry]], None]


def a_finished_run() -> tuple[MemoryStore, Service]:
    """A store with one run, played to its end by its script."""
    store = MemoryStore()
    service = service_on(store)
    service.exercises.replay("false-alarm")
    return store, service


def a_run_just_begun() -> tuple[MemoryStore, Service]:
    """A store with one run of one entry."""
    store, service = a_finished_run()
    del store._runs[RUN].entries[1:]
    store._runs[RUN].texts.clear()
    return store, service


def a_changed_run(change: Change) -> tuple[MemoryStore, Service]:
    """The finished run after somebody meddled with it."""
    store, service = a_finished_run()
    change(store._runs[RUN].entries)
    return store, service


def reworded(place: int, old: bytes, new: bytes) -> Change:
    """Somebody changes a word in an entry."""

    def change(entries: list[Entry]) -> None:
        assert old in entries[place].data
        entries[place] = replace(entries[place], data=entries[place].data.replace(old, new))

    return change


def garbled(place: int) -> Change:
    """The disk lost some of an entry's bytes."""

    def change(entries: list[Entry]) -> None:
        entries[place] = replace(entries[place], data=b"\x00\xff\x1b[31mnot JSON" + entries[place].data[20:])

    return change


def a_long_run(count: int) -> tuple[MemoryStore, Service]:
    """A record of so many entries, most of them observations."""
    store, service = a_finished_run()
    header = read_entry(store._runs[RUN].entries[0].data).header
    first = service.records.show(RUN).facts[0]
    facts = [first]
    facts += [
        a_fact(n * 1_000, FactKind.OBSERVED, None, {"about": None, "note": {"text": f"Note {n}"}})
        for n in range(1, count)
    ]
    entries, texts = Chain(LONG).record_step(
        facts, recorded=RECORDED, source=DecisionSource.PERSON, salts=bytes, header=header
    )
    store.create(
        LONG,
        created=RECORDED,
        scenario="false-alarm",
        playbook="platform-incidents",
        entries=entries,
        texts=texts,
    )
    return store, service


def looking_at(service: Service, language: Language = "en", run: str = RUN) -> IncidentSim:
    """The application with the record of a run open."""
    return app_on(service, language, lambda app: app.push_screen(LedgerScreen(run)))


def ledger_of(app: IncidentSim) -> LedgerScreen:
    """The record's screen, wherever in the stack."""
    return next(screen for screen in app.screen_stack if isinstance(screen, LedgerScreen))


def shown(app: IncidentSim) -> str:
    """Everything that is on the screen now, as text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
