"""Every member is pinned: whatever a forger without a key changes is found, also with the manifest made anew."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence import ed25519, members
from incidentsim.evidence.bundle import guide
from incidentsim.evidence.keys import read_public_key
from incidentsim.evidence.members import MemberError
from incidentsim.evidence.pinned_files import PINNED_ELSEWHERE, read_list
from incidentsim.evidence.rebundling import cosign, pseudonymise
from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.evidence.verifying_files import verify_path
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import PublicKey, Signature, read_note
from tests.support.evidence import bundle, failed, key, members_of, pack, record
from tests.support.tampering import NAMES, TAMPERINGS, member

DATA: Final = Path(__file__).parent / "data"
"""`before-files.*`: a bundle of 4 entries with two views, co-signed, and a proof from it, written by commit 71ce534,
the last whose checkpoints had no line `files`: `bundle(path, 4, views=…)`, `cosign(path, key(2), "observer")`,
`prove_entry(path, 3, ["all"])`, with the helpers of tests/support/evidence.py as they were then."""

VIEWS: Final = {"audit-report.en.md": b"# Audit report\n", "controls.json": b"{}\n"}

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = bundle(tmp_path_factory.mktemp("sound") / "b.zip", 4, views=VIEWS)
    cosign(path, key(2), "observer")
    return path


LOCATED: Final = {
    "log.jsonl": {"canonical", "sequence", "chain", "root", "size", "header", "ending", "run"},
    "texts.jsonl": {"texts", "all-texts"},
    "roster.json": {"roster"},
    "playbook.yaml": {"playbook"},
    "scenario.yaml": {"scenario"},
    "checkpoint": {"checkpoint", "signatures", "keys"},
    "keys/pem": {"keys"},
    "keys/vkey": {"keys", "signatures"},
}


def outsides(path: Path) -> list[TrustedInputs]:
    """Nothing from outside; a paper; a checkpoint; a key."""
    return [
        TrustedInputs(),
        TrustedInputs(size=4, root=root_of(record(4).entries)),
        TrustedInputs(earlier=(read_trusted_checkpoint(path),)),
        TrustedInputs(keys=(PublicKey("", key(2).public_bytes),)),
    ]


@pytest.mark.parametrize("how", TAMPERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_member_that_was_changed_is_found_and_located(name: str, how: str, sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    full = member(name, parts)
    forged = pack(tmp_path / "c.zip", {**parts, full: TAMPERINGS[how](parts[full])})
    for trusted in outsides(sound):
        try:
            findings = verify_bundle(forged, trusted)
        except InputError:
            continue
        assert not findings.holds
        if name in LOCATED:
            assert failed(findings) & LOCATED[name], failed(findings)
        else:
            (check,) = [check for check in findings.checks if not check.holds]
            assert (check.name, full in check.expected + check.found) == ("files", True)


def test_what_could_be_taken_away_is_told_as_a_limit_or_found(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    told = {"texts.jsonl": "texts", "roster.json": "roster", "scenario.yaml": "scenario"}
    for name in parts:
        if name in (*members.NEEDED, members.MANIFEST):
            continue
        findings = verify_bundle(pack(tmp_path / "c.zip", {one: data for one, data in parts.items() if one != name}))
        if name in told:
            assert (findings.holds, told[name] in findings.not_checked) == (True, True), name
        else:
            assert not findings.holds, name
    without = {one: data for one, data in parts.items() if not one.startswith("views")}
    findings = verify_bundle(pack(tmp_path / "c.zip", without))
    assert (findings.holds, "left-out" in findings.more_limits) == (True, True)


def test_a_signature_that_was_taken_away_is_not_seen_and_the_limits_say_so(sound: Path, tmp_path: Path) -> None:
    """Only whoever asks for it sees it."""
    parts = members_of(sound)
    note = read_note(parts["checkpoint"])
    observer = next(name for name in parts if name.endswith(".vkey") and parts[name].startswith(b"observer+"))
    stripped = {name: data for name, data in parts.items() if not name.startswith(observer.removesuffix("vkey"))}
    stripped["checkpoint"] = type(note)(note.text, note.signatures[:1]).to_bytes()
    findings = verify_bundle(pack(tmp_path / "c.zip", stripped))
    assert (findings.holds, "others-signed" in findings.more_limits) == (True, True)
    asked = TrustedInputs(keys=(PublicKey("", key(2).public_bytes),))
    assert failed(verify_bundle(tmp_path / "c.zip", asked)) == {"trusted"}
    assert verify_bundle(sound, asked).holds


def test_what_was_added_is_found(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "views/evil.html": b"x"}))
    assert [check.found[-17:] for check in findings.checks if not check.holds] == ["  views/evil.html"]


def test_every_member_is_pinned_by_something(sound: Path) -> None:
    parts = members_of(sound)
    listed = set(read_list(parts["files.sha256"], "files.sha256")) | set(
        read_list(parts["views.sha256"], "views.sha256")
    )
    assert {name for name in parts if not name.startswith("keys/")} == listed | (
        PINNED_ELSEWHERE - {"checkpoint.tsr", "offsets.json", "outline.yaml"}
    )


def test_lists_have_one_form(sound: Path) -> None:
    data = members_of(sound)["views.sha256"]
    for other in (
        data[1:],
        data + b"\n",
        data.replace(b"\n", b"\r\n"),
        data.replace(b"  views", b" *views"),
        b"",
        data[:-1],
    ):
        with pytest.raises(MemberError, match="not a list"):
            read_list(other, "views.sha256")
    swapped = b"\n".join([data.split(b"\n")[0], *data.split(b"\n")[2:0:-1], b""])
    with pytest.raises(MemberError, match="not a list"):
        read_list(swapped, "views.sha256")


def test_a_copy_that_names_nobody_is_pinned_and_its_lists_give_no_name_away(sound: Path, tmp_path: Path) -> None:
    """The digests of reports could be guessed by whoever guesses the names in them: so they are not in the copy."""
    pseudonymise(sound, tmp_path / "p.zip")
    parts = members_of(tmp_path / "p.zip")
    assert not [name for name in parts if name.startswith("views")]
    findings = verify_bundle(tmp_path / "p.zip")
    assert findings.holds
    assert "left-out" in findings.more_limits
    assert parts["checkpoint"] == members_of(sound)["checkpoint"]
    assert failed(verify_bundle(pack(tmp_path / "c.zip", {**parts, "VERIFY.md": b"#\n"}))) == {"files"}
    assert b"# salt " in members_of(sound)["views.sha256"]


# Bundles of earlier versions.


def test_a_bundle_of_an_earlier_version_verifies_with_todays_limits(tmp_path: Path) -> None:
    old = DATA / "before-files.zip"
    findings = verify_bundle(old)
    assert findings.holds
    assert {"views", "guide", "others-signed"} <= set(findings.more_limits)
    assert members_of(old)["VERIFY.md"] != guide()
    parts = members_of(old)
    assert verify_bundle(pack(tmp_path / "c.zip", {**parts, "views/controls.json": b"[]\n"})).holds  # as the limit says
    pseudonymise(old, tmp_path / "p.zip")
    assert verify_bundle(tmp_path / "p.zip").holds
    shutil.copy(old, tmp_path / "d.zip")
    cosign(tmp_path / "d.zip", key(3), "auditor")
    assert len(verify_bundle(tmp_path / "d.zip").signatures) == 3


def test_a_list_that_the_checkpoint_does_not_name_is_found(sound: Path, tmp_path: Path) -> None:
    parts = members_of(DATA / "before-files.zip")
    forged = {**parts, "files.sha256": members_of(sound)["files.sha256"]}
    assert failed(verify_bundle(pack(tmp_path / "c.zip", forged))) == {"files"}


# One form of folders.


def unpacked(path: Path, folder: Path) -> Path:
    shutil.unpack_archive(path, folder, "zip")
    return folder


def linked(folder: Path, name: str) -> None:
    """Put what is called `name` elsewhere, and a link to it in its place."""
    (folder / name).rename(folder.parent / "elsewhere")
    (folder / name).symlink_to(folder.parent / "elsewhere")


def written(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"x")


ODD: Final[dict[str, Callable[[Path], None]]] = {
    "a file": lambda folder: written(folder, ".DS_Store"),
    "a file among the views": lambda folder: written(folder, "views/.hidden"),
    "a folder": lambda folder: (folder / "more").mkdir(),
    "a folder among the keys": lambda folder: (folder / "keys" / "more").mkdir(),
    "a link to a member": lambda folder: (folder / "views" / "b.md").symlink_to(folder / "VERIFY.md"),
    "a link in place of a member": lambda folder: linked(folder, "VERIFY.md"),
    "a link in place of a folder": lambda folder: linked(folder, "views"),
    "another case": lambda folder: written(folder, "verify.md"),
    "another case among the views": lambda folder: written(folder, "views/Controls.json"),
    "notes of strangers": lambda folder: written(folder, "check/x"),
}


@pytest.mark.parametrize("how", ODD)
def test_a_folder_with_anything_else_in_it_is_no_bundle(how: str, sound: Path, tmp_path: Path) -> None:
    folder = unpacked(sound, tmp_path / "b")
    assert verify_bundle(folder).holds
    ODD[how](folder)
    with pytest.raises(InputError):
        verify_bundle(folder)


def test_what_an_earlier_guide_left_in_a_folder_is_no_fault_of_an_earlier_bundle(sound: Path, tmp_path: Path) -> None:
    for path, holds in ((DATA / "before-files.zip", True), (sound, False)):
        folder = unpacked(path, tmp_path / path.stem)
        (folder / "check").mkdir()
        (folder / "check" / "said").write_bytes(b"x")
        assert verify_bundle(folder).holds is holds


# One form of proofs, recognised however it was written anew.

PROOF: Final = (DATA / "before-files.proof.json").read_bytes()
VALUE: Final = json.loads(PROOF)


REWRITTEN: Final = {
    "as it was": PROOF,
    "indented": json.dumps(VALUE, indent=2).encode(),
    "with tabs": json.dumps(VALUE, indent="\t").encode(),
    "other line ends": json.dumps(VALUE, indent=2).replace("\n", "\r\n").encode(),
    "keys turned round": json.dumps(dict(reversed(VALUE.items()))).encode(),
    "not escaped": json.dumps(VALUE, ensure_ascii=False).encode(),
    "with a mark": b"\xef\xbb\xbf" + PROOF,
    "in UTF-16": json.dumps(VALUE).encode("utf-16"),
    "without a line end": PROOF.strip(),
}


@pytest.mark.parametrize("how", REWRITTEN)
def test_a_proof_written_anew_by_any_program_is_the_same_proof(how: str, tmp_path: Path) -> None:
    for name in ("p.json", "p.txt", "p.jsonl"):
        (tmp_path / name).write_bytes(REWRITTEN[how])
        findings = verify_path(tmp_path / name, TrustedInputs())
        assert (findings.kind, findings.holds) == ("inclusion", True)


@pytest.mark.parametrize(
    "data", [PROOF.replace(b'"seq":3,', b'"seq":3,"seq":3,'), PROOF.replace(b'"seq":3,', b'"seq":3.0,')]
)
def test_a_proof_that_readers_take_differently_is_refused(data: bytes, tmp_path: Path) -> None:
    assert data != PROOF
    (tmp_path / "p.json").write_bytes(data)
    with pytest.raises(InputError, match="is no proof"):
        verify_path(tmp_path / "p.json", TrustedInputs())


def test_the_keys_of_a_proof_have_one_form(tmp_path: Path) -> None:
    value = {**VALUE, "keys": [" " + VALUE["keys"][0], *VALUE["keys"][1:]]}
    (tmp_path / "p.json").write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(InputError, match="one form"):
        verify_path(tmp_path / "p.json", TrustedInputs())


# Keys are counted, and are somebody's.

P: Final = 2**255 - 19
D: Final = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def added(one: Point, other: Point) -> Point:
    """The sum of two points of edwards25519 (RFC 8032 section 5.1.4, in affine form)."""
    (x, y), (u, v) = one, other
    both = D * x * u * y * v
    return (x * v + u * y) * pow(1 + both, -1, P) % P, (y * v + x * u) * pow(1 - both, -1, P) % P


def eight() -> list[Point]:
    """The eight points whose order divides eight, made from one of order eight."""
    y = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    found: list[Point] = [(0, 1)]
    while len(found) < 8:
        found.append(added(found[-1], (x, y)))
    assert added(found[-1], (x, y)) == (0, 1)
    return found


def encodings() -> list[bytes]:
    """Every way to write a point of small order, and numbers that are no canonical form of any."""
    small = [y for _x, y in eight()]
    numbers = {y + k * P for y in small for k in (0, 1) if y + k * P < 2**255} | set(range(P, 2**255))
    return [(number | sign << 255).to_bytes(32, "little") for number in sorted(numbers) for sign in (0, 1)]


def test_keys_for_which_anybody_can_sign_are_none(tmp_path: Path) -> None:
    assert len(encodings()) == 2 * (5 + 19)
    for data in encodings():
        assert not ed25519.is_key(data)
        (tmp_path / "k.vkey").write_text(f"{PublicKey('x', data)}\n", encoding="utf-8")
        with pytest.raises(InputError, match="nobody's key"):
            read_public_key(tmp_path / "k.vkey")
    assert all(ed25519.is_key(key(number).public_bytes) for number in range(50))
    assert sum(ed25519.is_key(bytes([number]) + bytes(31)) for number in range(2, 100)) < 98  # half are on no curve


def with_key(parts: Parts, public: PublicKey, signature: bytes) -> Parts:
    note = read_note(parts["checkpoint"])
    signed = type(note)(note.text, (*note.signatures, Signature(public.name, public.id, signature)))
    pem = ed25519.public_pem(public.key)
    names = {members.key_name(public, "pem"): pem, members.key_name(public, "vkey"): f"{public}\n".encode()}
    return {**parts, **names, "checkpoint": signed.to_bytes()}


def test_a_signature_that_is_right_for_every_message_counts_for_nothing(sound: Path, tmp_path: Path) -> None:
    """The identity as key, the identity and zero as signature: right by the letter of the equation."""
    one = (1).to_bytes(32, "little")
    forged = with_key(members_of(sound), PublicKey("auditor", one), one + bytes(32))
    assert {"signatures", "keys"} <= failed(verify_bundle(pack(tmp_path / "c.zip", forged)))


def test_one_key_under_two_names_is_one_key(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    text = read_note(parts["checkpoint"]).text
    forged = with_key(parts, PublicKey("auditor", key(2).public_bytes), key(2).sign(text))
    assert failed(verify_bundle(pack(tmp_path / "c.zip", forged))) == {"signatures"}
