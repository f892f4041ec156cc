"""Pages of long lists: how much is printed at once, and the sentence that says how much more there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import click

from incidentsim.cli.output import narrate, stdout_is_terminal
from incidentsim.cli.value_types import Number
from incidentsim.messages import gettext as _

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

ON_A_TERMINAL: Final = 100
"""So many lines of a list are printed on a terminal where nobody says how many; elsewhere all are."""


@dataclass(frozen=True, slots=True)
class Paging:
    """A page of a list: `page` counts from 1, `limit` is the length of a page, 0 for all of it, `None` unsaid."""

    limit: int | None
    page: int

    def cut(self, listed: Sequence[T], *, for_people: bool) -> Sequence[T]:
        """Return the page of the list, and tell the person on stderr how much there is besides.

        Args:
            listed: the whole list.
            for_people: it is printed as text, so that a terminal gets a page where nothing else was asked for.

        Raises:
            click.UsageError: there are not so many pages.
        """
        size = self._size(for_people=for_people)
        start = (self.page - 1) * size if size else 0
        if self.page > 1 and start >= len(listed):
            pages = -(-len(listed) // size) if size else 1
            message = _("There is no page {page}: the list has {total} lines, the last page is {pages}.")
            raise click.UsageError(message.format(page=self.page, total=len(listed), pages=max(pages, 1)))
        page = listed[start : start + size] if size else listed
        if len(page) < len(listed):
            self._tell(start, len(page), len(listed))
        return page

    def _size(self, *, for_people: bool) -> int:
        if self.limit is not None:
            return self.limit
        return ON_A_TERMINAL if self.page > 1 or (for_people and stdout_is_terminal()) else 0

    def _tell(self, start: int, shown: int, total: int) -> None:
        more = total - start - shown
        if more:
            message = _(
                "Shown are {first} to {last} of {total}; {more} more follow: --page {page} shows the next ones, "
                "--limit 0 shows all."
            )
        else:
            message = _("Shown are {first} to {last} of {total}; these are the last ones.")
        narrate(message.format(first=start + 1, last=start + shown, total=total, more=more, page=self.page + 1))


def paging_options() -> Callable[[F], F]:
    """`--limit` and `--page`, for commands that print a list that grows with the years."""

    def add(command: F) -> F:
        page = click.option(
            "--page", type=Number(min=1), default=1, metavar=_("NUMBER"), help=_("Which page of the list.")
        )
        limit = click.option(
            "--limit",
            type=Number(min=0),
            metavar=_("COUNT"),
            help=_("How long a page is; 0 for everything. Unless told, 100 on a terminal, and everything elsewhere."),
        )
        return limit(page(command))

    return add
