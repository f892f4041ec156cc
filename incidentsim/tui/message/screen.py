"""Writing a message: to whom, what it says and quotes; kept until it is sent, whatever the exercise says to it."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.facts import MessageAct
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Outcome, SeatView
from incidentsim.session.writing.drafts import OTHERS_MESSAGE_DRAFT, message_draft
from incidentsim.tui.action_form.fields import Entry, written_of
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.message.fields import KEPT, NAMES, SEVERAL, TYPED, needed, options, shown, title
from incidentsim.tui.message.start import Start
from incidentsim.tui.message.writing import act_of, begun, message, problems
from incidentsim.tui.notices import notice
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.inputs import MultilineInput, TextInput
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.text import Language
    from incidentsim.session.form_view import Written


class WriteScreen(LocalizedScreen, ModalScreen[Outcome | SurroundingsError | None]):
    """Sends a message and gives what came of it, or why the record failed; `None` if it is left (a draft stays)."""

    WRITTEN_IN = True
    CSS = """
    WriteScreen { align: center top; }
    WriteScreen > Vertical { width: 96%; max-width: 110; height: 1fr; margin: 1 0 1 0;
                             background: $surface; border: round $primary; }
    WriteScreen .ask { height: auto; padding: 0 1; margin-top: 1; }
    WriteScreen.-short .ask { margin-top: 0; }
    WriteScreen #state { height: auto; max-height: 3; padding: 0 1; background: $panel; }
    WriteScreen VerticalScroll { height: 1fr; }
    WriteScreen Choices { margin: 0 1; }
    WriteScreen TextArea, WriteScreen Input { border: round $foreground 40%; padding: 0 1; background: $surface; }
    WriteScreen TextArea:focus, WriteScreen Input:focus { border: round $primary; }
    WriteScreen TextArea { height: auto; min-height: 5; max-height: 12; }
    WriteScreen.-short TextArea { min-height: 4; max-height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s,f2", "send", N_("Send"), id="write.send", tooltip=N_("Send the message; it goes on record")),
        key("escape", "leave", N_("Leave"), id="write.leave", tooltip=N_("What was typed stays where it is")),
        key("tab", "app.focus_next", N_("Next field"), id="write.next", tooltip=N_("On to the next field")),
        key("shift+tab", "app.focus_previous", N_("Field before"), id="write.previous", show=False),
    ]

    def __init__(
        self, seat: Seat, language: "Language", start: Start | None = None, *, for_others: bool = False
    ) -> None:
        """Write from this seat, beginning in this language.

        Args:
            seat: where it is written.
            language: the language to begin in.
            start: what is answered or forwarded.
            for_others: the facilitator writes, as somebody whom nobody plays.
        """
        super().__init__()
        self.seat = seat
        self._for_others = for_others
        view = self._seen = self._view(language)
        self._start = start
        self._draft = (
            OTHERS_MESSAGE_DRAFT
            if for_others
            else message_draft(view.keyboard, start.name if start is not None else "new")
        )
        self._written: Written = begun(view, seat.workspace.value(self._draft), start)
        known = [person.pseudonym for person in view.at_keyboard]
        if self._written.get("person") not in known:
            self._written["person"] = known[0]
        self.form = self._form_of(str(self._written["person"]), language)
        channels = [option.value for option in self.form.channels]
        if self._written.get("channel") not in channels:
            self._written["channel"] = channels[0] if channels else ""
        self._settle()
        self._keep_role()
        self._began = dict(self._written)
        self._insisted = False
        self._refusal = ""
        self._sent = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def _view(self, language: "Language") -> SeatView:
        """The seat as it is seen, with those at the keyboard for whom one writes here."""
        view = self.seat.view(language)
        if not self._for_others:
            return view
        people = self.seat.speakers(language)
        return replace(view, people=people, keyboard=tuple(person.pseudonym for person in people))

    def _form_of(self, person: str, language: "Language") -> MessageFormView:
        return (self.seat.speaker_form if self._for_others else self.seat.message_form)(person, language)

    @property
    def _act(self) -> MessageAct:
        return act_of(self._written)

    def compose(self) -> ComposeResult:
        """The fields of all acts; only those that the act needs are in view."""
        with Vertical():
            yield Words(id="title", classes="title")
            yield Static(id="state", markup=False)
            with VerticalScroll(can_focus=False):
                for name in NAMES:
                    yield Static(id=f"ask-{name}", classes="ask", markup=False)
                    yield self._made(name)
        yield KeyLine()

    def _made(self, name: str) -> Entry:
        value, widget = self._written.get(name, ""), f"field-{name}"
        if name == "text":
            return MultilineInput(str(value), id=widget)
        if name in TYPED:
            return TextInput(str(value), id=widget)
        chosen = value if isinstance(value, list) else [value]
        return Choices(options(name, self.form, self._seen), chosen, several=name in SEVERAL, id=widget)

    def on_mount(self) -> None:
        """Begin with the kind of message; an answer with its words, a forwarding with its receivers."""
        self._unsubscribe = self.seat.subscribe(self._heard)
        self._tell()
        if self._start is not None:
            name = "text" if self._start.act is MessageAct.ANSWER else "to"
        else:
            name = "person" if self._entry("person").display else "act"
        self._entry(name).focus(scroll_visible=False)
        self.call_after_refresh(self.call_after_refresh, self._bring, name)  # the lists have their heights by then

    def on_unmount(self) -> None:
        """However it goes away, what was written is kept unless it was sent."""
        self._unsubscribe()
        self._keep()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about writing a message."""
        return [
            _("Whatever you write is kept if you leave; it goes on record when you send it."),
            _("Choose in lists with the arrows and the space bar; in long ones type to find."),
            _("You can quote and answer only what reached the sender."),
        ]

    async def relocalize(self) -> None:
        """Show everything in another language; what was written stays."""
        self._read_anew()
        self.refresh_bindings()

    def _heard(self, outcome: Outcome) -> None:
        """Time has passed: there may be more to quote and to answer."""
        if outcome.anything and not self._sent:
            self._read_anew()

    def _read_anew(self) -> None:
        """Ask for the form anew, because the sender, the language or what reached them is another."""
        if not self.stands("state", *(f"field-{name}" for name in NAMES)):
            return
        self._seen = self._view(self.shell.language)
        self.form = self._form_of(str(self._written["person"]), self.shell.language)
        self._keep_role()
        for name in NAMES:
            if isinstance(widget := self._entry(name), Choices):
                offered = options(name, self.form, self._seen)
                widget.offer(offered, [str(self._written["role"])] if name == "role" else widget.chosen)
        self._settle()
        self._tell()

    def _settle(self) -> None:
        """What is not offered, or not any more, is not chosen."""
        for name, value in self._written.items():
            if name != "text" and name not in TYPED:
                offered = {option for option, _title in options(name, self.form, self._seen)}
                if isinstance(value, list):
                    self._written[name] = [part for part in value if part in offered]
                elif value not in offered:
                    self._written[name] = ""

    def _keep_role(self) -> None:
        """One of the sender's own roles is always meant: the one that was chosen, else the first."""
        roles = [option.value for option in self.form.roles]
        if self._written.get("role") not in roles:
            self._written["role"] = roles[0] if roles else ""

    def _entry(self, name: str) -> Entry:
        return cast("Entry", self.query_one(f"#field-{name}"))

    def _tell(self) -> None:
        """Show the fields of the act with their titles, and above them whether it can be sent."""
        there = shown(self._act, self.form, self._seen)
        must, colours = needed(self._act), self.app.theme_variables
        wrong = problems(self._written, self.form) if self._insisted else {}
        for name in NAMES:
            asked = self.query_one(f"#ask-{name}", Static)
            asked.display = self._entry(name).display = name in there
            words = Text(settled(title(name, self._act, self.form)), style=f"bold {colours['primary']}")
            words.append("  ")
            if name in wrong:
                words.append(f"✕ {settled(wrong[name])}", style=f"bold {colours['error']}")
            elif not self._written.get(name):
                words.append(_("needed") if name in must else _("if you like"), style="dim")
            asked.update(words)
        heading = _("Message from {name}").format(name=self.form.person_name)
        self.query_one("#title", Words).say(heading)
        self.query_one("#state", Static).update(self._state(wrong))

    def _state(self, wrong: dict[str, str]) -> Text:
        colours = self.app.theme_variables
        if self._seen.ended:
            return Text(_("■ The exercise is over."), style="bold")
        if self._refusal:
            return Text(f"✕ {settled(self._refusal)}", style=f"bold {colours['error']}")
        if wrong:
            asked = _(", ").join(title(name, self._act, self.form) for name in wrong)
            return Text(_("… Still to be filled in: {fields}").format(fields=settled(asked)))
        length = duration_words(self.form.takes)
        return Text(_("Takes {length}; it goes on record when you send it.").format(length=length), style="dim")

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Choices.Changed)
    def _filled_in(self, event: TextArea.Changed | Input.Changed | Choices.Changed) -> None:
        widget = cast("Entry", event.control)
        name = (widget.id or "").removeprefix("field-")
        value = written_of(widget, several=name in SEVERAL)
        before = self._written.get(name, "")
        if value == (before or ([] if name in SEVERAL else "")):
            return
        if name in KEPT and not value and isinstance(widget, Choices):
            widget.offer(options(name, self.form, self._seen), [str(before)])  # one of them is always meant
            return
        self._written[name] = value
        self._insisted, self._refusal = False, ""
        if name == "person":
            self._read_anew()
        else:
            self._tell()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """A field comes into view with its title."""
        self.call_after_refresh(self._bring, (event.widget.id or "").removeprefix("field-"))

    def _bring(self, name: str) -> None:
        if self.stands(f"field-{name}"):
            whole = self.query_one(f"#ask-{name}").virtual_region.union(self._entry(name).virtual_region)
            self.query_one(VerticalScroll).scroll_to_region(whole, animate=False, force=True)

    def _keep(self) -> None:
        """Keep a draft of what was written, and none of what was sent."""
        try:
            if self._sent or self._written != self._began:
                self.seat.workspace.put(self._draft, None if self._sent else json.dumps(self._written))
        except SurroundingsError as error:
            notice(self.app, str(error), wrong=True)

    def action_send(self) -> None:
        """Send it. What is missing, and why the exercise does not take it, is said here; nothing is lost."""
        self._seen = self._view(self.shell.language)
        wrong = problems(self._written, self.form)
        self._insisted = bool(wrong)
        if wrong:
            self._tell()
            self._entry(next(iter(wrong))).focus(scroll_visible=False)
            return
        try:
            outcome = self.seat.say(message(self._written, self.form, self._seen))
        except InputError as error:
            self._refusal = str(error)
            self._tell()
        except SurroundingsError as error:
            self.dismiss(error)
        else:
            self._sent = True
            self.dismiss(outcome)

    def action_leave(self) -> None:
        """Leave the message; what was written is kept."""
        self.dismiss(None)
