"""`python -m tests.faults`: disturb every command that writes, at every call or at a sample of so many.

python -m tests.faults --faults 2000                so many in all, spread over commands, calls and kinds
python -m tests.faults --command replay --all       every kind at every call of one command
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.faults import shim
from tests.support import failing_io


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - this is a tool for the command line


def main() -> int:
    """Disturb, tell what is wrong, and count; 1 if anything is."""
    from tests.faults.commands import COMMANDS
    from tests.faults.injecting import Bench

    names = [command.name for command in COMMANDS]
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Disturb every write.")
    parser.add_argument("--faults", type=int, default=200, help="how many in all")
    parser.add_argument("--all", action="store_true", help="every kind at every call, however many those are")
    parser.add_argument("--command", action="append", choices=names, help="only this one; may be repeated")
    parser.add_argument("--seed", default="1", help="another one gives another sample")
    given = parser.parse_args()
    chosen = [command for command in COMMANDS if command.name in (given.command or names)]
    wrong = done = 0
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        benches = [Bench(command, Path(folder) / command.name) for command in chosen]
        grid: list[tuple[int, shim.FaultKind, int]] = [
            (number, kind, place)
            for number, bench in enumerate(benches)
            for place in range(1, len(bench.usual.ended.calls) + 1)
            for kind in shim.KINDS
        ]
        for bench in benches:
            kinds = ", ".join(f"{count} {name}" for name, count in Counter(bench.usual.ended.calls).items())
            say(f"{bench.command.name:22} {len(bench.usual.ended.calls):>4} calls: {kinds}")
        if not given.all and len(grid) > given.faults:
            grid = _sample(grid, given.faults, len(benches), Random(given.seed))  # noqa: S311 - a sample, no secrets
        counts: Counter[str] = Counter()
        for number, kind, place in grid:
            bench = benches[number]
            told = bench.disturb(kind, place)
            counts[bench.command.name] += 1
            done += 1
            wrong += bool(told)
            if told:
                call = bench.usual.ended.calls[place - 1]
                say(f"== {bench.command.name}: {kind.name} at call {place} ({call})")
                for line in told:
                    say(f"   {line}")
            if done % 100 == 0:
                say(f"… {done} of {len(grid)} faults, {wrong} not withstood")
    for name, count in counts.items():
        say(f"{name:22} {count:>5} faults")
    say(f"{'all':22} {done:>5} faults, {wrong} not withstood")
    return 1 if wrong else 0


def _sample(
    grid: list[tuple[int, shim.FaultKind, int]], wanted: int, commands: int, random: Random
) -> list[tuple[int, shim.FaultKind, int]]:
    """So many, as many of each command as of any other, as far as it has them."""
    random.shuffle(grid)
    of_each = {number: [one for one in grid if one[0] == number] for number in range(commands)}
    taken: list[tuple[int, shim.FaultKind, int]] = []
    while len(taken) < wanted and any(of_each.values()):
        taken += [of_each[number].pop() for number in of_each if of_each[number]]
    return sorted(taken[:wanted])


def _memory() -> str | None:
    """A folder in memory, where forcing something to the disk costs nothing; `None` if there is none."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of its own is made in it


if __name__ == "__main__":
    if not shim.is_loaded():
        reason = failing_io.why_not()
        if reason is not None:
            say(f"Nothing can be disturbed here: {reason}.")
            sys.exit(2)
        command = [sys.executable, "-m", "tests.faults", *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=shim.preloading(), check=False).returncode)
    sys.exit(main())
