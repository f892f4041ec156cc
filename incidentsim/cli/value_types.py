"""The types of parameters, with our own sentences: what was written, where, and what would be valid.

click's name types of Python and show ranges as formulas. Every command takes its words, numbers and days from here.
"""

from datetime import date
from typing import Any, Final, NoReturn

import click

from incidentsim.messages import gettext as _

_A_DAY: Final = date(2026, 11, 30)
"""The day that shows how days are written."""

_DAYS: Final = "%Y-%m-%d"


class Choice(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's
        """The word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            message = _("{name}: {value} is none of: {choices}.")
            _refuse(message, value, param, ctx, choices=words(self))


class Number(click.IntRange):
    """A whole number, within limits or without."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 - click's
        """The number."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            if self.min is None:
                message = _("{name}: {value} is not a whole number.")
            elif self.max is None:
                message = _("{name}: {value} is not a whole number, {least} or more.")
            else:
                message = _("{name}: {value} is not a whole number from {least} to {most}.")
            _refuse(message, value, param, ctx, least=self.min, most=self.max)


class Day(click.DateTime):
    """A day, as ISO 8601 writes it."""

    def __init__(self) -> None:
        super().__init__([_DAYS])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """The beginning of the day, without an offset."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            _refuse(_("{name}: {value} is not a day such as {example}."), value, param, ctx, example=_A_DAY.isoformat())


def named(parameter: click.Parameter | None) -> str:
    """Return the name of a parameter as the help gives it: an option's long form, an argument's placeholder."""
    if parameter is None:
        return ""
    if isinstance(parameter, click.Argument):
        return parameter.metavar or str(parameter.name).upper()
    return max(parameter.opts, key=len)


def words(choice: "click.Choice[str]") -> str:
    """Return the words that may be chosen, in one line."""
    return ", ".join(map(str, choice.choices))


def _refuse(
    message: str, value: object, parameter: click.Parameter | None, context: click.Context | None, **more: object
) -> NoReturn:
    from incidentsim.unseen import quoted

    raise click.UsageError(message.format(name=named(parameter), value=quoted(value), **more), context) from None
