"""`verify`, `prove` and `cosign` on files as people have them: right ones, wrong ones, and foreign ones."""

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.ed25519 import public_pem
from incidentsim.evidence.findings import ORDER
from incidentsim.evidence.keys import FILE
from incidentsim.evidence.rebundling import cosign
from incidentsim.evidence.rfc3161 import request_for
from tests.cli.conftest import Run
from tests.support.authorities import Authority, needs_openssl
from tests.support.evidence import as_log, bundle, key, members_of, pack, private_pem, rechained, record

posix = pytest.mark.skipif(sys.platform == "win32", reason="of POSIX")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder there are a bundle `b.zip`, the same unpacked as `unpacked`, and a key `observer.pem`."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(composition, "key_file", lambda: tmp_path / "settings" / FILE)
    bundle(Path("b.zip"))
    shutil.unpack_archive("b.zip", "unpacked", "zip")
    Path("observer.pem").touch(mode=0o600)
    Path("observer.pem").write_bytes(private_pem(2))


@pytest.mark.parametrize("known", ["b.zip", "unpacked", "unpacked/checkpoint"])
def test_a_checkpoint_is_taken_from_wherever_it_was_kept(known: str, run: Run) -> None:
    shown = run("verify", "b.zip", "--checkpoint", known, "--format", "json")
    assert shown.code == 0
    assert "earlier" in {check["name"] for check in json.loads(shown.out)["checks"]}


@pytest.mark.parametrize(
    "what",
    [
        "unpacked/roster.json",
        "unpacked/checkpoint",
        "unpacked/manifest.sha256",
        "unpacked/playbook.yaml",
        "unpacked/VERIFY.md",
        "unpacked/keys",
        "observer.pem",
        ".",
        os.devnull,
    ],
)
def test_what_is_neither_bundle_nor_log_nor_proof_is_refused_with_a_sentence(what: str, run: Run) -> None:
    shown = run("verify", what)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("Error: ")
    assert shown.err.endswith(".\n")


@posix
def test_a_pipe_is_not_waited_for(run: Run) -> None:
    os.mkfifo("pipe")
    for argv in (("verify", "pipe"), ("verify", "b.zip", "--checkpoint", "pipe")):
        shown = run(*argv)
        assert shown.code == 2, argv


