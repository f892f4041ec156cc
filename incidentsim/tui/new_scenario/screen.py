"""A new scenario from an archetype: choose how grave and how hard, see what comes out, keep it and be briefed."""

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.service.workshop import BIGGEST_SEED, ArchetypeCard, Made, Wish, seed_of
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.new_scenario.rows import MAKE, changed, form_lines, preview
from incidentsim.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from pathlib import Path


class FormList(LineList):
    """The choices; left and right change the one at the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "screen.change(-1)", N_("Less"), id="new.less", show=False, tooltip=N_("The value before")),
        key("right,space", "screen.change(1)", N_("Change"), id="new.more", tooltip=N_("The next value")),
    ]


class NewScreen(Browser):
    """The form, with a preview that follows every change."""

    CSS = browser_css("NewScreen", list_width="2fr", about_width="3fr", about_height=11) + (
        "NewScreen #tabs, NewScreen #asked { display: none; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "make", N_("Keep"), id="new.make", tooltip=N_("Keep this scenario, go to its briefing")),
        key("g", "draw", N_("Redraw"), id="new.draw", tooltip=N_("Draw another story of the same kind")),
        key("v", "spoilers", N_("Ground truth"), id="new.spoilers", tooltip=N_("Give the story away, or not")),
        key("escape", "leave", N_("Back"), id="new.leave", tooltip=N_("Back to the home; nothing is kept")),
    ]

    class Opened(Message):
        """The archetype was found, or was not."""

        def __init__(self, card: ArchetypeCard | None, trouble: str) -> None:
            super().__init__()
            self.card = card
            self.trouble = trouble

    class Drawn(Message):
        """A scenario was made for a wish, or could not be."""

        def __init__(self, wish: Wish, made: Made | None, trouble: str) -> None:
            super().__init__()
            self.wish = wish
            self.made = made
            self.trouble = trouble

    def __init__(self, archetype: str) -> None:
        """The archetype is read when the screen has been shown."""
        super().__init__()
        self._archetype = archetype
        self._card: ArchetypeCard | None = None
        self._wish: Wish | None = None
        self._made: Made | None = None
        self._trouble = ""
        self._spoilers = False
        self._hurried = False
        self._at = MAKE
        self._one_at_a_time = threading.Lock()

    def make_list(self) -> LineList:
        """The form."""
        return FormList(id="list")

    def on_mount(self) -> None:
        """Show the frame and read the archetype."""
        super().on_mount()
        if self._card is None:
            self.run_worker(self._open, thread=True, group="archetype")

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the form."""
        return [
            _("Every change draws the story anew; the same choices with the same seed always give the same story."),
            _("Enter on the first line keeps the scenario in your data folder and goes to its briefing."),
            _("The preview shows what everybody may know; v gives the rest away, for facilitators."),
        ]

    # drawing, away from the screen

    def _open(self) -> None:
        try:
            found = {one.id: one for one in self.shell.workshop.archetypes()}
            card = found.get(self._archetype)
            card = card and self.shell.workshop.told_by(card)
        except (InputError, SurroundingsError) as error:
            self.post_message(self.Opened(None, str(error)))
            return
        missing = _("There is no archetype {name}.").format(name=self._archetype)
        self.post_message(self.Opened(card, "" if card is not None else missing))

    def on_new_screen_opened(self, event: Opened) -> None:
        """Begin with the usual choices and a seed that nobody chose."""
        self._card, self._trouble = event.card, event.trouble
        if event.card is not None:
            locale = "zh_CN" if self.shell.language == "zh" else "en_US"
            self._ask_for(Wish(event.card.usual_level, locale, self.shell.workshop.fresh_seed()))
        self.show()

    def _ask_for(self, wish: Wish) -> None:
        if wish != self._wish:
            self._wish, self._made, self._trouble, self._hurried = wish, None, "", False
            self.run_worker(lambda: self._draw(wish), thread=True, group="drawing")
        self.show()

    def _draw(self, wish: Wish) -> None:
        with self._one_at_a_time:
            if wish != self._wish:
                return  # something else is wanted by now
            try:
                made = self.shell.workshop.make(self._archetype, wish)
            except (InputError, SurroundingsError) as error:
                self.post_message(self.Drawn(wish, None, str(error)))
                return
            self.post_message(self.Drawn(wish, made, ""))

    def on_new_screen_drawn(self, event: Drawn) -> None:
        """Show what came out, if it is still what is wanted."""
        if event.wish != self._wish:
            return
        self._made, self._trouble = event.made, event.trouble
        self.show()
        if self._hurried and self._made is not None:
            self.action_make()

    # what is shown

    def show(self) -> None:
        """Tell everything anew."""
        card, wish = self._card, self._wish
        if card is None or wish is None:
            self.tell("head", _("New from archetype: {name}").format(name=self._archetype))
            empty = _("This archetype cannot be used. Escape goes back.") if self._trouble else _("Reading…")
            self.listed.show([], empty=empty)
            self.tell_about("", [(_("What is wrong"), self._trouble)] if self._trouble else [])
        else:
            self.tell("head", _("New from archetype: {name}").format(name=card.title.say(self.shell.language)))
            state = "wrong" if self._trouble else "" if self._made is not None else "drawing"
            self.listed.show(form_lines(card, wish, state, spoilers=self._spoilers), at=self._at)
            self._show_preview()
        self.offer(card is None)

    def _show_preview(self) -> None:
        if self._trouble:
            self.tell_about(_("Not to be had"), [("", self._trouble)])
        elif self._made is None:
            self.tell_about(_("Drawing the story…"), [])
        else:
            place = self.shell.workshop.place(self._made)
            self.tell_about(*preview(self._made, self.shell.language, place, spoilers=self._spoilers))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Before the archetype is read, one can only go back."""
        return self._card is not None or action not in {"make", "draw", "spoilers", "change"}

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        self._at = event.name or MAKE

    @on(LineList.Chosen, "#list")
    def _chosen(self, event: LineList.Chosen) -> None:
        self._at = event.name or MAKE
        if self._at == MAKE:
            self.action_make()
        elif self._at == "seed":
            self._type_seed()
        else:
            self.action_change(1)

    # what can be done

    def action_change(self, by: int) -> None:
        """The next value of the line at the cursor, or the one before."""
        if self._at == "spoilers":
            self.action_spoilers()
        elif self._at == "seed":
            self.action_draw()
        elif self._card is not None and self._wish is not None:
            self._ask_for(changed(self._card, self._wish, self._at, by))

    def action_draw(self) -> None:
        """Another seed."""
        if self._wish is not None:
            self._ask_for(replace(self._wish, seed=self.shell.workshop.fresh_seed()))

    def _type_seed(self) -> None:
        def accept(answer: str) -> bool:
            if seed_of(answer) is None:
                message = _("A seed is a whole number, at most {most}.").format(most=BIGGEST_SEED)
                self.shell.say(message, severity="warning")
            return seed_of(answer) is not None

        def take(answer: str | None) -> None:
            seed = None if answer is None else seed_of(answer)
            if seed is not None and self._wish is not None:
                self._ask_for(replace(self._wish, seed=seed))

        if self._wish is not None:
            self.app.push_screen(AskScreen(lambda: _("Which seed?"), str(self._wish.seed), accept=accept), take)

    def action_spoilers(self) -> None:
        """Give the story away, or not."""
        self._spoilers = not self._spoilers
        self.about_from_the_top()
        self.show()

    def action_make(self) -> None:
        """Keep what is shown and go to its briefing; where it is still being drawn, as soon as it is there."""
        made = self._made
        if made is None:
            self._hurried = not self._trouble
            return
        path: Path | None = self.shell.attempt(lambda: self.shell.workshop.keep(made))
        if path is not None:
            self.shell.say(_("Kept as {path}; the home lists it from now on.").format(path=path))
            self.shell.leave()
            from incidentsim.tui.briefing.screen import BriefingScreen

            self.app.push_screen(BriefingScreen(path))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()
