"""An inject that was not planned: whom it is for, how it comes, and what it says."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.screen import ModalScreen

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.interventions import Add
from incidentsim.messages import gettext as _
from incidentsim.session.seat import Seat
from incidentsim.session.writing.drafts import INJECT_DRAFT, Draft
from incidentsim.session.writing.field_entries import typed
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.notices import notice
from incidentsim.tui.widgets.choices import Choices, Options
from incidentsim.tui.widgets.inputs import MultilineInput, TextInput
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from incidentsim.domain.text import Language

_CHOSEN = ("to", "channel", "incident")
_TYPED = ("subject", "body")


class AddScreen(LocalizedScreen, ModalScreen[Add | None]):
    """Composes an inject; what was typed survives switching the language, and is kept until it is sent."""

    WRITTEN_IN = True
    CSS = """
    AddScreen { align: center top; }
    AddScreen > Vertical { width: 96%; max-width: 110; height: auto; max-height: 1fr; margin: 1 0 1 0;
                           background: $surface; border: round $primary; }
    AddScreen VerticalScroll { height: auto; max-height: 1fr; }
    AddScreen .ask { color: $primary; text-style: bold; padding: 0 1; }
    AddScreen Choices { margin: 0 1; }
    AddScreen TextArea, AddScreen Input { border: round $foreground 40%; padding: 0 1; background: $surface; }
    AddScreen TextArea:focus, AddScreen Input:focus { border: round $primary; }
    AddScreen TextArea { height: auto; min-height: 5; max-height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s,f2", "send", N_("Send"), id="adding.send", tooltip=N_("It reaches people at once")),
        key("escape", "leave", N_("Leave"), id="adding.leave", tooltip=N_("What was typed stays where it is")),
        key("tab", "app.focus_next", N_("Next field"), id="adding.next", tooltip=N_("On to the next field")),
    ]

    def __init__(self, seat: Seat, language: "Language") -> None:
        """Begin in this language, and go on from what was written before."""
        super().__init__()
        self.seat = seat
        self._form = seat.inject_form(language)
        self._draft = Draft(seat.workspace, INJECT_DRAFT)
        self._kept = {name: " ".join(self._draft.several(name)) for name in _CHOSEN}
        self._kept |= {name: self._draft.words(name) for name in _TYPED}

    def compose(self) -> ComposeResult:
        """The fields."""
        with Vertical():
            yield Words(id="title", classes="title")
            with VerticalScroll(can_focus=False):
                for name in _CHOSEN:
                    yield Words(id=f"ask-{name}", classes="ask")
                    options = self._options(name)
                    kept = self._kept[name] or (str(options[0][0]) if name == "channel" else "")
                    yield Choices(options, kept.split(), several=name == "to", id=name)
                yield Words(id="ask-subject", classes="ask")
                yield TextInput(self._kept["subject"], id="subject")
                yield Words(id="ask-body", classes="ask")
                yield MultilineInput(self._kept["body"], id="body")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with whom it is for."""
        self._tell()
        self.query_one("#to", Choices).focus(scroll_visible=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """A field comes into view with its title."""
        self.call_after_refresh(self._bring, event.widget.id or "")

    def _bring(self, name: str) -> None:
        for part in (f"#{name}", f"#ask-{name}"):
            for widget in self.query(part):
                widget.scroll_visible(animate=False)

    def on_unmount(self) -> None:
        """However it goes away, what was typed is kept."""
        self._lay(self._kept)

    async def relocalize(self) -> None:
        """Show the fields in another language, filled in as they are."""
        self._form = self.seat.inject_form(self.shell.language)
        for name in _CHOSEN:
            self.query_one(f"#{name}", Choices).tell(self._options(name))
        self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        self.query_one("#title", Words).say(_("An inject that was not planned"))
        for name, title in self._titles().items():
            self.query_one(f"#ask-{name}", Words).say(title)

    def _titles(self) -> dict[str, str]:
        return {
            "to": _("To"),
            "channel": _("By"),
            "incident": _("About (if you like)"),
            "subject": _("Subject"),
            "body": _("Text"),
        }

    def _options(self, name: str) -> Options:
        form = self._form
        if name != "to":
            chosen = form.channels if name == "channel" else form.incidents
            return [(option.value, option.words) for option in chosen]
        return [
            (None, _("Bodies and roles")),
            *((option.value, option.words) for option in form.bodies_and_roles),
            (None, _("People")),
            *((option.value, option.words) for option in form.people),
        ]

    def on_choices_changed(self) -> None:
        """Keep what was chosen."""
        self._gather()

    def on_input_changed(self) -> None:
        """Keep what was typed."""
        self._gather()

    def on_text_area_changed(self) -> None:
        """Keep what was typed."""
        self._gather()

    def _gather(self) -> None:
        for name in _CHOSEN:
            self._kept[name] = " ".join(self.query_one(f"#{name}", Choices).chosen)
        self._kept["subject"] = self.query_one("#subject", TextInput).value
        self._kept["body"] = self.query_one("#body", MultilineInput).text

    def _lay(self, kept: dict[str, str]) -> None:
        try:
            for name, thing in kept.items():
                self._draft.put(name, thing.split() if name == "to" else thing)
        except SurroundingsError as error:
            notice(self.app, str(error), wrong=True)

    def action_send(self) -> None:
        """Send it; what is missing is said."""
        self._gather()
        titles = self._titles()
        missing = [titles[name] for name in ("to", "channel", "body") if not self._kept[name].strip()]
        if missing:
            message = _("Still missing: {fields}.").format(fields=_(", ").join(missing))
            notice(self.app, message, wrong=True)
            return
        kept = self._kept
        self._kept = dict.fromkeys(kept, "")
        self._lay(self._kept)
        receivers = tuple(kept["to"].split())
        about = kept["incident"] or None
        self.dismiss(Add(receivers, kept["channel"], typed(kept["subject"]), typed(kept["body"]), about))

    def action_leave(self) -> None:
        """Leave it for later."""
        self._gather()
        self._lay(self._kept)
        self.dismiss(None)
