"""A scenario played perfectly rates all P; each planted fault changes exactly what it should, and nothing else."""

from dataclasses import dataclass, field, replace

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.evaluation import Rating
from incidentsim.domain.scenario import Scenario, ScriptedAction
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from tests.support.evaluating import (
    Change,
    also,
    at,
    changed,
    content,
    delayed,
    evaluated,
    scenario,
    without,
    without_by,
)
from tests.support.play import play_with_bots
from tests.support.procedures import exercise_of

VOICE, LEAK = "voice-platform-fault", "number-masking-leak"
LIN, ZHOU, LIANG = "p1", "p4", "p11"
"""The discoverer, the security administrator and the head of the leading group in the leak."""

Value = int | bool | None
Metrics = dict[tuple[str, str], Value]


OVERSTEPPED = 2 * DAY + 7 * HOUR + 20 * MINUTE
"""When the leak's author tries to close the own report; a case is opened by that, and decided before it is closed."""
CASE = ("propose_penalty", "decide_penalty")


def perfect(name: str) -> Scenario:
    """The scenario as it would be played without a fault: in the leak's script the author oversteps."""
    if name == VOICE:
        return scenario(name)
    return changed(scenario(name), without_by(ZHOU, "close"), lambda script: tuple(set_apart(script)[0]))


def set_apart(script: tuple[ScriptedAction, ...]) -> tuple[list[ScriptedAction], list[ScriptedAction]]:
    """The decisions without those on the case that overstepping opens, and those."""
    apart = [one for one in script if one.at > OVERSTEPPED and one.action.do in CASE]
    return [one for one in script if one not in apart], apart


def with_the_case(script: tuple[ScriptedAction, ...]) -> tuple[ScriptedAction, ...]:
    """The decisions with those on the case that overstepping opens."""
    return tuple(sorted((*script, *set_apart(scenario(LEAK).script)[1]), key=lambda one: one.at))


def measured(found: Evaluation) -> Metrics:
    """Every value by its kind and subject; a count of nothing is as good as none."""
    return {
        (metric.kind, metric.subject): metric.value
        for metric in found.metrics
        if metric.unit != "count" or metric.value != 0
    }


def rated(found: Evaluation) -> dict[str, Rating | None]:
    return {name: task.rating for name, task in found.tasks.items()}


def differences(before: dict, after: dict) -> dict:  # type: ignore[type-arg]  # of any keys and values
    """What is another value after: key → (before, after); `None` where it is not there."""
    keys = [*before, *(key for key in after if key not in before)]
    return {
        key: (before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key) or (key in before) != (key in after)
    }


@pytest.mark.parametrize("name", [VOICE, LEAK])
def test_a_scenario_played_perfectly_rates_all_p(name: str) -> None:
    found = evaluated(perfect(name))
    assert set(rated(found).values()) <= {"P", None}
    assert {objective.rating for objective in found.objectives} == {"P"}
    assert found.ways == ()
    assert (found.report.areas, found.report.items) == ((), ())
    assert not any(kind == "refusals" for kind, _subject in measured(found))
    assert {subject for kind, subject in measured(found) if kind == "duties"} == {"kept"}


@pytest.mark.parametrize("name", [VOICE, LEAK])
def test_experts_play_so_that_all_is_rated_p(name: str) -> None:
    """Bots of full proficiency need no script; only what they cannot know in time they do late.

    That the leak is unlawful comes to light an hour into the handling, when the cause is about to be removed.
    """
    told = replace(scenario(name), script=())
    found = evaluated(told, play_with_bots(exercise_of(told.playbook, told)))
    ratings = rated(found)
    assert {task for task, rating in ratings.items() if rating not in {"P", None}} <= {"retain-evidence"}
    assert name != VOICE or "M" not in ratings.values()
    assert found.ways == ()


@dataclass(frozen=True)
class Fault:
    """One fault planted into a perfect script, and everything that it changes."""

    scenario: str
    changes: tuple[Change, ...]
    metrics: dict[tuple[str, str], tuple[Value, Value]]
    tasks: dict[str, tuple[Rating | None, Rating | None]]
    objectives: dict[str, tuple[Rating | None, Rating | None]] = field(default_factory=dict)


WORDS = FreeText("as planted")

ON_VOICE = {person.id: person.pseudonym for person in scenario(VOICE).people.values()}

