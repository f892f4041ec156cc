"""The phase track: where each incident stands on each track, at a glance, and what is next."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import gettext as _
from incidentsim.session.seat_view import IncidentView, PhasePlace, PhaseView, SeatView, TrackView
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

    def show(self, view: SeatView, columns: int, *, rows: int) -> None:
        """Show the incidents that were noticed, and among them the one that actions are about.

        Where there are more than fit into so many `rows`, the others get one row each.
        """
        shown: list[Text] = []
        self._rows = []
        if not view.incidents:
            shown.append(Text(_("Nothing has come to anybody's notice yet."), style="dim"))
        count = len(view.incidents)
        roomy = rows * 2 > _BLOCK * count * 3
        for incident in view.incidents:
            chosen = incident.id == view.incident
            brief = not chosen and count * _BLOCK > rows
            block = _block(incident, columns, mark=chosen and count > 1, brief=brief, roomy=roomy)
            shown += block
            self._rows += [incident.id] * len(block)
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


def _block(incident: IncidentView, columns: int, *, mark: bool, brief: bool, roomy: bool) -> list[Text]:
    main = next(track for track in incident.tracks if track.main)
    head = Text("▸ " if mark else "  ", style="bold")
    head.append(settled(incident.id), style="bold reverse" if mark else "bold")
    level = incident.level
    if incident.level_name:  # nothing is graded where there are no levels
        head.append(_(" L{level}").format(level=level) if level is not None else _(" ungraded"), style="bold")
    head.append("  ")
    if brief:
        head.append(f"● {settled(main.state_title)}")
        return [_fit(head, columns)]
    ways = (
        _phases(incident.phases),
        _phases(incident.phases, between=" "),
        _phases(incident.phases, only_here=True),
    )
    room = columns - width(head.plain)
    head.append_text(next((way for way in ways if width(way.plain) <= room), ways[-1]))
    shown = [_fit(head, columns)]
    now = Text("    ")
    now.append(settled(main.state_title), style="bold")
    if main.next:
        now.append(settled(_(" → next: {states}").format(states=_(" or ").join(main.next))))
    elif main.final:
        now.append(_(" (final state)"))
    shown.append(_fit(now, columns))
    others = [track for track in incident.tracks if not track.main and track.moved]
    if others and roomy:
        shown += [_fit(Text("    " + part, style="dim"), columns) for part in _packed(others, columns - 4)]
    elif others:
        shown.append(_fit(Text("    " + " · ".join(map(_track_words, others)), style="dim"), columns))
    return shown


def _phases(phases: Sequence[PhaseView], *, between: str = " ─ ", only_here: bool = False) -> Text:
    """The phases in a row: ✓ behind, ● here, ○ ahead, ■ over, – left out. With `only_here`, others are only signs."""
    signs = {
        PhasePlace.BEHIND: "✓",
        PhasePlace.HERE: "●",
        PhasePlace.AHEAD: "○",
        PhasePlace.OVER: "■",
        PhasePlace.LEFT_OUT: "–",
    }
    shown = Text()
    for phase in phases:
        here = phase.place in {PhasePlace.HERE, PhasePlace.OVER}
        if shown.plain:
            shown.append(between, style="dim")
        title = settled(phase.title) if here or not only_here else ""
        shown.append(f"{signs[phase.place]} {title}".rstrip(), style="bold" if here else "")
    return shown


def _track_words(track: TrackView) -> str:
    """A side track in a few words."""
    return _("{title}: {value}").format(title=track.title, value=track.state_title)


def _packed(others: Sequence[TrackView], columns: int) -> list[str]:
    """The other tracks, as many to a line as there is room for."""
    rows: list[str] = []
    for words in (settled(_track_words(track)) for track in others):
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
