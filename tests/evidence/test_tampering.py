"""Nobody changes a bundle unnoticed: not a byte, not an entry, not a text, and not its end.

The forger here holds no key, but may do everything else: write manifest and check sums anew, number entries anew and
chain them. What is found is also located: at the first bad entry, or the member it is in.
"""

import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence import bundle as writing
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.findings import Findings, Notebook
from incidentsim.evidence.signatures import check_signatures
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.ledger.chain import Head
from incidentsim.ledger.checkpoint import read_checkpoint
from incidentsim.ledger.digests import digest
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import NoteError, read_key, read_note
from incidentsim.ledger.verify import survey, verify_chain
from tests.support.evidence import as_log, bundle, failed, key, later_entries, members_of, pack, rechained, record
from tests.support.record import ROSTER

PARTS: Final = (
    *("log.jsonl", "checkpoint", "playbook.yaml", "scenario.yaml", "roster.json", "texts.jsonl"),
    *("files.sha256", "views.sha256", "views/report.en.md", "VERIFY.md"),
)
"""The members that the signature covers: every change of one byte in them is found, whatever the manifest says."""

MANY: Final = {"log.jsonl": 1, "texts.jsonl": 3}
"""In how many ways a byte is changed of members that are long; in those that are short, in eight."""

FOUND_BY: Final = {
    "checkpoint": {"checkpoint", "signatures", "keys"},
    "playbook.yaml": {"playbook"},
    "scenario.yaml": {"scenario"},
    "roster.json": {"roster"},
    "texts.jsonl": {"texts", "all-texts"},
    "files.sha256": {"files"},
    "views.sha256": {"files"},
    "views/report.en.md": {"files"},
    "VERIFY.md": {"files"},
}
"""The checks that tell in which member a change is."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle that nobody changes, with a short guide, so that every byte of it can be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "guide", lambda: b"# How to check this\n")
        path = bundle(tmp_path_factory.mktemp("sound") / "b.zip", 4, views={"report.en.md": b"# Report\n"})
    assert verify_bundle(path).holds
    return path


def others(data: bytes, place: int) -> set[int]:
    """Eight other values for a byte: a bit changed, and what has a meaning in texts."""
    old = data[place]
    return {old ^ 1, old ^ 0x20, old ^ 0x80, 0, 0x0A, 0x20, 0x22, 0xFF} - {old}


def changed(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + bytes([value]) + data[place + 1 :]


def entry_at(log: bytes, place: int) -> int:
    """Of which entry this byte of a log is; a line feed is of the entry before it."""
    return log[:place].count(b"\n")


def verified(path: Path) -> Findings | None:
    """The findings; `None` where the file is refused, which is a way of finding too."""
    try:
        return verify_bundle(path)
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017 - a sentence
        return None


def check_located(name: str, parts: dict[str, bytes], place: int, findings: Findings | None) -> None:
    """Check that a change at this place of a member was found, and is said to be there."""
    assert findings is not None, (name, place)
    assert not findings.holds, (name, place)
    if name == "log.jsonl":
        assert findings.first_bad == entry_at(parts[name], place), place
    else:
        assert failed(findings) & FOUND_BY[name], (place, failed(findings))


def check_byte(name: str, parts: dict[str, bytes], place: int, value: int, target: Path) -> None:
    """Change one byte, once with a manifest made anew and once with the old one."""
    data = {**parts, name: changed(parts[name], place, value)}
    check_located(name, parts, place, verified(pack(target, data)))
    findings = verified(pack(target, data, manifest=False))
    check_located(name, parts, place, findings)
    assert findings is not None
    assert any(check.expected.endswith(f"  {name}") for check in findings.checks if check.name == "manifest")


# One byte.


@pytest.mark.parametrize("name", PARTS)
def test_a_changed_byte_is_found_and_located(name: str, sound: Path, tmp_path: Path) -> None:
    """Every thirteenth place here; every place, and every value, among the slow tests."""
    parts = members_of(sound)
    for place in range(0, len(parts[name]), 13):
        value = parts[name][place] ^ (1 + place % 255)
        check_located(
            name, parts, place, verified(pack(tmp_path / "b.zip", {**parts, name: changed(parts[name], place, value)}))
        )


def test_a_changed_byte_anywhere_in_the_file_is_found(sound: Path, tmp_path: Path) -> None:
    """Members, headers, directory: here and there, and around the borders of members."""
    data, target = sound.read_bytes(), tmp_path / "b.zip"
    borders = {data.index(part) for part in members_of(sound).values()}
    near = {place for border in borders for place in range(border - 50, border + 2, 3)}
    for place in sorted({*range(0, len(data), 41), *near}):
        target.write_bytes(changed(data, place, data[place] ^ 1))
        findings = verified(target)
        assert findings is None or not findings.holds, place


@pytest.mark.slow
@pytest.mark.parametrize("name", PARTS)
def test_every_byte_is_found_and_located(name: str, sound: Path, tmp_path: Path) -> None:
    """The whole bundle is verified each time, with the manifest made anew and with the old one."""
    parts = members_of(sound)
    for place in range(len(parts[name])):
        values = sorted(others(parts[name], place))
        for value in values[place % len(values) :][: MANY.get(name, len(values))]:
            check_byte(name, parts, place, value, tmp_path / "b.zip")


@pytest.mark.slow
def test_every_byte_of_the_file_in_two_ways_is_found(sound: Path, tmp_path: Path) -> None:
    data, target = sound.read_bytes(), tmp_path / "b.zip"
    for place in range(len(data)):
        for value in (data[place] ^ 1, 0 if data[place] else 0xFF):
            target.write_bytes(changed(data, place, value))
            findings = verified(target)
            assert findings is None or not findings.holds, (place, value)


@pytest.mark.slow
def test_every_other_value_of_every_byte_of_the_log_is_found(sound: Path) -> None:
    """By the function that verifying uses for it, over the entry that was changed and the one after it."""
    lines = members_of(sound)["log.jsonl"].splitlines()
    for number, line in enumerate(lines):
        following = lines[number + 1 : number + 2]
        right = root_of([line])
        for place in range(len(line)):
            for value in range(256):
                if value != line[place]:
                    other = changed(line, place, value)
                    found = survey([other.split(b"\n") + following])
                    # the last entry may be sound in itself; then the root is another
                    assert found is None or (not following and root_of([other]) != right), (number, place, value)


@pytest.mark.slow
def test_every_byte_of_the_log_in_eight_ways_is_found_at_its_entry(sound: Path) -> None:
    """By the exact way, entry by entry."""
    log = members_of(sound)["log.jsonl"]
    lines = log.splitlines()
    root, head = root_of(lines), Head(len(lines), digest(lines[-1]))
    for place in range(len(log) - 1):
        for value in sorted(others(log, place)):
            verdict = verify_chain(changed(log, place, value)[:-1].split(b"\n"), run="r1", head=head)
            assert not verdict.holds, (place, value)
            assert verdict.root != root
            # where only the last hash shows it, it is in the last entry
            assert (3 if verdict.first_bad is None else verdict.first_bad) == entry_at(log, place), (place, value)


@pytest.mark.slow
def test_every_other_value_of_every_byte_of_the_checkpoint_is_found(sound: Path) -> None:
    parts = members_of(sound)
    data = parts["checkpoint"]
    keys = [read_key(part.decode()) for name, part in parts.items() if name.endswith(".vkey")]
    for place in range(len(data)):
        for value in range(256):
            if value != data[place]:
                notes = Notebook()
                try:
                    note = read_note(changed(data, place, value))
                    read_checkpoint(note.text)
                except NoteError:
                    continue
                check_signatures(note, keys, notes)
                assert not all(check.holds for check in notes.made.values()), (place, value)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_thousand_random_changes_of_a_large_record_are_found(tmp_path: Path) -> None:
    """One byte of one of 5,000 entries each time.

    For every five hundredth, and wherever the last entry is changed, the whole bundle is verified. Otherwise the part
    around the change is, by the same function: what is further away is as it was.
    """
    made = record(5_000)
    write_bundle(tmp_path / "b.zip", made, key())
    parts = members_of(tmp_path / "b.zip")
    lines = list(made.entries)
    draw = random.Random(6)  # noqa: S311 - the same changes in every run
    for number in range(100_000):
        seq = draw.randrange(len(lines))
        line = lines[seq]
        place = draw.randrange(len(line))
        other = changed(line, place, (line[place] + draw.randrange(1, 256)) % 256)
        if number % 500 == 0 or seq + 1 == len(lines):
            log = as_log([*lines[:seq], other, *lines[seq + 1 :]])
            findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "log.jsonl": log}))
            assert not findings.holds
            assert findings.first_bad == seq, (place, other[place])
        else:
            assert survey([[*other.split(b"\n"), lines[seq + 1]]]) is None, (seq, place, other[place])


@pytest.mark.slow
def test_random_changes_of_what_lies_beside_a_large_record_are_found(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip", 200))
    there = [name for name in PARTS[1:] if name in parts]  # a bundle without views has no list of them
    draw = random.Random(7)  # noqa: S311 - the same changes in every run
    for _ in range(1_000):
        name = draw.choice(there)
        place = draw.randrange(len(parts[name]))
        other = changed(parts[name], place, (parts[name][place] + draw.randrange(1, 256)) % 256)
        check_located(name, parts, place, verified(pack(tmp_path / "c.zip", {**parts, name: other})))


# The end cut off.


def test_every_shorter_log_is_found_and_located(sound: Path, tmp_path: Path) -> None:
    """Wherever it ends: in the middle of a line, or after a whole one. At every byte among the slow tests."""
    parts = members_of(sound)
    log = parts["log.jsonl"]
    ends = {place + 1 for place, byte in enumerate(log) if byte == 0x0A} - {len(log)}
    for size in sorted({*range(0, len(log), 23), *ends}):
        findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "log.jsonl": log[:size]}))
        assert not findings.holds
        assert findings.first_bad == entry_at(log, size), size
        assert ("ending" in failed(findings)) is not log[:size].endswith(b"\n"), size


@pytest.mark.slow
@pytest.mark.parametrize("name", PARTS)
def test_every_truncation_of_every_member_is_found_and_located(name: str, sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    data = parts[name]
    for size in range(len(data)):
        for manifest in (True, False):
            shorter = pack(tmp_path / "c.zip", {**parts, name: data[:size]}, manifest=manifest)
            check_located(name, parts, size, verified(shorter))


def test_every_truncation_of_the_file_is_refused(sound: Path, tmp_path: Path) -> None:
    data, target = sound.read_bytes(), tmp_path / "b.zip"
    for size in range(0, len(data), 1 + len(data) // 500):
        target.write_bytes(data[:size])
        assert verified(target) is None, size


# Entries removed, added, put elsewhere, repeated.

NINE: Final = tuple(record(9).entries)
FOREIGN: Final = later_entries()


def spoilt() -> dict[str, list[bytes]]:
    """Every way to remove, repeat, swap or put in one entry of nine, and some that do more."""
    lines, size = list(NINE), len(NINE)
    found = {f"{n} removed": lines[:n] + lines[n + 1 :] for n in range(size)}
    found |= {f"{n} and all after it removed": lines[:n] for n in range(size)}
    found |= {
        f"{n} repeated at {to}": [*lines[:to], lines[n], *lines[to:]] for n in range(size) for to in range(size + 1)
    }
    found |= {f"a foreign one put in at {n}": lines[:n] + FOREIGN[:1] + lines[n:] for n in range(size + 1)}
    found |= {f"an empty line at {n}": [*lines[:n], b"", *lines[n:]] for n in range(size + 1)}
    for one, other in combinations(range(size), 2):
        swapped = list(lines)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        found[f"{one} and {other} swapped"] = swapped
    found["all turned round"] = lines[::-1]
    found["two added that follow"] = lines + FOREIGN
    found["other line ends"] = [line + b"\r" for line in lines]
    return found


def first_other(before: Sequence[bytes], after: Sequence[bytes]) -> int:
    """The first place where two lists differ."""
    pairs = zip(before, after, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def test_every_entry_removed_added_swapped_or_repeated_is_found_and_located(tmp_path: Path) -> None:
    parts = members_of(bundle(tmp_path / "b.zip", 9))
    cases = spoilt()
    assert len(cases) == 9 + 9 + 90 + 10 + 10 + 36 + 3
    for name, lines in cases.items():
        findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "log.jsonl": as_log(lines)}))
        assert not findings.holds, name
        assert findings.first_bad == first_other(NINE, lines), name
        assert findings.may_be_earlier is (len(lines) < 9 and lines == list(NINE[: len(lines)]) and bool(lines)), name


def test_a_chain_that_was_repaired_is_found_by_the_checkpoint(tmp_path: Path) -> None:
    """Numbers and hashes made anew: nothing but the signed root and size shows it, and they do."""
    parts = members_of(bundle(tmp_path / "b.zip", 9))
    del parts["texts.jsonl"]  # with them it would be found by the texts as well
    for name, lines in spoilt().items():
        if b"" in lines or name == "other line ends" or not lines or not lines[0]:
            continue  # what is no entry cannot be repaired
        log = as_log(rechained(lines))
        if log == parts["log.jsonl"]:
            continue
        findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "log.jsonl": log}))
        assert failed(findings) <= {"root", "size"}, name
        assert failed(findings), name
        assert findings.first_bad is not None, name
        assert findings.may_be_earlier is ("root" in failed(findings)), name


# Texts and names beside the log.


def test_every_text_removed_swapped_or_repeated_is_found_and_located(tmp_path: Path) -> None:
    """Also of two texts of one entry, which say the same in either order: the checkpoint pins all of them together."""
    parts = members_of(bundle(tmp_path / "b.zip", 9))
    lines = parts["texts.jsonl"].splitlines()
    size = len(lines)
    entries = [0, 0, 3, 3, 6, 6]
    assert [line.partition(b'"seq":')[2][:1] for line in lines] == [b"%d" % seq for seq in entries]
    cases = [lines[:n] + lines[n + 1 :] for n in range(size)]
    cases += [[*lines[:to], lines[n], *lines[to:]] for n in range(size) for to in range(size + 1)]
    cases += [lines[:n] for n in range(size)]
    for one, other in combinations(range(size), 2):
        swapped = list(lines)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        cases.append(swapped)
    for case in cases:
        findings = verify_bundle(pack(tmp_path / "c.zip", {**parts, "texts.jsonl": as_log(case)}))
        assert "all-texts" in failed(findings)
        assert failed(findings) <= {"all-texts", "texts"}
        assert findings.first_bad == entries[min(first_other(lines, case), size - 1)]


def test_every_name_removed_swapped_or_added_is_found(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    roster = parts["roster.json"]
    salts = {who: name.salt.hex().encode() for who, name in ROSTER.items() if name.salt}
    one, other = (
        b'"p1":{"en":"Lin Yue","salt":"%s","zh":"\xe6\x9e\x97\xe6\x82\xa6"}' % salts["p1"],
        b'"p2":{"en":"Zhou Kai","salt":"%s","zh":"\xe5\x91\xa8\xe5\x87\xaf"}' % salts["p2"],
    )
    assert one + b"," + other in roster
    for names in (one, other, other + b"," + one, one + b"," + one, one + b"," + other + b"," + other, b""):
        forged = roster.replace(one + b"," + other, names)
        fewer = {one, other, b""}  # nothing on record says that a name was erased
        found = failed(verify_bundle(pack(tmp_path / "c.zip", {**parts, "roster.json": forged})))
        assert found == ({"roster", "people"} if names in fewer else {"roster"})
    exchanged = roster.replace(b'"p1"', b'"p0"').replace(b'"p2"', b'"p1"').replace(b'"p0"', b'"p2"')
    assert failed(verify_bundle(pack(tmp_path / "c.zip", {**parts, "roster.json": exchanged}))) == {"roster"}
