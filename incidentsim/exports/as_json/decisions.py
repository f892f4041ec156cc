"""Decisions and errors as JSON. The keys are a contract, as elsewhere."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json
from incidentsim.exercise.evaluation.decisions.kinds import Coming

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.decisions.judging import Judged
    from incidentsim.exercise.evaluation.decisions.kinds import Arrival, Decision, DecisionError, Evidence, Hints, Right


def errors_json(judged: "Judged") -> list[Json]:
    """Every error that nothing else explains, the worst first, with what followed from it."""
    return [_error(error) for error in judged.errors]


def decisions_json(judged: "Judged") -> list[Json]:
    """Every judgement, in the order of the record."""
    return [_decision(decision) for decision in judged.decisions]


def _error(error: "DecisionError") -> dict[str, Json]:
    return {
        "kind": error.kind,
        "incident": error.incident,
        "subject": error.subject,
        "levels": error.off,
        "late_by": error.late_by,
        "person": error.person,
        "roles": list(error.roles),
        "by_people": error.by_people,
        "as_known": error.as_known,
        "evidence": list(error.sequences),
        "right": _right(error.right),
        "instead_of": list(error.instead),
        "owed": [{"task": one.task, "because": one.sequence} for one in error.owed],
        "led_to": list(error.led_to),
        "consequences": [_error(one) for one in error.consequences],
    }


def _right(right: "Right") -> dict[str, Json]:
    return {
        "steps": list(right.steps),
        "level": right.level,
        "flag": right.flag,
        "holds": right.holds if right.flag is not None else None,
        "due": right.due,
        "clock": right.clock,
        "evidence": list(right.shown),
        "reached": [
            {
                "measure": one.threshold.measure,
                "value": one.value,
                "at_least": one.threshold.at_least,
                "level": one.level,
                "more_severe_by": one.more_severe_by,
                "evidence": list(one.shown),
            }
            for one in right.reached
        ],
    }


def _decision(decision: "Decision") -> dict[str, Json]:
    return {
        "question": decision.question,
        "incident": decision.incident,
        "sequence": decision.sequence,
        "person": decision.person,
        "by_people": decision.by_people,
        "knew": [{"inject": known.inject, "sequence": known.sequence} for known in decision.knew],
        "chosen": decision.chosen,
        "level": decision.level,
        "right": _right(decision.right),
        "error": decision.error.kind if decision.error is not None else None,
        "hints": hints_json(decision.hints),
        "decisive_evidence": _evidence(decision, decision.evidence) if decision.evidence is not None else None,
    }


def hints_json(hints: "Hints | None") -> dict[str, Json] | None:
    """Return how far the coach's hints went before something was done; `None` where there were none."""
    if hints is None:
        return None
    return {"given": hints.count, "furthest": hints.furthest, "step": hints.furthest.number,
            "sequences": list(hints.sequences)}  # fmt: skip


def _evidence(decision: "Decision", evidence: "Evidence") -> dict[str, Json]:
    by_judge = evidence.coming(evidence.judge) if decision.person is not None else Coming.NOT_LOOKED_FOR
    return {
        "any_of": [[{shown.kind: shown.name, "is": shown.value} for shown in need] for need in evidence.needs],
        "anybody": _coming(evidence.coming(evidence.anybody), evidence.anybody),
        "judge": _coming(by_judge, evidence.judge),
    }


def _coming(coming: Coming, arrival: "Arrival | None") -> dict[str, Json]:
    if arrival is None:
        return {"came": coming, "sequence": None, "at": None}
    return {"came": coming, "sequence": arrival.sequence, "at": arrival.at}
