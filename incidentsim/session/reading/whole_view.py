"""The whole view from one seat, of which only what rests on something new is made anew."""

import itertools
from collections.abc import Callable, Sequence
from typing import TypeVar

from incidentsim.session.pacing import Pacing
from incidentsim.session.procedure.coach_view import CoachView
from incidentsim.session.reading.actions import available_actions, forbidden_acts, open_duties
from incidentsim.session.reading.inbox import InboxReading
from incidentsim.session.reading.incidents import incident_views
from incidentsim.session.reading.log import LogNarration
from incidentsim.session.reading.players import people_views
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks, ClockWatch, clock_views
from incidentsim.session.seat_view import InboxMessage, SeatView
from incidentsim.session.seats import PLAYERS
from incidentsim.session.views import READ

T = TypeVar("T")

Coaching = Callable[[Reader, Callable[[], Sequence[InboxMessage]], Clocks], CoachView | None]
"""Tells what the coach says to a reader, given what reached them and where the regulatory deadlines stand."""


class KeptParts:
    """The parts of a view that were made last: a part is made anew when what it rests on has changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, object]] = {}

    def get(self, name: str, rests_on: object, make: Callable[[], T]) -> T:
        """The part of this name."""
        known = self._known.get(name)
        if known is None or known[0] != rests_on:
            known = self._known[name] = (rests_on, make())
        return known[1]  # type: ignore[return-value]  # a name always stands for the same kind of part


class WholeView:
    """Makes the view of one seat.

    Attributes:
        parts: what was made last.
        console_log: the log as a facilitator reads it.
    """

    def __init__(self) -> None:
        editions = itertools.count(1)
        self._log = LogNarration(lambda: next(editions))
        self.console_log = LogNarration(lambda: next(editions))
        self.parts = KeptParts()
        self._inbox = InboxReading()
        self._watch = ClockWatch()
        self._last_step = 0

    def clocks(self, reader: Reader) -> Clocks:
        """Return the regulatory deadlines of each incident as they stand now."""
        return self._watch.views(reader.narrator.sight)

    def messages(self, reader: Reader) -> tuple[InboxMessage, ...]:
        """Return what reached whoever sits there, oldest first."""
        return self._inbox.messages(reader)

    def view(self, reader: Reader, incident: str | None, pacing: Pacing, coach: Coaching) -> SeatView:
        """Return the view; `incident` is the one that actions are about, `coach` tells what the coach says."""
        session = reader.session
        happened = (reader.told_to, len(session.facts))
        clocks = self.clocks(reader)
        rests_on = (
            *happened, session.now, incident, pacing, session.ended,
            session.workspace.get(READ), id(clocks), self._watch.trouble, session.workspace.get(PLAYERS),
        )  # fmt: skip
        return self.parts.get(
            "view",
            rests_on,
            lambda: self._made(reader, incident, pacing, coach=coach, happened=happened, clocks=clocks),
        )

    def _made(
        self,
        reader: Reader,
        incident: str | None,
        pacing: Pacing,
        *,
        coach: Coaching,
        happened: tuple[object, ...],
        clocks: Clocks,
    ) -> SeatView:
        session, part = reader.session, self.parts.get
        by_now = (*happened, session.now)
        read, players = session.workspace.get(READ), session.workspace.get(PLAYERS)
        return SeatView(
            language=reader.narrator.language,
            run=session.run,
            title=reader.names.say(session.exercise.scenario.title),
            mode=session.seats.mode,
            ended=session.ended,
            recorded=len(session.facts),
            latest=part("latest", happened, lambda: self._latest(reader)),
            time=reader.time(live=pacing.live),
            pacing=pacing,
            people=part("people", (*happened, read, players), lambda: people_views(reader)),
            keyboard=reader.pseudonyms,
            several=len(reader.incidents) > 1,
            incidents=part("incidents", happened, lambda: incident_views(reader)),
            incident=incident,
            inbox=part("inbox", (*happened, read), lambda: self.messages(reader)),
            actions=part("actions", (*by_now, incident), lambda: available_actions(reader, incident)),
            forbidden=part("forbidden", (*happened, incident), lambda: forbidden_acts(reader, incident)),
            duties=part("duties", by_now, lambda: open_duties(reader)),
            clocks=part("clocks", (reader.told_to, id(clocks)), lambda: clock_views(reader, clocks)),
            clock_trouble=self._watch.trouble,
            log=self._log.view(reader),
            coach=part(
                "coach",
                (*by_now, id(clocks)),
                lambda: coach(reader, lambda: self.messages(reader), clocks),
            ),
        )

    def _latest(self, reader: Reader) -> int:
        """The first fact that happened at the time of the last one."""
        facts, known = reader.session.facts, self._last_step
        if known >= len(facts) or facts[known].at != facts[-1].at:
            known = len(facts) - 1
            while known > 0 and facts[known - 1].at == facts[known].at:
                known -= 1
        self._last_step = max(known, 0)
        return self._last_step
