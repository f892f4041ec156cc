"""Each rule finds the fault planted for it, at its place, and nothing beside it."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.exercise.quality import RULES, quality

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario
    from tests.exercise.quality.conftest import Edits, Plant

CLOSED = "    when_fact: {do: recover}\n    after: 10m\n"
CANTEEN = "{en: The canteen is closed today., zh: 食堂今天不开。}"

SHOWN = "    shows: [{measure: degraded, is: 90m}]\n"
WHY = "      why: [{measure: personal_records, is: 640}, {measure: degraded, is: 90m}]\n"
ONE_WHY = "      why: [{measure: personal_records, is: 640}]\n"
COUNTED = "    shows: [{measure: personal_records, is: 640}, {flag: at_fault, is: true}]\n"
TWO_INCIDENTS = """\
  again:
    title: {en: The link again, zh: 链接再现}
    truth: {incident: true, level: 5, cause: open_link}
injects:
"""
SECOND_RAISED = """\
  - id: again-found
    at: ¦9d
    to: [finder]
    channel: email
    body: {en: It is open again., zh: 链接又开了。}
    raises: again
    part: symptom
    shows: [{flag: incident, is: true}]
    expects: [discover]
"""
QUESTION = """\
  - id: ask-NUMBER
    at: 70m
    to: [netadmin]
    channel: chat
    body: {en: How is it going?, zh: 进展如何？}
    part: noise
