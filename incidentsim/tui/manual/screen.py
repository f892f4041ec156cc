"""The manual: the list of its pages, and a page of it; the same pages as `incidentsim manual` shows."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from incidentsim.exports.manual.laying_out import laid_out
from incidentsim.exports.manual.pages import TOPICS, Topic, page, pages
from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.text import Words, cut, lines

_MARGIN = 3
"""Columns of a list that hold the cursor's mark and the scrollbar."""

_STYLES = {"picture": ""}
"""What a style of the manual is called in a list, where it is not the same. A picture is cut where it has no room."""


class ManualScreen(LocalizedScreen):
    """Shows the list of pages, and whichever is opened; Escape goes back to the list, and from there away."""

    AUTO_FOCUS = "#page"
    CSS = """
    ManualScreen #page { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q", "leave", N_("Back"), id="manual.leave", tooltip=N_("Back to the list of pages, or away")),
        key("enter", "open", N_("Open"), id="manual.open", tooltip=N_("Read the page at the cursor")),
        key("right,tab", "next(1)", N_("Next page"), id="manual.next", tooltip=N_("The page after this one")),
        key("left,shift+tab", "next(-1)", N_("Page before"), id="manual.previous", show=False),
        *(
            key(str(number), f"topic('{topic.value}')", N_("Page"), id=f"manual.page_{number}", show=False)
            for number, topic in enumerate(TOPICS, 1)
        ),
    ]

    def __init__(self) -> None:
        """Begin with the list."""
        super().__init__()
        self._topic: Topic | None = None
        self._at: dict[Topic | None, str | None] = {}

    def compose(self) -> ComposeResult:
        """The title and the page."""
        yield Words(id="head", classes="title")
        yield LineList(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the list."""
        self.show()

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self.is_mounted:
            self.call_after_refresh(self.show)

    def on_refitted(self) -> None:
        """Break the lines for another width of the page."""
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the manual."""
        return [
            _("Enter or a digit opens a page. On a page, the arrows to the left and right go to the page beside it."),
            _("“incidentsim manual” shows the same pages in a terminal."),
        ]

    async def relocalize(self) -> None:
        """Show it in another language."""
        self.show()
        self.refresh_bindings()

    def show(self) -> None:
        """Show the list or the page, its lines as wide as there is room."""
        if not self.stands("head", "page"):
            return
        listed = self.query_one("#page", LineList)
        columns = max((listed.scrollable_content_region.width or self.size.width) - _MARGIN, 20)
        if self._topic is None:
            head, shown = _("Manual"), self._topics(columns)
        else:
            head = _("Manual: {title}").format(title=page(self._topic, self.shell.language).title)
            shown = self._page(self._topic, columns)
        self.query_one("#head", Words).say(cut(head, max(self.size.width - 2, 20)))
        listed.show(shown, at=self._at.get(self._topic) or next((one.name for one in shown if one.name), None))

    def _topics(self, columns: int) -> list[Line]:
        drawn: list[Line] = []
        for number, about in enumerate(pages(self.shell.language), 1):
            drawn += [line(""), line(Piece(f"{number}. {about.title}", "strong"), name=about.topic.value)]
            drawn += [line("   ", words) for words in lines(about.summary, columns - 3)]
        return drawn

    def _page(self, topic: Topic, columns: int) -> list[Line]:
        """The lines of a page; each has a name, so that all can be read with the cursor."""
        drawn: list[Line] = []
        for laid in laid_out(page(topic, self.shell.language), columns, self.shell.settings.keys):
            if len(laid) == 1 and laid[0].style == "accent" and width(laid[0].text) > columns:
                broken = [[Piece(words, "accent")] for words in lines(laid[0].text, columns)]  # a command, whole
            else:
                broken = [[Piece(piece.text, _STYLES.get(piece.style, piece.style)) for piece in laid]]
            for pieces in broken:
                drawn.append(line(*pieces, name=str(len(drawn))))
        return drawn

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Return whether an action can be done now."""
        return self._topic is None if action == "open" else self._topic is not None if action == "next" else True

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Remember the place, page by page."""
        self._at[self._topic] = event.name

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A page of the list was opened."""
        if self._topic is None and event.name is not None:
            self.action_topic(event.name)

    def action_open(self) -> None:
        """Open the page at the cursor."""
        self.query_one("#page", LineList).action_choose()

    def action_topic(self, name: str) -> None:
        """Read a page."""
        self._go(Topic(name))

    def action_next(self, by: int) -> None:
        """Go to the page beside this one."""
        if self._topic is not None:
            self._go(TOPICS[(TOPICS.index(self._topic) + by) % len(TOPICS)])

    def action_leave(self) -> None:
        """Back to the list, and from there to where one was."""
        if self._topic is None:
            self.app.pop_screen()
        else:
            self._at[None] = self._topic
            self._go(None)

    def _go(self, topic: Topic | None) -> None:
        self._topic = topic
        self.show()
        self.refresh_bindings()
