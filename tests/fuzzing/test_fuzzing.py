"""The fuzzer at work: a few inputs for each reader in every fast run, minutes of them in the slow tier, hours by hand.

pytest -m slow tests/fuzzing                          some minutes, shared by the readers
pytest -m long tests/fuzzing --fuzz-seconds 36000     as long as one likes
python -m tests.fuzzing --inputs 1000000              the same with counts
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest

from incidentsim.domain.errors import InputError
from tests.fuzzing.fuzzing import Count, Finding, examine, kept, seeds_of, spoilt
from tests.fuzzing.mutating import MOST, MUTATIONS, mutate
from tests.fuzzing.reader import Reader
from tests.fuzzing.readers import READERS

FEW: Final = {
    "command-line": 3,
    "typed": 2,
    "playbook": 3,
    "scenario": 3,
    "archetype": 2,
    "clocks": 2,
    "import-veris": 3,
}
USUAL: Final = 15
SLOW_SECONDS: Final = 300
LONG_SECONDS: Final = 3_600


def found_in(reader: Reader, seed: str, number: int, count: Count | None = None) -> Finding | None:
    """What the input with this number leads to."""
    return examine(reader, spoilt(reader, seed, number), count)


def told(finding: Finding, seed: str, number: int) -> str:
    """What happened, and how to have it happen again."""
    again = f"python -m tests.fuzzing --reader {finding.reader} --seed {seed} --from {number} --inputs 1 --keep"
    return f"{finding.what}\n{finding.data[:2000]!r}\nAgain, and for the fast tests: {again}"


@pytest.mark.parametrize("name", READERS)
def test_a_few_spoilt_inputs_are_read_or_refused_in_words(name: str) -> None:
    for number in range(FEW.get(name, USUAL)):
        finding = found_in(READERS[name], "few", number)
        assert finding is None, told(finding, "few", number)


def at_length(name: str, seconds: float) -> None:
    """Fuzz one reader for so many seconds of CPU: the same inputs where CI runs, others every day elsewhere."""
    seed = "ci" if "CI" in os.environ else datetime.now(UTC).date().isoformat()
    until = time.process_time() + seconds
    count = Count()
    while time.process_time() < until:
        number = count.inputs
        finding = found_in(READERS[name], seed, number, count)
        assert finding is None, told(finding, seed, number)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", READERS)
def test_spoilt_inputs_are_read_or_refused_in_words(name: str, fuzz_seconds: float | None) -> None:
    at_length(name, (fuzz_seconds or SLOW_SECONDS) / len(READERS))


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", READERS)
def test_a_great_many_spoilt_inputs_are_read_or_refused_in_words(name: str, fuzz_seconds: float | None) -> None:
    at_length(name, (fuzz_seconds or LONG_SECONDS) / len(READERS))


@pytest.mark.parametrize(("name", "path"), kept(), ids=lambda one: getattr(one, "name", str(one)))
def test_what_was_found_once_is_not_found_again(name: str, path: Path) -> None:
    finding = examine(READERS[name], path.read_bytes())
    assert finding is None, finding


def test_the_same_seed_spoils_in_the_same_way() -> None:
    for reader in READERS.values():
        assert spoilt(reader, "x", 3) == spoilt(reader, "x", 3)
    assert len({spoilt(READERS["note"], "x", number) for number in range(50)}) > 40


@pytest.mark.parametrize("mutation", dict.fromkeys(MUTATIONS))
def test_a_mutation_takes_anything_and_changes_something(mutation: Callable[[bytes, bytes, Random], bytes]) -> None:
    texts = [b"", b"a", b"\xff\x00", b"a: 1\nb: [2, {c: d}]\n", b'{"a":[1,2,{"b":"c"}]}\n{"d":4}\n', b'[[["x"]]]']
    random = Random("anything")  # noqa: S311 - the same in every run
    changed = [mutation(data, other, random) != data for data in texts for other in texts for _time in range(5)]
    assert any(changed)


def test_no_spoilt_input_is_larger_than_the_fuzzer_means_it_to_be() -> None:
    random = Random("large")  # noqa: S311 - the same in every run
    data = b"[1, 2]" * (MOST // 6)
    assert max(len(mutate(data, data, random)) for _time in range(20)) <= MOST


def planted(behaviour: str) -> Reader:
    """A reader that does what it must not, or what it may."""

    def read(data: bytes) -> str | None:
        match behaviour:
            case "crash":
                return str([][len(data)])
            case "loop":
                while True:
                    data += data[:0]
            case "leave":
                raise SystemExit(7)
            case "silence":
                raise InputError
            case "complaint":
                return "this is sound, and it is not"
            case "memory":
                return None if bytearray(600_000_000) else ""
            case "refusal":
                raise InputError("This is a sentence.")
        return None

    return Reader("planted", lambda: [b"x"], read)


@pytest.mark.parametrize("behaviour", ["crash", "leave", "silence", "complaint"])
def test_what_must_not_be_is_found(behaviour: str) -> None:
    finding = examine(planted(behaviour), b"x")
    assert finding is not None
    assert finding.kind.startswith("planted: ")


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", ["loop", "memory"])
def test_what_takes_too_much_is_found(behaviour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if behaviour == "loop":  # the other must not be stopped for its time where the machine is busy
        monkeypatch.setattr("tests.fuzzing.fuzzing.MOST_SECONDS", 0.5)
    finding = examine(planted(behaviour), b"x")
    assert finding is not None
    assert ("0.5 s CPU" in finding.what) == (behaviour == "loop")


@pytest.mark.parametrize("behaviour", ["refusal", "nothing"])
def test_what_may_be_is_counted(behaviour: str) -> None:
    count = Count()
    assert examine(planted(behaviour), b"x", count) is None
    assert (count.refused, count.read) == ((1, 0) if behaviour == "refusal" else (0, 1))


def test_there_is_something_to_begin_with_for_every_reader() -> None:
    assert all(seeds_of(reader) for reader in READERS.values())
