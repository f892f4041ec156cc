"""Keys: every binding has an id and a tooltip, and is described in the language spoken when it is shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Binding, BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from incidentsim import messages
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.session.seat import Seat
    from incidentsim.tui.shell import Shell


N_ = messages.N_
"""Marks what bindings and tabs are called; it is translated when it is shown."""


PROCEDURE: Final = "app.procedure"
"""The key that opens the procedure; it does something at the table and above it only."""


def key(keys: str, action: str, description: str, *, id: str, tooltip: str = "", show: bool = True) -> Binding:  # noqa: A002 - Textual's word
    """A binding whose `description` and `tooltip` are messages, marked with `N_`.

    Args:
        keys: the key, or several with commas between.
        action: what it does, as Textual writes actions.
        description: a word or two for the footer.
        id: what it is called in key maps, such as `table.go_on`.
        tooltip: a sentence for the help; the description if left out.
        show: whether the footer shows it.
    """
    return Binding(keys, action, description, id=id, tooltip=tooltip or description, show=show)


def title_of(binding: Binding) -> str:
    """Return what a binding is called, in the language spoken now."""
    return _(binding.description)


def spoken(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """The same bindings, described in the language spoken now."""
    found = {}
    for name, active in bindings.items():
        binding = active.binding
        if binding.description:
            told = replace(
                binding, description=_(binding.description), tooltip=_(binding.tooltip or binding.description)
            )
            active = ActiveBinding(active.node, told, active.enabled, told.tooltip)  # noqa: PLW2901 - the same, told
        found[name] = active
    return found


class LocalizedScreen(Screen[Any]):
    """A screen whose keys are described in the language spoken, and that can be told anew in another.

    What works everywhere is bound here, too: a modal screen would not let it through to the application.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("question_mark,f1", "app.open('help')", N_("Help"), id="app.help",
            tooltip=N_("What can be done here, key by key")),
        key("f3", "app.open('procedure')", N_("Procedure"), id=PROCEDURE,
            tooltip=N_("Your role, levels with thresholds, duties, who is who, deadlines; what you typed stays")),
        key("f2", "app.open('settings')", N_("Settings"), id="app.settings",
            tooltip=N_("Theme, language, pacing, keys of your own"), show=False),
        key("f6", "app.open('manual')", N_("Manual"), id="app.manual",
            tooltip=N_("How to begin, play, facilitate, write and prove"), show=False),
        key("ctrl+p", "app.command_palette", N_("All actions"), id="app.palette",
            tooltip=N_("Every action of the screen, found by its name"), show=False),
        key("ctrl+l", "app.other_language", N_("中文/English"), id="app.language", show=False),
        key("ctrl+t", "app.next_theme", N_("Theme"), id="app.theme",
            tooltip=N_("Dark, light, high contrast"), show=False),
        key("ctrl+q", "app.quit", N_("Quit"), id="app.quit",
            tooltip=N_("Nothing is lost: the run goes on where it was")),
        key("ctrl+c", "app.quit", N_("Quit"), id="app.interrupt",
            tooltip=N_("Nothing is lost: the run goes on where it was"), show=False),
    ]  # fmt: skip

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Which widget the keys go to. It and the one before it look different then; nothing else is drawn anew."""

    WRITTEN_IN: ClassVar[bool] = False
    """Whether people type words on it, so that a question mark is a question mark."""

    dismissed = False
    """Whether it has given its answer."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Give an answer and go away; of keys that were pressed at once, the first is answered, the others are not."""
        if self.dismissed:
            return AwaitComplete()
        self.dismissed = True
        return super().dismiss(result)

    @property
    def shell(self) -> "Shell":
        """The application, as far as a screen knows it."""
        return cast("Shell", self.app)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that can be used now: first those of the screen, then those that work everywhere."""
        found = spoken(super().active_bindings)
        if self.WRITTEN_IN:
            found.pop("question_mark", None)
        if seat_at(self) is None:
            found = {name: active for name, active in found.items() if active.binding.id != PROCEDURE}
        return dict(sorted(found.items(), key=lambda one: _everywhere(one[1].binding)))

    def seat_here(self) -> "Seat | None":
        """Return the seat whose exercise is read at this screen; `None` where there is none, or nobody sits there."""
        return None

    def stands(self, *names: str) -> bool:
        """Return whether the widgets with these ids are there.

        They are not while the screen is being built, and no more while it is closed.
        """
        return self.is_attached and all(self.query(f"#{name}") for name in names)

    async def relocalize(self) -> None:
        """Show everything anew, after the language changed; what was typed must not be lost."""
        await self.recompose()
        self.refresh_bindings()


def seat_at(front: Screen[Any]) -> "Seat | None":
    """Return the seat at the table that lies below a screen, or is it; `None` where there is none."""
    seats = (screen.seat_here() for screen in front.app.screen_stack if isinstance(screen, LocalizedScreen))
    return next((seat for seat in seats if seat is not None), None)


def _everywhere(binding: Binding) -> bool:
    return (binding.id or "").startswith("app.")


def focused(widget: Widget) -> bool:
    """Return whether `widget` or a widget within it has the focus."""
    return widget.has_focus or widget.has_focus_within
