"""Signing keys are made on first use, for their owner's eyes only, and sign as `openssl` does."""

import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence import ed25519
from incidentsim.evidence.keys import FILE, default_key, load_key, name_from, read_public_key
from incidentsim.ledger.note import PublicKey
from tests.support.evidence import key, private_pem

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "settings" / "incidentsim"
    first, made = default_key(folder)
    again, made_again = default_key(folder)
    assert (made, made_again) == (True, False)
    assert first.public_bytes == again.public_bytes
    assert [path.name for path in folder.iterdir()] == [FILE]


@posix
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    default_key(tmp_path / "settings")
    assert stat.S_IMODE((tmp_path / "settings" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "settings").stat().st_mode) == 0o700


def test_several_who_begin_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _number: default_key(tmp_path / "s")[0].public_bytes, range(8)))
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "s").iterdir()] == [FILE]


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_a_key_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    default_key(tmp_path)
    (tmp_path / FILE).chmod(mode)
    with pytest.raises(InputError, match="chmod 600"):
        default_key(tmp_path)


def test_where_no_key_can_be_made_a_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SurroundingsError, match="can neither be read nor made"):
        default_key(tmp_path / "file" / "incidentsim")


def other_kind() -> bytes:
    return rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def protected() -> bytes:
    found = serialization.load_pem_private_key(private_pem(1), None)
    return found.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"secret")
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"no key", private_pem(1)[:40], other_kind(), protected()],
    ids=["empty", "text", "cut off", "RSA", "with a password"],
)
def test_what_is_no_key_is_refused_with_a_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"(holds no private Ed25519 key|protected by a password).*\."):
        load_key(path)


def test_a_key_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no key file"):
        load_key(tmp_path / "nowhere.pem")
    with pytest.raises(InputError, match=r"is a folder|There is no"):
        load_key(tmp_path)


def test_a_public_key_is_read_in_both_forms(tmp_path: Path) -> None:
    public = PublicKey("observer", key().public_bytes)
    (tmp_path / "k.pem").write_bytes(ed25519.public_pem(public.key))
    (tmp_path / "k.vkey").write_text(f"{public}\n", encoding="utf-8")
    assert read_public_key(tmp_path / "k.vkey") == public
    assert read_public_key(tmp_path / "k.pem") == PublicKey("", public.key)
    (tmp_path / "k.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match="holds no public"):
        read_public_key(tmp_path / "k.txt")
    with pytest.raises(InputError, match="no file"):
        read_public_key(tmp_path / "nowhere")


def test_signatures_are_the_same_every_time_and_for_nobody_else() -> None:
    message = b"text"
    signature = key(1).sign(message)
    assert signature == key(1).sign(message)
    assert ed25519.verify(key(1).public_bytes, signature, message)
    assert not ed25519.verify(key(2).public_bytes, signature, message)
    assert not ed25519.verify(key(1).public_bytes, signature, b"other")
    assert not ed25519.verify(b"short", signature, message)
    assert not ed25519.verify(key(1).public_bytes, b"short", message)


def test_rfc_8032_test_1() -> None:
    """Section 7.1 of the RFC, the empty message."""
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert ed25519.verify(public, signature, b"")


def test_secrets_differ_by_key_and_purpose() -> None:
    found = {key(number).secret(purpose) for number in (1, 2) for purpose in ("a", "b")}
    assert len(found) == 4
    assert key(1).secret("a") == key(1).secret("a")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_key_made_by_openssl_signs_and_openssl_agrees(tmp_path: Path) -> None:
    def openssl(*argv: str) -> bytes:
        return subprocess.run(["openssl", *argv], cwd=tmp_path, capture_output=True, check=True).stdout

    openssl("genpkey", "-algorithm", "ed25519", "-out", "key.pem")
    (tmp_path / "key.pem").chmod(0o600)
    ours = load_key(tmp_path / "key.pem")
    (tmp_path / "message").write_bytes(b"text\n")
    (tmp_path / "ours.pem").write_bytes(ed25519.public_pem(ours.public_bytes))
    assert openssl("pkey", "-in", "key.pem", "-pubout") == (tmp_path / "ours.pem").read_bytes()
    (tmp_path / "signature").write_bytes(ours.sign(b"text\n"))
    checked = ("-rawin", "-in", "message", "-sigfile", "signature")
    said = openssl("pkeyutl", "-verify", "-pubin", "-inkey", "ours.pem", *checked)
    assert b"Verified Successfully" in said
    openssl("pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-in", "message", "-out", "theirs")
    assert (tmp_path / "theirs").read_bytes() == ours.sign(b"text\n")


@pytest.mark.parametrize(
    ("file", "name"), [("observer.pem", "observer"), ("my key+1.pem", "my-key-1"), (" .pem", "cosigner")]
)
def test_a_key_signs_under_the_name_of_its_file(file: str, name: str) -> None:
    assert name_from(Path(file)) == name
