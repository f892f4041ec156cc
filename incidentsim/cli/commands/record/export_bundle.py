"""Writing bundles from the command line: which key signs, where the file goes, and what pins its record."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentsim import composition
from incidentsim.cli.commands.record.export_request import Request
from incidentsim.cli.output import narrate
from incidentsim.domain.errors import InputError
from incidentsim.files import check_place
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.evidence.bundle import Written


def write_bundle(request: Request) -> None:
    """Write the bundle of a run, or the copy of a bundle that names nobody.

    Raises:
        InputError: there is no such run, or there is such a file already.
        SurroundingsError: it cannot be written.
    """
    from incidentsim.evidence.reading.paths import run_or_path

    source = run_or_path(request.run)
    if isinstance(source, Path):
        if not request.pseudonymise:
            message = _("{path} is a file: a bundle is made from a run in the database.")
            raise InputError(message.format(path=source))
        _copy_without_names(source, request)
        return
    from incidentsim.evidence.bundle import check_bundle_free

    service = request.frontend.open_service(record=True)
    run = service.records.record(request.run).run
    target = request.output or Path(f"incidentsim-{run}{'-pseudonymised' * request.pseudonymise}.zip")
    (check_place if request.force else check_bundle_free)(target)
    key, made = composition.signing_key(request.key)
    if made:
        message = _("A signing key of yours was made: {path}. Keep it to yourself, and keep a copy of it.")
        narrate(message.format(path=composition.key_file()))
    written, lacking = service.exports.bundle(
        run,
        target,
        key,
        pseudonymise=request.pseudonymise,
        stamp=_stamp(request.authority),
        replace=request.force,
    )
    if lacking is not None:
        narrate(lacking)
    _tell(written)
    if request.pseudonymise:
        narrate(_what_stays())


def _copy_without_names(source: Path, request: Request) -> None:
    from incidentsim.evidence.rebundling import pseudonymise

    if request.key or request.authority:
        raise click.UsageError(_("A copy of a bundle keeps its signatures and its stamp; it gets no new ones."))
    target = request.output or Path(f"{source.stem}-pseudonymised.zip")
    pseudonymise(source, target, replace=request.force)
    narrate(_("Written: {path}").format(path=target))
    narrate(_what_stays())


def _what_stays() -> str:
    """What a copy without names does not hide."""
    return _(
        "The digest of the scenario stays in the first entry: whoever knows all of the scenario but its names can try "
        "names against it. Where that matters, play with invented names."
    )


def _stamp(authority: str | None) -> Callable[[bytes], bytes] | None:
    if authority is None:
        return None
    from incidentsim.evidence.timestamping import stamp

    return lambda text: stamp(text, authority)


def _tell(written: "Written") -> None:
    from incidentsim.ledger.checkpoint import write_root

    narrate(_("Written: {path}").format(path=written.path))
    message = _("{count} entries, root {root}: on paper, these two pin the record.")
    narrate(message.format(count=written.checkpoint.size, root=write_root(written.checkpoint.root)))
    narrate(_("Signed by {key}").format(key=written.key))
