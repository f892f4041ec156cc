"""Each rule that a scenario must keep, by one fault planted in a valid one: the sentence and its position.

`¦` in a planted text stands where the problem must be reported; it is taken out before the file is read.
"""

from collections.abc import Callable

import pytest

from incidentsim.definitions.scenario.read import scenario_head
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem

Edits = tuple[tuple[str, str], ...]
Plant = Callable[[Edits], tuple[list[Problem], tuple[int, int] | None]]

TRUTH = (
    "      incident: true\n      level: 1\n"
    "      why: [{measure: users, is: 250}, {measure: outage, is: 1h}, {measure: active, is: true}]\n"
)
CALL = "when_fact: {do: report, by: ann}, after: 5m"
PRESS = "unless: {fact: escalated, to: chief}\n    by: 90m"
GRADE = "with: {level: 1, criteria: [users], cause: slip, subject: ann, office: chief}"
REPORTED = "with: {channel: email, summary: {en: It is red, zh: 红灯亮了}}"
COUNTS = "- {refusals: 2, breaches: {at_most: 1}}"
ESCALATED = "{fact: escalated, to: dan, within: 60m}"

FAULTS: dict[str, tuple[Edits, str]] = {
    # what injects show and what they are for
    "evidence of nothing": (
        (("{is: true, flag: incident}]", "¦{is: false}]"),),
        "What an inject shows is either a measure or a flag.",
    ),
    "evidence of two things at once": (
        (("{is: true, flag: incident}]", "¦{flag: crime, measure: users, is: 2}]"),),
        "What an inject shows is either a measure or a flag.",
    ),
    "evidence of an unknown measure": (
        (("shows: [{is: 250, measure: users}", "shows: [{is: 250, measure: ¦usurs}"),),
        "There is no measure usurs; the nearest valid one is users.",
    ),
    "evidence of an unknown flag": (
        (("{is: true, flag: incident}]", "{is: false, flag: ¦incidents}]"),),
        "There is no flag incidents; the nearest valid one is incident.",
    ),
    "evidence of a measure in the wrong unit": (
        (("{is: 1h, measure: outage}", "{is: ¦3, measure: outage}"),),
        "This measure is a duration; write it like 90s, 15m, 4h or 1h 30m.",
    ),
    "evidence of a flag that is a number": (
        (("{is: true, flag: incident}]", "{is: ¦1, flag: incident}]"),),
        "A flag is true or false.",
    ),
    "evidence about no incident": (
        (
            (
                "body: {en: Hello, zh: 你好}, incident: leak",
                "body: {en: Hello, zh: 你好}, ¦shows: [{measure: users, is: 1}]",
            ),
        ),
        "What an inject shows is about an incident; say which under incident.",
    ),
    "expecting a step that is not there": (
        (("expects: [report, grade]", "expects: [report, ¦grad]"),),
        "There is no step grad; the nearest valid one is grade.",
    ),
    "objective tested by an unknown inject": (
        (("tested_by: [alarm]", "tested_by: [¦alarms]"),),
        "There is no inject alarms; the nearest valid one is alarm.",
    ),
    # people
    "unknown role of a person": (
        (("{name: Ann, roles: [finder]", "{name: Ann, roles: [finder, ¦chef]"),),
        "There is no role chef; the nearest valid one is chief.",
    ),
    "body as a role of a person": (
        (("{name: Ann, roles: [finder]", "{name: Ann, roles: [finder, ¦team]"),),
        "There is no role team; valid are finder, lead, helper, chief.",
    ),
    "person with a role's id": (
        (
            (
                "  dan: {name: Dan, roles: [chief, helper]}",
                "  dan: {name: Dan, roles: [chief, helper]}\n  ¦team: {name: Eve, roles: [helper]}",
            ),
        ),
        "team is a role or body of the playbook; a person needs an id of their own.",
    ),
    "step that nobody could ever take": (
        (("people:\n", "¦people:\n"), ("roles: [chief, helper]", "roles: [helper]")),
        "Nobody here could ever take settle: that needs one of chief, or a deputy of theirs.",
    ),
    "step whose only holder is always away": (
        (
            ("people:\n", "¦people:\n"),
            ("roles: [chief, helper]", "roles: [chief, helper], away: always"),
            ("{name: {en: Bob, zh: 鲍勃}, roles: [helper]", "{name: Bob, roles: [finder, helper]"),
        ),
        "Nobody here could ever take settle: that needs one of chief, or a deputy of theirs.",
    ),
    "absence of no time": (
        (('"12:00/13:30"', '¦"12:00/12:00"'),),
        "12:00/12:00 ends when it begins; for a whole day write always.",
    ),
    "no stretch of the day": ((('"12:00/13:30"', '¦"12:00/25:00"'),), "12:00/25:00 is not a stretch of the day"),
    "absence of another sort": (
        (('away: ["12:00/13:30", "22:00/06:00"]', "away: ¦sometimes"),),
        "sometimes is not valid here; valid are always.",
    ),
    "proficiency of an unknown role": (
        (("proficiency: {lead: 80}", "proficiency: {¦leed: 80}"),),
        "There is no role leed; the nearest valid one is lead.",
    ),
    "proficiency beyond a hundred": (
        (("proficiency: {lead: 80}", "proficiency: {lead: ¦180}"),),
        "This is too large; 100 is the most.",
    ),
    # times
    "start without offset": (
        (("2021-06-30T09:10+08:00", "¦2021-06-30T09:10"),),
        "2021-06-30T09:10 is not a local time with its offset, such as 2021-06-30T09:10+08:00.",
    ),
    "start that is no date": (
        (("2021-06-30T09:10+08:00", "¦2021-06-31T09:10+08:00"),),
        "There is no such date, time or offset.",
    ),
    "start in an age without clocks": (
        (("2021-06-30T09:10+08:00", "¦0021-06-30T09:10+08:00"),),
        "The year lies between 1970 and 2200.",
    ),
    "language twice": ((("language: [en, zh]", "language: [en, ¦en]"),), "en stands here twice."),
    "inject after the end": (
        (("    at: 0m\n", "    at: ¦6d\n"),),
        "By then the exercise is over: put it earlier",
    ),
    "action after the end": (
        (("{at: 9m, by: bob", "{at: ¦5d, by: bob"),),
        "By then the exercise is over: put it earlier",
    ),
    # incidents
    "incident that no inject raises": (
        (("    raises: leak\n", "    incident: leak\n"), ("  leak:\n    title", "  ¦leak:\n    title")),
        "No inject raises the incident leak, so nobody would ever notice it.",
    ),
    "unknown measure": (
        (("{measure: users, is: 250}", "{measure: ¦user, is: 250}"),),
        "There is no measure user; the nearest valid one is users.",
    ),
    "measure twice": (
        (("{measure: outage, is: 1h}", "{measure: ¦users, is: 1}"), ("level: 1\n", "level: 1\n")),
        "users stands here twice.",
    ),
    "value of another kind": (
        (("{measure: outage, is: 1h}", "{measure: outage, is: ¦60}"),),
        "This measure is a duration; write it like 90s, 15m, 4h or 1h 30m.",
    ),
    "negative value": ((("{measure: users, is: 250}", "{measure: users, is: ¦-1}"),), "This cannot be negative."),
    "level that the values do not make": (
        (("      level: 1\n", "      level: ¦2\n"),),
        "The measured values under why make level 1 by the playbook, not 2.",
    ),
    "incident without level": (
        (("      level: 1\n", ""), ("    truth:\n", "    ¦truth:\n")),
        "An incident has a right level; the key level is missing.",
    ),
    "level of what is no incident": (
        (("      incident: true\n      level: 1\n", "      incident: false\n      ¦level: 1\n"),),
        "What is no incident has no level; leave it out.",
    ),
    "unknown level": (
        ((TRUTH, "      incident: true\n      level: ¦3\n"),),
        "There is no level 3; valid are 1, 2.",
    ),
    "unknown concealer": (
        (("concealed_by: bob", "concealed_by: ¦bib"),),
        "There is no person bib; the nearest valid one is bob.",
    ),
    "flag that stands elsewhere": (
        (("flags: {crime: false}", "flags: {¦unlawful: false}"),),
        "unlawful stands beside flags, not in it: write it under truth.",
    ),
    # injects
    "inject without a time": (
        (("    at: 0m\n", ""), ("- id: alarm", "- id: ¦alarm")),
        "Say when this inject comes: at a time, after a fact (when_fact), or unless a fact by a time.",
    ),
    "inject with two ways to come": (
        (("    at: 0m\n", "    at: 0m\n    ¦when_fact: {do: grade}\n"),),
        "An inject comes in one way; at is given already.",
    ),
    "unless without by": ((("    unless:", "    ¦unless:"), ("    by: 90m\n", "")), "The key by is missing."),
    "by without unless": ((("    at: 0m\n", "    at: 0m\n    ¦by: 5m\n"),), "The key by belongs to unless"),
    "after without on": ((("    at: 0m\n", "    at: 0m\n    ¦after: 5m\n"),), "The key after belongs to when_fact"),
    "second inject of one id": (
        (("- id: press", "- id: ¦alarm"),),
        "There is another inject alarm; give this one an id of its own.",
    ),
    "inject to nobody known": (
        (("to: [finder, dan]", "to: [finder, ¦don]"),),
        "There is no role, body or person don; the nearest valid one is dan.",
    ),
    "inject through an unknown channel": (
        (("    channel: email\n", "    channel: ¦emial\n"),),
        "There is no channel emial; the nearest valid one is email.",
    ),
    "inject about an unknown incident": (
        (("body: {en: Hello, zh: 你好}, incident: leak", "body: {en: Hello, zh: 你好}, incident: ¦leck"),),
        "There is no incident leck; the nearest valid one is leak.",
    ),
    "inject that raises one incident and is about another": (
        (
            ("    raises: leak\n", "    raises: leak\n    incident: ¦other\n"),
            ("incidents:\n", "incidents:\n  other: {title: {en: O, zh: 他}, truth: {incident: false, cause: x}}\n"),
            (CALL, "at: 1m, raises: other"),
            ("body: {en: Hello, zh: 你好}, incident: leak", "body: {en: Hello, zh: 你好}"),
        ),
        "An inject that raises leak is about leak, not about other.",
    ),
    "circumstance of no incident": (
        (("    incident: leak\n    brings:", "    ¦brings:"),),
        "What an inject brings is about an incident; say which under incident.",
    ),
    "unknown circumstance": (
        (("circumstance: silence", "circumstance: ¦silenz"),),
        "There is no circumstance silenz; the nearest valid one is silence.",
    ),
    "circumstance about an unknown person": (
        (("circumstance: silence, person: bob", "circumstance: silence, person: ¦bub"),),
        "There is no person bub; the nearest valid one is bob.",
    ),
    "pattern by nobody known": (
        (("when_fact: {do: report, by: ann}", "when_fact: {do: report, by: ¦anne}"),),
        "There is no role or person anne; the nearest valid one is ann.",
    ),
    "pattern of an unknown inject": (
        ((CALL, "when_fact: {fact: inject_delivered, inject: ¦alarn}"),),
        "There is no inject alarn; the nearest valid one is alarm.",
    ),
    # script
    "action of an unknown person": (
        (("{at: 9m, by: bob", "{at: 9m, by: ¦bop"),),
        "There is no person bop; the nearest valid one is bob.",
    ),
    "action in an unknown role": (
        (("as: lead", "as: ¦laed"),),
        "There is no role laed; the nearest valid one is lead.",
    ),
    "unknown step": (
        (("do: grade, incident: leak", "do: ¦grad, incident: leak"),),
        "There is no step grad; the nearest valid one is grade.",
    ),
    "step that is triggered automatically": (
        (("do: grade, incident: leak, " + GRADE, "do: ¦fall_due_chief, incident: leak"),),
        "The step fall_due_chief is triggered automatically; nobody takes it.",
    ),
    "action on an unknown incident": (
        (("do: hush, incident: leak", "do: hush, incident: ¦leek"),),
        "There is no incident leek; the nearest valid one is leak.",
    ),
    "reason by an unknown duty": (
        (("do: hush, incident: leak", "do: hush, incident: leak, because: {reason: duty_due, duty: ¦report-son}"),),
        "There is no duty report-son; the nearest valid one is report-soon.",
    ),
    "reason by an unknown inject": (
        (
            (
                "do: hush, incident: leak",
                "do: hush, incident: leak, because: {reason: evidence, injects: [alarm, ¦alarn]}",
            ),
        ),
        "There is no inject alarn; the nearest valid one is alarm.",
    ),
    "the same inject as a reason twice": (
        (
            (
                "do: hush, incident: leak",
                "do: hush, incident: leak, because: {reason: evidence, injects: [alarm, ¦alarm]}",
            ),
        ),
        "alarm stands here twice.",
    ),
    "unknown field": (
        ((GRADE, "with: {¦levle: 1}"),),
        "This step has no field levle; the nearest valid one is level.",
    ),
    "text for a level": (
        (("with: {level: 1", "with: {level: ¦high"),),
        "This field is a level, a whole number; valid are 1, 2.",
    ),
    "unknown level in content": ((("with: {level: 1", "with: {level: ¦7"),), "There is no level 7; valid are 1, 2."),
    "list for a text": (
        ((REPORTED, "with: {channel: email, summary: ¦[red]}"),),
        "This field is a text, or a text by language.",
    ),
    "word for choices": (
        (("criteria: [users]", "criteria: ¦users"),),
        "This field is a list of choices: users, outage, share, active.",
    ),
    "unknown choice of several": (
        (("criteria: [users]", "criteria: [¦usres]"),),
        "There is no choice usres; the nearest valid one is users.",
    ),
    "choice twice": ((("criteria: [users]", "criteria: [users, ¦users]"),), "users stands here twice."),
    "unknown choice": ((("cause: slip, sub", "cause: ¦slipp, sub"),), "There is no choice slipp; the nearest valid"),
    "list for a choice": ((("cause: slip, sub", "cause: ¦[slip], sub"),), "This field is one of slip, attack."),
    "unknown channel": (
        (("with: {channel: phone", "with: {channel: ¦fax"),),
        "There is no channel fax; valid are email, phone.",
    ),
    "unknown person in content": ((("subject: ann", "subject: ¦amn"),), "There is no person amn; the nearest valid"),
    "number for a person": ((("subject: ann", "subject: ¦1"),), "This field is a person."),
    "unknown role in content": ((("office: chief", "office: ¦cheef"),), "There is no role cheef; the nearest valid"),
    "number for a role": ((("office: chief", "office: ¦1"),), "This field is a role."),
    "flag as content": (
        ((REPORTED, "with: {channel: email, summary: ¦true}"),),
        "Expected a text or a whole number or a mapping or a list here, not true.",
    ),
    # expectations
    "end of an unknown incident": (
        (("{incident: leak, ends_at_level: 1}", "{incident: ¦laek, ends_at_level: 1}"),),
        "There is no incident laek; the nearest valid one is leak.",
    ),
    "end on an unknown track": (
        (("track: main, ends_in: closed", "track: ¦mian, ends_in: closed"),),
        "There is no track mian; the nearest valid one is main.",
    ),
    "end in an unknown state": (
        (("track: main, ends_in: closed", "track: main, ends_in: ¦close"),),
        "There is no state close; the nearest valid one is closed.",
    ),
    "end at an unknown level": ((("ends_at_level: 1", "ends_at_level: ¦5"),), "There is no level 5; valid are 1, 2."),
    "fact that cannot match": (
        ((ESCALATED, "¦{fact: escalated, to: finder, within: 60m}"),),
        "No rule escalates to finder, so nothing matches this; the rules escalate to chief, team.",
    ),
    "part that the fact lacks": (
        ((ESCALATED, "{fact: escalated, ¦do: report}"),),
        "The fact escalated has no part do; it has to, incident.",
    ),
    "unknown fact": ((("fact: escalated, to: dan", "fact: ¦escalate, to: dan"),), "There is no fact escalate;"),
    "unknown name in never": (
        (("{do: close, by: finder}", "{do: ¦closs, by: finder}"),),
        "There is no step closs; the nearest valid one is close.",
    ),
    "order of one": (
        (
            (
                "{order: [{do: report}, {track: main, state: graded}, {fact: state_entered, track: main, state: closed",
                "{order: ¦[{do: report",
            ),
        ),
        "At least 2 are needed here.",
    ),
    "since without within": (
        ((ESCALATED, "{fact: escalated, ¦since: {do: report}}"),),
        "The key since belongs to within, which is missing.",
    ),
    "count of nothing": (
        (("breaches: {at_most: 1}", "¦breaches: {}"),),
        "Say how many: a number, at_least, or at_most.",
    ),
    "counts that exclude each other": (
        (("breaches: {at_most: 1}", "¦breaches: {at_least: 3, at_most: 1}"),),
        "No number is at least 3 and at most 1.",
    ),
    "negative count": (((COUNTS, "- {refusals: ¦-1}"),), "This is too small; 0 is the least."),
    # shape
    "seed beyond JSON": ((("seed: 7", "seed: ¦-7"),), "This is too small; 0 is the least."),
    "unknown key": (
        (("seed: 7", "seed: 7\n¦sead: 8"),),
        "The key sead means nothing here; the nearest valid one is seed.",
    ),
    "name of nothing": ((("{name: Ann, roles", '{name: ¦" ", roles'),), "This text is empty."),
}


