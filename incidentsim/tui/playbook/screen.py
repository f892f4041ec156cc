"""A playbook to be read: tracks, duties, clauses, roles, levels, matrix; its picture can be saved."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exports import pictures
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.dialogs import save_as as home_saving
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.playbook.outline import Outline, section_names
from incidentsim.tui.playbook.words import Parts
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incidentsim.domain.playbook import Playbook
    from incidentsim.exports.pictures import PictureFormat


class PlaybookScreen(Browser):
    """A procedure, rule by rule, each with what it rests on."""

    CSS = browser_css("PlaybookScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "section(0)", N_("Tracks"), id="playbook.tracks", show=False),
        key("2", "section(1)", N_("Duties"), id="playbook.duties", show=False),
        key("3", "section(2)", N_("Clauses"), id="playbook.clauses", show=False),
        key("4", "section(3)", N_("Roles"), id="playbook.roles", show=False),
        key("5", "section(4)", N_("Criteria"), id="playbook.levels", show=False),
        key("6", "section(5)", N_("Matrix"), id="playbook.matrix", show=False),
        key("slash", "search", N_("Search"), id="playbook.search", tooltip=N_("Lines in which some words occur")),
        key("c", "clear", N_("All"), id="playbook.clear", tooltip=N_("Show all lines again")),
        key("s", "save", N_("Save picture"), id="playbook.save",
            tooltip=N_("The whole playbook as a picture (SVG) or as its source (Mermaid, DOT)")),
        key("escape", "leave", N_("Back"), id="playbook.leave", tooltip=N_("Back to the home")),
    ]  # fmt: skip

    class Ready(Message):
        """The playbook has been read, or cannot be."""

        def __init__(self, found: "Playbook | None", trouble: str) -> None:
            super().__init__()
            self.found = found
            self.trouble = trouble

    def __init__(self, playbook: "Path | str") -> None:
        """The playbook is read when the screen has been shown."""
        super().__init__()
        self._source = playbook
        self._playbook: Playbook | None = None
        self._trouble = ""
        self._words = ""
        self._at: dict[int, str] = {}

    def on_mount(self) -> None:
        """Show the frame and read the playbook."""
        super().on_mount()
        if self._playbook is None:
            self.run_worker(self._read, thread=True, group="playbook")

    def _read(self) -> None:
        try:
            found = self.shell.recordless.library.playbook(self._source)
        except (InputError, SurroundingsError) as error:
            self.post_message(self.Ready(None, str(error)))
            return
        self.post_message(self.Ready(found, ""))

    def on_playbook_screen_ready(self, event: Ready) -> None:
        """Show what was read."""
        self._playbook, self._trouble = event.found, event.trouble
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the outline and its signs."""
        return [
            _("1 to 6, or a click on a name, go to the sections. Tab goes to the text beside."),
            _("▶ is where an incident begins, ■ where it may end; → is a step, ⟳ one that is triggered automatically."),
            _("In brackets stands the clause that a rule rests on, or that it is an assumption of the playbook."),
        ]

    def show(self) -> None:
        """Tell everything anew."""
        self.query_one("#tabs", Tabs).tell(section_names(), self.section)
        if self._playbook is None:
            self.tell("head", _("Playbook: {name}").format(name=self._source))
            empty = _("This playbook cannot be read. Escape goes back.") if self._trouble else _("Reading…")
            self.listed.show([], empty=empty)
            self.tell_about("", [(_("What is wrong"), self._trouble)] if self._trouble else [])
        else:
            outline = Outline(self._playbook, self.shell.language)
            self.tell("head", _("Playbook: {name}").format(name=outline.title))
            lines = self._searched(outline.lines(self.section))
            self.list_lines(lines, _("No line has these words. c shows all of them."), self._at.get(self.section))
            self.tell("asked", self._asked(outline, lines))
            self._show_about()
        self.offer(self._playbook is None, self._words)

    def _asked(self, outline: Outline, lines: list[Line]) -> str:
        if self._words:
            count = sum(one.name is not None for one in lines)
            return ngettext("{n} line with “{words}”", "{n} lines with “{words}”", count).format(
                n=count, words=self._words
            )
        return outline.phases()

    def _searched(self, lines: list[Line]) -> list[Line]:
        """The lines with the words that were asked for; headings only where nothing was asked."""
        words = self._words.casefold().split()
        if not words:
            return lines
        said = [(one, "".join(piece.text for piece in one.pieces).casefold()) for one in lines if one.name is not None]
        return [one for one, text in said if all(word in text for word in words)]

    def _show_about(self) -> None:
        if self._playbook is not None:
            self.tell_about(*Outline(self._playbook, self.shell.language).about(self.listed.name_at_cursor))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Before the playbook is read, one can only go back."""
        if action == "clear":
            return bool(self._words)
        return self._playbook is not None or action not in {"search", "save"}

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at[self.section] = event.name
        self.about_from_the_top()
        self._show_about()

    @on(LineList.Chosen, "#list")
    def _chosen(self, event: LineList.Chosen) -> None:
        playbook, name = self._playbook, event.name
        if playbook is not None:

            def about() -> tuple[str, Parts]:
                return Outline(playbook, self.shell.language).about(name)

            self.app.push_screen(DetailScreen(lambda: about()[0], lambda: about()[1]))

    def action_search(self) -> None:
        """Ask for words."""

        def take(words: str | None) -> None:
            if words is not None:
                self._words = words.strip()
                self.show()

        self.app.push_screen(AskScreen(lambda: _("Which words? (none: everything)"), self._words), take)

    def action_clear(self) -> None:
        """Show all lines again."""
        self._words = ""
        self.show()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()

    def action_save(self) -> None:
        """Save the picture of the playbook."""
        playbook, language = self._playbook, self.shell.language
        if playbook is None:
            return

        def drawn(row: "PictureFormat") -> "Callable[[Path], bytes]":
            return lambda _path: row.draw(playbook, language)

        def offers() -> list[home_saving.Offer]:
            rows = sorted(pictures.PICTURES, key=lambda row: not row.ready)
            return [home_saving.Offer(row.id, row.say(), f"{playbook.id}{row.suffix}", drawn(row)) for row in rows]

        home_saving.offer(self.shell, lambda: _("Save the picture as what?"), offers)
