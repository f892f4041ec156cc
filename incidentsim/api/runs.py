"""The library's runs: replayed or found on record, evaluated, exported, verified."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from incidentsim import composition
from incidentsim.api.hiding import warn_of_hidden
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.evidence.findings import Findings
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.running.outcome import RunReport, Verdict
from incidentsim.messages import gettext as _
from incidentsim.service import RunView, Service
from incidentsim.service.erasing import Erased


@dataclass(frozen=True, slots=True)
class Run:
    """A run as far as it has come.

    Attributes:
        facts: everything that happened; a fact's index is its sequence number.
        report: the run in figures: end states, levels, counts.
        scenario: what was played.
        playbook: the procedure it was played by.
        finished: whether the exercise is over.
        service: where its record is kept; for this library's own use.
        played: the pseudonyms of those for whom people decided; `None` where it was no session of people.
        source: by what name the service finds its record, where not by `id`: a file. Likewise.
    """

    facts: tuple[Fact, ...]
    report: RunReport
    scenario: Scenario
    playbook: Playbook
    finished: bool
    service: Service = field(compare=False)
    played: frozenset[str] | None = None
    source: Path | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Run(id={self.id!r}, scenario={self.scenario.id!r}, passed={self.passed!r}, facts={len(self.facts)})"

    @property
    def id(self) -> str:
        """The name of its record; that is in memory only unless `record` was asked for."""
        return self.report.run or ""

    @property
    def passed(self) -> bool:
        """True if the exercise ended, something was expected or bots played, and all that was expected holds.

        Where bots played without people, every incident must also have reached a final state. An exercise in which
        nothing happened has not passed.
        """
        return self.report.passed

    @property
    def outcome_digest(self) -> str | None:
        """`sha256:…` over the facts up to the end, in canonical form (RFC 8785): equal where two runs went equally.

        `None` where it cannot be computed any more, because a text was erased.
        """
        return self.report.outcome_digest

    @property
    def expectations(self) -> tuple[Verdict, ...]:
        """The verdict on each expectation of the scenario, with the sequence numbers of the facts that decide it.

        What every exercise must have (see `Verdict.lack`) stands behind them where this one lacks it.
        """
        return self.report.expectations


def replay(
    scenario: Path | str, *, playbook: Path | str | None = None, bots: bool = False, record: bool = False
) -> Run:
    """Play a scenario by its own script from its start to its end.

    Args:
        scenario: a file, or the id of a shipped scenario.
        playbook: a file or an id to play it by, instead of the playbook that the scenario names.
        bots: let bots decide what the script does not.
        record: keep the record in the user's database, as `incidentsim replay` does.

    Raises:
        UnknownNameError: there is no such scenario or playbook; the message says the nearest.
        InputError: a definition is wrong.
        SurroundingsError: the record could not be kept.
    """
    service = composition.service(record=record, on_hidden=warn_of_hidden)
    return run_of(service, service.exercises.replay(definition(scenario), playbook=optional(playbook), bots=bots))


def recorded(run: Path | str = "last") -> Run:
    """A run in the user's database, or in a file, for which no database is opened.

    Args:
        run: its id, the beginning of it, or `last`; or a bundle (packed or unpacked) or an exported log, which is
            verified first.

    Raises:
        InputError: there is no such run or file, the file does not hold, or holds too little.
        SurroundingsError: the database cannot be read, or the record in it is faulty.
        OSError: the file cannot be read.
    """
    from incidentsim.evidence.reading.paths import run_or_path

    named = run_or_path(run)
    source = named if isinstance(named, Path) else None
    service = composition.service(record=source is None, on_hidden=warn_of_hidden)
    return replace(run_of(service, service.records.show(named)), source=source)


def evaluate(run: Run | Path | str) -> Evaluation:
    """Evaluate a run: measures, ratings with their evidence, and what would have been right.

    Args:
        run: a run, or what names one as in `recorded`, which says what may be raised.
    """
    from incidentsim.exercise.evaluation.evaluate import evaluate as judge

    told = run if isinstance(run, Run) else recorded(run)
    view = RunView(told.report, told.facts, told.scenario, told.playbook, told.finished, told.played)
    return judge(told.playbook, told.scenario, told.facts, told.service.records.clocks(view), told.played)


def export(
    run: Run | Path | str,
    format: str,  # noqa: A002 - what the command line calls it
    path: Path | str,
    *,
    report: Literal["aar", "audit"] = "aar",
    languages: Sequence[Language] = ("en",),
    table: str | None = None,
    key: Path | None = None,
    replace: bool = False,
) -> Path:
    """Write a run into a file: whole or not at all; one that holds the same already is left as it is.

    Args:
        run: a run, or what names one as in `recorded`; a bundle is made from runs in a database only.
        format: any format of `incidentsim export`, such as `html`, `xlsx`, `jsonl`, `oscal` or `bundle`.
        path: the file.
        report: which of the two reports, where the format is one of a report.
        languages: of the texts, in this order.
        table: which table, for `csv`; the first if left out.
        key: signs a bundle, instead of the user's own key, which is made when it is first needed.
        replace: put it in the place of another file that is there.

    Returns:
        The path of the file.

    Raises:
        UnknownNameError: there is no such format or table; the message says the nearest.
        InputError: another file is there already, the record is faulty, the extra of the format is not installed, or it
            is written in one language only.
        SurroundingsError: the file cannot be written.
    """
    from incidentsim.exports import formats
    from incidentsim.exports.format_types import ExportOptions
    from incidentsim.files import OPEN, PRIVATE, writing

    told, target = run if isinstance(run, Run) else recorded(run), Path(path)
    try:
        row = formats.find(format, report)
    except KeyError:
        message = _("There is no format {name}; there are: {known}.")
        known = dict.fromkeys(one.id for one in formats.FORMATS)
        raise unknown_name(_("format"), format, known, kind="format", otherwise=message) from None
    exports = told.service.exports
    if row.make is None:
        if told.source is not None:
            message = _("{path} is a file: a bundle is made from a run in the database.")
            raise InputError(message.format(path=told.source))
        exports.bundle(told.id, target, composition.signing_key(key)[0], replace=replace)
        return target
    if row.languages == 1 and len(languages) > 1:
        raise InputError(_("The form {form} is written in one language; choose en or zh.").format(form=format))
    chosen = ExportOptions(languages) if table is None else ExportOptions(languages, table)
    blocks = row.blocks(exports.source(told.source or told.id), chosen)
    with writing(target, mode=PRIVATE if row.private else OPEN, replace=replace) as file:
        file.writelines(blocks)
    return target


def erase(run: Run | str, *, texts: Iterable[int] = (), people: Iterable[str] = ()) -> Erased:
    """Erase texts and names of a run that is over, and put on record that they were; nobody is asked.

    With a name goes the stored scenario, which names the person.

    Args:
        run: a run, or the id of a recorded one as in `recorded`.
        texts: the numbers of facts; all texts of each are erased.
        people: pseudonyms, or ids of the scenario, of those whose names are erased.

    Returns:
        The numbers of the facts that say so, and where something may still be found.

    Raises:
        UnknownNameError: there is no such run or person.
        InputError: the run is not over, a fact holds no text, something is erased already, or nothing is named.
        RunBusyError: another process is writing the run.
        SurroundingsError: the record could not be kept; nothing is erased then.
    """
    told = recorded(run) if isinstance(run, str) else run
    return told.service.erasures.erase(told.id, texts, people)


def verify(what: Path | str | Run) -> Findings:
    """Check a record by recomputing all of it: `holds`, and each check with what was expected and found.

    Args:
        what: a bundle, an exported log or a proof; a run; or the id of a recorded one, its beginning, or `last`.

    Raises:
        InputError: it names nothing that can be verified.
        SurroundingsError: the database cannot be read.
        OSError: the file cannot be read.
    """
    from incidentsim.evidence.reading.paths import run_or_path
    from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS
    from incidentsim.evidence.verifying_files import verify_path

    if isinstance(what, Run):
        if what.source is None:
            return what.service.records.verify(what.id)
        what = what.source
    named = run_or_path(what)
    if isinstance(named, Path):
        return verify_path(named, NO_TRUSTED_INPUTS)
    return composition.service(record=True).records.verify(named)


def run_of(service: Service, view: RunView) -> Run:
    """A view of a run, as the library gives it."""
    return Run(view.facts, view.report, view.scenario, view.playbook, view.finished, service, view.played)


def definition(named: Path | str) -> Path | str:
    """Return the file that a caller names, or the id where the name does not look like a file."""
    return named if isinstance(named, Path) else composition.named(named) or named


def optional(named: Path | str | None) -> Path | str | None:
    """The same of what may be left out."""
    return None if named is None else definition(named)
