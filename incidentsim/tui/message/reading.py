"""A message of the inbox in full, with the ways on from it."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual.binding import BindingType

from incidentsim.domain.facts import MessageAct
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.dialogs.detail import DetailScreen, Parts


class ReadScreen(DetailScreen):
    """Shows a message; gives the act that somebody wants to write about it, or `None`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "about('answer')", N_("Answer"), id="message.answer", tooltip=N_("Write an answer to its sender")),
        key("f", "about('forward')", N_("Forward"), id="message.forward", tooltip=N_("Pass it on to others")),
        key("t", "attached", N_("Attachments"), id="message.attached", tooltip=N_("Read or save what came with it")),
    ]

    def __init__(
        self,
        title: Callable[[], str],
        parts: Callable[[], Parts],
        acts: Collection[MessageAct],
        attached: Callable[[], None] | None = None,
    ) -> None:
        """`acts` are those that can be done about it; `attached` shows the files that came with it, if any did."""
        super().__init__(title, parts)
        self._acts = frozenset(act.value for act in acts)
        self._attached = attached

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done about it is offered."""
        if action == "attached":
            return self._attached is not None
        return parameters[0] in self._acts if action == "about" else super().check_action(action, parameters)

    def action_attached(self) -> None:
        """Look at the files that came with it."""
        if self._attached is not None:
            self._attached()

    def action_about(self, act: str) -> None:
        """Write about it."""
        self.dismiss(act)
