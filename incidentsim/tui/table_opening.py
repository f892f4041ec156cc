"""The way to the table: of an exercise that was just begun, or of a run that goes on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentsim.session.session import Session
    from incidentsim.tui.shell import Shell


def open_table(shell: "Shell", session: "Session") -> None:
    """Open the exercise itself; for a facilitator, the console before the table."""
    from incidentsim.session.local_seat import LocalSeat
    from incidentsim.tui.table.screen import TableScreen

    def again(run: str) -> "Session":
        """Only then is the database opened: who plays without a record may have none."""
        return shell.service.exercises.take_up(run)

    table = TableScreen(LocalSeat(session, again))
    shell.push_screen(table)
    shell.when_drawn(session.put_on_record)
    if session.seats.mode == "facilitated":
        table.action_console()


def take_up(shell: "Shell", run: str) -> None:
    """Go on with an unfinished run, or tell the user why that cannot be."""
    if (session := shell.attempt(lambda: shell.service.exercises.take_up(run))) is not None:
        open_table(shell, session)
