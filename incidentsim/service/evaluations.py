"""What runs came to: evaluation, comparison, judging anew, what is to be improved."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.definitions.library.files import read_bytes
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact
from incidentsim.ledger.reading import OnRead, RecordedRun, read_run
from incidentsim.ledger.store import RunInfo
from incidentsim.messages import gettext as _
from incidentsim.service.afterwards import append_afterwards
from incidentsim.service.context import ServiceContext
from incidentsim.service.improvements import Improvements, ImprovementService
from incidentsim.service.record_sources import RunName
from incidentsim.service.records import RecordService
from incidentsim.service.stages import EVALUATED, FOLLOWED, READ, Stages, told_of
from incidentsim.service.summaries import OnRun, Summaries, Summarised
from incidentsim.session.course import RunView

if TYPE_CHECKING:  # imported when something is evaluated: replaying starts without it
    from incidentsim.domain.playbook import Playbook
    from incidentsim.exercise.evaluation.compare import Comparison
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.evaluation.rejudge import Rejudgement


@dataclass(frozen=True, slots=True)
class EvaluatedView:
    """A run with its evaluation."""

    view: RunView
    evaluation: "Evaluation"


class EvaluationService:
    """Evaluates recorded runs: rates, compares and rejudges them, and lists what is to be improved."""

    def __init__(self, context: ServiceContext, records: RecordService) -> None:
        self._context = context
        self._records = records

    def evaluate(self, run: RunName, on_read: OnRead | None = None) -> EvaluatedView:
        """A recorded run and how it went.

        Args:
            run: its id, the beginning of it, or `last`; or the path of a bundle or an exported log.
            on_read: told how far that is; whoever watches the service, if left out.

        Raises:
            InputError: there is no such run, or its record is faulty.
        """
        from incidentsim.exercise.evaluation.evaluate import evaluate

        stages = Stages(on_read or self._context.on_read, (READ + FOLLOWED, EVALUATED))
        view = self._records.show(run, stages.next())
        clocks = self._records.clocks(view)
        tell = told_of(len(view.facts), stages.next())
        return EvaluatedView(
            view, evaluate(view.playbook, view.scenario, view.facts, clocks, view.played, on_part=tell)
        )

    def compare(self, first: RunName, second: RunName) -> "tuple[EvaluatedView, EvaluatedView, Comparison]":
        """Two recorded runs side by side.

        Raises:
            InputError: one of them is not there, or its record is faulty.
        """
        from incidentsim.exercise.evaluation.compare import compare

        stages = Stages(self._context.on_read, (1, 1))
        one, other = self.evaluate(first, stages.next()), self.evaluate(second, stages.next())
        return one, other, compare(one.evaluation, other.evaluation, one.view.facts, other.view.facts)

    def rejudge(self, run: RunName, playbook: Path | str) -> "tuple[RunView, Playbook, Rejudgement]":
        """Judge a recorded run by another playbook, a file or a known id; the record stays as it is.

        Returns the run, that playbook, and what would change.

        Raises:
            InputError: there is no such run or playbook, one of them is faulty, or the run's scenario was erased.
        """
        from incidentsim.exercise.evaluation.rejudge import rejudge

        path, data = (
            (playbook, read_bytes(playbook)) if isinstance(playbook, Path) else self._context.library.playbook(playbook)
        )
        compiled = self._context.compiled(data, str(path))
        source = self._context.source(run)
        stages = Stages(self._context.on_read, (READ, FOLLOWED, EVALUATED))
        recorded = read_run(source.store, source.info, stages.next())
        if recorded.erasures.people:
            message = _(
                "The run {run} cannot be judged anew: the scenario that it was played by was erased with the name of "
                "{people}."
            )
            raise InputError(message.format(run=source.info.id, people=", ".join(recorded.erasures.people)))
        view = self._context.taken_up(recorded, source.store, stages.next()).view(source.info.id)
        tell = told_of(len(view.facts), stages.next())
        return view, compiled.playbook, rejudge(compiled, view.playbook, view.scenario, view.facts, tell)

    def summaries(self, infos: Sequence[RunInfo], on_run: OnRun | None = None, *, anew: bool = False) -> Summarised:
        """Summarise those of these runs that are finished; most summaries were kept when they were first asked for.

        Args:
            infos: lines of the list of runs, oldest first.
            on_run: called after each run that had to be evaluated.
            anew: evaluate all of them, whatever was kept.

        Raises:
            SurroundingsError: the database cannot be read.
        """
        return Summaries(self._context).of(infos, on_run, anew=anew)

    def improvements(self, on_run: OnRun | None = None, *, anew: bool = False) -> Improvements:
        """The improvement items of all finished runs; see `ImprovementService.all`.

        Raises:
            SurroundingsError: the database cannot be read.
        """
        return ImprovementService(self._context).all(on_run, anew=anew)

    def override_rating(
        self, run: str, task: str, rating: str, reason: str, *, objective: str | None = None
    ) -> RunView:
        """Set the rating of a task in a finished run, in place of the proposed one, and put that on record.

        Raises:
            InputError: there is no such run, task or rating, the run is not finished, or no reason is given.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.evaluation.overriding import rating_fact

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            playbook = self._context.stored(recorded).playbook
            return [rating_fact(playbook, recorded.facts[-1].at, task, rating, reason, objective=objective)]

        run_id, _numbers = append_afterwards(self._context, run, make)
        return self._records.show(run_id)
