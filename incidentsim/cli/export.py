"""`incidentsim export`: a recorded run in another form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from incidentsim import composition
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import check_folder, narrate
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.evidence.bundle import Written


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: `run` as it was typed, and where to write, if that was said."""

    frontend: Frontend
    run: str
    output: Path | None = None
    key: Path | None = None
    pseudonymise: bool = False
    authority: str | None = None


def jsonl(request: Request) -> "Iterable[bytes]":
    """The log as it is stored: a canonical line an entry."""
    from incidentsim.evidence.bundle import log_blocks

    return log_blocks(request.frontend.open_service(record=True).record(request.run).entries)


Export = Callable[[Request], Iterable[bytes]]

FORMATS: Final[Mapping[str, Export]] = {"jsonl": jsonl}
"""Each makes the bytes of one file, block by block. They go to stdout or into the file that the user names."""

VIEWS: Final[Mapping[str, Callable[[Request], bytes]]] = {}
"""What goes into a bundle beside the record, by the name it has there (`report.en.md`, `controls.json`, …)."""

BUNDLE: Final = "bundle"
"""The one format that is always a file, and is signed."""


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Write a recorded run in another form. RUN is a run's id, the beginning of it, or “last”. The form "
            "“bundle” is one signed file that an auditor checks with tools they already have; “incidentsim verify” "
            "checks it as well.\n\n"
            "With --pseudonymise, names and texts are left out of a bundle, which still verifies. RUN may then be a "
            "bundle too: the copy keeps all its signatures."
        )
    )
    @click.argument("run", metavar=_("RUN"))
    @click.option(
        "--format", "form", type=click.Choice([*FORMATS, BUNDLE]), required=True, help=_("The form to write.")
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar=_("FILE"),
        help=_("Write it to this file."),
    )
    @click.option(
        "--key",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        help=_("Sign with this private key instead of your own, which is made when it is first needed."),
    )
    @click.option("--pseudonymise", is_flag=True, help=_("Leave out what names people or holds their words."))
    @click.option(
        "--timestamp",
        "authority",
        metavar=_("URL"),
        help=_("Have the checkpoint stamped by this authority (RFC 3161)."),
    )
    @click.pass_obj
    def export(frontend: Frontend, /, form: str, **given: object) -> ExitCode:
        request = Request(frontend, **given)  # type: ignore[arg-type]  # click gives them the declared types
        if form == BUNDLE:
            _bundle(request)
            return ExitCode.POSITIVE
        if request.key or request.pseudonymise or request.authority:
            raise click.UsageError(_("--key, --pseudonymise and --timestamp belong to the form “bundle”."))
        _write(FORMATS[form](request), request.output)
        return ExitCode.POSITIVE

    return export


def _write(blocks: "Iterable[bytes]", output: Path | None) -> None:
    from incidentsim.evidence.bundle import replacing

    if output is None:
        for block in blocks:
            click.echo(block, nl=False)
        return
    check_folder(output)
    with replacing(output) as file:
        for block in blocks:
            file.write(block)


def _bundle(request: Request) -> None:
    from incidentsim.evidence.bundle import write_bundle

    source = Path(request.run)
    if request.pseudonymise and source.is_file():
        _copy_without_names(source, request)
        return
    record = request.frontend.open_service(record=True).record(request.run)
    target = request.output or Path(f"incidentsim-{record.run}{'-pseudonymised' * request.pseudonymise}.zip")
    check_folder(target)
    key, made = composition.signing_key(request.key)
    if made:
        message = _("A signing key of yours was made: {path}. Keep it to yourself, and keep a copy of it.")
        narrate(message.format(path=composition.key_file()))
    written = write_bundle(
        target,
        record,
        key,
        pseudonymise=request.pseudonymise,
        views={} if request.pseudonymise else {name: make(request) for name, make in VIEWS.items()},
        stamp=_stamp(request.authority),
    )
    _tell(written)


def _copy_without_names(source: Path, request: Request) -> None:
    from incidentsim.evidence.copying import pseudonymise

    if request.key or request.authority:
        raise click.UsageError(_("A copy of a bundle keeps its signatures and its stamp; it gets no new ones."))
    target = request.output or Path(f"{source.stem}-pseudonymised.zip")
    check_folder(target)
    pseudonymise(source, target)
    narrate(_("Written: {path}").format(path=target))


def _stamp(authority: str | None) -> "Callable[[bytes], bytes] | None":
    if authority is None:
        return None
    from incidentsim.evidence.stamping import stamp

    return lambda text: stamp(text, authority)


def _tell(written: "Written") -> None:
    from incidentsim.ledger.checkpoint import write_root

    narrate(_("Written: {path}").format(path=written.path))
    message = _("{count} entries, root {root}: on paper, these two pin the record.")
    narrate(message.format(count=written.checkpoint.size, root=write_root(written.checkpoint.root)))
    narrate(_("Signed by {key}").format(key=written.key))
