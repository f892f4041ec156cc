"""A run beside the earlier runs of its team, and beside what bots make of its scenario."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.exercise.evaluation.beside.earlier import EarlierRun, EarlierRuns
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.ledger.reading import RecordedRun
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext
from incidentsim.service.earlier_runs import EarlierSearch, OnPart
from incidentsim.service.evaluations import EvaluatedView, EvaluationService
from incidentsim.service.played_by import PlayedByReader
from incidentsim.service.record_sources import RunName

if TYPE_CHECKING:  # imported when something is compared: replaying starts without it
    from incidentsim.domain.text import Language
    from incidentsim.exercise.evaluation.beside.beside import Beside
    from incidentsim.exercise.forecast.evaluated import Forecasted
    from incidentsim.exports.wording.beside.runs import Told
    from incidentsim.exports.wording.beside.sheets import Sheet


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class RunsBeside:
    """A run beside an earlier one: both evaluated, in what the earlier one was made otherwise, and the comparison."""

    now: EvaluatedView
    then: EvaluatedView
    earlier: EarlierRun
    beside: "Beside"

    def sheet(self, runs: EarlierRuns, language: "Language") -> "Sheet":
        """The comparison in words; `runs` are all earlier runs, of which those of the team tell how often."""
        from incidentsim.exports.wording.beside.runs import Often, runs_sheet

        often = Often.among(runs.same_team)
        return runs_sheet(_told(self.now, language), _told(self.then, language), self.earlier, self.beside, often)


@dataclass(frozen=True, slots=True)
class PlaysBeside:
    """A run beside plays of its scenario by bots."""

    now: EvaluatedView
    forecast: "Forecasted"

    def sheet(self, language: "Language") -> "Sheet":
        """The comparison in words."""
        from incidentsim.exports.wording.beside.plays import plays_sheet

        return plays_sheet(_told(self.now, language), self.forecast)


def _told(evaluated: EvaluatedView, language: "Language") -> "Told":
    from incidentsim.exports.wording.beside.runs import Told

    view = evaluated.view
    return Told(Narrator(Account(view.facts, view.playbook, view.scenario, language)), evaluated.evaluation)


class ComparingService:
    """Compares finished runs with earlier ones, and with plays by bots."""

    def __init__(self, context: ServiceContext, evaluations: EvaluationService) -> None:
        self._context = context
        self._evaluations = evaluations

    def evaluated(self, run: RunName) -> EvaluatedView:
        """A finished run with its evaluation, to be compared.

        Raises:
            InputError: there is no such run, it is not finished, or its record is faulty.
        """
        source = self._context.source(run)
        if not source.info.finished:
            message = _("The run {run} is not finished; only finished runs are compared.")
            raise InputError(message.format(run=source.info.id))
        return self._evaluations.evaluate(run if source.path is not None else source.info.id)

    def earlier(
        self, run: RunName, now: EvaluatedView, on_part: OnPart | None = None, enough: Callable[[], bool] = _never
    ) -> EarlierRuns:
        """Look for the earlier runs of a run's scenario and procedure, and evaluate those of the same team.

        Args:
            run: the run.
            now: the same, evaluated.
            on_part: told how much is done.
            enough: asked before each run whether somebody wants no more.

        Raises:
            SurroundingsError: the database cannot be read.
        """
        return EarlierSearch(self._context, self._evaluations, run, now).all(on_part, enough)

    def with_run(self, run: RunName, now: EvaluatedView, other: RunName) -> RunsBeside:
        """Set a run beside another that is named, whoever played it and whatever its story.

        Raises:
            InputError: there is no such other run, it is not finished, or its record is faulty.
        """
        search = EarlierSearch(self._context, self._evaluations, run, now)
        return self._beside(now, search.entry(other), other)

    def against(self, now: EvaluatedView, earlier: EarlierRun) -> RunsBeside:
        """Set a run beside an earlier one.

        Raises:
            InputError: the earlier run is not there any more, or its record is faulty.
        """
        return self._beside(now, earlier, earlier.run)

    def _beside(self, now: EvaluatedView, earlier: EarlierRun, run: RunName) -> RunsBeside:
        from incidentsim.exercise.evaluation.beside.beside import beside

        then = self.evaluated(run)
        return RunsBeside(now, then, earlier, beside(now.evaluation, now.view.facts, then.evaluation, earlier.scope))

    def forecast(
        self,
        run: RunName,
        now: EvaluatedView,
        plays: int,
        on_part: OnPart | None = None,
        enough: Callable[[], bool] = _never,
    ) -> PlaysBeside | None:
        """Set a run beside plays of its scenario by bots, by the playbook and scenario that are stored with it.

        Args:
            run: the run.
            now: the same, evaluated.
            plays: how often each proficiency plays.
            on_part: told how many plays are done.
            enough: asked before each play whether somebody wants no more; then the answer is `None`.

        Raises:
            InputError: the scenario that it was played by was erased.
            ValueError: `plays` is less than 1.
        """
        from incidentsim.definitions.clocks.read import shipped_packs
        from incidentsim.exercise.forecast.evaluated import against_plays, plays_evaluated
        from incidentsim.exercise.forecast.forecast import PROFICIENCIES
        from incidentsim.exercise.regulatory.situation import clocks_of

        source = self._context.source(run)
        played_by = PlayedByReader(self._context).of(source.store, source.info)
        if played_by.erasures.people:
            message = _(
                "Bots cannot play the scenario of run {run}: what it was played by was erased with the name of "
                "{people}."
            )
            raise InputError(message.format(run=source.info.id, people=", ".join(played_by.erasures.people)))
        recorded = RecordedRun(source.info, played_by.header, (), (), erasures=played_by.erasures)
        stored = self._context.stored(recorded, source.store)
        compiled = self._context.compiled(stored.playbook_data, stored.playbook.id)
        packs, whole = shipped_packs(), plays * len(PROFICIENCIES)
        done = []
        for play in plays_evaluated(
            compiled, stored.scenario, lambda told, facts: clocks_of(packs, told, facts, None), plays=plays
        ):
            done.append(play)
            if on_part is not None:
                on_part(len(done), whole)
            if enough() and len(done) < whole:
                return None
        return PlaysBeside(now, against_plays(now.evaluation, done))
