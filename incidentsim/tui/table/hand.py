"""What is done at the table goes through one hand: it says what cannot be done, and goes on where the record failed."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Outcome
from incidentsim.tui.action_form.sent_form import SentForm
from incidentsim.tui.base_screen import LocalizedScreen

T = TypeVar("T")


class Speaker(Protocol):
    """Says something to whoever sits there, in a notice."""

    def __call__(self, sentence: str, *, wrong: bool = False) -> None:
        """Say it; `wrong` where it is about something that failed."""


class Hand:
    """Does things at a seat for a screen."""

    def __init__(self, seat: Seat, screen: LocalizedScreen, say: Speaker, taken_up: Callable[[], None]) -> None:
        """`taken_up` is called when the run has been taken up anew from its record."""
        self._seat = seat
        self._screen = screen
        self._say = say
        self._taken_up = taken_up
        self.busy = False
        """Whether something is being done just now."""

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Do something that goes on record. Where the record fails, the run is taken up anew from it."""
        self.busy = True
        try:
            return work()
        except InputError as error:
            self._say(str(error), wrong=True)
        except SurroundingsError as error:
            self.failed(error)
        finally:
            self.busy = False
        return None

    def act(self, sent: SentForm) -> Outcome | None:
        """Take an action; a refusal is said, and of one that was taken no draft is left."""
        outcome = self.attempt(lambda: self._seat.act(sent.key, sent.written))
        if outcome is not None and outcome.taken:
            self.quietly(lambda: self._seat.keep_draft(sent.key, {}))
        elif outcome is not None and outcome.answer is not None:
            reason = self._seat.refusal(outcome.answer, self._screen.shell.language)
            self._say(_("Refused: {reason}").format(reason=reason), wrong=True)
        return outcome

    def failed(self, error: SurroundingsError) -> None:
        """Say that something could not go on record, and go on from what did."""
        self._say(_("{reason} What was acknowledged is on record.").format(reason=error), wrong=True)
        self.take_up_anew()

    def quietly(self, work: Callable[[], None]) -> bool:
        """Do something that is only kept for later; whether it could be."""
        try:
            work()
        except SurroundingsError as error:
            self._say(str(error), wrong=True)
            return False
        return True

    def take_up_anew(self) -> None:
        """Go on from the record; where even that cannot be read, there is nothing to go on with but the home."""
        if self._screen.shell.attempt(self._seat.take_up_anew):
            self._taken_up()
