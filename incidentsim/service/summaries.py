"""Summaries of finished runs: worked out once for each head of a run, kept beside the records, and read from there.

What is kept is no part of a record. It counts for one head of the run and one version of what worked it out; whatever
it says, verifying, exporting and reporting read the record alone. Nothing is lost if it cannot be kept.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.store import RunInfo
from incidentsim.service.context import ServiceContext

if TYPE_CHECKING:  # imported when something is evaluated: replaying starts without it
    from incidentsim.exercise.evaluation.summary import EvaluationSummary

KIND: Final = "evaluation"
"""What these results are called among those that are derived from records."""
KEPT_AT_ONCE: Final = 50
"""So many new summaries are kept in one go: whoever stops half-way loses no more of them."""

OnRun = Callable[[int, int], None]
"""Told after each run that was evaluated anew: how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Summarised:
    """Finished runs with their summaries, oldest first; `unread` are runs that cannot be read, each with the reason."""

    runs: "tuple[tuple[RunInfo, EvaluationSummary], ...]"
    unread: tuple[tuple[str, str], ...]


class Summaries:
    """Gives the summaries of recorded runs."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def of(self, infos: Sequence[RunInfo], on_run: OnRun | None = None, *, anew: bool = False) -> Summarised:
        """Summarise those of these runs that are finished.

        Args:
            infos: lines of the list of runs, oldest first.
            on_run: called after each run that had to be evaluated.
            anew: evaluate all of them, whatever was kept.

        Raises:
            SurroundingsError: the database cannot be read.
        """
        finished = [info for info in infos if info.finished]
        known = {} if anew else self._kept(finished)
        missing = [info for info in finished if info.id not in known]
        unread: list[tuple[str, str]] = []
        fresh: dict[str, Derived] = {}
        for done, info in enumerate(missing, 1):
            try:
                summary = self._worked_out(info)
            except (InputError, RecordFaultError) as error:
                unread.append((info.id, str(error)))
            else:
                known[info.id] = summary
                fresh[info.id] = Derived(info.head, self._version(), orjson.dumps(summary.to_json()))
            if len(fresh) == KEPT_AT_ONCE:
                self._keep(fresh)
            if on_run is not None:
                on_run(done, len(missing))
        self._keep(fresh)
        runs = tuple((info, known[info.id]) for info in finished if info.id in known)
        return Summarised(runs, tuple(unread))

    def _version(self) -> str:
        from incidentsim.exercise.evaluation.summary import VERSION

        return f"{VERSION} {self._context.program}"

    def _kept(self, infos: Sequence[RunInfo]) -> "dict[str, EvaluationSummary]":
        """The summaries that are kept and still hold, by run id."""
        derived, version = self._context.store.derived(KIND), self._version()
        holding: dict[str, EvaluationSummary] = {}
        for info in infos:
            kept = derived.get(info.id)
            if kept is not None and (kept.head, kept.version) == (info.head, version):
                summary = _read(kept.data)
                if summary is not None:
                    holding[info.id] = summary
        return holding

    def _worked_out(self, info: RunInfo) -> "EvaluationSummary":
        from incidentsim.exercise.evaluation.evaluate import evaluate
        from incidentsim.exercise.evaluation.summary import summary_of

        view = self._context.taken_up(read_run(self._context.store, info)).view(info.id)
        evaluation = evaluate(
            view.playbook, view.scenario, view.facts, played=view.played
        )  # no rating rests on regulatory deadlines
        return summary_of(evaluation, view.facts, passed=view.report.passed)

    def _keep(self, fresh: dict[str, Derived]) -> None:
        """Keep these and forget them here; where nothing can be kept, they are worked out again next time."""
        if fresh:
            with suppress(SurroundingsError):
                self._context.store.keep_derived(KIND, fresh)
            fresh.clear()


def _read(data: bytes) -> "EvaluationSummary | None":
    """The summary that was kept; `None` where it is something else, as in a damaged database."""
    from incidentsim.exercise.evaluation.summary import EvaluationSummary

    try:
        return EvaluationSummary.from_json(orjson.loads(data))
    except ValueError:
        return None
