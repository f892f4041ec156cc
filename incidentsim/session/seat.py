"""The door to an exercise: everything that a screen, or a dialogue, may see of it and do in it from one seat.

Whoever shows an exercise talks to a seat and to nothing else, so that the exercise may be in the same process or
elsewhere. A seat hands out frozen values only (`session.seat_view`, `session.form_view`, `session.console_view`), with
words in the language asked for at each call; a seat itself speaks none. What is kept for whoever sits there (read
marks, drafts, how their screen was set up) is the seat's own and no part of what happened.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from incidentsim.domain.interventions import Intervention
from incidentsim.domain.speech import Say
from incidentsim.domain.text import Language
from incidentsim.session.form_view import ActionKey, FormCheck, FormView, MessageFormView, Written
from incidentsim.session.pacing import Pacing
from incidentsim.session.seat_view import Detail, Outcome, PersonView, ReasonsView, SeatView, TimeView
from incidentsim.session.workspace import Workspace

if TYPE_CHECKING:  # what a table does not show at first
    from incidentsim.session.attached_view import AttachedContent
    from incidentsim.session.console_view import ConsoleView, InjectFormView
    from incidentsim.session.procedure.view import ProcedureView


class Seat(Protocol):
    """One place at an exercise under way.

    Whatever goes on record raises `InputError` where it cannot be done, the exercise being as before, and
    `SurroundingsError` where it could not be recorded: then the run is to be taken up anew.
    """

    @property
    def workspace(self) -> Workspace:
        """The read marks, drafts and settings of this seat's people, kept for when the run is taken up."""

    # What can be seen.

    def view(self, language: Language) -> SeatView:
        """Return the view from this seat as it is now."""

    def time(self, language: Language) -> TimeView:
        """Return the time of the exercise, as in the view, without making the rest of it."""

    def story(self, language: Language) -> tuple[str, ...]:
        """Return the story as it is told before the exercise begins, line by line."""

    def procedure(self, language: Language) -> "ProcedureView":
        """Return the procedure to be read, beside what reached this seat: nothing of the ground truth is in it."""

    def fact(self, number: int, language: Language) -> Detail:
        """Return the sentence, details, basis and cause of a fact, as far as this seat may know them.

        Raises:
            InputError: there is no such fact, or this seat is not told of it.
        """

    def attachment(self, number: int, place: int, language: Language) -> "AttachedContent":
        """Return a file that came with a message of the inbox, by the number of its fact and its place from 0.

        Raises:
            InputError: there is no such message in the inbox, or no such file came with it.
        """

    def refusal(self, number: int, language: Language) -> str:
        """Return the words for the refusal that stands in this fact; empty where the fact is no refusal."""

    def reasons(self, key: ActionKey, language: Language) -> ReasonsView:
        """Return the refusal of an action or a forbidden act, and its basis.

        Raises:
            InputError: there is no such step.
        """

    def duty(self, number: int, language: Language) -> Detail:
        """Everything about an open duty; an `InputError` where it is not open."""

    def clock(self, incident: str, clock: str, language: Language) -> Detail:
        """Everything about a regulatory deadline of an incident; an `InputError` where there is none."""

    def form(self, key: ActionKey, language: Language) -> FormView:
        """Return the form of a step.

        Raises:
            InputError: there is no such step.
        """

    def check_form(self, key: ActionKey, written: Mapping[str, str | list[str]], language: Language) -> FormCheck:
        """Return what is wrong with a form, field by field, and whether it could be sent at all.

        Raises:
            InputError: there is no such step.
        """

    def message_form(self, person: str, language: Language) -> MessageFormView:
        """Return what somebody (a pseudonym) can say now, to whom, and what they can quote.

        Raises:
            InputError: there is no such person.
        """

    def speakers(self, language: Language) -> tuple[PersonView, ...]:
        """Return those whom nobody plays, for the facilitator to write as: whoever was asked and people outside first.

        Raises:
            InputError: nobody facilitates this exercise.
        """

    def speaker_form(self, person: str, language: Language) -> MessageFormView:
        """Return what somebody whom nobody plays (a pseudonym) can say now, to whom, and what they can quote.

        Raises:
            InputError: there is no such person, people play them, or nobody facilitates this exercise.
        """

    # What can be done.

    def act(self, key: ActionKey, written: Mapping[str, str | list[str]] | None = None) -> Outcome:
        """Let somebody try something, with what was written into its form; it goes on record with its answer."""

    def say(self, message: Say) -> Outcome:
        """Send a message; it goes on record, and `answer` is the number of its fact."""

    def go_on(self, let_pass: Collection[int] = ()) -> Outcome:
        """Say that nothing more is done here now: time passes until something matters to people at the table.

        It stops before each deadline of theirs (`Outcome.due`); that of a duty in `let_pass` (numbers) is let pass.
        """

    def wait(self, length: int) -> Outcome:
        """Let so much time pass (ms), however little happens."""

    def live(self, elapsed: int) -> Outcome | None:
        """So much time has passed by the clock on the wall (ms); `None` where time does not run by itself."""

    def set_pacing(self, pacing: Pacing) -> None:
        """Let time pass otherwise from now on; a `SurroundingsError` only says that it is not kept for later."""

    def close(self) -> None:
        """Let go of the run; it can be gone on with any time."""

    def take_up_anew(self) -> bool:
        """Go on from the record, paused, after it could not be kept; whether there is one.

        Raises:
            InputError: the record cannot be gone on with.
            SurroundingsError: it cannot be read.
        """

    def subscribe(self, listener: Callable[[Outcome], None]) -> Callable[[], None]:
        """Have `listener` told whatever comes of what is done here; gives what ends that."""

    # What is this seat's own.

    def turn_to(self, incident: str) -> None:
        """Let actions be about another incident that has come to notice."""

    def sit_down(self, person: str) -> None:
        """Let somebody else (a pseudonym) take the keyboard, where it goes from hand to hand."""

    def seat_player(self, player: int, name: str) -> None:
        """Let somebody of this name take the seat of a player (its number, from 1), or leave it by an empty name.

        Raises:
            InputError: there is no such seat.
        """

    def mark_read(self, numbers: Iterable[int]) -> None:
        """Note that these messages were read."""

    def draft(self, key: ActionKey) -> Written:
        """Return what was written into a form and not sent yet; empty where nothing was."""

    def keep_draft(self, key: ActionKey, written: Mapping[str, str | list[str]]) -> None:
        """Keep what stands in a form; an empty one is taken away."""

    # What a facilitator sees and does.

    def console(self, language: Language) -> "ConsoleView":
        """The story as planned and as it came, and everything that happened."""

    def console_fact(self, number: int, language: Language) -> Detail:
        """Everything about a fact."""

    def spoilers(self, inject: str, language: Language) -> Detail:
        """An inject in full, and what really happened."""

    def inject_form(self, language: Language) -> "InjectFormView":
        """Return the receivers, channels and incidents that an inject which was not planned can have."""

    def intervene(self, intervention: Intervention) -> Outcome:
        """Step in, now."""

    # What the coach does.

    def set_coaching(self, *, on: bool) -> Outcome:
        """Let the coach help whoever sits at the keyboard, or not any more; it goes on record."""

    def hint(self, *, unasked: bool = False) -> Outcome:
        """Have the coach give the next hint about what is owed first; it goes on record, and the view tells it.

        Args:
            unasked: the facilitator gives it, and nobody at the keyboard asked.

        Raises:
            InputError: no coach helps here, nothing is owed, or all hints about it were given.
        """

    def step(self) -> Outcome:
        """Let the very next thing happen, whomever it concerns."""

    def release(self) -> Outcome:
        """Let everything happen that is due by now."""
