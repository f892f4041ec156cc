"""`erase`: after it every command goes on, with a word in the place of what was erased, and none shows it any more.

The few commands here that are refused after an erasure say in a sentence why.
"""

import io
import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.cli import command_table, confirming
from incidentsim.exports.formats import FORMATS
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Seats, holders
from tests.cli.conftest import Outcome, Run
from tests.support.erasing import KINDS_WITH_TEXTS, MARK, play, read, with_texts
from tests.support.evidence import private_pem

NAMES = ("Gu Yan", "顾岩")
"""Of p2, who plays the main part in the run."""


class World:
    """A service on a store in memory that holds the eventful run, in which texts, a name or both were erased."""

    def __init__(self, *, texts: bool, person: bool) -> None:
        self.store = MemoryStore()
        self.texts, self.person = texts, person
        numbers = itertools.count(1)
        self.service = Service(
            library=composition.library(),
            store=self.store,
            now=lambda: datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
            new_id=lambda: f"run-{next(numbers)}",
            salts=bytes,
            program="incidentsim test",
        )
        self.run = play(self.service)
        self.written = with_texts(read(self.store, self.run))
        erased = self.service.erasures.erase(self.run, [*self.written] if texts else (), ["p2"] if person else ())
        self.facts = erased.facts


@pytest.fixture(scope="module", params=["texts", "person", "both"])
def world(request: pytest.FixtureRequest) -> World:
    return World(texts=request.param != "person", person=request.param != "texts")


