"""Where the screens may begin, besides the home: what the command line may ask for."""

from typing import TYPE_CHECKING

from incidentsim.tui import table_opening

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.session.session import Session
    from incidentsim.tui.app import Start


def table(session: "Session") -> "Start":
    """Return what opens the table of an exercise."""
    return lambda app: table_opening.open_table(app, session)


def briefing(
    scenario: "Path | str",
    *,
    playbook: "Path | str | None" = None,
    seed: int | None = None,
    session_for: tuple[int, int] | None = None,
    coach: bool | None = None,
) -> "Start":
    """Return what opens the briefing of a scenario, where seats are chosen."""
    from incidentsim.tui.briefing.screen import BriefingScreen

    return lambda app: app.push_screen(
        BriefingScreen(scenario, playbook=playbook, seed=seed, session_for=session_for, coach=coach)
    )
