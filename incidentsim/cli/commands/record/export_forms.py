"""The forms that `incidentsim export` writes besides bundles: what makes each, and which options it takes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from incidentsim.cli.frontend import Frontend
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exports.reports import Dossier, Kind


@dataclass
class Request:
    """What was asked for: `run` as it was typed, and options as they were given, `None` where they were not."""

    frontend: Frontend
    run: str
    output: Path | None = None
    kind: str | None = None
    written_in: str | None = None
    table: str | None = None
    key: Path | None = None
    pseudonymise: bool = False
    authority: str | None = None

    @cached_property
    def dossier(self) -> "Dossier":
        """All that a report of the run is made from."""
        return self.frontend.open_service(record=True).dossier(self.run)

    @property
    def report(self) -> "Kind":
        """Which report is wanted."""
        return "audit" if self.kind == "audit" else "aar"

    @property
    def languages(self) -> "tuple[Language, ...]":
        """In which languages."""
        if self.written_in == "both":
            return ("en", "zh")
        return (cast("Language", self.written_in),) if self.written_in is not None else (self.frontend.language,)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what makes its bytes, block by block, which options it takes, and whether it is nothing for people."""

    make: Callable[[Request], Iterable[bytes]]
    takes_kind: bool = False
    takes_languages: bool = False
    takes_table: bool = False
    binary: bool = False


def _jsonl(request: Request) -> Iterable[bytes]:
    """The log as it is stored: a canonical line an entry."""
    from incidentsim.evidence.bundle import log_blocks

    return log_blocks(request.frontend.open_service(record=True).record(request.run).entries)


def _markdown(request: Request) -> Iterable[bytes]:
    from incidentsim.exports import reports

    return [reports.markdown(request.dossier, kind=request.report, languages=request.languages)]


def _html(request: Request) -> Iterable[bytes]:
    from incidentsim.exports import reports

    return [reports.html(request.dossier, kind=request.report, languages=request.languages)]


def _pdf(request: Request) -> Iterable[bytes]:
    from incidentsim.exports import reports

    return [reports.pdf(request.dossier, kind=request.report, languages=request.languages)]


def _xlsx(request: Request) -> Iterable[bytes]:
    from incidentsim.exports import reports

    return [reports.xlsx(request.dossier, kind=request.report, languages=request.languages)]


def _csv(request: Request) -> Iterable[bytes]:
    from incidentsim.exports import reports

    table = request.table or reports.ALL_TABLES[0]
    reports.check_table(table)  # before the work for it is done
    return [reports.csv(request.dossier, table=table, languages=request.languages)]


def _controls(request: Request) -> Iterable[bytes]:
    from incidentsim.exports.as_json.controls import controls_json
    from incidentsim.exports.as_json.run import dumps

    return [(dumps(controls_json(request.dossier)) + "\n").encode()]


def _oscal(request: Request) -> Iterable[bytes]:
    from incidentsim.exports.oscal import oscal

    if len(request.languages) > 1:
        raise click.UsageError(_("The form oscal is written in one language; choose en or zh."))
    return [oscal(request.dossier, language=request.languages[0])]


FORMS: Final[Mapping[str, Form]] = {
    "jsonl": Form(_jsonl),
    "md": Form(_markdown, takes_kind=True, takes_languages=True),
    "html": Form(_html, takes_kind=True, takes_languages=True),
    "pdf": Form(_pdf, takes_kind=True, takes_languages=True, binary=True),
    "xlsx": Form(_xlsx, takes_kind=True, takes_languages=True, binary=True),
    "csv": Form(_csv, takes_languages=True, takes_table=True),
    "controls": Form(_controls),
    "oscal": Form(_oscal, takes_languages=True),
}
"""Each makes the bytes of one file. They go to stdout or into the file that the user names."""
