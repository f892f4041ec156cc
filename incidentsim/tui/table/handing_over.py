"""The keyboard goes from hand to hand: who takes it is chosen, and the table stays covered until they are there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.messages import gettext as _
from incidentsim.session.seat import Seat
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.table.hand import Hand

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell


def hand_over(seat: Seat, shell: "Shell", hand: Hand, done: Callable[[], None]) -> None:
    """Ask who takes the keyboard, and cover the table until they say that they are there.

    Args:
        seat: whose keyboard it is.
        shell: opens the dialogs.
        hand: does it.
        done: called when somebody is there, be it the same as before.
    """
    view = seat.view(shell.language)
    here = next(place for place, person in enumerate(view.people) if person.pseudonym in view.keyboard)

    def choices() -> list[tuple[str, str]]:
        people = seat.view(shell.language).people
        return [(one.pseudonym, f"{one.name} · {_(', ').join(one.role_names)}") for one in people]

    def name_of(person: str) -> str:
        return next(one.name for one in seat.view(shell.language).people if one.pseudonym == person)

    def cover(chosen: str | None) -> None:
        if chosen is None or chosen == view.people[here].pseudonym:
            done()
            return
        hand.quietly(lambda: seat.sit_down(chosen))
        shell.push_screen(CoverScreen(chosen, lambda: name_of(chosen)), lambda _chosen: done())

    following = view.people[(here + 1) % len(view.people)].pseudonym
    shell.push_screen(ChooseScreen(lambda: _("Who takes the keyboard now?"), choices, at=following), cover)
