"""Evaluations, comparisons and rejudgements as JSON. The keys are a contract, as elsewhere."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json
from incidentsim.domain.text import LANGUAGES, Text
from incidentsim.exports.as_json.beside import compared_errors_json
from incidentsim.exports.as_json.decisions import decisions_json, errors_json, hints_json
from incidentsim.exports.as_json.pieces import Members, Part, Rows
from incidentsim.exports.wording.causes import cause_words
from incidentsim.messages import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incidentsim.domain.evaluation import Challenge
    from incidentsim.domain.facts import Fact
    from incidentsim.domain.local_time import LocalTime
    from incidentsim.exercise.evaluation.aar import AfterActionReport, ImprovementItem
    from incidentsim.exercise.evaluation.causes import UsualCause
    from incidentsim.exercise.evaluation.compare import Comparison
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.ratings import ObjectiveRating, Reason, TaskRating
    from incidentsim.exercise.evaluation.rejudge import Rejudgement
    from incidentsim.exercise.evaluation.remedy import CorrectPath
    from incidentsim.exercise.evaluation.scenario_objectives import ScenarioObjective
    from incidentsim.exercise.regulatory.views import ClockView
    from incidentsim.exercise.running.outcome import RunReport


def evaluation_json(evaluation: "Evaluation") -> dict[str, Part]:
    """A whole evaluation."""
    return {
        "coached": evaluation.in_short.coached,
        "metrics": Rows(map(_metric, evaluation.metrics)),
        "objectives": Rows(map(_objective, evaluation.objectives)),
        "errors": errors_json(evaluation.judged),
        "decisions": decisions_json(evaluation.judged),
        "scenario_objectives": [_scenario_objective(one) for one in evaluation.scenario_objectives],
        "right_way": Rows(map(_way, evaluation.ways)),
        "report": _report(evaluation.report),
    }


def evaluated_run_json(
    report: "RunReport",
    facts: "Sequence[Fact]",
    evaluation: "Evaluation",
    clocks: "Mapping[str, Sequence[ClockView]]",
    local: "LocalTime",
) -> dict[str, Part]:
    """One run with everything about it: its verdict, its regulatory deadlines, its facts and its evaluation.

    Args:
        report: what the run came to.
        facts: its facts, in the order of their sequence numbers.
        evaluation: how it went.
        clocks: the regulatory deadlines of each incident, by the packs that are shipped.
        local: the clock of the exercise.
    """
    from incidentsim.definitions.clocks.read import shipped_packs
    from incidentsim.exports.as_json.run import show_json
    from incidentsim.exports.text.clock_table import clocks_json
    from incidentsim.exports.wording.local_time import LocalClock

    shown = show_json(report, facts, LocalClock(local), Members(clocks_json(clocks, shipped_packs())))
    return {**shown, "evaluation": evaluation_json(evaluation)}


def comparison_json(first: str | None, second: str | None, comparison: "Comparison") -> dict[str, Part]:
    """Two runs side by side."""
    return {
        "runs": [first, second],
        "same": comparison.divergence is None,
        "first_divergence": comparison.divergence,
        "metrics": Rows(
            {
                "kind": pair.either.kind,
                "subject": pair.either.subject,
                "incident": pair.either.incident,
                "unit": pair.either.unit,
                "values": [one.value if one is not None else None for one in (pair.first, pair.second)],
                "differs": pair.differs,
            }
            for pair in comparison.metrics
        ),
        "ratings": [
            {"objective": one.objective, "task": one.task, "ratings": [one.first, one.second]}
            for one in comparison.ratings
        ],
        "errors": compared_errors_json(comparison.errors),
    }


def rejudgement_json(run: str | None, rejudgement: "Rejudgement") -> dict[str, Part]:
    """Return the result of judging a run by another playbook; `run` is its id, `None` where it has none."""
    return {
        "run": run,
        "playbook": rejudgement.playbook,
        "version": rejudgement.version,
        "actions": Rows(
            {
                "sequence": one.sequence,
                "incident": one.incident,
                "do": one.do,
                "then": one.then,
                "now": one.now,
                "verdict": one.verdict,
                "rule": one.rule,
                "clause": one.clause,
                "allowed": list(one.allowed),
                "follows": one.follows,
            }
            for one in rejudgement.actions
        ),
        "duties": Rows(
            {"incident": one.incident, "duty": one.duty, "then": one.then, "now": one.now} for one in rejudgement.duties
        ),
    }


def _cause(cause: "UsualCause | None") -> dict[str, Json] | None:
    if cause is None:
        return None
    words: dict[str, Json] = {}
    for language in LANGUAGES:
        with spoken(language):
            words[language] = cause_words(cause)
    return words


def _text(text: Text) -> dict[str, Json]:
    return dict(text.by_language())


def _metric(metric: "Metric") -> dict[str, Json]:
    return {
        "kind": metric.kind,
        "subject": metric.subject,
        "incident": metric.incident,
        "value": metric.value,
        "unit": metric.unit,
        "by_bots": metric.by_bots,
        "evidence": list(metric.evidence),
    }


def _objective(found: "ObjectiveRating") -> dict[str, Json]:
    return {
        "objective": found.objective,
        "rating": found.rating,
        "rating_of_people": found.of_people,
        "tasks": [_task(task) for task in found.tasks],
    }


def _scenario_objective(found: "ScenarioObjective") -> dict[str, Json]:
    return {
        "number": found.number,
        "rating": found.rating,
        "rating_of_people": found.of_people,
        "tests": [
            {
                "inject": test.inject,
                "how": test.how,
                "subject": test.subject,
                "rating": test.rating,
                "by_people": test.by_people,
                "evidence": list(test.evidence),
            }
            for test in found.tests
        ],
    }


def _task(found: "TaskRating") -> dict[str, Json]:
    override = found.override
    return {
        "task": found.task,
        "rating": found.rating,
        "proposed": found.proposed,
        "by_people": found.by_people,
        "set_by_facilitator": override.sequence if override is not None else None,
        "reasons": [_reason(reason) for reason in found.reasons],
        "hints": hints_json(found.hints),
    }


def _reason(found: "Reason") -> dict[str, Json]:
    return {
        "incident": found.incident,
        "rating": found.rating,
        "rule": found.rule if isinstance(found.rule, str) else _challenge(found.rule),
        "evidence": list(found.evidence),
    }


def _challenge(found: "Challenge") -> dict[str, Json]:
    parts: dict[str, Json] = {"challenge": type(found).__name__}
    for name, value in asdict(found).items():
        pattern = isinstance(value, dict)
        parts[name] = {key: part for key, part in value.items() if part is not None} if pattern else value
    return parts


def _way(way: "CorrectPath") -> dict[str, Json]:
    steps: list[Json] | None = None
    if way.steps is not None:
        steps = [{"track": step.track, "do": step.do, "by": list(step.by)} for step in way.steps]
    return {
        "kind": way.kind,
        "sequence": way.sequence,
        "incident": way.incident,
        "subject": way.subject,
        "why": way.why,
        "due": way.due,
        "steps": steps,
    }


def _item(item: "ImprovementItem") -> dict[str, Json]:
    return {
        "objective": item.objective,
        "task": item.task,
        "rating": item.rating,
        "what": _text(item.what),
        "owner": item.owner,
        "due_within": item.due_within,
        "poete": item.poete,
    }


def _report(report: "AfterActionReport") -> dict[str, Part]:
    overview = report.overview
    return {
        "overview": {
            "scenario": overview.scenario,
            "playbook": overview.playbook,
            "version": overview.version,
            "starts": overview.starts,
            "lasted": overview.lasted,
            "facts": overview.facts,
            "ended": overview.reason,
            "incidents": [
                {
                    "incident": one.incident,
                    "true_level": one.true_level,
                    "graded": one.graded,
                    "ended_in": dict(one.ended_in),
                }
                for one in overview.incidents
            ],
        },
        "participants": [
            {"person": one.person, "roles": list(one.roles), "steps": one.steps, "refusals": one.refusals}
            for one in report.participants
        ],
        "strengths": [task.task for task in report.strengths],
        "areas": Rows(
            {
                "objective": area.objective,
                "task": area.task,
                "rating": area.rating,
                "clauses": list(area.clauses),
                "likely_cause": _cause(area.cause),
                "usual_cause": area.cause,
                "reasons": [_reason(reason) for reason in area.reasons],
                "right_way": Rows(map(_way, area.ways)),
            }
            for area in report.areas
        ),
        "improvements": [_item(item) for item in report.items],
    }