FAULTS: dict[str, Fault] = {
    # Everything from the report on comes ten minutes later, which makes one duty late. A late report opens a case of
    # responsibility by itself; it is proposed and decided upon in the usual way.
    "late report": Fault(
        VOICE,
        (
            delayed("report", 10 * MINUTE),
            also(
                1 * DAY,
                Action(
                    ON_VOICE["zhou"],
                    "propose_penalty",
                    "voice",
                    content={
                        "responsible_kind": "individual",
                        "penalties": ("circulated_criticism",),
                        "reasons": WORDS,
                    },
                ),
            ),
            also(1 * DAY + 1 * HOUR, Action(ON_VOICE["liang"], "decide_penalty", "voice")),
        ),
        {
            ("elapsed", "time_to_report"): (6 * MINUTE, 16 * MINUTE),
            ("elapsed", "time_to_resolve"): (82 * MINUTE, 92 * MINUTE),
            ("elapsed", "time_to_close"): (2922 * MINUTE, 2932 * MINUTE),
            ("decision_latency", "hotline"): (7 * MINUTE, 17 * MINUTE),
            ("decision_latency", "push-log"): (4 * MINUTE, 14 * MINUTE),
            ("duties", "late"): (None, 1),
            ("escalations_received", ""): (2, 5),  # the team, the manager, supervision
        },
        {"report-at-once": ("P", "S"), "decide-responsibility": (None, "P")},
        {"detect_and_report": ("P", "S")},
    ),
    "wrong level": Fault(
        VOICE,
        (content("grade", level=4),),
        {
            ("first_grading_error", ""): (0, 1),
            ("grading_error", ""): (0, 1),
            ("escalations_received", ""): (2, 1),  # below level 3 the CTO need not hear of it
        },
        {"grade-incident": ("P", "S")},
        {"judge_and_grade": ("P", "S")},
    ),
    "wrong level, by two": Fault(
        VOICE,
        (content("grade", level=5),),
        {
            ("first_grading_error", ""): (0, 2),
            ("grading_error", ""): (0, 2),
            ("escalations_received", ""): (2, 1),
        },
        {"grade-incident": ("P", "M")},
        {"judge_and_grade": ("P", "M")},
    ),
    # Without the legal department the evidence cannot be kept, and without evidence the incident cannot be closed:
    # the five steps after it are refused, as not their turn, and the closure, as lacking something.
    "skipped legal notice": Fault(
        LEAK,
        (without("notify_legal"),),
        {
            ("elapsed", "time_to_notify_legal"): (8 * MINUTE, None),
            ("elapsed", "time_to_retain_evidence"): (34 * MINUTE, None),
            ("elapsed", "time_to_close"): (3352 * MINUTE, None),
            ("order", "evidence_before_eradication"): (True, False),
            ("decision_latency", "regulator-asks"): (None, 1285 * MINUTE),
            ("evidence_known", "crime"): (72 * MINUTE, None),  # nobody judges that any more
            ("evidence_with_judge", "crime"): (89 * MINUTE, None),
            ("refusals", "state"): (None, 5),
            ("refusals", "needs"): (None, 1),
            ("duties", "kept"): (22, 16),
            ("duties", "missed"): (None, 2),
            ("right_receivers_told", ""): (3, 2),
            ("wrong_receivers_told", ""): (None, 1),  # the result is circulated although there is no review
            ("escalations_received", ""): (9, 14),  # two duties stay undone, and climb
        },
        {
            "notify-legal": ("P", "U"),
            "retain-evidence": ("P", "U"),
            "hand-over-crime": ("P", None),
            "review-and-close": ("P", "U"),
            "conclude-review": ("P", None),
            "circulate-result": ("P", "S"),
        },
        {"obey_the_law": ("P", "U"), "report_back_and_close": ("P", "U"), "learn": ("P", "S")},
    ),
    "evidence after eradication": Fault(
        LEAK,
        (at("retain_evidence", 170 * MINUTE),),
        {
            ("elapsed", "time_to_retain_evidence"): (34 * MINUTE, 89 * MINUTE),
            ("order", "evidence_before_eradication"): (True, False),
        },
        {"retain-evidence": ("P", "M")},
        {"obey_the_law": ("P", "M")},
    ),
    # The board hears what was meant for the CTO.
    "wrong recipient": Fault(
        LEAK,
        (
            without("notify_cto"),
            also(43 * MINUTE, Action(LIANG, "notify_board", "leak", content={"channel": "phone", "message": WORDS})),
        ),
        {
            ("elapsed", "time_to_notify_cto"): (16 * MINUTE, None),
            ("right_receivers_told", ""): (3, 2),
            ("wrong_receivers_told", ""): (None, 1),
            ("receivers_not_told", ""): (None, 1),
            ("duties", "kept"): (22, 21),
            ("duties", "missed"): (None, 1),
            ("escalations_received", ""): (9, 13),  # late: the head and the CTO, and both again as it stays undone
        },
        {"brief-cto": ("P", "U"), "brief-board": (None, "S")},
        {"escalate": ("P", "U")},
    ),
    # The attempt opens the case of responsibility that the script would open later.
    "concealed report": Fault(
        LEAK,
        (also(8 * MINUTE, Action(LIN, "conceal_incident", "leak")), without("determine_responsibility")),
        {
            ("refusals", "forbidden"): (None, 1),
            ("evidence_known", "at_fault"): (72 * MINUTE, None),  # that was judged in the step that is left out
            ("evidence_with_judge", "at_fault"): (72 * MINUTE, None),
            ("decision_latency", "group-screenshot"): (6 * MINUTE, 3 * MINUTE),
            ("escalations_received", ""): (9, 12),  # the head, supervision, internal audit
        },
        {"report-openly": ("P", "M")},
        {"detect_and_report": ("P", "M")},
    ),
    "self-approved report": Fault(
        LEAK,
        (also(OVERSTEPPED, Action(ZHOU, "close", "leak")), with_the_case),
        {
            ("refusals", "role"): (None, 1),
            ("duties", "kept"): (22, 23),  # responsibility for it is decided, in time
            ("escalations_received", ""): (9, 10),
        },
        {"review-and-close": ("P", "M")},
        {"report_back_and_close": ("P", "M")},
    ),
}
"""Every fault, with each metric and rating that it changes: (before, after)."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_changes_exactly_what_it_should(name: str) -> None:
    fault = FAULTS[name]
    told = perfect(fault.scenario)
    before, after = evaluated(told), evaluated(changed(told, *fault.changes))
    assert differences(measured(before), measured(after)) == fault.metrics
    assert differences(rated(before), rated(after)) == fault.tasks
    objectives = [{one.objective: one.rating for one in found.objectives} for found in (before, after)]
    assert differences(*objectives) == fault.objectives
