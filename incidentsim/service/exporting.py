"""Recorded runs as what others read: everything a report is made from, and bundles with the reports in them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import IncidentsimError
from incidentsim.domain.text import LANGUAGES, Text
from incidentsim.exports import reports
from incidentsim.exports.reports import Check, Dossier, Provenance
from incidentsim.exports.wording.account import Account
from incidentsim.ledger.checkpoint import origin_of, write_root
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken
from incidentsim.service.foundation import Foundation
from incidentsim.session.seats import Seats

if TYPE_CHECKING:  # imported when a record is verified or a bundle written
    from pathlib import Path

    from incidentsim.domain.controls import Proof
    from incidentsim.evidence.bundle import Stamp, Written
    from incidentsim.evidence.findings import Findings
    from incidentsim.evidence.keys import Key

MOST_TOLD: Final = 5_000
"""Longer records get no reports into their bundles: a page with more facts than this is of no use to anybody."""

_IN_BUNDLE: Final = frozenset({"signatures", "size", "ending"})
"""What cannot be checked about a stored run, and can be about its bundle."""


class Exporting(Foundation):
    """Everything that is made from recorded runs for others to read."""

    def dossier(self, run: str, *, in_bundle: bool = False) -> Dossier:
        """All that reports of a recorded run are made from: its record is verified, its evidence for controls found.

        Args:
            run: its id, the beginning of it, or `last`.
            in_bundle: it will lie in a bundle, beside the signed checkpoint.

        Raises:
            InputError: there is no such run, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        from incidentsim.definitions.controls.read import shipped_control_maps
        from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS
        from incidentsim.evidence.verifying import verify_run
        from incidentsim.exercise.controls.controls import find_evidence
        from incidentsim.exercise.evaluation.evaluate import evaluate

        info = self._store.find(run)
        recorded = read_run(self._store, info)
        view = self._taken_up(recorded).view(info.id)
        clocks = self.clocks(view)
        findings = verify_run(self._store, info, NO_TRUSTED_INPUTS)
        proofs: tuple[Proof, ...] = ("chain",) if findings.holds else ()
        return Dossier(
            account=Account(view.facts, view.playbook, view.scenario, "en"),
            evaluation=evaluate(view.playbook, view.scenario, view.facts, clocks),
            clocks=clocks,
            provenance=self._pins(recorded, findings, view.report.outcome_digest, in_bundle=in_bundle),
            controls=find_evidence(
                shipped_control_maps(),
                view.playbook,
                view.scenario,
                view.facts,
                by_people={number for number, source in enumerate(recorded.sources) if source == "person"},
                proofs=(*proofs, "checkpoint") if in_bundle else proofs,
            ),
        )

    def _pins(self, recorded: RecordedRun, findings: "Findings", outcome: str, *, in_bundle: bool) -> Provenance:
        size = len(recorded.facts)
        entries = [data for _number, data in zip(range(size), self._store.entries(recorded.info.id), strict=False)]
        seats = Seats.of(recorded.header.options)
        skipped = _IN_BUNDLE if in_bundle else frozenset[str]()
        return Provenance(
            run=recorded.info.id,
            recorded_from=read_entry(entries[0]).recorded,
            recorded_to=read_entry(entries[-1]).recorded,
            program=recorded.header.program,
            playbook_digest=recorded.header.playbook,
            scenario_digest=recorded.header.scenario,
            outcome_digest=outcome,
            size=size,
            head=digest(entries[-1]),
            root=write_root(root_of(entries)),
            origin=origin_of(recorded.info.id),
            sources=recorded.sources,
            mode=seats.mode if seats.people else None,
            played=seats.played,
            checks=_checks(findings),
            unchecked=_limits(findings, skipped),
        )

    def views(self, run: str) -> dict[str, bytes]:
        """What lies in the bundle of a run for reading, by name: both reports in both languages, and the controls.

        Raises:
            InputError: there is no such run, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        from incidentsim.exports.as_json.controls import controls_json
        from incidentsim.exports.as_json.run import dumps
        from incidentsim.exports.oscal import oscal

        dossier = self.dossier(run, in_bundle=True)
        return {
            "after-action-report.html": reports.html(dossier, kind="aar", languages=LANGUAGES),
            "after-action-report.md": reports.markdown(dossier, kind="aar", languages=LANGUAGES),
            "audit-report.html": reports.html(dossier, kind="audit", languages=LANGUAGES),
            "audit-report.md": reports.markdown(dossier, kind="audit", languages=LANGUAGES),
            "controls.json": (dumps(controls_json(dossier)) + "\n").encode(),
            "oscal-assessment-results.json": oscal(dossier, members="../"),
        }

    def bundle(
        self, run: str, path: "Path", key: "Key", *, pseudonymise: bool = False, stamp: "Stamp | None" = None
    ) -> "tuple[Written, str | None]":
        """Write the bundle of a recorded run; and why no reports are in it, where there should be some.

        Args:
            run: its id, the beginning of it, or `last`.
            path: where to.
            key: signs it.
            pseudonymise: leave out what names people or holds their words, reports included.
            stamp: has the checkpoint stamped.

        Raises:
            InputError: there is no such run, or there is such a file already.
            SurroundingsError: the database cannot be read, or the file cannot be written.
        """
        from incidentsim.evidence.bundle import record_of, write_bundle

        info = self._store.find(run)
        record = record_of(self._store, info)
        views: Mapping[str, bytes] = {}
        lacking: str | None = None
        if info.entries > MOST_TOLD and not pseudonymise:
            message = _("The bundle holds no reports: the record has more than {most} entries.")
            lacking = message.format(most=MOST_TOLD)
        elif not pseudonymise:
            try:
                views = self.views(info.id)
            except IncidentsimError as error:  # a faulty record can still be handed over to be looked at
                lacking = _("The bundle holds no reports: {reason}").format(reason=error)
        return write_bundle(path, record, key, pseudonymise=pseudonymise, views=views, stamp=stamp), lacking


def _checks(findings: "Findings") -> tuple[Check, ...]:
    from incidentsim.evidence.findings import title

    def check(place: int) -> Check:
        one = findings.checks[place]
        return Check(_both(lambda: title(one.name)), one.holds, one.seq, one.expected, one.found)

    return tuple(check(place) for place in range(len(findings.checks)))


def _limits(findings: "Findings", skipped: frozenset[str]) -> tuple[Text, ...]:
    known = replace(
        findings,
        not_checked=tuple(name for name in findings.not_checked if name not in skipped),
        more_limits=tuple(name for name in findings.more_limits if name not in skipped),
    )
    said = []
    for language in LANGUAGES:
        with spoken(language):
            said.append(known.limits())
    return tuple(Text(english, chinese) for english, chinese in zip(*said, strict=True))


def _both(say: Callable[[], str]) -> Text:
    """What the program says in each of its languages."""
    found = {}
    for language in LANGUAGES:
        with spoken(language):
            found[language] = say()
    return Text(found["en"], found["zh"])
