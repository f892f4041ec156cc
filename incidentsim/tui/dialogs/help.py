"""Help: the keys of the screen below, each with a sentence."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from incidentsim.exports.wording.plain_text import COLUMNS, pad, width
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, LocalizedScreen, key, spoken
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.text import Words, lines

_MARGIN = 3
"""Columns of a list that hold the cursor's mark and the scrollbar."""
_GAP = "  "
_LEAST = 20
"""However narrow the screen, a sentence has so many columns."""


class HelpScreen(LocalizedScreen, ModalScreen[None]):
    """The dialog with the help and the keys of another screen."""

    CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 90%; max-width: 96; height: 90%; background: $surface; border: round $primary; }
    HelpScreen #intro { padding: 0 2; max-height: 8; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,question_mark,f1", "dismiss", N_("Back"), id="help.back", tooltip=N_("Back to the screen")),
        key(
            "m",
            "app.open('manual')",
            N_("Manual"),
            id="help.manual",
            tooltip=N_("How to begin, play, facilitate, write and prove"),
        ),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        """`about` is the screen whose keys are told."""
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """A heading and the list."""
        with Vertical():
            yield Words(_("What can be done here"), id="title", classes="title")
            yield Words(id="intro")
            yield LineList(id="keys")
        yield KeyLine()

    def on_mount(self) -> None:
        """Tell the keys."""
        self._tell()
        self.query_one(LineList).focus()

    def on_resize(self) -> None:
        """Fit the texts to the width."""
        self.call_after_refresh(self._tell)

    def on_refitted(self) -> None:
        """Fit the texts to another width of the list."""
        self._tell()

    async def relocalize(self) -> None:
        """Tell them in another language."""
        self.query_one("#title", Words).say(_("What can be done here"))
        self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        if not self.stands("intro", "keys"):
            return
        intro = getattr(self._about, "help_words", None)
        told = self.query_one("#intro", Words)
        columns = max(self.query_one(LineList).size.width - _MARGIN, 20)
        told.say("\n".join(one for words in (intro() if callable(intro) else ()) for one in lines(words, columns - 2)))
        told.display = bool(told.said)
        self.query_one(LineList).show(key_lines(self._about, columns))

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the screen."""
        self.dismiss(result)


def key_lines(screen: Screen[Any], width_of_all: int = COLUMNS) -> list[Line]:
    """The keys of a screen: its own first, then those of what has the focus, then those that work everywhere."""
    drawn: list[Line] = []
    seen: set[tuple[str, object]] = set()
    groups: dict[str, list[tuple[str, str]]] = {}
    known = spoken(screen.active_bindings)
    for active in known.values():
        binding = active.binding
        if "." not in (binding.id or "") or (binding.action, active.node) in seen:
            continue  # those of the library have no ids: arrows and tabs do what they do everywhere
        seen.add((binding.action, active.node))
        keys = " ".join(
            screen.app.get_key_display(other.binding)
            for other in known.values()
            if other.binding.action == binding.action and other.node is active.node
        )
        everywhere = active.node is screen.app or (binding.id or "").startswith("app.")
        where = _("Everywhere") if everywhere else _("Here") if active.node is screen else _("In this part")
        said = (
            binding.tooltip
            if binding.tooltip == binding.description
            else _("{title}: {value}").format(title=binding.description, value=binding.tooltip)
        )
        groups.setdefault(where, []).append((keys, said))
    columns = max((width(keys) for rows in groups.values() for keys, _said in rows), default=0)
    for where in sorted(groups, key=[_("Here"), _("In this part"), _("Everywhere")].index):
        drawn += [line(""), line(Piece(where, "heading"))] if drawn else [line(Piece(where, "heading"))]
        for keys, said in groups[where]:
            first, *rest = lines(said, max(width_of_all - columns - len(_GAP), _LEAST))
            drawn.append(line(Piece(pad(keys, columns), "accent"), _GAP, first, name=f"{keys} {said}"))
            drawn += [line(" " * columns, _GAP, more) for more in rest]
    return drawn
