"""A comparison in words: every row has a verdict in words, its facts are on record, nothing is said twice."""

from dataclasses import replace
from functools import cache

import pytest

from incidentsim import messages
from incidentsim.domain.text import Language
from incidentsim.exercise.evaluation.beside.changes import Change
from incidentsim.exercise.evaluation.beside.errors import ErrorMark, Fate, Matter, Occasion
from incidentsim.exercise.evaluation.beside.team import TeamSign
from incidentsim.exports.text.beside import earlier_lines, sheet_lines
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.beside.plays import mark_words
from incidentsim.exports.wording.beside.sheets import MOST_FACTS, Part, Sheet, Tone, facts_told, with_numbers
from incidentsim.exports.wording.beside.verdicts import change_word, fate_word
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.service.comparing import PlaysBeside, RunsBeside
from tests.support.comparing import series

LAST = "run-0006"


@cache
def compared(run: str = LAST) -> tuple[RunsBeside, PlaysBeside]:
    service = series()
    now = service.comparing.evaluated(run)
    runs = service.comparing.earlier(run, now)
    assert runs.proposed is not None
    plays = service.comparing.forecast(run, now, 1)
    assert plays is not None
    return service.comparing.against(now, runs.proposed), plays


def sheets(language: Language) -> tuple[Sheet, Sheet]:
    messages.use(language)
    service = series()
    beside, plays = compared()
    runs = service.comparing.earlier(LAST, beside.now)
    return beside.sheet(runs, language), plays.sheet(language)


@pytest.fixture(autouse=True)
def _english_afterwards() -> object:
    yield
    messages.use("en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_judges_in_words_and_rests_on_facts_of_its_run(language: Language) -> None:
    beside, _plays = compared()
    for sheet in sheets(language):
        assert [section.part for section in sheet.sections] == list(Part)
        for section in sheet.sections:
            names = [row.name for row in section.rows]
            assert len(set(names)) == len(names)
            for row in section.rows:
                assert row.title
                assert row.verdict or section.part is Part.SHORT
                assert all(0 <= number < len(beside.now.view.facts) for number in row.facts)
                assert all(0 <= number < len(beside.then.view.facts) for number in row.facts_then)


def test_good_and_bad_are_said_by_words_alone() -> None:
    for sheet in sheets("en"):
        for section in sheet.sections[1:]:
            tones: dict[str, set[Tone]] = {}
            for row in section.rows:
                tones.setdefault(row.verdict, set()).add(row.tone)
            assert [verdict for verdict, seen in tones.items() if {Tone.GOOD, Tone.BAD} <= seen] == []


def test_both_languages_tell_the_same_rows() -> None:
    english, chinese = sheets("en"), sheets("zh")
    for one, other in zip(english, chinese, strict=True):
        for part in Part:
            assert [row.name for row in one.section(part).rows] == [row.name for row in other.section(part).rows]


def test_bots_stand_apart_behind_people() -> None:
    for sheet in sheets("en"):
        for section in sheet.sections[1:]:
            whose = [row.by_bots for row in section.rows]
            assert whose == sorted(whose)
            assert {row.group for row in section.rows if row.by_bots} <= {"Bots, told apart"}


def test_every_verdict_and_matter_has_words() -> None:
    assert len({change_word(change) for change in Change}) == len(Change)
    assert len({fate_word(fate) for fate in Fate}) == len(Fate)
    view = compared()[0].now.view
    teller = Narrator(Account(view.facts, view.playbook, view.scenario, "en"))
    words = {mark_words(teller, ErrorMark(matter, "leak", "x", by_bots=False)) for matter in Matter}
    assert len(words) == len(Matter)
    assert set(Occasion)
    assert set(TeamSign)


def test_of_very_many_facts_only_so_many_are_told() -> None:
    view = compared()[0].now.view
    teller = Narrator(Account(view.facts, view.playbook, view.scenario, "en"))
    told = facts_told(teller, range(len(view.facts)))
    assert len(told) == MOST_FACTS + 1
    assert told[-1] == ("", f"and {len(view.facts) - MOST_FACTS} more")
    assert facts_told(teller, [len(view.facts) + 1]) == []
    assert with_numbers("so", range(20)).endswith("#7 …")


def test_as_lines_what_is_alike_is_only_counted() -> None:
    service = series()
    now = service.comparing.evaluated(LAST)
    runs = service.comparing.earlier(LAST, now)
    listed = "\n".join(earlier_lines(runs))
    assert "run-0004: hidden from lists: not compared" in listed
    sheet = sheets("en")[0]
    lines = "\n".join(sheet_lines(sheet))
    assert "the same: " not in lines
    alike = sum(row.same for row in sheet.section(Part.MEASURES).rows)
    assert f"{alike} more are alike." in lines


def test_that_a_coach_helped_in_one_run_is_said_where_the_runs_are_compared() -> None:
    beside, plays = compared()
    evaluation = beside.now.evaluation
    coached = replace(evaluation, in_short=replace(evaluation.in_short, coached=True))
    now = replace(beside.now, evaluation=coached)
    again = replace(beside, now=now, beside=replace(beside.beside, coached_now=True))
    service = series()
    sheet = again.sheet(service.comparing.earlier(LAST, now), "en")
    said = {row.name: row.values for row in sheet.section(Part.SHORT).rows}
    assert said["short/coached"] == "this time: coached, 0 hints; in the earlier run: not coached"
    told = {row.name: row.values for row in replace(plays, now=now).sheet("en").section(Part.SHORT).rows}
    assert told["short/coached"] == "coached, 0 hints"
    assert not [row for sheet in sheets("en") for row in sheet.section(Part.SHORT).rows if row.name == "short/coached"]
