"""Everything that a report of one run is made from."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidentsim.exports.reports.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentsim.exercise.controls.controls import ControlFinding
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.regulatory.views import ClockView
    from incidentsim.exports.wording.account import Account

    Clocks = Mapping[str, Sequence[ClockView]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One run with all that is known about it.

    Attributes:
        account: the record; its language does not matter.
        evaluation: how it went.
        clocks: where the regulatory deadlines of each incident stood at the end.
        pins: what ties a copy to the record.
        controls: which controls the run holds evidence for; `None` says that no map was applied.
    """

    account: "Account"
    evaluation: "Evaluation"
    clocks: "Clocks"
    provenance: Provenance = field(default_factory=Provenance)
    controls: "Sequence[ControlFinding] | None" = None
