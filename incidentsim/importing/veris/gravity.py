"""Gravity that a record states and a playbook has no measure for: the level is then an assumption, and said to be one.

The truth of a story must not contradict it: nobody is told that trade secrets are gone, or that the damage threatens
the company, and graded as if nothing had happened. Where figures make the level at least as grave, they count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.importing.measured import Measured
from incidentsim.importing.veris.content import Facts
from incidentsim.importing.veris.disclosure import KINDS, SECRET, is_disclosure
from incidentsim.importing.veris.loss import Loss
from incidentsim.importing.veris.record import Record
from incidentsim.messages import gettext as _

_RANKS: Final = 4
"""The ranks of gravity go from 0, the most severe, to this one, which is no reason for any level but the mildest."""

_OVERALL: Final[Mapping[str, int]] = {"catastrophic": 0, "damaging": 1, "painful": 2, "distracting": 3}
_OF_A_LOSS: Final[Mapping[str, int]] = {"major": 2, "moderate": 3}
_SECRETS: Final = 2
_SOMETHING: Final = 3
"""Assumptions of ours: secrets are worth a middle level, and whatever happened is more than a near miss."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A gravity that the record states: where, how grave, and the sentence that says what is assumed."""

    path: Path
    rank: int
    message: str


def assume_stated_gravity(record: Record, facts: Facts, loss: Loss, measured: Measured, outage: Path | None) -> None:
    """Set the level to what the record states, where that is more severe than what the figures make.

    Args:
        record: the record, in which the assumption is noted.
        facts: what it says.
        loss: the damage that it speaks of.
        measured: the values found so far, graded.
        outage: the place of an outage that the playbook has no measure for, if there is one.
    """
    levels = sorted(measured.playbook.levels)
    statements = [*_ratings(loss), *(_happened(record, facts, outage) if measured.residual else ())]
    stated = min(statements, key=lambda one: one.rank, default=None)
    level = None if stated is None else levels[stated.rank * (len(levels) - 1) // _RANKS]
    more_severe = level is not None and measured.level is not None and level < measured.level
    if (
        loss.rating is not None
        and loss.rating.id != "unknown"
        and not (more_severe and stated and stated.path == loss.rating.path)
    ):
        record.drop(loss.rating.path, _("It is told; what else is known makes the level at least as grave."))
    if stated is None or level is None or not more_severe:
        return
    record.assume(stated.path, stated.message.format(level=level, playbook=measured.playbook.id))
    if any(measured.values.values()):
        message = _("The figures are told, but alone they would make level {level}; the level does not rest on them.")
        record.assume((), message.format(level=measured.level))
    measured.state(level, loss_is_told=loss.is_told)


def _ratings(loss: Loss) -> Iterator[_Stated]:
    if loss.rating is not None and loss.rating.id in _OVERALL:
        message = _(
            "The record rates the damage as a whole more severe than its figures; level {level} is assumed for that."
        )
        yield _Stated(loss.rating.path, _OVERALL[loss.rating.id], message)
    for item in loss.items:
        measured = bool(item.amount) and loss.currency is not None
        if item.rating is not None and item.rating.id in _OF_A_LOSS and not measured:
            message = _("The record rates a loss for which it has no figure; level {level} is assumed for that.")
            yield _Stated(item.rating.path, _OF_A_LOSS[item.rating.id], message)


def _happened(record: Record, facts: Facts, outage: Path | None) -> Iterator[_Stated]:
    """What happened and reaches no threshold, because the playbook does not measure it."""
    if is_disclosure(record, facts):
        secret = any(kind.id in SECRET for kind in facts.kinds)
        message = _(
            "The playbook {playbook} has no measure for the data that was, or may have been, disclosed; level {level} "
            "is assumed for that."
        )
        yield _Stated(KINDS, _SECRETS if secret else _SOMETHING, message)
    if outage is not None:
        message = _("The playbook {playbook} has no measure for what is out of use; level {level} is assumed for that.")
        yield _Stated(outage, _SOMETHING, message)
