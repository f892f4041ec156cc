"""A list with everything about the thing at its cursor beside it, or below it where the screen is narrow."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Static

from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.sheet import Sheet
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words


def browser_css(screen: str, list_width: str = "3fr", about_width: str = "2fr", about_height: int = 9) -> str:
    """The layout, for the screen class of this name; the height is that on a narrow screen."""
    return f"""
    {screen} #notice {{ height: auto; max-height: 3; padding: 0 1; color: $text-error; display: none; }}
    {screen} #asked {{ height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }}
    {screen} #panes {{ layout: horizontal; height: 1fr; }}
    {screen} #pane-list {{ width: {list_width}; }}
    {screen} #pane-about {{ width: {about_width}; }}
    {screen} #about {{ height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }}
    {screen}.-narrow #panes {{ layout: vertical; }}
    {screen}.-narrow .pane {{ border: none; }}
    {screen}.-narrow #pane-list {{ width: 100%; height: 1fr; }}
    {screen}.-narrow #pane-about {{ width: 100%; height: {about_height}; border-top: solid $panel; }}
    {screen}.-narrow #pane-about:focus-within {{ border-top: solid $primary; }}
    """


class Browser(LocalizedScreen):
    """A screen of this layout: a title, names of sections, a line about the list, the list, and what is beside it."""

    _situation: tuple[object, ...] = ()
    section = 0
    """The section that is shown, by its place among the names of sections."""

    @property
    def listed(self) -> LineList:
        """The list."""
        return self.query_one("#list", LineList)

    def compose(self) -> ComposeResult:
        """The parts; what stands in them is told by `show`."""
        yield Words(id="head", classes="title")
        yield Tabs(id="tabs")
        yield Words(id="notice")
        yield Words(id="asked")
        with Container(id="panes"):
            with Vertical(id="pane-list", classes="pane"):
                yield self.make_list()
            with Vertical(id="pane-about", classes="pane"):
                yield Words(id="about-title", classes="heading")
                with Sheet(id="about"):
                    yield Static("", id="about-text", markup=False)
        yield KeyLine()

    def make_list(self) -> LineList:
        """The list, whose id must be `list`."""
        return LineList(id="list")

    def show(self) -> None:
        """Tell everything anew; what a screen keeps in mind decides what."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the frame."""
        self.show()
        self.listed.focus()

    def on_resize(self) -> None:
        """Fit the texts to the new size."""
        if self.is_mounted:
            self.call_after_refresh(self.show)

    def on_refitted(self) -> None:
        """Fit the texts to another width of the panes."""
        self.show()

    async def relocalize(self) -> None:
        """Tell everything in another language; all else stays as it is."""
        self.show()

    def list_lines(self, lines: Sequence[Line], empty: str, at: str | None) -> None:
        """Show a list with the cursor where it was, or on its first line where it never was in this one."""
        first = next((one.name for one in lines if one.name is not None), None)
        known = any(one.name == at for one in lines)
        self.listed.show(lines, empty=empty, at=at if at is not None and known else first)

    def action_section(self, number: int) -> None:
        """Go to a section, and read what stands beside its list from the beginning."""
        self.section = number
        self.show()
        self.about_from_the_top()
        self.listed.focus()

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self.action_section(event.number)

    def offer(self, *situation: object) -> None:
        """Have the footer drawn anew, if the situation that decides what it offers is another one."""
        now = (self.shell.language, *situation)
        if now != self._situation:
            self._situation = now
            self.refresh_bindings()

    def tell(self, part: str, words: str) -> None:
        """Put words into a line of the frame."""
        self.query_one(f"#{part}", Words).say(words)

    def tell_about(self, title: str, parts: Sequence[tuple[str, str]]) -> None:
        """Show a heading with titles and texts beside the list."""
        self.tell("about-title", title)
        columns = self.query_one("#about").scrollable_content_region.width or self.size.width - 4
        self.query_one("#about-text", Static).update(told(parts, columns))

    def about_from_the_top(self) -> None:
        """Read what stands beside the list from its beginning."""
        self.query_one("#about").scroll_home(animate=False)
