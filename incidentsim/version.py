"""Which version of the program this is: what packages, records and `--version` say."""

from typing import Final

__version__: Final = "0.1.0"
