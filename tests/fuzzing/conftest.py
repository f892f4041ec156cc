"""How long the fuzzer works in the slow and in the long tier."""

import pytest


@pytest.fixture(scope="session")
def fuzz_seconds(request: pytest.FixtureRequest) -> float | None:
    """The seconds of CPU that all readers share, as asked for by `--fuzz-seconds`."""
    seconds: float | None = request.config.getoption("--fuzz-seconds")
    return seconds
