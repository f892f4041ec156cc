"""How much an importer takes: what is over a limit is refused whole, before anything of it is imported."""

from typing import Final

VERIS_BYTES: Final = 64 * 1024 * 1024
"""The largest file of VERIS records that is read: several times what is published of them."""

MOST_BROKEN: Final = 1_000
"""With more broken records than this a file is something else, or damaged: nothing further of it is looked at."""

MOST_COUNTED: Final = 1_000_000
"""So many of the records that were not looked at are counted; of more it is said that they are more."""
