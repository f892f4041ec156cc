"""What `compare RUN` prints as JSON. The keys are a contract: new ones may be added, none changes its meaning.

Times are ms, `evidence` holds sequence numbers of this run and `evidence_then` of the earlier one. What is not there is
`null`.
"""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentsim.exercise.evaluation.beside.beside import Beside
    from incidentsim.exercise.evaluation.beside.changes import MetricBeside, TaskBeside
    from incidentsim.exercise.evaluation.beside.earlier import EarlierRun, EarlierRuns, Standing
    from incidentsim.exercise.evaluation.beside.errors import ErrorBeside, ErrorMark
    from incidentsim.exercise.evaluation.beside.team import Team
    from incidentsim.exercise.evaluation.decisions.kinds import DecisionError
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.ratings import TaskRating
    from incidentsim.exercise.forecast.evaluated import Forecasted, MetricPlayed
    from incidentsim.exercise.forecast.shapes import Spread


def beside_json(
    run: str, runs: "EarlierRuns", earlier: "EarlierRun | None", compared: "Beside | None"
) -> dict[str, Json]:
    """A run with the earlier runs that there are, and the comparison with one of them, if there is any."""
    return {
        "run": run,
        "team": _team(runs.team),
        "earlier": [_earlier(one) for one in runs.runs],
        "left_out": [
            {"run": left.run, "created": left.created, "why": left.why, "reason": left.reason or None}
            for left in runs.left_out
        ],
        "not_looked_at": {scope.value: count for scope, count in runs.older.items()},
        "whole": runs.whole,
        "compared_with": earlier.run if earlier is not None else None,
        "comparison": _compared(compared) if compared is not None else None,
    }


def _team(team: "Team") -> dict[str, Json]:
    return {"roles": list[Json](sorted(team.roles)), "names": list[Json](team.names), "names_erased": team.erased}


def _earlier(run: "EarlierRun") -> dict[str, Json]:
    standing = run.standing
    return {
        "run": run.run,
        "name": run.name or None,
        "created": run.created,
        "scenario": run.scenario,
        "same": run.scope,
        "team": {
            "sign": run.likeness.sign,
            "taken_for_the_same": run.likeness.same_team,
            "shared_names": list[Json](run.likeness.shared),
            "names_of_the_larger": run.likeness.most,
            "names_erased": run.likeness.erased,
        },
        "otherwise": list[Json](run.otherwise),
        "program": run.program,
        "standing": _standing(standing) if standing is not None else None,
    }


def _standing(standing: "Standing") -> dict[str, Json]:
    return {"errors": standing.errors, "ratings": {str(rating): n for rating, n in standing.ratings.items()}}


def _compared(compared: "Beside") -> dict[str, Json]:
    return {
        "same": compared.scope,
        "coached_now": compared.coached_now,
        "coached_then": compared.coached_then,
        "errors": compared_errors_json(compared.errors),
        "ratings": [_task(row) for row in compared.tasks],
        "metrics": [_metric(row) for row in compared.metrics],
    }


def compared_errors_json(rows: "tuple[ErrorBeside, ...]") -> list[Json]:
    """The errors of two runs, each with what became of it."""
    return [
        {
            **_mark(row.mark),
            "fate": row.fate,
            "change": row.change,
            "occasion": row.occasion,
            "now": [_error(error) for error in row.now],
            "then": [_error(error) for error in row.then],
            "evidence": list(row.shown),
        }
        for row in rows
    ]


def _mark(mark: "ErrorMark") -> dict[str, Json]:
    return {
        "matter": mark.matter,
        "incident": mark.incident,
        "subject": mark.subject or None,
        "by_bots": mark.by_bots,
    }


def _error(error: "DecisionError") -> Json:
    return {
        "kind": error.kind,
        "incident": error.incident,
        "subject": error.subject,
        "levels_off": error.off,
        "late_by": error.late_by,
        "evidence": list(error.sequences),
    }


def _task(row: "TaskBeside") -> Json:
    return {
        "objective": row.objective,
        "task": row.task,
        "change": row.change,
        "by_bots": row.by_bots,
        "in_procedure_now": row.now is not None,
        "in_procedure_then": row.then is not None,
        "now": row.now.rating if row.now is not None else None,
        "then": row.then.rating if row.then is not None else None,
        "evidence": _evidence(row.now),
        "evidence_then": _evidence(row.then),
    }


def _evidence(rating: "TaskRating | None") -> list[Json]:
    return [number for reason in rating.reasons for number in reason.evidence] if rating is not None else []


def _metric(row: "MetricBeside") -> Json:
    return {
        "kind": row.either.kind,
        "subject": row.either.subject,
        "incident": row.either.incident,
        "unit": row.either.unit,
        "change": row.change,
        "by_bots": row.by_bots,
        "now": _measured(row.now),
        "then": _measured(row.then),
    }


def _measured(metric: "Metric | None") -> Json:
    if metric is None:
        return None
    return {"value": metric.value, "by_bots": metric.by_bots, "evidence": list(metric.evidence)}


def forecasted_json(run: str, forecast: "Forecasted") -> dict[str, Json]:
    """A run beside bots' plays; what is told by proficiency has it as key."""
    return {
        "run": run,
        "plays": forecast.plays,
        "proficiencies": list(forecast.proficiencies),
        "errors": [
            {**_mark(one.mark), "made": one.made, "plays": {str(level): n for level, n in one.by.items()}}
            for one in forecast.errors
        ],
        "ratings": [
            {
                "objective": one.objective,
                "task": one.task,
                "by_bots": one.by_bots,
                "rating": one.rating,
                "plays": {
                    str(level): {rating or "not_rated": count for rating, count in counted.items()}
                    for level, counted in one.by.items()
                },
            }
            for one in forecast.tasks
        ],
        "metrics": [
            {
                "kind": one.metric.kind,
                "subject": one.metric.subject,
                "incident": one.metric.incident,
                "unit": one.metric.unit,
                **_value_of(one.metric),
                "plays": _plays(one.by),
            }
            for one in forecast.metrics
        ],
    }


def _value_of(metric: "Metric") -> dict[str, Json]:
    return {"value": metric.value, "by_bots": metric.by_bots, "evidence": list(metric.evidence)}


def _plays(by: "Mapping[int, MetricPlayed]") -> dict[str, Json]:
    return {
        str(level): {
            "measured": played.plays,
            "never_reached": played.never,
            "spread": _spread(played.values),
            "place": played.place,
        }
        for level, played in by.items()
    }


def _spread(values: "Spread | None") -> Json:
    return {"low": values.low, "median": values.median, "high": values.high} if values is not None else None
