"""However long a record is, verifying its bundle takes the same memory, by one process and by several."""

from pathlib import Path

import pytest

from tests.support.evidence import bundle
from tests.support.peak import peak

SHORT, LONG = 25_000, 150_000
NEAR = 4 << 10
"""So many KiB two measurements of the same may differ; the longer record is 60 MiB longer."""


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    return bundle(folder / "short.zip", SHORT), bundle(folder / "long.zip", LONG)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_a_longer_record_takes_no_more_memory(bundles: tuple[Path, Path], processes: int) -> None:
    short, long = bundles
    assert long.stat().st_size - short.stat().st_size > 60 << 20
    (own, helpers), (own_long, helpers_long) = peak(short, processes), peak(long, processes)
    assert own_long - own < NEAR
    assert helpers_long - helpers < NEAR
    assert (helpers > 0) == (processes > 1)  # otherwise nothing was told about them
