"""`export`, `verify`, `prove` and `cosign` on the command line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from incidentsim.evidence.keys import FILE
from tests.cli.conftest import Run
from tests.support.evidence import members_of, pack, private_pem


@pytest.fixture
def bundle(recorded: Run) -> Run:
    """Its bundle is `b.zip`."""
    assert recorded("export", "last", "--format", "bundle", "-o", "b.zip").code == 0
    return recorded


def key_file(number: int, name: str) -> Path:
    path = Path(name)
    path.touch(mode=0o600)
    path.write_bytes(private_pem(number))
    return path


def failed(shown: str) -> list[str]:
    return [check["name"] for check in json.loads(shown)["checks"] if not check["holds"]]


def test_a_log_goes_to_stdout_or_into_a_file(recorded: Run) -> None:
    shown = recorded("export", "last", "--format", "jsonl")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(len(lines)))
    assert recorded("export", "last", "--format", "jsonl", "-o", "l.jsonl").out == ""
    assert Path("l.jsonl").read_text(encoding="utf-8") == shown.out
    assert recorded("verify", "l.jsonl").code == 0


def test_a_bundle_is_signed_with_a_key_made_on_first_use(recorded: Run, settings: Path) -> None:
    first = recorded("export", "last", "--format", "bundle", "-o", "b.zip")
    assert first.code == 0
    assert first.out == ""
    assert f"A signing key of yours was made: {settings / FILE}" in first.err
    assert "on paper, these two pin the record" in first.err
    again = recorded("export", "last", "--format", "bundle", "-o", "c.zip")
    assert "was made" not in again.err
    assert Path("b.zip").read_bytes() == Path("c.zip").read_bytes()


def test_a_bundle_has_a_name_where_none_is_given_and_replaces_nothing(recorded: Run) -> None:
    assert recorded("export", "last", "--format", "bundle").code == 0
    assert os.listdir() == ["incidentsim-run-1.zip"]  # noqa: PTH208 - names alone
    again = recorded("export", "last", "--format", "bundle")
    assert (again.code, "is there already" in again.err) == (2, True)


def test_a_bundle_verifies(bundle: Run) -> None:
    shown = bundle("verify", "b.zip")
    assert shown.code == 0
    assert "FAULTY" not in shown.out
    assert "Not checked:" in shown.out
    assert "signed by incidentsim/run/run-1" in shown.out
    assert "Everything that could be checked holds: b.zip" in shown.err
    found = json.loads(bundle("verify", "b.zip", "--format", "json").out)
    assert (found["what"], found["kind"], found["holds"], found["run"]) == ("b.zip", "bundle", True, "run-1")
    assert {one["name"] for one in found["not_checked"]} == {"earlier", "trusted", "others-signed"}
    shutil.unpack_archive("b.zip", "unpacked", "zip")
    assert bundle("verify", "unpacked").code == 0


def test_a_faulty_bundle_is_told_with_what_was_expected_and_found(bundle: Run) -> None:
    parts = members_of(Path("b.zip"))
    lines = parts["log.jsonl"].splitlines(keepends=True)
    pack(Path("c.zip"), {**parts, "log.jsonl": b"".join([*lines[:5], *lines[6:]])})
    shown = bundle("verify", "c.zip")
    assert shown.code == 1
    assert "The first bad entry is 5." in shown.err
    assert "entry: 5" in shown.out
    assert "expected: 5" in shown.out
    assert "found: 6" in shown.out
    found = bundle("verify", "c.zip", "--format", "json")
    assert (found.code, json.loads(found.out)["first_bad"]) == (1, 5)
    assert "sequence" in failed(found.out)
    pack(Path("d.zip"), {**parts, "roster.json": b"{}\n"})
    assert "This record does not hold: d.zip." in bundle("verify", "d.zip").err


def test_a_stored_run_verifies_by_its_id(recorded: Run) -> None:
    shown = recorded("verify", "last", "--format", "json")
    assert (shown.code, json.loads(shown.out)["kind"]) == (0, "run")
    assert recorded("verify", "run-1").code == 0


def test_what_is_known_from_elsewhere_is_compared(bundle: Run) -> None:
    checkpoint = members_of(Path("b.zip"))["checkpoint"]
    _name, size, root = checkpoint.decode().split("\n")[:3]
    Path("kept").write_bytes(checkpoint)
    vkey = next(data for name, data in members_of(Path("b.zip")).items() if name.endswith(".vkey"))
    Path("log.vkey").write_bytes(vkey)
    known = ("--checkpoint", "kept", "--size", size, "--root", root, "--signed-by", "log.vkey")
    shown = bundle("verify", "b.zip", *known, "--format", "json")
    assert (shown.code, [limit["name"] for limit in json.loads(shown.out)["not_checked"]]) == (0, ["others-signed"])
    assert json.loads(shown.out)["outside"]["pinned"] == int(size)
    assert bundle("verify", "last", "--checkpoint", "b.zip").code == 0
    shown = bundle("verify", "b.zip", "--size", "5", "--root", root, "--format", "json")
    assert (shown.code, failed(shown.out)) == (1, ["paper"])
    assert bundle("verify", "b.zip", "--root", "nonsense").code == 2
    assert bundle("verify", "b.zip", "--checkpoint", "nowhere").code == 2
    assert bundle("verify", "b.zip", "--signed-by", "kept").code == 2


def test_a_second_signature_and_whose_it_is(bundle: Run) -> None:
    key_file(2, "observer.pem")
    before = Path("b.zip").read_bytes()
    assert bundle("cosign", "b.zip", "--key", "observer.pem", "-o", "c.zip").code == 0
    assert Path("b.zip").read_bytes() == before
    shown = bundle("cosign", "b.zip", "--key", "observer.pem", "--name", "Zhou")
    assert (shown.code, "b.zip is now signed by Zhou+" in shown.err) == (0, True)
    assert "signed by Zhou" in bundle("verify", "b.zip").out
    assert "signed by observer" in bundle("verify", "c.zip").out
    again = bundle("cosign", "b.zip", "--key", "observer.pem")
    assert (again.code, "has signed" in again.err) == (2, True)
    assert bundle("cosign", "nowhere.zip", "--key", "observer.pem").code == 2
    assert bundle("cosign", "b.zip", "--key", "nowhere.pem").code == 2


def test_another_key_is_used_where_one_is_named(recorded: Run, settings: Path) -> None:
    key_file(2, "mine.pem")
    assert recorded("export", "last", "--format", "bundle", "--key", "mine.pem", "-o", "b.zip").code == 0
    assert not settings.exists()
    if sys.platform != "win32":
        Path("mine.pem").chmod(0o644)
        shown = recorded("export", "last", "--format", "bundle", "--key", "mine.pem", "-o", "c.zip")
        assert (shown.code, "chmod 600" in shown.err) == (2, True)


def test_one_entry_is_proven_and_the_proof_verifies_alone(bundle: Run) -> None:
    shown = bundle("prove", "b.zip", "3")
    assert shown.code == 0
    assert json.loads(shown.out)["seq"] == 3
    assert bundle("prove", "b.zip", "3", "-o", "p.json").code == 0
    assert Path("p.json").read_text(encoding="utf-8") == shown.out
    assert json.loads(bundle("verify", "p.json", "--format", "json").out)["kind"] == "inclusion"
    Path("q.json").write_text(shown.out.replace('"seq":3', '"seq":4'), encoding="utf-8")
    assert bundle("verify", "q.json").code == 1
    assert bundle("prove", "b.zip", "9999").code == 2
    assert bundle("prove", "b.zip").code == 2
    assert bundle("prove", "b.zip", "3", "--since", "b.zip").code == 2
    assert bundle("prove", "b.zip", "--since", "b.zip", "--disclose", "all").code == 2


def test_a_text_is_disclosed_only_if_that_is_asked_for(bundle: Run) -> None:
    texts = [json.loads(line) for line in members_of(Path("b.zip"))["texts.jsonl"].splitlines()]
    seq, pointer = str(texts[0]["seq"]), texts[0]["pointer"]
    assert json.loads(bundle("prove", "b.zip", seq).out)["texts"] == []
    shown = bundle("prove", "b.zip", seq, "--disclose", pointer, "-o", "p.json")
    assert shown.code == 0
    assert json.loads(Path("p.json").read_text(encoding="utf-8"))["texts"] == [texts[0]]
    assert bundle("verify", "p.json").code == 0
    assert bundle("prove", "b.zip", seq, "--disclose", "/nowhere").code == 2


def test_growth_is_proven(bundle: Run) -> None:
    assert bundle("prove", "b.zip", "--since", "b.zip", "-o", "g.json").code == 0
    assert json.loads(bundle("verify", "g.json", "--format", "json").out)["kind"] == "consistency"


def test_a_pseudonymised_bundle_names_nobody(bundle: Run) -> None:
    people = json.loads(members_of(Path("b.zip"))["roster.json"])["people"]
    names = [name[language] for name in people.values() for language in ("en", "zh")]
    for source in ("last", "b.zip"):
        shown = bundle("export", source, "--format", "bundle", "--pseudonymise")
        assert shown.code == 0
        assert "can try names against it" in shown.err  # what leaving them out does not hide
    for file in ("incidentsim-run-1-pseudonymised.zip", "b-pseudonymised.zip"):
        data = Path(file).read_bytes()
        assert [name for name in names if name.encode() in data] == []
        shown = bundle("verify", file, "--format", "json")
        assert shown.code == 0
        assert {"texts", "roster", "scenario"} <= {one["name"] for one in json.loads(shown.out)["not_checked"]}
    assert bundle("export", "b.zip", "--format", "bundle", "--pseudonymise", "--key", "x", "-o", "y.zip").code == 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "x.zip"),
        (b"PK\3\4nonsense", "x.zip"),
        (b"PK\3\4nonsense", "x"),
        (b"%PDF-1.7", "x.pdf"),
        (b"", "x"),
        (b'{"schema":"incidentsim/proof/1"}', "x.json"),
        (b'{"schema":"incidentsim/other/1"}', "x.json"),
    ],
)
def test_what_cannot_be_verified_is_refused_with_a_sentence(data: bytes, name: str, run: Run) -> None:
    Path(name).write_bytes(data)
    shown = run("verify", name)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("Error: ")


@pytest.mark.parametrize(
    "argv",
    [
        ("verify", "nowhere"),
        ("verify", "nowhere.zip"),
        ("verify", "no/where"),
        ("export", "nowhere", "--format", "jsonl"),
        ("export", "last", "--format", "nonsense"),
        ("export", "last"),
        ("export", "run-1", "--format", "jsonl", "--key", "k"),
        ("export", "run-1", "--format", "jsonl", "-o", "no/where"),
        ("export", "run-1", "--format", "bundle", "-o", "no/where.zip"),
        ("export", "run-1", "--format", "bundle", "--timestamp", "nonsense"),
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_wrong_input(argv: tuple[str, ...], recorded: Run) -> None:
    shown = recorded(*argv)
    assert shown.code == 2
    assert "fault of incidentsim" not in shown.err
    assert os.listdir() == []  # noqa: PTH208 - names alone


def test_a_log_may_be_faulty_from_its_first_byte_on(recorded: Run) -> None:
    Path("l.jsonl").write_bytes(b"\xffnonsense\n")
    assert recorded("verify", "l.jsonl").code == 1


@pytest.mark.parametrize("command", ["export", "verify", "prove", "cosign"])
def test_help_in_both_languages(command: str, run: Run) -> None:
    assert run(command, "--help").code == 0
    assert run("--lang", "zh", command, "--help").code == 0


@pytest.mark.usefixtures("bundle")
def test_verifying_a_file_loads_no_database() -> None:
    code = "import sys\nfrom incidentsim.cli.main import run\ncode = run(['verify', 'b.zip'])\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    heavy = {"sqlmodel", "sqlalchemy", "alembic", "textual", "faker", "transitions", "pydantic"}
    assert loaded & heavy == set()
    assert "cryptography" in loaded
