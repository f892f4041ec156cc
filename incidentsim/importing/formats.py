"""Every foreign format that becomes scenarios: one table.

The choices and the help of `incidentsim import` are made from it. A new format is an importer in a package of its own
and a row in `FORMATS`; nothing else names it.

Nothing heavy is imported here, because help texts are made from the table: an importer is imported when it is used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incidentsim.importing.limits import VERIS_BYTES
from incidentsim.messages import N_

if TYPE_CHECKING:
    from incidentsim.domain.errors import InputError
    from incidentsim.domain.playbook import Playbook
    from incidentsim.importing.imported import Imported

Importer = Callable[[bytes, str, "Playbook"], Sequence["Imported | InputError"]]
"""Makes scenarios for a playbook from the records in a file (its bytes, and what it is called in a problem), in its
order; an error stands in the place of each record that is broken.

Raises:
    NoRecordsError: the file is something else that is known, which stands beside records.
    InputError: the file as a whole cannot be read, or is refused as a whole.
"""


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One foreign format.

    Attributes:
        id: what `incidentsim import` calls it.
        title: what it is: a message.
        reads: what a file of it is, after “FILE is”: a message.
        file_type: how such files are called, in both languages: `JSON`.
        suffix: how their names end, in lower case, by which they are found in a folder and those below it.
        most: how many bytes a file may have; a larger one is refused as a whole.
        importer: what makes scenarios of it.
    """

    id: str
    title: str
    reads: str
    file_type: str
    suffix: str
    most: int
    importer: Importer


def _veris(data: bytes, file: str, playbook: "Playbook") -> Sequence["Imported | InputError"]:
    from incidentsim.importing.veris import import_veris_file

    return import_veris_file(data, file, playbook)


FORMATS: Final[tuple[ImportFormat, ...]] = (
    ImportFormat(
        id="veris",
        title=N_("incident records of the VERIS schema, versions 1.3.3 to 1.4.x"),
        reads=N_("a JSON file with one record or several"),
        file_type="JSON",
        suffix=".json",
        most=VERIS_BYTES,
        importer=_veris,
    ),
)
"""In the order in which the help names them."""
