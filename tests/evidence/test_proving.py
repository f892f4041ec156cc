"""A proof is verified alone, shows one thing, and discloses no text that was not to be disclosed."""

import json
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence import members
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.proving import prove_entry, prove_growth
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
from incidentsim.evidence.verifying_proofs import verify_proof
from incidentsim.ledger.checkpoint import Checkpoint, read_checkpoint
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import Note, PublicKey
from tests.support.evidence import bundle, key, members_of, pack, record

HERE = Path("p.json")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = bundle(tmp_path_factory.mktemp("sound") / "b.zip", 11)
    cosign(path, key(2), "observer")
    return path


def failed(findings: Findings) -> set[str]:
    return {check.name for check in findings.checks if not check.holds}


def written(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS) + b"\n"


@pytest.mark.parametrize("seq", range(11))
def test_every_entry_is_proven_alone(seq: int, sound: Path) -> None:
    data = prove_entry(sound, seq)
    findings = verify_proof(data, HERE)
    assert findings.holds
    assert (findings.kind, findings.run, findings.size) == ("inclusion", "r1", 11)
    assert findings.root == root_of(record(11).entries)
    assert [signed.name for signed in findings.signatures] == ["incidentsim/run/r1", "observer"]
    assert "nothing is said about any other" in " ".join(findings.limits())
    assert len(data) < 3_000


def test_a_proof_is_small_however_long_the_record(tmp_path: Path) -> None:
    assert len(prove_entry(bundle(tmp_path / "b.zip", 3_000), 1234)) < 3_000


def test_texts_stay_secret_unless_they_are_disclosed(sound: Path) -> None:
    hidden = prove_entry(sound, 3)
    assert b"it is number" not in hidden
    assert verify_proof(hidden, HERE).sealed == 2
    one = prove_entry(sound, 3, ["/with/nature"])
    assert b"it is number 3" in one
    assert "号店".encode() not in one
    findings = verify_proof(one, HERE)
    assert (findings.holds, findings.sealed) == (True, 1)
    both = verify_proof(prove_entry(sound, 3, ["all"]), HERE)
    assert (both.holds, both.sealed) == (True, 0)
    assert "text" in {check.name for check in both.checks}


def test_a_disclosed_text_is_checked_against_its_commitment(sound: Path) -> None:
    value = json.loads(prove_entry(sound, 3, ["/with/nature"]))
    text = value["texts"][0]
    for change in ({"text": "nothing"}, {"salt": "00" * 32}, {"pointer": "/with/scope"}, {"seq": 4}):
        assert failed(verify_proof(written({**value, "texts": [{**text, **change}]}), HERE)) == {"text"}
    assert failed(verify_proof(written({**value, "texts": [text, text]}), HERE)) == {"text"}


def test_every_changed_byte_of_a_proof_is_found(sound: Path) -> None:
    data = prove_entry(sound, 3, ["all"])
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ (1 + place % 255)]) + data[place + 1 :]
        try:
            assert not verify_proof(changed, HERE).holds, place
        except InputError as error:
            assert "p.json is no proof" in str(error)  # noqa: PT017 - a refusal is one of two right answers


def test_a_proof_of_another_place_or_entry_is_found(sound: Path) -> None:
    value, other = json.loads(prove_entry(sound, 3)), json.loads(prove_entry(sound, 4))
    for change, expected in (
        ({"seq": 4}, {"entry", "inclusion"}),
        ({"entry": other["entry"]}, {"entry", "inclusion"}),
        ({"hashes": other["hashes"]}, {"inclusion"}),
        ({"hashes": value["hashes"][:-1]}, {"inclusion"}),
        ({"hashes": []}, {"inclusion"}),
        ({"entry": "{}"}, {"entry", "inclusion"}),
        ({"keys": value["keys"][:1]}, {"signatures"}),
        ({"keys": []}, {"signatures"}),
    ):
        assert failed(verify_proof(written({**value, **change}), HERE)) == expected, change


def test_what_is_known_from_elsewhere_is_compared(sound: Path) -> None:
    data = prove_entry(sound, 3)
    root = root_of(record(11).entries)
    kept = read_trusted_checkpoint(sound)
    observer = PublicKey("observer", key(2).public_bytes)
    for trusted in (
        TrustedInputs(root=root),
        TrustedInputs(root=root, size=11),
        TrustedInputs(earlier=(kept,)),
        TrustedInputs(keys=(observer,)),
    ):
        assert verify_proof(data, HERE, trusted).holds
    assert failed(verify_proof(data, HERE, TrustedInputs(root=bytes(32)))) == {"paper"}
    assert failed(verify_proof(data, HERE, TrustedInputs(size=12))) == {"count"}
    assert failed(verify_proof(data, HERE, TrustedInputs(size=12, root=root))) == {"paper"}
    assert failed(verify_proof(data, HERE, TrustedInputs(keys=(PublicKey("", bytes(32)),)))) == {"trusted"}


