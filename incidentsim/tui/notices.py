"""Notices: one at a time, so that they do not pile up over what they are about."""

from typing import Any, Final

from textual.app import App

from incidentsim.tui.widgets.text import cut
from incidentsim.unseen import shown

_LONGEST: Final = 300
"""Columns of the longest notice: it must not cover what it is about."""


def notice(app: App[Any], sentence: str, *, wrong: bool = False) -> None:
    """Show a notice in place of the one before; nothing in it is markup.

    Args:
        app: shows it.
        sentence: what it says.
        wrong: whether it is about something that failed.
    """
    app.clear_notifications()
    app.notify(cut(shown(sentence), _LONGEST), severity="warning" if wrong else "information", markup=False)
