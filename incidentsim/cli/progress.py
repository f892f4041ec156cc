"""Progress on stderr, where that is a terminal and nothing else tells the person that work goes on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from incidentsim.cli.output import stdout_is_terminal

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from incidentsim.service import Service

STEPS_A_LOOK = 200
"""So many steps of a run pass before the bar is drawn anew."""


class Progress:
    """A bar over several pieces of work, each of which may take many steps."""

    def __init__(self, draw: Callable[[int, str], None]) -> None:
        self._draw = draw
        self._steps = 0
        self._piece = ""

    def begin(self, piece: str) -> None:
        """Start the next piece of work."""
        self._piece, self._steps = piece, 0
        self._draw(0, piece)

    def step(self) -> None:
        """One step of the piece is done."""
        self._steps += 1
        if self._steps % STEPS_A_LOOK == 0:
            self._draw(0, f"{self._piece} ({self._steps})")

    def done(self) -> None:
        """The piece is done."""
        self._draw(1, self._piece)


@contextmanager
def progress(pieces: int, *, wanted: bool) -> Iterator[Progress]:
    """A bar over so many pieces of work; it is not drawn unless it is `wanted` and stderr is a terminal."""
    hidden = not (wanted and sys.stderr.isatty())
    with click.progressbar(length=pieces, file=sys.stderr, hidden=hidden, item_show_func=lambda item: item) as bar:
        yield Progress(bar.update)


@contextmanager
def counted() -> Iterator[Callable[[int, int], None]]:
    """A bar that appears when it is first told how much is done, and of how much, on a terminal at stderr."""
    with ExitStack() as drawn:
        bars: list[ProgressBar[int]] = []

        def tell(done: int, of: int) -> None:
            if not bars:
                hidden = not sys.stderr.isatty()
                bars.append(drawn.enter_context(click.progressbar(length=of, file=sys.stderr, hidden=hidden)))
            bars[0].length = of
            bars[0].update(done - bars[0].pos)

        yield tell


@contextmanager
def telling() -> Iterator[Callable[[int, int], None] | None]:
    """Show how far a long text is written into a file or another program; on a terminal one sees it."""
    if stdout_is_terminal():
        yield None
        return
    with counted() as on_told:
        yield on_told


@contextmanager
def reading(service: "Service") -> Iterator[None]:
    """Show how far long records are read meanwhile, on a terminal at stderr."""
    with counted() as on_read:
        service.watch(on_read)
        try:
            yield
        finally:
            service.watch(None)
