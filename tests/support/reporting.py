"""Reports of shipped scenarios, and of runs in which every foreign text is a hostile one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.controls import Control, ControlMap, Evidence, Relation
from incidentsim.domain.facts import DecisionSource, Fact, Json
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.controls.controls import ControlFinding, EvidenceFound
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exports.documents.model import (
    Bar,
    Blank,
    Document,
    Heading,
    Lane,
    Listing,
    Mark,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Row,
    Stretch,
    Table,
    Terms,
)
from incidentsim.exports.reports import Check, Dossier, Kind, Provenance
from incidentsim.exports.wording.account import Account
from tests.support.evaluating import evaluated, played, procedure, scenario
from tests.support.facts import acting, on_record
from tests.support.facts import changed as other

BOTH: Final[tuple[Language, ...]] = ("en", "zh")
KINDS: Final[tuple[Kind, ...]] = ("aar", "audit")
DIGEST: Final = "sha256:" + "0123456789abcdef" * 4
ROOT: Final = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="
PINS: Final = Provenance(
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
    origin="incidentsim/run/20260501-080000-0badcafe",
    checks=(
        Check(Text("Chain of hashes", "散列链"), holds=True),
        Check(Text("Times of recording", "记录时间"), holds=False, sequence=7, expected="08:00", found="07:59"),
    ),
    unchecked=(Text("No checkpoint from outside was given.", "没有提供外部检查点。"),),
)


def _control(name: str, title: Text, places: tuple[int, ...], relation: Relation = "simulated") -> ControlFinding:
    piece = Evidence(f"evidence-{name}", Text("Something that was done", "做了某件事"))
    control = Control(name, title, relation, (piece,))
    return ControlFinding(FRAMEWORK, control, (EvidenceFound(piece, places),))


FRAMEWORK: Final = ControlMap(
    id="an-example",
    title=Text("Example of a standard", "标准示例"),
    publisher="Nobody",
    version="2026",
    source="https://example.invalid/standard",
    shows=Text("A run shows that people practised.", "演练表明人员进行过操练。"),
    controls=(),
)
CONTROLS: Final = (
    _control("IR-4", Text("Incident Handling", "事件处置"), (3, 8)),
    _control("IR-5", Text("Incident Monitoring", "事件监测"), ()),
    _control("IR-3", Text("Incident Response Testing", "事件响应测试"), (0, *range(7, 60, 2), 61, 62, 63), "exercise"),
)


def material(told: Scenario, facts: Sequence[Fact] | None = None, **more: Any) -> Dossier:
    """What every format is made from; `more` are further parts of it."""
    happened = facts if facts is not None else played(told)
    account = Account(happened, procedure_of(told), told, "en")
    return Dossier(account, evaluated(told, happened), clocks_of(shipped_packs(), told, happened), **more)


def decided(dossier: Dossier, source: DecisionSource = DecisionSource.SCRIPT, **more: Any) -> Dossier:
    """The same, where every decision came from `source`; `more` are further pins."""
    sources = tuple(DecisionSource.ENGINE if acting(fact) is None else source for fact in dossier.account.facts)
    return replace(dossier, provenance=replace(dossier.provenance, sources=sources, **more))


def procedure_of(told: Scenario) -> Any:
    """The playbook that a scenario is played by."""
    return procedure("false-alarm") if told.playbook == "platform-incidents" else procedure(told.id)


@cache
def _shipped(name: str) -> Dossier:
    return material(scenario(name))


def shipped(name: str, **more: Any) -> Dossier:
    """A shipped scenario played by its script; `more` are further parts of the dossier."""
    return replace(_shipped(name), **more)


def hostile(words: str, name: str = "false-alarm", **more: Any) -> Dossier:
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
        other(fact, **{key: _swapped(value, words) for key, value in on_record(fact).items()}) for fact in _played(name)
    ]
    return material(changed, facts, **more)


@cache
def _played(name: str) -> tuple[Fact, ...]:
    return tuple(played(scenario(name)))


def _swapped(value: Json, words: str) -> Json:
    if isinstance(value, dict):
        if set(value) == {"text"}:
            return {"text": words}
        return {key: _swapped(one, words) for key, one in value.items()}
    return [_swapped(one, words) for one in value] if isinstance(value, list) else value


def everything(words: str) -> Document:
    """A report with every kind of block, each of which says `words`: what a whole one has, but small."""
    mark = Mark(0, "refused", words, words)
    picture = Picture(
        title=words,
        words=words,
        lanes=(Lane(words, (Stretch(0, 60_000, words),), (mark,)),),
        bars=(Bar(words, 0, 30_000, None, words),),
        ends=60_000,
        times={0: ("09:00", "2026-01-01"), 30_000: ("09:00", "2026-01-01"), 60_000: ("09:01", "2026-01-01")},
        kinds={"step": words, "due": words, "late": words},
        left_out=words,
    )
    rows = (
        Row((Numbers((0,)), words), "undone", 0),
        Row((words, Numbers((0, 1, 2, 5), 3)), "late"),
        Row((words, words), "group"),
    )
    blocks = (
        Heading(2, words),
        Paragraph(words, important=True),
        Heading(3, words),
        Paragraph(words),
        Quotation(words),
        Blank(words, 2),
        Listing((words, words)),
        Terms(((words, words),)),
        Table((words, words), rows, (1, 3)),
        Table((words,), (Row((words,)),), (1,), room=3),
        picture,
    )
    parts = tuple(Part(language, words, words, "Contents", words, blocks) for language in BOTH)
    return Document(datetime(2026, 5, 1, tzinfo=UTC), parts)


def without_versions(data: bytes) -> bytes:
    """A report with the versions of calendar and zone data named, not numbered: they are those of the machine."""
    for library in ("tzdata", "holidays"):
        data = data.replace(version(library).encode(), library.upper().encode())
    return data
