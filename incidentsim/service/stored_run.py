"""One recorded run as the source of all its exports: what is read and reckoned for one format serves the next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import LANGUAGES, Text
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exports.reports import Check, Dossier, Provenance
from incidentsim.exports.wording.account import Account
from incidentsim.ledger.checkpoint import origin_of, write_root
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken
from incidentsim.service.context import ServiceContext
from incidentsim.service.record_sources import RecordSource, RunName
from incidentsim.service.stages import EVALUATED, FOLLOWED, READ, Stages, told_of
from incidentsim.session.course import RunView
from incidentsim.session.seats import Seats

if TYPE_CHECKING:  # imported when a record is verified
    from incidentsim.domain.controls import Proof
    from incidentsim.evidence.findings import Findings
    from incidentsim.exercise.running.outcome import RunReport

_IN_BUNDLE: Final = frozenset({"signatures", "size", "ending"})
"""The checks that cannot be made on a stored run, and can be made on its bundle."""


class StoredRun:
    """One recorded run, as `exports.format_types.RunSource` asks for it.

    It is verified when it is first needed, and read once: what does not hold is handed out in no form.
    """

    def __init__(self, context: ServiceContext, run: RunName, *, in_bundle: bool) -> None:
        """Keep where it is found.

        Args:
            context: finds its record, and carries an exercise to where it ends.
            run: its id, the beginning of it, or `last`; or the path of a bundle or an exported log.
            in_bundle: the exports will lie in a bundle, beside the signed checkpoint.
        """
        self._context = context
        self._run = run
        self._will_be_signed = in_bundle
        self._stages = Stages(context.on_read, (READ, FOLLOWED, EVALUATED))

    @cached_property
    def _verified(self) -> "tuple[RecordSource, Findings]":
        """Where the record is, and what verifying it came to, before anything of it is handed out in whatever form."""
        source = self._context.source(self._run)
        return source, source.sound()

    @property
    def _source(self) -> RecordSource:
        return self._verified[0]

    @property
    def _in_bundle(self) -> bool:
        """Whether a signed checkpoint lies beside the record: in the bundle to be made, or that which it came in."""
        return self._will_be_signed or self._source.signed

    @cached_property
    def _recorded(self) -> RecordedRun:
        return read_run(self._source.store, self._source.info, self._stages.next())

    @cached_property
    def view(self) -> RunView:
        """The run as far as it has come.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        recorded = self._recorded
        return self._context.taken_up(recorded, self._source.store, self._stages.next()).view(recorded.info.id)

    @property
    def report(self) -> "RunReport":
        """The result of the run: its final states, levels, counts, digest and expectations.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        return self.view.report

    @cached_property
    def evaluated(self) -> Dossier:
        """The run with its evaluation and its regulatory deadlines; no evidence for controls is looked for.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        from incidentsim.exercise.evaluation.evaluate import evaluate

        view = self.view
        clocks = clocks_of(shipped_packs(), view.scenario, view.facts, None)
        return Dossier(
            account=Account(view.facts, view.playbook, view.scenario, "en"),
            evaluation=evaluate(
                view.playbook,
                view.scenario,
                view.facts,
                clocks,
                view.played,
                on_part=told_of(len(view.facts), self._stages.next()),
            ),
            clocks=clocks,
        )

    @cached_property
    def dossier(self) -> Dossier:
        """The material of the run's reports; asking for it the first time finds the evidence for controls.

        Raises:
            InputError: there is no such run, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        from incidentsim.definitions.controls.read import shipped_control_maps
        from incidentsim.exercise.controls.controls import find_evidence
        from incidentsim.exercise.evaluation.decisions.owed import steps_owed

        recorded, view, judged = self._recorded, self.view, self.evaluated.evaluation.judged
        proofs: tuple[Proof, ...] = ("chain", "checkpoint") if self._in_bundle else ("chain",)
        return replace(
            self.evaluated,
            provenance=self._provenance(self._verified[1]),
            controls=find_evidence(
                shipped_control_maps(),
                view.playbook,
                view.scenario,
                view.facts,
                by_people={number for number, source in enumerate(recorded.sources) if source == "person"},
                proofs=proofs,
                owed=steps_owed(view.playbook, (one for owed in judged.owed.values() for one in owed)),
            ),
        )

    @property
    def erased_texts(self) -> bool:
        """True if texts of it were erased, so that nothing made from it can come to its outcome digest.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        return bool(self._recorded.erasures.texts)

    def log(self) -> Iterable[bytes]:
        """Its entries as they are stored, a line each, in blocks.

        Raises:
            InputError: there is no such run, or nothing is on record.
        """
        from incidentsim.evidence.bundle import log_blocks

        info = self._source.info  # as many as there were when it was verified, should somebody be writing
        return log_blocks(islice(self._source.store.entries(info.id), info.entries))

    def script(self) -> bytes:
        """A scenario file whose script replays it, to the same outcome digest unless texts of it were erased.

        Raises:
            InputError: there is no such run, its record is faulty, or its scenario was erased.
        """
        from incidentsim.session.script import scripted

        recorded = self._recorded
        if recorded.erasures.people:
            message = _(
                "The run {run} cannot be written down as a script: the scenario that it was played by was erased with "
                "the name of {people}."
            )
            raise InputError(message.format(run=recorded.info.id, people=", ".join(recorded.erasures.people)))
        played = self._context.stored(recorded, self._source.store)
        return scripted(played.scenario_data, played.scenario, played.playbook, recorded.facts, recorded.sources)

    def _provenance(self, findings: "Findings") -> Provenance:
        recorded = self._recorded
        size = len(recorded.facts)
        ends = _Ends()
        root = root_of(ends.passing(islice(self._source.store.entries(recorded.info.id), size)))
        seats = Seats.of(recorded.header.options)
        skipped = _IN_BUNDLE if self._in_bundle else frozenset[str]()
        return Provenance(
            run=recorded.info.id,
            recorded_from=read_entry(ends.first).recorded,
            recorded_to=read_entry(ends.last).recorded,
            program=recorded.header.program,
            playbook_digest=recorded.header.playbook,
            scenario_digest=recorded.header.scenario,
            outcome_digest=self.report.outcome_digest,
            size=size,
            head=digest(ends.last),
            root=write_root(root),
            origin=origin_of(recorded.info.id),
            sources=recorded.sources,
            mode=seats.mode if seats.people else None,
            played=seats.played,
            checks=_checks(findings),
            unchecked=_limits(findings, skipped),
        )


class _Ends:
    """The first and the last of the entries that went by."""

    def __init__(self) -> None:
        self.first = self.last = b""

    def passing(self, entries: Iterable[bytes]) -> Iterator[bytes]:
        for data in entries:
            self.first = self.first or data
            self.last = data
            yield data


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
