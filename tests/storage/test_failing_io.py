"""The library under which system calls fail strikes what it was told to, and nothing else."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.failing_io import Strike, environment

PROGRAM = """
import os, sys
for name in ("spared", "struck"):
    try:
        with open(name, "wb", buffering=0) as file:
            for number in range(4):
                file.write(b"x")
            os.fsync(file.fileno())
    except OSError as error:
        print(name, error.errno, os.path.getsize(name) if os.path.exists(name) else None)
"""


def run(folder: Path, *strikes: Strike) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment(*strikes, log=folder / "log")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, cwd=folder, capture_output=True, text=True, check=False
    )


def test_calls_on_the_files_named_fail_from_the_first_to_the_last_that_is_struck(tmp_path: Path) -> None:
    assert run(tmp_path, Strike(("write",), "struck$", errno.ENOSPC, first=3)).stdout == f"struck {errno.ENOSPC} 2\n"
    assert (tmp_path / "log").read_bytes() == b"..."
    (tmp_path / "struck").unlink()
    assert run(tmp_path, Strike(("create",), "struck", errno.EACCES)).stdout == f"struck {errno.EACCES} None\n"
    assert run(tmp_path, Strike(("sync",), "struck", errno.EIO)).stdout == f"struck {errno.EIO} 4\n"
    assert run(tmp_path, Strike(("write",), "struck", errno.EIO, first=9)).stdout == ""


def test_a_program_is_killed_before_the_call(tmp_path: Path) -> None:
    done = run(tmp_path, Strike(("write",), "struck", None, first=2, last=2))
    assert done.returncode == -signal.SIGKILL
    assert ((tmp_path / "spared").stat().st_size, (tmp_path / "struck").stat().st_size) == (4, 1)
