"""The files that came with a message: a text is read here, and any of them can be saved. Nothing is opened or run."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from incidentsim.messages import gettext as _
from incidentsim.session.attached_view import AttachmentView
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Detail
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.dialogs.detail import DetailScreen, Parts
from incidentsim.tui.dialogs.prompts import ChooseScreen
from incidentsim.tui.dialogs.save_as import save_as
from incidentsim.tui.table.details import teller

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.tui.shell import Shell


class AttachmentScreen(DetailScreen):
    """Shows what a file holds, as far as it is text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "save", N_("Save as a file"), id="attachment.save", tooltip=N_("Write it to a file of your choice")),
    ]

    def __init__(self, title: Callable[[], str], parts: Callable[[], Parts], save: Callable[[], None]) -> None:
        """`save` asks for the file to write it to."""
        super().__init__(title, parts)
        self._save = save

    def action_save(self) -> None:
        """Ask where to, and write it there."""
        self._save()


def look_at(seat: Seat, shell: "Shell", number: int) -> None:
    """Show the file that came with a message (by the number of its fact); where several did, let one be chosen."""

    def files() -> tuple[AttachmentView, ...]:
        return next((one.attachments for one in seat.view(shell.language).inbox if one.number == number), ())

    def choices() -> list[tuple[str, str]]:
        return [(str(place), file.words) for place, file in enumerate(files())]

    def chosen(place: str | None) -> None:
        if place is not None:
            _show(seat, shell, number, int(place))

    known = files()
    if len(known) == 1:
        _show(seat, shell, number, 0)
    elif known:
        shell.push_screen(ChooseScreen(lambda: _("Which attachment?"), choices), chosen)


def _show(seat: Seat, shell: "Shell", number: int, place: int) -> None:
    def ask(language: "Language") -> Detail:
        content = seat.attachment(number, place, language)
        return Detail(content.view.words, (("", content.told),))

    def save() -> None:
        content = seat.attachment(number, place, shell.language)
        save_as(shell, content.view.name, lambda _path: content.data)

    told = teller(shell, ask)
    shell.push_screen(AttachmentScreen(lambda: told().title, lambda: told().parts, save))