"""
QUESTIONS = "".join(QUESTION.replace("NUMBER", str(number)) for number in range(11))
CALLS = "  - id: reporter-calls\n"
LAST = "  - id: closed\n"
FREE = "    at: 55m\n"
TOLD_SUSPICION = "{flag: unlawful, is: true}]\n"
TAKEN_BACK = "    shows: [{flag: unlawful, is: false}]\n"
GUILT = ", {flag: at_fault, is: true}]"
AT_FAULT = ("flags: {at_fault: true}", "flags: {at_fault: ¦true}")


def canteen(english: str, chinese: str = "食堂今天不开。") -> tuple[tuple[str, str], ...]:
    """Other words for the message that nothing depends on."""
    return ((CANTEEN, f"{{en: {english}, zh: {chinese}}}"),)


FAULTS: "dict[str, tuple[str, Edits]]" = {
    "an inject that waits for what no inject brings": (
        "unreachable-inject",
        (
            (CLOSED, "    when_fact: ¦{fact: circumstance_arose, circumstance: failed_fix}\n"),
            (WHY, ONE_WHY),
            (SHOWN, ""),
        ),
    ),
    "an inject that waits for itself": (
        "unreachable-inject",
        ((FREE, "    when_fact: ¦{fact: inject_delivered, inject: canteen}\n"),),
    ),
    "an inject that waits for the end": ("unreachable-inject", ((FREE, "    when_fact: ¦{fact: exercise_ended}\n"),)),
    "an inject on a step that nobody takes on the way at this level": (
        "unreachable-inject",
        ((FREE, "    when_fact: ¦{do: notify_board}\n"),),
    ),
    "an inject to somebody who is always away": ("unread-inject", (("    to: [client]\n", "    to: ¦[gone]\n"),)),
    "an inject when all has long been over": (
        "late-inject",
        (
            (FREE, "    at: ¦19d\n"),
            ("to: [client]\n    channel: chat", "to: [response_team]\n    channel: chat"),
            ("    part: noise\n", "    incident: leak\n    part: truth\n"),
        ),
    ),
    "an exercise that is too short": ("unfinished-story", (("ends: 20d", "ends: ¦3h"), ("by: 6h", "by: 2h"))),
    "a second incident long after the first was handled": (
        "dead-gap",
        (("injects:\n", TWO_INCIDENTS), (LAST, SECOND_RAISED + LAST)),
    ),
    "a step expected of those who may not take it": (
        "idle-inject",
        (
            ("expects: [find_lawful]", "expects: [report, ¦recover]"),
            (
                "    to: [response_team]\n    channel: chat\n    body:\n",
                "    to: [finder]\n    channel: chat\n    body:\n",
            ),
        ),
    ),
    "something to be done, told to onlookers": (
        "idle-inject",
        (("    to: [client]\n", "    to: ¦[client]\n"), ("不开。}\n    part: noise\n", "不开。}\n    part: spread\n")),
    ),
    "an objective without an inject": (
        "untested-objective",
        (("  - en: Report before", "  - ¦en: Report before"), ("    tested_by: [link-found]\n", "")),
    ),
    "eleven messages to one person in one minute": (
        "overloaded-person",
        (("roles: [network_administrator]", "roles: ¦[network_administrator]"), (CALLS, QUESTIONS + CALLS)),
    ),
    "one person who alone writes and approves": (
        "four-eyes",
        (
            ("roles: [security_administrator]", "roles: ¦[security_administrator, leading_group_head]"),
            ("zh: 梁凯}, roles: [leading_group_head]", "zh: 梁凯}, roles: [cto]"),
        ),
    ),
    "a measure that no inject shows": (
        "unsupported-truth",
        (
            ("{measure: degraded, is: 90m}]\n      unlawful", "¦{measure: degraded, is: 90m}]\n      unlawful"),
            (SHOWN, ""),
        ),
    ),
    "a flag that no inject shows": ("unsupported-truth", (AT_FAULT, (GUILT, "]"))),
    "a flag that is shown only to those who are late": (
        "unsupported-truth",
        (
            AT_FAULT,
            (GUILT, "]"),
            ("    expects: [report]\n", "    shows: [{flag: at_fault, is: true}]\n    expects: [report]\n"),
        ),
    ),
    "a suspicion that nobody takes back": (
        "uncorrected-evidence",
        ((TOLD_SUSPICION, "¦" + TOLD_SUSPICION), (TAKEN_BACK, "")),
    ),
    "an error that comes after its correction": (
        "uncorrected-evidence",
        ((GUILT, ", {flag: at_fault, is: true}, ¦{flag: unlawful, is: true}]"),),
    ),
    "measures that make another level than the truth's": (
        "contradicted-level",
        (("      level: 3\n" + WHY, "      level: ¦2\n"),),
    ),
    "late evidence when the incident is closed": (
        "contradicted-level",
        (
            ("    at: 50m\n", "    when_fact: {do: conclude_review}\n"),
            (COUNTED, COUNTED.replace("[", "¦[")),
            (WHY, ONE_WHY),
            (SHOWN, ""),
        ),
    ),
    "a figure that comes after the grading, which nothing says": (
        "unreasoned-judgement",
        (("      late_evidence: [level]\n", ""), (COUNTED, COUNTED.replace("[", "¦[", 1))),
    ),
    "evidence that is said to come late and comes first": (
        "late-evidence",
        (
            ("      late_evidence: [level]\n", "      late_evidence: [¦level]\n"),
            ("{measure: personal_records, is: 40}", "{measure: personal_records, is: 640}"),
        ),
    ),
    "a slot left open": ("placeholder", canteen("¦The canteen is closed for $name.")),
    "words joined twice": ("seam", canteen("¦The canteen is closed for the the day.")),
    "a text that was not translated": (
        "wrong-language",
        canteen("The canteen is closed today.", "¦The canteen is closed today."),
    ),
    "an address of a real network": ("unreserved-address", canteen("¦The canteen has 8.8.8.8 now.")),
    "two people of one name": ("same-name", (("{name: {en: Bo Chen, zh: 陈波}", "{name: ¦{en: Ann Lee, zh: 陈波}"),)),
}


def test_the_clean_story_is_clean(platform: "Playbook", clean: "Scenario") -> None:
    assert quality(platform, clean) == ()


@pytest.mark.parametrize("what", FAULTS)
def test_a_planted_fault_is_found_at_its_place_and_nothing_beside_it(what: str, plant: "Plant") -> None:
    rule, edits = FAULTS[what]
    found = plant(edits)
    assert [(one, place) for one, place, _path in found.findings] == [(rule, found.mark)], found


def test_an_objective_is_untested_where_what_tests_it_never_comes(plant: "Plant") -> None:
    edits = (
        ("    tested_by: [link-found]\n", "    tested_by: ¦[canteen]\n"),
        (FREE, "    when_fact: {do: notify_board}\n"),
    )
    found = plant(edits)
    assert found.rules == ["unreachable-inject", "untested-objective"]
    assert found.findings[1][1] == found.mark


def test_every_rule_has_a_planted_fault() -> None:
    """Experts who are misled are tested with the plays."""
    assert {rule for rule, _edits in FAULTS.values()} | {"misled-experts"} == set(RULES)
