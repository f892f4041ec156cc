"""What is given from outside pins as many entries as it counts, and the limits say what it does not pin."""

from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Text
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.proving import prove_growth
from incidentsim.evidence.rebundling import cosign
from incidentsim.evidence.trusted_inputs import TrustedInputs, read_trusted_checkpoint
from incidentsim.evidence.verifying import verify_bundle, verify_log_file, verify_run
from incidentsim.evidence.verifying_proofs import verify_proof
from incidentsim.ledger.checkpoint import Checkpoint, origin_of
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import Note, PublicKey
from incidentsim.ledger.roster import RosterName
from tests.support.evidence import as_log, bundle, failed, key, record
from tests.support.record import record as stored
from tests.support.record import some_facts

COUNT = 9
ENTRIES = list(record(COUNT).entries)


def outside(size: int, number: int = 1) -> Note:
    """A checkpoint over the first so many entries, signed by the key with this number."""
    name = origin_of("r1") if number == 1 else "observer"
    return Note(Checkpoint.of_run("r1", size, root_of(ENTRIES[:size])).to_text()).signed(key(number).signer(name))


GIVEN = {
    "paper": lambda size: TrustedInputs(size=size, root=root_of(ENTRIES[:size])),
    "checkpoint": lambda size: TrustedInputs(earlier=(outside(size),)),
    "both": lambda size: TrustedInputs(size=size, root=root_of(ENTRIES[:size]), earlier=(outside(min(size, 2)),)),
}


def ways(tmp_path: Path, trusted: TrustedInputs) -> list[Findings]:
    """The same record verified as a bundle, as a log and as a stored run."""
    if not (tmp_path / "b.zip").exists():
        bundle(tmp_path / "b.zip", COUNT)
        (tmp_path / "l.jsonl").write_bytes(as_log(ENTRIES))
    store = MemoryStore()
    stored(store, "r1", some_facts(COUNT))
    return [
        verify_bundle(tmp_path / "b.zip", trusted),
        verify_log_file(tmp_path / "l.jsonl", trusted),
        verify_run(store, store.find("r1"), trusted),
    ]


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("size", range(1, COUNT + 1))
def test_the_limit_goes_as_far_as_size_and_root_reach(given: str, size: int, tmp_path: Path) -> None:
    for findings in ways(tmp_path, GIVEN[given](size)):
        assert (findings.holds, findings.pinned) == (True, size)
        assert "earlier" not in findings.not_checked
        said = [sentence for sentence in findings.limits() if "pinned from outside" in sentence]
        assert len(said) == (size < COUNT)
        assert all((f" of {COUNT}" in sentence and str(size) in sentence) or size == 1 for sentence in said)
        named = [limit["name"] for limit in findings.to_json()["not_checked"]]  # type: ignore[index,union-attr,call-overload]
        assert ("pinned" in named) is (size < COUNT)


def test_nothing_given_an_empty_checkpoint_and_a_size_alone_pin_nothing(tmp_path: Path) -> None:
    for trusted, names in (
        (TrustedInputs(), {"earlier"}),
        (TrustedInputs(size=5), {"earlier", "size-only"}),
        (TrustedInputs(earlier=(outside(0),)), {"pins-nothing"}),
    ):
        for findings in ways(tmp_path, trusted):
            assert (findings.holds, findings.pinned) == (True, 0)
            assert names == {"earlier", "size-only", "pins-nothing"} & set(findings.not_checked)
            assert any("this would not show" in sentence for sentence in findings.limits())
            assert "paper" not in {check.name for check in findings.checks}


@pytest.mark.parametrize("size", [0, -1])
def test_a_size_below_one_is_refused(size: int) -> None:
    with pytest.raises(InputError, match="A size of 0 pins nothing"):
        TrustedInputs(size=size)


def test_what_does_not_hold_pins_nothing(tmp_path: Path) -> None:
    for findings in ways(tmp_path, TrustedInputs(size=5, root=bytes(32))):
        assert (failed(findings), findings.pinned) == ({"paper"}, 0)


def test_a_checkpoint_counts_by_the_signatures_that_could_be_checked(tmp_path: Path) -> None:
    observer = PublicKey("", key(2).public_bytes)
    (found, log, run) = ways(tmp_path, TrustedInputs(earlier=(outside(9),)))
    assert [signed.holds for signed in found.pins[0].signatures] == [True]
    for findings in (log, run):
        assert "counts as a size and a root that you trust, no more" in " ".join(findings.limits())
    (found, *others) = ways(tmp_path, TrustedInputs(earlier=(outside(9).signed(key(2).signer("observer")),)))
    assert "the signatures by observer were not checked" in " ".join(found.limits())
    for findings in others:
        assert "the keys of incidentsim/run/r1, observer are not here" in " ".join(findings.limits())
    known = TrustedInputs(earlier=(outside(9, 2),), keys=(observer,))
    findings = ways(tmp_path, known)[0]
    assert [(signed.name, signed.holds) for signed in findings.pins[0].signatures] == [("observer", True)]
    assert not any("from outside" in sentence for sentence in findings.limits())
    bent = replace(outside(9, 2).signatures[0], signature=bytes(64))
    forged = TrustedInputs(earlier=(Note(outside(9, 2).text, (bent,)),), keys=(observer,))
    assert "earlier" in failed(ways(tmp_path, forged)[0])
    assert ways(tmp_path, forged)[0].pinned == 0


def test_names_and_texts_exchanged_since_the_checkpoint_from_outside_are_found(tmp_path: Path) -> None:
    """By the key's holder, who signs the bundle anew: the entries are the same."""
    bundle(tmp_path / "b.zip", COUNT)
    kept = TrustedInputs(earlier=(read_trusted_checkpoint(tmp_path / "b.zip"),))
    made = record(COUNT)
    write_bundle(tmp_path / "names.zip", replace(made, roster={"p1": RosterName(Text("Zhou Kai", "周凯"))}), key())
    write_bundle(tmp_path / "texts.zip", replace(made, texts=list(made.texts)[1:]), key())
    for name, without in (("names.zip", {"people"}), ("texts.zip", set[str]())):
        assert failed(verify_bundle(tmp_path / name)) == without
        assert failed(verify_bundle(tmp_path / name, kept)) == without | {"earlier"}
    write_bundle(tmp_path / "key.zip", made, key(2))  # another key has another salt
    assert verify_bundle(tmp_path / "key.zip", kept).holds


def test_a_proof_of_growth_is_pinned_as_far_as_the_earlier_checkpoint_reaches(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip", COUNT)
    data = prove_growth(tmp_path / "b.zip", outside(4))
    findings = verify_proof(data, Path("p.json"), TrustedInputs(earlier=(outside(4),)))
    assert (findings.holds, findings.pinned, findings.size) == (True, 4, COUNT)
    assert any("Only the first 4 of 9" in sentence for sentence in findings.limits())


def test_that_others_may_have_signed_is_told_of_whatever_bears_signatures(tmp_path: Path) -> None:
    bundle(tmp_path / "b.zip", COUNT)
    cosign(tmp_path / "b.zip", key(2), "observer", target=tmp_path / "c.zip")
    for name in ("b.zip", "c.zip"):
        assert "taken away without a trace" in " ".join(
            sentence.replace("\n", " ") for sentence in verify_bundle(tmp_path / name).limits()
        )
