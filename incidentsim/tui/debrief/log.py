"""The log of a debrief: every fact, or those of one kind, with what was observed about them."""

from incidentsim.session.sentences import passes
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.widgets.line_list import Line


def log_lines(debrief: Debrief, chosen: str, search: str) -> list[Line]:
    """The facts that pass a filter and hold the words searched for."""
    wanted = search.casefold()
    return [
        shown
        for fact, shown in zip(debrief.view.facts, debrief.log(), strict=True)
        if passes(fact, chosen) and (not wanted or wanted in "".join(piece.text for piece in shown.pieces).casefold())
    ]
