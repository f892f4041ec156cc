"""The log of a debrief: every fact, or those of one kind, with what was observed about them."""

from incidentsim.tui.debrief_data import Debrief
from incidentsim.tui.lines import Line
from incidentsim.tui.saying import passes


def log_lines(debrief: Debrief, chosen: str, search: str) -> list[Line]:
    """The facts that pass a filter and hold the words searched for."""
    wanted = search.casefold()
    return [
        shown
        for fact, shown in zip(debrief.view.facts, debrief.log(), strict=True)
        if passes(fact, chosen) and (not wanted or wanted in "".join(piece.text for piece in shown.pieces).casefold())
    ]
