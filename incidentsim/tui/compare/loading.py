"""Comparing away from the screen: who played before, the comparison, the bots' plays; each is sent when it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.tui.base_screen import LocalizedScreen

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.beside.earlier import EarlierRun, EarlierRuns
    from incidentsim.service.comparing import PlaysBeside, RunsBeside
    from incidentsim.service.evaluations import EvaluatedView

PLAYS = 12
"""So often bots of each proficiency play, as in the forecast."""
_SHARES = 50
"""Progress is told so often at most."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparisons as far as they are there; each part follows on the one before."""

    now: "EvaluatedView"
    runs: "EarlierRuns | None" = None
    beside: "RunsBeside | None" = None
    plays: "PlaysBeside | None" = None


class Found(Message):
    """A part has come: the run evaluated, its earlier runs, a run beside it, or bots' plays."""

    def __init__(
        self,
        *,
        now: "EvaluatedView | None" = None,
        runs: "EarlierRuns | None" = None,
        beside: "RunsBeside | None" = None,
        plays: "PlaysBeside | None" = None,
    ) -> None:
        super().__init__()
        self.now = now
        self.runs = runs
        self.beside = beside
        self.plays = plays


class Progressed(Message):
    """So much of the work is done; `plays` says that it is bots' plays."""

    def __init__(self, done: int, of: int, *, plays: bool) -> None:
        super().__init__()
        self.done = done
        self.of = of
        self.plays = plays


class Ended(Message):
    """The work is over; `trouble` says what is wrong, if anything is. `stopped` says that somebody stopped it."""

    def __init__(self, trouble: str = "", *, plays: bool = False, stopped: bool = False) -> None:
        super().__init__()
        self.trouble = trouble
        self.plays = plays
        self.stopped = stopped


def look_for_earlier(screen: LocalizedScreen, run: str, stopped: Callable[[], bool]) -> None:
    """Evaluate the run, look for earlier ones, and set the proposed one beside it; meant for a worker, in a thread."""
    send, enough = _sending(screen), _enough(stopped)
    try:
        comparing = screen.shell.service.comparing
        now = comparing.evaluated(run)
        send(Found(now=now))
        runs = comparing.earlier(run, now, _told(send, plays=False), enough)
        send(Found(runs=runs))
        if runs.proposed is not None and not enough():
            send(Found(beside=comparing.against(now, runs.proposed)))
    except (InputError, SurroundingsError) as error:
        send(Ended(str(error)))
        return
    send(Ended(stopped=enough()))


def set_beside(screen: LocalizedScreen, now: "EvaluatedView", earlier: "EarlierRun") -> None:
    """Set another earlier run beside the run; meant for a worker, in a thread."""
    send = _sending(screen)
    try:
        send(Found(beside=screen.shell.service.comparing.against(now, earlier)))
    except (InputError, SurroundingsError) as error:
        send(Ended(str(error)))
        return
    send(Ended())


def let_bots_play(screen: LocalizedScreen, run: str, now: "EvaluatedView", stopped: Callable[[], bool]) -> None:
    """Let bots play the scenario of the run, and set them beside it; meant for a worker, in a thread."""
    send, enough = _sending(screen), _enough(stopped)
    try:
        plays = screen.shell.service.comparing.forecast(run, now, PLAYS, _told(send, plays=True), enough)
    except (InputError, SurroundingsError) as error:
        send(Ended(str(error), plays=True))
        return
    if plays is not None:
        send(Found(plays=plays))
    send(Ended(plays=True, stopped=plays is None))


def _sending(screen: LocalizedScreen) -> Callable[[Message], None]:
    worker = get_current_worker()

    def send(message: Message) -> None:
        if not worker.is_cancelled:  # whoever left the screen waits for nothing
            screen.post_message(message)

    return send


def _enough(stopped: Callable[[], bool]) -> Callable[[], bool]:
    worker = get_current_worker()
    return lambda: worker.is_cancelled or stopped()


def _told(send: Callable[[Message], None], *, plays: bool) -> Callable[[int, int], None]:
    shares = [-1]

    def tell(done: int, of: int) -> None:
        share = done * _SHARES // max(of, 1)
        if share != shares[0]:
            shares[0] = share
            send(Progressed(done, of, plays=plays))

    return tell
