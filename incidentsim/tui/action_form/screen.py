"""The form of an action: made from what the playbook asks for, checked as it is typed, kept until it is sent."""

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus, Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from incidentsim.domain.errors import SurroundingsError
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey, FieldView, FormCheck, Written, lines_above
from incidentsim.session.seat import Seat
from incidentsim.tui.action_form.fields import Entry, entry, notes_of, options_of, written_of
from incidentsim.tui.action_form.sent_form import SentForm
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.notices import notice
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words, cut, lines, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from incidentsim.domain.text import Language

KEEP_AFTER = 0.3
"""Seconds of quiet after which what was typed is kept; leaving the form keeps it at once."""
_FRAME = 8


class FormScreen(LocalizedScreen, ModalScreen[SentForm | None]):
    """Fills in an action; gives it, or `None` if it is left (what was typed stays)."""

    WRITTEN_IN = True
    CSS = """
    FormScreen { align: center top; }
    FormScreen > Vertical { width: 96%; max-width: 110; height: auto; max-height: 1fr; margin: 1 0 1 0;
                            background: $surface; border: round $primary; }
    FormScreen .ask { height: auto; padding: 0 1; margin-top: 1; }
    FormScreen.-short .ask { margin-top: 0; }
    FormScreen #state { height: auto; max-height: 2; padding: 0 1; background: $panel; }
    FormScreen VerticalScroll { height: auto; max-height: 1fr; }
    FormScreen Choices { margin: 0 1; }
    FormScreen TextArea, FormScreen Input { border: round $foreground 40%; padding: 0 1; background: $surface; }
    FormScreen TextArea:focus, FormScreen Input:focus { border: round $primary; }
    FormScreen TextArea { height: auto; min-height: 5; max-height: 12; }
    FormScreen.-short TextArea { min-height: 4; max-height: 8; }
    FormScreen .about { color: $text-muted; height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s,f2", "send", N_("Send"), id="form.send", tooltip=N_("Take the action; it goes on record")),
        key("escape", "leave", N_("Leave"), id="form.leave", tooltip=N_("What was typed stays where it is")),
        key("tab", "app.focus_next", N_("Next field"), id="form.next", tooltip=N_("On to the next field")),
        key("shift+tab", "app.focus_previous", N_("Field before"), id="form.previous", show=False),
    ]

    def __init__(self, seat: Seat, key: ActionKey, language: "Language") -> None:
        """Fill in the form of this action, beginning in this language, and going on from what was written before."""
        super().__init__()
        self.seat = seat
        self._key = key
        self.form = seat.form(key, language)
        self._written: Written = seat.draft(key)
        self._touched: set[str] = set(self._written)
        self._insisted = False
        self._keeping: Timer | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._opening = True
        """The first focus is not there yet: on the first field it leaves in view what is to be read above it."""
        self._reading = False
        """What is to be read above the first field is still in view, so a list that has the keys may not be."""

    def compose(self) -> ComposeResult:
        """The step, whom it is taken as, what it rests on, and its fields."""
        with Vertical():
            yield Words(id="title", classes="title")
            yield Static(id="state", markup=False)
            with VerticalScroll(can_focus=not self.form.fields):
                yield Words(id="about", classes="about")
                for field in self.form.fields:
                    yield Static(id=f"ask-{field.name}", classes="ask", markup=False)
                    yield entry(field, self._written, self.form)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first field that is not as it should be; time may pass while it is filled in."""
        self._unsubscribe = self.seat.subscribe(lambda _outcome: self._judge_anew())
        self._tell()
        self._to_first_problem()

    def on_unmount(self) -> None:
        """However it goes away, what was typed is kept."""
        self._unsubscribe()
        if self._keeping is not None:
            self._keep()

    def on_resize(self) -> None:
        """Fit to the new width."""
        self.call_after_refresh(self._tell)

    def help_words(self) -> list[str]:
        """Return the sentences of the help about filling in a form."""
        return [
            _("Whatever you type is kept as you type it, also if you leave; it goes on record when you send it."),
            _("Choose in lists with the arrows and the space bar; in long ones type to find."),
            _("In a form longer than the screen, go back from its first field to read all of it with the arrows."),
        ]

    async def relocalize(self) -> None:
        """Show everything in another language; what was typed, the cursor and the place stay as they are."""
        self.form = self.seat.form(self._key, self.shell.language)
        for field in self.form.fields:
            if isinstance(widget := self._entry(field), Choices):
                widget.tell(options_of(field), notes=notes_of(field, self.form))
        self._tell()
        self.refresh_bindings()

    def _entry(self, field: FieldView) -> Entry:
        return cast("Entry", self.query_one(f"#field-{field.name}"))

    def _tell(self) -> None:
        form = self.form
        if not self.stands("title", "state", *(f"ask-{field.name}" for field in form.fields)):
            return
        who = _("{name} as {role}").format(name=form.person_name, role=form.role_name)
        takes = _("takes {length}").format(length=duration_words(form.takes)) if form.takes else ""
        head = _(" · ").join(part for part in (who, form.incident_title, takes, form.basis) if part)
        said = lines_above(form)
        if not form.fields:
            said.append(_("There is nothing to fill in."))
        self.query_one("#title", Words).say(cut(form.title, max(min(self.size.width, 110) - _FRAME, 10)))
        columns = max(min(self.size.width * 96 // 100, 110) - _FRAME, 10)
        told = [line for words in (head, *said) for line in lines(words, columns)]
        self.query_one("#about", Words).say("\n".join(told))
        self.call_after_refresh(self._let_scroll)
        self._judge_anew()

    def _let_scroll(self) -> None:
        """Where not all fits, what stands above the fields can be reached with the keys, too."""
        for above in self.query(VerticalScroll):
            above.can_focus = not self.form.fields or above.max_scroll_y > 0

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Choices.Changed)
    def _filled_in(self, event: TextArea.Changed | Input.Changed | Choices.Changed) -> None:
        widget = event.control
        name = (widget.id or "").removeprefix("field-")
        field = next((field for field in self.form.fields if field.name == name), None)
        if field is None:
            return
        value = written_of(cast("Entry", widget), several=field.several)
        if self._written.get(name, "" if isinstance(value, str) else []) == value:
            return
        self._written[name] = value
        widget.scroll_visible(animate=False)  # what stands above may fill the screen
        self._touched.add(name)
        self._insisted = False
        self._judge_anew()
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    def _keep(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        try:
            self.seat.keep_draft(self._key, self._written)
        except SurroundingsError as error:
            notice(self.app, str(error), wrong=True)

    def _check(self) -> FormCheck:
        return self.seat.check_form(self._key, self._written, self.shell.language)

    def _judge_anew(self) -> None:
        self._judge(self._check())

    def _judge(self, check: FormCheck) -> None:
        """Say beside each field what is not as it should be, and above them whether the action can be sent."""
        if not self.stands("state", *(f"ask-{field.name}" for field in self.form.fields)):
            return
        wrong = dict(check.problems)
        colours = self.app.theme_variables
        for field in self.form.fields:
            words = settled(field.title)
            title = Text(words[:1].upper() + words[1:], style=f"bold {colours['primary']}")
            title.append("  ")
            if field.name in wrong and field.name in self._touched:
                title.append(f"✕ {wrong[field.name]}", style=f"bold {colours['error']}")
            elif field.name in wrong:
                title.append(_("needed") if field.required else "", style="dim")
            elif self._written.get(field.name):
                title.append(_("✓ filled in"), style=colours["success"])
            else:
                title.append(_("if you like"), style="dim")
            self.query_one(f"#ask-{field.name}", Static).update(title)
        self.query_one("#state", Static).update(self._state(check))

    def _state(self, check: FormCheck) -> Text:
        """Whether it can be sent: what has closed it meanwhile, or what is still missing."""
        colours = self.app.theme_variables
        if check.ended:
            return Text(_("■ The exercise is over."), style="bold")
        if check.closed:
            return Text(_("✕ Closed by now. Sending it would be refused."), style=f"bold {colours['error']}")
        wrong = dict(check.problems)
        if wrong:
            titles = _(", ").join(field.title for field in self.form.fields if field.name in wrong)
            return Text(cut(_("… Still to be filled in: {fields}").format(fields=titles), 150))
        return Text(_("✓ Ready to send"), style=f"bold {colours['success']}")

    def _to_first_problem(self) -> FieldView | None:
        """Go to the first field that is not as it should be, or to the first, and return it."""
        wrong = dict(self._check().problems)
        fields = self.form.fields
        first = next((field for field in fields if field.name in wrong), None) or next(iter(fields), None)
        if first is not None:
            self._entry(first).focus(scroll_visible=False)
            if not self._opening:
                self.call_after_refresh(self._bring, first.name)
        return first

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """A field comes into view with its title; as the form opens, what is to be read before it stays there."""
        name = (event.widget.id or "").removeprefix("field-")
        reading = self._opening and bool(self.form.fields) and name == self.form.fields[0].name
        self._opening, self._reading = False, reading
        self.call_after_refresh(self._bring, name, reading=reading)

    def on_key(self, event: Key) -> None:
        """Words that are typed while one reads above the fields go where they are asked for.

        A list below the window comes into view at its first key; nothing is chosen in it by that.
        """
        if self._reading and isinstance(listed := self.focused, Choices):
            bound = self.active_bindings.get(event.key)
            if bound is not None and bound.node is listed:
                self._reading = False
                if not listed.cursor_in_view():
                    self._bring((listed.id or "").removeprefix("field-"))
                    if bound.binding.action == "choose":
                        event.stop()
                        event.prevent_default()
        if isinstance(self.focused, VerticalScroll) and self.form.fields and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._type(event.character)

    def on_paste(self, event: Paste) -> None:
        """The same of words that are pasted."""
        if isinstance(self.focused, VerticalScroll) and self.form.fields:
            event.stop()
            self._type(event.text)

    def _type(self, words: str) -> None:
        """Put words into the first field that is still to be filled in, where it takes words."""
        field = self._to_first_problem()
        match self._entry(field) if field is not None else None:
            case TextArea() as area:
                area.insert(words)
            case Input() as line:
                line.insert_text_at_cursor(words.partition("\n")[0])
            case _:
                pass

    def _bring(self, name: str, *, reading: bool = False) -> None:
        """Show a field with its title; or while one is still `reading`, what stands above the first."""
        if not name:
            return
        for part in (*self.query(f"#field-{name}"), *self.query(f"#ask-{name}")):  # each from where the last left it
            part.scroll_visible(animate=False, immediate=True)
        if reading:
            self.query_one(VerticalScroll).scroll_home(animate=False)  # last, since a list shows its cursor by itself

    def action_send(self) -> None:
        """Take the action. Where something is missing, that is said first; sending again asks whether to try it so."""
        self._touched |= {field.name for field in self.form.fields}
        check = self._check()
        self._judge(check)
        if check.problems and not self._insisted:
            self._insisted = True
            self._to_first_problem()
            notice(self.app, _("Not as the procedure asks: fill in what is marked."), wrong=True)
        elif check.problems:
            self.shell.push_screen(ChooseScreen(_asked, _answers, at="back"), self._answered)
        else:
            self._send()

    def _answered(self, answer: str | None) -> None:
        if answer == "send":
            self._send()

    def _send(self) -> None:
        self._keep()
        self.dismiss(SentForm(self._key, self._written))

    def action_leave(self) -> None:
        """Leave the form; what was typed is kept."""
        self._keep()
        self.dismiss(None)


def _asked() -> str:
    return _("The form is incomplete. Sent as it is, it will be refused, and the refusal goes on record.")


def _answers() -> list[tuple[str, str]]:
    return [("send", _("Send it as it is")), ("back", _("Back to the form"))]
