"""What `incidentsim export` was asked for."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from incidentsim.cli.frontend import Frontend
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.exports.formats import find
from incidentsim.exports.reports.tables import ALL_TABLES

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exports.reports import Kind
    from incidentsim.service import Service
    from incidentsim.service.record_sources import RunName
    from incidentsim.service.stored_run import StoredRun


@dataclass
class Request:
    """The parameters of an export: `run` as it was typed, and the options; `None` for those that were not given."""

    frontend: Frontend
    run: str
    output: Path | None = None
    kind: str | None = None
    written_in: str | None = None
    table: str | None = None
    key: Path | None = None
    pseudonymise: bool = False
    authority: str | None = None
    force: bool = False
    facilitator: bool = False

    @cached_property
    def _opened(self) -> "tuple[Service, RunName]":
        service, (named,) = self.frontend.open_records(self.run, facilitator=self.facilitator)
        return service, named

    @property
    def service(self) -> "Service":
        """The service that reads the run."""
        return self._opened[0]

    @cached_property
    def source(self) -> "StoredRun":
        """The recorded run."""
        service, named = self._opened
        return service.exports.source(named)

    @property
    def report(self) -> "Kind":
        """The report asked for; the after-action report where nothing was."""
        return "audit" if self.kind == "audit" else "aar"

    @property
    def languages(self) -> "tuple[Language, ...]":
        """In which languages."""
        if self.written_in == "both":
            return ("en", "zh")
        return (cast("Language", self.written_in),) if self.written_in is not None else (self.frontend.language,)

    @property
    def options(self) -> ExportOptions:
        """The same for what makes the file."""
        return ExportOptions(self.languages, self.table or ALL_TABLES[0])

    def format(self, format_id: str) -> ExportFormat:
        """The format of this id that was asked for."""
        return find(format_id, self.report)
