"""What a table does about the garbage collector, so that no pause of it is felt at a key."""

import gc
from typing import Final

SETTLE_AFTER: Final = 0.5
"""Seconds after the table is there: looking through everything takes a while, and the first picture comes first."""


def settle() -> None:
    """Have the collector not look again at whatever is there by now: with a long record that is felt at every pause."""
    gc.unfreeze()  # what an earlier table left there may go
    gc.collect()
    gc.freeze()
