"""What a debrief rests on: the run evaluated, the earlier runs of its scenario, what is to be improved.

Finding it may take a while; nothing here touches a screen, so that it can be done in another thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.facts import Observed, RecordedText
from incidentsim.exercise.evaluation.history import EarlierRun, MetricSoFar, so_far
from incidentsim.exports.wording.account import Account
from incidentsim.service.improvements import Improvements
from incidentsim.session.log_filters import passes
from incidentsim.session.narration import RecordNarrator
from incidentsim.session.reading.log import log_entry
from incidentsim.tui.log_rows import log_line
from incidentsim.tui.widgets.line_list import Line, Piece

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.service import RunView, Service
    from incidentsim.service.evaluations import EvaluatedView

MOST_EARLIER: Final = 20
"""So many earlier runs are looked at, the latest ones."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The comparison of a run with others.

    Attributes:
        metrics: each metric of this run beside its values in earlier runs of the same scenario.
        earlier: the number of earlier runs that were evaluated.
        improvements: the items to be improved, of all runs.
        today: the day by which it is told what is overdue.
        wrong: the reason why the other runs could not be looked at; empty where they could.
    """

    metrics: tuple[MetricSoFar, ...]
    earlier: int
    improvements: Improvements
    today: date
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """The choice of facts that the log shows: one of `FILTERS`, and words that their lines must hold (empty: all)."""

    kind: str = "all"
    words: str = ""


class Debrief:
    """One evaluated run, told in one language."""

    def __init__(self, run: str, evaluated: "EvaluatedView", language: "Language") -> None:
        self.run = run
        self.evaluated = evaluated
        view = evaluated.view
        self.teller = RecordNarrator(Account(view.facts, view.playbook, view.scenario, language))
        self._log: list[Line] = []
        self._notes: dict[int, list[RecordedText]] = {}
        for fact in view.facts:
            if isinstance(fact, Observed) and fact.about is not None:
                self._notes.setdefault(fact.about, []).append(fact.note)

    @property
    def view(self) -> "RunView":
        """The run."""
        return self.evaluated.view

    @property
    def evaluation(self) -> "Evaluation":
        """The evaluation of the run."""
        return self.evaluated.evaluation

    def notes(self, number: int) -> list[str]:
        """Return the observations that were noted about a fact, in the order of the record."""
        return [self.teller.narrator.words(note) for note in self._notes.get(number, ())]

    def log(self) -> Sequence[Line]:
        """Every fact in a line, with what was observed about it; told once."""
        if not self._log:
            self._log = [self._logged(number) for number in range(len(self.view.facts))]
        return self._log

    def _logged(self, number: int) -> Line:
        entry = replace(log_entry(self.teller, number), undone=self.undone(number))
        shown = log_line(entry, several=len(self.view.scenario.incidents) > 1)
        notes = tuple(Piece(f"  ✎ {note}", "accent") for note in self.notes(number))
        return Line((*shown.pieces, *notes), shown.name)

    def log_lines(self, chosen: LogFilter) -> list[Line]:
        """The lines of the facts that pass a filter and hold its words."""
        wanted = chosen.words.casefold()
        return [
            shown
            for fact, shown in zip(self.view.facts, self.log(), strict=True)
            if passes(fact.kind, chosen.kind)
            and (not wanted or wanted in "".join(piece.text for piece in shown.pieces).casefold())
        ]

    def undone(self, number: int) -> bool:
        """Return whether a fact was undone and counts no more."""
        return number in self.teller.narrator.undone


def look_around(
    service: "Service", run: str, evaluated: "EvaluatedView", enough: Callable[[], bool] = lambda: False
) -> Surroundings:
    """Evaluate the earlier finished runs of the same scenario, and gather what is to be improved.

    Runs whose record cannot be read are left out. Once there is `enough`, no further run is looked at.
    """
    try:
        return _looked_around(service, run, evaluated, enough)
    except (InputError, SurroundingsError) as error:
        return Surroundings(
            so_far(evaluated.evaluation, ()), 0, Improvements((), ()), service.improvements.today, str(error)
        )


def _looked_around(
    service: "Service", run: str, evaluated: "EvaluatedView", enough: Callable[[], bool]
) -> Surroundings:
    before = []
    for info in service.records.runs():
        if info.id == run:
            break
        if info.finished and info.scenario == evaluated.view.scenario.id:
            before.append(info)
    earlier: list[EarlierRun] = []
    for info in before[-MOST_EARLIER:]:
        if enough():
            break
        try:
            earlier.append(EarlierRun(info.id, info.created, service.evaluations.evaluate(info.id).evaluation))
        except (InputError, SurroundingsError):
            continue
    improvements = Improvements((), ()) if enough() else service.improvements.all()
    return Surroundings(so_far(evaluated.evaluation, earlier), len(earlier), improvements, service.improvements.today)
