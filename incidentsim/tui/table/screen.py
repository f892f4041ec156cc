"""The table: the exercise as the people at it see it, and everything they can do."""

import gc
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.events import Click, DescendantFocus, Key, Resize
from textual.message import Message
from textual.widgets import Static

from incidentsim.messages import gettext as _
from incidentsim.session.sentences import clause_words, fact_details, message_words, refusal_sentence
from incidentsim.session.views import Offer, inbox
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.log_rows import hidden_from, others_mail
from incidentsim.tui.table.acting import TableActing
from incidentsim.tui.table.clocks import clock_parts, named, running
from incidentsim.tui.table.phase_track import PhaseTrack
from incidentsim.tui.table.rows import KEYS
from incidentsim.tui.table.showing import PANES, TICK
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words


class ActionList(LineList):
    """The list of actions: one click begins an action."""

    CLICK_OPENS = True


class FilterLine(Words):
    """What the log is narrowed down to: a click goes on to the next filter."""

    class Clicked(Message):
        """It was clicked on."""

    def on_click(self, _event: Click) -> None:
        """Tell the screen."""
        self.post_message(self.Clicked())


class TableScreen(TableActing):
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
    TableScreen #news { height: 1; padding: 0 1; background: $surface; color: $text-accent; }
    TableScreen.-narrow #tabs { display: block; }
    TableScreen.-narrow #panes { layout: vertical; }
    TableScreen.-narrow .pane { display: none; border: none; height: 1fr; }
    TableScreen.-narrow .pane.-here { display: block; }
    TableScreen #filter { height: 1; color: $text-muted; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "go_on", N_("Go on"), id="table.go_on",
            tooltip=N_("Time jumps to the next thing that matters to you")),
        key("p", "pause", N_("Pause"), id="table.pause", tooltip=N_("Stop the clock, or let it run")),
        key("d", "debrief", N_("Debrief"), id="table.debrief", tooltip=N_("How it went, once it is over")),
        key("n", "next_incident", N_("Incident"), id="table.incident", tooltip=N_("Act on the next incident")),
        key("x", "hand_over", N_("Hand over"), id="table.hand_over", tooltip=N_("Somebody else takes the keyboard")),
        key("v", "console", N_("Console"), id="table.console", tooltip=N_("The facilitator's console, with spoilers")),
        key("1", "pane(0)", N_("Inbox"), id="table.inbox", show=False),
        key("2", "pane(1)", N_("Actions"), id="table.actions", show=False),
        key("3", "pane(2)", N_("Duties"), id="table.duties", show=False),
        key("4", "pane(3)", N_("Log"), id="table.log", show=False),
        key("f", "filter", N_("Filter"), id="table.filter", tooltip=N_("Narrow the log down"), show=False),
        key("slash", "search", N_("Search"), id="table.search", tooltip=N_("Find words in the log"), show=False),
        key("w", "wait", N_("Wait"), id="table.wait", tooltip=N_("Let some minutes pass"), show=False),
        key("t", "pacing", N_("Pacing"), id="table.pacing", tooltip=N_("Stepped, or live by the clock"), show=False),
        key("plus", "speed(1)", N_("Faster"), id="table.faster", show=False),
        key("minus", "speed(-1)", N_("Slower"), id="table.slower", show=False),
        key("r", "ledger", N_("Record"), id="table.record", tooltip=N_("Every entry, its hash, its facts"), show=False),
        key("escape", "leave", N_("Home"), id="table.leave", tooltip=N_("Back home; the run goes on where it was")),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The head, what happened last, the tracks, four panes."""
        yield Words(id="head", classes="title")
        yield Words(id="news")
        yield PhaseTrack(id="tracks")
        yield Tabs(id="tabs")
        with Container(id="panes"):
            with Vertical(id="pane-inbox", classes="pane"):
                yield LineList(id="inbox")
                with VerticalScroll(id="reading", can_focus=False):
                    yield Static("", id="message", markup=False)
            with Vertical(id="pane-actions", classes="pane"):
                yield ActionList(id="actions")
            with Vertical(id="pane-duties", classes="pane"):
                yield LineList(id="duties")
            with Vertical(id="pane-log", classes="pane"):
                yield FilterLine(id="filter")
                yield LineList(id="log")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the table; while it is live, time passes."""
        if not self.stands("head", "log"):
            return  # the program is ending
        self.query_one("#log", LineList).follow = True
        self.set_interval(TICK / 1000, self._tick)
        self.show_table()
        self._to_pane(self._here)
        self._tell_last()
        self.call_after_refresh(_settle_memory)

    def on_unmount(self) -> None:
        """Whoever leaves lets go of the run, however they leave."""
        self.session.close()

    def on_screen_resume(self) -> None:
        """Somewhere else something may have happened."""
        if self.is_mounted:
            self.show_table()

    def on_resize(self, _event: Resize) -> None:
        """Fit to the new size."""
        if self.is_mounted:
            self._mark_pane()
            self.call_after_refresh(self.show_table)

    def help_words(self) -> list[str]:
        """How an exercise is played."""
        return [
            _("Messages come in, and you act for the roles you play: the letter before an action opens its form."),
            _("Space lets time jump to the next thing that matters to you. Everything goes on record at once."),
            _("Signs: ● unread or here, ✓ done, ✕ closed or refused, ⊘ forbidden, ! soon due, ‼ late, ↶ undone."),
        ]

    async def retell(self) -> None:
        """Show everything in another language; the cursors and the pane stay where they are."""
        self._forget_shown()
        self.show_table()
        self._tell_last()

    def _to_pane(self, number: int) -> None:
        self._here = number
        if not self.has_class("-wide"):  # there all panes are in view, and styles cost time
            self._mark_pane()
            self.call_after_refresh(self.show_table)  # what was hidden had no width to be laid out in
        self.query_one(f"#{PANES[number]}").focus()
        self._show_tabs()
        self._put_aside()

    def _mark_pane(self) -> None:
        """Where there is room for one pane, it is the one that the keys go to."""
        for place, pane in enumerate(PANES):
            self.query_one(f"#pane-{pane}").set_class(place == self._here, "-here")

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self._to_pane(number)

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self._to_pane(event.number)

    def on_phase_track_picked(self, event: PhaseTrack.Picked) -> None:
        """An incident was clicked on."""
        self.pick_incident(event.incident)

    def on_filter_line_clicked(self) -> None:
        """The line that says what the log shows was clicked on."""
        self.action_filter()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane that Tab or the mouse goes to is the one in view if there is room for one only."""
        if event.widget.id in PANES and PANES.index(event.widget.id) != self._here:
            self._to_pane(PANES.index(event.widget.id))
        if event.widget.id == "inbox":
            self._show_inbox()
            self._show_tabs()

    def on_key(self, event: Key) -> None:
        """Begin the open action that bears this letter."""
        if event.character is None or event.character not in KEYS:
            return
        found = self.query_one("#actions", LineList)
        opened = [one.name for one in found.lines if one.name is not None and one.name.startswith("open/")]
        place = KEYS.index(event.character)
        if place < len(opened):
            event.stop()
            self._begin(opened[place])

    @on(LineList.Moved, "#inbox")
    def _message_reached(self) -> None:
        self._show_inbox()
        self._show_tabs()

    @on(LineList.Chosen, "#inbox")
    def _message_opened(self, event: LineList.Chosen) -> None:
        number = int(event.name or 0)

        def parts() -> list[tuple[str, str]]:
            found = next(one for one in inbox(self.session) if one.number == number)
            subject, body = message_words(self.teller, found)
            return [(subject, body)] if body else [("", subject)]

        self.app.push_screen(
            DetailScreen(lambda: f"#{number} {self.teller.time(self.session.facts[number].at)}", parts)
        )

    @on(LineList.Chosen, "#actions")
    def _action_chosen(self, event: LineList.Chosen) -> None:
        self._begin(event.name or "")

    def _begin(self, name: str) -> None:
        """Open the form of an action, or say why it is closed."""
        kind, _slash, do = name.partition("/")
        if kind == "over":
            self.action_debrief()
            return
        if kind == "never":
            self.app.push_screen(self._why_never(do), self.try_forbidden)
            return
        offer = next((one for one in self._offers if one.step.do == do), None)
        if offer is None:
            return
        if offer.open:
            self.app.push_screen(FormScreen(self.teller, offer, running(self._clocks)), self.take)
        else:
            self.app.push_screen(self._why_closed(offer), lambda tried: self.try_closed(offer) if tried else None)

    def _why_never(self, do: str) -> DetailScreen:
        def parts() -> list[tuple[str, str]]:
            act = self.session.exercise.playbook.forbidden[do]
            mark = self.teller.names.basis(act.rule, act.basis.clause)
            return [("", _("Nobody may do that, for whatever reason.")), (_("Basis"), mark)]

        return DetailScreen(lambda: self.teller.names.step(do), parts, act=do)

    def _why_closed(self, offer: Offer) -> DetailScreen:
        def parts() -> list[tuple[str, str]]:
            names = self.teller.names
            basis = names.basis(offer.step.rule, offer.step.basis.clause)
            asked = names.listed(names.say(field.title) for field in offer.step.fields if field.required)
            found = [("", refusal_sentence(self.teller, offer)), (_("Basis"), basis)]
            found += clause_words(self.teller, offer.step.basis.clauses)
            return [*found, (_("It will ask for"), asked)] if asked else found

        act = None if offer.refusal is None else offer.step.do
        return DetailScreen(lambda: self.teller.names.step(offer.step.do), parts, act=act)

    @on(LineList.Chosen, "#log")
    def _fact_chosen(self, event: LineList.Chosen) -> None:
        number = int(event.name or 0)

        def parts() -> list[tuple[str, str]]:
            fact = self.session.facts[number]
            if hidden_from(fact, self.pseudonyms):
                return [("", others_mail(self.teller, fact))]
            return fact_details(self.teller, number)

        self.app.push_screen(
            DetailScreen(lambda: f"#{number} {self.teller.time(self.session.facts[number].at)}", parts)
        )

    @on(LineList.Chosen, "#duties")
    def _duty_chosen(self, event: LineList.Chosen) -> None:
        name = event.name or ""
        if (view := named(self._clocks, name)) is not None:
            shown = view
            title = lambda: self.teller.names.say(shown.clock.title)  # noqa: E731 - said anew in another language
            self.app.push_screen(DetailScreen(title, lambda: clock_parts(self.teller, shown)))
            return
        owed = next((one for one in self._owed if str(one.number) == name), None)
        if owed is None:
            return
        rule = self.session.exercise.rulebook.duties[owed.duty]

        def parts() -> list[tuple[str, str]]:
            names = self.teller.names
            due = _("no limit")
            if owed.due is not None:
                due = _("{time} ({left})").format(time=self.teller.until(owed.due), left=self.teller.left(owed.due))
            return [
                (_("Incident"), names.incident(owed.incident)),
                (_("Owed by"), names.listed(names.role(one) for one in rule.owed_by)),
                (_("Ends with"), names.listed(names.step(do) for do in owed.settled_by)),
                (_("Due"), due),
                (_("Basis"), names.basis(rule.rule, rule.basis.clause)),
                *clause_words(self.teller, rule.basis.clauses),
            ]

        self.app.push_screen(DetailScreen(lambda: self.teller.names.duty(owed.duty), parts))


def _settle_memory() -> None:
    """Have the collector not look again at whatever is there by now: with a long record that is felt at every pause."""
    gc.unfreeze()  # what an earlier table left there may go
    gc.collect()
    gc.freeze()