def test_the_scenario_without_a_fault_has_no_problem(plant_in_scenario: Plant) -> None:
    assert plant_in_scenario(()) == ([], None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_at_its_place_and_nothing_beside_it(plant_in_scenario: Plant, fault: str) -> None:
    edits, sentence = FAULTS[fault]
    problems, place = plant_in_scenario(edits)
    shown = "\n".join(map(str, problems))
    assert [(problem.line, problem.column) for problem in problems] == [place], shown
    assert sentence in problems[0].message, shown


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((("with: {channel: phone, summary: It is red}", "with: {}"),), id="missing content"),
        pytest.param(((GRADE, "with: {level: 2, criteria: []}"),), id="too few choices"),
        pytest.param(
            (("do: hush, incident: leak", "do: hush, incident: leak, with: {summary: x}"),),
            id="words of a forbidden act",
        ),
        pytest.param((("by: bob, as: lead", "by: ann, as: chief"),), id="role not held"),
        pytest.param(((TRUTH, "      incident: true\n      level: 2\n"),), id="level without reasons"),
        pytest.param(((TRUTH, "      incident: false\n"),), id="no incident"),
        pytest.param((("{do: close, by: finder}", "{do: close, by: helper}"),), id="never by a role without authority"),
        pytest.param((("ends_at_level: 1", "ends_at_level: none"),), id="never graded"),
        pytest.param((("playbook: tiny", "playbook: another"),), id="another playbook's id"),
    ],
)
def test_what_is_meant_to_be_refused_or_left_open_is_no_fault(plant_in_scenario: Plant, edits: Edits) -> None:
    assert plant_in_scenario(edits)[0] == []


