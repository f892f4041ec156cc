"""`python -m tests.fuzzing`: the fuzzer for as long as one likes, with a count for each reader.

python -m tests.fuzzing --inputs 1000000            so many inputs, shared by what a reader costs
python -m tests.fuzzing --seconds 600 --reader log  so long, one reader
python -m tests.fuzzing --keep                      put findings among the inputs of the fast tests
"""

import argparse
import sys
import time
from hashlib import sha256

from tests.fuzzing.fuzzing import Count, Finding, examine, keep, spoilt
from tests.fuzzing.reader import Reader
from tests.fuzzing.readers import READERS


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - this is a tool for the command line


def main() -> int:
    """Fuzz, tell each kind of finding once, and say how many inputs there were; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description="Fuzz every reader of the program.")
    parser.add_argument("--inputs", type=int, default=None, help="how many inputs in all")
    parser.add_argument("--seconds", type=float, default=None, help="how long at most, by the clock")
    parser.add_argument("--reader", action="append", choices=sorted(READERS), help="only this one; may be repeated")
    parser.add_argument("--seed", default="1", help="another one gives other inputs")
    parser.add_argument(
        "--from", dest="first", type=int, default=0, help="the number of the first input of each reader"
    )
    parser.add_argument("--databases", type=int, default=None, help="damage so many databases instead")
    parser.add_argument("--keep", action="store_true", help="keep the inputs of findings for the fast tests")
    given = parser.parse_args()
    if given.databases is not None:
        return _damage(given.seed, range(given.first, given.first + given.databases))
    readers = [READERS[name] for name in given.reader or READERS]
    until = time.monotonic() + given.seconds if given.seconds is not None else float("inf")
    most = given.inputs if given.inputs is not None else (10_000 if given.seconds is None else sys.maxsize)
    counts = {reader.name: Count() for reader in readers}
    found: dict[str, Finding] = {}
    number = {reader.name: given.first for reader in readers}
    told = time.monotonic()
    while sum(count.inputs for count in counts.values()) < most and time.monotonic() < until:
        for reader in readers:
            for _input in range(min(reader.share, max(0, most - sum(count.inputs for count in counts.values())))):
                _one(reader, given.seed, number[reader.name], counts[reader.name], found, keeping=given.keep)
                number[reader.name] += 1
                if time.monotonic() > until:
                    break
        if time.monotonic() - told > 60:
            told = time.monotonic()
            say(f"… {sum(count.inputs for count in counts.values())} inputs, {len(found)} kinds of findings")
    for name, count in counts.items():
        say(f"{name:14} {count.inputs:>9} inputs, {count.refused:>9} refused, {count.read:>9} read")
    say(f"{'all':14} {sum(count.inputs for count in counts.values()):>9} inputs, {len(found)} kinds of findings")
    return 1 if found else 0


def _damage(seed: str, numbers: range) -> int:
    """Damage databases, and tell what is wrong with what the commands make of each."""
    from tests.fuzzing.damage import faults

    wrong = 0
    for number in numbers:
        told = faults(seed, number)
        wrong += bool(told)
        for line in told:
            say(f"== {seed}/{number}: {line}")
        if (number + 1 - numbers.start) % 50 == 0:
            say(f"… {number + 1 - numbers.start} databases, {wrong} with something wrong")
    say(f"{len(numbers)} databases, {wrong} with something wrong")
    return 1 if wrong else 0


def _one(reader: Reader, seed: str, number: int, count: Count, found: dict[str, Finding], *, keeping: bool) -> None:
    finding = examine(reader, spoilt(reader, seed, number), count)
    if finding is None or finding.kind in found:
        return
    found[finding.kind] = finding
    name = sha256(finding.data).hexdigest()[:12]
    say(f"== {reader.name} {seed}/{number} ({name})\n{finding.what}\n{finding.data[:400]!r}")
    if keeping:
        keep(finding, name)


sys.exit(main())
