"""Regulatory clocks at the table: countdowns with how they end, and each with its source when it is opened."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.regulatory.situation import clocks_of, moment_of
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView, TargetView
from incidentsim.exercise.regulatory.words import explain
from incidentsim.exports.text.clock_table import state_word
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.course import told
from incidentsim.session.narration import Teller, length_left
from incidentsim.session.session import Session
from incidentsim.tui.widgets.line_list import Line, Piece, line

Clocks = Mapping[str, Sequence[ClockView]]
"""The clocks of each incident."""

_RANK: Final = {ClockState.OVERDUE: 0, ClockState.DUE: 1, ClockState.TARGET_ONLY: 2,
                ClockState.FILED_LATE: 3, ClockState.FILED: 3}  # fmt: skip
"""What is shown, and in which order."""
_SIGNS: Final = {
    ClockState.OVERDUE: ("‼ ", "bad"),
    ClockState.DUE: ("◷ ", "accent"),
    ClockState.TARGET_ONLY: ("◌ ", "dim"),
    ClockState.FILED: ("✓ ", "good"),
    ClockState.FILED_LATE: ("✓ ", "warn"),
}
_UNJUDGED: Final = frozenset({ClockState.NOT_JUDGED, ClockState.NOT_STARTED, ClockState.ANCHOR_MISSING})


class ClockWatch:
    """Where the clocks of a session stand, reckoned anew only when something happened or a minute passed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: tuple[int, int] | None = None
        self._views: Clocks = {}

    def views(self) -> Clocks:
        """Where they stand now.

        Raises:
            InputError: the scenario names a time zone or holiday calendar that does not exist.
        """
        session = self._session
        now = (len(session.facts), session.now // MINUTE)
        if now != self._known:
            self._known = now
            scenario = told(session.exercise.scenario, session.facts)
            self._views = clocks_of(shipped_packs(), scenario, session.facts, session.now) if session.facts else {}
        return self._views


def running(clocks: Clocks) -> set[str]:
    """The clocks that wait for a filing."""
    states = {ClockState.DUE, ClockState.OVERDUE, ClockState.TARGET_ONLY}
    return {view.clock.id for views in clocks.values() for view in views if view.state in states}


def named(clocks: Clocks, name: str) -> ClockView | None:
    """The clock that a line of this name stands for."""
    return next((view for one, views in clocks.items() for view in views if _name(one, view) == name), None)


def clock_lines(teller: Teller, clocks: Clocks) -> list[Line]:
    """The clocks that run or were answered, those due first at the top."""
    several = len(teller.account.scenario.incidents) > 1
    shown = [(one, view) for one, views in clocks.items() for view in views if view.state in _RANK]
    shown.sort(key=lambda found: (_RANK[found[1].state], _at(found[1]), found[1].clock.id))
    waiting = sum(view.state in _UNJUDGED for views in clocks.values() for view in views)
    if not shown and not waiting:
        return []
    lines = [line(""), line(Piece(_("Regulatory clocks"), "heading"))]
    left = [_countdown(teller, view) for _one, view in shown]
    columns = max(map(width, left), default=0)
    for (incident, view), rest in zip(shown, left, strict=True):
        sign, style = _SIGNS[view.state]
        about = f"[{incident}] " if several else ""
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(rest, columns) + "  ", style),
                about + teller.names.say(view.clock.title),
                Piece("  " + _ends(teller, view), "dim"),
                name=_name(incident, view),
            )
        )
    if waiting:
        message = ngettext("{n} clock waits for a judgement.", "{n} clocks wait for a judgement.", waiting)
        lines.append(line(Piece(message.format(n=waiting), "dim")))
    return lines


def _name(incident: str, view: ClockView) -> str:
    return f"clock/{incident}/{view.clock.id}"


def _at(view: ClockView) -> int:
    if isinstance(view, DeadlineView):
        return view.due.at
    return view.target.at if isinstance(view, TargetView) else 0


def _countdown(teller: Teller, view: ClockView) -> str:
    """The time left, or what became of it."""
    if view.state in {ClockState.FILED, ClockState.FILED_LATE}:
        return state_word(view.state)
    session = teller.session
    return length_left(_at(view) - moment_of(session.exercise.scenario.starts, session.now).at)


def _ends(teller: Teller, view: ClockView) -> str:
    """Until when by local time, and what ends it."""
    by = ""
    if isinstance(view, DeadlineView):
        by = _("by {time}").format(time=view.due.local[:16].replace("T", " "))
    elif isinstance(view, TargetView):
        by = _("our own target")
    steps = _filing(teller)
    if view.state in {ClockState.FILED, ClockState.FILED_LATE} or not steps:
        return by
    return _(" · ").join(part for part in (_("until: {steps}").format(steps=steps), by) if part)


def clock_parts(teller: Teller, view: ClockView) -> list[tuple[str, str]]:
    """Everything about a clock: where it stands, who owes it to whom, the law and where it can be looked up."""
    names, clock = teller.names, view.clock
    pack = next(one for one in shipped_packs() if one.id == view.pack)
    source = names.say(clock.instrument.title)
    if clock.instrument.source:
        source = f"{source}\n{clock.instrument.source}"
    parts = [
        (state_word(view.state), "\n".join(explain(view, pack))),
        (_("Who owes it, and to whom"),
         _("{obligor} to {recipients}").format(
             obligor=names.say(clock.obligor), recipients=names.listed(names.say(one) for one in clock.recipients))),
        (_("Begins with"), names.say(clock.trigger)),
        (_("Ends with"), _filing(teller)),
        (_("Source"), _("{instrument}, {article}").format(instrument=source, article=names.say(clock.article))),
        (_("Clock"), f"{clock.id} · {names.say(pack.title)} · {pack.as_of}"),
        ("", names.say(pack.disclaimer)),
    ]  # fmt: skip
    return [(title, words) for title, words in parts if words]


def _filing(teller: Teller) -> str:
    """The steps of the playbook in which a filing is said."""
    names = teller.names
    tracks = teller.account.playbook.tracks.values()
    found = [step.do for track in tracks for step in track.steps if any(f.kind is FieldKind.CLOCK for f in step.fields)]
    return names.listed(names.step(do) for do in dict.fromkeys(found))
