"""The record in a bundle or an exported log, read as a stored run is: a `RecordStore` of one run, without a database.

A file is believed as far as it was verified: one that does not hold is refused, with the first finding, and whatever is
read afterwards is checked again by whoever reads records. Those of a log are found by their digests, so it does not
matter where they come from: from beside the log, or from the library. What a bundle is without stays unknown.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from incidentsim.definitions.local_time.table import PIN as OFFSETS
from incidentsim.definitions.whole_files import read_whole
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import ExerciseStarted
from incidentsim.evidence import members
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.logs import entries_of, texts_of
from incidentsim.evidence.open_bundle import OpenedBundle, Region
from incidentsim.evidence.reading.faults import fault_of
from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS, TrustedInputs
from incidentsim.evidence.verifying_files import verify_path
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Body, last_fact, read_entry
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.lookup import MissingDocumentError
from incidentsim.ledger.roster import RosterName
from incidentsim.ledger.sealing import TextRecord, unseal
from incidentsim.ledger.store import KeptEntry, RecordStore, RunInfo
from incidentsim.messages import gettext as _

Documents = Callable[[str], bytes | None]
"""Gives the document with this digest from elsewhere; `None` where there is none."""

_RECORDS: Final = frozenset({"bundle", "folder", "log"})
"""The kinds of findings that are about a whole record."""

_DOCUMENTS: Final = (members.PLAYBOOK, members.SCENARIO, members.OUTLINE, members.OFFSETS)
"""The members that are named by a first entry, by their digests."""

_SIGNED: Final = frozenset({"bundle", "folder"})


class FileRecord(RecordStore):
    """A sound record in a file.

    Attributes:
        path: the file, or the folder of an unpacked bundle.
        info: what a list of runs would say of it.
        findings: what verifying it came to.
    """

    def __init__(self, path: Path, findings: Findings, elsewhere: Documents) -> None:
        """Look at what is in the file; `open_record` has found it sound.

        Raises:
            InputError: its first entry is none.
            OSError: it cannot be read.
        """
        self.path = path
        self.findings = findings
        self._elsewhere = elsewhere
        self._documents: dict[str, bytes] = {}
        self._roster: dict[str, RosterName] = {}
        self._texts: Region | None = None
        if self.signed:
            self._log = self._open_members()
        else:
            self._log = Region(path, 0, path.stat().st_size)
            self._look_beside()
        self.info, self._missing = self._described()

    @property
    def signed(self) -> bool:
        """True if it is a bundle, whose checkpoint is signed."""
        return self.findings.kind in _SIGNED

    def find(self, wanted: str) -> RunInfo:  # noqa: ARG002 - a store finds by it
        """The one run in the file."""
        return self.info

    def entries(self, run_id: str, start: int = 0) -> Iterator[bytes]:  # noqa: ARG002 - there is one run only
        """The bytes of the entries from `start` on."""
        return islice(entries_of(self._log), start, None)

    def kept_entries(self, run_id: str) -> Iterator[KeptEntry]:
        """The entries with their numbers and hashes, which a file does not keep beside them."""
        return (KeptEntry(seq, digest(data), data) for seq, data in enumerate(self.entries(run_id)))

    def texts(self, run_id: str, start: int = 0) -> Iterator[TextRecord]:  # noqa: ARG002 - likewise
        """The texts of the entries from `start` on; none where they are not in the file."""
        return (text for text in texts_of(self._texts) if text.seq >= start) if self._texts is not None else iter(())

    def roster(self, run_id: str) -> dict[str, RosterName]:  # noqa: ARG002 - likewise
        """Names by pseudonym; empty where they are not in the file."""
        return dict(self._roster)

    def document(self, digest: str) -> bytes:
        """The document with this digest: from the bundle; of a log, from beside it or from elsewhere.

        Raises:
            MissingDocumentError: it is in none of these places; the message says what it is.
        """
        found = self._documents.get(digest)
        if found is None and not self.signed:  # what was left out of a bundle was left out on purpose: names
            found = self._elsewhere(digest)
        if found is not None:
            return found
        message = self._missing.get(digest, _("{path} does not hold the document {digest}."))
        raise MissingDocumentError(message.format(path=self.path, digest=digest), digest=digest)

    def verify(self, trusted: TrustedInputs = NO_TRUSTED_INPUTS) -> Findings:
        """Verify the file once more, with what is known from elsewhere.

        Raises:
            InputError: it is no evidence any more.
            OSError: it cannot be read.
        """
        return verify_path(self.path, trusted)

    def _open_members(self) -> Region:
        with OpenedBundle(self.path) as bundle:
            for name in _DOCUMENTS:
                if name in bundle:
                    self._keep(bundle.read(name))
            if members.ROSTER in bundle:
                self._roster = members.read_roster(bundle.read(members.ROSTER))
            self._texts = bundle.regions.get(members.TEXTS)
            return bundle.regions[members.LOG]

    def _look_beside(self) -> None:
        """Take what lies beside a log under the names that it has in a bundle."""
        for name in _DOCUMENTS:
            beside = self.path.parent / name
            with suppress(InputError, OSError):
                if beside.is_file():  # a pipe would be waited for
                    self._keep(read_whole(beside, members.MAX_SMALL))

    def _keep(self, data: bytes) -> None:
        self._documents[digest(data)] = data

    def _described(self) -> tuple[RunInfo, Mapping[str, str]]:
        """What a list would say of the run, and what is to be said if a document is missing, by its digest."""
        first = next(iter(entries_of(self._log)), b"")
        last = first
        for last in entries_of(self._log):  # noqa: B007 - the last one is wanted
            pass
        kind, at = last_fact(last)
        try:
            body = read_entry(first)
            scenario, playbook = _definitions_of(body)
        except (UncanonicalError, RecordFaultError) as error:
            message = _("The record in {path} does not begin as a run does: {reason}")
            raise InputError(message.format(path=self.path, reason=error)) from None
        info = RunInfo(str(body.run), body.recorded, scenario, playbook, self.findings.size, kind, at)
        header = body.header
        if header is None:
            return info, {}
        missing = {header.playbook: _missing_playbook(), header.scenario: _missing_scenario()}
        if OFFSETS in header.pins:
            missing[header.pins[OFFSETS]] = _missing_offsets()
        return info, missing


def open_record(path: Path, elsewhere: Documents) -> FileRecord:
    """The record in a bundle (packed or unpacked) or an exported log, once it was verified.

    Args:
        path: where it is.
        elsewhere: gives documents that a log is without, by digest.

    Raises:
        InputError: there is nothing, it holds no whole record, or it does not hold; the message says what is wrong.
        OSError: it cannot be read.
    """
    findings = verify_path(path, NO_TRUSTED_INPUTS)
    if findings.kind not in _RECORDS:
        message = _("{path} is a proof and holds no whole record; name the bundle that it was made from.")
        raise InputError(message.format(path=path))
    fault = fault_of(findings, str(path))
    if fault is not None:
        raise InputError(fault)
    return FileRecord(path, findings, elsewhere)


def _definitions_of(body: Body) -> tuple[str, str]:
    """The ids of scenario and playbook, from the first fact; empty where it does not say."""
    fact = unseal(body.fact, ())
    return (fact.scenario, fact.playbook) if isinstance(fact, ExerciseStarted) else ("", "")


def _missing_playbook() -> str:
    return _(
        "The playbook that this record was made by ({digest}) is not there with {path}, nor known here. Put it beside "
        "the log as playbook.yaml, or name a bundle: it holds its playbook."
    )


def _missing_offsets() -> str:
    return _(
        "How the clocks change in this exercise ({digest}) is not in {path}, and the time zones known here are not "
        "those that it was begun with. A bundle holds it; beside a log it lies as offsets.json."
    )


def _missing_scenario() -> str:
    return _(
        "The scenario that was played ({digest}) is not there with {path}, and without it nothing can be said of what "
        "was expected, and how it went. A whole bundle holds it; beside a log it lies as scenario.yaml."
    )
