"""One fact, and which parts each kind of fact has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from incidentsim.domain.facts.kinds import FactKind
from incidentsim.domain.facts.texts import Json
from incidentsim.messages import gettext as _

FACT_FIELDS: Final[Mapping[FactKind, tuple[str, ...]]] = {
    FactKind.EXERCISE_STARTED: ("scenario", "playbook", "version", "seed", "starts", "people"),
    FactKind.EXERCISE_ENDED: ("reason",),
    FactKind.INJECT_DELIVERED: ("inject", "channel", "to"),
    FactKind.INJECT_WITHHELD: ("inject",),
    FactKind.INCIDENT_RAISED: ("inject",),
    FactKind.CIRCUMSTANCE_AROSE: ("circumstance", "person", "inject"),
    FactKind.STEP_TAKEN: ("track", "do", "from", "to", "by", "with", "rule", "clause", "because"),
    FactKind.REFUSED: ("do", "by", "with", "why", "rule", "clause", "allowed"),
    FactKind.LEVEL_SET: ("level", "was", "because"),
    FactKind.ANCHOR_REACHED: ("anchor", "rule", "clause", "because"),
    FactKind.MEASURE_TAKEN: ("measure", "value", "because"),
    FactKind.STATUTORY_LEVEL_JUDGED: ("scale", "level", "because"),
    FactKind.FILED: ("clock", "because"),
    FactKind.DUTY_OPENED: ("duty", "number", "owed_by", "due", "rule", "clause", "because"),
    FactKind.DUTY_RESCHEDULED: ("duty", "number", "due", "because"),
    FactKind.DUTY_SETTLED: ("duty", "number", "late", "because"),
    FactKind.DUTY_BREACHED: ("duty", "number", "owed_by", "rule", "clause"),
    FactKind.DUTY_DROPPED: ("duty", "number", "because"),
    FactKind.ESCALATION_PLANNED: ("duty", "number", "to", "due", "rule", "clause", "because"),
    FactKind.ESCALATION_DROPPED: ("duty", "number", "rule", "because"),
    FactKind.ESCALATED: ("to", "persons", "absent", "channel", "rule", "clause", "basis", "also", "number", "because"),
    FactKind.INJECT_MOVED: ("inject", "due"),
    FactKind.INJECT_SKIPPED: ("inject",),
    FactKind.INJECT_ADDED: ("inject", "to", "channel", "subject", "body"),
    FactKind.STEP_UNDONE: ("first", "last", "reason"),
    FactKind.OBSERVED: ("about", "note"),
    FactKind.RATING_SET: ("objective", "task", "rating", "reason"),
}
"""Every kind of fact, with the parts it has besides `at`, `fact` and (where it concerns one) `incident`.

`because` is the sequence number of the fact that caused this one, or, where somebody decided and said why, an object
(see `because_to_json`); a refusal holds it only then. `due` is a time in ms from the start, `number`
counts the duties of an exercise from 1. An escalation's `number` is that of the late duty it is about, if any, `also`
are the further rules that asked for the same at the same moment, `absent` the holders who are not there. An escalation
that was planned is carried out, dropped because its condition holds no more when it is due, or pointless because the
duty is over.

Four kinds are what regulatory clocks are reckoned from: a kind of moment was reached (`anchor`, the first time for
the incident), a value of a measure of the clock packs became known, a level of a statutory scale was judged (`level`
is a string there, `null` for none of the scale's), and the filing of a clock was made. When a filing is due stands
in no fact: it follows from these, from the law and from calendars, and is reckoned where it is shown.
"""

IF_SAID: Final[Mapping[FactKind, tuple[str, ...]]] = {FactKind.REFUSED: ("because",)}
"""Parts that a fact of a kind has besides, if there is something to say."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened `at` so many ms from the start. `data` must not be changed."""

    at: int
    kind: FactKind
    incident: str | None
    data: Mapping[str, Json]

    def to_json(self) -> dict[str, Json]:
        """The fact as one flat object."""
        head: dict[str, Json] = {"at": self.at, "fact": self.kind.value}
        if self.incident is not None:
            head["incident"] = self.incident
        head.update(self.data)
        return head

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> "Fact":
        """The fact that `to_json` wrote.

        Raises:
            KeyError: `at` or `fact` is missing.
            TypeError: one of them is not of its type.
        """
        rest = dict(value)
        at, kind, incident = rest.pop("at"), rest.pop("fact"), rest.pop("incident", None)
        if type(at) is not int or not isinstance(kind, str) or not isinstance(incident, str | None):
            raise TypeError("a fact needs an integer `at`, a string `fact` and, if any, a string `incident`")
        if kind not in FACT_FIELDS:
            raise TypeError(_("there is no kind of fact {kind}").format(kind=kind))
        return cls(at, FactKind(kind), incident, rest)

    def text(self, name: str) -> str:
        """The part `name`, which must be a string."""
        return cast("str", self.data[name])

    def number(self, name: str) -> int:
        """The part `name`, which must be an integer."""
        return cast("int", self.data[name])

    def actor(self) -> tuple[str, str] | None:
        """The pseudonym and role of whoever acted; `None` where nobody did."""
        by = self.data.get("by")
        return (cast("str", by["person"]), cast("str", by["role"])) if isinstance(by, dict) else None
