"""The briefing: the story so far, who is at the table, and the choices before an exercise begins."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Static

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.service.seating import Choices
from incidentsim.session.pacing import Pacing
from incidentsim.session.seats import MODES
from incidentsim.settings import PacingName
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.briefing.text import COACH, PLAN, START, Parts, Told, trouble_parts
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.table_opening import open_table
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.sheet import Sheet
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.service.library import Playable
    from incidentsim.service.planning import Prospect
    from incidentsim.session.session import Session


_MOST_DIGITS = 5


class BriefingScreen(LocalizedScreen):
    """The screen before an exercise: the story so far, and the choice of people, mode and pacing."""

    CSS = """
    BriefingScreen #panes { layout: grid; grid-size: 2 2; grid-columns: 2fr 3fr; grid-rows: 1fr 1fr; height: 1fr; }
    BriefingScreen .pane { height: 100%; }
    BriefingScreen #pane-seats { row-span: 2; }
    BriefingScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    BriefingScreen.-narrow #panes { layout: vertical; }
    BriefingScreen.-narrow .pane { border: none; }
    BriefingScreen.-narrow #pane-about { display: none; }
    BriefingScreen.-narrow #pane-story { height: 8; border-bottom: solid $panel; }
    BriefingScreen.-narrow #pane-story:focus-within { border-bottom: solid $primary; }
    BriefingScreen.-narrow #pane-seats { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "start", N_("Start"), id="briefing.start", tooltip=N_("Begin with what is chosen")),
        key("space", "pick", N_("Toggle"), id="briefing.toggle", tooltip=N_("Choose the line, or take it back")),
        key("m", "next_mode", N_("Mode"), id="briefing.mode", tooltip=N_("Solo, hot seat or facilitated")),
        key("n", "plan", N_("How many"), id="briefing.plan", tooltip=N_("We are so many people for so many minutes")),
        key("p", "pacing", N_("Pacing"), id="briefing.pacing", tooltip=N_("Stepped, or live by the clock")),
        key("c", "coach", N_("Coach"), id="briefing.coach",
            tooltip=N_("For first-timers: marks what is owed, gives hints; at somebody's line, for them alone")),
        key("i", "about", N_("About"), id="briefing.about", tooltip=N_("What somebody may do, what a mode means")),
        key("escape", "leave", N_("Back"), id="briefing.leave", tooltip=N_("Back to the home")),
    ]  # fmt: skip

    class Ready(Message):
        """The scenario has been read, or cannot be."""

        def __init__(self, found: "Playable | None", trouble: str, prospect: "Prospect | None" = None) -> None:
            super().__init__()
            self.found = found
            self.trouble = trouble
            self.prospect = prospect

    def __init__(
        self,
        scenario: "Path | str",
        *,
        playbook: "Path | str | None" = None,
        seed: int | None = None,
        session_for: tuple[int, int] | None = None,
        coach: bool | None = None,
    ) -> None:
        """The scenario is read when the screen has been shown; then it is planned for so many players and minutes.

        `coach` says whether the coach helps from the start; left out, the settings do.
        """
        super().__init__()
        self._scenario = scenario
        self._playbook = playbook
        self._found: Playable | None = None
        self._prospect: Prospect | None = None
        self._trouble = ""
        self._at = START
        self.choices = Choices(seed=seed)
        self._coach = coach
        self._session_for = session_for

    def compose(self) -> ComposeResult:
        """The story, the choices, and everything about the line at the cursor."""
        yield Words(id="head", classes="title")
        with Container(id="panes"):
            with Vertical(id="pane-story", classes="pane"), Sheet(id="story"):
                yield Static("", id="story-text", markup=False)
            with Vertical(id="pane-seats", classes="pane"):
                yield LineList(id="seats")
            with Vertical(id="pane-about", classes="pane"):
                yield Words(id="about-title", classes="heading")
                with Sheet(id="about"):
                    yield Static("", id="about-text", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the frame and read the scenario."""
        self.choices.live = self.shell.settings.pacing is PacingName.LIVE
        self.choices.coach = self.shell.settings.coach if self._coach is None else self._coach
        self._show()
        self.query_one("#seats").focus()
        if self._found is None:
            self.run_worker(self._read, thread=True, group="briefing")

    def on_resize(self) -> None:
        """Fit the texts to the new size."""
        if self.is_mounted:
            self.call_after_refresh(self._show)

    def on_refitted(self) -> None:
        """Fit the texts to another width of the panes."""
        self._show()

    async def relocalize(self) -> None:
        """Tell everything in another language; all else stays as it is."""
        self._show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the briefing."""
        return [
            _("Enter starts at once: somebody is chosen for you, bots play the others, time waits for you."),
            _("Say how many you are and for how long: then it is proposed who plays whom, and how fast time passes."),
            _("Move to a line and press space to choose who is played, in which mode, and how time passes."),
        ]

    def _read(self) -> None:
        try:
            service = self.shell.recordless
            found = service.library.playable(self._scenario, playbook=self._playbook)
            prospect = service.exercises.prospect(self._scenario, self._playbook, self.shell.language)
            _played = prospect.seat_for_one  # bots play it now, where nobody waits for them
        except (InputError, SurroundingsError) as error:
            self.post_message(self.Ready(None, str(error)))
            return
        self.post_message(self.Ready(found, "", prospect))

    def on_briefing_screen_ready(self, event: Ready) -> None:
        """Show what was read."""
        self._found, self._trouble = event.found, event.trouble
        self._prospect = event.prospect
        if event.prospect is not None:
            self.choices.played = set(event.prospect.seat_for_one)
            if self._session_for is not None:
                self.plan(*self._session_for)
        self._show()

    def _show(self) -> None:
        seats, head = self.query_one("#seats", LineList), self.query_one("#head", Words)
        if self._found is None:
            # a file's name would give away what it is about
            head.say(_("Briefing: {scenario}").format(scenario=self._scenario if self._trouble else "…"))
            self._tell("story", trouble_parts(self._trouble) if self._trouble else [("", _("Reading…"))])
            seats.show([], empty=_("There is nothing to choose here. Escape goes back.") if self._trouble else "")
        else:
            briefing = Told(self._found, self.shell.language)
            head.say(_("Briefing: {scenario}").format(scenario=briefing.title))
            self._tell("story", briefing.story())
            seats.show(briefing.lines(self.choices, seats.size.width or self.size.width), at=self._at)
            self._show_about()
        self.refresh_bindings()

    def _show_about(self) -> None:
        if self._found is not None:
            title, parts = Told(self._found, self.shell.language).about(self._at, self.choices)
            self.query_one("#about-title", Words).say(title)
            self._tell("about", parts)

    def _tell(self, pane: str, parts: list[tuple[str, str]]) -> None:
        columns = self.query_one(f"#{pane}").scrollable_content_region.width or self.size.width - 4
        self.query_one(f"#{pane}-text", Static).update(told(parts, columns))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Before the scenario is read, one can only go back."""
        return self._found is not None or action not in {
            "start",
            "pick",
            "next_mode",
            "plan",
            "pacing",
            "coach",
            "about",
        }

    @on(LineList.Moved, "#seats")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at = event.name
            self._show_about()

    @on(LineList.Chosen, "#seats")
    def _chosen(self, event: LineList.Chosen) -> None:
        self._at = event.name or START
        if self._at == START:
            self.action_start()
        else:
            self.action_pick()

    def action_pick(self) -> None:
        """Choose the line at the cursor, or take it back."""
        kind, _slash, value = self._at.partition("/")
        if self._at == PLAN:
            self.action_plan()
        elif kind == "mode":
            self.choices.mode = next(one for one in MODES if one == value)
        elif kind == "pace":
            self.choices.live = value == "live"
        elif self._at == COACH:
            self.choices.toggle_coach()
        elif kind == "seat" and self._found is not None:
            self.choices.toggle(self._found.scenario.people[value].pseudonym)
        self._show()

    def action_next_mode(self) -> None:
        """The next of the modes."""
        self.choices.next_mode()
        self._show()

    def action_pacing(self) -> None:
        """Stepped or live."""
        self.choices.live = not self.choices.live
        self._show()

    def action_coach(self) -> None:
        """Let the coach help everybody who is played, or nobody; at somebody's line, them or not them."""
        kind, _slash, value = self._at.partition("/")
        alone = self._found.scenario.people[value].pseudonym if kind == "seat" and self._found is not None else None
        self.choices.toggle_coach(alone if alone in self.choices.played else None)
        self._show()

    def action_plan(self) -> None:
        """Ask for how many people and minutes, and choose what is proposed for them."""
        known = self.choices.plan
        before = "" if known is None else f"{len(known.players)} {known.minutes}"

        def accept(answer: str) -> bool:
            if not answer.strip():
                return True
            if (numbers := _two_numbers(answer)) is not None:
                return self.plan(*numbers)
            self.shell.say(_("Say two whole numbers: people and minutes, such as 5 120."), severity="warning")
            return False

        def question() -> str:
            return _("How many people, for how many minutes? Two numbers, such as: {example}").format(example="5 120")

        self.app.push_screen(AskScreen(question, before, accept=accept))

    def plan(self, players: int, minutes: int) -> bool:
        """Choose what is proposed for so many players and minutes; whether there is such a plan. If not, say why."""
        prospect, facilitated = self._prospect, self.choices.mode == "facilitated"
        if prospect is None:
            return False
        plan = self.shell.attempt(lambda: prospect.plan(players, minutes, facilitated=facilitated))
        if plan is not None:
            self.choices.take_over(plan)
        self._show()
        return plan is not None

    def action_about(self) -> None:
        """Everything about the line at the cursor."""
        found, at = self._found, self._at
        if found is not None:

            def about() -> tuple[str, Parts]:
                return Told(found, self.shell.language).about(at, self.choices)

            self.app.push_screen(DetailScreen(lambda: about()[0], lambda: about()[1]))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()

    # beginning

    def action_start(self) -> None:
        """Begin; where no record can be kept, ask whether to play without one."""
        if not self.choices.complete:
            self.shell.say(_("Choose somebody to play, or facilitate."), severity="warning")
            return
        try:
            session = self._opened(record=True)
        except InputError as error:
            self.shell.say(str(error), severity="warning")
        except SurroundingsError as error:
            self._ask_without_record(str(error))
        else:
            self._to_table(session)

    def _opened(self, *, record: bool) -> "Session":
        service = self.shell.service if record else self.shell.recordless
        return service.exercises.open_session(
            self._scenario, self.choices.seats(), playbook=self._playbook, record=record
        )

    def _ask_without_record(self, reason: str) -> None:
        def take(answer: str | None) -> None:
            session = self.shell.attempt(lambda: self._opened(record=False)) if answer == "play" else None
            if session is not None:
                self._to_table(session)

        def choices() -> list[tuple[str, str]]:
            return [
                ("play", _("Play without a record: nothing is kept, it cannot be resumed or looked back on later")),
                ("leave", _("Do not begin")),
            ]

        def question() -> str:
            return _("No record can be kept: {reason}").format(reason=reason)

        self.app.push_screen(ChooseScreen(question, choices), take)

    def _to_table(self, session: "Session") -> None:
        if self.choices.live:
            speed = self.choices.speed
            self.shell.attempt(lambda: Pacing(live=True, speed=speed).keep(session.workspace))
        self.shell.leave()
        open_table(self.shell, session)


def is_number(word: str) -> bool:
    """Return whether a word is a whole number that anybody may mean."""
    return word.isascii() and word.isdecimal() and len(word) <= _MOST_DIGITS


def _two_numbers(answer: str) -> tuple[int, int] | None:
    """The people and the minutes that somebody typed; `None` where it is something else."""
    numbers = answer.split()
    if len(numbers) != len(("players", "minutes")) or not all(is_number(word) for word in numbers):
        return None
    return int(numbers[0]), int(numbers[1])
