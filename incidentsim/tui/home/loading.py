"""Loading what the home shows, part by part, away from the screen: each part is sent as soon as it is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.tui.base_screen import LocalizedScreen

if TYPE_CHECKING:
    from incidentsim.tui.home.stock import Stock

Put = Callable[["Stock"], None]


class Arrived(Message):
    """A part has been loaded, or could not be (`trouble` says why)."""

    def __init__(self, part: str, put: Put, trouble: str | None = None) -> None:
        """`put` lays what was loaded where it belongs."""
        super().__init__()
        self.part = part
        self.put = put
        self.trouble = trouble


def load(screen: LocalizedScreen) -> None:
    """Load all parts and send each to the screen; meant to be run in a thread."""
    shell = screen.shell
    worker = get_current_worker()

    on_shelf: set[str] = set()

    def shelf() -> Put:
        loaded = shell.recordless.library.shelf()
        on_shelf.update(card.id for card in loaded.cards)

        def put(stock: "Stock") -> None:
            stock.shelf = loaded

        return put

    def runs() -> Put:
        records = shell.service.records
        loaded = records.runs()
        labels = shell.service.keeping.labels()
        others = {run.scenario: run for run in loaded if run.scenario not in on_shelf and not run.untouched}
        kept = {scenario: records.scenario_title(run) for scenario, run in others.items()}

        def put(stock: "Stock") -> None:
            stock.runs, stock.labels = loaded, labels
            stock.titles = {scenario: title for scenario, title in kept.items() if title is not None}

        return put

    def playbooks() -> Put:
        loaded = shell.recordless.library.playbooks()
        files = shell.recordless.library.playbook_files()

        def put(stock: "Stock") -> None:
            stock.playbooks, stock.playbook_files = loaded, files

        return put

    def archetypes() -> Put:
        loaded = shell.workshop.archetypes()

        def put(stock: "Stock") -> None:
            stock.archetypes = loaded

        return put

    parts = {"shelf": shelf, "runs": runs, "playbooks": playbooks, "archetypes": archetypes}
    for part, work in parts.items():
        if worker.is_cancelled:
            return
        try:
            screen.post_message(Arrived(part, work()))
        except (InputError, SurroundingsError) as error:
            screen.post_message(Arrived(part, lambda _stock: None, str(error)))
