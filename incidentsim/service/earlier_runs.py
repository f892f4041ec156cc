"""The search for the earlier runs of one run's scenario and procedure: who played them, and how they went.

Which runs are there is asked of the list; who played one, of its first and its last entries; and only those of the same
team are evaluated. What is left out is told, with the reason.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.earlier import (
    EarlierRun,
    EarlierRuns,
    LeftOut,
    LeftOutWhy,
    Otherwise,
    Standing,
    standing,
)
from incidentsim.exercise.evaluation.beside.team import likeness
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.roster import pinned_people
from incidentsim.ledger.store import RunInfo
from incidentsim.service.context import ServiceContext
from incidentsim.service.evaluations import EvaluatedView, EvaluationService
from incidentsim.service.played_by import PlayedBy, PlayedByReader, team_in
from incidentsim.service.record_sources import RunName

MOST_ASKED: Final[Mapping[Scope, int]] = {Scope.SCENARIO: 300, Scope.PROCEDURE: 60}
"""So many earlier runs are asked who played them, the latest ones."""
MOST_EVALUATED: Final = 10
"""So many earlier runs of the same team and scenario are evaluated, the latest ones."""
_WEIGHT: Final = 20
"""Evaluating a run takes about so many times as long as asking who played it."""

OnPart = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class EarlierSearch:
    """The search for earlier runs of one run."""

    def __init__(
        self, context: ServiceContext, evaluations: EvaluationService, run: RunName, now: EvaluatedView
    ) -> None:
        """`run` is the run, and `now` the same, evaluated."""
        self._context, self._evaluations, self._now = context, evaluations, now
        self._on_part: OnPart = lambda _done, _of: None
        self._enough: Callable[[], bool] = lambda: False
        self._source = context.source(run)
        self._reader = PlayedByReader(context)
        self._team = team_in(now.view)
        self._header = self._reader.of(self._source.store, self._source.info).header
        self._labels = context.store.labels()
        self._left_out: list[LeftOut] = []
        self._whole = True

    def all(self, on_part: OnPart | None, enough: Callable[[], bool]) -> EarlierRuns:
        """Look at them until all were looked at, or it is `enough`; `on_part` is told how much is done."""
        self._on_part, self._enough = on_part or self._on_part, enough
        grouped = self._grouped()
        older = {scope: max(0, len(infos) - MOST_ASKED[scope]) for scope, infos in grouped.items()}
        asked = [(scope, info) for scope, infos in grouped.items() for info in infos[: MOST_ASKED[scope]]]
        whole = len(asked) + _WEIGHT * MOST_EVALUATED
        entries: list[EarlierRun] = []
        for done, (scope, info) in enumerate(asked, 1):
            if self._stopped():
                break
            entry = self._asked(scope, info)
            entries += [entry] if entry is not None else []
            self._on_part(done, whole)
        return EarlierRuns(
            self._team, tuple(self._evaluated_runs(entries, len(asked))), tuple(self._left_out), older, self._whole
        )

    def entry(self, other: RunName) -> EarlierRun:
        """Another run that was named.

        Raises:
            InputError: there is none, or its record is faulty.
        """
        source = self._context.source(other)
        same = source.info.scenario == self._source.info.scenario
        played_by = self._reader.of(source.store, source.info)
        return self._entry(Scope.SCENARIO if same else Scope.PROCEDURE, source.info, played_by)

    def _stopped(self) -> bool:
        if self._whole and self._enough():
            self._whole = False
        return not self._whole

    def _grouped(self) -> dict[Scope, list[RunInfo]]:
        """The earlier finished runs that lists show, by ground, the latest first; what is left out is noted."""
        mine = self._source.info
        grouped: dict[Scope, list[RunInfo]] = {Scope.SCENARIO: [], Scope.PROCEDURE: []}
        for info in self._before(mine):
            same = info.scenario == mine.scenario
            if not same and info.playbook != mine.playbook:
                continue
            if info.id in self._labels and self._labels[info.id].hidden:
                self._leave_out(info, LeftOutWhy.HIDDEN, told=same)
            elif not info.finished:
                self._leave_out(info, LeftOutWhy.UNFINISHED, told=same)
            else:
                grouped[Scope.SCENARIO if same else Scope.PROCEDURE].append(info)
        return grouped

    def _before(self, mine: RunInfo) -> Sequence[RunInfo]:
        """The runs begun before this one, the latest first; a run from a file has its place by its time alone."""
        runs = self._context.store.runs()
        places = [place for place, info in enumerate(runs) if info.id == mine.id]
        before = runs[: places[0]] if places else [info for info in runs if info.created < mine.created]
        return before[::-1]

    def _leave_out(self, info: RunInfo, why: LeftOutWhy, *, told: bool) -> None:
        if told and not info.untouched:
            self._left_out.append(LeftOut(info.id, info.created, why))

    def _asked(self, scope: Scope, info: RunInfo) -> EarlierRun | None:
        try:
            return self._entry(scope, info, self._reader.of(self._context.store, info))
        except (InputError, RecordFaultError) as error:
            self._left_out.append(LeftOut(info.id, info.created, LeftOutWhy.UNREADABLE, str(error)))
            return None

    def _entry(self, scope: Scope, info: RunInfo, played_by: PlayedBy) -> EarlierRun:
        label = self._labels.get(info.id)
        return EarlierRun(
            run=info.id,
            name=label.name if label is not None else "",
            created=info.created,
            scenario=info.scenario,
            scope=scope,
            team=played_by.team,
            likeness=likeness(self._team, played_by.team),
            otherwise=tuple(self._otherwise(scope, played_by)),
            program=played_by.header.program,
        )

    def _otherwise(self, scope: Scope, played_by: PlayedBy) -> Collection[Otherwise]:
        header, mine = played_by.header, self._header
        asked = {
            Otherwise.PROCEDURE: header.playbook != mine.playbook,
            Otherwise.STORY: scope is Scope.SCENARIO and header.scenario != mine.scenario,
            Otherwise.ERASED: bool(played_by.erasures),
            Otherwise.UNPINNED: not pinned_people(header.pins),
            Otherwise.PROGRAM: header.program != mine.program,
        }
        return [one for one, holds in asked.items() if holds]

    def _evaluated_runs(self, entries: list[EarlierRun], asked: int) -> list[EarlierRun]:
        """The same runs, of which the latest by the same team, of the same story, are evaluated."""
        ours = [run for run in entries if run.likeness.same_team and run.scope is Scope.SCENARIO][:MOST_EVALUATED]
        standings: dict[str, Standing] = {}
        faulty: set[str] = set()
        whole = asked + _WEIGHT * len(ours)
        for done, run in enumerate(ours, 1):
            if self._stopped():
                break
            try:
                standings[run.run] = standing(self._evaluations.evaluate(run.run).evaluation)
            except (InputError, RecordFaultError) as error:
                faulty.add(run.run)
                self._left_out.append(LeftOut(run.run, run.created, LeftOutWhy.UNREADABLE, str(error)))
            self._on_part(asked + _WEIGHT * done, whole)
        return [replace(run, standing=standings.get(run.run)) for run in entries if run.run not in faulty]
