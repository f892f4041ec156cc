"""The same arguments give the same bytes on any machine, in any locale, time zone and hash seed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from incidentsim import composition

ROOT = Path(composition.__file__).parent.parent
ARCHETYPE = Path(__file__).parent / "data" / "archetype.yaml"
CALLS = [["--seed", str(seed), "--locale", locale, "--level", level] for seed, locale, level in (
    (1, "zh_CN", "2"),
    (77, "en_US", "1"),
)]  # fmt: skip


def digests(tmp_path: Path, **more: str) -> list[str]:
    foreign = ("TZ", "LANG", "LC_ALL", "LANGUAGE", "PYTHONHASHSEED", "INCIDENTSIM_LANG")
    env = {name: value for name, value in os.environ.items() if name not in foreign} | {"PYTHONPATH": str(ROOT)} | more
    found = []
    for call in CALLS:
        command = [sys.executable, "-m", "incidentsim", "generate", str(ARCHETYPE), *call, "--difficulty", "5"]
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        found.append(hashlib.sha256(done.stdout).hexdigest())
    return found


@pytest.mark.slow
def test_the_bytes_are_the_same_in_another_world(tmp_path: Path) -> None:
    here = digests(tmp_path, TZ="UTC", LANG="C.UTF-8", PYTHONHASHSEED="0")
    there = digests(tmp_path, TZ="America/St_Johns", LANG="zh_CN.UTF-8", LC_ALL="C", PYTHONHASHSEED="4242")
    elsewhere = digests(tmp_path, TZ="Asia/Kathmandu", INCIDENTSIM_LANG="zh", PYTHONHASHSEED="7")
    assert here == there == elsewhere
    assert here[0] != here[1]
