"""The facilitator's console: the story as planned and as it came, and everything a facilitator may do about it.

Here, and nowhere else while people play, stands what really happened.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.interventions import End, Intervention, Move, Note, Skip, Undo
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.appraising import appraised, asking
from incidentsim.session.console_view import ConsoleView
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Detail, Outcome
from incidentsim.session.writing.drafts import NOTE_DRAFT, WORDS, Draft
from incidentsim.session.writing.field_entries import typed
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.console.rows import plan_lines
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.minutes import ask_minutes
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.log_rows import LogLines
from incidentsim.tui.notices import notice
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.sheet import Sheet
from incidentsim.tui.widgets.text import Words, cut, plain

ConsoleAnswer = Literal["home", "debrief", "players"] | SurroundingsError
"""Where to go from the console other than to the table, or why the record could not be kept."""

_ACTING = frozenset({"release", "skip", "delay", "add", "write", "note", "hint", "undo", "end", "step", "players"})
"""What cannot be done any more once the exercise is over."""


class ConsoleScreen(LocalizedScreen):
    """The screen of a facilitator: the plan of injects, the ground truth, the log, and the keys that intervene."""

    CSS = """
    ConsoleScreen #halves { layout: grid; grid-size: 2 2; grid-columns: 3fr 2fr; grid-rows: 3fr 2fr; height: 1fr; }
    ConsoleScreen #pane-log { column-span: 2; }
    ConsoleScreen .pane { background: $surface; }
    ConsoleScreen #head.-paused { background: $warning; color: auto 90%; }
    ConsoleScreen #about { padding: 0 1; }
    ConsoleScreen.-narrow #halves { layout: vertical; }
    ConsoleScreen.-narrow #pane-plan { height: 2fr; }
    ConsoleScreen.-narrow #pane-log { height: 1fr; }
    ConsoleScreen.-narrow #pane-about { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "release", N_("Release"), id="console.release", tooltip=N_("Let the inject come now")),
        key("s", "skip", N_("Skip"), id="console.skip", tooltip=N_("Leave the inject out")),
        key("m", "delay", N_("Delay"), id="console.delay", tooltip=N_("Let the inject come so many minutes later")),
        key("a", "add", N_("Add"), id="console.add", tooltip=N_("Tell people something that was not planned")),
        key("w", "write", N_("Write"), id="console.write", tooltip=N_("A message as somebody whom nobody plays")),
        key("o", "note", N_("Note"), id="console.note", tooltip=N_("An observation about the fact in the log")),
        key("h", "hint", N_("Hint"), id="console.hint", tooltip=N_("Give those at the table the next hint"),
            show=False),
        key("u", "undo", N_("Undo"), id="console.undo", tooltip=N_("The last thing that happened counts no more")),
        key("i", "look", N_("Look"), id="console.look", tooltip=N_("The inject in full, and the truth"), show=False),
        key("ctrl+e", "end", N_("End"), id="console.end", tooltip=N_("Close the exercise early"), show=False),
        key("p", "pause", N_("Start/stop"), id="console.pause", tooltip=N_("Let the clock run, or stop it")),
        key("l", "ledger", N_("Record"), id="console.record", tooltip=N_("Every entry, its hash, its facts"),
            show=False),
        key("space", "step", N_("Next"), id="console.step", tooltip=N_("Let the very next thing happen")),
        key("d", "debrief", N_("Debrief"), id="console.debrief", tooltip=N_("How it went, once it is over")),
        key("f4", "players", N_("Players"), id="console.players", tooltip=N_("Who sits in which seat"), show=False),
        key("v", "leave", N_("Table"), id="console.leave", tooltip=N_("The table, as the participants see it")),
        key("escape", "home", N_("Home"), id="console.home", tooltip=N_("Back home; the run goes on where it was")),
    ]  # fmt: skip

    def __init__(self, seat: Seat) -> None:
        """See and steer the exercise of this seat; the table goes on behind the console."""
        super().__init__()
        self.seat = seat
        self._unsubscribe: Callable[[], None] = lambda: None
        self._log = LogLines()

    @property
    def view(self) -> ConsoleView:
        """The facilitator's view as it is now, in the language spoken."""
        return self.seat.console(self.shell.language)

    def compose(self) -> ComposeResult:
        """The plan, the inject looked at with the truth, and the log."""
        yield Words(id="head", classes="title")
        with Container(id="halves"):
            with Vertical(id="pane-plan", classes="pane"):
                yield LineList(id="plan")
            with Sheet(id="pane-about", classes="pane", can_focus=False):
                yield Static("", id="about", markup=False)
            with Vertical(id="pane-log", classes="pane"):
                yield LineList(id="log")
        yield KeyLine(compact=True)

    def on_mount(self) -> None:
        """Show where the story stands, and go on showing it while time passes."""
        self._unsubscribe = self.seat.subscribe(lambda _outcome: self.show_console())
        self.query_one("#log", LineList).follow = True
        self.show_console()
        self.query_one("#plan", LineList).focus()

    def on_unmount(self) -> None:
        """Look no more."""
        self._unsubscribe()

    def on_resize(self) -> None:
        """Fit to the new size."""
        self.call_after_refresh(self.show_console)

    def on_refitted(self) -> None:
        """Fit the texts to another width of the pane."""
        self._look_at()

    async def relocalize(self) -> None:
        """Show everything in another language; the cursors stay where they are."""
        self.show_console()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the console."""
        return [
            _("You see what is planned and what came of it; the people at the table do not."),
            _("Whatever you do goes on record; nothing is ever deleted."),
        ]

    def strip_words(self) -> str:
        """Return what dialogs above the console say of the exercise."""
        view = self.view
        return _(" · ").join((view.time.time, _("over") if view.ended else view.pacing.words()))

    def show_console(self) -> None:
        """Show the plan and the log, read off the session anew."""
        if not self.stands("head", "log"):
            return
        view = self.view
        state = _("over") if view.ended else view.pacing.words()
        head = _(" · ").join([view.time.words, state, _("console"), view.title])
        self.query_one("#head", Words).say(cut(head, max(self.size.width - 2, 20)))
        self.query_one("#head").set_class(view.pacing.live and view.pacing.paused and not view.ended, "-paused")
        for name, heading in (
            ("plan", _("Injects: planned and actual")),
            ("about", _("Ground truth")),
            ("log", _("Log")),
        ):
            self.query_one(f"#pane-{name}").border_title = plain(heading)
        planned = self.query_one("#plan", LineList)
        next_turn = next((inject.id for inject in view.plan if inject.standing == "planned"), None)
        empty = _("This scenario has no injects.")
        planned.show(plan_lines(view.plan), empty=empty, at=None if planned.lines else next_turn)
        log = self.query_one("#log", LineList)
        self._log.show(view.log, several=view.several)
        log.show(self._log.lines)
        if not log.has_focus:
            log.action_far(1)
        self._look_at()
        self.refresh_bindings()

    @on(LineList.Moved, "#plan")
    def _moved(self) -> None:
        self._look_at()

    @on(LineList.Chosen, "#plan")
    def _chosen(self) -> None:
        self.action_look()

    @on(LineList.Chosen, "#log")
    def _fact_chosen(self, event: LineList.Chosen) -> None:
        number = int(event.name or 0)
        self.app.push_screen(
            DetailScreen(f"#{number}", lambda: self.seat.console_fact(number, self.shell.language).parts)
        )

    def _look_at(self) -> None:
        columns = max(self.query_one("#pane-about").size.width - 4, 20)
        self.query_one("#about", Static).update(told(self._spoilers(self._at_cursor).parts, columns))

    @property
    def _at_cursor(self) -> str | None:
        """The inject that the cursor stands on."""
        return self.query_one("#plan", LineList).name_at_cursor

    def _spoilers(self, inject: str | None) -> Detail:
        return self.seat.spoilers(inject or "", self.shell.language)

    def action_look(self) -> None:
        """The inject in full, and what really happened."""
        inject = self._at_cursor
        self.app.push_screen(DetailScreen(lambda: self._spoilers(inject).title, lambda: self._spoilers(inject).parts))

    def action_release(self) -> None:
        """Let the inject come now."""
        if (inject := self._at_cursor) is not None:
            now = self.view.time.now
            question = _("Let this inject come now? {subject}")
            self._ask(question, _("Let it come now"), lambda: self._do(Move(inject, now), at_once=True))

    def action_skip(self) -> None:
        """Leave the inject out."""
        if (inject := self._at_cursor) is not None:
            question = _("Leave this inject out? {subject}")
            self._ask(question, _("Leave it out"), lambda: self._do(Skip(inject)))

    def _ask(self, question: str, yes: str, work: Callable[[], None]) -> None:
        """Ask about the inject at the cursor before something is done that cannot be taken back."""
        inject = next((planned for planned in self.view.plan if planned.id == self._at_cursor), None)
        asked = question.format(subject=inject.subject if inject is not None else "")

        def take(answer: str | None) -> None:
            if answer == "do":
                work()

        self.app.push_screen(ChooseScreen(asked, [("do", yes), ("back", _("Back"))], at="back"), take)

    def action_delay(self) -> None:
        """Let the inject come so many minutes later."""
        inject = next((planned for planned in self.view.plan if planned.id == self._at_cursor), None)
        if inject is None:
            return

        def take(minutes: int) -> None:
            now = self.view.time.now
            since = inject.due if inject.due is not None else now
            self._do(Move(inject.id, max(since, now) + minutes * MINUTE))

        ask_minutes(self.shell, lambda: _("By how many minutes?"), take)

    def action_add(self) -> None:
        """Tell people something that was not planned."""
        from incidentsim.tui.console.new_inject import AddScreen

        def take(added: Intervention | None) -> None:
            if added is not None:
                self._do(added)

        self.app.push_screen(AddScreen(self.seat, self.shell.language), take)

    def action_write(self) -> None:
        """Write as somebody whom nobody plays: the customer, the press, an authority, or whoever else."""
        from incidentsim.tui.message.screen import WriteScreen

        def take(outcome: Outcome | SurroundingsError | None) -> None:
            if isinstance(outcome, SurroundingsError):
                notice(self.app, _("{reason} What was acknowledged is on record.").format(reason=outcome), wrong=True)
                self.dismiss(outcome)

        self.app.push_screen(WriteScreen(self.seat, self.shell.language, for_others=True), take)

    def action_note(self) -> None:
        """An observation about the fact that the log's cursor stands on."""
        at = self.query_one("#log", LineList).name_at_cursor
        about = int(at) if at is not None else None

        draft = Draft(self.seat.workspace, NOTE_DRAFT)

        def take(words: str | None) -> None:
            if words is not None and words.strip():
                said, appraisal = appraised(words)
                self._do(Note(typed(said), about, appraisal))
                keep(None)

        def keep(words: str | None) -> None:
            self._attempt(lambda: draft.put(WORDS, words) if words else draft.clear())

        def asked() -> str:
            if about is None:
                return asking(_("What did you observe?"))
            fact = f"#{about} {self.view.log.entries[about].sentence}"
            return asking(_("What did you observe? It will be tied to: {fact}").format(fact=fact))

        self.app.push_screen(AskScreen(asked, draft.words(WORDS), keep=keep), take)

    def action_undo(self) -> None:
        """The last thing that happened counts no more."""
        if self.view.undoable is None:
            notice(self.app, _("Nothing has happened yet that could be undone."), wrong=True)
            return

        def accept(reason: str) -> bool:
            if not reason.strip():
                notice(self.app, _("Nothing is undone without a reason."), wrong=True)
            return bool(reason.strip())

        def take(reason: str | None) -> None:
            if reason is not None:
                self._do(Undo(typed(reason)))

        def asked() -> str:
            what = self.view.undoable
            return _("Why is this undone? {what}").format(what=what or "")

        self.app.push_screen(AskScreen(asked, accept=accept), take)

    def action_pause(self) -> None:
        """Let the clock run, or stop it."""
        pacing = self.view.pacing
        self._attempt(lambda: self.seat.set_pacing(replace(pacing, paused=not pacing.paused)))
        self.show_console()

    def action_step(self) -> None:
        """Let the very next thing happen."""
        self._attempt(self.seat.step)

    def action_end(self) -> None:
        """Close the exercise."""

        def take(answer: str | None) -> None:
            if answer == "end":
                self._do(End())

        def choices() -> list[tuple[str, str]]:
            return [("end", _("Close it: nothing more can happen in it")), ("back", _("Go on"))]

        self.app.push_screen(ChooseScreen(lambda: _("Close the exercise now?"), choices, at="back"), take)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Return whether an action can be done now; the key line shows no other."""
        view = self.view
        if action == "pause":
            return view.pacing.live and not view.ended
        if action == "debrief":
            return view.ended and self.seat.view(self.shell.language).run is not None
        return not view.ended or action not in _ACTING

    def action_ledger(self) -> None:
        """The record of this run, which tells more than the people at the table may know."""
        if (run := self.seat.view(self.shell.language).run) is not None:
            from incidentsim.tui.ledger.screen import LedgerScreen

            self.app.push_screen(LedgerScreen(run))

    def action_leave(self) -> None:
        """To the table."""
        self.dismiss()

    def action_hint(self) -> None:
        """Give whoever is exercised the next hint; a coach that is off is switched on."""
        if self.seat.view(self.shell.language).coach is None:
            self._attempt(lambda: self.seat.set_coaching(on=True))
        self._attempt(lambda: self.seat.hint(unasked=True))

    def action_players(self) -> None:
        """The names of those who play."""
        self.dismiss("players")

    def action_home(self) -> None:
        """Back home. Nothing is asked, because nothing is lost."""
        self.dismiss("home")

    def action_debrief(self) -> None:
        """Open the debrief once the exercise is over and on record."""
        self.dismiss("debrief")

    def _do(self, intervention: Intervention, *, at_once: bool = False) -> None:
        if self._attempt(lambda: self.seat.intervene(intervention)) and at_once and not self.view.ended:
            self._attempt(self.seat.release)

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except InputError as error:
            notice(self.app, str(error), wrong=True)
            return False
        except SurroundingsError as error:
            notice(self.app, _("{reason} What was acknowledged is on record.").format(reason=error), wrong=True)
            self.dismiss(error)
            return False
        return True
