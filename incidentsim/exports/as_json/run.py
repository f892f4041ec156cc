"""What `--format json` prints: the verdicts of runs, the list of runs, one run, and the problems of definitions.

The keys are a contract: new ones may be added, none changes its meaning.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.facts import Fact, Json
from incidentsim.exports.as_json.pieces import Part, Rows, blocks

if TYPE_CHECKING:
    from incidentsim.exercise.running.outcome import RunReport
    from incidentsim.exports.wording.local_time import LocalClock
    from incidentsim.ledger.labels import RunLabel
    from incidentsim.ledger.store import RunInfo


def dumps(value: Part) -> str:
    """Return `value` as indented JSON in readable characters; those that could act on a terminal are escaped."""
    return "".join(blocks(value))


def run_json(report: "RunReport") -> dict[str, Json]:
    """One run's verdict, as interface.md has it."""
    return {
        "scenario": report.scenario,
        "playbook": report.playbook,
        "run": report.run,
        "outcome": "passed" if report.passed else "failed",
        "ended": report.reason,
        "final_states": {incident: dict(tracks) for incident, tracks in report.final_states.items()},
        "level": dict(report.level),
        "facts": report.facts,
        "escalations": report.escalations,
        "refusals": report.refusals,
        "breaches": report.breaches,
        "outcome_digest": report.outcome_digest,
        "expectations": [
            {"text": verdict.text, "holds": verdict.holds, "evidence": list(verdict.evidence)}
            for verdict in report.expectations
        ],
        "going_round": list(report.going_round),
    }


def replay_json(reports: Sequence["RunReport"], wrong: Sequence[tuple[str, str]] = ()) -> dict[str, Json]:
    """The verdicts of several runs and their totals; `wrong` are files that could not be run, each with the reason."""
    passed = sum(report.passed for report in reports)
    return {
        "runs": [run_json(report) for report in reports],
        "passed": passed,
        "failed": len(reports) - passed,
        "not_run": [{"path": path, "message": message} for path, message in wrong],
    }


def runs_json(runs: Sequence["RunInfo"], total: int, labels: Mapping[str, "RunLabel"]) -> dict[str, Json]:
    """The list of recorded runs, or a page of it; `total` is how many there are, `labels` are by run id."""
    return {
        "total": total,
        "runs": [
            {
                "run": info.id,
                "created": info.created,
                "scenario": info.scenario,
                "playbook": info.playbook,
                "entries": info.entries,
                "finished": info.finished,
                "last": info.last_kind,
                "at": info.last_at,
                "name": labels[info.id].name if info.id in labels else "",
                "hidden": info.id in labels and labels[info.id].hidden,
            }
            for info in runs
        ],
    }


def facts_json(facts: Iterable[Fact], clock: "LocalClock") -> Iterator[Json]:
    """Give facts, each with its `instant`: the date and time of the story with its offset, ISO 8601."""
    for fact in facts:
        yield {**fact.to_json(), "instant": clock.instant(fact.at)}


def outline_json(report: "RunReport", facts: Sequence[Fact], clock: "LocalClock", missing: str) -> dict[str, Part]:
    """One run as far as it can be told without its scenario: null for what rests on it; `missing` says why."""
    unknown = dict.fromkeys(("outcome", "outcome_digest", "expectations", "clocks", "evaluation"))
    return {**run_json(report), **unknown, "missing": missing, "record": Rows(facts_json(facts, clock))}


def show_json(report: "RunReport", facts: Sequence[Fact], clock: "LocalClock", clocks: Part = None) -> dict[str, Part]:
    """One run: its verdict, its regulatory deadlines, and its facts in the order of their sequence numbers."""
    return {**run_json(report), "clocks": clocks or {}, "record": Rows(facts_json(facts, clock))}
