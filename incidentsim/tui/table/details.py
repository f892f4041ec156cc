"""What is looked at closely from the table, said anew when the language changes while it is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import AvailableAction, Detail, ReasonsView
from incidentsim.tui.action_form.sent_form import SentForm
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.prompts import ChooseScreen

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.tui.shell import Shell

Asked = Callable[["Language"], Detail]


def detail_screen(shell: "Shell", ask: Asked, *, act: str | None = None) -> DetailScreen:
    """A screen that shows what `ask` gives. Should there be nothing of it any more, what was last told stays."""
    told = teller(shell, ask)
    return DetailScreen(lambda: told().title, lambda: told().parts, act=act)


def teller(shell: "Shell", ask: Asked) -> Callable[[], Detail]:
    """Return the telling of something in the language spoken; once there is nothing of it any more, the last one."""
    last = ask(shell.language)
    told_in = shell.language

    def told() -> Detail:
        nonlocal last, told_in
        if shell.language != told_in:
            told_in = shell.language
            try:
                last = ask(told_in)
            except InputError:  # it was open when this was opened
                return last
        return last

    return told


def why_closed(seat: Seat, shell: "Shell", key: ActionKey) -> DetailScreen:
    """Make the screen with the refusal of a step, its basis and clauses, and what it would ask for.

    There it can be tried all the same.
    """

    def ask(language: "Language") -> Detail:
        why = seat.reasons(key, language)
        parts = [("", why.refusal), (_("Basis"), why.basis), *why.clauses]
        if why.asks:
            parts.append((_("It will ask for"), why.asks))
        return Detail(why.title, tuple(parts))

    return detail_screen(shell, ask, act=key.do)


def why_never(seat: Seat, shell: "Shell", key: ActionKey) -> DetailScreen:
    """Make the screen with the refusal of a forbidden act and its basis; there it can be tried all the same."""

    def ask(language: "Language") -> Detail:
        why: ReasonsView = seat.reasons(key, language)
        return Detail(why.title, (("", why.refusal), (_("Basis"), why.basis)))

    return detail_screen(shell, ask, act=key.do)


def duty_screen(seat: Seat, shell: "Shell", name: str) -> DetailScreen:
    """A duty by its number.

    Raises:
        InputError: there is no such duty any more.
    """
    return detail_screen(shell, lambda language: seat.duty(int(name), language))


def start_duty(seat: Seat, shell: "Shell", name: str, take: Callable[[SentForm | None], None]) -> None:
    """Open the form that ends a duty; where several would, let one be chosen; where none is open, show the duty.

    Args:
        seat: whose duty it is.
        shell: opens the screen.
        name: the duty's number.
        take: gets what was sent.

    Raises:
        InputError: there is no such duty any more.
    """
    ending = _ending(seat, shell.language, name)
    if not ending:
        shell.push_screen(duty_screen(seat, shell, name))
        return

    def chosen(do: str | None) -> None:
        if do == "look":
            shell.push_screen(duty_screen(seat, shell, name))
        elif do is not None:
            begin(seat, shell, f"open/{do}", take)

    def choices() -> list[tuple[str, str]]:
        known = [(action.key.do, action.title) for action in _ending(seat, shell.language, name)]
        return [*known, ("look", _("Look at the duty and its clauses"))]

    if len(ending) == 1:
        chosen(ending[0].key.do)
    else:
        shell.push_screen(ChooseScreen(lambda: _("What ends this duty?"), choices), chosen)


def _ending(seat: Seat, language: "Language", name: str) -> list[AvailableAction]:
    """The open actions that end a duty; its incident is turned to."""
    view = seat.view(language)
    duty = next((duty for duty in view.duties if str(duty.number) == name), None)
    if duty is not None and duty.incident != view.incident:
        seat.turn_to(duty.incident)
        view = seat.view(language)
    return [action for action in view.actions if action.open and duty is not None and duty.number in action.settles]


def begin(seat: Seat, shell: "Shell", name: str, take: Callable[[SentForm | None], None]) -> None:
    """Open what a line of the actions stands for: the form of an open one, or why one is closed or forbidden.

    Args:
        seat: whose actions they are.
        shell: opens the screen.
        name: `open/STEP`, `shut/STEP` or `never/ACT`.
        take: gets what was sent.
    """
    view = seat.view(shell.language)
    kind, _slash, do = name.partition("/")
    known = view.forbidden if kind == "never" else view.actions
    key = next((action.key for action in known if action.key.do == do), None)
    if key is None:
        return

    def attempted(go: str | None) -> None:
        if go is not None:
            take(SentForm(key, {}))

    action = next((action for action in view.actions if action.key == key), None)
    if kind == "never":
        shell.push_screen(why_never(seat, shell, key), attempted)
    elif action is not None and action.open:
        from incidentsim.tui.action_form.screen import FormScreen

        shell.push_screen(FormScreen(seat, key, shell.language), take)
    else:
        shell.push_screen(why_closed(seat, shell, key), attempted)
