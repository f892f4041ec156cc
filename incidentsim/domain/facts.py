"""Facts: what happened, in the past tense, as small frozen records of strings, integers, booleans, lists and objects.

A fact holds no wall-clock time, no host, no name and no float, so that the same exercise gives the same facts
on every machine. Free text stands in it as `{"text": …}`, which the ledger replaces by a commitment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from incidentsim.domain.actions import Because, Value
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.text import FreeText, Text

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""What a fact may hold. Floats are missing on purpose."""

MAX_INT: Final = 2**53 - 1
"""The largest integer in a fact: the largest that every reader of JSON keeps exactly (RFC 7493)."""

FACT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "exercise_started": ("scenario", "playbook", "version", "seed", "starts", "people"),
    "exercise_ended": ("reason",),
    "inject_delivered": ("inject", "channel", "to"),
    "inject_withheld": ("inject",),
    "incident_raised": ("inject",),
    "circumstance_arose": ("circumstance", "person", "inject"),
    "step_taken": ("track", "do", "from", "to", "by", "with", "rule", "clause", "because"),
    "refused": ("do", "by", "with", "why", "rule", "clause", "allowed"),
    "level_set": ("level", "was", "because"),
    "anchor_reached": ("anchor", "rule", "clause", "because"),
    "measure_taken": ("measure", "value", "because"),
    "statutory_level_judged": ("scale", "level", "because"),
    "filed": ("clock", "because"),
    "duty_opened": ("duty", "number", "owed_by", "due", "rule", "clause", "because"),
    "duty_rescheduled": ("duty", "number", "due", "because"),
    "duty_settled": ("duty", "number", "late", "because"),
    "duty_breached": ("duty", "number", "owed_by", "rule", "clause"),
    "duty_dropped": ("duty", "number", "because"),
    "escalation_planned": ("duty", "number", "to", "due", "rule", "clause", "because"),
    "escalation_dropped": ("duty", "number", "rule", "because"),
    "escalated": ("to", "persons", "absent", "channel", "rule", "clause", "basis", "also", "number", "because"),
    "inject_moved": ("inject", "due"),
    "inject_skipped": ("inject",),
    "inject_added": ("inject", "to", "channel", "subject", "body"),
    "step_undone": ("first", "last", "reason"),
    "observed": ("about", "note"),
    "rating_set": ("objective", "task", "rating", "reason"),
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

IF_SAID: Final[Mapping[str, tuple[str, ...]]] = {"refused": ("because",)}
"""Parts that a fact of a kind has besides, if there is something to say."""

INTERVENTIONS: Final[frozenset[str]] = frozenset(
    {"inject_moved", "inject_skipped", "inject_added", "step_undone", "observed"}
)
"""Kinds of fact with which a facilitator's intervention is answered. See `domain.interventions`.

`step_undone` names the first and the last fact that count no more: all in between do not either, except what was
observed. `inject_added` holds the whole of an inject that the scenario does not have.
"""

AFTERWARDS: Final[frozenset[str]] = frozenset({"rating_set"})
"""Kinds of fact that people add once the exercise is over: they judge its outcome and are no part of it."""

REFUSALS: Final[tuple[str, ...]] = (
    "forbidden",
    "not_raised",
    "role_not_held",
    "away",
    "state",
    "role",
    "four_eyes",
    "content",
    "needs",
)
"""Why an action may be refused, in the order in which the kernel asks."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened `at` so many ms from the start. `data` must not be changed."""

    at: int
    kind: str
    incident: str | None
    data: Mapping[str, Json]

    def to_json(self) -> dict[str, Json]:
        """The fact as one flat object."""
        head: dict[str, Json] = {"at": self.at, "fact": self.kind}
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
        return cls(at, kind, incident, rest)

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


def content_to_json(content: Mapping[str, Value]) -> dict[str, Json]:
    """The content of an action as it stands in a fact, keys in alphabetical order.

    A refused action may hold anything; what no record can hold stands in the fact in writing: other characters of
    a key escaped, a number too large in hexadecimal.
    """
    return {name_to_json(name): value_to_json(content[name]) for name in sorted(content)}


def because_to_json(because: Because) -> dict[str, Json]:
    """Why somebody decided as they did, as it stands in a fact; what is empty is left out."""
    found: dict[str, Json] = {"reason": because.reason}
    if because.duty is not None:
        found["duty"] = because.duty
    if because.injects:
        found["injects"] = list(because.injects)
    if because.slips:
        found["slips"] = list(because.slips)
    return found


def value_to_json(value: Value) -> Json:
    """One value of an action's content as it stands in a fact."""
    if isinstance(value, FreeText):
        words = value.value
        if isinstance(words, Text):
            return {"text": {"en": _unicode(words.en), "zh": _unicode(words.zh)}}
        return {"text": _unicode(words)}
    if isinstance(value, tuple):
        return [_unicode(one) for one in value]
    if isinstance(value, str):
        return _unicode(value)
    return value if -MAX_INT <= value <= MAX_INT else hex(value)


def name_to_json(name: str) -> str:
    """The name of a piece of content as it stands in a fact, where keys are ASCII."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


def _unicode(words: str) -> str:
    """`words` with half characters (lone surrogates) escaped, which no UTF-8 can hold."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def free_text_of(value: Json) -> FreeText | None:
    """The free text that `value` stands for in a fact; `None` where it is none, or only a commitment to one."""
    if not isinstance(value, dict) or set(value) != {"text"}:
        return None
    words = value["text"]
    if isinstance(words, dict):
        return FreeText(Text(str(words["en"]), str(words["zh"])))
    return FreeText(str(words))


def matches(pattern: Pattern, fact: Fact) -> bool:
    """Whether `fact` looks like `pattern`. People are named by pseudonym."""
    if fact.kind != pattern.kind:
        return False
    if pattern.incident is not None and fact.incident != pattern.incident:
        return False
    data = fact.data
    for name in ("do", "track", "duty", "why", "circumstance", "inject", "level", "anchor", "clock"):
        wanted = getattr(pattern, name)
        if wanted is not None and data.get(name) != wanted:
            return False
    if pattern.state is not None and (fact.kind != "step_taken" or data["to"] != pattern.state):
        return False
    if pattern.by is not None and pattern.by not in (fact.actor() or ()):
        return False
    return pattern.to is None or _reached(pattern.to, data.get("to"), data.get("persons"))


def _reached(wanted: str, to: Json, persons: Json) -> bool:
    for named in (to, persons):
        if named == wanted or (isinstance(named, list) and wanted in cast("Sequence[str]", named)):
            return True
    return False
