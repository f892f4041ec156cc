"""Regulatory deadlines of a session: where each stands, and everything about one with its source."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.regulatory.situation import clocks_of, moment_of
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView, TargetView
from incidentsim.exercise.regulatory.words import explain
from incidentsim.exports.text.clock_table import state_word
from incidentsim.messages import gettext as _
from incidentsim.session.narration import SessionNarrator
from incidentsim.session.reading.clock_steps import steps_for
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import Detail, RegulatoryClockView
from incidentsim.session.sights.sight import Sight

Clocks = Mapping[str, Sequence[ClockView]]
"""The clocks of each incident."""

_RUNNING: Final = frozenset({ClockState.DUE, ClockState.OVERDUE, ClockState.TARGET_ONLY})
"""States of clocks that wait for a filing."""
_ANSWERED: Final = frozenset({ClockState.FILED, ClockState.FILED_LATE})
_UNJUDGED: Final = frozenset({ClockState.NOT_JUDGED, ClockState.NOT_STARTED, ClockState.ANCHOR_MISSING})
_SHOWN: Final = _RUNNING | _ANSWERED | _UNJUDGED
"""What concerns the organisation and this incident, or may yet."""


class ClockWatch:
    """A cache of the regulatory deadlines of a session, reckoned anew when something happened or a minute passed.

    `trouble` says why they could not be reckoned; it is empty where they could.
    """

    def __init__(self) -> None:
        self._known: tuple[object, ...] | None = None
        self._views: Clocks = {}
        self.trouble = ""

    def views(self, sight: Sight) -> Clocks:
        """Return the clocks as they stand now by what may be seen, by the id of each incident that is known of.

        Where they cannot be reckoned, they stay as they were and `trouble` says why.
        """
        session = sight.session
        now = (id(sight), sight.edition, len(session.facts), session.now // MINUTE)
        if now != self._known:
            self._known = now
            try:
                facts, packs = sight.for_clocks(), shipped_packs()
                views = clocks_of(packs, sight.scenario, facts, session.now) if facts else {}
                self._views = {incident: known for incident, known in views.items() if incident in sight.incidents}
                self.trouble = ""
            except InputError as error:  # a time zone or holiday calendar that does not exist
                self.trouble = str(error)
        return self._views


def running(clocks: Clocks) -> frozenset[str]:
    """The clocks that wait for a filing."""
    return frozenset(view.clock.id for views in clocks.values() for view in views if view.state in _RUNNING)


def clock_views(reader: Reader, clocks: Clocks) -> tuple[RegulatoryClockView, ...]:
    """The clocks that run, were answered, or wait for a judgement, incident by incident."""
    start = moment_of(reader.session.exercise.scenario.starts, 0).at
    return tuple(
        _clock(reader, incident, view, start=start)
        for incident, views in clocks.items()
        for view in views
        if view.state in _SHOWN
    )


def _clock(reader: Reader, incident: str, view: ClockView, *, start: int) -> RegulatoryClockView:
    due, local, until = None, "", ""
    if isinstance(view, DeadlineView):
        due, local = view.due.at - start, view.due.local
        until = f"{reader.narrator.day(due)} {reader.narrator.time(due)}".strip()
    elif isinstance(view, TargetView):
        due = view.target.at - start
    return RegulatoryClockView(
        incident=incident,
        clock=view.clock.id,
        title=reader.names.say(view.clock.title),
        state=view.state,
        words=state_word(view.state),
        due=due,
        local=local,
        until=until,
        target=isinstance(view, TargetView),
        steps=tuple(step.do for step in steps_for(reader.narrator.account.playbook, view)),
        waits=_waits(reader, view),
    )


def _waits(reader: Reader, view: ClockView) -> str:
    """The steps that a clock waits for, each with the roles that take it."""
    names = reader.names
    return _(" or ").join(
        _("“{step}” ({roles})").format(
            step=names.step(step.do), roles=names.listed(names.somebody(role) for role in step.by)
        )
        for step in steps_for(reader.narrator.account.playbook, view)
    )


def clock_detail(reader: Reader, view: ClockView) -> Detail:
    """Everything about a clock: where it stands, who owes it to whom, the law and where it can be looked up."""
    names, clock = reader.names, view.clock
    pack = next(known for known in shipped_packs() if known.id == view.pack)
    source = names.say(clock.instrument.title)
    if clock.instrument.source:
        source = f"{source}\n{clock.instrument.source}"
    recipients = names.listed(names.say(recipient) for recipient in clock.recipients)
    parts = [
        (state_word(view.state), "\n".join(explain(view, pack))),
        (_("Who owes it, and to whom"),
         _("{obligor} to {recipients}").format(obligor=names.say(clock.obligor), recipients=recipients)),
        (_("Begins with"), names.say(clock.trigger)),
        (_("Waits for"), _waits(reader, view)),
        (_("Ends with"), _filing(reader.narrator)),
        (_("Source"), _("{instrument}, {article}").format(instrument=source, article=names.say(clock.article))),
        (_("Clock"), f"{clock.id} · {names.say(pack.title)} · {pack.as_of}"),
        ("", names.say(pack.disclaimer)),
    ]  # fmt: skip
    return Detail(names.say(clock.title), tuple((title, words) for title, words in parts if words))


def _filing(narrator: SessionNarrator) -> str:
    """The steps of the playbook in which a filing is said."""
    names, tracks = narrator.names, narrator.account.playbook.tracks.values()
    steps = [step.do for track in tracks for step in track.steps if any(f.kind is FieldKind.CLOCK for f in step.fields)]
    return names.listed(names.step(do) for do in dict.fromkeys(steps))
