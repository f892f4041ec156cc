"""An archetype is read strictly: every problem at once, each at its place, in a sentence."""

import pytest

from incidentsim.generation.archetype import Archetype
from tests.generation.conftest import Plant

FAULTS = {
    "an unknown slot": (
        ('{en: "What $replica gave away"', '{en: ¦"What $replika gave away"'),
        "There is no slot replika; the nearest valid one is replica.",
    ),
    "a slot in one language only": (
        ('body: {en: "$paper asks."', 'body: {en: ¦"$paper asks $city."'),
        "The slot city stands in one language only",
    ),
    "an unknown form": (
        ('"$paper asks."', '¦"$paper.full asks."'),
        "paper has no form full; valid are domain.",
    ),
    "a choice in a text": (('"$paper asks."', '¦"$paper asks $cause."'), "cause is a variation point"),
    "a slot that is not always there": (
        ("en: Nobody broke in., zh: 没有人入侵。", 'en: ¦"$first left", zh: "${first}"'),
        "There is no $first where",
    ),
    "a person who is not always there": (
        ("en: Nobody broke in., zh: 没有人入侵。", 'en: ¦"$suspect left", zh: "${suspect}"'),
        "There is no suspect where cause: api.",
    ),
    "now where the time is not known": (('"$paper asks."', '¦"$paper asks at $now."'), "$now says nothing here"),
    "a lonely dollar sign": (("en: It was a test.,", "en: ¦It was a 5 $ test.,"), "write $$"),
    "an unknown person": (("    to: [netadmin]", "    to: [¦netadmi]"), "There is no role, body or person netadmi"),
    "an unknown role": (("roles: [discoverer]", "roles: [¦discoverers]"), "the nearest valid one is discoverer"),
    "an unknown channel": (("channel: press", "channel: ¦pres"), "There is no channel pres"),
    "an unknown step": (("expects: [discover, report]", "expects: [¦diskover, report]"), "There is no step diskover"),
    "an unknown step to wait for": (
        ("when_fact: {do: confirm}", "when_fact: {do: ¦confim}"),
        "There is no step confim",
    ),
    "an unknown measure": (("measure: users_affected,", "measure: ¦users_afected,"), "There is no measure"),
    "an unknown flag": (("{crime: {when", "{¦crimes: {when"), "There is no answer"),
    "an unknown circumstance": (("suspected_crime", "¦suspected_crimes"), "There is no circumstance"),
    "a level the playbook does not have": (("levels: [1, 2, 3, 4]", "levels: [1, 2, 3, 4, ¦9]"), "There is no level 9"),
    "a technique of another shape": (
        ("attack: [T1078,", "attack: [¦T178,"),
        "T178 is not the id of an ATT&CK technique",
    ),
    "an unknown kind of company": (("{company: newspaper}", "{company: ¦newspapers}"), "There is no kind of company"),
    "a choice that is never drawn": (
        ("when: {level: [2, 3, 4]}}", "when: {level: [7]}}"),
        "There is no value of level 7",
    ),
    "a when about nothing": (
        ("    when: {cause: [api]}\n", "    when: {¦couse: [api]}\n"),
        "There is no thing that is drawn",
    ),
    "a when with an unknown option": (
        ("    when: {cause: [api]}\n", "    when: {cause: [¦apy]}\n"),
        "There is no value of cause apy; the nearest valid one is api.",
    ),
    "an objective tested by nothing known": (("tested_by: [probe, ", "tested_by: [¦prob, "), "no inject prob"),
    "an objective nothing is sure to test": (
        ("tested_by: [probe, probe-true, probe-light, late]", "¦tested_by: [late]"),
        "None of these is sure to come where",
    ),
    "a correction of nothing": (("corrects: denial", "corrects: ¦denail"), "no red herring or contradiction denail"),
    "false evidence that nobody corrects": (
        ("    corrects: rumour\n", ""),
        "Nothing that corrects rumour shows incident anew",
    ),
    "noise that shows something": (
        (
            "    channel: chat\n    texts: [{body: {en: An umbrella",
            "    channel: chat\n    ¦shows: {incident: true}\n    texts: [{body: {en: An umbrella",
        ),
        "What belongs to no incident shows nothing about it.",
    ),
    "two ways to come": (
        ("    when_fact: {do: confirm}\n", "    ¦when_fact: {do: confirm}\n    at: 3m\n"),
        "at is given already",
    ),
    "nothing that raises the incident": (
        ("when: {difficulty: [1, 2]}", "when: {difficulty: [1]}"),
        "One inject raises the incident, not 0; it is so where",
    ),
    "two that make the level": (
        ("{measure: users_affected, share: [45, 60], of: personal_records}", "{measure: users_affected, makes: level}"),
        "personal_records and users_affected both make the level.",
    ),
    "a level that cannot be made": (
        ("levels: [1, 2, 3, 4]", "levels: [1, 2, 3, 4, 5]"),
        "No value of personal_records makes level 5",
    ),
    "an estimate that cannot be lighter": (
        ("when: {difficulty: [3, 4, 5], level: [4]}", "when: {difficulty: [3, 4, 5], level: [3]}"),
        "One inject raises the incident",
    ),
    "a slot that rests on itself": (
        ("from_time: {moment: {before: start,", "¦from_time: {moment: {before: to_time,"),
        "from_time rests on itself.",
    ),
    "a slot of two kinds": (("{host: db-rep}", "{host: db-rep, number: [3, 4]}"), "A slot is of one kind"),
    "a name that is taken": (
        ("  house: {phone: extension}", "  ¦org: {phone: extension}"),
        "org has a meaning already.",
    ),
    "an alternative of no option": (("      api: {pick: [{en: the open", "      ¦apis: {pick: [{en: the open"), "apis"),
    "an unknown key": (("    part: spread\n", "    part: spread\n    ¦parts: x\n"), "The key parts means nothing here"),
    "a text in one language": (
        ("title: {en: A small leak, zh: 小泄露}", "¦title: {en: A small leak}"),
        "The text in Chinese is missing.",
    ),
    "an id of the common noise": (("  - id: umbrella", "  - id: ¦everyday-rain"), "those of the common noise"),
}


def test_an_archetype_with_one_of_everything_is_read(tiny: Archetype) -> None:
    assert tiny.id == "tiny-leak"
    assert tiny.usual_level == 2


@pytest.mark.parametrize(("edit", "message"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found_at_its_place(edit: tuple[str, str], message: str, plant: Plant) -> None:
    problems, place = plant(edit)
    found = [problem for problem in problems if message in problem.message]
    assert found, [str(problem) for problem in problems]
    if place is not None:
        assert place in [(problem.line, problem.column) for problem in found], [str(problem) for problem in found]


def test_all_problems_are_told_at_once(plant: Plant) -> None:
    edits = [FAULTS[name][0] for name in ("an unknown circumstance", "an unknown channel", "an unknown step")]
    problems, _place = plant(*((old, new.replace("¦", "")) for old, new in edits))
    assert len(problems) == 3
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_a_file_that_is_no_yaml_is_refused(plant: Plant) -> None:
    problems, _place = plant(("levels: [1, 2, 3, 4]", "levels: [1, 2"))
    assert len(problems) == 1
    assert "This is not YAML" in problems[0].message
