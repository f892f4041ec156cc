"""Opening the screens: only on a terminal, and only then are they imported.

This is the one module outside `tui` that knows it: without that folder, or without Textual, all the rest works.
"""

import signal
import sys
from typing import TYPE_CHECKING

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.output import narrate
from incidentsim.domain.errors import SurroundingsError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.cli.frontend import Frontend
    from incidentsim.session.session import Session
    from incidentsim.tui.app import IncidentSim, Start


def on_terminal() -> bool:
    """Return whether stdin, stdout and stderr, on which Textual draws, are all terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__))


def show(frontend: "Frontend", start: "Start | None" = None) -> ExitCode:
    """Open the screens, at home or where `start` leads; on no terminal, say what there is instead.

    Raises:
        SurroundingsError: the screens are not installed, or they ran into one.
    """
    if not on_terminal():
        message = _(
            "There is no terminal to open a screen on. “incidentsim replay” runs scenarios without one, "
            "“incidentsim play --plain” plays them line by line; “incidentsim --help” lists everything."
        )
        narrate(message)
        return ExitCode.WRONG_INPUT
    try:
        from incidentsim.tui.app import IncidentSim
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[:2] not in (["incidentsim", "tui"], ["textual"]):
            raise
        message = _(
            "The screens are not part of this installation ({module} is missing). “incidentsim play --plain” plays "
            "line by line; “incidentsim --help” lists everything."
        )
        raise SurroundingsError(message.format(module=error.name)) from error
    from incidentsim.settings import check_keys

    check_keys(frontend.settings, IncidentSim.shipped_keys(), composition.settings_file())
    app = IncidentSim(
        frontend.open_service,
        frontend.language,
        start,
        open_workshop=composition.workshop,
        own_key=composition.own_key,
        settings=frontend.settings,
        keep_settings=composition.keep_settings,
    )
    app.run()
    if app.trouble is not None:
        raise app.trouble
    if app.ended_by is not None:
        by_signal = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}
        return by_signal.get(app.ended_by, ExitCode.SURROUNDINGS)  # the terminal went away
    return ExitCode.POSITIVE if not app.return_code else ExitCode.SURROUNDINGS


def show_table(frontend: "Frontend", session: "Session") -> ExitCode:
    """Open the table of an exercise; as `show`."""

    def start(app: "IncidentSim") -> None:
        from incidentsim.tui import starts

        starts.table(session)(app)

    return show(frontend, start)


def show_briefing(
    frontend: "Frontend",
    scenario: "Path | str",
    *,
    playbook: "Path | str | None" = None,
    seed: int | None = None,
    session_for: tuple[int, int] | None = None,
    coach: bool | None = None,
) -> ExitCode:
    """Open the briefing of a scenario, planned for so many players and minutes, with a coach or not; as `show`."""

    def start(app: "IncidentSim") -> None:
        from incidentsim.tui import starts

        starts.briefing(scenario, playbook=playbook, seed=seed, session_for=session_for, coach=coach)(app)

    return show(frontend, start)
