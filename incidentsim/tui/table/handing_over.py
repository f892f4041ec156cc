"""The keyboard goes from hand to hand: who takes it is chosen, and the table stays covered until they are there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import PersonView
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.table.hand import Hand

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell


def player_words(hand: tuple[PersonView, ...]) -> str:
    """Return the name of a player, where it is known, and whom they play, with their roles."""
    people = _("; ").join(f"{person.name} · {_(', ').join(person.role_names)}" for person in hand)
    return _("{name}: {people}").format(name=hand[0].played_by, people=people) if hand[0].played_by else people


def name_players(seat: Seat, shell: "Shell", hand: Hand, done: Callable[[], None]) -> None:
    """Ask which seat is taken, and by whom; `done` is called afterwards, be it that nothing was said."""

    def choices() -> list[tuple[str, str]]:
        view = seat.view(shell.language)
        return [(str(one[0].player), _("{n}. {player}").format(n=one[0].player, player=player_words(one)))
                for one in view.hands]  # fmt: skip

    def name_for(chosen: str | None) -> None:
        if chosen is None:
            done()
            return
        known = next((one[0].played_by for one in seat.view(shell.language).hands if str(one[0].player) == chosen), "")

        def take(name: str | None) -> None:
            if name is not None:
                hand.attempt(lambda: seat.seat_player(int(chosen), name))
            done()

        shell.push_screen(AskScreen(lambda: _("Who sits there? (no name: nobody)"), known), take)

    shell.push_screen(ChooseScreen(lambda: _("Which seat is taken?"), choices), name_for)


def waiting_words(hand: tuple[PersonView, ...]) -> str:
    """Return how much waits for a player: unread messages and duties; empty where nothing does."""
    unread, owed = sum(person.unread for person in hand), sum(person.owed for person in hand)
    parts = [
        ngettext("{n} unread", "{n} unread", unread).format(n=unread) if unread else "",
        ngettext("{n} duty", "{n} duties", owed).format(n=owed) if owed else "",
    ]
    return _(", ").join(part for part in parts if part)


def hand_over(seat: Seat, shell: "Shell", hand: Hand, done: Callable[[], None]) -> None:
    """Ask who takes the keyboard, and cover the table until they say that they are there.

    Args:
        seat: whose keyboard it is.
        shell: opens the dialogs.
        hand: does it.
        done: called when somebody is there, be it the same as before.
    """
    view = seat.view(shell.language)
    here = next(place for place, hand in enumerate(view.hands) if hand[0].pseudonym in view.keyboard)

    def choices() -> list[tuple[str, str]]:
        return [
            (hand[0].pseudonym, _(" · ").join(part for part in (player_words(hand), waiting_words(hand)) if part))
            for hand in seat.view(shell.language).hands
        ]

    def name_of(person: str) -> str:
        hands = seat.view(shell.language).hands
        return _(", ").join(one.name for one in next(hand for hand in hands if hand[0].pseudonym == person))

    def cover(chosen: str | None) -> None:
        if chosen is None or chosen == view.hands[here][0].pseudonym:
            done()
            return
        hand.quietly(lambda: seat.sit_down(chosen))
        shell.push_screen(CoverScreen(chosen, lambda: name_of(chosen)), lambda _chosen: done())

    following = view.hands[(here + 1) % len(view.hands)][0].pseudonym
    shell.push_screen(ChooseScreen(lambda: _("Who takes the keyboard now?"), choices, at=following), cover)