@pytest.mark.parametrize(
    "argv",
    [
        ("verify", "b.zip", "--signed-by", "unpacked"),
        ("verify", "b.zip", "--signed-by", "unpacked/log.jsonl"),
        ("verify", "b.zip", "--checkpoint", "unpacked/log.jsonl"),
        ("verify", "b.zip", "--checkpoint", "unpacked/keys"),
        ("verify", "b.zip", "--root", "x" * 44),
        ("verify", "b.zip", "--size", "-1"),
        ("prove", "unpacked/log.jsonl", "3"),
        ("prove", "b.zip", "-1"),
        ("prove", "b.zip", "--since", "unpacked/log.jsonl"),
        ("cosign", "unpacked", "--key", "observer.pem"),
        ("cosign", "b.zip", "--key", "unpacked"),
        ("cosign", "b.zip", "--key", "observer.pem", "--name", "two words"),
        ("cosign", "b.zip", "--key", "observer.pem", "-o", "unpacked/log.jsonl"),
        ("cosign", "b.zip", "--key", "observer.pem", "-o", "no/where.zip"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(argv: tuple[str, ...], run: Run) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    shown = run(*argv)
    assert shown.code == 2
    assert "fault of incidentsim" not in shown.err
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@posix
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_matter_of_the_surroundings(run: Run) -> None:
    Path("b.zip").chmod(0)
    assert run("verify", "b.zip").code == 3


def test_every_fault_is_told_with_what_was_expected_and_found_in_both_languages(run: Run) -> None:
    parts = members_of(Path("b.zip"))
    lines = parts["log.jsonl"].splitlines()
    pack(
        Path("c.zip"),
        {**parts, "log.jsonl": as_log([*lines[:3], lines[4], lines[3], *lines[5:]]), "roster.json": b"{}\n"},
    )
    english, chinese = run("verify", "c.zip"), run("--lang", "zh", "verify", "c.zip")
    assert (english.code, chinese.code) == (1, 1)
    faults = english.out.count("FAULTY")
    assert faults >= 4
    assert english.out.count("expected: ") == english.out.count("found: ") == faults
    assert "        entry: 3\n" in english.out
    assert "The first bad entry is 3." in english.err
    assert "FAULTY" not in chinese.out
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in line) for line in chinese.out.splitlines() if line.strip())
    shown = json.loads(run("verify", "c.zip", "--format", "json").out)
    bad = [check for check in shown["checks"] if not check["holds"]]
    assert len(bad) == faults
    assert all(check["expected"] and check["found"] and check["says"] for check in bad)
    assert {check["name"] for check in bad} <= set(ORDER)


def test_where_only_the_root_shows_it_no_more_is_claimed_than_is_known(run: Run) -> None:
    parts = members_of(Path("b.zip"))
    lines = parts["log.jsonl"].splitlines()
    forged = as_log(rechained([*lines[:2], lines[2].replace(b"M2", b"M3"), *lines[3:]]))
    pack(Path("c.zip"), {**parts, "log.jsonl": forged})
    shown = run("verify", "c.zip")
    assert (shown.code, "From entry 6 on it is not what was signed; whether an earlier one" in shown.err) == (1, True)
    assert json.loads(run("verify", "c.zip", "--format", "json").out)["may_be_earlier"] is True


def test_nothing_in_a_bundle_drives_the_terminal(run: Run) -> None:
    """A name to sign under may hold what terminals obey; it is shown as what it is."""
    cosign(Path("b.zip"), key(3), "evil\x9b31m\u202egnp.exe")
    parts = members_of(Path("b.zip"))
    log = parts["log.jsonl"].replace(b'"run":"r1"', '"run":"r\u009b2J\u202e"'.encode())
    pack(Path("c.zip"), {**parts, "log.jsonl": log})
    for path in ("b.zip", "c.zip"):
        shown = run("verify", path)
        words = (shown.out + shown.err).replace("\n", "")
        assert [sign for sign in words if unicodedata.category(sign) in {"Cc", "Cf"}] == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_digest_of_a_key_is_that_of_openssl(run: Run) -> None:
    (pem,) = Path("unpacked/keys").glob("*.pem")
    command = ["openssl", "pkey", "-pubin", "-in", str(pem), "-outform", "DER"]
    der = subprocess.run(command, capture_output=True, check=True).stdout
    assert f"  key: sha256:{sha256(der).hexdigest()}\n" in run("verify", "b.zip").out
    Path("observer.pub").write_bytes(public_pem(key(2).public_bytes))
    der = subprocess.run([*command[:4], "observer.pub", *command[5:]], capture_output=True, check=True).stdout
    shown = run("verify", "b.zip", "--signed-by", "observer.pub")
    assert (shown.code, sha256(der).hexdigest() in shown.out) == (1, True)


def test_a_guide_that_was_not_signed_is_found_and_named(run: Run) -> None:
    parts = members_of(Path("b.zip"))
    pack(Path("c.zip"), {**parts, "VERIFY.md": b"Run: true\n"})
    shown = run("verify", "c.zip", "--format", "json")
    (bad,) = [check for check in json.loads(shown.out)["checks"] if not check["holds"]]
    assert (shown.code, bad["name"], bad["found"][-11:]) == (1, "files", "  VERIFY.md")


def test_a_size_of_nothing_is_refused_and_a_size_without_a_root_pins_nothing(run: Run) -> None:
    refused = run("verify", "b.zip", "--size", "0", "--root", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    assert (refused.code, "A size of 0 pins nothing" in refused.err) == (2, True)
    alone = run("verify", "b.zip", "--size", "7")
    assert alone.code == 0
    assert "no entry was compared with it" in alone.out
    assert "this would not show" in alone.out


def test_who_signed_what_came_from_outside_is_told(run: Run) -> None:
    Path("kept").write_bytes(members_of(Path("b.zip"))["checkpoint"])
    run("cosign", "b.zip", "--key", "observer.pem", "-o", "c.zip")
    shown = run("verify", "b.zip", "--checkpoint", "c.zip")
    assert shown.code == 0
    assert "checkpoint from outside, over 7 entries, signed by incidentsim/run/r1" in shown.out
    assert "signatures by observer were not checked: their keys are not here" in shown.out


def test_two_people_sign_and_nobody_twice(run: Run) -> None:
    Path("facilitator.pem").touch(mode=0o600)
    Path("facilitator.pem").write_bytes(private_pem(3))
    assert run("cosign", "b.zip", "--key", "observer.pem", "-o", "b.zip").code == 0
    assert run("cosign", "b.zip", "--key", "facilitator.pem").code == 0
    assert run("cosign", "b.zip", "--key", "facilitator.pem", "--name", "other").code == 2
    shutil.unpack_archive("b.zip", "signed", "zip")
    public = [str(path) for path in Path("signed/keys").glob("*.pem")]
    assert len(public) == 3
    known = [word for path in public for word in ("--signed-by", path)]
    assert run("verify", "b.zip", *known).code == 0
    assert run("verify", "unpacked", *known).code == 1


def test_a_faulty_bundle_is_not_signed(run: Run) -> None:
    parts = members_of(Path("b.zip"))
    pack(Path("c.zip"), {**parts, "texts.jsonl": parts["texts.jsonl"].partition(b"\n")[2]})
    before = Path("c.zip").read_bytes()
    shown = run("cosign", "c.zip", "--key", "observer.pem")
    assert (shown.code, "was not signed" in shown.err) == (2, True)
    assert Path("c.zip").read_bytes() == before


def test_one_text_is_disclosed_and_checked_and_one_that_was_forged_is_found(run: Run) -> None:
    assert run("prove", "b.zip", "3", "--disclose", "/with/nature", "-o", "p.json").code == 0
    shown = run("verify", "p.json")
    assert (shown.code, "Every text disclosed" in shown.out) == (0, True)
    assert "Of 1 texts only the commitments" in shown.out
    Path("q.json").write_bytes(Path("p.json").read_bytes().replace(b"it is number 3", b"it was number 3"))
    found = run("verify", "q.json", "--format", "json")
    assert (found.code, json.loads(found.out)["first_bad"]) == (1, 3)


def test_growth_between_two_checkpoints_is_proven(run: Run) -> None:
    write_bundle(Path("longer.zip"), record(9), key())
    assert run("prove", "longer.zip", "--since", "unpacked", "-o", "g.json").code == 0
    assert run("verify", "g.json").code == 0
    assert run("prove", "b.zip", "--since", "longer.zip").code == 2


def test_an_authority_that_cannot_be_reached_leaves_no_bundle(run: Run, false_alarm: Path) -> None:
    assert run("replay", false_alarm).code == 0
    for address, code in (("http://127.0.0.1:1/", 3), ("ftp://127.0.0.1/", 2), ("nonsense", 2)):
        shown = run("export", "last", "--format", "bundle", "-o", "s.zip", "--timestamp", address)
        assert (shown.code, Path("s.zip").exists()) == (code, False)
        assert shown.err.rstrip().endswith(".")


@needs_openssl
def test_a_stamp_is_told_with_its_time_and_authority(run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    write_bundle(Path("s.zip"), record(), key(), stamp=lambda text: authority.reply(request_for(text).data))
    shown = run("verify", "s.zip", "--tsa-roots", str(authority.roots))
    assert shown.code == 0
    assert re.search(r"^stamped at \d{4}-\d\d-\d\dT[\d:.]+Z by CN=invented authority$", shown.out, re.MULTILINE)
    assert "holds   The time stamp is signed by an authority under the roots that you gave." in shown.out
    assert run("verify", "b.zip", "--tsa-roots", str(authority.roots)).code == 1, "there is no stamp"
    stranger = Authority(tmp_path / "here", root="another")
    shown = run("verify", "s.zip", "--tsa-roots", str(stranger.roots))
    assert shown.code == 1
    assert "found: one by a certificate that leads to none of these roots" in shown.out
    assert "stamped at" not in shown.out


@pytest.mark.parametrize("roots", ["nothing.pem", "unpacked", "unpacked/log.jsonl", "observer.pem"])
def test_roots_that_are_none_are_refused_with_a_sentence(roots: str, run: Run) -> None:
    shown = run("verify", "b.zip", "--tsa-roots", roots)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("Error: ")
