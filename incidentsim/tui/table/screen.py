"""The table: the exercise as the people at it see it, and everything they can do."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import DescendantFocus, Key, Resize

from incidentsim.domain.errors import InputError
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.pacing import Halt, Pacing
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Outcome, SeatView
from incidentsim.tui.action_form.sent_form import SentForm
from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.dialogs.minutes import ask_minutes
from incidentsim.tui.notices import notice
from incidentsim.tui.table import memory
from incidentsim.tui.table.actions_pane import ActionsPane
from incidentsim.tui.table.clock_starting import CLOCK, WAITING, start_clock
from incidentsim.tui.table.coaching import open_coach
from incidentsim.tui.table.details import begin, detail_screen, start_duty
from incidentsim.tui.table.duties_pane import DutiesPane
from incidentsim.tui.table.hand import Hand
from incidentsim.tui.table.handing_over import hand_over, name_players
from incidentsim.tui.table.head import head_words, strip_words
from incidentsim.tui.table.inbox_pane import InboxPane
from incidentsim.tui.table.keys import TABLE_KEYS, can_be_done, help_words, pacing_words
from incidentsim.tui.table.log_pane import LogPane
from incidentsim.tui.table.news import News
from incidentsim.tui.table.panes import PANES, Panes
from incidentsim.tui.table.phase_track import PhaseTrack
from incidentsim.tui.table.writing import read, write
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words, cut

if TYPE_CHECKING:
    from collections.abc import Callable

TICK: Final = 500
INTERVAL: Final = TICK / 1000
"""How much time passes by the clock on the wall between two looks at it (ms), and the same in seconds, for Textual."""
PANE: Final = "pane"
"""Under which name it is kept which pane was left."""


class TableScreen(LocalizedScreen):
    """An exercise under way."""

    AUTO_FOCUS = ""  # the pane that was left has the focus: elsewhere, messages would count as read
    CSS = """
    TableScreen #panes { layout: grid; grid-size: 2 3; grid-columns: 1fr 1fr; grid-rows: 2fr 1fr 1fr; height: 1fr; }
    TableScreen .pane { height: 100%; }
    TableScreen #pane-inbox { row-span: 2; }
    TableScreen #inbox { height: 2fr; }
    TableScreen #reading { height: 3fr; border-top: solid $foreground 25%; padding: 0 1; background: $surface; }
    TableScreen #pane-log { column-span: 2; }
    TableScreen #tabs { display: none; }
    TableScreen.-narrow #tabs { display: block; }
    TableScreen.-narrow #panes { layout: vertical; }
    TableScreen.-narrow .pane { display: none; border: none; height: 1fr; }
    TableScreen.-narrow .pane.-here { display: block; }
    TableScreen #head.-paused { background: $warning; color: auto 90%; }
    TableScreen #filter { height: 1; color: $text-muted; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = TABLE_KEYS

    def __init__(self, seat: Seat) -> None:
        """Sit down at the table."""
        super().__init__()
        self.seat = seat
        place = seat.workspace.get(PANE)
        self._panes = Panes(PANES.index(place) if place in PANES else 0)
        self._hand = Hand(seat, self, self.say, self.show_table)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._held = False  # whether the clock waits: nobody has the keyboard
        self._trouble = ""
        self._shown: SeatView | None = None
        self.asked: tuple[int, ...] = ()
        """The duties before whose deadlines time stopped just now: the next jump goes past them."""
        self._news = News(lambda entry: self.query_one(LogPane).drawn(entry, several=self.view.several), id="news")

    @property
    def view(self) -> SeatView:
        """The view from the seat as it is now, in the language spoken."""
        return self.seat.view(self.shell.language)

    def seat_here(self) -> Seat | None:
        """Return the seat, unless the keyboard is on its way from one to another."""
        return None if self._held else self.seat

    def compose(self) -> ComposeResult:
        """The head, what happened last, the tracks, four panes."""
        yield Words(id="head", classes="title")
        yield self._news
        yield PhaseTrack(id="tracks")
        yield Tabs(id="tabs")
        yield self._panes
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the table; while it is live, time passes."""
        if not self.stands("head", *PANES):
            return  # the program is ending
        self._unsubscribe = self.seat.subscribe(self._heard)
        self.set_interval(INTERVAL, self._tick)
        self.show_table()
        self.action_pane(self._panes.here)
        self._tell_last()
        self.set_timer(memory.SETTLE_AFTER, memory.settle)

    def on_unmount(self) -> None:
        """Close the seat, so that the run is let go of however the screen is left."""
        self._unsubscribe()
        self.seat.close()

    def on_screen_resume(self) -> None:
        """Somewhere else something may have happened."""
        if self.is_mounted:
            self.show_table()

    def on_resize(self, _event: Resize) -> None:
        """Fit to the new size."""
        if self.is_mounted:
            self._panes.mark()
            self.call_after_refresh(self.show_table)

    def help_words(self) -> list[str]:
        """Return the sentences of the help about playing an exercise."""
        return help_words(self.app)

    async def relocalize(self) -> None:
        """Show everything in another language; the cursors and the pane stay where they are."""
        self.show_table()

    def show_table(self, *, newest: int | None = None) -> None:
        """Show where things stand; the cursor of the inbox goes to the message `newest`."""
        if not self.stands("head", *PANES):
            return
        view = self._shown = self.view
        self._show_head(view)
        columns = max(self.size.width - 2, 20)
        self.query_one(PhaseTrack).show(view, columns, rows=max(self.size.height // 4, 3))
        self._panes.show(view, newest=newest)
        if view.clock_trouble != self._trouble:
            self._trouble = view.clock_trouble
            if view.clock_trouble:
                self.say(view.clock_trouble, wrong=True)
        self._show_tabs(view)
        self.refresh_bindings()

    def _show_head(self, view: SeatView) -> None:
        columns = max(self.size.width - 2, 20)
        self.query_one("#head", Words).say(cut(head_words(view), columns))
        self.query_one("#head").set_class(view.pacing.live and view.pacing.paused and not view.ended, "-paused")
        self._news.show(view, columns, self.size.height)

    def _show_tabs(self, view: SeatView) -> None:
        self.query_one(Tabs).tell(self._panes.entitle(view), self._panes.here)

    def _tell_last(self) -> None:
        """The last thing that happened, or what to do first."""
        view = self.view
        self._news.hint(lambda view: pacing_words(self.app, view.pacing))
        if view.time.now:
            self._news.tell(Outcome(view.latest, view.recorded, Halt.ASKED), view.time, view.time)
        self._show_head(view)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something in a notice."""
        notice(self.app, sentence, wrong=wrong)

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self._panes.here = number
        if not self.has_class("-wide"):  # there all panes are in view, and styles cost time
            self._panes.mark()
            self.call_after_refresh(self.show_table)  # what was hidden had no width to be laid out in
        self._panes.enter()
        view = self.view
        self._show_tabs(view)
        self._hand.quietly(lambda: self.seat.workspace.put(PANE, PANES[number]))
        if (incident := view.incident) is not None:
            self._hand.quietly(lambda: self.seat.turn_to(incident))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self.action_pane(event.number)

    def on_phase_track_picked(self, event: PhaseTrack.Picked) -> None:
        """An incident was clicked on."""
        self._pick_incident(event.incident)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane that Tab or the mouse goes to is the one in view if there is room for one only."""
        place = PANES.index(event.widget.id) if event.widget.id in PANES else self._panes.here
        if place != self._panes.here and event.widget is self.focused:  # else it has gone on to another by now
            self.action_pane(place)

    def on_key(self, event: Key) -> None:
        """Begin the open action that bears this letter."""
        if event.character is not None and self.query_one(ActionsPane).begin(event.character):
            event.stop()

    @on(InboxPane.Read)
    def _message_read(self, event: InboxPane.Read) -> None:
        if not isinstance(event, InboxPane.Opened) and self._hand.quietly(lambda: self.seat.mark_read([event.number])):
            view = self.view
            self.query_one(InboxPane).show(view)
            self._show_tabs(view)

    @on(InboxPane.Opened)
    def _message_opened(self, event: InboxPane.Opened) -> None:
        read(self.seat, self.shell, event.number, self._hand, self._after)

    @on(DutiesPane.Opened)
    def _duty_opened(self, event: DutiesPane.Opened) -> None:
        try:
            start = start_clock if event.name.startswith((CLOCK, WAITING)) else start_duty
            start(self.seat, self.shell, event.name, self.take)
        except InputError:
            self.show_table()  # it is no more: the line was from a moment ago

    @on(LogPane.Opened)
    def _fact_opened(self, event: LogPane.Opened) -> None:
        self.app.push_screen(detail_screen(self.shell, lambda language: self.seat.fact(event.number, language)))

    @on(ActionsPane.Begun)
    def _action_begun(self, event: ActionsPane.Begun) -> None:
        """Open the form of an action, or say why it is closed."""
        if event.name == "over/debrief":
            self.action_debrief()
        else:
            begin(self.seat, self.shell, event.name, self.take)

    def take(self, sent: SentForm | None) -> None:
        """Take an action; one that is `None` was left."""
        if sent is None:
            self.show_table()
        elif (outcome := self._hand.act(sent)) is not None:
            self._after(outcome)

    def action_write(self) -> None:
        """Write a message to others."""
        write(self.seat, self.shell, self._hand, self._after)

    def action_go_on(self) -> None:
        """Let time jump to the next thing that matters, or past the deadline that was asked about."""
        asked = self.asked
        if (outcome := self._hand.attempt(lambda: self.seat.go_on(asked))) is not None:
            if outcome.halt is Halt.YOUR_TURN and not outcome.anything:
                self._news.hint(lambda _view: _("Nothing more happens before you act."))
            self._after(outcome)

    def action_wait(self) -> None:
        """Let some minutes pass."""
        ask_minutes(self.shell, lambda: _("For how many minutes?"), self._wait)

    def _wait(self, minutes: int) -> None:
        if (outcome := self._hand.attempt(lambda: self.seat.wait(minutes * MINUTE))) is not None:
            self._after(outcome)

    def _after(self, outcome: Outcome) -> None:
        """Show what happened; the inbox goes to the newest message, unless somebody reads another while time runs."""
        view, before = self.view, self._shown
        self.asked = outcome.due
        self._news.tell(outcome, (before or view).time, view.time)
        new = next((message for message in reversed(view.inbox) if message.number >= outcome.since), None)
        inbox = self.query_one(InboxPane)
        reading = view.pacing.runs() and inbox.reading
        self.show_table(newest=new.number if new is not None and not reading else None)
        if new is not None and not inbox.reading:
            self.say(_("✉ {subject}").format(subject=new.subject))

    def _heard(self, outcome: Outcome) -> None:
        """Something was done at this seat, not by this screen: while it is in view, it shows that at once."""
        if not self._hand.busy and self.is_current:
            self._after(outcome)

    def action_next_incident(self) -> None:
        """Act on the next incident."""
        view = self.view
        names = [incident.id for incident in view.incidents]
        if view.incident in names:
            self._pick_incident(names[(names.index(view.incident) + 1) % len(names)])

    def _pick_incident(self, incident: str) -> None:
        self._hand.quietly(lambda: self.seat.turn_to(incident))
        self.show_table()

    def action_filter(self) -> None:
        """Narrow the log down to the next kind of facts."""
        self.query_one(LogPane).next_filter()

    def action_search(self) -> None:
        """Narrow the log down to lines with some words."""
        self.query_one(LogPane).ask()

    def action_hand_over(self) -> None:
        """Somebody else takes the keyboard; what the one who leaves has in front of them is hidden first."""
        self._held = True
        self._hide(hidden=True)
        hand_over(self.seat, self.shell, self._hand, self._lift_cover)

    def _hide(self, *, hidden: bool) -> None:
        for part in ("#panes", "#news"):
            self.query_one(part).visible = not hidden

    def _lift_cover(self) -> None:
        self._held = False
        self._hide(hidden=False)
        self.show_table()
        self._tell_last()
        self.action_pane(self._panes.here)

    def action_players(self) -> None:
        """The names of those who play."""
        name_players(self.seat, self.shell, self._hand, self.show_table)

    def action_coach(self, hint: bool) -> None:
        """Open the coach, or ask for the next hint first."""
        open_coach(self.seat, self.shell, self._hand, lambda _outcome: self.show_table(), hint=hint)

    def action_console(self) -> None:
        """The facilitator's console."""
        from incidentsim.tui.table.console_opening import open_console

        open_console(self, self._hand)

    def strip_words(self) -> str:
        """Return what forms and dialogs above the table say of the exercise."""
        return strip_words(self.view)

    def _set_pacing(self, pacing: Pacing) -> None:
        self._hand.quietly(lambda: self.seat.set_pacing(pacing))
        if pacing.live:
            self._news.hint(lambda view: pacing_words(self.app, view.pacing))
        self.show_table()

    def action_pacing(self) -> None:
        """Stepped or live; live it begins paused."""
        pacing = self.view.pacing
        self._set_pacing(replace(pacing, live=not pacing.live, paused=not pacing.live))

    def action_pause(self) -> None:
        """Let the clock run, or stop it."""
        pacing = self.view.pacing
        self._set_pacing(replace(pacing, paused=not pacing.paused))

    def action_speed(self, by: int) -> None:
        """Faster or slower."""
        self._set_pacing(self.view.pacing.faster(by))

    def action_ledger(self) -> None:
        """The record of this run."""
        if (run := self.view.run) is not None:
            from incidentsim.tui.ledger.screen import LedgerScreen

            self.app.push_screen(LedgerScreen(run))

    def action_debrief(self) -> None:
        """Open the debrief once the exercise is over and on record, in place of the table."""
        if (view := self.view).run is not None and view.ended:
            from incidentsim.tui.debrief.screen import DebriefScreen

            self.seat.close()
            self.app.pop_screen()
            self.app.push_screen(DebriefScreen(view.run))

    def action_leave(self) -> None:
        """Back home, or to all of the log where it is narrowed down. Nothing is asked, because nothing is lost."""
        in_view = self._panes.here == PANES.index("log") or self.has_class("-wide")
        if in_view and self.query_one(LogPane).widen():
            return
        self._held = True  # the clock must not ask a closed seat
        self.seat.close()
        self.shell.leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Return whether an action can be done now; the key line shows no other."""
        return can_be_done(action, self.view)

    def _tick(self) -> None:
        """Half a second has passed by the wall clock: it passes as well while somebody fills in a form."""
        if self._held:
            return
        outcome = self._hand.attempt(lambda: self.seat.live(TICK))
        if outcome is None:
            return
        shown, time = self._shown, self.seat.time(self.shell.language)
        if outcome.anything:
            self._after(outcome)
        elif shown is None or shown.time.now // MINUTE != time.now // MINUTE:
            self.show_table()
        else:
            self._show_head(shown.at(time))
