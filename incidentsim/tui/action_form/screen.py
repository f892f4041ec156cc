"""The form of an action: made from what the playbook asks for, checked as it is typed, kept until it is sent."""

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import SurroundingsError
from incidentsim.exercise.kernel.refusals import Refusal
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.session.forms import Blank, Written, blanks, content, draft, keep_draft, problems
from incidentsim.session.narration import Teller
from incidentsim.session.sentences import clause_words
from incidentsim.session.views import Offer
from incidentsim.tui.action_form.fields import Entry, entry, options_of, written_of
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words, cut, lines, settled

if TYPE_CHECKING:
    from textual.timer import Timer


KEEP_AFTER = 0.3
"""Seconds of quiet after which what was typed is kept; leaving the form keeps it at once."""
_FRAME = 8


class FormScreen(LocalizedScreen, ModalScreen[Action | None]):
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

    def __init__(self, teller: Teller, offer: Offer, running: Collection[str] = ()) -> None:
        """`running` are the regulatory clocks that run now: where one is asked for, they are offered first."""
        super().__init__()
        self._teller = teller
        self._offer = offer
        self._due_now = running
        self._written: Written = draft(teller.session, offer)
        self._asked: tuple[Blank, ...] = blanks(teller.session, offer.step)
        self._touched: set[str] = set(self._written)
        self._insisted = False
        self._keeping: Timer | None = None

    def compose(self) -> ComposeResult:
        """The step, whom it is taken as, what it rests on, and its fields."""
        with Vertical():
            yield Words(id="title", classes="title")
            yield Static(id="state", markup=False)
            with VerticalScroll(can_focus=not self._asked):
                yield Words(id="about", classes="about")
                for blank in self._asked:
                    yield Static(id=f"ask-{blank.name}", classes="ask", markup=False)
                    yield entry(self._teller, blank, self._written, self._due_now)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first field that is not as it should be."""
        self._tell()
        self._to_first_problem()

    def on_unmount(self) -> None:
        """However it goes away, what was typed is kept."""
        if self._keeping is not None:
            self._keep()

    def on_resize(self) -> None:
        """Fit to the new width."""
        self.call_after_refresh(self._tell)

    def help_words(self) -> list[str]:
        """How a form is filled in."""
        return [
            _("Whatever you type is kept as you type it, also if you leave; it goes on record when you send it."),
            _("Choose in lists with the arrows and the space bar; in long ones type to find."),
        ]

    async def retell(self) -> None:
        """Show everything in another language; what was typed, the cursor and the place stay as they are."""
        self._teller = Teller(self._teller.session, self.shell.language)
        for blank in self._asked:
            if isinstance(widget := self._entry(blank), Choices):
                widget.tell(options_of(self._teller, blank, self._due_now))
        self._tell()
        self.refresh_bindings()

    def _entry(self, blank: Blank) -> Entry:
        return cast("Entry", self.query_one(f"#field-{blank.name}"))

    def _tell(self) -> None:
        if not self.stands("title", "state", *(f"ask-{blank.name}" for blank in self._asked)):
            return
        names, step = self._teller.names, self._offer.step
        who = _("{name} as {role}").format(
            name=names.person(self._offer.person.pseudonym), role=names.role(self._offer.role)
        )
        takes = _("takes {length}").format(length=duration_words(step.takes)) if step.takes else ""
        basis = names.basis(step.rule, step.basis.clause)
        head = _(" · ").join(part for part in (who, names.incident(self._offer.incident), takes, basis) if part)
        said = [f"{name}: {words}" for name, words in clause_words(self._teller, step.basis.clauses)]
        if not self._asked:
            said.append(_("There is nothing to fill in."))
        self.query_one("#title", Words).say(cut(names.step(step.do), max(min(self.size.width, 110) - _FRAME, 10)))
        columns = max(min(self.size.width * 96 // 100, 110) - _FRAME, 10)
        told = [line for words in (head, *said) for line in lines(words, columns)]
        self.query_one("#about", Words).say("\n".join(told))
        self.judge()

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Choices.Changed)
    def _filled_in(self, event: TextArea.Changed | Input.Changed | Choices.Changed) -> None:
        widget = event.control
        name = (widget.id or "").removeprefix("field-")
        blank = next((one for one in self._asked if one.name == name), None)
        if blank is None:
            return
        value = written_of(cast("Entry", widget), several=blank.several)
        if self._written.get(name, "" if isinstance(value, str) else []) == value:
            return
        self._written[name] = value
        self._touched.add(name)
        self._insisted = False
        self.judge()
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    def _keep(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        try:
            keep_draft(self._teller.session, self._offer, self._written)
        except SurroundingsError as error:
            self._say(str(error), wrong=True)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self.app.clear_notifications()
        self.app.notify(cut(sentence, 300), severity="warning" if wrong else "information", markup=False)

    def judge(self) -> dict[str, str]:
        """Say beside each field what is not as it should be, and above them whether the action can be sent."""
        wrong = problems(self._teller.session, self._offer.step, self._written)
        if not self.stands("state", *(f"ask-{blank.name}" for blank in self._asked)):
            return wrong
        colours = self.app.theme_variables
        for blank in self._asked:
            words = settled(self._teller.names.say(blank.field.title))
            title = Text(words[:1].upper() + words[1:], style=f"bold {colours['primary']}")
            title.append("  ")
            if blank.name in wrong and blank.name in self._touched:
                title.append(f"✕ {wrong[blank.name]}", style=f"bold {colours['error']}")
            elif blank.name in wrong:
                title.append(_("needed") if blank.field.required else "", style="dim")
            elif self._written.get(blank.name):
                title.append(_("✓ as it should be"), style=colours["success"])
            else:
                title.append(_("if you like"), style="dim")
            self.query_one(f"#ask-{blank.name}", Static).update(title)
        self.query_one("#state", Static).update(self._state(wrong))
        return wrong

    def _state(self, wrong: dict[str, str]) -> Text:
        """Whether it can be sent: what has closed it meanwhile, or what is still missing."""
        session, offer = self._teller.session, self._offer
        names = self._teller.names
        colours = self.app.theme_variables
        answer = session.exercise.examine(
            Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role), session.now, content=False
        )
        if session.ended:
            return Text(_("■ The exercise is over."), style="bold")
        if isinstance(answer, Refusal):
            return Text(_("✕ Closed by now. Sending it would be refused."), style=f"bold {colours['error']}")
        if wrong:
            titles = names.listed(names.say(b.field.title) for b in self._asked if b.name in wrong)
            return Text(cut(_("… Still to be filled in: {fields}").format(fields=titles), 150))
        return Text(_("✓ Ready to send"), style=f"bold {colours['success']}")

    def _to_first_problem(self) -> None:
        wrong = problems(self._teller.session, self._offer.step, self._written)
        first = next((one for one in self._asked if one.name in wrong), None) or next(iter(self._asked), None)
        if first is not None:
            self._entry(first).focus(scroll_visible=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """A field comes into view with its title."""
        name = (event.widget.id or "").removeprefix("field-")
        self.call_after_refresh(self._bring, name)

    def _bring(self, name: str) -> None:
        for field in self.query(f"#field-{name}"):
            field.scroll_visible(animate=False)
        for title in self.query(f"#ask-{name}"):
            title.scroll_visible(animate=False)
        if self._asked and name == self._asked[0].name:
            self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_send(self) -> None:
        """Take the action. Where something is missing, that is said first; sending again tries it all the same."""
        self._touched |= {blank.name for blank in self._asked}
        wrong = self.judge()
        if wrong and not self._insisted:
            self._insisted = True
            self._to_first_problem()
            message = _("Not as the procedure asks. Send again to try it all the same: the refusal goes on record.")
            self._say(message, wrong=True)
            return
        self._keep()
        offer = self._offer
        made = content(offer.step, self._written)
        self.dismiss(Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role, made))

    def action_leave(self) -> None:
        """Leave the form; what was typed is kept."""
        self._keep()
        self.dismiss(None)
