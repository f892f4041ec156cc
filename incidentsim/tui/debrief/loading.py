"""Evaluating a run away from the screen: each result is sent to the screen as soon as it is there."""

from textual.message import Message
from textual.worker import get_current_worker

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.debrief.data import Debrief, Surroundings, look_around


class Evaluated(Message):
    """The run has been evaluated."""

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
        self.debrief = debrief


class LookedAround(Message):
    """Other runs have been looked at, too."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around


class Unreadable(Message):
    """The run cannot be evaluated; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


def evaluate(screen: LocalizedScreen, run: str) -> None:
    """Evaluate the run of this id, then look at other runs; meant to be run by a worker, in a thread."""
    shell, worker = screen.shell, get_current_worker()

    def send(result: Message) -> None:
        if not worker.is_cancelled:  # whoever left the screen waits for nothing
            screen.post_message(result)

    try:
        evaluated = shell.service.evaluations.evaluate(run)
        debrief = Debrief(evaluated.view.report.run or run, evaluated, shell.language)
        debrief.log()  # telling thousands of facts takes a while
    except (InputError, SurroundingsError) as error:
        send(Unreadable(str(error)))
        return
    send(Evaluated(debrief))
    send(LookedAround(look_around(shell.service, debrief.run, evaluated, lambda: worker.is_cancelled)))
