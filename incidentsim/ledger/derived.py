"""Results derived from records, kept so that they need not be worked out again; never a part of a record.

They hold for one head of a run and one version of what worked them out. Whoever finds another head or version works
them out anew. Verifying, exporting and reporting never read them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derived:
    """A result derived from the record of a run.

    `head` is the hash of the record's last entry at that time, `version` that of what worked the result out, `data`
    the result as bytes.
    """

    head: str
    version: str
    data: bytes
