"""Signed notes are those of C2SP: the known example verifies, and everything in another form is refused.

The examples are those that the specification publishes (c2sp.org/signed-note and c2sp.org/tlog-checkpoint), and those
of its first implementation, golang.org/x/mod/sumdb/note (its documentation and `note_test.go`).
"""

import shutil
import subprocess
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from incidentsim.evidence import ed25519
from incidentsim.evidence.keys import Key
from incidentsim.ledger.checkpoint import read_checkpoint
from incidentsim.ledger.note import Note, NoteError, PublicKey, check_name, read_key, read_note
from tests.support.evidence import key

EXAMPLE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
""".encode()
EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


SPECIFIED = (
    b"This is an example message.\n\n"
    b"\xe2\x80\x94 example.com/foo "
    b"Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SPECIFIED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
"""The specification's example of a key and a note signed by it."""

SECOND = (
    b"\xe2\x80\x94 EnochRoot "
    b"rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
SECOND_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
"""The private key of the first example, as its documentation has it: a kind and 32 bytes."""

SOFA = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
""".encode()  # noqa: E501 - a signature is one line
"""The specification's example of a checkpoint, whose key is not published."""


def opened(data: bytes, vkey: str) -> bytes:
    """A note's text, by the algorithm of `golang.org/x/mod/sumdb/note` (`Open`), written anew without our code."""
    name, key_id, encoded = vkey.split("+", 2)
    kind_and_key = b64decode(encoded)
    assert kind_and_key[:1] == b"\x01"
    assert sha256(name.encode() + b"\n" + kind_and_key).digest()[:4].hex() == key_id
    split = data.rindex(b"\n\n") + 1
    text, lines = data[:split], data[split + 1 :].decode().splitlines()
    for line in lines:
        dash, who, signature = line.split(" ")
        assert dash == "\u2014"
        if who == name and b64decode(signature)[:4].hex() == key_id:
            Ed25519PublicKey.from_public_bytes(kind_and_key[1:]).verify(b64decode(signature)[4:], text)
            return text
    raise AssertionError("not signed by this key")


@pytest.mark.parametrize(
    ("data", "vkey"),
    [
        (EXAMPLE, EXAMPLE_KEY),
        (SPECIFIED, SPECIFIED_KEY),
        (EXAMPLE + SECOND, EXAMPLE_KEY),
        (EXAMPLE + SECOND, SECOND_KEY),
    ],
)
def test_published_notes_verify_under_their_published_keys(data: bytes, vkey: str) -> None:
    note, public = read_note(data), read_key(vkey)
    assert str(public) == vkey
    assert note.is_signed_by(public, ed25519.verify)
    assert note.to_bytes() == data
    assert opened(data, vkey) == note.text


def test_the_published_private_key_gives_the_published_signature() -> None:
    """Ed25519 signs the same text in one way only, so ours must be theirs to the byte."""
    seed = b64decode(SEED)[1:]
    pem = Ed25519PrivateKey.from_private_bytes(seed).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = Key(pem, Path("peter.pem")).signer("PeterNeumann")
    assert str(signer.public) == EXAMPLE_KEY
    assert Note(read_note(EXAMPLE).text).signed(signer).to_bytes() == EXAMPLE


def test_published_examples_read_and_write_back() -> None:
    assert read_note(SOFA).to_bytes() == SOFA
    found = read_checkpoint(read_note(SOFA).text)
    assert (found.origin, found.size, found.run) == ("example.com/behind-the-sofa", 20852163, None)
    assert found.to_text() == read_note(SOFA).text


def test_another_implementation_opens_our_notes() -> None:
    ours = Note(b"one\n\ntwo\n").signed(key(1).signer("first")).signed(key(2).signer("example.com/second"))
    for number, name in ((1, "first"), (2, "example.com/second")):
        assert opened(ours.to_bytes(), str(PublicKey(name, key(number).public_bytes))) == b"one\n\ntwo\n"


def test_a_signature_by_a_key_of_another_kind_is_kept_and_believed_by_nobody() -> None:
    """Witnesses sign with a time before the signature (c2sp.org/tlog-cosignature): 8 bytes more."""
    line = b"\xe2\x80\x94 witness.example " + b64encode(bytes(4 + 8 + 64)) + b"\n"
    note = read_note(EXAMPLE + line)
    assert note.to_bytes() == EXAMPLE + line
    assert note.is_signed_by(read_key(EXAMPLE_KEY), ed25519.verify)
    assert not note.is_signed_by(PublicKey("witness.example", bytes(32)), ed25519.verify)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_agrees_about_the_published_note(tmp_path: Path) -> None:
    note, public = read_note(SPECIFIED), read_key(SPECIFIED_KEY)
    (tmp_path / "key.pem").write_bytes(ed25519.public_pem(public.key))
    (tmp_path / "text").write_bytes(note.text)
    (tmp_path / "signature").write_bytes(note.signatures[0].signature)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "text"]
    done = subprocess.run([*command, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"Verified Successfully" in done.stdout) == (0, True)
    (tmp_path / "text").write_bytes(note.text + b"\n")
    done = subprocess.run([*command, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0


def test_the_known_example_verifies() -> None:
    note, public = read_note(EXAMPLE), read_key(EXAMPLE_KEY)
    assert note.text.endswith(b"your problem is.\n")
    assert note.is_signed_by(public, ed25519.verify)
    assert note.to_bytes() == EXAMPLE
    assert str(public) == EXAMPLE_KEY


def test_another_text_key_or_name_does_not() -> None:
    note, public = read_note(EXAMPLE), read_key(EXAMPLE_KEY)
    assert not Note(note.text + b"x\n", note.signatures).is_signed_by(public, ed25519.verify)
    assert not note.is_signed_by(PublicKey(public.name, key().public_bytes), ed25519.verify)
    assert not note.is_signed_by(PublicKey("Somebody", public.key), ed25519.verify)


def test_what_is_signed_here_reads_back_and_verifies() -> None:
    note = Note(b"one\ntwo\n").signed(key(1).signer("first")).signed(key(2).signer("second/key"))
    assert read_note(note.to_bytes()) == note
    for number, name in ((1, "first"), (2, "second/key")):
        assert note.is_signed_by(PublicKey(name, key(number).public_bytes), ed25519.verify)
        assert read_key(str(PublicKey(name, key(number).public_bytes))).key == key(number).public_bytes


def test_a_text_may_hold_empty_lines() -> None:
    """The last empty line is what parts text and signatures."""
    note = Note(b"one\n\ntwo\n").signed(key().signer("k"))
    assert read_note(note.to_bytes()).text == b"one\n\ntwo\n"


def test_no_changed_byte_of_a_note_goes_unnoticed() -> None:
    public = read_key(EXAMPLE_KEY)
    for place in range(len(EXAMPLE)):
        for other in {EXAMPLE[place] ^ 1, EXAMPLE[place] ^ 0x20, 0x0A, 0x20, 0x3D, 0xFF} - {EXAMPLE[place]}:
            changed = EXAMPLE[:place] + bytes([other]) + EXAMPLE[place + 1 :]
            try:
                assert not read_note(changed).is_signed_by(public, ed25519.verify), (place, other)
            except NoteError as error:
                assert str(error).endswith(".")  # noqa: PT017 - both ways of noticing are right


SIGNATURE = EXAMPLE.splitlines()[-1]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"text\n",
        b"text\n\n",
        b"text\n\n" + SIGNATURE,
        b"text\n\n\n" + SIGNATURE + b"\n\n",
        b"text\n\n" + SIGNATURE.replace("— ".encode(), b"- ") + b"\n",
        b"text\n\n" + SIGNATURE.replace("— ".encode(), "—".encode()) + b"\n",
        b"text\n\n" + SIGNATURE.replace(b" x08", b"  x08") + b"\n",
        b"text\n\n" + SIGNATURE.replace(b"Peter", b"Pe+ter") + b"\n",
        b"text\n\n" + SIGNATURE.replace(b"AM=", b"AN=") + b"\n",
        b"text\n\n" + SIGNATURE.replace(b"AM=", b"AM") + b"\n",
        b"text\n\n" + SIGNATURE.replace(b"AM=", b"") + b"\n",
        b"text\n\n" + "— name eDA4".encode() + b"\n",
        b"te\txt\n\n" + SIGNATURE + b"\n",
        b"te\rxt\n\n" + SIGNATURE + b"\n",
        b"te\xffxt\n\n" + SIGNATURE + b"\n",
        b"text\n\n" + (SIGNATURE + b"\n") * 101,
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_note_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(NoteError, match=r"\.$"):
        read_note(data)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        "name+c74f20a3",
        EXAMPLE_KEY.replace("c74f20a3", "c74f20a4"),
        EXAMPLE_KEY.replace("Neumann", "Newman"),
        EXAMPLE_KEY.replace("+AR", "+AB"),
        EXAMPLE_KEY.replace("+AR", "+BR"),
        EXAMPLE_KEY[:-4],
        EXAMPLE_KEY.replace("PeterNeumann", "Peter Neumann"),
    ],
)
def test_what_is_no_key_is_refused_with_a_sentence(line: str) -> None:
    with pytest.raises(NoteError, match=r"\.$"):
        read_key(line)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nfeed", "wide\u3000space", "tab\t"])
def test_nobody_signs_under_such_a_name(name: str) -> None:
    with pytest.raises(NoteError, match="cannot be the name"):
        check_name(name)
