"""Reports of shipped scenarios, and of runs in which every foreign text is a hostile one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from incidentsim.definitions.clock_packs import shipped_packs
from incidentsim.domain.facts import Fact, Json
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.clock_situation import clocks_of
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exports.account import Account
from incidentsim.exports.reports import Check, Clocks, ControlFinding, Kind, Pins
from tests.support.evaluating import evaluated, played, procedure, scenario

BOTH: Final[tuple[Language, ...]] = ("en", "zh")
KINDS: Final[tuple[Kind, ...]] = ("aar", "audit")
DIGEST: Final = "sha256:" + "0123456789abcdef" * 4
ROOT: Final = "ab" * 32
PINS: Final = Pins(
    run="20260501-080000-0badcafe",
    recorded_from="2026-05-01T08:00:00.000Z",
    recorded_to="2026-05-01T08:00:03.120Z",
    program="incidentsim 0.0",
    playbook_digest=DIGEST,
    scenario_digest=DIGEST,
    outcome_digest=DIGEST,
    size=107,
    head=DIGEST,
    root=ROOT,
    origin="example.invalid/exercises",
    decisions={"script": 30, "bot": 0, "person": 0},
    checks=(
        Check(Text("Chain of hashes", "散列链"), DIGEST, DIGEST, holds=True),
        Check(Text("Signature", "签名"), "valid", "missing", holds=False),
    ),
    unchecked=(Text("No checkpoint from outside was given.", "没有提供外部检查点。"),),
)
CONTROLS: Final = (
    ControlFinding("NIST SP 800-53", "IR-4", Text("Incident Handling", "事件处置"), found=True, sequences=(3, 8)),
    ControlFinding("NIST SP 800-53", "IR-5", Text("Incident Monitoring", "事件监测"), found=False, sequences=()),
)


def material(told: Scenario, facts: Sequence[Fact] | None = None) -> tuple[Account, Evaluation, Clocks]:
    """The three arguments that every format takes."""
    happened = facts if facts is not None else played(told)
    account = Account(happened, procedure_of(told), told, "en")
    return account, evaluated(told, happened), clocks_of(shipped_packs(), told, happened)


def procedure_of(told: Scenario) -> Any:
    """The playbook that a scenario is played by."""
    return procedure("false-alarm") if told.playbook == "platform-incidents" else procedure(told.id)


@cache
def shipped(name: str) -> tuple[Account, Evaluation, Clocks]:
    """A shipped scenario played by its script."""
    return material(scenario(name))


def hostile(words: str, name: str = "false-alarm") -> tuple[Account, Evaluation, Clocks]:
    """A shipped scenario in which titles, names, messages and everything typed say `words`."""
    told = scenario(name)
    text = Text(words, words)
    changed = replace(
        told,
        title=text,
        summary=text,
        organisation=replace(told.organisation, name=text, about=text),
        people={key: replace(person, name=text, desk=text) for key, person in told.people.items()},
        incidents={key: replace(incident, title=text) for key, incident in told.incidents.items()},
        injects=tuple(replace(inject, subject=text, body=text) for inject in told.injects),
        objectives=tuple(replace(objective, text=text) for objective in told.objectives),
    )
    facts = [
        replace(fact, data={key: _swapped(value, words) for key, value in fact.data.items()}) for fact in _played(name)
    ]
    return material(changed, facts)


@cache
def _played(name: str) -> tuple[Fact, ...]:
    return tuple(played(scenario(name)))


def _swapped(value: Json, words: str) -> Json:
    if isinstance(value, dict):
        if set(value) == {"text"}:
            return {"text": words}
        return {key: _swapped(one, words) for key, one in value.items()}
    return [_swapped(one, words) for one in value] if isinstance(value, list) else value


def without_versions(data: bytes) -> bytes:
    """A report with the versions of calendar and zone data named, not numbered: they are those of the machine."""
    for library in ("tzdata", "holidays"):
        data = data.replace(version(library).encode(), library.upper().encode())
    return data
