"""Recorded runs as what others read: in every format, and as bundles with the reports in them."""

from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import IncidentsimError
from incidentsim.exports import formats
from incidentsim.exports.reports import Dossier
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext
from incidentsim.service.record_sources import RunName
from incidentsim.service.stored_run import StoredRun

if TYPE_CHECKING:  # imported when a bundle is written
    from collections.abc import Mapping
    from pathlib import Path

    from incidentsim.evidence.bundle import Stamp, Written
    from incidentsim.evidence.keys import Key

MOST_TOLD: Final = 5_000
"""Longer records get no reports into their bundles: a page with more facts than this is of no use to anybody."""


class ExportService:
    """Makes files from recorded runs: scripts, reports and the readable members of bundles."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def source(self, run: RunName, *, in_bundle: bool = False) -> StoredRun:
        """A recorded run, as every format of `exports.formats` is made from it; nothing is read before it is needed.

        Args:
            run: its id, the beginning of it, or `last`; or the path of a bundle or an exported log.
            in_bundle: it will lie in a bundle, beside the signed checkpoint.
        """
        return StoredRun(self._context, run, in_bundle=in_bundle)

    def dossier(self, run: RunName, *, in_bundle: bool = False) -> Dossier:
        """Verify the record of a run, find its evidence for controls, and return the material of its reports.

        Args:
            run: its id, the beginning of it, or `last`; or the path of a bundle or an exported log.
            in_bundle: it will lie in a bundle, beside the signed checkpoint.

        Raises:
            InputError: there is no such run, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        return self.source(run, in_bundle=in_bundle).dossier

    def script(self, run: RunName) -> bytes:
        """A recorded run as a scenario file whose script replays it, to the same outcome digest.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        return self.source(run).script()

    def views(self, run: str) -> dict[str, bytes]:
        """Make the readable members of a run's bundle, by name: both reports in both languages, and the controls.

        Raises:
            InputError: there is no such run, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        return formats.in_bundle(self.source(run, in_bundle=True))

    def bundle(
        self,
        run: str,
        path: "Path",
        key: "Key",
        *,
        pseudonymise: bool = False,
        stamp: "Stamp | None" = None,
        replace: bool = False,
    ) -> "tuple[Written, str | None]":
        """Write the bundle of a recorded run; and why no reports are in it, where there should be some.

        Args:
            run: its id, the beginning of it, or `last`.
            path: where to.
            key: signs it.
            pseudonymise: leave out what names people or holds their words, reports included.
            stamp: has the checkpoint stamped.
            replace: put it in the place of a file that is there.

        Raises:
            InputError: there is no such run, or there is such a file already.
            SurroundingsError: the database cannot be read, or the file cannot be written.
        """
        from incidentsim.evidence.bundle import record_of, write_bundle

        source = self._context.source(run)
        source.sound()  # nobody's key vouches for what is known to be faulty
        info = source.info
        record = record_of(source.store, info)
        views: Mapping[str, bytes] = {}
        lacking: str | None = None
        if info.entries > MOST_TOLD:
            message = _("The bundle holds no reports: the record has more than {most} entries.")
            lacking = message.format(most=MOST_TOLD)
        else:  # also where they are left out, so that the checkpoint is the same
            try:
                views = self.views(info.id)
            except IncidentsimError as error:  # what holds may still be more than this version can follow
                lacking = _("The bundle holds no reports: {reason}").format(reason=error)
        if pseudonymise:  # it holds none in any case
            lacking = None
        written = write_bundle(path, record, key, pseudonymise=pseudonymise, views=views, stamp=stamp, replace=replace)
        return written, lacking
