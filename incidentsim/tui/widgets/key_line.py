"""The line at the foot of a screen that says which keys do something now.

It is drawn as one line. (Textual's own footer is a widget a key and builds them all anew whenever the focus moves,
each time with a layout of the whole screen: more than all else that a key makes a screen do.)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from incidentsim.tui.widgets.live_strip import LiveStrip

ELLIPSIS: Final = " …"
"""Stands where not all keys fit."""

LAST: Final = "app.help"
"""The key that is shown however narrow the screen is: it tells of all others."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key as the line shows it; `key` is what pressing it is called, `shown` how it is written."""

    name: str
    key: str
    shown: str
    description: str
    tooltip: str
    enabled: bool

    @property
    def label(self) -> str:
        """The key and its description, with a space on either side."""
        return f" {self.shown} {self.description} "


class KeyLine(Widget, can_focus=False):
    """Shows the keys of its screen that can be used now; a click on one is as good as the key."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--description"}
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; color: $footer-foreground; background: $footer-background;
        .key-line--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        .key-line--description { color: $footer-description-foreground; background: $footer-description-background; }
    }
    """

    def __init__(self, *, compact: bool = False) -> None:
        """Make a line; where it is `compact`, less space is between the keys."""
        super().__init__()
        self._compact = compact
        self._hints: tuple[Hint, ...] = ()

    def on_mount(self) -> None:
        """Follow the screen. Above a dialog stands how the exercise behind it goes on."""
        if isinstance(self.screen, ModalScreen):
            self.screen.mount(LiveStrip(), before=0)
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def _follow(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            hints = tuple(self._found())
            if hints != self._hints:
                self._hints = hints
                self.refresh()

    def _found(self) -> Iterator[Hint]:
        """What can be done, each action by the first of its keys."""
        actions = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.action not in actions:
                actions.add(binding.action)
                shown, told = self.app.get_key_display(binding), active.tooltip or binding.description
                yield Hint(binding.id or "", binding.key, shown, binding.description, told, active.enabled)

    def render(self) -> Content:
        """The keys that fit."""
        key, description = self.get_visual_style("key-line--key"), self.get_visual_style("key-line--description")
        parts: list[Content] = []
        for hint, label in self._placed():
            if hint is None:
                parts.append(Content.styled(label, description))
                continue
            pieces = label.partition(hint.shown)
            line = Content.assemble(Content.styled("".join(pieces[:2]), key), Content.styled(pieces[2], description))
            parts.append(line if hint.enabled else line.stylize("dim"))
        return Content("").join(parts)

    def _placed(self) -> Iterable[tuple[Hint | None, str]]:
        labels = [(hint, hint.label[self._compact :]) for hint in self._hints]
        return fitted(labels, self.size.width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that was clicked on."""
        hint = self.hint_at(event.x)
        if hint is not None and hint.enabled:
            self.app.simulate_key(hint.key)
        elif hint is not None:
            self.app.bell()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the pointer."""
        hint = self.hint_at(event.x)
        told = hint.tooltip if hint is not None else None
        if told != self.tooltip:
            self.tooltip = told

    def hint_at(self, column: int) -> Hint | None:
        """The key that is shown in a column, if any is."""
        begin = 0
        for hint, label in self._placed():
            begin += cell_len(label)
            if column < begin:
                return hint
        return None


def fitted(labels: list[tuple[Hint, str]], columns: int) -> list[tuple[Hint | None, str]]:
    """Return as many labels as fit into so many columns, in order.

    Where some are left out, an ellipsis with no hint stands before the key that is always shown.
    """
    widths = [cell_len(label) for _hint, label in labels]
    if sum(widths) <= columns:
        return list(labels)
    kept = [(place, label) for place, label in enumerate(labels) if label[0].name == LAST]
    room = columns - cell_len(ELLIPSIS) - sum(widths[place] for place, _one in kept)
    shown: list[tuple[Hint | None, str]] = []
    for place, label in enumerate(labels):
        if label[0].name == LAST:
            continue
        room -= widths[place]
        if room < 0:
            break
        shown.append(label)
    return [*shown, (None, ELLIPSIS), *(label for _place, label in kept)]
