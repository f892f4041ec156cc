"""Readers of definitions and of foreign records: one for each kind and format that the product's own tables name."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, get_args

from incidentsim import composition
from incidentsim.definitions.clocks.read import read_clock_pack
from incidentsim.definitions.controls.read import read_control_map, read_evidence
from incidentsim.definitions.library.files import Kind, head_of
from incidentsim.definitions.playbook.machines import check_tracks
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.scenario import outline
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.definitions.scenario.cards import scenario_card
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.attachments import ENDINGS
from incidentsim.domain.errors import InputError, ProcedureError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.regulatory.dates import known_calendars
from incidentsim.exercise.running.runner import execute, next_turn
from incidentsim.exports.wording.attached_files import content_words, file_words, paper_words
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.catalogue import listed
from incidentsim.importing.formats import FORMATS, ImportFormat
from incidentsim.session.course import Course
from tests.fuzzing.reader import Reader, scratch
from tests.support.attaching import LOG, PDF, png, put, with_attachments

FILE: Final = "input.yaml"
SMALL: Final = Path(__file__).parents[1] / "definitions" / "data"
PACKAGE: Final = Path(composition.__file__).parent
MOST_STEPS: Final = 300
"""Steps of an exercise that are played of a spoilt scenario."""


@cache
def small_playbook() -> Playbook:
    """The playbook of the tests, that small scenarios are played by."""
    return read_playbook((SMALL / "playbook.yaml").read_bytes(), "playbook.yaml")


@cache
def shipped_playbook() -> Playbook:
    """The larger of the shipped playbooks."""
    return read_playbook((composition.shipped("playbooks") / "platform-incidents.yaml").read_bytes(), "playbook.yaml")


def _files(*paths: Path) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in paths]


def _spoken() -> bytes:
    """The small scenario with messages in its script, and a sender of its first inject."""
    text = (SMALL / "scenario.yaml").read_text("utf-8")
    said = (
        '\n  - {at: 6m, by: ann, as: chief, say: order, to: [bob, team, "@incident", "@facilitator"], channel: phone, '
        "incident: leak, injects: [alarm], measures: {users: 12, outage: 1h, active: true}, flags: {unlawful: false}, "
        "text: {en: Stop, zh: 停}, do: grade, due: 2h}\n"
        "  - {at: 7m, by: bob, say: answer, to: [ann], channel: email, answers: 1, messages: [1]}\n\nexpect:"
    )
    return text.replace("\n\nexpect:", said).replace("- id: alarm\n", "- id: alarm\n    from: team\n").encode()


def _with_files() -> bytes:
    """The small scenario as a record keeps it, with a text and a picture."""
    folder = scratch() / "attached"
    files = [put(folder, "a.log", LOG), put(folder, "b.png", png())]
    text = with_attachments((SMALL / "scenario.yaml").read_text("utf-8"), *files)
    return standing_alone(text.encode(), FILE, folder)


@cache
def _one_message() -> str:
    """The small scenario with its first message alone: what is attached to it is what is read here."""
    return (SMALL / "scenario.yaml").read_text("utf-8").partition("  - {id: call")[0]


def _attachment(data: bytes) -> str | None:
    """A file beside a scenario, under each ending: read, told, kept in the scenario, and erased from it."""
    text, folder = _one_message(), scratch() / "attached"
    refused: list[InputError] = []
    for ending in ENDINGS:
        written = with_attachments(text, put(folder, f"input.{ending}", data)).encode()
        try:
            (file, *_others) = read_scenario(written, FILE, small_playbook(), folder=folder).injects[0].attachments
        except InputError as error:
            refused.append(error)
            continue
        for told in (file_words, content_words, paper_words):
            told(file.en)
        alone = standing_alone(written, FILE, folder)
        if read_scenario(alone, FILE, small_playbook()).injects[0].attachments != (file,):
            return "what the scenario keeps is another file"
        if (file.en.text or "").strip() and outline.without(alone, [file.en.text or ""], small_playbook()) == alone:
            return "a text that was erased stands in it all the same"
    if len(refused) == len(ENDINGS):
        raise refused[0]
    return None


def _by_size(paths: Iterable[Path]) -> list[bytes]:
    return sorted((path.read_bytes() for path in paths), key=len)


def _shipped(kind: str, *names: str) -> list[Path]:
    folder = composition.archetypes() if kind == "archetypes" else composition.shipped(kind)  # type: ignore[arg-type]
    return [folder / f"{name}.yaml" for name in names]


def _playbook(data: bytes) -> None:
    """Read it, and let bots play the small scenario by it where that fits."""
    head_of(data, FILE)
    playbook = read_playbook(data, FILE)
    check_tracks(playbook)
    if playbook.id == small_playbook().id:
        scenario = read_scenario((SMALL / "scenario.yaml").read_bytes(), "scenario.yaml", playbook)
        _play(CompiledPlaybook(playbook), scenario, bots=True)


def _scenario(data: bytes) -> None:
    """Read it as lists do, then wholly, then play its script."""
    named = head_of(data, FILE).playbook
    scenario_card(data, Path(FILE))
    playbook = small_playbook() if named == small_playbook().id else shipped_playbook()
    _play(_compiled(playbook.id), read_scenario(data, FILE, playbook), bots=False)


@cache
def _compiled(name: str) -> CompiledPlaybook:
    return CompiledPlaybook(small_playbook() if name == small_playbook().id else shipped_playbook())


def _play(compiled: CompiledPlaybook, scenario: Scenario, *, bots: bool) -> None:
    """Play so many steps of it, and report."""
    course = Course(Exercise(compiled, scenario), bots=bots)
    course.add(course.exercise.begin())
    for _step in range(MOST_STEPS):
        turn = next_turn(course.exercise, course.deciders)
        if turn is None or course.exercise.state.ended:
            break
        course.add(execute(course.exercise, turn)[0])
    course.view(None)


def _clocks(data: bytes) -> None:
    head_of(data, FILE)
    read_clock_pack(data, FILE, known_calendars())


def _archetype(data: bytes) -> None:
    head_of(data, FILE)
    listed(data, FILE)
    read_archetype(data, FILE, shipped_playbook())


def _controls(data: bytes) -> None:
    head_of(data, FILE)
    read_control_map(data, FILE, playbooks={shipped_playbook().id: shipped_playbook()})


def _evidence(data: bytes) -> None:
    head_of(data, FILE)
    read_evidence(data, FILE, {shipped_playbook().id: shipped_playbook()})


ROSTER: Final = b"""schema: incidentsim/roster/1
id: harbour
languages: [en, de]
title: {en: People of the harbour, de: Leute vom Hafen}
people:
  ann: {name: Ann, roles: [finder, chief], works: ["08:00/12:00", "13:00/17:00"], absent: [2021-07-01/2021-07-14]}
  bob: {name: {en: Bob, zh: "\\u9c8d", de: Bobo}, deputy_for: [lead], away: ["22:00/06:00"],
    desk: {en: Shop, de: Laden}}
  cat: {name: Cat, roles: [lead], away: always}
  eve: {name: Eve}
