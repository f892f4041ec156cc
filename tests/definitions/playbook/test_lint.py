"""Each rule that a playbook must keep, by one fault planted in a valid one: the sentence and its position.

`¦` in a planted text stands where the problem must be reported; it is taken out before the file is read.
"""

from collections.abc import Callable

import pytest

from incidentsim.definitions.yaml12.problems import Problem

Edits = tuple[tuple[str, str], ...]
Plant = Callable[[Edits], tuple[list[Problem], tuple[int, int] | None]]

REPORT = "by: [finder]\n        requires: {channel: [email], summary: text}"
CLOSE_NEEDS = "needs: {all: [{track: blame, in: [none, settled]}, {not: {level_at_least: 1}}]}"
BLAME_ON = "when_fact: [{fact: duty_breached, duty: report-soon}, {fact: refused, do: hush, why: forbidden}]"
SETTLE = "from: opened\n        to: settled\n        by: [chief]"
LAST_STEP = "        takes: 1h\n        basis: assumption\n"
DUTY_SETTLED = "settled_by: {do: report}"
ROW_WHEN = "    when: {any: [{level_at_least: 1}, {role_is: [team]}]}\n"
SECTIONS = "duties:\n"
HOURS = "working_hours: {days: [mon, fri, mon], hours: 09:00/18:00, basis: assumption}\n\n"
OPENS = "opens_on: {fact: incident_raised}"


def a_step(do: str, ways: str) -> str:
    """A further step as a line of the file."""
    return f"      - {{do: {do}, title: {{en: A, zh: 再}}, {ways}, basis: assumption}}\n"


