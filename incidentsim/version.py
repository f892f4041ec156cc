"""Which version of the program this is: what packages, records and `--version` say."""

__version__ = "0.1.0"
