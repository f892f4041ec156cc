"""Runs that are not over: what a record tells of them is the facilitator's, because people may still be playing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from incidentsim.cli.output import narrate
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.service import Service

F = TypeVar("F", bound=Callable[..., Any])


def facilitator_option() -> Callable[[F], F]:
    """`--facilitator`, for every command that tells what is on record."""
    return click.option(
        "--facilitator", is_flag=True, help=_("Tell of a run that people are still playing: you run that exercise.")
    )


def check_audience(service: "Service", run: str, *, facilitator: bool) -> None:
    """Say of a run that is not over whose view this is.

    A run that people play is told to its facilitator only, who says so: whoever plays it would read what has not
    reached them and how it is meant to end. Of a replay nobody can be spoiled, so there it is only said.

    Raises:
        InputError: people play it, and whoever asks is no `facilitator`.
        SurroundingsError: the database cannot be read.
    """
    going_on = service.records.going_on(run)
    if going_on is None:
        return
    if going_on.people and not facilitator:
        message = _(
            "The run {run} is not over and people play it: its record tells what they must not know yet, such as "
            "messages to others and what is still to come. If you run this exercise, say --facilitator."
        )
        raise InputError(message.format(run=going_on.run))
    message = _(
        "The run {run} is not over: this is the facilitator's view, which tells more than participants may know."
    )
    narrate(message.format(run=going_on.run))
