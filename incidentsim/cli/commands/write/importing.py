"""`incidentsim import`: foreign records to scenarios, and an account of what was not carried over."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.loading import load_playbook
from incidentsim.cli.options import format_option
from incidentsim.cli.output import harmless, narrate, say
from incidentsim.domain.errors import InputError
from incidentsim.files import PRIVATE, AlreadyThereError, make_folder, write_file
from incidentsim.importing import formats
from incidentsim.messages import gettext, ngettext
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
            "of such files. Whatever could not be carried over is listed; names of real victims never are.\n\n"
            "The exit code is 2 if a record is broken; the others are imported all the same."
        ).format(
            formats=_(" or ").join(by_id),
            files=_(" or ").join(dict.fromkeys(gettext(known.reads) for known in by_id.values())),
        )
        + _told_apart(by_id.values())
    )
    @click.argument("source", type=click.Choice(list(by_id)), metavar=_("FORMAT"))
    @click.argument("files", metavar=_("FILE…"), nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option(
        "-o",
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        metavar=_("FOLDER"),
        help=_("Write the scenarios into this folder; without it, one scenario is printed."),
    )
    @click.option("--force", is_flag=True, help=_("Overwrite scenarios that were edited since."))
    @click.option("--playbook", default=PLAYBOOK, metavar=_("PLAYBOOK"), help=_("The playbook they are meant for."))
    @format_option()
    def import_(
        *,
        source: str,
        files: tuple[Path, ...],
        output: Path | None,
        force: bool,
        playbook: str,
        output_format: str,
    ) -> ExitCode:
        chosen = by_id[source]
        work = _Import(chosen, output, force=force)
        procedure = load_playbook(playbook)
        for path in _files(files, chosen):
            work.take(path, procedure)
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


def _files(paths: "Iterable[Path]", chosen: "formats.ImportFormat") -> list[Path]:
    """The files, and those of the format in the folders, in order.

    Raises:
        InputError: a folder has none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob(f"*{chosen.suffix}")) if path.is_dir() else [path]
        if not inside:
            message = _("The folder {path} holds no {file_type} file.")
            raise InputError(message.format(path=path, file_type=chosen.file_type))
        found.update(dict.fromkeys(inside))
    return list(found)


@dataclass
class _Import:
    """One call: what was imported from where and written to where, and what is broken."""

    chosen: "formats.ImportFormat"
    folder: Path | None
    force: bool
    done: "list[tuple[Path, Imported, Path | None]]" = field(default_factory=list)
    broken: list[tuple[Path, str]] = field(default_factory=list)

    def take(self, path: Path, playbook: "Playbook") -> None:
        """Import every record of a file that can be."""
        from incidentsim.definitions.library.files import read_bytes

        try:
            results = self.chosen.importer(read_bytes(path), str(path), playbook)
        except InputError as error:
            self.broken.append((path, str(error)))
            return
        for result in results:
            if isinstance(result, InputError):
                self.broken.append((path, str(result)))
                continue
            try:
                self.done.append((path, result, self._write(result)))
            except InputError as error:
                self.broken.append((path, str(error)))

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
            from incidentsim.exports.as_json.run import dumps

            say(dumps(self._json()))
        else:
            tell = narrate if self.folder is None else say
            for path, imported, written in self.done:
                if written is None:
                    click.echo(imported.data, nl=False)
                tell("\n".join(harmless(line) for line in _account(path, imported, written)))
        for path, message in self.broken:
            narrate(_("Not imported: {path}").format(path=path))
            narrate(message)
        narrate(
            _("{imported}, {broken}.").format(
                imported=ngettext("{n} record imported", "{n} records imported", len(self.done)).format(
                    n=len(self.done)
                ),
                broken=ngettext("{n} broken", "{n} broken", len(self.broken)).format(n=len(self.broken)),
            )
        )

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
            "broken": [{"file": str(path), "message": message} for path, message in self.broken],
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