FAULTS: dict[str, tuple[Edits, str]] = {
    # names
    "unknown role of a step": (
        ((REPORT, REPORT.replace("[finder]", "[¦findr]")),),
        "There is no role or body findr; the nearest valid one is finder.",
    ),
    "unknown deputy": ((("deputies: [helper]", "deputies: [¦helpr]"),), "There is no role helpr; the nearest valid"),
    "unknown member": ((("members: [helper]", "members: [¦team]"),), "There is no role team; valid are finder, lead"),
    "unknown head": ((("head: lead", "head: ¦leed"),), "There is no role leed; the nearest valid one is lead."),
    "unknown state to": (
        (("to: known\n", "to: ¦knwon\n"), ("from: known\n        to: graded", "from: hidden\n        to: graded")),
        "There is no state knwon; the nearest valid one is known.",
    ),
    "unknown state from": (
        (("from: [known, graded]", "from: [known, ¦grated]"),),
        "There is no state grated; the nearest valid one is graded.",
    ),
    "unknown state in a condition": (
        ((CLOSE_NEEDS, "needs: {track: blame, in: [none, ¦setled]}"),),
        "There is no state setled; the nearest valid one is settled.",
    ),
    "unknown track": (
        ((CLOSE_NEEDS, "needs: {track: ¦blam, in: [none]}"),),
        "There is no track blam; the nearest valid one is blame.",
    ),
    "unknown step": (
        (("not_by_author_of: report", "not_by_author_of: ¦reprot"),),
        "There is no step reprot; the nearest valid one is report.",
    ),
    "unknown step in a pattern": (
        ((DUTY_SETTLED, "settled_by: {do: ¦repart}"),),
        "There is no step repart; the nearest valid one is report.",
    ),
    "unknown duty": (
        ((BLAME_ON, "when_fact: {fact: duty_breached, duty: ¦report-son}"),),
        "There is no duty report-son; the nearest valid one is report-soon.",
    ),
    "unknown channel of a field": (
        (("channel: [email]", "channel: [¦mail]"),),
        "There is no channel mail; the nearest valid one is email.",
    ),
    "unknown channel of an escalation": (
        (("channel: phone", "channel: ¦fone"),),
        "There is no channel fone; the nearest valid one is phone.",
    ),
    "unknown list": (
        (("{choice: causes}", "{choice: ¦cause}"),),
        "There is no list cause; the nearest valid one is causes.",
    ),
    "unknown field": (
        (("requires: {level: level, criteria", "requires: {¦leval: level, criteria"),),
        "There is no field leval; the nearest valid one is level, or name it under fields.",
    ),
    "unknown measure": (
        (("{measure: users, at_least", "{measure: ¦user, at_least"),),
        "There is no measure user; the nearest valid one is users.",
    ),
    "unknown measure of a criterion": (
        (("measures: [users]", "measures: [¦user]"),),
        "There is no measure user; the nearest valid one is users.",
    ),
    "criteria of a judgement that no step makes": (
        (("  incident:\n    title: {en: Is it one?", "  ¦incidents:\n    title: {en: Is it one?"),),
        "No step asks by fits for the answer incidents; the nearest valid one is incident.",
    ),
    "unknown measure of a modifier": (
        (("{measure: active, at_least", "{measure: ¦activ, at_least"),),
        "There is no measure activ; the nearest valid one is active.",
    ),
    "unknown phase of a state": (
        (("graded: {title: {en: Graded, zh: 已定级}, phase: open}", "graded: {title: {en: G, zh: 级}, phase: ¦opn}"),),
        "There is no phase opn; the nearest valid one is open.",
    ),
    "unknown phase of a clause": (
        (("source: manual, phase: open", "source: manual, phase: ¦oben"),),
        "There is no phase oben; the nearest valid one is open.",
    ),
    "unknown source": (
        (("A2: {source: manual", "A2: {source: ¦manuel"),),
        "There is no source manuel; the nearest valid one is manual.",
    ),
    "unknown clause": (
        (("{en: Finder, zh: 发现人}, clause: A1", "{en: Finder, zh: 发现人}, clause: ¦B1"),),
        "There is no clause B1; the nearest valid one is A1.",
    ),
    "unknown circumstance": (
        ((BLAME_ON, "when_fact: {fact: circumstance_arose, circumstance: ¦silense}"),),
        "There is no circumstance silense; the nearest valid one is silence.",
    ),
    "unknown level of a condition": (
        (("{not: {level_at_least: 1}}", "{not: {level_at_least: ¦3}}"),),
        "There is no level 3; valid are 1, 2.",
    ),
    "unknown level of a limit": (
        (("within: {1: 5m, ungraded: 1h}", "within: {¦4: 5m, ungraded: 1h}"),),
        "There is no level 4; valid are 1, 2.",
    ),
    "unknown party to escalate to": (
        (("to: [chief]\n    channel", "to: [¦cheif]\n    channel"),),
        "There is no role or body cheif; the nearest valid one is chief.",
    ),
    "unknown debtor": (
        (("owed_by: [finder]", "owed_by: [¦anyone]"),),
        "There is no role or body anyone; valid are finder, lead, helper, chief, team.",
    ),
    "unknown party of role_is": (
        (("{role_is: [team]}", "{role_is: [¦teem]}"),),
        "There is no role or body teem; the nearest valid one is team.",
    ),
    "unknown party of a notice": (
        (("to: [chief]\n    by", "to: [¦chef]\n    by"),),
        "There is no role or body chef; the nearest valid one is chief.",
    ),
    # clauses and bases
    "rule without basis": (
        (("basis: assumption\n      - do: note", "detour: true\n      - do: note"), ("- do: grade", "- ¦do: grade")),
        "This rule has no basis: name its clause, a regulation with its article, or assumption.",
    ),
    "role without basis": (
        (("  helper: {title: {en: Helper, zh: 组员}, basis: assumption}", "  ¦helper: {title: {en: H, zh: 员}}"),),
        "This rule has no basis",
    ),
    "documented without clause": (
        (("head: lead, basis: assumption", "head: lead, basis: ¦documented"),),
        "A documented rule names the clause that says it; the key clause is missing.",
    ),
    "regulation without article": (
        (("head: lead, basis: assumption", "head: lead, basis: ¦regulation"),),
        "A regulation is named with its article: {regulation: …, article: …}.",
    ),
    "basis of a duty's time": (
        (
            (
                "clause: A1\n    basis: {duty: documented, within: assumption}",
                "basis: {duty: assumption, within: ¦documented}",
            ),
        ),
        "A documented rule names the clause that says it",
    ),
    # form of the procedure
    "no main track": (
        (("    main: true\n", ""), ("tracks:", "¦tracks:")),
        "One track must be the main one (main: true), which carries the phases.",
    ),
    "several main tracks": (
        (("title: {en: Blame, zh: 追责}", "title: {en: Blame, zh: 追责}\n    ¦main: true"),),
        "Only one track can be the main one; main is it already.",
    ),
    "unreachable state": (
        (("closed: {title", "¦lost: {title: {en: Lost, zh: 丢失}, final: true}\n      closed: {title"),),
        "The state lost cannot be reached: no step leads to it from hidden.",
    ),
    "state that nothing leads out of": (
        (("closed: {title: {en: Closed, zh: 已关闭}, final: true}", "¦closed: {title: {en: Closed, zh: 已关闭}}"),),
        "No step leads out of the state closed; add one, or say that it is final.",
    ),
    "two steps of one name from one state": (
        (
            (
                LAST_STEP,
                LAST_STEP + a_step("¦settle", "from: [none, opened], to: settled, by: [lead]"),
            ),
        ),
        "There are two steps settle from the state opened; the other is in line 133.",
    ),
    "one name on two tracks": (
        (("- do: settle", "- do: ¦report"),),
        "The step report is on the track main already; a name of a step belongs to one track.",
    ),
    "forbidden act with the name of a step": (
        (
            ("{do: hush, title", "{do: ¦settle, title"),
            (BLAME_ON, "when_fact: {fact: duty_breached, duty: report-soon}"),
        ),
        "settle is the name of another step or forbidden act.",
    ),
    "automatic steps with one trigger": (
        (
            (
                LAST_STEP,
                LAST_STEP + a_step("¦end_blame", "from: none, to: settled, when_fact: {fact: duty_breached}"),
            ),
        ),
        "From the state none the same thing makes both open_blame and end_blame follow by themselves.",
    ),
    "automatic steps in a circle": (
        (
            (BLAME_ON, "when_fact: {fact: duty_opened, duty: report-soon}"),
            ("- do: open_blame", "- ¦do: open_blame"),
            (SETTLE, "from: opened\n        to: none\n        when_fact: {do: open_blame}"),
            (OPENS, "opens_on: [{fact: incident_raised}, {do: settle}]"),
            ("settled: {title: {en: Settled, zh: 已结束}, final: true}", ""),
            ("in: [none, settled]", "in: [none]"),
            ("        takes: 1h\n", ""),
        ),
        "These steps follow each other in a circle without anybody acting: open_blame → settle → open_blame.",
    ),
    "automatic step that makes itself follow": (
        (
            (
                LAST_STEP,
                LAST_STEP + a_step("again", "from: opened, to: same, when: {level_at_least: 2}").replace("- ", "- ¦"),
            ),
        ),
        "These steps follow each other in a circle without anybody acting: again → again.",
    ),
    "step of nobody": (
        (("- do: note", "- do: ¦note"), ("        by: [anyone]\n", "")),
        "Nobody takes this step: say by whom (by), or what triggers it (when_fact, when).",
    ),
    "step both taken and automatic": (
        ((BLAME_ON, BLAME_ON + "\n        ¦by: [chief]"),),
        "A step is taken by somebody, or it is triggered (when_fact, when); this one says both.",
    ),
    "automatic step that asks for content": (
        ((BLAME_ON, BLAME_ON + "\n        ¦requires: {summary: text}"),),
        "A step that is triggered automatically has no requires; conditions stand under when.",
    ),
    "author of an automatic step": (
        (("not_by_author_of: report", "not_by_author_of: ¦open_blame"),),
        "open_blame is triggered automatically, so it has no author.",
    ),
    "levels with a gap": (
        (("  2:\n    name: {en: Slight", "  ¦3:\n    name: {en: Slight"),),
        "The levels are numbered 1, 2, 3 and so on without a gap; 2 is missing.",
    ),
    "two level fields in one step": (
        (("subject: person, office", "subject: person, ¦summary: level, office"),),
        "A step sets one level; level does so already.",
    ),
    "field asked for twice": (
        (("may: {cause", "may: {¦level: level, cause"),),
        "level is required already.",
    ),
    "more choices than there are": (
        (("cause: {choice: causes}", "cause: {choices: causes, at_least: ¦3}"),),
        "3 are asked for, but the list causes has only 2.",
    ),
    "own deputy": (
        (("deputies: [helper]", "deputies: [¦lead]"),),
        "A role cannot be its own deputy; name another, or leave it out.",
    ),
    "name twice": ((("by: [anyone]", "by: [anyone, ¦anyone]"),), "anyone stands here twice."),
    "second duty of one id": (
        (
            (
                "escalations:\n",
                (
                    "  - {id: ¦report-soon, title: {en: R, zh: 报}, opens_on: {do: grade}, owed_by: [lead], "
                    "settled_by: {do: close}, within: 1h, basis: assumption}\n\nescalations:\n"
                ),
            ),
        ),
        "There is another duty report-soon; give this one an id of its own.",
    ),
    "second escalation of one id": (
        (("- id: grave", "- id: ¦late-report-soon"),),
        "There is another escalation rule late-report-soon; give this one an id of its own.",
    ),
    "escalation on nothing": (
        (("    when: {any: [{level_at_least: 1}, {role_is: [team]}]}\n", ""), ("- id: grave", "- ¦id: grave")),
        "An escalation rule says what triggers it: when_fact, when or after; none of these keys is there.",
    ),
    "lateness of something else": (
        ((ROW_WHEN, "    after: 5m\n    when_fact: ¦{do: report}\n"),),
        "A rule with `after` is about late duties: its `when_fact`, if any, has the fact duty_breached.",
    ),
    "debtor of a rule that is not about lateness": (
        ((ROW_WHEN, ROW_WHEN + "    owed_by: ¦[finder]\n"),),
        "This key belongs to rules about lateness, which have `after`.",
    ),
    "unknown debtor of a rule": (
        ((ROW_WHEN, "    after: 5m\n    owed_by: [¦findr]\n"),),
        "There is no role or body findr; the nearest valid one is finder.",
    ),
    "debtor of nothing": (
        ((ROW_WHEN, "    after: 5m\n    owed_by: [finder, ¦helper]\n"),),
        "None of the duties that this rule is about is owed by helper, so it would never fire.",
    ),
    "unknown channel out of hours": (
        ((ROW_WHEN, ROW_WHEN + "    out_of_hours: ¦fone\n"), (SECTIONS, HOURS + SECTIONS)),
        "There is no channel fone; the nearest valid one is phone.",
    ),
    "channel out of hours that never are": (
        ((ROW_WHEN, ROW_WHEN + "    out_of_hours: ¦email\n"),),
        "This key needs the section working_hours; without it the playbook works round the clock.",
    ),
    "time of day without working hours": (
        ((ROW_WHEN, ROW_WHEN + "    hours: ¦out\n"),),
        "This key needs the section working_hours; without it the playbook works round the clock.",
    ),
    "working hours over midnight": (
        ((SECTIONS, HOURS.replace("09:00/18:00", "¦22:00/06:00") + SECTIONS),),
        "Working hours begin before they end, on the same day; 22:00/06:00 do not.",
    ),
    "working hours that are none": (
        ((SECTIONS, HOURS.replace("09:00/18:00", "¦9-18") + SECTIONS),),
        "9-18 is not a stretch of the day, such as 12:00/13:30.",
    ),
    "channel of lateness": (
        ((SECTIONS, "lateness: {channel: ¦fone, basis: assumption}\n\n" + SECTIONS),),
        "There is no channel fone; the nearest valid one is phone.",
    ),
    "lateness out of hours that never are": (
        ((SECTIONS, "lateness: {channel: phone, out_of_hours: ¦email, basis: assumption}\n\n" + SECTIONS),),
        "This key needs the section working_hours; without it the playbook works round the clock.",
    ),
    "reserved role": (
        (("bodies:\n", "  ¦p1: {title: {en: P, zh: 人}, basis: assumption}\n\nbodies:\n"),),
        "p1 is what the record calls a person",
    ),
    "reserved list": ((("  causes:\n", "  ¦measures:\n"), ("choice: causes", "choice: measures")), "The word measures"),
    "body with a role's id": (
        (("bodies:\n", "bodies:\n  ¦lead: {title: {en: L, zh: 组}, members: [lead], basis: assumption}\n"),),
        "lead is the id of a role already",
    ),
    # measures
    "count that is a duration": (
        (("users, at_least: 100", "users, at_least: ¦5m"),),
        "This measure is a whole number, such as 100.",
    ),
    "duration that is a count": ((("at_least: 30m", "at_least: ¦30"),), "This measure is a duration; write it like"),
    "flag that is a count": ((("active, at_least: true", "active, at_least: ¦1"),), "This measure is true or false."),
    "flag that everything reaches": (
        (("active, at_least: true", "active, at_least: ¦false"),),
        "Everything reaches false; write true.",
    ),
    "percentage over a hundred": (
        (("{measure: users, at_least: 100}", "{measure: share, at_least: ¦101}"),),
        "This is a percentage, from 0 to 100.",
    ),
    # duties and patterns
    "pattern of a forbidden act that is taken": (
        ((DUTY_SETTLED, "settled_by: ¦{do: hush}"),),
        "hush is a forbidden act and is never taken; its attempt is {fact: refused, do: hush}.",
    ),
    "pattern of a state that no step leads to": (
        ((DUTY_SETTLED, "settled_by: ¦{track: main, state: hidden}"),),
        "No step leads to the state hidden of main, so nothing matches this.",
    ),
    "pattern of a step and a state elsewhere": (
        ((DUTY_SETTLED, "settled_by: ¦{do: report, state: closed}"),),
        "The step report does not lead to the state closed, so nothing matches this.",
    ),
    "pattern of a step on another track": (
        ((DUTY_SETTLED, "settled_by: ¦{do: report, track: blame}"),),
        "The step report is not on the track blame, so nothing matches this.",
    ),
    "pattern of a step by somebody else": (
        ((DUTY_SETTLED, "settled_by: ¦{do: report, by: chief}"),),
        "No such step is for the role chief, so nothing matches this.",
    ),
    "pattern by a body": (
        ((DUTY_SETTLED, "settled_by: {do: grade, by: ¦team}"),),
        "team is a body; whoever acts does so in a role, so name one of its roles: lead, helper.",
    ),
    "pattern of an unknown fact": (
        ((DUTY_SETTLED, "settled_by: {fact: ¦step_takn, do: report}"),),
        "There is no fact step_takn; the nearest valid one is step_taken.",
    ),
    "pattern of a part that the fact lacks": (
        ((OPENS, "opens_on: {fact: incident_raised, ¦duty: report-soon}"),),
        "The fact incident_raised has no part duty; it has inject, incident.",
    ),
    "pattern of a step that tells somebody": (
        ((DUTY_SETTLED, "settled_by: {do: report, ¦to: chief}"),),
        "A step tells nobody, so it has no part to; the state it leads to is called state.",
    ),
    "pattern of nothing": (
        ((DUTY_SETTLED, "settled_by: ¦{by: finder}"),),
        "A pattern names a fact, or a step with do, or a state with track and state.",
    ),
    "pattern of a state without track": (
        ((DUTY_SETTLED, "settled_by: {fact: step_taken, ¦state: closed}"),),
        "A state is named together with its track.",
    ),
    "pattern of state_entered without state": (
        ((DUTY_SETTLED, "settled_by: ¦{fact: state_entered, do: report}"),),
        "A pattern of the fact state_entered names a track and a state of it.",
    ),
    "pattern of an unknown refusal": (
        (("why: forbidden", "why: ¦forbiden"),),
        "There is no kind of refusal forbiden; the nearest valid one is forbidden.",
    ),
    "forbidden act refused for another reason": (
        ((", {fact: refused, do: hush, why: forbidden}", ", ¦{fact: refused, do: hush, why: role}"),),
        "hush is a forbidden act: it is never refused as role, only as forbidden.",
    ),
    "step refused as forbidden": (
        ((", {fact: refused, do: hush, why: forbidden}", ", ¦{fact: refused, do: close, why: forbidden}"),),
        "close is not a forbidden act, so it is never refused as forbidden.",
    ),
    "pattern of an escalation that no rule makes": (
        ((OPENS, "opens_on: [{fact: incident_raised}, ¦{fact: escalated, to: helper}]"),),
        "No rule escalates to helper, so nothing matches this; the rules escalate to chief, team.",
    ),
    "pattern of an incident": (
        ((DUTY_SETTLED, "settled_by: {do: report, incident: ¦leak}"),),
        "There is no incident leak; there are none here.",
    ),
    # shape
    "text missing in Chinese": (
        (("finder: {title: {en: Finder, zh: 发现人}", "finder: {¦title: {en: Finder}"),),
        "The text in Chinese is missing.",
    ),
    "text missing in the prevailing language": (
        (("  email: {en: E-mail, zh: 邮件}", "  ¦email: {en: E-mail}"),),
        "The text in Chinese is missing.",
    ),
    "text missing in a language that is asked for": (
        (
            ("prevailing_language: zh", "languages: [en, zh]\nprevailing_language: zh"),
            ("  email: {en: E-mail, zh: 邮件}", "  ¦email: 邮件"),
        ),
        "The text in English is missing.",
    ),
    "text in a language that the document does not name": (
        (("  email: {en: E-mail, zh: 邮件}", "  email: {zh: 邮件, ¦fr: Courriel}"),),
        "This document is not in the language fr; it is in zh, en. Name it under languages.",
    ),
    "key of a text that is no language": (
        (("  email: {en: E-mail, zh: 邮件}", "  email: {zh: 邮件, ¦enn_: E-mail}"),),
        "The key enn_ means nothing here; the nearest valid one is en.",
    ),
    "prevailing language that is not one of the document's": (
        (("prevailing_language: zh", "languages: [en]\nprevailing_language: ¦zh"),),
        "There is no language zh; valid are en.",
    ),
    "no language tag": (
        (("prevailing_language: zh", "languages: [zh, ¦English]\nprevailing_language: zh"),),
        "English is no language tag, such as en, zh, de or pt-BR.",
    ),
    "empty text": ((("{en: Chief, zh: 主管}", '{en: Chief, zh: ¦" "}'),), "This text is empty."),
    "unknown key": (
        (("deputies: [helper]", "¦deputy: [helper]"),),
        "The key deputy means nothing here; the nearest valid one is deputies.",
    ),
    "quite unknown key": (
        (("deputies: [helper]", "¦xyz: [helper]"),),
        "The key xyz means nothing here; valid are clause, at, basis, title, deputies, outside, means.",
    ),
    "wrong schema": (
        (("schema: incidentsim/playbook/1", "schema: ¦incidentsim/playbook/2"),),
        "incidentsim/playbook/2 is not valid here; the nearest valid one is incidentsim/playbook/1.",
    ),
    "wrong word": (
        (("unit: percent", "unit: ¦percentage"),),
        "percentage is not valid here; the nearest valid one is percent.",
    ),
    "no id": ((("id: tiny", "id: ¦Tiny Procedure"),), "Tiny Procedure is not an id: lower-case letters"),
    "no duration": ((("takes: 1h", "takes: ¦an hour"),), "an hour is not a duration; write it like 90s, 15m"),
    "duration out of order": (
        (("takes: 1h", "takes: ¦5m 1h"),),
        "5m 1h is not a duration: the larger unit stands first",
    ),
    "duration beyond all": ((("takes: 1h", "takes: ¦99999d"),), "and it is at most a hundred years."),
    "text for a list": ((("by: [chief]", "by: ¦chief"),), "Expected a list, not the text chief."),
    "list for a text": ((('version: "1"', "version: ¦[1]"),), "Expected a text, not a list;"),
    "number for a text": ((('version: "1"', "version: ¦1"),), "Expected a text, not the number 1; put it in quotes"),
    "yes for true": ((("main: true", "main: ¦yes"),), "Expected true or false, not the text yes."),
    "number for a mapping": (
        (("phases:\n  open: {en: Open, zh: 进行中}", "phases: ¦3"),),
        "Expected a mapping (key: value), not the number 3.",
    ),
    "nothing for a mapping": (
        (("  open: {en: Open, zh: 进行中}", ""), ("phases:", "¦phases:")),
        "Expected a mapping (key: value), not nothing.",
    ),
    "one of two sorts": ((("from: hidden", "from: ¦3"),), "Expected a text or a list here, not the number 3."),
    "empty list": ((("members: [helper]", "members: ¦[]"),), "At least one is needed here."),
    "no condition": (
        ((CLOSE_NEEDS, "needs: ¦{track_is: blame}"),),
        "A condition has one of the keys all, any, not, track, level_at_least, role_is and happened.",
    ),
    "no field": (
        (("subject: person", "subject: ¦3"),),
        "A field is text, level, person, role, clock, statutory_level or clock_measures, a list of channels",
    ),
    "level that is no number": (
        (("within: {1: 5m, ungraded: 1h}", "within: {¦one: 5m, ungraded: 1h}"),),
        "one is not valid here; valid are ungraded.",
    ),
    "more severe by too much": ((("more_severe_by: 1", "more_severe_by: ¦9"),), "This is too large; 4 is the most."),
    "more severe by too little": ((("more_severe_by: 1", "more_severe_by: ¦0"),), "This is too small; 1 is the least."),
    "id that is too long": ((("id: tiny", "id: ¦" + "a" * 81),), "This is longer than 80 characters."),
}


