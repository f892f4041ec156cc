"""The facilitator's console: the story as planned and as it came, and everything a facilitator may do about it.

Here, and nowhere else while people play, stands what really happened.
"""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.interventions import End, Intervention, Move, Note, Skip, Undo
from incidentsim.exercise.kernel.in_force import undone
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.field_entries import typed
from incidentsim.session.inject_plan import PlannedInject, plan
from incidentsim.session.narration import Teller
from incidentsim.session.pacing import Pacing
from incidentsim.session.sentences import fact_details
from incidentsim.session.session import Session
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.console.rows import plan_lines, spoilers
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.log_rows import day_line, log_line
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.text import Words, cut, plain

_MOST_DIGITS = 5
_NOTICE = 300
_ACTING = frozenset({"release", "skip", "delay", "add", "note", "undo", "end", "step"})
"""What cannot be done any more once the exercise is over."""


class ConsoleScreen(LocalizedScreen):
    """What a facilitator sees and does."""

    CSS = """
    ConsoleScreen #halves { layout: grid; grid-size: 2 2; grid-columns: 3fr 2fr; grid-rows: 3fr 2fr; height: 1fr; }
    ConsoleScreen #pane-log { column-span: 2; }
    ConsoleScreen .pane { background: $surface; }
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
        key("o", "note", N_("Note"), id="console.note", tooltip=N_("An observation about the fact in the log")),
        key("u", "undo", N_("Undo"), id="console.undo", tooltip=N_("The last thing that happened counts no more")),
        key("i", "look", N_("Look"), id="console.look", tooltip=N_("The inject in full, and the truth"), show=False),
        key("ctrl+e", "end", N_("End"), id="console.end", tooltip=N_("Close the exercise early"), show=False),
        key("p", "pause", N_("Pause"), id="console.pause", tooltip=N_("Stop the clock, or let it run")),
        key("space", "step", N_("Next"), id="console.step", tooltip=N_("Let the very next thing happen")),
        key("escape,v", "leave", N_("Table"), id="console.leave", tooltip=N_("Back to the table")),
    ]  # fmt: skip

    def __init__(self, session: Session, pacing: Pacing) -> None:
        """`pacing` is that of the table, which goes on behind the console."""
        super().__init__()
        self.session = session
        self._pacing = pacing
        self._teller: Teller | None = None
        self._plan: list[PlannedInject] = []
        self._told: dict[tuple[int, bool], Line] = {}

    @property
    def teller(self) -> Teller:
        """Tells the session in the language spoken."""
        language = self.shell.language
        if self._teller is None or self._teller.language != language:
            self._teller = Teller(self.session, language)
        return self._teller

    def compose(self) -> ComposeResult:
        """The plan, the inject looked at with the truth, and the log."""
        yield Words(id="head", classes="title")
        with Container(id="halves"):
            with Vertical(id="pane-plan", classes="pane"):
                yield LineList(id="plan")
            with VerticalScroll(id="pane-about", classes="pane", can_focus=False):
                yield Static("", id="about", markup=False)
            with Vertical(id="pane-log", classes="pane"):
                yield LineList(id="log")
        yield KeyLine(compact=True)

    def on_mount(self) -> None:
        """Show where the story stands."""
        self.query_one("#log", LineList).follow = True
        self.show_console()
        self.query_one("#plan", LineList).focus()

    def on_resize(self) -> None:
        """Fit to the new size."""
        self.call_after_refresh(self.show_console)

    async def retell(self) -> None:
        """Show everything in another language; the cursors stay where they are."""
        self._told.clear()
        self.show_console()

    def help_words(self) -> list[str]:
        """What the console is for."""
        return [
            _("You see what is planned and what came of it; the people at the table do not."),
            _("Whatever you do goes on record; nothing is ever deleted."),
        ]

    def show_console(self) -> None:
        """Show the plan and the log, read off the session anew."""
        if not self.stands("head", "log"):
            return
        session, teller = self.session, self.teller
        now = f"{teller.day(session.now)} {teller.time(session.now)} ({teller.elapsed(session.now)})"
        title = teller.names.say(session.exercise.scenario.title)
        state = _("over") if session.ended else self._pacing.words()
        head = _(" · ").join([now, state, _("console"), title])
        self.query_one("#head", Words).say(cut(head, max(self.size.width - 2, 20)))
        for name, heading in (("plan", _("Injects: planned and actual")), ("about", _("Spoilers")), ("log", _("Log"))):
            self.query_one(f"#pane-{name}").border_title = plain(heading)
        self._plan = plan(session)
        planned = self.query_one("#plan", LineList)
        upcoming = next((one.inject.id for one in self._plan if one.standing == "planned"), None)
        empty = _("This scenario has no injects.")
        planned.show(plan_lines(teller, self._plan), empty=empty, at=None if planned.lines else upcoming)
        gone = undone(session.facts)
        log = self.query_one("#log", LineList)
        shown: list[Line] = []
        day = ""
        for number, fact in enumerate(session.facts):
            if teller.day(fact.at) != day:
                day = teller.day(fact.at)
                shown.append(day_line(teller, fact.at))
            shown.append(self._line(number, undone=number in gone))
        log.show(shown)
        if not log.has_focus:
            log.action_far(1)
        self._look_at()
        self.refresh_bindings()

    def _line(self, number: int, *, undone: bool) -> Line:
        if (number, undone) not in self._told:
            self._told[number, undone] = log_line(self.teller, number, undone=undone)
        return self._told[number, undone]

    @on(LineList.Moved, "#plan")
    def _moved(self) -> None:
        self._look_at()

    @on(LineList.Chosen, "#plan")
    def _chosen(self) -> None:
        self.action_look()

    @on(LineList.Chosen, "#log")
    def _fact_chosen(self, event: LineList.Chosen) -> None:
        number = int(event.name or 0)
        self.app.push_screen(DetailScreen(f"#{number}", lambda: fact_details(self.teller, number)))

    def _look_at(self) -> None:
        parts = spoilers(self.teller, self._chosen_inject())
        columns = max(self.query_one("#pane-about").size.width - 4, 20)
        self.query_one("#about", Static).update(told(parts, columns))

    def _chosen_inject(self) -> PlannedInject | None:
        name = self.query_one("#plan", LineList).name_at_cursor
        return next((one for one in self._plan if one.inject.id == name), None)

    def action_look(self) -> None:
        """The inject in full, and what really happened."""
        one = self._chosen_inject()
        self.app.push_screen(DetailScreen(lambda: _("Spoilers"), lambda: spoilers(self.teller, one)))

    def action_release(self) -> None:
        """Let the inject come now."""
        if (one := self._chosen_inject()) is not None:
            self._do(Move(one.inject.id, self.session.now), at_once=True)

    def action_skip(self) -> None:
        """Leave the inject out."""
        if (one := self._chosen_inject()) is not None:
            self._do(Skip(one.inject.id))

    def action_delay(self) -> None:
        """Let the inject come so many minutes later."""
        one = self._chosen_inject()
        if one is None:
            return

        def take(answer: str | None) -> None:
            if answer is None:
                return
            if not (answer.isascii() and answer.isdecimal() and len(answer) <= _MOST_DIGITS):
                self._warn(_("Say a whole number of minutes."))
                return
            since = one.due if one.due is not None else self.session.now
            self._do(Move(one.inject.id, max(since, self.session.now) + int(answer) * MINUTE))

        self.app.push_screen(AskScreen(lambda: _("By how many minutes?"), "10"), take)

    def action_add(self) -> None:
        """Tell people something that was not planned."""
        from incidentsim.tui.console.new_inject import AddScreen

        def take(added: Intervention | None) -> None:
            if added is not None:
                self._do(added)

        self.app.push_screen(AddScreen(self.teller), take)

    def action_note(self) -> None:
        """An observation about the fact that the log's cursor stands on."""
        at = self.query_one("#log", LineList).name_at_cursor
        about = int(at) if at is not None else None

        def take(words: str | None) -> None:
            if words is not None and words.strip():
                self._do(Note(typed(words), about))

        def asked() -> str:
            if about is None:
                return _("What did you observe?")
            fact = f"#{about} {self.teller.sentence(about)}"
            return _("What did you observe? It will be tied to: {fact}").format(fact=fact)

        self.app.push_screen(AskScreen(asked), take)

    def action_undo(self) -> None:
        """The last thing that happened counts no more."""
        last = self.session.exercise.state.last_step()
        if last is None:
            self._warn(_("Nothing has happened yet that could be undone."))
            return

        def take(reason: str | None) -> None:
            if reason is None:
                return
            if not reason.strip():
                self._warn(_("Nothing is undone without a reason."))
                return
            self._do(Undo(typed(reason)))

        def asked() -> str:
            return _("Why is this undone? {what}").format(what=self.teller.sentence(last[0]))

        self.app.push_screen(AskScreen(asked), take)

    def action_pause(self) -> None:
        """Stop the clock, or let it run."""
        self._pacing.paused = not self._pacing.paused
        self.show_console()

    def action_step(self) -> None:
        """Let the very next thing happen."""
        self._attempt(self.session.step)

    def action_end(self) -> None:
        """Close the exercise."""

        def take(answer: str | None) -> None:
            if answer == "end":
                self._do(End())

        def choices() -> list[tuple[str, str]]:
            return [("end", _("Close it: nothing more can happen in it")), ("back", _("Go on"))]

        self.app.push_screen(ChooseScreen(lambda: _("Close the exercise now?"), choices, at="back"), take)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """What can be done now: the footer shows no more."""
        if action == "pause":
            return self._pacing.live and not self.session.ended
        return not self.session.ended or action not in _ACTING

    def action_leave(self) -> None:
        """Back to the table."""
        self.dismiss()

    def _do(self, intervention: Intervention, *, at_once: bool = False) -> None:
        if self._attempt(lambda: self.session.intervene(intervention)) and at_once and not self.session.ended:
            self._attempt(lambda: self.session.live_to(self.session.now))

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except InputError as error:
            self._warn(str(error))
            return False
        except SurroundingsError as error:
            self._warn(_("{reason} What was acknowledged is on record.").format(reason=error))
            self.dismiss(error)
            return False
        self.show_console()
        return True

    def _warn(self, sentence: str) -> None:
        self.app.clear_notifications()
        self.app.notify(cut(sentence, _NOTICE), severity="warning", markup=False)