@pytest.fixture
def go(world: World, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs a command line on that world, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    Path("key.pem").write_bytes(private_pem(2))
    Path("key.pem").chmod(0o600)

    def call(*argv: str) -> Outcome:
        return run(*argv, opener=lambda *, record: world.service)  # noqa: ARG005 - the way into the service

    return call


def test_the_run_holds_every_kind_of_fact_that_can_hold_words() -> None:
    """A new kind with a text must get into the run, so that all below is tried with it as well."""
    world = World(texts=False, person=True)
    assert set(world.written.values()) == set(KINDS_WITH_TEXTS)


BUNDLE = ["export", "last", "--format", "bundle", "-o", "b.zip", "--key", "key.pem"]
CALLS: dict[str, list[list[str]]] = {
    "runs": [["runs"], ["runs", "--format", "json"], ["runs", "script", "last"]],
    "show": [["show", "last"], ["--lang", "zh", "show", "last"], ["show", "last", "--format", "json"],
             ["show", "b.zip"]],
    "export": [
        *(
            ["export", "last", "--format", name, "--report", report, "-o", "out"]
            for name in ("md", "html", "docx", "xlsx")
            for report in ("aar", "audit")
        ),
        ["export", "last", "--format", "bundle", "-o", "c.zip", "--key", "key.pem"],
        *(["export", "last", "--format", name, "-o", "out"] for name in ("jsonl", "controls", "oscal")),
        *(["export", "last", "--format", "csv", "--table", name] for name in ("timeline", "ratings")),
        ["export", "last", "--format", "md", "--in", "both"],
        ["export", "b.zip", "--format", "md"],
        ["export", "last", "--format", "bundle", "--pseudonymise", "-o", "p.zip", "--key", "key.pem"],
    ],
    "erase": [["erase", "last", "--yes", "--text", "0"]],
    "verify": [["verify", "last"], ["verify", "last", "--format", "json"], ["verify", "b.zip"]],
    "prove": [["prove", "b.zip", "3"], ["prove", "b.zip", "0", "--disclose", "all"]],
    "cosign": [["cosign", "b.zip", "--key", "key.pem", "--name", "auditor"]],
    "compare": [
        ["compare", "last", "last"], ["compare", "last", "last", "--format", "json"], ["compare", "b.zip", "last"],
        ["compare", "last"], ["compare", "b.zip", "--format", "json"],
        ["compare", "last", "--forecast", "--plays", "1"],
    ],
    "rejudge": [
        ["rejudge", "last", "--playbook", "platform-incidents"],
        ["rejudge", "b.zip", "--playbook", "platform-incidents"],
    ],
    "hotwash": [["hotwash", "last"], ["hotwash", "last", "--format", "json"]],
    "improvements": [
        ["improvements"],
        ["improvements", "--format", "json"],
        ["improvements", "add", "last", "Write it down"],
    ],
    "rate": [["rate", "last", "judge-report", "P", "--reason", "Seen again."]],
    "replay": [["replay", "--resume", "last"]],
    "play": [["play", "--resume", "last"]],
}  # fmt: skip
"""What each command does with a run; every command that is given one is here."""

WITHOUT_RUNS = {
    "demo",
    "plan",
    "new",
    "adopt",
    "generate",
    "preview",
    "check",
    "import",
    "explain",
    "schema",
    "diagram",
    "glossary",
    "manual",
    "settings",
}
"""Commands that read files and shipped scenarios, and no run."""

REFUSED = {"play": 2, "erase": 2}
"""By their nature: the run is over, and fact 0 holds no text."""
WITHOUT_SCENARIO = {"rejudge", "runs script"}
"""These would play the scenario again."""


def test_every_command_and_every_form_has_a_call() -> None:
    assert CALLS.keys() | WITHOUT_RUNS == set(command_table.names())
    assert not CALLS.keys() & WITHOUT_RUNS
    forms = {call[call.index("--format") + 1] for call in CALLS["export"]}
    assert forms == {row.id for row in FORMATS if row.command == "export"} - {"pdf"}


def code_of(call: list[str], *, person: bool) -> int:
    name = next(part for part in call if not part.startswith("--") and part != "zh")
    if name == "cosign":  # with the key that has signed already
        return 2
    if person and (name in WITHOUT_SCENARIO or call[:2] == ["runs", "script"]):
        return 2
    if person and "--forecast" in call:
        return 2
    if name == "replay":  # ended by the facilitator, so what was expected did not come about
        return 1
    return REFUSED.get(name, 0)


SAMPLE = [
    ["show", "last"],
    ["runs", "script", "last"],
    ["rejudge", "last", "--playbook", "platform-incidents"],
    ["verify", "last", "--format", "json"],
    ["export", "last", "--format", "csv", "--table", "timeline"],
    ["compare", "last", "last", "--format", "json"],
]


def check(call: list[str], go: Callable[..., Outcome], world: World) -> None:
    if "b.zip" in call:
        assert go(*BUNDLE).code == 0
    done = go(*call)
    said = done.out + done.err
    assert done.code == code_of(call, person=world.person), said
    assert "Traceback" not in said
    if done.code == 2:
        assert len(done.err.strip()) > 20
    written = "".join(path.read_bytes().decode(errors="replace") for path in Path().iterdir() if path.suffix != ".pem")
    said += written
    if world.texts:
        assert MARK not in said
    if world.person:
        assert not any(name in said for name in NAMES)


@pytest.mark.parametrize("call", SAMPLE, ids=" ".join)
def test_a_command_goes_on_after_an_erasure(call: list[str], go: Callable[..., Outcome], world: World) -> None:
    check(call, go, world)


@pytest.mark.slow
@pytest.mark.parametrize("call", [call for calls in CALLS.values() for call in calls], ids=" ".join)
def test_every_command_goes_on_after_an_erasure(call: list[str], go: Callable[..., Outcome], world: World) -> None:
    check(call, go, world)


@pytest.mark.slow
def test_a_report_on_paper_goes_on_after_an_erasure(go: Callable[..., Outcome]) -> None:
    pytest.importorskip("typst")
    for report in ("aar", "audit"):
        assert go("export", "last", "--format", "pdf", "--report", report, "-o", f"{report}.pdf").code == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_word_stands_where_it_was(language: str, go: Callable[..., Outcome], world: World) -> None:
    said = go("--lang", language, "show", "last").out
    word = {"en": "(erased)", "zh": "（已删除）"}[language]
    assert said.count(word) >= (len(world.written) if world.texts else 5)
    if world.person:
        assert f"p2 {word}" in said if language == "en" else f"p2{word}" in said


def test_the_verdict_says_what_was_erased(go: Callable[..., Outcome], world: World) -> None:
    found = json.loads(go("verify", "last", "--format", "json").out)
    assert found["holds"]
    assert [one["entry"] for one in found["erased"]["texts"]] == ([*world.written] if world.texts else [])
    assert [one["person"] for one in found["erased"]["people"]] == (["p2"] if world.person else [])
    assert found["erased"]["scenario"] or not world.person
    assert go(*BUNDLE).code == 0
    bundled = go("verify", "b.zip")
    assert bundled.code == 0
    assert "erased: " in bundled.out


def test_a_script_of_a_run_with_erased_texts_can_be_replayed(go: Callable[..., Outcome], world: World) -> None:
    done = go("runs", "script", "last", "-o", "again.yaml")
    if world.person:
        assert "was erased with the name of p2" in done.err
        return
    assert "(erased)" in Path("again.yaml").read_text(encoding="utf-8")
    assert go("replay", "again.yaml").code in {0, 1}


ASKING = {"y\n": 0, "YES\n": 0, "n\n": 1, "\n": 1, "": 1, "perhaps\n": 1}


@pytest.mark.parametrize("answer", ASKING)
def test_somebody_at_a_terminal_is_asked(
    answer: str, run: Run, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("replay", "false-alarm")
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    monkeypatch.setattr(confirming, "somebody_is_there", lambda: True)
    done = run("erase", "last", "--text", "8")
    assert done.code == ASKING[answer]
    assert "the texts of fact #8" in done.err
    assert ("Nothing was erased." in done.err) is bool(done.code)
    assert service.records.runs()[-1].entries == 26 + (not done.code)


WRONG = {
    "nobody can be asked": (["--text", "8"], "say --yes"),
    "nothing named": (["--yes"], "Say what is to be erased"),
    "no such fact": (["--yes", "--text", "26"], "There is no entry 26: the record has 26"),
    "a number below zero": (["--yes", "--text", "-1"], "There is no entry -1"),
    "no number": (["--yes", "--text", "eight"], "eight"),
    "a fact without text": (["--yes", "--text", "0"], "Fact #0 holds no text"),
    "one of two": (["--yes", "--text", "8", "--text", "9"], "Fact #9 holds no text"),
    "nobody": (["--yes", "--person", "p99"], "There is no person p99; the nearest valid one is p9"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_erased_is_said_in_a_sentence(what: str, run: Run, service: Service) -> None:
    run("replay", "false-alarm")
    argv, sentence = WRONG[what]
    done = run("erase", "last", *argv)
    assert done.code == 2
    assert sentence in done.err
    assert service.records.runs()[0].entries == 26


def test_what_is_erased_cannot_be_erased_again(run: Run) -> None:
    run("replay", "false-alarm")
    assert run("erase", "last", "--text", "8", "--person", "chen", "--yes").code == 0
    for argv in (["--text", "8"], ["--person", "p1"]):
        done = run("erase", "last", *argv, "--yes")
        assert done.code == 2
        assert "erased already, as fact #2" in done.err


def test_a_run_that_is_not_over_keeps_what_was_written(run: Run, service: Service) -> None:
    there = service.library.playable("false-alarm")
    session = service.exercises.open_session(
        "false-alarm", Seats(holders(there.playbook, there.scenario, ["discoverer"]))
    )
    session.go_on()
    done = run("erase", "last", "--person", "p1", "--yes")
    assert done.code == 2
    assert "is not over" in done.err
    session.close()
    assert run("erase", "last", "--person", "p1", "--yes").code == 2
