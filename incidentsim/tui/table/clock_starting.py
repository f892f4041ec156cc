"""From a regulatory deadline to what it waits for: the form of its filing or of a judgement, or something to read."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.messages import gettext as _
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import AvailableAction, RegulatoryClockView, SeatView
from incidentsim.tui.action_form.sent_form import SentForm
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.table.clocks import waiting_clocks, waiting_words
from incidentsim.tui.table.details import begin, detail_screen

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell

CLOCK = "clock/"
"""With this begins the name of a line with one clock: `clock/INCIDENT/CLOCK`."""
WAITING = "waiting/"
"""With this begins the name of a line with the clocks that wait for the same."""


def start_clock(seat: Seat, shell: "Shell", name: str, take: Callable[[SentForm | None], None]) -> None:
    """Let a step be begun that the clocks of a line wait for, or one of them be read.

    Where there is one clock and nothing to begin, it is shown.

    Args:
        seat: at which they are looked at.
        shell: opens the screen.
        name: the name of the line.
        take: gets what was sent.

    Raises:
        InputError: there are no such clocks any more.
    """
    clocks = _clocks(seat.view(shell.language), name)
    if not clocks:
        raise InputError(_("Nothing of this kind is on record."))
    if clocks[0].incident != seat.view(shell.language).incident:
        seat.turn_to(clocks[0].incident)

    def chosen(choice: str | None) -> None:
        kind, _slash, what = (choice or "").partition("/")
        if kind == "do":
            _name_clock(seat, shell, what, clocks)
            begin(seat, shell, f"open/{what}", take)
        elif kind == "look":
            incident = clocks[0].incident
            shell.push_screen(detail_screen(shell, lambda language: seat.clock(incident, what, language)))

    def choices() -> list[tuple[str, str]]:
        view = seat.view(shell.language)
        known = [(f"do/{action.key.do}", action.title) for action in _open_steps(view, clocks)]
        titles = {clock.clock: clock.title for clock in view.clocks}
        return known + [
            (f"look/{clock.clock}", _("Look at: {clock}").format(clock=titles.get(clock.clock, clock.title)))
            for clock in clocks
        ]

    def question() -> str:
        view = seat.view(shell.language)
        told = _clocks(view, name) or clocks
        return told[0].title if name.startswith(CLOCK) else waiting_words(view, told)

    if len(choices()) == 1:
        chosen(choices()[0][0])
    else:
        shell.push_screen(ChooseScreen(question, choices), chosen)


def _clocks(view: SeatView, name: str) -> Sequence[RegulatoryClockView]:
    if name.startswith(WAITING):
        return waiting_clocks(view).get(name, [])
    return [clock for clock in view.clocks if f"{CLOCK}{clock.incident}/{clock.clock}" == name]


def _open_steps(view: SeatView, clocks: Sequence[RegulatoryClockView]) -> list[AvailableAction]:
    return [action for action in view.actions if action.open and action.key.do in clocks[0].steps]


def _name_clock(seat: Seat, shell: "Shell", do: str, clocks: Sequence[RegulatoryClockView]) -> None:
    """Where the form asks for one clock, and nothing was begun in it, choose the one that it was opened for."""
    action = next((action for action in _open_steps(seat.view(shell.language), clocks) if action.key.do == do), None)
    if action is None or len(clocks) > 1 or seat.draft(action.key):
        return
    for field in seat.form(action.key, shell.language).fields:
        if field.kind is FieldKind.CLOCK and any(option.value == clocks[0].clock for option in field.options):
            seat.keep_draft(action.key, {field.name: [clocks[0].clock] if field.several else clocks[0].clock})
