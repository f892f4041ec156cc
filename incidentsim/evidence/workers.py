"""Several processes for work on long records, where the machine has them to give."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import active_count
from typing import Final

TROUBLES: Final = (OSError, ImportError, AssertionError, BrokenProcessPool)
"""What is raised where no process can be started, or one was ended from outside. The work is then done alone."""

_MOST: Final = 16


def processors(wanted: int | None = None) -> int:
    """Return the number of processes that may work at once: as many as are wanted, or as there are processors."""
    return min(wanted or os.cpu_count() or 1, _MOST)


def pool(count: int) -> ProcessPoolExecutor:
    """So many processes.

    A copy of this process starts at once, but only where nothing else is going on in it; elsewhere a fresh one is
    started, which takes some tenths of a second.

    Raises:
        OSError: none can be started here; likewise the others of `TROUBLES`.
    """
    copies = sys.platform == "linux" and active_count() == 1
    return ProcessPoolExecutor(count, mp_context=get_context("fork" if copies else "spawn"))
