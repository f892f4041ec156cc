"""A forecast as text and as JSON."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exercise.forecast.shapes import Mistake, Preview, Spread
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE
from incidentsim.exports.as_json.forecast import preview_json
from incidentsim.exports.as_json.run import dumps
from incidentsim.exports.preparation.debriefing import questions
from incidentsim.exports.preparation.forecast import forecast_lines
from incidentsim.exports.preparation.forecast_timeline import MARKS, Axis, timeline_lines
from incidentsim.exports.preparation.forecast_words import percent, spread_words, table
from incidentsim.exports.preparation.guide import guide
from incidentsim.exports.wording.beside.bots import short
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import spoken
from tests.support.forecasts import leak, played
from tests.support.papers import markdown
from tests.support.shipped import NAMES, procedure, scenario


def names(preview: Preview) -> Names:
    return Names(preview.playbook, preview.scenario, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_eighty_columns(name: str, language: Language) -> None:
    subject = scenario(name)
    lines = forecast_lines(Preview(procedure(subject.playbook), subject, played(name)), language)
    assert [line for line in lines if width(line) > 80] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_parts_of_a_forecast_stand_under_their_titles() -> None:
    lines = forecast_lines(leak(), "en")
    for title in (
        "How long it takes",
        "Which way it goes",
        "Timeline",
        "Duties",
        "Most likely mistakes",
        "Injects that come rarely or never",
        "Who has how much to do, in a play",
    ):
        assert lines.count(title) == 1
    text = "\n".join(lines)
    assert "3 of 4 plays by novices (30) reached a final state" in text
    assert "estimate that assumes 180" in text
    assert "75%      0%         0%       Late: Report immediately" in text
    assert "50%      25%        0%       First grading too mild" in text
    assert "0%     regulator-asks  The regulator asks by phone" in text
    assert "more roles have nothing to do in most plays." in text


def test_nothing_to_tell_is_said() -> None:
    found = leak()
    bare = replace(found.forecast, duties=(), mistakes=(), loads=(), injects=())
    text = "\n".join(forecast_lines(replace(found, forecast=bare), "en"))
    assert "Nobody owed anything." in text
    assert "None in any play." in text
    assert "None: each comes in half of the plays or more." in text


def test_plays_that_never_come_to_rest_are_told() -> None:
    found = leak()
    stuck = tuple(replace(one, rested=0, duration=None) for one in found.forecast.outlooks)
    text = "\n".join(forecast_lines(replace(found, forecast=replace(found.forecast, outlooks=stuck)), "en"))
    assert "None of 4 plays by experts (100) reached a final state." in text


def test_hostile_names_act_on_no_terminal() -> None:
    found = leak()
    subject = replace(found.scenario, title=Text("\x1b[2J\u202etitle", "标题"))
    lines = forecast_lines(replace(found, scenario=subject), "en")
    assert lines[0] == "␛[2J⟨U+202E⟩title"


def test_many_mistakes_are_counted() -> None:
    found = leak()
    many = tuple(Mistake("late", f"duty-{number}", None, 1, {30: 1, 65: 0, 100: 0}) for number in range(20))
    text = "\n".join(forecast_lines(replace(found, forecast=replace(found.forecast, mistakes=many)), "en"))
    assert "And 8 more, none more frequent." in text


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0m"),
        (59_999, "0m"),
        (45 * MINUTE, "45m"),
        (HOUR, "1h"),
        (90 * MINUTE, "1h 30m"),
        (DAY + 59 * MINUTE, "1d"),
        (3 * DAY + 21 * HOUR, "3d 21h"),
        (-14 * MINUTE, "-14m"),
    ],
)
def test_durations_are_short(length: int, words: str) -> None:
    assert short(length) == words


def test_shares_and_spreads() -> None:
    assert [percent(1, 3), percent(2, 3), percent(0, 4), percent(0, 0)] == ["33%", "67%", "0%", "–"]
    assert spread_words(Spread(1, 2, 3)) == "2 (1–3)"
    assert spread_words(Spread(2, 2, 2)) == "2"
    assert spread_words(None) == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_in_the_timeline_is_cut(language: Language) -> None:
    found = leak()
    with spoken(language):
        lines = timeline_lines(found, Names(found.playbook, found.scenario, language))
    told = re.sub(r"\s", "", "".join(line[:30] for line in lines))
    assert "…" not in told
    if language == "en":
        assert "Reportedtotheleadinggroup" in re.sub(r"[=>|-]", "", told)
    assert all(width(line) <= 80 for line in lines)


def test_a_table_wraps_its_last_column_under_itself() -> None:
    assert table([["a", "b"], ["ccc", "word " * 20]]) == [
        "  a    b",
        "  ccc  " + ("word " * 14).strip(),
        "       " + ("word " * 6).strip(),
    ]


@pytest.mark.parametrize("until", [0, MINUTE, 30 * MINUTE, 5 * HOUR, 13 * DAY, 240 * DAY, 4000 * DAY])
def test_columns_never_go_back_as_time_goes_on(until: int) -> None:
    axis = Axis(until, 50)
    columns = [axis.column(until * part // 500) for part in range(501)]
    assert columns == sorted(columns)
    assert columns[0] == 0
    assert columns[-1] <= 49
    assert width(axis.labels()) <= 50
    assert [axis.column(mark) for mark in axis.marks][-1] == 49


def test_every_mark_begins_a_stretch_of_the_same_width() -> None:
    axis = Axis(DAY, 81)
    places = [axis.column(mark) for mark in axis.marks]
    assert {after - before for before, after in pairwise(places)} == {10}
    assert list(MARKS) == sorted(MARKS)


def test_the_timeline_draws_states_and_duties() -> None:
    lines = timeline_lines(leak(), names(leak()))
    told = {line[2:28].strip(): line[30:] for line in lines}
    assert told["Not yet noticed"].startswith("=")
    assert told["Resolved"].strip() == ">"
    assert set(told["In handling"]) == {" ", "="}
    duty = told["Report immediately"]
    assert duty.strip().startswith("-")
    assert duty.endswith("|")
    assert "Dismissed as not an inciden" not in "\n".join(lines), "only novices came there"


def test_a_late_duty_is_drawn_beyond_its_due_time() -> None:
    found = leak()
    duty = found.forecast.duties[0]
    late = replace(duty.by[65], ends=Spread(*[3 * HOUR] * 3))
    forecast = replace(found.forecast, duties=(replace(duty, by={65: late}),))
    [row] = [
        line for line in timeline_lines(replace(found, forecast=forecast), names(found)) if "Report immediately" in line
    ]
    assert "|-" in row


def test_the_json_has_its_keys_and_survives_a_round_trip() -> None:
    found = json.loads(dumps(preview_json(leak())))
    assert set(found) == {
        "scenario",
        "playbook",
        "plays",
        "proficiencies",
        "assumptions",
        "outlook",
        "path",
        "duties",
        "mistakes",
        "injects",
        "roles",
    }
    assert found["proficiencies"] == [30, 65, 100]
    assert set(found["assumptions"]) == {"words_a_minute", "characters_a_minute", "minutes_a_decision"}
    assert set(found["outlook"][0]) == {
        "proficiency",
        "plays",
        "rested",
        "duration",
        "decisions",
        "refusals",
        "injects",
        "reading",
        "table",
        "duties",
    }
    assert found["path"][0] == {
        "incident": "leak",
        "state": "unnoticed",
        "plays": 12,
        "by": {
            level: {
                "plays": 4,
                "entered": {"low": 0, "median": 0, "high": 0},
                "left": {"low": 180_000, "median": 180_000, "high": 180_000},
            }
            for level in ("30", "65", "100")
        },
    }
    assert set(found["duties"][0]["by"]["65"]) == {
        "plays",
        "kept",
        "late",
        "missed",
        "begins",
        "ends",
        "due",
        "slack",
    }
    assert found["mistakes"][0] == {
        "kind": "late",
        "subject": "report-at-once",
        "why": None,
        "plays": 3,
        "by": {"30": 3, "65": 0, "100": 0},
    }
    assert {"inject": "regulator-asks", "plays": 0, "at": None} in found["injects"]
    assert set(found["roles"][0]) == {"role", "decisions", "injects", "escalations"}


def test_the_debriefing_asks_about_objectives_and_likely_mistakes_and_no_more_than_two_alike() -> None:
    found = leak()
    asked = questions(found, names(found))
    assert sum(one.startswith("Our objective was") for one in asked) == len(found.scenario.objectives)
    assert "Were we in time with “Report immediately”, and if not, what held us up?" in asked
    assert all(one.endswith("?") for one in asked)
    assert "Which figures decide on the level, and when did we have them?" in asked
    late = tuple(Mistake("late", name, None, 1, {30: 1, 65: 0, 100: 0}) for name in found.playbook.duties)
    asked = questions(replace(found, forecast=replace(found.forecast, mistakes=late)), names(found))
    assert sum(one.startswith("Were we in time") for one in asked) == 2


def test_the_guide_holds_the_whole_truth_and_says_so() -> None:
    found = leak()
    page = markdown(guide(found, "en"))
    assert page.index("this guide holds the ground truth") < page.index("## Purpose")
    assert page.index("## Injects, in order") < page.index("## Ground truth, for the facilitator only")
    truth = found.scenario.incidents["leak"].truth
    assert truth.scope is not None
    assert truth.scope.en in page
    for one in found.scenario.injects:
        assert one.subject is not None
        assert one.subject.en in page
    assert "Who reads alerts at night?" in page
    assert "nobody: away all the time" in page
    assert "**Expected action**: Discover the incident, Report to the response team" in page


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_cause_is_told_in_words(name: str) -> None:
    for incident in scenario(name).incidents.values():
        cause = incident.truth.root_cause
        assert cause is not None
        assert cause.en.endswith(".")
        assert cause.zh.endswith("。")


def test_the_guide_says_what_caused_it_in_words_and_by_name_only_where_there_are_none() -> None:
    found = leak()
    assert "- **Cause**: An outsourced operator exported the table" in markdown(guide(found, "en"))
    incident = found.scenario.incidents["leak"]
    nameless = replace(incident, truth=replace(incident.truth, root_cause=None))
    bare = replace(found, scenario=replace(found.scenario, incidents={"leak": nameless}))
    assert "- **Cause**: insider export\n" in markdown(guide(bare, "en"))


def test_the_guide_says_when_people_are_away() -> None:
    found = leak()
    lin = replace(found.scenario.people["lin"], away=((13 * 60, 14 * 60),))
    people = {**found.scenario.people, "lin": lin}
    page = markdown(guide(replace(found, scenario=replace(found.scenario, people=people)), "en"))
    assert "| a participant; away daily 13:00–14:00 |" in page
