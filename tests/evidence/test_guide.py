"""VERIFY.md's commands, as they are written, check a sound bundle and find what is wrong with others."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.evidence.bundle import guide, key_members, write_bundle
from incidentsim.evidence.members import sorted_names
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.note import Note, PublicKey, Signature, read_note
from tests.support.evidence import bundle, key, members_of, pack, record
from tests.support.long_nights import NIGHTS, story
from tests.support.screens import service_on

TOOLS = ("sh", "sha256sum", "jq", "openssl", "python3")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")

TEXT = guide().decode()
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def follow(path: Path, folder: Path, *options: str, guide_of: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Unpack a bundle and run every command of its own VERIFY.md, or of another's, with nothing of ours at hand."""
    shutil.unpack_archive(path, folder, "zip")
    return run_in(folder, members_of(guide_of or path)["VERIFY.md"].decode(), *options)


def run_in(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run every command of a guide in a folder."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    command = ["sh", *options, "-c", "".join(blocks)]
    bare = {"PATH": os.defpath + os.pathsep + os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(command, cwd=folder, env=bare, capture_output=True, encoding="utf-8", check=False)


def stops(path: Path, folder: Path) -> bool:
    """Whether the commands end in a failure where each must succeed."""
    return follow(path, folder, "-e").returncode != 0


def complains(path: Path, folder: Path) -> bool:
    """Whether it can be seen that something is wrong where all commands are run all the same, as by hand."""
    done = follow(path, folder)
    said = done.stdout + done.stderr
    return re.search(r"FAILED|WRONG|Error|^[<>] |cannot|no properly", said, re.MULTILINE) is not None


@needs_tools
@pytest.mark.parametrize("count", [1, 2, 7, 33])
def test_a_sound_bundle_passes(count: int, tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip", count, views={"report.en.md": b"# Report\n"})
    cosign(tmp_path / "b.zip", key(2), "observer")
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "log.jsonl: OK" in done.stdout
    assert done.stdout.count("Signature Verified Successfully") == 2
    assert "signatures: OK" in done.stdout
    root = members_of(tmp_path / "b.zip")["checkpoint"].decode().split("\n")[2]
    assert f"record: OK, {count} entries, root {root}" in done.stdout
    assert all(
        f"{name}: OK" in done.stdout for name in ("playbook.yaml", "scenario.yaml", "roster.json", "texts.jsonl")
    )
    assert done.stderr == ""


@needs_tools
def test_a_pseudonymised_bundle_passes(tmp_path: Path) -> None:
    bundle(tmp_path / "full.zip")
    pseudonymise(tmp_path / "full.zip", tmp_path / "p.zip")
    done = follow(tmp_path / "p.zip", tmp_path / "unpacked", "-e")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "record: OK" in done.stdout
    assert "roster" not in done.stdout


@pytest.mark.slow
@needs_tools
@pytest.mark.parametrize("table", [None, b"{}", b"planted"])
def test_the_changes_of_the_clocks_are_compared_with_the_first_entry(table: bytes | None, tmp_path: Path) -> None:
    """As they were; others; and some in a bundle of an earlier version, which names none."""
    path = tmp_path / "b.zip"
    if table == b"planted":
        parts = members_of(bundle(path)) | {"offsets.json": table}
        pack(path, {name: parts[name] for name in sorted_names(parts)})
    else:
        store = MemoryStore()
        service_on(store).exercises.replay(story(tmp_path, *NIGHTS[0]))
        service_on(store).exports.bundle("run-0001", path, key())
        if table is not None:
            pack(path, members_of(path) | {"offsets.json": table})
    done = follow(path, tmp_path / "unpacked", "-e")
    assert (done.returncode == 0) is (table is None), done.stdout + done.stderr
    assert f"offsets.json: {'OK' if table is None else 'FAILED'}" in done.stdout
    assert verify_bundle(path).holds is (table is None)


Spoil = Callable[[dict[str, bytes]], dict[str, bytes]]


def changed(name: str, old: bytes, new: bytes) -> Spoil:
    def spoil(parts: dict[str, bytes]) -> dict[str, bytes]:
        assert old in parts[name]
        return {**parts, name: parts[name].replace(old, new, 1)}

    return spoil


SPOILT: dict[str, Spoil] = {
    "an entry": changed("log.jsonl", b"discoverer", b"discoveree"),
    "the last entry": lambda parts: {**parts, "log.jsonl": parts["log.jsonl"][:-20] + b"X" + parts["log.jsonl"][-19:]},
    "the order of keys": changed("log.jsonl", b'"at":0,"because":null', b'"because":null,"at":0'),
    "an entry removed": lambda parts: {
        **parts,
        "log.jsonl": b"".join(parts["log.jsonl"].splitlines(keepends=True)[:-1]),
    },
    "the last line feed": lambda parts: {**parts, "log.jsonl": parts["log.jsonl"][:-1]},
    "the size": changed("checkpoint", b"\n7\n", b"\n8\n"),
    "the signature": changed("checkpoint", b"1 ", b"1 A"),
    "a text": changed("texts.jsonl", b"it is number", b"it was number"),
    "a text removed": lambda parts: {**parts, "texts.jsonl": parts["texts.jsonl"].partition(b"\n")[2]},
    "all texts removed": lambda parts: {**parts, "texts.jsonl": b""},
    "a text repeated": lambda parts: {**parts, "texts.jsonl": parts["texts.jsonl"] * 2},
    "a salt": changed("texts.jsonl", b'"salt":"', b'"salt":"00'),
    "the roster": changed("roster.json", b"Lin", b"Lan"),
    "the playbook": changed("playbook.yaml", b"1", b"2"),
    "the scenario": changed("scenario.yaml", b"1", b"2"),
    "a report": changed("views/report.en.md", b"Report", b"Retort"),
    "a report more": lambda parts: {**parts, "views/evil.html": b"x"},
    "a report fewer": lambda parts: {name: data for name, data in parts.items() if name != "views/report.en.md"},
    "the guide": lambda parts: {**parts, "VERIFY.md": parts["VERIFY.md"] + b"\n"},
    "the list of reports": changed("views.sha256", b"# salt ", b"# sa1t "),
    "the list of files": lambda parts: {name: data for name, data in parts.items() if name != "files.sha256"},
    "a key as a line": lambda parts: {
        name: data + b"\n" if name.endswith(".vkey") else data for name, data in parts.items()
    },
    "a key as PEM": lambda parts: {
        name: data + b"\n" if name.endswith(".pem") else data for name, data in parts.items()
    },
    "a line end of the checkpoint": changed("checkpoint", b"\n", b"\r\n"),
    "an empty log": lambda parts: {**parts, "log.jsonl": b""},
}


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_found_even_with_a_new_manifest(name: str, tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip", views={"report.en.md": b"# Report\n"}))
    pack(tmp_path / "c.zip", SPOILT[name](parts))
    assert not verify_bundle(tmp_path / "c.zip").holds
    done = follow(tmp_path / "c.zip", tmp_path / "unpacked", "-e", guide_of=tmp_path / "b.zip")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


REPORTLESS = ("views.sha256", "views/report.en.md")


@needs_tools
def test_a_manifest_in_another_order_is_found_by_both(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    lines = parts["manifest.sha256"].splitlines(keepends=True)
    for other in (lines[::-1], [*lines, lines[0]], [lines[0].upper(), *lines[1:]], [lines[0].replace(b"  ", b" *")]):
        pack(tmp_path / "c.zip", {**parts, "manifest.sha256": b"".join(other)}, manifest=False)
        assert not verify_bundle(tmp_path / "c.zip").holds
        done = follow(tmp_path / "c.zip", tmp_path / "unpacked", "-e")
        assert done.returncode != 0
        shutil.rmtree(tmp_path / "unpacked")


@needs_tools
def test_reports_that_were_left_out_are_no_fault_by_hand_either(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip", views={"report.en.md": b"# Report\n"}))
    pack(tmp_path / "c.zip", {name: data for name, data in parts.items() if name not in REPORTLESS})
    assert verify_bundle(tmp_path / "c.zip").holds
    assert not stops(tmp_path / "c.zip", tmp_path / "unpacked")


FIRST = record(1).entries
ODD_LOGS: dict[str, list[bytes]] = {
    "a number that readers take differently": [data.replace(b'"at":0', b'"at":9007199254740992') for data in FIRST],
    "a fraction": [data.replace(b'"at":0', b'"at":0.5') for data in FIRST],
    "no number": [data.replace(b'"at":0', b'"at":NaN') for data in FIRST],
    "keys by code point": [data.replace(b'"at":0', '"at":{"\ue000":0,"😀":0}'.encode()) for data in FIRST],
    "keys by code unit": [data.replace(b'"at":0', '"at":{"😀":0,"\ue000":0}'.encode()) for data in FIRST],
    "too deep": [data.replace(b'"at":0', b'"at":' + b"[" * 70 + b"]" * 70) for data in FIRST],
    "far too deep": [data.replace(b'"at":0', b'"at":' + b"[" * 5000 + b"]" * 5000) for data in FIRST],
    "true as number": [data.replace(b'"seq":0', b'"seq":false') for data in FIRST],
    "half a character": [data.replace(b'"at":0', b'"at":"\\ud800"') for data in FIRST],
    "no entry": [b"[]"],
    "no JSON": [b"entry"],
    "nothing": [],
}


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("name", ODD_LOGS)
def test_what_verify_refuses_is_refused_by_hand_in_a_sentence(name: str, tmp_path: Path) -> None:
    """Even where the holder of the key signed it: every line has one form, and an empty log is told."""
    lines = ODD_LOGS[name]
    assert lines != FIRST
    write_bundle(tmp_path / "b.zip", replace(record(1), entries=lines, texts=()), key())
    assert not verify_bundle(tmp_path / "b.zip").holds
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked", "-e")
    assert done.returncode != 0
    assert "record: WRONG, " in done.stderr
    assert "Traceback" not in done.stderr


@needs_tools
@pytest.mark.parametrize("number", [0, 1])
def test_nobodys_key_is_none_by_hand_either(number: int, tmp_path: Path) -> None:
    """Zero and one as keys: points for which anybody can sign."""
    parts = members_of(bundle(tmp_path / "b.zip"))
    note = read_note(parts["checkpoint"])
    public = PublicKey("auditor", number.to_bytes(32, "little"))
    signature = Signature(public.name, public.id, (1).to_bytes(32, "little") + bytes(32))
    signed = Note(note.text, (*note.signatures, signature))
    pack(tmp_path / "c.zip", {**parts, **key_members(public), "checkpoint": signed.to_bytes()})
    done = follow(tmp_path / "c.zip", tmp_path / "unpacked", "-e")
    assert f"keys/{public.id.hex()} is nobody's key" in done.stderr


@needs_tools
def test_one_key_under_two_names_counts_once_by_hand_too(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    signer = key().signer("auditor")
    signed = read_note(parts["checkpoint"]).signed(signer)
    pack(tmp_path / "c.zip", {**parts, **key_members(signer.public), "checkpoint": signed.to_bytes()})
    assert "one signature by each key" in follow(tmp_path / "c.zip", tmp_path / "unpacked", "-e").stderr


@needs_tools
def test_a_link_or_a_folder_more_is_found_by_hand(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip")
    shutil.unpack_archive(tmp_path / "b.zip", tmp_path / "unpacked", "zip")
    (tmp_path / "unpacked" / "more").mkdir()
    assert "./more: WRONG" in run_in(tmp_path / "unpacked", TEXT).stdout


@needs_tools
def test_a_bundle_of_an_earlier_version_passes_by_its_own_guide_and_by_todays(tmp_path: Path) -> None:
    old = Path(__file__).parent / "data" / "before-files.zip"
    assert not stops(old, tmp_path / "own")
    shutil.unpack_archive(old, tmp_path / "todays", "zip")
    done = run_in(tmp_path / "todays", TEXT, "-e")
    assert (done.returncode, "it pins neither VERIFY.md nor views/" in done.stdout) == (0, True)


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_seen_by_whoever_runs_the_commands_one_by_one(name: str, tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip", views={"report.en.md": b"# Report\n"}))
    assert not complains(tmp_path / "b.zip", tmp_path / "sound")
    pack(tmp_path / "c.zip", SPOILT[name](parts))
    assert complains(tmp_path / "c.zip", tmp_path / "unpacked")


@needs_tools
def test_a_changed_manifest_is_found(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", {**parts, "VERIFY.md": parts["VERIFY.md"] + b"\n"}, manifest=False)
    assert stops(tmp_path / "c.zip", tmp_path / "unpacked")


@needs_tools
def test_a_file_that_is_not_listed_is_found(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", {**parts, "views/planted.md": b"# Report\n"}, manifest=False)
    assert stops(tmp_path / "c.zip", tmp_path / "stops")
    done = follow(tmp_path / "c.zip", tmp_path / "unpacked")
    assert "> views/planted.md" in done.stdout


@needs_tools
def test_signatures_that_were_taken_away_are_missed(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip")
    cosign(tmp_path / "b.zip", key(2), "observer")
    parts = members_of(tmp_path / "b.zip")
    lines = parts["checkpoint"].splitlines(keepends=True)
    for number, kept in enumerate((lines[:-1], lines[:-2], [*lines, lines[-1]])):
        pack(tmp_path / "c.zip", {**parts, "checkpoint": b"".join(kept)})
        assert stops(tmp_path / "c.zip", tmp_path / f"{number} stops")
        assert complains(tmp_path / "c.zip", tmp_path / f"{number} goes on")


@pytest.mark.slow
@needs_tools
def test_nothing_in_the_folder_or_the_environment_changes_what_python_does(tmp_path: Path) -> None:
    """A planted module with a name of the standard library's is not loaded, and assertions are never left out."""
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", {**parts, "log.jsonl": parts["log.jsonl"].replace(b"M2", b"M3", 1)})
    scripts = re.findall(r"^python3 .*?^END\n", TEXT, re.MULTILINE | re.DOTALL)
    command = "check=$(mktemp -d)\n" + "".join(scripts)
    for path, right in (("b.zip", True), ("c.zip", False)):
        folder = tmp_path / path.removesuffix(".zip")
        shutil.unpack_archive(tmp_path / path, folder, "zip")
        (folder / "json.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
        environment = {**os.environ, "PYTHONOPTIMIZE": "2", "PYTHONPATH": str(folder)}
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, check=False)
        assert (b"record: OK" in done.stdout) is right
        assert (b"record: WRONG, entry 1 is wrong, or the one before it" in done.stderr) is not right


def test_it_needs_a_page_of_python_and_nothing_of_ours() -> None:
    scripts = re.findall(r"^python3 -I - .*?<<'END'\n(.*?)^END$", TEXT, re.MULTILINE | re.DOTALL)
    assert [len(script.splitlines()) <= 80 for script in scripts] == [True] * 4
    imported = {name for script in scripts for line in re.findall(r"^import (.*)", script) for name in line.split(", ")}
    assert imported == {"base64", "functools", "hashlib", "json", "os", "re", "sys"}
    assert set(re.findall(r"incidentsim.{,5}", "".join(scripts))) == {
        "incidentsim/run/",
        "incidentsim/entr",
        "incidentsim/fact",
    }
    tools = {line.split()[0] for block in BLOCKS for line in block.splitlines() if line and line[0].isalpha()}
    assert {"sha256sum", "openssl", "jq"} <= tools | set(re.findall(r"\b(openssl|jq|sha256sum)\b", "".join(BLOCKS)))


def test_it_is_in_english_and_chinese_and_says_what_is_not_shown() -> None:
    chinese = len(re.findall(r"[\u4e00-\u9fff]", TEXT))
    assert chinese > 600
    for heading in re.findall(r"^## .*$", TEXT, re.MULTILINE):
        assert re.search(r"[a-z].* / .*[\u4e00-\u9fff]", heading), heading
    assert TEXT.count("- Not shown:") == 4
    assert TEXT.count("- 不能证明：") == 4
