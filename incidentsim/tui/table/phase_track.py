"""The phase track: where each incident stands on each track, at a glance, and what is next."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import gettext as _
from incidentsim.session.narration import Teller
from incidentsim.session.views import Position, positions, raised
from incidentsim.tui.table.rows import track_words
from incidentsim.tui.widgets.text import cut, settled, show

_GAP = 3
"""Columns between two side tracks in one row."""
_BLOCK = 3
"""Rows in which an incident can be told in full."""


class PhaseTrack(Static):
    """One block an incident: the phases with the one it is in, the state and what may come next, the other tracks.

    A click on a block picks its incident.
    """

    DEFAULT_CSS = "PhaseTrack { height: auto; max-height: 14; padding: 0 1; background: $surface; }"

    class Picked(Message):
        """An incident was clicked on."""

        def __init__(self, incident: str) -> None:
            super().__init__()
            self.incident = incident

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, markup=False)
        self.told = ""
        self._rows: list[str] = []
        self._shown: Text | None = None

    def tell(self, teller: Teller, chosen: str | None, columns: int, *, rows: int) -> None:
        """Show the incidents that were noticed; `chosen` is the one that actions are about.

        Where there are more than fit into so many `rows`, the others get one row each.
        """
        names = raised(teller.session)
        shown: list[Text] = []
        self._rows = []
        if not names:
            shown.append(Text(_("Nothing has come to anybody's notice yet."), style="dim"))
        for name in names:
            brief = name != chosen and len(names) * _BLOCK > rows
            block = _block(teller, name, columns, mark=name == chosen and len(names) > 1, brief=brief, rows=rows)
            shown += block
            self._rows += [name] * len(block)
        joined = Text("\n").join(shown)
        joined.no_wrap = True
        joined.overflow = "ellipsis"
        self.told = joined.plain
        show(self, joined, self._shown)
        self._shown = joined

    def on_click(self, event: events.Click) -> None:
        """Pick the incident of the row that was clicked."""
        if 0 <= event.y < len(self._rows):
            self.post_message(self.Picked(self._rows[event.y]))


def _block(teller: Teller, incident: str, columns: int, *, mark: bool, brief: bool, rows: int) -> list[Text]:
    known = positions(teller.session, incident)
    main_track = teller.account.playbook.main_track.id
    main = next(one for one in known if one.track == main_track)
    level = teller.session.exercise.state.incidents[incident].level
    names = teller.names
    head = Text("▸ " if mark else "  ", style="bold")
    head.append(settled(incident), style="bold reverse" if mark else "bold")
    head.append(_(" L{level}").format(level=level) if level is not None else _(" ungraded"), style="bold")
    head.append("  ")
    state = names.state(main.track, main.state)
    if brief:
        head.append(f"● {settled(state)}")
        return [_fit(head, columns)]
    ways = (_phases(teller, main), _phases(teller, main, between=" "), _phases(teller, main, only_here=True))
    room = columns - width(head.plain)
    head.append_text(next((one for one in ways if width(one.plain) <= room), ways[-1]))
    shown = [_fit(head, columns)]
    now = Text("    ")
    now.append(settled(state), style="bold")
    if main.next:
        onward = _(" or ").join(names.state(main.track, one) for one in main.next)
        now.append(settled(_(" → next: {states}").format(states=onward)))
    elif main.final:
        now.append(_(" (at rest)"))
    shown.append(_fit(now, columns))
    others = [one for one in known if one.track != main.track and len(one.been) > 1]
    if others and rows * 2 > _BLOCK * len(raised(teller.session)) * 3:
        shown += [_fit(Text("    " + part, style="dim"), columns) for part in _packed(teller, others, columns - 4)]
    elif others:
        shown.append(_fit(Text("    " + " · ".join(track_words(teller, one) for one in others), style="dim"), columns))
    return shown


def _phases(teller: Teller, main: Position, *, between: str = " ─ ", only_here: bool = False) -> Text:
    """The phases in a row: ✓ behind, ● here, ○ ahead; with `only_here`, the others are only signs."""
    playbook = teller.account.playbook
    states = playbook.main_track.states
    here = states[main.state].phase
    been = {states[state].phase for state in main.been}
    shown = Text()
    for phase in playbook.phases.values():
        at = phase.id == here
        sign = "●" if at else "✓" if phase.id in been else "○"
        if shown.plain:
            shown.append(between, style="dim")
        title = settled(teller.names.say(phase.title)) if at or not only_here else ""
        shown.append(f"{sign} {title}".rstrip(), style="bold" if at else "")
    return shown


def _packed(teller: Teller, others: Sequence[Position], columns: int) -> list[str]:
    """The other tracks, as many to a line as there is room for."""
    rows: list[str] = []
    for words in (settled(track_words(teller, one)) for one in others):
        if rows and width(rows[-1]) + width(words) + _GAP <= columns:
            rows[-1] += f" · {words}"
        else:
            rows.append(words)
    return rows


def _fit(text: Text, columns: int) -> Text:
    """The text in so many columns, its styles kept."""
    if width(text.plain) <= columns:
        return text
    kept = cut(text.plain, columns)
    shown = Text(kept)
    for span in text.spans:
        shown.stylize(span.style, span.start, min(span.end, len(kept)))
    return shown
