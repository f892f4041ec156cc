"""VERIFY.md's commands, as they are written, check a sound bundle and find what is wrong with others."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim.evidence.bundle import guide
from incidentsim.evidence.copying import cosign, pseudonymise
from tests.support.evidence import bundle, key, members_of, pack

TOOLS = ("bash", "sha256sum", "jq", "openssl", "python3")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
needs_tools = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}")

TEXT = guide().decode()
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def follow(path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Unpack a bundle and run every command of its own VERIFY.md."""
    shutil.unpack_archive(path, folder, "zip")
    blocks = re.findall(
        r"^```sh\n(.*?)^```$", (folder / "VERIFY.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    command = ["bash", "-e", "-o", "pipefail", "-c", "".join(blocks)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@needs_tools
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 9, 31])
def test_a_sound_bundle_passes(count: int, tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip", count, views={"report.en.md": b"# Report\n"})
    cosign(tmp_path / "b.zip", key(2), "observer")
    done = follow(tmp_path / "b.zip", tmp_path / "unpacked")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "log.jsonl: OK" in done.stdout
    assert done.stdout.count("Signature Verified Successfully") == 2
    root = members_of(tmp_path / "b.zip")["checkpoint"].decode().split("\n")[2]
    assert f"record: OK, {count} entries, root {root}" in done.stdout
    assert all(f"{name}: OK" in done.stdout for name in ("playbook.yaml", "scenario.yaml", "roster.json"))


@needs_tools
def test_a_pseudonymised_bundle_passes(tmp_path: Path) -> None:
    bundle(tmp_path / "full.zip")
    pseudonymise(tmp_path / "full.zip", tmp_path / "p.zip")
    done = follow(tmp_path / "p.zip", tmp_path / "unpacked")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "record: OK" in done.stdout


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
    done = follow(tmp_path / "c.zip", tmp_path / "unpacked")
    assert done.returncode != 0, done.stdout


@needs_tools
def test_a_changed_manifest_is_found(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip"))
    pack(tmp_path / "c.zip", {**parts, "VERIFY.md": parts["VERIFY.md"] + b"\n"}, manifest=False)
    assert follow(tmp_path / "c.zip", tmp_path / "unpacked").returncode != 0


def test_it_needs_twenty_lines_of_python_and_nothing_of_ours() -> None:
    (script,) = re.findall(r"python3 - <<'END'\n(.*?)^END$", TEXT, re.MULTILINE | re.DOTALL)
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
