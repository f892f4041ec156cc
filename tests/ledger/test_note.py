"""Signed notes are those of C2SP: the known example verifies, and everything in another form is refused.

The example is that of the specification's first implementation, golang.org/x/mod/sumdb/note, typed from memory: that
its signature verifies under its key shows that it was typed right.
"""

import pytest

from incidentsim.evidence import ed25519
from incidentsim.ledger.note import Note, NoteError, PublicKey, check_name, read_key, read_note
from tests.support.evidence import key

EXAMPLE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
""".encode()
EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


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
