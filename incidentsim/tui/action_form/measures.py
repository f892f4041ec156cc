"""Measures and their values, as regulatory deadlines ask about them: chosen from a list, a value each."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.domain.actions import measurement
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.widgets.choices import Choices, Notes, Options
from incidentsim.tui.widgets.line_list import Line, Piece, line

_MOST_DIGITS: Final = 12


class Measures(Choices):
    """A list in which lines bear values. What is `chosen` reads `measure=value`.

    Enter on a yes-or-no measure says yes, then no, then nothing again; on others it asks for the number.
    """

    def __init__(
        self,
        options: Options,
        written: Sequence[str],
        units: Mapping[str, str],
        *,
        notes: Notes | None = None,
        id: str | None = None,  # noqa: A002 - Textual's word
    ) -> None:
        """`written` are the values so far; what cannot be read of them is left out."""
        found = [one for one in map(measurement, written) if one is not None]
        self._units = units
        self._values = dict(found)
        super().__init__(options, [name for name, _value in found], several=True, notes=notes, id=id)
        self._collect()

    def action_choose(self) -> None:
        """Say yes or no, or ask for the number."""
        name = self.name_at_cursor
        if name is None:
            return
        if self._unit(name) == "flag":
            following = {None: 1, 1: 0}
            self._put(name, following.get(self._values.get(name)))
            return

        def take(answer: str | None) -> None:
            if answer is not None:
                self._answered(name, answer.strip())

        value = self._values.get(name)
        shown = "" if value is None else str(value // MINUTE if self._unit(name) == "duration" else value)
        self.app.push_screen(AskScreen(lambda: self._question(name), shown, accept=self._accept), take)

    def _question(self, name: str) -> str:
        title = next((title for option, title in self._options if option == name), name)
        asked = {
            "duration": _("How many minutes? (nothing: not known)"),
            "percent": _("How many percent, as a whole number? (nothing: not known)"),
            "money": _("How much, in whole units? (nothing: not known)"),
        }.get(self._unit(name), _("How many? (nothing: not known)"))
        return f"{title}\n{asked}"

    def _answered(self, name: str, answer: str) -> None:
        if not answer:
            self._put(name, None)
        else:
            self._put(name, int(answer) * (MINUTE if self._unit(name) == "duration" else 1))

    def _accept(self, answer: str) -> bool:
        number = answer.strip()
        will_do = not number or (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS)
        if not will_do:
            self.app.notify(_("Say a whole number."), severity="warning", markup=False)
        return will_do

    def _put(self, name: str, value: int | None) -> None:
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self._collect()
        self.changed()

    def _collect(self) -> None:
        self.chosen = [f"{name}={self._values[name]}" for name, _title in self._options if name in self._values]

    def _unit(self, name: str) -> str:
        return self._units.get(name, "count")

    def _drawn_option(self, name: str, title: str) -> Line:
        value = self._values.get(name)
        if value is None:
            return line("[ ] ", title, name=name)
        said = str(value)
        if self._unit(name) == "flag":
            said = _("yes") if value else _("no")
        elif self._unit(name) == "duration":
            said = _("{n} min").format(n=value // MINUTE)
        elif self._unit(name) == "percent":
            said = f"{value}%"
        return line(
            Piece("[x] ", "accent"), Piece(_("{title}: {value}").format(title=title, value=said), "strong"), name=name
        )
