"""The most memory that verifying takes, told by processes that do nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

_CODE = """
import resource, sys
from pathlib import Path
from incidentsim.evidence import logs
from incidentsim.evidence.verifying import verify_bundle
logs.PARALLEL_FROM = 0
assert verify_bundle(Path(sys.argv[1]), processes=int(sys.argv[2])).holds
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(bundle: Path, processes: int) -> tuple[int, int]:
    """The most memory that verifying a bundle takes, in KiB: of the process itself, and of the largest of its helpers.

    Skips the test where the system does not tell.
    """
    if not Path("/proc/self/status").exists():  # `ru_maxrss` of a process counts what its parent had, too
        pytest.skip("there is no /proc here that tells the peak of one program alone")
    command = [sys.executable, "-c", _CODE, str(bundle), str(processes)]
    found = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split()
    return int(found[0]), int(found[1])
