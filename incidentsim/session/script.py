"""A run written down as a scenario with a script: what was decided, by whom and when, so that a replay repeats it.

The outcome digest of that replay is the run's own. What was expected of the scenario is left out: it spoke of other
decisions.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.rules.field_values import script_text, script_value
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.facts import INTERVENTIONS, DecisionSource, Fact, FactKind, Json, free_text_of
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario

_DECIDED: Final = frozenset({DecisionSource.SCRIPT, DecisionSource.BOT, DecisionSource.PERSON})


def scripted(
    scenario_data: bytes,
    scenario: Scenario,
    playbook: Playbook,
    facts: Sequence[Fact],
    sources: Sequence[DecisionSource],
) -> bytes:
    """The scenario file that replays these facts.

    Args:
        scenario_data: the file of the scenario that was played.
        scenario: the same, read, with the seed that was played.
        playbook: the procedure it was played by.
        facts: what happened.
        sources: whose decision each fact followed from.
    """
    findings = Findings(read_yaml(scenario_data, scenario.id))
    shape = validate(findings, ScenarioShape)
    if shape is None:
        raise findings.error()
    value = shape.model_dump(by_alias=True, exclude_defaults=True)
    ids = {person.pseudonym: person.id for person in scenario.people.values()}
    writer = _Writer(playbook, ids)
    value["seed"] = scenario.seed
    value["script"] = [
        line for fact, source in zip(facts, sources, strict=True) if source in _DECIDED for line in writer.lines(fact)
    ]
    value.pop("expect", None)
    value.pop("proficiency", None)
    return scenario_to_yaml(ScenarioShape.model_validate(value))


class _Writer:
    """Turns facts into lines of a script."""

    def __init__(self, playbook: Playbook, ids: Mapping[str, str]) -> None:
        self._ids = ids
        self._fields = {
            (step.do, field.name): field
            for track in playbook.tracks.values()
            for step in track.steps
            for field in step.fields
        }
        self._any = {name: field for (_do, name), field in self._fields.items()}

    def lines(self, fact: Fact) -> list[dict[str, Any]]:
        """The line that leads to this fact; none for what merely follows."""
        at = format_duration(fact.at)
        if fact.kind in {FactKind.STEP_TAKEN, FactKind.REFUSED}:
            return [self._decision(fact, at)] if fact.data["by"] is not None else []
        if fact.kind == FactKind.EXERCISE_ENDED:
            return [{"at": at, "facilitator": "end"}]
        return [{"at": at, **self._intervention(fact)}] if fact.kind in INTERVENTIONS else []

    def _decision(self, fact: Fact, at: str) -> dict[str, Any]:
        by = cast("dict[str, str]", fact.data["by"])
        line: dict[str, Any] = {
            "at": at,
            "by": self._ids[by["person"]],
            "as": by["role"],
            "do": fact.text("do"),
            "on": fact.incident,
        }
        content = cast("dict[str, Json]", fact.data["with"])
        if content:
            line["with"] = {name: self._value(fact.text("do"), name, value) for name, value in content.items()}
        because = fact.data.get("because")
        if isinstance(because, dict):
            line["because"] = {name: value for name, value in because.items() if value}
        return line

    def _value(self, do: str, name: str, value: Json) -> Any:  # noqa: ANN401 - plain data
        field = self._fields.get((do, name)) or self._any.get(name)
        return script_value(None if field is None else field.kind, value, self._ids)

    def _intervention(self, fact: Fact) -> dict[str, Any]:
        data = fact.data
        match fact.kind:
            case FactKind.INJECT_MOVED:
                return {
                    "facilitator": "move",
                    "inject": data["inject"],
                    "due": format_duration(fact.number("due")),
                }
            case FactKind.INJECT_SKIPPED:
                return {"facilitator": "skip", "inject": data["inject"]}
            case FactKind.INJECT_ADDED:
                line: dict[str, Any] = {
                    "facilitator": "add",
                    "to": [self._ids.get(str(one), one) for one in cast("list[str]", data["to"])],
                    "channel": data["channel"],
                    "body": _text(data["body"]),
                }
                if _text(data["subject"]):
                    line["subject"] = _text(data["subject"])
                return line if fact.incident is None else {**line, "on": fact.incident}
            case FactKind.STEP_UNDONE:
                return {"facilitator": "undo", "reason": _text(data["reason"])}
            case _:
                line = {"facilitator": "note", "text": _text(data["note"])}
                return line if data["about"] is None else {**line, "about": data["about"]}


def _text(value: Json) -> str | dict[str, str]:
    words = free_text_of(value)
    return script_text(words) if words is not None else ""
