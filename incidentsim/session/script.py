"""A run written down as a scenario with a script: what was decided, by whom and when, so that a replay repeats it.

The outcome digest of that replay is the run's own. What was expected of the scenario is left out: it spoke of other
decisions.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

from pydantic import ValidationError

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.languages import scenario_languages
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.rules.field_values import measure_to_script, script_text, script_value
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import DefinitionError, path_text
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.actions import Because
from incidentsim.domain.facts import (
    Actor,
    CoachingFact,
    CoachingSet,
    ContentValue,
    DecisionSource,
    ExerciseEnded,
    Fact,
    HintGiven,
    InjectAdded,
    InjectMoved,
    InjectSkipped,
    InterventionFact,
    MessageSent,
    Observed,
    Refused,
    StepTaken,
    StepUndone,
)
from incidentsim.domain.facts.wire import because_to_json
from incidentsim.domain.local_time import offset_words
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.messages import gettext as _

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

    Raises:
        RecordFaultError: they say what no script can.
    """
    findings = Findings(read_yaml(scenario_data, scenario.id))
    shape = validate(findings, ScenarioShape, scenario_languages(findings.document.value, playbook))
    if shape is None:
        raise findings.error()
    value = shape.model_dump(by_alias=True, exclude_defaults=True)
    ids = {person.pseudonym: person.id for person in scenario.people.values()}
    writer = _Writer(playbook, ids)
    value["seed"] = scenario.seed
    changes = scenario.local_time.changes(scenario.ends)
    if changes or _change_today(scenario_data, scenario, playbook):  # so that it does not hang on anybody's zone data
        value["clock_changes"] = [
            {"at": format_duration(at), "offset": offset_words(after)} for at, _before, after in changes
        ]
    value.pop("expect", None)
    value.pop("proficiency", None)
    decided = [fact for fact, source in zip(facts, sources, strict=True) if source in _DECIDED]
    try:
        value["script"] = [line for fact in decided for line in writer.lines(fact)]
        return scenario_to_yaml(ScenarioShape.model_validate(value))
    except (KeyError, ValueError) as error:  # facts that no exercise led to: whoever holds a key can sign anything
        message = _("This record cannot be written down as a script ({reason}).")
        raise RecordFaultError(message.format(reason=_reason(error))) from None


def _reason(error: KeyError | ValueError) -> str:
    """What stands in the way: of what is no line of a script, the place and what would be valid there."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{path_text(first['loc'])}: {first['msg']}"
    return str(error)


def _change_today(scenario_data: bytes, scenario: Scenario, playbook: Playbook) -> bool:
    """Whether by the zone data of today the clocks change in this exercise, or its start is not to be read by them."""
    try:
        today = read_scenario(scenario_data, scenario.id, playbook)
    except DefinitionError:
        return True
    return bool(today.local_time.changes(today.ends))


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
        self._measures = playbook.measures
        self._any = {name: field for (_do, name), field in self._fields.items()}

    def lines(self, fact: Fact) -> list[dict[str, Any]]:
        """The line that leads to this fact; none for what merely follows."""
        at = format_duration(fact.at)
        if isinstance(fact, StepTaken | Refused):
            return [self._decision(fact, fact.by, at)] if fact.by is not None else []
        if isinstance(fact, MessageSent):
            return [self._message(fact, at)] if fact.because is None else []
        if isinstance(fact, ExerciseEnded):
            return [{"at": at, "facilitator": "end"}]
        if isinstance(fact, InterventionFact):
            return [{"at": at, **self._intervention(fact)}]
        if isinstance(fact, CoachingFact):
            return [{"at": at, **self._coaching(fact)}]
        return []

    def _decision(self, fact: StepTaken | Refused, by: Actor, at: str) -> dict[str, Any]:
        line: dict[str, Any] = {
            "at": at,
            "by": self._ids[by.person],
            "as": by.role,
            "do": fact.do,
            "incident": fact.incident,
        }
        content = fact.content
        if content:
            line["with"] = {name: self._value(fact.do, name, value) for name, value in content.items()}
        if isinstance(fact.because, Because):
            line["because"] = because_to_json(fact.because)
        return line

    def _message(self, fact: MessageSent, at: str) -> dict[str, Any]:
        line: dict[str, Any] = {
            "at": at,
            "by": self._ids[fact.by.person],
            "as": fact.by.role,
            "say": fact.act.value,
            "to": [self._ids.get(name, name) for name in fact.to],
            "channel": fact.channel,
        }
        told = {
            "incident": fact.incident,
            "answers": fact.answers,
            "injects": list(fact.injects),
            "messages": list(fact.messages),
            "measures": {name: self._measure(name, value) for name, value in fact.measures.items()},
            "flags": dict(fact.flags),
            "text": None if fact.text is None else script_text(fact.text),
            "do": fact.do,
            "due": None if fact.due is None else format_duration(fact.due),
            "because": None if fact.grounds is None else because_to_json(fact.grounds),
        }
        return line | {key: value for key, value in told.items() if value not in (None, [], {}, "")}

    def _measure(self, name: str, value: int) -> int | bool | str:
        known = self._measures.get(name)
        return measure_to_script("count" if known is None else known.unit, value)

    def _value(self, do: str, name: str, value: ContentValue) -> Any:  # noqa: ANN401 - plain data
        field = self._fields.get((do, name)) or self._any.get(name)
        return script_value(None if field is None else field.kind, value, self._ids)

    def _coaching(self, fact: CoachingFact) -> dict[str, Any]:
        """What the coach did. It is part of the script: later facts cite others by their numbers, which a hint shifts.

        So a replay leads to the same facts, and whoever replays it knows that it was played with hints.
        """
        match fact:
            case CoachingSet():
                return {"coach": "helps", "to": [self._ids[person] for person in fact.people]}
            case HintGiven():
                line: dict[str, Any] = {
                    "coach": "hints",
                    "to": [self._ids[fact.person]],
                    "incident": fact.incident,
                    "acts": list(fact.acts),
                    "step": fact.step.value,
                }
                if fact.duty is not None:
                    line["duty"] = fact.duty
                return {**line, "unasked": True} if fact.unasked else line
            case _:
                assert_never(fact)

    def _intervention(self, fact: InterventionFact) -> dict[str, Any]:
        match fact:
            case InjectMoved():
                return {
                    "facilitator": "move",
                    "inject": fact.inject,
                    "due": format_duration(fact.due),
                }
            case InjectSkipped():
                return {"facilitator": "skip", "inject": fact.inject}
            case InjectAdded():
                line: dict[str, Any] = {
                    "facilitator": "add",
                    "to": [self._ids.get(name, name) for name in fact.to],
                    "channel": fact.channel,
                    "body": script_text(fact.body),
                }
                if subject := script_text(fact.subject):
                    line["subject"] = subject
                return line if fact.incident is None else {**line, "incident": fact.incident}
            case StepUndone():
                return {"facilitator": "undo", "reason": script_text(fact.reason)}
            case Observed():
                line = {"facilitator": "note", "text": script_text(fact.note)}
                if fact.appraisal is not None:
                    line["shows"] = fact.appraisal.value
                return line if fact.about is None else {**line, "about": fact.about}
            case _:
                assert_never(fact)
