"""Every foreign format that becomes scenarios: one table.

The choices and the help of `incidentsim import` are made from it. A new format is an importer in a package of its own
and a row in `FORMATS`; nothing else names it.

Nothing heavy is imported here, because help texts are made from the table: an importer is imported when it is used.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.errors import InputError
from incidentsim.importing.limits import VERIS_BYTES
from incidentsim.messages import N_
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.definitions.rosters.roster import Roster
    from incidentsim.domain.playbook import Playbook
    from incidentsim.importing.imported import Imported

_UNCLEAR: Final = ("json", "json-lines", "json-schema")
"""The shapes of files that an importer of JSON says more of than that they are JSON."""

Importer = Callable[[bytes, str, "Playbook", "Roster | None"], Sequence["Imported | InputError"]]
"""Makes scenarios for a playbook from the records in a file (its bytes, and what it is called in a problem), in its
order, played by the people of a roster, without one by invented ones; an error stands in the place of each record that
is broken.

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


def _veris(data: bytes, file: str, playbook: "Playbook", roster: "Roster | None") -> Sequence["Imported | InputError"]:
    from incidentsim.importing.veris import import_veris_file

    return import_veris_file(data, file, playbook, roster)


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


def import_file(
    chosen: ImportFormat, data: bytes, file: str, playbook: "Playbook", roster: "Roster | None" = None
) -> Sequence["Imported | InputError"]:
    """Import a file, unless nothing in it can be imported because it is of another kind; then that is said.

    Args:
        chosen: the format.
        data: the file's bytes.
        file: what the file is called in a problem.
        playbook: the procedure that the scenarios are meant for.
        roster: the people who take part; without one, they are invented.

    Returns:
        What the format's importer gives.

    Raises:
        NoRecordsError: the file is something else that is known, which stands beside records.
        InputError: the file as a whole cannot be read, is refused as a whole, or is of another kind.
    """
    from incidentsim.importing.imported import NoRecordsError

    try:
        results = chosen.importer(data, file, playbook, roster)
    except NoRecordsError:
        raise
    except DefinitionError as error:
        raise _of_another_kind(chosen, data, file) or error from None
    if all(isinstance(result, InputError) for result in results):
        refusal = _of_another_kind(chosen, data, file)
        if refusal is not None:
            raise refusal
    return results


def _of_another_kind(chosen: ImportFormat, data: bytes, file: str) -> InputError | None:
    """The refusal of a file that looks like something else than this format; `None` where it does not."""
    from incidentsim.definitions.foreign.recognising import looks, shape_of

    shape = shape_of(data)
    if shape is None or shape.importer == chosen.id or shape.id in _UNCLEAR:
        return None
    title = _("This file is not of the format {format}.").format(format=chosen.id)
    return DefinitionError([Problem(file, 1, 1, "$", f"{title} {looks(data)}")])
