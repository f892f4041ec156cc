"""How the tests search, how they start the program, and what every one of them may rely on."""

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from incidentsim import messages
from tests.support.examples import FEW
from tests.update_messages import compile_what_is_stale

# What these assert is shown in full, as in a test module.
pytest.register_assert_rewrite("tests.support.claims", "tests.support.oracle")

# The tests start the program a hundred times. Where the environment forbids to keep compiled modules, each start
# compiled the whole package anew, and each run of pytest all of the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Nobody's own settings and keys count in a test, nor are they changed by one.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="incidentsim-settings-")
atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)

# A shell that starts the tests in the background lets them ignore ctrl-c, and so would the programs they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline, and no complaint about slow drawing: a busy machine is no fault. New examples every time on a
# developer's machine, the same ones where CI runs. `--hypothesis-profile=ci` has many of them.
settings.register_profile(
    "few",
    max_examples=FEW,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
    print_blob=True,
)
settings.register_profile("ci", settings.get_profile("few"), max_examples=100, derandomize=True)
settings.load_profile("few")

# The compiled catalogues are in no commit: a checkout whose messages changed since it was installed makes them anew.
compile_what_is_stale()


@pytest.fixture(autouse=True)
def begins_in_english() -> Iterator[None]:
    """One process speaks one language, and what a test lets it speak is no concern of the next one."""
    messages.use("en")
    yield
    messages.use("en")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option that no plugin has."""
    parser.addoption(
        "--fuzz-seconds",
        type=float,
        default=None,
        help="how many seconds of CPU the fuzzer's readers share, in the slow tier or in the long one",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Thousands of tests are made and all of them stay: looking for garbage meanwhile finds none."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
        # Tests make much that goes with its last reference and next to nothing that only the collector finds: looked
        # for as often as it is by default, that took a twentieth of all tests.
        gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure() -> None:
    """What is left after one look for garbage is in use: pytest, which looks five times more, need not go over it."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Let processes work through neighbouring tests (`-n auto`), so that what these share is made once."""
    if getattr(config.option, "dist", None) == "load":
        config.option.dist = "worksteal"