@pytest.mark.parametrize("count", range(1, 12))
def test_growth_is_proven_from_every_earlier_size(count: int, sound: Path, tmp_path: Path) -> None:
    kept = read_trusted_checkpoint(bundle(tmp_path / "early.zip", count))
    findings = verify_proof(prove_growth(sound, kept), HERE)
    assert findings.holds
    assert (findings.kind, findings.size) == ("consistency", 11)


def test_growth_from_another_history_is_not_proven(sound: Path, tmp_path: Path) -> None:
    kept = read_trusted_checkpoint(bundle(tmp_path / "early.zip", 5))
    value = json.loads(prove_growth(sound, kept))
    value["earlier"] = value["earlier"].replace("\n5\n", "\n4\n")
    assert {"growth", "signatures"} <= failed(verify_proof(written(value), HERE))
    longer = read_trusted_checkpoint(bundle(tmp_path / "late.zip", 12))
    with pytest.raises(InputError, match="no earlier one"):
        prove_growth(sound, longer)
    bent = Note(kept.text.replace(b"\n5\n", b"\n4\n"), kept.signatures)
    with pytest.raises(InputError, match="nobody has signed that checkpoint"):
        prove_growth(sound, bent)
    other = Checkpoint(read_checkpoint(kept.text).origin, 5, bytes(32))
    resigned = Note(other.to_text()).signed(key().signer(other.origin))
    with pytest.raises(InputError, match="does not begin with"):
        prove_growth(sound, resigned)


@pytest.mark.slow
def test_every_changed_byte_of_a_proof_of_growth_is_found(sound: Path, tmp_path: Path) -> None:
    data = prove_growth(sound, read_trusted_checkpoint(bundle(tmp_path / "early.zip", 5)))
    for place in range(len(data)):
        for value in {data[place] ^ 1, data[place] ^ (1 + place % 255)}:
            changed = data[:place] + bytes([value]) + data[place + 1 :]
            try:
                holds = verify_proof(changed, HERE).holds
            except InputError:
                continue
            assert not holds, (place, data[place - 20 : place + 20])


def test_what_is_not_there_is_not_proven(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no entry 11: the record has 11"):
        prove_entry(sound, 11)
    with pytest.raises(InputError, match="Its texts are at: /with/nature, /with/scope"):
        prove_entry(sound, 3, ["/with/cause"])
    pseudonymise(sound, tmp_path / "p.zip")
    assert verify_proof(prove_entry(tmp_path / "p.zip", 3), HERE).holds
    with pytest.raises(InputError, match="texts are not in"):
        prove_entry(tmp_path / "p.zip", 3, ["all"])


Spoil = Callable[[dict[str, bytes]], dict[str, bytes]]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda parts: {**parts, "log.jsonl": parts["log.jsonl"].replace(b"M2", b"M3")},
        lambda parts: {**parts, "log.jsonl": b""},
        lambda parts: {**parts, "checkpoint": b"nothing"},
    ],
    ids=["changed", "empty", "no checkpoint"],
)
def test_nothing_is_proven_from_a_faulty_record(spoil: Spoil, sound: Path, tmp_path: Path) -> None:
    pack(tmp_path / "c.zip", spoil(members_of(sound)))
    with pytest.raises(InputError, match="not the one that was signed"):
        prove_entry(tmp_path / "c.zip", 3)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null\n", b'{"schema":"incidentsim/proof/1"}', b"\xff", b"[" * 100_000, b'{"schema":1.5}'],
)
def test_what_is_no_proof_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"p\.json is no proof"):
        verify_proof(data, HERE)


@pytest.mark.parametrize("part", ["checkpoint", "entry", "hashes", "keys", "seq", "texts"])
@pytest.mark.parametrize("value", [None, 1, "x", [], [1], {}, "\ud7ff", 2**53 - 1, -1, True, [["x"]], "—"])
def test_parts_of_another_kind_are_found(part: str, value: object, sound: Path) -> None:
    proof = json.loads(prove_entry(sound, 3))
    if part == "texts" and value == []:
        return
    try:
        assert not verify_proof(written({**proof, part: value}), HERE).holds
    except InputError as error:
        assert "is no proof" in str(error)  # noqa: PT017 - a refusal is one of two right answers


def test_proofs_name_their_members() -> None:
    assert members.key_name(PublicKey("a", bytes(32)), "pem").startswith("keys/")
