"""`incidentsim import`: foreign records to scenarios, and an account of what was not carried over."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.loading import load_playbook, load_roster
from incidentsim.cli.options import OutputFolder, format_option, people_option
from incidentsim.cli.output import harmless, narrate, say, say_json
from incidentsim.cli.value_types import Choice
from incidentsim.composition import named as file_or_id
from incidentsim.domain.errors import InputError
from incidentsim.files import PRIVATE, AlreadyThereError, make_folder, write_file
from incidentsim.importing import formats
from incidentsim.messages import gettext, ngettext
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from incidentsim.definitions.rosters.roster import Roster
    from incidentsim.domain.facts import Json
    from incidentsim.domain.playbook import Playbook
    from incidentsim.importing.imported import Imported

PLAYBOOK: Final = "platform-incidents"
"""The procedure that imported scenarios are meant for, unless another is asked for."""


def command() -> click.Command:
    """Build the command; its choices and its help are the table of formats."""
    by_id = {known.id: known for known in formats.FORMATS}

    @click.command(
        help=_(
            "Turn incident records of another format into scenarios. FORMAT is {formats}; FILE is {files}, or a folder "
            "with such files in it or below. Whatever could not be carried over is listed; names of real victims never "
            "are.\n\n"
            "The exit code is 2 if a record is broken; the others are imported all the same."
        ).format(
            formats=_(" or ").join(by_id),
            files=_(" or ").join(dict.fromkeys(gettext(known.reads) for known in by_id.values())),
        )
        + _told_apart(by_id.values())
    )
    @click.argument("source", type=Choice(list(by_id)), metavar=_("FORMAT"))
    @click.argument("files", metavar=_("FILE…"), nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option(
        "-o",
        "--output",
        type=OutputFolder(),
        metavar=_("FOLDER"),
        help=_("Write the scenarios into this folder; without it, one scenario is printed."),
    )
    @click.option("--force", is_flag=True, help=_("Overwrite scenarios that were edited since."))
    @click.option("--playbook", default=PLAYBOOK, metavar=_("PLAYBOOK"), help=_("The playbook they are meant for."))
    @people_option()
    @format_option()
    def import_(
        *,
        source: str,
        files: tuple[Path, ...],
        output: Path | None,
        force: bool,
        playbook: str,
        people: str | None,
        output_format: str,
    ) -> ExitCode:
        chosen = by_id[source]
        roster = None if people is None else load_roster(people, file_or_id(playbook))
        work = _Import(chosen, output, force=force, roster=roster)
        procedure = load_playbook(playbook)
        for path, named in _files(files, chosen).items():
            work.take(path, procedure, named=named)
        if output is None and not work.broken and len(work.done) > 1:
            raise InputError(_("Several scenarios cannot be printed at once; name a folder for them with -o."))
        work.report(as_json=output_format == "json")
        return ExitCode.WRONG_INPUT if work.broken else ExitCode.POSITIVE

    return import_


def _told_apart(known: "Collection[formats.ImportFormat]") -> str:
    """What each format is, where there are several to choose from."""
    if len(known) == 1:
        return ""
    lines = (_("{format}: {title}").format(format=one.id, title=gettext(one.title)) for one in known)
    return "\n\n\b\n" + "\n".join(lines)


def _files(paths: "Iterable[Path]", chosen: "formats.ImportFormat") -> dict[Path, bool]:
    """The files, and those of the format in and below the folders, in order; and whether each was named itself.

    Raises:
        InputError: a folder has none.
    """
    named: dict[Path, bool] = {}
    for path in paths:
        if not path.is_dir():
            named[path] = True
            continue
        inside = [file for file in path.rglob("*") if file.suffix.lower() == chosen.suffix and file.is_file()]
        if not inside:
            message = _("The folder {path} holds no {file_type} file, nor does any folder below it.")
            raise InputError(message.format(path=path, file_type=chosen.file_type))
        for file in sorted(inside, key=lambda file: file.relative_to(path).parts):
            named.setdefault(file, False)
    return named


@dataclass
class _Counts:
    """What came in and what came out: `records = imported + equal + refused`, always.

    `files` are those of which nothing was read, so that nobody knows how many records they hold.
    """

    records: int = 0
    imported: int = 0
    equal: int = 0
    refused: int = 0
    files: int = 0

    def lines(self) -> list[str]:
        """The account in words."""
        counted = _("{records}: {imported}, {equal}, {refused}.").format(
            records=ngettext("{n} record read", "{n} records read", self.records).format(n=self.records),
            imported=_("{n} imported").format(n=self.imported),
            equal=_("{n} equal to one before").format(n=self.equal),
            refused=_("{n} refused").format(n=self.refused),
        )
        if not self.files:
            return [counted]
        whole = ngettext("{n} file refused as a whole.", "{n} files refused as a whole.", self.files)
        return [counted, whole.format(n=self.files)]


@dataclass
class _Import:
    """One call: what was imported from where and written to where, what is broken, and what is no file of records.

    `equal` has the records that make a scenario which another made before.
    """

    chosen: "formats.ImportFormat"
    folder: Path | None
    force: bool
    roster: "Roster | None"
    done: "list[tuple[Path, Imported, Path | None]]" = field(default_factory=list)
    equal: list[tuple[Path, str]] = field(default_factory=list)
    broken: list[tuple[Path, str]] = field(default_factory=list)
    passed_over: list[tuple[Path, str]] = field(default_factory=list)
    counts: _Counts = field(default_factory=_Counts)
    _seen: set[str] = field(default_factory=set)

    def take(self, path: Path, playbook: "Playbook", *, named: bool) -> None:
        """Import every record of a file that can be. What only lies in a folder may be something else."""
        from incidentsim.definitions.library.files import read_bytes
        from incidentsim.importing.imported import NoRecordsError

        try:
            results = formats.import_file(
                self.chosen, read_bytes(path, self.chosen.most), str(path), playbook, self.roster
            )
        except NoRecordsError as error:
            if not named:
                self.passed_over.append((path, str(error)))
                return
            self._refuse_file(path, error)
            return
        except InputError as error:
            self._refuse_file(path, error)
            return
        self.counts.records += len(results)
        for result in results:
            if isinstance(result, InputError):
                self._refuse(path, result)
            elif result.scenario_id in self._seen:
                self.equal.append((path, result.scenario_id))
                self.counts.equal += 1
            else:
                self._import(path, result)

    def _import(self, path: Path, result: "Imported") -> None:
        try:
            written = self._write(result)
        except InputError as error:
            self._refuse(path, error)
            return
        self._seen.add(result.scenario_id)
        self.done.append((path, result, written))
        self.counts.imported += 1

    def _refuse(self, path: Path, error: InputError) -> None:
        self.broken.append((path, str(error)))
        self.counts.refused += 1

    def _refuse_file(self, path: Path, error: InputError) -> None:
        self.broken.append((path, str(error)))
        self.counts.files += 1

    def _write(self, imported: "Imported") -> Path | None:
        if self.folder is None:
            return None
        make_folder(self.folder)
        path = self.folder / imported.file_name
        try:
            write_file(path, imported.data, mode=PRIVATE, replace=self.force)
        except AlreadyThereError:
            message = _("{path} is there already and was edited since; use --force to overwrite it.")
            raise InputError(message.format(path=path)) from None
        return path

    def report(self, *, as_json: bool) -> None:
        """Say what came of it: data on stdout, the rest on stderr."""
        if as_json:
            say_json(self._json())
        else:
            tell = narrate if self.folder is None else say
            for path, imported, written in self.done:
                if written is None:
                    click.echo(imported.data, nl=False)
                tell("\n".join(harmless(line) for line in _account(path, imported, written)))
            for path, scenario in self.equal:
                message = _("{record} holds a record that is equal to the one of the scenario {scenario}")
                tell(harmless(message.format(record=path, scenario=scenario)))
        for path, message in self.passed_over:
            narrate(_("Passed over: {path}").format(path=path))
            narrate(message)
        for path, message in self.broken:
            narrate(_("Not imported: {path}").format(path=path))
            narrate(message)
        for line in self.counts.lines():
            narrate(line)

    def _json(self) -> "dict[str, Json]":
        return {
            "imported": [
                {
                    "file": str(path),
                    "scenario": imported.scenario_id,
                    "written": str(written) if written is not None else None,
                    "not_carried": [{"path": one.path, "reason": one.reason} for one in imported.not_carried],
                    "assumed": [{"path": one.path, "what": one.what} for one in imported.assumed],
                }
                for path, imported, written in self.done
            ],
            "equal": [{"file": str(path), "scenario": scenario} for path, scenario in self.equal],
            "broken": [{"file": str(path), "message": message} for path, message in self.broken],
            "passed_over": [{"file": str(path), "message": message} for path, message in self.passed_over],
            "counts": {
                "records": self.counts.records,
                "imported": self.counts.imported,
                "equal": self.counts.equal,
                "refused": self.counts.refused,
                "files_refused": self.counts.files,
            },
        }


def _account(path: Path, imported: "Imported", written: Path | None) -> list[str]:
    """What became of one record: what was assumed, and what was not carried over, by reason."""
    from incidentsim.exports.text.narrative import hanging

    lines = [_("{record} became the scenario {scenario}").format(record=path, scenario=written or imported.scenario_id)]
    if imported.assumed:
        lines.append("  " + _("assumed:"))
        for assumed in imported.assumed:
            lines += hanging("    - ", _("{what} ({path})").format(what=assumed.what, path=assumed.path))
    reasons: dict[str, list[str]] = {}
    for left in imported.not_carried:
        reasons.setdefault(left.reason, []).append(left.path)
    if reasons:
        lines.append("  " + _("not carried over:"))
        for reason, places in reasons.items():
            lines += hanging("    - ", _("{reason} {paths}").format(reason=reason, paths=_(", ").join(places)))
    return lines
