"""What is said when a stored record is not what it should be.

A fault found by `verify` is a result, not an error; this error is for whoever wanted to read or go on with a run
and found that its record does not hold.
"""

from incidentsim.domain.errors import SurroundingsError


class RecordFaultError(SurroundingsError):
    """A stored record is damaged or was changed.

    Attributes:
        seq: the entry concerned, if it is about one.
    """

    def __init__(self, message: str, *, seq: int | None = None) -> None:
        super().__init__(message)
        self.seq = seq
