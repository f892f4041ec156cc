"""VERIFY.md's commands, as they are written, check a sound bundle and find what is wrong with others."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.evidence.bundle import guide
from incidentsim.evidence.rebundling import cosign, pseudonymise
from tests.support.evidence import bundle, key, members_of, pack

TOOLS = ("sh", "sha256sum", "jq", "openssl", "python3")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")

TEXT = guide().decode()
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def follow(path: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Unpack a bundle and run every command of its own VERIFY.md, with nothing of ours at hand."""
    shutil.unpack_archive(path, folder, "zip")
    blocks = re.findall(
        r"^```sh\n(.*?)^```$", (folder / "VERIFY.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
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
}


@needs_tools
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_found_even_with_a_new_manifest(name: str, tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", SPOILT[name](parts))
    assert stops(tmp_path / "c.zip", tmp_path / "unpacked")


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_is_seen_by_whoever_runs_the_commands_one_by_one(name: str, tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
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


@needs_tools
def test_nothing_in_the_folder_or_the_environment_changes_what_python_does(tmp_path: Path) -> None:
    """A planted module with a name of the standard library's is not loaded, and assertions are never left out."""
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", {**parts, "log.jsonl": parts["log.jsonl"].replace(b"M2", b"M3", 1)})
    (script,) = re.findall(r"^python3 .*?^END\n", TEXT, re.MULTILINE | re.DOTALL)
    command = "mkdir check; sed '/^$/,$d' checkpoint > check/checkpoint.txt\n" + script
    for path, right in (("b.zip", True), ("c.zip", False)):
        folder = tmp_path / path.removesuffix(".zip")
        shutil.unpack_archive(tmp_path / path, folder, "zip")
        (folder / "json.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
        environment = {**os.environ, "PYTHONOPTIMIZE": "2", "PYTHONPATH": str(folder)}
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, check=False)
        assert (b"record: OK" in done.stdout) is right
        assert (b"AssertionError: entry 1 is wrong, or the one before it" in done.stderr) is not right


def test_it_needs_twenty_lines_of_python_and_nothing_of_ours() -> None:
    (script,) = re.findall(r"python3 -I - <<'END'\n(.*?)^END$", TEXT, re.MULTILINE | re.DOTALL)
    assert len(script.splitlines()) <= 20
    assert re.findall(r"import (.*)", script) == ["base64, functools, hashlib, json, os"]
    assert "incidentsim" not in script.replace('"incidentsim/run/"', "")
    tools = {line.split()[0] for block in BLOCKS for line in block.splitlines() if line and line[0].isalpha()}
    assert {"sha256sum", "openssl", "jq"} <= tools | set(re.findall(r"\b(openssl|jq|sha256sum)\b", "".join(BLOCKS)))


def test_it_is_in_english_and_chinese_and_says_what_is_not_shown() -> None:
    chinese = len(re.findall(r"[\u4e00-\u9fff]", TEXT))
    assert chinese > 600
    for heading in re.findall(r"^## .*$", TEXT, re.MULTILINE):
        assert re.search(r"[a-z].* / .*[\u4e00-\u9fff]", heading), heading
    assert TEXT.count("- Not shown:") == 2
    assert TEXT.count("- 不能证明：") == 2
