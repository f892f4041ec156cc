"""The section on regulatory deadlines: every time with its scope and its anchor, in both languages."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from incidentsim import messages
from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.clocks import Scope
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.exports.text.clock_table import clock_table, clocks_json, state_word
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.plain_text import COLUMNS, width
from tests.support.shipped import facts_of, procedure, scenario

NAMES = ("number-masking-leak", "new-year-silence", "ransomware-at-dawn", "six-people-many-hats", "sms-account-hijack")
each_story = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(autouse=True)
def language_again() -> Iterator[None]:
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


def shown(subject: Scenario, name: str, language: Language = "en") -> list[str]:
    messages.use(language)
    facts = facts_of(name)
    account = Account(facts, procedure(subject.playbook), subject, language)
    return clock_table(account, clocks_of(shipped_packs(), subject, facts), shipped_packs(), facts[-1].at)


def block(lines: list[str], clock: str) -> str:
    """What is said of one clock, in one line."""
    (start,) = [n for n, line in enumerate(lines) if f"  {clock}  " in line]
    end = next(n for n in range(start, len(lines)) if not lines[n])
    return " ".join(line.strip() for line in lines[start:end])


def test_a_leak_that_is_general_by_law_needs_no_report_to_the_cyberspace_administration() -> None:
    lines = shown(scenario("number-masking-leak"), "number-masking-leak")
    assert block(lines, "cn-cac-other-initial").startswith("not called for")
    assert "below relatively major" in block(lines, "cn-cac-other-initial")


def test_what_has_no_number_shows_a_target_that_is_said_to_be_ours() -> None:
    lines = shown(scenario("number-masking-leak"), "number-masking-leak")
    told = block(lines, "cn-dsl-29")
    assert told.startswith("internal target only")
    assert "Our internal target, not a legal deadline" in told
    assert "late" not in told
    assert block(lines, "cn-pipl-57").startswith("filed")


def test_a_filing_after_the_hours_is_late_and_says_from_what_they_were_counted() -> None:
    told = block(shown(scenario("new-year-silence"), "new-year-silence"), "in-certin-6h")
    assert told.startswith("filed LATE")
    assert "2023-01-22T09:00:00+05:30" not in told
    assert "counted from becoming aware" in told
    assert "Scope: India." in told
    assert "Asia/Kolkata" in told


def test_what_is_disabled_or_not_in_force_says_so() -> None:
    lines = shown(scenario("number-masking-leak"), "number-masking-leak")
    assert block(lines, "cn-miit-2017-summary").startswith("disabled, not verified")
    old = shown(scenario("sms-account-hijack"), "sms-account-hijack")
    assert block(old, "cn-cac-other-initial").startswith("not in force")


@each_story
def test_what_does_not_concern_the_organisation_is_one_line(name: str) -> None:
    lines = shown(scenario(name), name)
    assert not [line for line in lines if state_word(ClockState.NOT_APPLICABLE) in line]
    assert len([line for line in lines if "more clocks do not concern the organisation" in line]) == len(
        clocks_of(shipped_packs(), scenario(name), facts_of(name))
    )


@each_story
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_fits_the_page_in_both_languages(name: str, language: Language) -> None:
    lines = shown(scenario(name), name, language)
    assert all(width(line) <= COLUMNS for line in lines)
    assert not any("{" in line for line in lines)
    assert language == "en" or sum("\u4e00" <= letter <= "\u9fff" for letter in "".join(lines)) > 200


def test_without_a_scope_there_is_nothing_to_reckon() -> None:
    subject = scenario("number-masking-leak")
    bare = replace(subject, organisation=replace(subject.organisation, scope=None))
    assert shown(bare, "number-masking-leak") == [
        "The organisation declares no scope, so no regulatory deadline can be calculated."
    ]


def test_what_is_not_declared_is_named() -> None:
    subject = scenario("number-masking-leak")
    open_scope = replace(subject.organisation, scope=Scope(("CN",), {"cn_operator": "other_network_operator"}))
    told = block(shown(replace(subject, organisation=open_scope), "number-masking-leak"), "cn-pipl-57")
    assert told.startswith("scope not declared")
    assert "Processes personal information in China" in told


@each_story
def test_in_json_a_time_stands_beside_its_scope_and_anchor_or_not_at_all(name: str) -> None:
    subject, facts = scenario(name), facts_of(name)
    found = json.loads(json.dumps(dict(clocks_json(clocks_of(shipped_packs(), subject, facts), shipped_packs()))))
    seen = set()
    for clocks in found.values():
        assert len(clocks) == sum(len(pack.clocks) for pack in shipped_packs())
        for clock in clocks:
            seen.add(clock["state"])
            timed = {"due", "internal_target"} & set(clock)
            assert len(timed) == int({"scope", "anchor"} <= set(clock))
            assert not ("internal_target" in clock and clock["state"] in {"overdue", "filed_late"})
    assert len(seen) > 2
