"""Checkpoints are those of C2SP tlog-checkpoint: three lines, and further ones that are kept as they are."""

from dataclasses import replace
from hashlib import sha256

import pytest

from incidentsim.ledger.checkpoint import Checkpoint, read_checkpoint, read_root, write_root
from incidentsim.ledger.digests import digest
from incidentsim.ledger.note import NoteError

ROOT = sha256(b"root").digest()


def test_a_checkpoint_reads_back() -> None:
    made = Checkpoint.of_run("r1", 12, ROOT, roster=digest(b"roster"), texts=digest(b"texts"))
    lines = [
        "incidentsim/run/r1",
        "12",
        write_root(ROOT),
        f"roster {digest(b'roster')}",
        f"texts {digest(b'texts')}",
        "",
    ]
    assert made.to_text() == "\n".join(lines).encode()
    assert read_checkpoint(made.to_text()) == made
    assert (made.run, made.roster, made.texts) == ("r1", digest(b"roster"), digest(b"texts"))


def test_a_digest_that_is_none_or_given_twice_pins_nothing() -> None:
    right = Checkpoint.of_run("r1", 12, ROOT, texts=digest(b"texts"))
    twice = replace(right, extensions=right.extensions * 2)
    bent = replace(right, extensions=("texts sha256:0",))
    assert (right.roster, twice.texts, bent.texts) == (None, None, None)


def test_one_of_another_log_is_read_too() -> None:
    """In the form of the specification's examples, with a line that we know nothing of."""
    found = read_checkpoint(f"example.com/log\n7\n{write_root(ROOT)}\nwhatever it is\n".encode())
    assert (found.origin, found.size, found.root, found.extensions) == (
        "example.com/log",
        7,
        ROOT,
        ("whatever it is",),
    )
    assert (found.run, found.roster) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n7\n",
        f"origin\n7\n{write_root(ROOT)}",
        f"origin\n07\n{write_root(ROOT)}\n",
        f"origin\n-7\n{write_root(ROOT)}\n",
        f"origin\n７\n{write_root(ROOT)}\n",
        f"origin\n{2**53}\n{write_root(ROOT)}\n",
        f"origin\n7\n{write_root(ROOT)[:-1]}\n",
        f"origin\n7\n{ROOT.hex()}\n",
        f"origin\n\n7\n{write_root(ROOT)}\n",
        f"\n7\n{write_root(ROOT)}\n",
        f"origin\n7\n{write_root(ROOT)}\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NoteError, match=r"\.$"):
        read_checkpoint(text.encode())


def test_a_root_has_one_form() -> None:
    text = write_root(ROOT)
    assert read_root(text) == ROOT
    last = text[-2]
    others = [text[:-2] + other + "=" for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"]
    assert [read_root(one) for one in others].count(ROOT) == 1, f"only with {last}"
    assert read_root(text + "\n") is None
    assert read_root("") is None