def test_all_faults_are_found_at_once_in_the_order_of_the_file(plant_in_scenario: Plant) -> None:
    problems, _place = plant_in_scenario(
        (
            ("{en: A small story, zh: 小故事}", "{zh: 小故事}"),
            ("{name: Ann, roles: [finder]", "{name: Ann, roles: [findr, finder]"),
            ("    raises: leak\n", "    incident: leak\n"),
            ("do: grade, incident: leak", "do: grad, incident: leak"),
            ("ends_in: closed", "ends_in: close"),
        )
    )
    assert [problem.path for problem in problems] == [
        "$.title.en",
        "$.people.ann.roles[0]",
        "$.incidents.leak",
        "$.script[0].do",
        "$.expect[0].ends_in",
    ]


def test_an_exercise_of_no_time_is_said_to_be_one(plant_in_scenario: Plant) -> None:
    problems, _place = plant_in_scenario((("ends: 5d\n", "ends: 0m\n"),))
    assert problems[0].message == "An exercise lasts longer than no time at all."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("schema: incidentsim/scenario/1\nid: a\n", "The key playbook is missing."),
        ("schema: incidentsim/scenario/1\nid: A\nplaybook: b\n", "A is not an id"),
        ("id: a\nplaybook: b\n", "This is no file of incidentsim: it has no key schema."),
        ("[1, 2]", "Expected a mapping (key: value), not a list."),
    ],
)
def test_a_head_without_its_names_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(DefinitionError, match=r"s\.yaml:[12]:") as refused:
        scenario_head(text.encode(), "s.yaml")
    assert sentence in str(refused.value)
