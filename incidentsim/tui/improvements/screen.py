"""Improvement items over all runs: what is open, what is overdue, and everything; each can be changed here."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.improvements.acting import ItemActs
from incidentsim.tui.improvements.rows import about_item, item_lines, name_of
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from incidentsim.exercise.afterwards.carrying import CarriedItem
    from incidentsim.service.improvements import Improvements


class ImprovementsScreen(Browser):
    """The improvement items of all finished runs, each with everything about it beside the list."""

    CSS = browser_css("ImprovementsScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "section(0)", N_("Not closed"), id="improvements.open", show=False),
        key("2", "section(1)", N_("Overdue"), id="improvements.overdue", show=False),
        key("3", "section(2)", N_("All"), id="improvements.all", show=False),
        key("e", "edit", N_("Edit"), id="improvements.edit", tooltip=N_("The words, the owner, the due date")),
        key("s", "state", N_("State"), id="improvements.state", tooltip=N_("Open, in progress, done or dropped")),
        key("c", "close", N_("Close"), id="improvements.close",
            tooltip=N_("Close it with evidence, or with the later run that performed the task")),
        key("f5", "reload", N_("Reload"), id="improvements.reload", tooltip=N_("Read all runs again"), show=False),
        key("escape", "leave", N_("Back"), id="improvements.back"),
    ]  # fmt: skip

    class Ready(Message):
        """The items have been gathered, or cannot be."""

        def __init__(self, items: "Improvements | None", trouble: str) -> None:
            super().__init__()
            self.items = items
            self.trouble = trouble

    def __init__(self) -> None:
        super().__init__()
        self._items: Improvements | None = None
        self._trouble = ""
        self._at: str | None = None
        self._acts: ItemActs | None = None

    @property
    def acts(self) -> ItemActs:
        """The acts on items."""
        if self._acts is None:
            self._acts = ItemActs(self.shell, self.action_reload)
        return self._acts

    def on_mount(self) -> None:
        """Show the frame, and gather the items."""
        super().on_mount()
        self.action_reload()

    def action_reload(self) -> None:
        """Gather the items, in another thread."""
        self.run_worker(self._gather, thread=True, exclusive=True, group="improvements")

    def _gather(self) -> None:
        try:
            items = self.shell.service.improvements.all()
        except (InputError, SurroundingsError) as error:
            self.post_message(self.Ready(None, str(error)))
            return
        self.post_message(self.Ready(items, ""))

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self._items, self._trouble = event.items, event.trouble
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about improvement items."""
        return [
            _("Every change goes on record in the run that asks for the item."),
            _("‼ is overdue, ○ is open, ✓ is closed; ⇒ means that a later run performed the task: c closes it."),
            _("New items are typed in at the hot wash of a run (w in its debrief)."),
        ]

    @property
    def _listed(self) -> "list[CarriedItem]":
        if self._items is None:
            return []
        today, every = self.shell.service.improvements.today, self._items.items
        match self.section:
            case 0:
                return [item for item in every if item.open]
            case 1:
                return [item for item in every if item.overdue(today)]
            case _:
                return list(every)

    @property
    def _here(self) -> "CarriedItem | None":
        name = self.listed.name_at_cursor
        return next((item for item in self._listed if name_of(item) == name), None)

    def show(self) -> None:
        """Tell everything anew."""
        self.tell("head", _("Improvement items of all runs"))
        self.query_one("#tabs", Tabs).tell([_("Not closed"), _("Overdue"), _("All")], self.section)
        empty = _("No corrective actions.")
        if self._items is None:
            empty = self._trouble or _("Reading…")
        today = self.shell.service.improvements.today if self._items is not None else None
        lines = item_lines(self._listed, self.shell.language, today) if today is not None else []
        self.list_lines(lines, empty, self._at)
        unread = len(self._items.unread) if self._items is not None else 0
        message = ngettext(
            "{n} run is left out: it cannot be read.", "{n} runs are left out: they cannot be read.", unread
        )
        self.tell("asked", message.format(n=unread) if unread else "")
        self._show_about()
        self.offer(self.section, self._here is None)

    def _show_about(self) -> None:
        item = self._here
        if item is None:
            self.tell_about("", [])
        else:
            self.tell_about(*about_item(item, self.shell.language, self.shell.service.improvements.today))

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at = event.name
        self.about_from_the_top()
        self._show_about()

    @on(LineList.Chosen, "#list")
    def _chosen(self) -> None:
        self.action_edit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer shows what can be done with the item at the cursor."""
        if action in {"edit", "state", "close"}:
            return self._items is not None and bool(self._listed)
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Change the words, the owner or the due date of the item at the cursor."""
        if (item := self._here) is not None:
            self.acts.edit(item)

    def action_state(self) -> None:
        """Set the state of the item at the cursor."""
        if (item := self._here) is not None:
            self.acts.state(item)

    def action_close(self) -> None:
        """Close the item at the cursor."""
        if (item := self._here) is not None:
            self.acts.close(item)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()
