"""The procedure on a screen of its own: sections by digit, words to be found, and back to where one was."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from incidentsim.messages import gettext as _
from incidentsim.session.procedure.page import having
from incidentsim.session.procedure.sections import section, section_names
from incidentsim.session.seat import Seat
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.procedure.page import drawn
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words, cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.session.procedure.view import ProcedureView
    from incidentsim.session.seat_view import Outcome

_MARGIN = 3
"""Columns of a list that hold the cursor's mark and the scrollbar."""
_KEPT = "procedure"
"""Under which name it is kept which section was read last."""


class ProcedureScreen(LocalizedScreen):
    """Shows the procedure; it stays as it is while time passes, and shows at once what reaches the seat meanwhile."""

    AUTO_FOCUS = "#page"
    CSS = """
    ProcedureScreen #page { height: 1fr; }
    ProcedureScreen #asked { height: 1; padding: 0 1; color: $text-muted; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,h,q", "leave", N_("Back"), id="procedure.leave", tooltip=N_("Back to where you were")),
        key("f3", "leave", N_("Back"), id="procedure.shut", tooltip=N_("Back to where you were"), show=False),
        key("right,tab", "next(1)", N_("Next section"), id="procedure.next", tooltip=N_("The section to the right")),
        key("left,shift+tab", "next(-1)", N_("Section before"), id="procedure.previous", show=False),
        key("slash", "search", N_("Search"), id="procedure.search", tooltip=N_("What has some words in it")),
        key("c", "clear", N_("All"), id="procedure.clear", tooltip=N_("Show everything again")),
        *(
            key(str(number + 1), f"section({number})", name, id=f"procedure.section_{number + 1}", show=False)
            for number, name in enumerate(
                (
                    N_("Story so far"),
                    N_("My role"),
                    N_("Criteria and levels"),
                    N_("Duties and their times"),
                    N_("Escalation matrix"),
                    N_("Who is who"),
                    N_("Clauses"),
                    N_("Regulatory deadlines"),
                )
            )
        ),
    ]

    def __init__(self, seat: Seat) -> None:
        """Read the procedure at this seat, from the section that was read last."""
        super().__init__()
        self._seat = seat
        places = [str(number) for number in range(len(section_names()))]
        kept = seat.workspace.get(_KEPT)
        self._section = places.index(kept) if kept in places else 0
        self._words = ""
        self._view: ProcedureView | None = None
        self._at: dict[int, str | None] = {}
        self._unsubscribe: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """The title, the names of the sections, the page."""
        yield Words(id="head", classes="title")
        yield Tabs(id="tabs")
        yield Words(id="asked")
        yield LineList(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the section that was read last; what reaches the seat meanwhile is shown too."""
        self._unsubscribe = self._seat.subscribe(self._heard)
        self._read()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.is_mounted:
            self.call_after_refresh(self.show)

    def on_refitted(self) -> None:
        """Break the lines for another width of the page."""
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the procedure."""
        return [
            _("The rules of this exercise, beside what has reached you. Whatever you were typing stays where it is."),
            _("In brackets stands what a rule rests on: a clause, an article, or an assumption of the playbook."),
            _("Figures are those that messages told you, each with its message; nothing here says what is true."),
        ]

    async def relocalize(self) -> None:
        """Show it in another language."""
        self._read()
        self.refresh_bindings()

    def _heard(self, outcome: "Outcome") -> None:
        if outcome.anything:
            self._read()

    def _read(self) -> None:
        self._view = self._seat.procedure(self.shell.language)
        self.show()

    def show(self) -> None:
        """Show the section, its lines as wide as there is room."""
        view = self._view
        if view is None or not self.stands("head", "tabs", "asked", "page"):
            return
        page = self.query_one("#page", LineList)
        columns = max((page.scrollable_content_region.width or self.size.width) - _MARGIN, 20)
        head = _("Procedure: {title}").format(title=view.title)
        self.query_one("#head", Words).say(cut(head, max(self.size.width - 2, 20)))
        self.query_one(Tabs).tell(section_names(), self._section)
        asked = self.query_one("#asked", Words)
        asked.display = bool(self._words)
        asked.say(_("Only what has “{words}” in it; c shows everything.").format(words=self._words))
        lines = drawn(having(section(view, self._section), self._words), columns)
        first = next((known.name for known in lines), None)
        at = self._at.get(self._section) or first
        page.show(lines, empty=_("Nothing here has these words."), at=at)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Return whether an action can be done now."""
        return bool(self._words) if action == "clear" else True

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Remember the place, section by section."""
        self._at[self._section] = event.name

    def action_section(self, number: int) -> None:
        """Go to a section."""
        self._section = number
        self.show()

    def action_next(self, by: int) -> None:
        """Go to the section beside this one."""
        self.action_section((self._section + by) % len(section_names()))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self.action_section(event.number)

    def action_search(self) -> None:
        """Ask for words."""

        def take(words: str | None) -> None:
            if words is not None:
                self._look_for(words.strip())

        self.app.push_screen(AskScreen(lambda: _("Which words? (none: everything)"), self._words), take)

    def action_clear(self) -> None:
        """Show everything again."""
        self._look_for("")

    def _look_for(self, words: str) -> None:
        self._words = words
        self._at.clear()
        self.show()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to where one was; the section is kept for the next time."""
        self.shell.attempt(lambda: self._seat.workspace.put(_KEPT, str(self._section)))
        self.app.pop_screen()
