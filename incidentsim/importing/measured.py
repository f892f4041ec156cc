"""How grave it was, by a playbook's own measures: the values that an importer found, and the level that follows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from incidentsim.definitions.formats.amounts import written
from incidentsim.definitions.formats.durations import LONGEST
from incidentsim.definitions.formats.scenario import BIGGEST, MeasuredShape
from incidentsim.domain.meanings import MeasureMeaning
from incidentsim.domain.meanings.finding import measure_that_means
from incidentsim.domain.playbook import Playbook, Threshold

MEASURES: Final[Mapping[str, MeasureMeaning]] = {
    "personal_records": MeasureMeaning.PERSONAL_RECORDS,
    "sensitive_records": MeasureMeaning.SENSITIVE_RECORDS,
    "full_outage": MeasureMeaning.FULL_OUTAGE,
    "degraded": MeasureMeaning.DEGRADED,
    "direct_loss": MeasureMeaning.DIRECT_LOSS,
    "control_plane_compromised": MeasureMeaning.PRIVILEGED_ACCESS,
    "evidence_lost": MeasureMeaning.EVIDENCE_LOST,
    "attacker_active": MeasureMeaning.ATTACKER_ACTIVE,
}
"""The meaning that a playbook's measure has to have, by our name for it; what the playbook calls it does not matter."""

_YUAN: Final = re.compile(r"\b(yuan|rmb|cny)\b|人民币|(?<![美欧日港澳加])元", re.IGNORECASE)
"""How a measure of money says that it counts yuan, in which losses are reckoned here; formats name no currencies."""


@dataclass
class Measured:
    """Values by measure (durations in ms, flags 1), in the order in which they were found, and the level.

    `residual` says that no threshold was reached, so that the level is the one for everything else; `stated`, that
    the level is an assumption and rests on no value of the record; `estimate` is the threshold whose value is then
    assumed with it, where there is one that fits.
    """

    playbook: Playbook
    values: dict[str, int] = field(default_factory=dict)
    level: int | None = None
    residual: bool = False
    stated: bool = False
    estimate: Threshold | None = None

    def called(self, measure: str) -> str | None:
        """Return what the playbook calls a measure, a key of `MEASURES`; `None` where nothing in it means that."""
        name = measure_that_means(self.playbook, MEASURES[measure])
        if name is not None and measure == "direct_loss":
            title = self.playbook.measures[name].title
            return name if _YUAN.search(title.en) or _YUAN.search(title.zh) else None
        return name

    def has(self, measure: str) -> bool:
        """Return whether a value of a measure, a key of `MEASURES`, was found."""
        return self.called(measure) in self.values

    def knows(self, measure: str, unit: str) -> bool:
        """Return whether the playbook has, in this unit, a measure like `measure`, a key of `MEASURES`."""
        return self._name_of(measure, unit) is not None

    def put(self, measure: str, unit: str, value: int) -> bool:
        """Take a value, if the playbook has the measure; say whether it has."""
        known = self._name_of(measure, unit)
        if known is None:
            return False
        self.values[known] = min(value, LONGEST if unit == "duration" else BIGGEST)
        return True

    def least(self, measure: str, unit: str) -> int | None:
        """Return the lowest threshold of a measure, in its unit; `None` where the playbook has none for it."""
        name = self._name_of(measure, unit)
        thresholds = [threshold for level in self.playbook.levels.values() for threshold in level.any_of]
        return min((threshold.at_least for threshold in thresholds if threshold.measure == name), default=None)

    def state(self, level: int, *, loss_is_told: bool) -> None:
        """Set a level that is assumed; a value that makes another one is no reason for it.

        So that people can reason it, a figure is assumed with it: the least that makes the level, of a measure that the
        record says nothing about: a sum of money, unless `loss_is_told`, else users or customers.
        """
        self.level, self.values = level, {}
        self.residual, self.stated = False, True
        self.estimate = self._estimate(level, loss_is_told=loss_is_told)
        if self.estimate is not None:
            self.values[self.estimate.measure] = self.estimate.at_least

    def _estimate(self, level: int, *, loss_is_told: bool) -> Threshold | None:
        """The threshold whose value is assumed for a level; `None` where no measure of the playbook fits."""
        units = ("count", "percent", "money") if loss_is_told else ("money", "count", "percent")
        told = {self.called(measure) for measure in MEASURES if measure != "direct_loss" or loss_is_told}
        for unit in units:
            for threshold in self.playbook.levels[level].any_of:
                named = threshold.measure
                makes = self.playbook.judged_level({named: threshold.at_least})
                if self.playbook.measures[named].unit == unit and named not in told and makes == level:
                    return threshold
        return None

    def grade(self) -> None:
        """Find the level that the values give. An incident has one always: the mildest, where nothing gives another.

        A playbook without levels gives none.
        """
        if not self.playbook.levels:
            self.values = {}  # nothing is graded here, so nothing makes a level
            return
        self.level = self.playbook.judged_level(self.values)
        self.residual = not self._reach_a_threshold()
        if self.level is None:
            # The playbook has no level for everything else. The mildest then stands without a why.
            self.level, self.values = max(self.playbook.levels), {}

    def why(self) -> list[MeasuredShape]:
        """The values as a scenario file gives them."""
        return [
            MeasuredShape.model_validate(
                {"measure": measure, "is": written(value, self.playbook.measures[measure].unit)}
            )
            for measure, value in self.values.items()
        ]

    def _name_of(self, measure: str, unit: str) -> str | None:
        """What the playbook calls a measure; `None` where it has none like it in this unit."""
        name = self.called(measure)
        return name if name is not None and self.playbook.measures[name].unit == unit else None

    def _reach_a_threshold(self) -> bool:
        thresholds = [threshold for level in self.playbook.levels.values() for threshold in level.any_of]
        thresholds += [modifier.when for modifier in self.playbook.modifiers]
        return any(self.values.get(threshold.measure, -1) >= threshold.at_least for threshold in thresholds)
