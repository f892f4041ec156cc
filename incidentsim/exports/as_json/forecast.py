"""What `preview --format json` prints. The keys are a contract: new ones may be added, none changes its meaning.

Times are ms from the start; a spread is `{"low", "median", "high"}`; what is told by proficiency has it as key.
"""

from collections.abc import Mapping

from incidentsim.domain.facts import Json
from incidentsim.exercise.forecast.reading import CHARACTERS_A_MINUTE, MINUTES_A_DECISION, WORDS_A_MINUTE
from incidentsim.exercise.forecast.shapes import DutyTimes, Outlook, Preview, Spread


def preview_json(preview: Preview) -> dict[str, Json]:
    """The forecast of a scenario."""
    forecast = preview.forecast
    return {
        "scenario": preview.scenario.id,
        "playbook": preview.playbook.id,
        "plays": forecast.plays,
        "proficiencies": list(forecast.proficiencies),
        "assumptions": {
            "words_a_minute": WORDS_A_MINUTE,
            "characters_a_minute": CHARACTERS_A_MINUTE,
            "minutes_a_decision": MINUTES_A_DECISION,
        },
        "outlook": [_outlook(one) for one in forecast.outlooks],
        "path": [
            {
                "incident": stage.incident,
                "state": stage.state,
                "plays": stage.plays,
                "by": {
                    str(level): {
                        "plays": times.plays,
                        "entered": _spread(times.entered),
                        "left": _spread(times.left),
                    }
                    for level, times in stage.by.items()
                },
            }
            for stage in forecast.path
        ],
        "duties": [
            {
                "duty": duty.duty,
                "plays": duty.plays,
                "by": {str(level): _duty(times) for level, times in duty.by.items()},
            }
            for duty in forecast.duties
        ],
        "mistakes": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "why": one.why,
                "plays": one.plays,
                "by": _counts(one.by),
            }
            for one in forecast.mistakes
        ],
        "injects": [{"inject": one.inject, "plays": one.plays, "at": _spread(one.at)} for one in forecast.injects],
        "roles": [
            {
                "role": one.role,
                "decisions": _spread(one.decisions),
                "injects": _spread(one.injects),
                "escalations": _spread(one.told),
            }
            for one in forecast.loads
        ],
    }


def _spread(found: Spread | None) -> Json:
    return {"low": found.low, "median": found.median, "high": found.high} if found is not None else None


def _counts(counted: Mapping[int, int]) -> dict[str, Json]:
    return {str(level): number for level, number in counted.items()}


def _outlook(outlook: Outlook) -> dict[str, Json]:
    return {
        "proficiency": outlook.proficiency,
        "plays": outlook.plays,
        "rested": outlook.rested,
        "duration": _spread(outlook.duration),
        "decisions": _spread(outlook.decisions),
        "refusals": _spread(outlook.refusals),
        "injects": _spread(outlook.injects),
        "reading": {language: _spread(found) for language, found in outlook.reading.items()},
        "table": {language: _spread(found) for language, found in outlook.table.items()},
        "duties": {"kept": outlook.kept, "owed": outlook.owed},
    }


def _duty(times: DutyTimes) -> dict[str, Json]:
    return {
        "plays": times.plays,
        "kept": times.kept,
        "late": times.late,
        "missed": times.missed,
        "begins": _spread(times.begins),
        "ends": _spread(times.ends),
        "due": _spread(times.due),
        "slack": _spread(times.slack),
    }
