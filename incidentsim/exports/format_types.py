"""What a format is, in which a recorded run can be had, and what it is made from. The table is in `exports.formats`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.exports.reports.tables import ALL_TABLES, Kind
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.running.outcome import RunReport
    from incidentsim.exports.reports import Dossier


class RunSource(Protocol):
    """One recorded run as formats take it: each part is made when a format first asks for it.

    What is handed out was verified: a faulty record gives none of them.

    Every part may raise `InputError` (there is no such run, or its record is faulty) and `SurroundingsError` (the
    database cannot be read).
    """

    @property
    def dossier(self) -> "Dossier":
        """The material of reports, provenance and evidence for controls included."""

    @property
    def evaluated(self) -> "Dossier":
        """The same without provenance and controls."""

    @property
    def report(self) -> "RunReport":
        """The result of the run: its final states, levels, counts, digest and expectations."""

    def log(self) -> Iterable[bytes]:
        """The entries as they are stored, each a line, in blocks."""

    def script(self) -> bytes:
        """A scenario file whose script replays the run."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The options for one file.

    Attributes:
        languages: of the texts, in this order; a format takes the first `ExportFormat.languages` of them.
        table: which table, for a format that holds a single one; of `ALL_TABLES`.
        members: what leads from the file to the members of its bundle (`../` inside of one), where it refers to them.
    """

    languages: Sequence[Language] = ("en",)
    table: str = ALL_TABLES[0]
    members: str = ""


class Audience(Enum):
    """The readers that a format is made for."""

    PEOPLE = "people"
    PROGRAMS = "programs"
    AUDITORS = "auditors"


Maker = Callable[[RunSource, ExportOptions], Iterable[bytes]]
"""Makes the bytes of one file, in blocks.

Raises:
    InputError: the extra that the format needs is not installed, or the run does not fit into the format.
"""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    Attributes:
        id: what `incidentsim export --format` calls it. Reports in one format share an id and differ in `report`.
        title: what menus call it: a message.
        make: makes a file of it. `None`: it is not made here but written by whoever holds the keys (the bundle).
        saved_as: the name that is proposed for a file of its own; may hold `{run}` and `{table}`.
        member: its name in a folder or bundle that holds a run in many formats; may hold `{table}`. Empty: it is in
            none.
        audience: for whom it is.
        help: how the help of `incidentsim export` names it, a message; empty where another row's words hold it too.
        report: which report it is, where there are two.
        languages: in how many languages at once it can be written; 0: it has none to choose, or all of them.
        one_table: it holds one table, which is to be chosen.
        binary: it is nothing for a terminal.
        extra: the optional dependency of `pyproject.toml` that it needs.
        in_bundle: an evidence bundle holds it, among its `views/`, in as many languages as it can be in.
        command: which command writes it.
        private: it names people or holds their words.
    """

    id: str
    title: str
    make: Maker | None
    saved_as: str
    member: str = ""
    audience: Audience = Audience.PEOPLE
    help: str = ""
    report: Kind | None = None
    languages: int = 0
    one_table: bool = False
    binary: bool = False
    extra: str | None = None
    in_bundle: bool = False
    command: str = "export"
    private: bool = True

    def blocks(self, source: RunSource, options: ExportOptions) -> Iterable[bytes]:
        """The bytes of a file of it, in blocks.

        Raises:
            InputError: the extra that it needs is not installed, or the run does not fit into the format.
        """
        if self.make is None:
            raise NotImplementedError(self.id)  # whoever holds the keys writes it
        try:
            return self.make(source, options)
        except ModuleNotFoundError as error:
            if self.extra is None:
                raise
            message = _("This needs the extra “{extra}”: pip install 'incidentsim[{extra}]'.")
            raise InputError(message.format(extra=self.extra)) from error

    @property
    def name(self) -> str:
        """The name that is unique among all formats: the id, after the report where there are two."""
        return self.id if self.report is None else f"{self.report}-{self.id}"

    def say(self) -> str:
        """Its title in the language spoken now."""
        return _(self.title)

    def say_help(self) -> str:
        """Return its name in the help, in the language spoken now; empty where another format's words hold it too."""
        return _(self.help) if self.help else ""
