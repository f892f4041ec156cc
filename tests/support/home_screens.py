"""The home and what one comes to from there, on services, records and archetypes that never change."""

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from incidentsim import composition
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language, Text
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.service.workshop import ArchetypeCard, Made, Wish, kept, place
from incidentsim.tui.app import IncidentSim, Start
from tests.support.screens import SMALL, app_on, app_opening, service_on, session_on
from tests.support.sessions import drive

LOST = ArchetypeCard("lost-thing", Text("A lost thing", "丢失的东西"), (2, 3, 4), ("data-leak", "device"), ("T1052",))
OTHER = ArchetypeCard("other-thing", Text("Another thing", "另一件事"), (1,))


QUIET = 2
"""How often in a row nothing must be under way: what one worker brings may begin another."""


class FakeWorkshop:
    """Archetypes that all give one shipped scenario; at level 4 the first of them gives none."""

    def __init__(self, folder: Path | None = None, cards: Sequence[ArchetypeCard] = (LOST, OTHER)) -> None:
        self.folder = folder
        self.cards = cards
        self.seeds = iter(range(7, 1000))
        self.wishes: list[Wish] = []
        self.levels: Mapping[str, tuple[int, ...]] = {}
        self.trouble: Exception | None = None
        self.playbook = _playbook()

    def archetypes(self) -> Sequence[ArchetypeCard]:
        if self.trouble is not None:
            raise self.trouble
        return self.cards

    def told_by(self, card: ArchetypeCard) -> ArchetypeCard:
        return replace(card, playbook="platform-incidents", told_by=self.levels)

    def fresh_seed(self) -> int:
        return next(self.seeds)

    def make(self, archetype: str, wish: Wish) -> Made:
        self.wishes.append(wish)
        if wish.level == 4:
            raise InputError("The archetype lost-thing has no story at level 4 today.")
        name = f"{archetype}-l{wish.level}-d{wish.difficulty}-s{wish.seed}"
        text = (composition.shipped("scenarios") / "voice-platform-fault.yaml").read_text(encoding="utf-8")
        tags = f"tags: [generated, {archetype}, level-{wish.level}, difficulty-{wish.difficulty}]"
        text = text.replace("id: voice-platform-fault", f"id: {name}", 1)
        text = text.replace("tags: [outage, voice, level-3, clean]", tags, 1)
        data = text.encode()
        return Made(data, read_scenario(data, name, self.playbook), self.playbook)

    def place(self, made: Made) -> Path:
        return place(self.folder or Path("/kept"), made)

    def keep(self, made: Made) -> Path:
        if self.folder is None:
            raise SurroundingsError("There is no folder to keep it in.")
        return kept(self.folder, made)


@cache
def _playbook() -> Playbook:
    path, data = composition.library().playbook("platform-incidents")
    return read_playbook(data, str(path))


def with_runs() -> Service:
    """A service with two finished runs, one of them played by people, and one unfinished."""
    return service_on(copy.deepcopy(_runs()))


@cache
def _runs() -> MemoryStore:
    store = MemoryStore()
    service = service_on(store)
    service.exercises.replay("false-alarm")
    played = session_on(service, "voice-platform-fault")
    drive(played)
    played.close()
    begun = session_on(service)
    begun.go_on()
    begun.close()
    return store


def no_database(*, record: bool) -> Service:
    """A service that opens only without a record."""
    if record:
        raise SurroundingsError("The database /nowhere/runs.sqlite3 cannot be opened: permission denied.")
    return service_on(MemoryStore())


def home(
    language: Language = "en",
    service: Service | None = None,
    start: Start | None = None,
    workshop: FakeWorkshop | None = None,
) -> IncidentSim:
    """The application at home."""
    return app_on(
        service if service is not None else service_on(MemoryStore()),
        language,
        start,
        workshop if workshop is not None else FakeWorkshop(),
    )


def without_database(language: Language = "en", start: Start | None = None) -> IncidentSim:
    """The application where no database can be opened."""
    return app_opening(no_database, language, start, FakeWorkshop())


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything in the background is done and shown."""
    quiet = 0
    while quiet < QUIET:
        await pilot.pause()
        busy = [worker for worker in pilot.app.workers if not worker.is_finished]
        if busy:
            await pilot.app.workers.wait_for_complete(busy)
        quiet = 0 if busy else quiet + 1


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, everything settling after each."""
    for one in keys:
        await pilot.press(one)
        await settled(pilot)


def told(pilot: Pilot[None], part: str) -> str:
    """The words that stand in a part of the screen."""
    return str(pilot.app.screen.query_one(f"#{part}", Static).render())


def screen(pilot: Pilot[None]) -> Screen[object]:
    """The screen in front, whichever it is by now."""
    return pilot.app.screen


def visit(app: IncidentSim, check: Callable[[Pilot[None]], Awaitable[None]], size: tuple[int, int] = SMALL) -> None:
    """Open the application, wait until everything is there, and check."""

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await check(pilot)

    asyncio.run(go())