def test_the_playbook_without_a_fault_has_no_problem(plant_in_playbook: Plant) -> None:
    assert plant_in_playbook(()) == ([], None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_at_its_place(plant_in_playbook: Plant, fault: str) -> None:
    edits, sentence = FAULTS[fault]
    problems, place = plant_in_playbook(edits)
    found = [problem for problem in problems if (problem.line, problem.column) == place]
    assert any(sentence in problem.message for problem in found), "\n".join(map(str, problems))


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_one_problem(plant_in_playbook: Plant, fault: str) -> None:
    """Nothing that only follows from a fault is reported beside it."""
    problems, _place = plant_in_playbook(FAULTS[fault][0])
    assert len(problems) == 1, "\n".join(map(str, problems))


def test_a_duty_whose_step_cannot_be_reached_is_one_that_nobody_can_settle(plant_in_playbook: Plant) -> None:
    problems, place = plant_in_playbook(
        (
            ("closed: {title", "lost: {title: {en: L, zh: 丢}, final: true}\n      closed: {title"),
            ("- do: close\n", a_step("find", "from: lost, to: lost, by: [lead]").strip() + "\n      - do: close\n"),
            (DUTY_SETTLED, "settled_by: ¦{do: find}"),
        )
    )
    assert [problem.message for problem in problems] == [
        "The state lost cannot be reached: no step leads to it from hidden.",
        "Nobody can settle the duty report-soon: no state from which find is taken can be reached.",
    ]
    assert (problems[1].line, problems[1].column) == place


def test_a_duty_whose_step_has_been_removed_is_one_that_nobody_can_settle(plant_in_playbook: Plant) -> None:
    problems, _place = plant_in_playbook((("- do: report\n", "- do: tell\n"), ("not_by_author_of: report\n", "\n")))
    assert [problem.path for problem in problems] == [
        "$.duties[0].when.not.happened.do",
        "$.duties[0].settled_by.do",
    ]


@pytest.mark.parametrize(
    "back",
    [
        "when: {not: {level_at_least: 2}}",
        "when: {all: [{track: main, in: [known]}, {not: {level_at_least: 2}}]}",
        "when: {track: main, in: [known]}",
        "when: {not: {track: main, in: [graded, closed]}}",
        "when_fact: {do: grade}",
    ],
)
def test_automatic_steps_that_wait_for_different_things_are_no_circle(plant_in_playbook: Plant, back: str) -> None:
    problems, _place = plant_in_playbook(
        (
            (BLAME_ON, "when: {all: [{level_at_least: 1}, {track: main, in: [graded]}]}"),
            (SETTLE, f"from: opened\n        to: none\n        {back}"),
            ("settled: {title: {en: Settled, zh: 已结束}, final: true}", ""),
            ("in: [none, settled]", "in: [none]"),
            ("        takes: 1h\n", ""),
        )
    )
    assert problems == []


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("when: {level_at_least: 1}", "when: {level_at_least: 2}"),
        ("when: {level_at_least: 1}", "when: {happened: {do: report}}"),
        ("when_fact: {do: settle}", "when_fact: {do: open_blame}"),
        ("when_fact: {track: blame, state: none}", "when: {level_at_least: 1}"),
        ("when_fact: {fact: escalated, to: chief}", "when_fact: {fact: escalated}"),
    ],
)
def test_automatic_steps_that_bring_each_other_about_are_a_circle(
    plant_in_playbook: Plant, there: str, back: str
) -> None:
    problems, place = plant_in_playbook(
        (
            (BLAME_ON, there),
            ("- do: open_blame", "- ¦do: open_blame"),
            (SETTLE, f"from: opened\n        to: none\n        {back}"),
            ("settled: {title: {en: Settled, zh: 已结束}, final: true}", ""),
            ("in: [none, settled]", "in: [none]"),
            ("        takes: 1h\n", ""),
            (
                "    when: {any: [{level_at_least: 1}, {role_is: [team]}]}\n",
                "    when_fact: [{do: open_blame}, {do: settle}]\n",
            ),
        )
    )
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert "in a circle without anybody acting" in problems[0].message