rota:
  helper: {since: 2021-06-28, every: 7d, people: [bob, eve]}
"""
"""A small roster with everything in it, whose people can play the small scenario."""


def _roster(data: bytes) -> None:
    """Read it, and have the small scenario played by its people."""
    head_of(data, FILE)
    roster = read_roster(data, FILE)
    text = (SMALL / "scenario.yaml").read_text("utf-8").replace("people:\n", f"people:\n  roster: {roster.id}\n")
    written, playbook = text.encode(), small_playbook()

    def rosters(_name: str) -> tuple[Path, bytes]:
        return Path(FILE), data

    scenario = read_scenario(written, FILE, playbook, rosters=rosters)
    alone = standing_alone(written, FILE, scratch(), playbook=playbook, rosters=rosters)
    if read_scenario(alone, FILE, playbook).people != scenario.people:
        raise AssertionError("what the scenario keeps are other people")


_DEFINITIONS: Final[Mapping[Kind, Reader]] = {
    "playbook": Reader(
        "playbook",
        _files(SMALL / "playbook.yaml", *_shipped("playbooks", "incident-command", "platform-incidents")),
        _playbook,
        share=12,
    ),
    "scenario": Reader(
        "scenario",
        lambda: [
            _spoken(),
            _with_files(),
            *_files(*_shipped("scenarios", "false-alarm", "site-cameras", "two-fires"))(),
        ],
        _scenario,
        (InputError, ProcedureError),
        share=15,
    ),
    "clocks": Reader("clocks", lambda: _by_size((PACKAGE / "clockpacks").glob("*.yaml")), _clocks, share=8),
    "archetype": Reader(
        "archetype",
        _files(*_shipped("archetypes", "false-alarm", "lost-laptop", "insider-export")),
        _archetype,
        share=5,
    ),
    "controls": Reader("controls", lambda: _by_size(PACKAGE.glob("controlmaps/[!e]*.yaml")), _controls, share=8),
    "roster": Reader("company-roster", lambda: [ROSTER], _roster, share=8),
    "evidence": Reader("evidence", _files(PACKAGE / "controlmaps" / "evidence.yaml"), _evidence, share=8),
}


def _record(**parts: object) -> bytes:
    """An invented VERIS record."""
    record = {
        "schema_version": "1.3.7",
        "incident_id": "invented-1",
        "source_id": "tests",
        "security_incident": "Confirmed",
        "summary": "Invented.",
        "timeline": {
            "incident": {"year": 2025, "month": 3, "day": 4},
            "discovery": {"unit": "Days", "value": 3},
            "exfiltration": {"unit": "Hours"},
        },
        "victim": {"victim_id": "Nobody", "industry": "518210", "employee_count": "101 to 1000", "country": ["DE"]},
        "actor": {"external": {"variety": ["Organized crime"], "motive": ["Financial"], "country": ["Unknown"]}},
        "action": {"hacking": {"variety": ["Use of stolen creds"], "vector": ["Web application"], "cve": "?"}},
        "asset": {"assets": [{"variety": "S - Database", "amount": 2}], "cloud": ["No"]},
        "attribute": {
            "confidentiality": {
                "data_disclosure": "Yes",
                "data_total": 4321,
                "data": [{"variety": "Personal", "amount": 4000}, {"variety": "Medical"}],
            },
            "availability": {"variety": ["Interruption"], "duration": {"unit": "Hours", "value": 7}},
        },
        "impact": {"overall_rating": "Damaging", "overall_amount": 120000, "iso_currency_code": "EUR"},
        "discovery_method": {"external": {"variety": ["Customer"]}},
        "plus": {"created": "2025-04-01T00:00:00Z", "modified": "2025-04-02"},
    }
    return json.dumps({**record, **parts}, ensure_ascii=False).encode()


def _veris_seeds() -> list[bytes]:
    plain, other = _record(), _record(incident_id="other", security_incident="Suspected", attribute={})
    wrong = _record(victim=[1, {"employee_count": 3.5}], timeline={"incident": {"year": "long ago"}})
    return [plain, b"[" + plain + b"," + other + b"]", plain + b"\n" + wrong + b"\n" + other + b"\n"]


_IMPORT_SEEDS: Final[Mapping[str, Callable[[], Sequence[bytes]]]] = {"veris": _veris_seeds}


def _importing(row: ImportFormat) -> Reader:
    def read(data: bytes) -> str | None:
        results = row.importer(
            data, "input" + row.suffix, shipped_playbook(), read_roster(ROSTER, FILE) if len(data) % 2 else None
        )
        for result in results:
            if isinstance(result, InputError):
                continue
            try:
                read_scenario(result.data, result.file_name, shipped_playbook())
            except InputError as error:
                return f"it made a scenario that cannot be read: {error}"
        return None

    return Reader(f"import-{row.id}", _IMPORT_SEEDS[row.id], read, share=12)


DEFINITION_READERS: Final[tuple[Reader, ...]] = (
    *(_DEFINITIONS[kind] for kind in get_args(Kind)),
    Reader("attachment", lambda: [LOG, PDF, png()], _attachment, share=6),
    *(_importing(row) for row in FORMATS),
)
"""A kind or format without a reader here is an error when this is imported."""
