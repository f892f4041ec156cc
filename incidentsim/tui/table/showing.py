"""What the table shows: the head, the tracks and four panes, read off the session anew whenever something happened."""

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.facts import FactKind
from incidentsim.exercise.kernel.in_force import undone
from incidentsim.messages import gettext as _
from incidentsim.session.narration import Teller
from incidentsim.session.pacing import Pacing
from incidentsim.session.sentences import filter_words, message_words, passes
from incidentsim.session.session import Session
from incidentsim.session.views import Message, Offer, at_keyboard, duties, inbox, mark_read, offers, raised
from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.log_rows import BACKSTAGE, day_line, log_line
from incidentsim.tui.table.clocks import Clocks, ClockWatch, clock_lines
from incidentsim.tui.table.phase_track import PhaseTrack
from incidentsim.tui.table.rows import action_lines, duty_lines, inbox_lines
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words, cut, plain, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incidentsim.domain.scenario import Person

TICK = 500
"""How often a live table looks at the clock (ms)."""
PANES = ("inbox", "actions", "duties", "log")
_NOTICE = 300
"""Columns of the longest notice: it must not cover what it is about."""


class TableShowing(LocalizedScreen):
    """An exercise under way, as it is seen."""

    def __init__(self, session: Session) -> None:
        """Sit down at the table of `session`."""
        super().__init__()
        self.session = session
        self._here = 0
        self._message: int | None = None
        self._incident: str | None = None
        self._filter = "all"
        self._search = ""
        self._news = ("", "")
        self._pacing = Pacing.of(session.desk)
        self._offers: list[Offer] = []
        self._teller: Teller | None = None
        self._forget_shown()
        self._restore()

    def _forget_shown(self) -> None:
        """What was told so far is told anew: in another language, or of another session."""
        self._teller = None
        self._watch = ClockWatch(self.session)
        self._clocks: Clocks = {}
        self._logged = 0
        self._log_key: tuple[object, ...] = ()
        self._told: dict[tuple[int, bool], Line] = {}

    @property
    def teller(self) -> Teller:
        """Tells the session in the language spoken."""
        language = self.shell.language
        if self._teller is None or self._teller.language != language:
            self._teller = Teller(self.session, language)
        return self._teller

    @property
    def people(self) -> "tuple[Person, ...]":
        """Whoever sits at the keyboard: everybody at the table, or the one who has taken it over."""
        return at_keyboard(self.session)

    @property
    def pseudonyms(self) -> frozenset[str]:
        """The pseudonyms of whoever sits at the keyboard."""
        return frozenset(one.pseudonym for one in self.people)

    def show_table(self, *, newest: int | None = None) -> None:
        """Show where things stand, read off the facts anew; the cursor of the inbox goes to the message `newest`."""
        if not self.stands("head", "log"):
            return
        session, teller = self.session, self.teller
        noticed = raised(session)
        if self._incident not in noticed:
            self._incident = noticed[0] if noticed else None
        columns = max(self.size.width - 2, 20)
        self._show_head()
        self.query_one(PhaseTrack).tell(teller, self._incident, columns, rows=max(self.size.height // 4, 3))
        self._show_inbox(newest)
        self._show_actions()
        self._show_duties()
        self._show_log()
        self._show_tabs()
        self.refresh_bindings()

    def _show_head(self) -> None:
        columns = max(self.size.width - 2, 20)
        self.query_one("#head", Words).say(cut(self._head(), columns))
        news, more = self._news
        if self.session.ended:
            known = self.session.run is not None
            news, more = _("■ The exercise is over. Press d to see how it went.") if known else _("■ Over."), ""
        self.query_one("#news", Words).say(cut(news, columns - len(more)) + more)

    def _head(self) -> str:
        session, teller = self.session, self.teller
        now = f"{teller.day(session.now)} {teller.time(session.now)} ({teller.elapsed(session.now)})"
        who = teller.names.listed(teller.names.person(one.pseudonym) for one in self.people[:2])
        if len(self.people) > 2:  # noqa: PLR2004 - as many as fit
            who = _("{n} people").format(n=len(self.people))
        mode = {"solo": _("solo"), "hot_seat": _("hot seat"), "facilitated": _("facilitated")}[session.seats.mode]
        title = teller.names.say(session.exercise.scenario.title)
        state = _("over") if session.ended else self._pacing.words()
        return _(" · ").join(part for part in (now, state, who, mode, title) if part)

    def _show_inbox(self, newest: int | None = None) -> None:
        messages = inbox(self.session, self.pseudonyms or None)
        found = self.query_one("#inbox", LineList)
        at = str(newest) if newest is not None else None
        empty = _("No message yet. Press space to let time go on.")
        found.show(inbox_lines(self.teller, messages), empty=empty, at=at)
        shown = next((one for one in messages if str(one.number) == found.name_at_cursor), None)
        if shown is not None and not shown.read and found.has_focus:
            self._attempt_quietly(lambda: mark_read(self.session, [shown.number]))
            messages = inbox(self.session, self.pseudonyms or None)
            found.show(inbox_lines(self.teller, messages), empty=empty)
        self._message = shown.number if shown is not None else None
        self._unread = sum(not one.read for one in messages)
        self._read(shown)

    def _read(self, message: Message | None) -> None:
        """Show a message in the reading pane."""
        teller = self.teller
        if message is None:
            self.query_one("#message", Static).update(plain(_("What reaches you is read here.")))
            self._words_read = None
            return
        subject, body = message_words(teller, message)
        to = teller.names.listed(teller.names.person(one) for one in message.to)
        by = teller.names.role(message.channel) if message.channel else ""
        head = _("{time} · {channel} → {people}").format(time=teller.time(message.at), channel=by, people=to)
        columns = max(self.query_one("#reading").size.width - 3, 20)
        parts = [(subject, head), ("", body)] if body else [("", subject), ("", head)]
        content = told(parts, columns)
        show(self.query_one("#message", Static), content, self._words_read)
        self._words_read = content
        if (message.number, columns) != self._reading:
            self._reading = (message.number, columns)
            self.query_one("#reading").scroll_home(animate=False)

    _reading: tuple[int, int] | None = None
    _words_read: Text | None = None

    def _show_actions(self) -> None:
        ended = self.session.ended
        about = self._incident
        self._offers = offers(self.session, about, self.people) if about is not None and not ended else []
        found = self.query_one("#actions", LineList)
        lines = action_lines(self.teller, self._offers) if about is not None and self.people and not ended else []
        if ended:
            lines = [line(Piece(_("The exercise is over; nothing can be done any more."), "dim"))]
            if self.session.run is not None:
                lines.append(line(Piece("d  ", "accent"), Piece(_("See how it went"), "strong"), name="over/debrief"))
        at = next((one.name for one in lines if one.name is not None), None) if not found.lines else None
        empty = _("Nothing to act on yet.") if self.people else _("Bots play everybody; the console is yours.")
        found.show(lines, empty=empty, at=at)

    def _show_duties(self) -> None:
        try:
            self._clocks = self._watch.views()
        except InputError as error:
            self._say(str(error), wrong=True)
        self._owed = duties(self.session)
        lines = [*duty_lines(self.teller, self._owed), *clock_lines(self.teller, self._clocks)]
        self.query_one("#duties", LineList).show(lines)

    def _show_log(self) -> None:
        """Only what is new is told, unless what is shown of the log has changed."""
        facts = self.session.facts
        gone = undone(facts)
        who = (self.pseudonyms, len(self.teller.time(0)))
        if who != self._told_to:
            self._told, self._told_to = {}, who
        wanted = (self._filter, self._search, len(gone), self._only(), *who)
        log = self.query_one("#log", LineList)
        afresh = wanted != self._log_key
        if not afresh and self._logged == len(facts):
            self._show_filter()  # there may be another width
            return
        lines = [] if afresh else list(log.lines)
        for number in range(0 if afresh else self._logged, len(facts)):
            if self._shows(number):
                shown = self._log_line(number, undone=number in gone)
                if not self._search or self._search.casefold() in "".join(p.text for p in shown.pieces).casefold():
                    if (day := self.teller.day(facts[number].at)) != self._log_day or not lines:
                        lines.append(day_line(self.teller, facts[number].at))
                        self._log_day = day
                    lines.append(shown)
        self._log_key, self._logged = wanted, len(facts)
        log.show(lines, empty=_("Nothing of this kind is on record."))
        view = (self._filter, self._search, self._only(), self.pseudonyms)
        if view != self._log_view:
            log.action_far(1)  # something else is looked at: its end is what counts
            self._log_view = view
        self._show_filter()

    _log_day = ""
    _log_view: tuple[object, ...] = ()

    def _only(self) -> str | None:
        """The one incident that the log is narrowed down to, if it is."""
        return self._incident if self._filter == "incident" else None

    def _shows(self, number: int) -> bool:
        fact = self.session.facts[number]
        if fact.kind in BACKSTAGE:
            return False
        return fact.incident == self._incident if self._filter == "incident" else passes(fact, self._filter)

    def _log_line(self, number: int, *, undone: bool) -> Line:
        if (number, undone) not in self._told:
            self._told[number, undone] = log_line(self.teller, number, undone=undone, people=self._told_to[0])
        return self._told[number, undone]

    _told_to: tuple[frozenset[str], int] = (frozenset(), 0)
    """For whom the log was told, and whether with seconds (which can change once)."""

    def _show_filter(self) -> None:
        shown = filter_words().get(self._filter) or _("what is about {incident}").format(incident=self._incident or "")
        words = _("Shown: {what}").format(what=shown)
        searched = _(" · with “{words}”").format(words=self._search) if self._search else ""
        hint = _("  (f: filter, /: search)")
        self.query_one("#filter", Words).say(cut(words + searched + hint, max(self.size.width - 4, 20)))

    def _show_tabs(self) -> None:
        opened = sum(offer.open for offer in self._offers)
        names = [
            _("Inbox ({n})").format(n=self._unread) if self._unread else _("Inbox"),
            _("Actions ({n})").format(n=opened) if opened else _("Actions"),
            _("Duties ({n})").format(n=len(self._owed)) if self._owed else _("Duties"),
            _("Log"),
        ]
        self.query_one(Tabs).tell(names, self._here)
        for number, pane in enumerate(PANES):
            about = f" · {self._incident}" if pane == "actions" and len(raised(self.session)) > 1 else ""
            self.query_one(f"#pane-{pane}").border_title = plain(f"{number + 1} {names[number]}{about}")

    def _tell_news(self, since: int) -> None:
        """The last thing that happened, in the line below the head, and how much else."""
        facts, gone = self.session.facts, undone(self.session.facts)
        new = [n for n in range(since, len(facts)) if facts[n].kind not in BACKSTAGE]
        telling = [n for n in new if facts[n].kind in _TELLING] or new
        if not telling:
            return
        shown: Sequence[Piece] = self._log_line(telling[-1], undone=telling[-1] in gone).pieces
        words = "".join(piece.text for piece in shown[1:]).strip()
        more = len(new) - 1
        self._news = f"» {words}", f" (+{more})" if more else ""

    def _tell_last(self) -> None:
        """The last thing that happened, or what to do first."""
        self._news = _("» Press space: time goes on to the first thing that matters to you."), ""
        if self.session.now:
            self._tell_news(max(self._step_of(len(self.session.facts) - 1), 0))
        self._show_head()

    def _step_of(self, number: int) -> int:
        """The first fact that happened at the same time as this one."""
        facts = self.session.facts
        while number > 0 and facts[number - 1].at == facts[number].at:
            number -= 1
        return number

    def _restore(self) -> None:
        place = self.session.desk.get("pane")
        self._here = PANES.index(place) if place in PANES else 0
        self._incident = self.session.desk.get("incident")

    def _put_aside(self) -> None:
        desk = self.session.desk
        self._attempt_quietly(lambda: desk.put("pane", PANES[self._here]))
        self._attempt_quietly(lambda: desk.put("incident", self._incident))

    def _attempt_quietly(self, work: "Callable[[], None]") -> None:
        try:
            work()
        except SurroundingsError as error:
            self._say(str(error), wrong=True)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        """A notice. There is never more than one, so that they do not pile up over what they are about."""
        self.app.clear_notifications()
        self.app.notify(cut(sentence, _NOTICE), severity="warning" if wrong else "information", markup=False)


_TELLING = frozenset(
    {
        FactKind.INJECT_DELIVERED,
        FactKind.INCIDENT_RAISED,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.STEP_TAKEN,
        FactKind.REFUSED,
        FactKind.LEVEL_SET,
        FactKind.DUTY_OPENED,
        FactKind.DUTY_BREACHED,
        FactKind.ESCALATED,
        FactKind.FILED,
        FactKind.STEP_UNDONE,
        FactKind.EXERCISE_ENDED,
    }
)
"""What a line of news is about, where there is any of it: the rest only follows."""