def test_all_faults_are_found_at_once_in_the_order_of_the_file(plant_in_playbook: Plant) -> None:
    """Wrong names, a missing text, a missing basis, a dead end and an unknown key: one reading finds them all."""
    problems, _place = plant_in_playbook(
        (
            ("{en: Finder, zh: 发现人}", "{en: Finder}"),
            ("deputies: [helper]", "deputies: [helpr]"),
            ("  helper: {title: {en: Helper, zh: 组员}, basis: assumption}", "  helper: {title: {en: H, zh: 员}}"),
            ("closed: {title: {en: Closed, zh: 已关闭}, final: true}", "closed: {title: {en: Closed, zh: 已关闭}}"),
            ("takes: 1h", "takes: an hour"),
            ("channel: phone", "chanel: phone"),
        )
    )
    assert [problem.path for problem in problems] == [
        "$.roles.finder.title.zh",
        "$.roles.lead.deputies[0]",
        "$.roles.helper",
        "$.tracks.main.states.closed",
        "$.tracks.blame.steps[1].takes",
        "$.escalations[0].chanel",
    ]


def test_a_problem_reads_file_line_column_sentence_path(plant_in_playbook: Plant) -> None:
    problems, _place = plant_in_playbook((("deputies: [helper]", "deputies: [helpr]"),))
    assert str(problems[0]) == (
        "playbook.yaml:46:48: There is no role helpr; the nearest valid one is helper. ($.roles.lead.deputies[0])"
    )
