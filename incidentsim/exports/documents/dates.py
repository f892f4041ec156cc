"""The date that a file carries: always that of its subject, so that the same subject always gives the same bytes."""

from datetime import UTC, datetime
from typing import Final

_OLDEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""Before that, the formats that carry a date know none."""


def file_date(instant: str | None) -> datetime:
    """Return an instant (ISO 8601 with its offset) as a file's date, to the second and never before 1980.

    Without one it is the first day of 1980.
    """
    if instant is None:
        return _OLDEST
    return max(datetime.fromisoformat(instant).replace(microsecond=0), _OLDEST)
