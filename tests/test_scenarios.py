"""What the shipped scenarios must hold: they pass, they are good stories in both languages, and they have teeth.

Teeth means that a procedure that gets worse makes some scenario fail: its expectations hold because of the rules
and not whatever the rules are.
"""

import ipaddress
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any, Final

import pytest

from incidentsim.composition import service
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.conditions import ALWAYS, LevelAtLeast, TrackIs
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import EndsAtLevel, EndsIn, Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from tests.support import worsened
from tests.support.facts import acting, on_record
from tests.support.shipped import (
    NAMES,
    PATHS,
    PROCEDURES,
    facts_of,
    played,
    procedure,
    scenario,
    scenarios_of,
    without_script,
)
from tests.support.worsened import Worsening
from tests.update_digests import DIGESTS, outcome_digest

CJK: Final = re.compile(r"[\u4e00-\u9fff]")
KNOWN_NETWORKS: Final = [
    ipaddress.ip_network(network) for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]
"""The addresses that RFC 5737 and RFC 3849 set aside for examples."""

by_name = pytest.mark.parametrize("name", NAMES)
by_procedure = pytest.mark.parametrize("name", PROCEDURES)


class TestPlaying:
    @pytest.mark.parametrize("path", PATHS, ids=NAMES)
    def test_every_expectation_holds(self, path: Any) -> None:
        """Played through the service and put on record, as `replay` does it."""
        view = service(record=False).exercises.replay(path)
        assert [verdict.text for verdict in view.report.expectations if not verdict.holds] == []
        assert view.report.passed
        assert view.report.reason == "finished"

    @pytest.mark.parametrize("path", PATHS, ids=NAMES)
    def test_its_outcome_digest_is_the_golden_one(self, path: Any) -> None:
        """A change that moves one says why in CHANGELOG.md; `python -m tests.update_digests` writes the file anew."""
        assert outcome_digest(path) == json.loads(DIGESTS.read_text())[path.stem]

    def test_there_is_a_golden_digest_for_each(self) -> None:
        assert list(json.loads(DIGESTS.read_text())) == list(NAMES)

    @by_name
    def test_bots_alone_bring_it_to_rest(self, name: str) -> None:
        """Without its script the story still ends, in final states on every track, and nobody is refused."""
        subject = scenario(name)
        _facts, report = played(without_script(subject), CompiledPlaybook(procedure(subject.playbook)), bots=True)
        assert report.reason == "finished"
        assert report.refusals == 0

    @by_name
    def test_bots_that_know_their_trade_find_the_truth(self, name: str) -> None:
        """They confirm what is an incident, dismiss what is none, and grade as the thresholds have it."""
        subject = scenario(name)
        _facts, report = played(without_script(subject), CompiledPlaybook(procedure(subject.playbook)), bots=True)
        for incident in subject.incidents.values():
            assert report.level[incident.id] == incident.truth.level

    @by_name
    def test_bots_beside_the_script_do_no_harm(self, name: str) -> None:
        """The script is complete: what bots would add to it changes nothing that is expected."""
        subject = scenario(name)
        _facts, report = played(subject, CompiledPlaybook(procedure(subject.playbook)), bots=True)
        assert report.passed

    @by_name
    def test_refusals_are_meant(self, name: str) -> None:
        """Nobody acts before there is anything, in a state that is past, or while away: that would be a slip."""
        whys = {on_record(fact)["why"] for fact in facts_of(name) if fact.kind == FactKind.REFUSED}
        assert whys <= {"forbidden", "role", "role_not_held", "four_eyes", "content", "needs"}

    @by_name
    def test_nobody_acts_on_what_they_were_not_told(self, name: str) -> None:
        """Whoever takes the first step on an incident was reached by a message about it before."""
        told: dict[tuple[str, str], None] = {}
        met: set[str] = set()
        people = scenario(name).people.values()
        reached = {p.pseudonym: {p.pseudonym, *p.roles} for p in people}
        for fact in facts_of(name):
            if fact.incident is None:
                continue
            if fact.kind == FactKind.INJECT_DELIVERED:
                receivers = on_record(fact)["to"]
                assert isinstance(receivers, list)
                told |= {(fact.incident, str(one)): None for one in receivers}
            if fact.kind == FactKind.STEP_TAKEN and fact.incident not in met and (actor := acting(fact)) is not None:
                met.add(fact.incident)
                assert any((fact.incident, one) in told for one in reached[actor[0]])


class TestStories:
    @by_name
    def test_every_text_is_in_both_languages(self, name: str) -> None:
        """No Chinese in the English, none missing in the Chinese; and nothing is said in one language alone."""
        for path, en, zh in texts_of(name):
            assert not CJK.search(en), path
            assert CJK.search(zh), path
        assert scenario(name).languages == ("en", "zh")

    @by_name
    def test_what_people_write_is_in_both_languages(self, name: str) -> None:
        for scripted in raw(name)["script"]:
            for field, value in scripted.get("with", {}).items():
                if isinstance(value, str):  # a name of a choice, a channel or a person
                    assert re.fullmatch(r"[a-z0-9_-]+", value), (scripted["do"], field)

    @by_name
    def test_it_says_that_it_is_invented(self, name: str) -> None:
        assert "invented" in raw(name)["fiction"]["en"]
        assert "虚构" in raw(name)["fiction"]["zh"]
        assert "invented" in scenario(name).organisation.name.en
        assert "虚构" in scenario(name).organisation.name.zh

    @by_name
    def test_addresses_are_those_reserved_for_examples(self, name: str) -> None:
        """Domains end in .example (RFC 2606), addresses lie in the networks for documentation, phones are missing."""
        said = "\n".join(f"{en}\n{zh}" for _path, en, zh in texts_of(name))
        for address in re.findall(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", said):
            assert any(ipaddress.ip_address(address) in network for network in KNOWN_NETWORKS), address
        for domain in re.findall(r"\b(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|sg|my|example|test)\b", said):
            assert domain.endswith(".example"), domain
        assert not re.search(r"https?://|www\.|\+\d{6,}|\b1[3-9]\d{9}\b", said)

    @by_name
    def test_the_truth_is_measured(self, name: str) -> None:
        """An incident says why it has its level (the reader checks that it is so); what is none has no level."""
        for incident in scenario(name).incidents.values():
            assert bool(incident.truth.why) == incident.truth.incident == (incident.truth.level is not None)

    @by_name
    def test_it_expects_where_everything_ends(self, name: str) -> None:
        """The main track and the level of each incident, and how often it comes to refusal, lateness, escalation."""
        subject = scenario(name)
        main = procedure(subject.playbook).main_track.id
        expected = [expectation.expected for expectation in subject.expectations]
        for incident in subject.incidents:
            assert any(isinstance(one, EndsIn) and (one.incident, one.track) == (incident, main) for one in expected)
            assert any(isinstance(one, EndsAtLevel) and one.incident == incident for one in expected)
        assert {"refusals", "breaches", "escalations"} <= {key for one in raw(name)["expect"] for key in one}

    def test_they_are_ways_enough(self) -> None:
        """What the project promises to show, each by some scenario; and more than one procedure."""
        ends = {(name, one.track, one.state) for name in NAMES for one in expected_ends(name)}
        assert ("false-alarm", "lifecycle", "dismissed") in ends
        assert ("number-masking-leak", "legality", "handed_to_judiciary") in ends
        assert {scenario(name).playbook for name in NAMES} == set(PROCEDURES)
        assert {1, 2, 3, 4, None} <= {i.truth.level for name in NAMES for i in scenario(name).incidents.values()}
        assert any(len(scenario(name).incidents) > 1 for name in NAMES)

    @by_procedure
    def test_together_they_take_every_step_of_the_procedure(self, name: str) -> None:
        """No rule about what people or the procedure do stands there without a story that needs it."""
        steps = {one.do for track in procedure(name).tracks.values() for one in track.steps}
        taken = {
            on_record(fact)["do"]
            for one in scenarios_of(name)
            for fact in facts_of(one.id)
            if fact.kind == FactKind.STEP_TAKEN
        }
        assert taken == steps


WORSENINGS: Final[dict[tuple[str, str], Worsening]] = {
    # false-alarm
    ("false-alarm", "the business may dismiss what is its own doing"): worsened.also_by("dismiss", "business_manager"),
    ("false-alarm", "a report by chat will do"): worsened.any_channel("report"),
    ("false-alarm", "nothing can be dismissed"): worsened.step("dismiss", sources=()),
    ("false-alarm", "oversteps stay among friends"): worsened.no_escalation("overstepped"),
    # voice-platform-fault
    ("voice-platform-fault", "every level goes to the board"): worsened.escalation(
        "gravest-to-board", when=LevelAtLeast(5)
    ),
    ("voice-platform-fault", "the leading group is not told"): worsened.no_escalation("to-leading-group"),
    ("voice-platform-fault", "every result has to be circulated"): worsened.step(
        "conclude_review", needs=TrackIs("notice_circular", ("done",))
    ),
    ("voice-platform-fault", "lawfulness need not be judged"): worsened.step("find_lawful", sources=()),
    # number-masking-leak
    ("number-masking-leak", "the author approves the report"): worsened.also_by("close", "security_administrator"),
    ("number-masking-leak", "the legal department hears nothing"): worsened.no_escalation("unlawful-to-legal"),
    ("number-masking-leak", "a crime stays in the house"): worsened.step("hand_to_judiciary", sources=()),
    ("number-masking-leak", "the CTO hears of the most severe only"): worsened.escalation(
        "grave-to-cto", when=LevelAtLeast(1)
    ),
    ("number-masking-leak", "customers need not be told"): worsened.no_step("fall_due_customers"),
    ("number-masking-leak", "nobody is asked to keep evidence"): lambda book: replace(
        book, duties={name: duty for name, duty in book.duties.items() if name != "retain-evidence"}
    ),
    # concealed-outage
    ("concealed-outage", "concealing has no consequence"): worsened.no_step("open_for_concealment"),
    ("concealed-outage", "closed with the blame still open"): worsened.step(
        "close", needs=TrackIs("legality", ("lawful", "evidence_retained", "handed_to_judiciary"))
    ),
    ("concealed-outage", "supervision is not told of blocking"): worsened.escalation(
        "obstructed", to=("leading_group_head",)
    ),
    ("concealed-outage", "audit is not told of concealing"): worsened.escalation(
        "concealed", to=("leading_group_head", "supervision_department")
    ),
    ("concealed-outage", "an hour to report"): worsened.time_allowed("report-at-once", 4),
    ("concealed-outage", "a proposal is as good as a decision"): worsened.step("return_proposal", sources=()),
    # sms-account-hijack
    ("sms-account-hijack", "the board is spared"): worsened.no_escalation("gravest-to-board"),
    ("sms-account-hijack", "resolved without a service"): worsened.step("resolve", needs=ALWAYS),
    ("sms-account-hijack", "reopened and nothing begins anew"): worsened.no_step("start_again"),
    ("sms-account-hijack", "a finding stands for ever"): worsened.step("revise_finding", sources=()),
    ("sms-account-hijack", "the head signs or nothing"): worsened.step("return_report", sources=()),
    ("sms-account-hijack", "a level once given stays"): worsened.step("regrade", sources=()),
    ("sms-account-hijack", "hours to tell the leading group"): worsened.time_allowed("report-to-leading-group", 5),
    # two-fires
    ("two-fires", "two eyes are enough to close"): worsened.step("close", not_by_author_of=()),
    ("two-fires", "two eyes are enough in law"): worsened.step("confirm_unlawful", not_by_author_of=()),
    ("two-fires", "nobody stands in for the sick head"): worsened.no_deputies("leading_group_head"),
    ("two-fires", "nobody stands in after six"): worsened.no_deputies("security_administrator"),
    ("two-fires", "a late report is just late"): worsened.no_step("open_for_omission"),
    ("two-fires", "level 3 gets the CTO out of bed"): worsened.escalation("major-to-cto", hours=None),
    ("two-fires", "overstepping at night is nobody's business"): worsened.no_step("open_for_overstepping"),
    # site-cameras
    ("site-cameras", "revenge has no consequence"): worsened.no_step("open_for_retaliation"),
    ("site-cameras", "interfering has no consequence"): worsened.no_step("open_for_obstruction"),
    ("site-cameras", "audit is not told of revenge"): worsened.escalation("retaliated", to=("supervision_department",)),
    ("site-cameras", "one case a lifetime"): worsened.step("open_for_retaliation", sources=("none",)),
    # new-year-silence
    ("new-year-silence", "one kind of evidence will do"): worsened.fewer_choices("retain_evidence"),
    ("new-year-silence", "reviewed before it is circulated"): worsened.step("conclude_review", needs=ALWAYS),
    ("new-year-silence", "lateness does not reach the board"): worsened.no_escalation("late-and-gravest"),
    ("new-year-silence", "nobody asks why the head is silent"): worsened.no_escalation("head-still-late"),
    ("new-year-silence", "a telephone that gives up"): worsened.escalation("team-silent-at-night", hours="working"),
    ("new-year-silence", "lateness is told whoever is late"): worsened.escalation("group-still-late", owed_by=()),
    ("new-year-silence", "a week to hand over a crime"): worsened.time_allowed("hand-over-crime", 7),
    # ransomware-at-dawn
    ("ransomware-at-dawn", "clean up, then collect"): worsened.step(
        "eradicate", needs=TrackIs("command", ("in_command",))
    ),
    ("ransomware-at-dawn", "nobody calls the command post"): worsened.no_escalation("call-out"),
    ("ransomware-at-dawn", "freelancing is not asked about"): worsened.no_step("question_freelancing"),
    ("ransomware-at-dawn", "no way back from recovery"): worsened.step("fall_back", sources=()),
    ("ransomware-at-dawn", "data exposed, nobody outside to tell"): worsened.no_step("fall_due_authorities"),
    # six-people-many-hats
    ("six-people-many-hats", "the collector vouches for it"): worsened.step("seal_evidence", not_by_author_of=()),
    ("six-people-many-hats", "the author clears it"): worsened.step("clear_statement", not_by_author_of=()),
    ("six-people-many-hats", "the restorer confirms it"): worsened.step("confirm_normal", not_by_author_of=()),
    ("six-people-many-hats", "command goes to oneself"): worsened.step("accept_command", not_by_author_of=()),
    ("six-people-many-hats", "work without a commander"): worsened.step("contain", needs=ALWAYS),
    ("six-people-many-hats", "whoever oversteps is not asked"): worsened.no_step("question_overstepping"),
    ("six-people-many-hats", "anybody declares"): worsened.also_by("declare", "service_owner"),
    ("six-people-many-hats", "spoilt evidence stays sealed"): worsened.no_step("doubt_evidence"),
}
"""What a scenario has to notice, by the scenario and what somebody changed for the worse."""

UNTRIED: Final = {
    # Nobody comes near these: the other tracks bar the way before.
    "handling.eradicate",
    "handling.recover",
    "response.start_recovery",
    "response.restore",
    "response.fall_back",
    "command.hand_over_command",
    # No story holds an attempt.
    "evidence.collect_evidence",
    "evidence.waive_evidence",
    "analysis.begin_analysis",
    "analysis.reconsider_cause",
    "publicity.plan_statement",
    "publicity.correct_statement",
    "legality.overrule_suspicion",
    "accountability.decide_penalty",
    # Late in the only story that has it.
    "duties.collect-anew",
}
"""Rules that may be spoilt without any shipped scenario noticing."""


class TestTeeth:
    def test_every_scenario_has_some(self) -> None:
        assert {name for name, _what in WORSENINGS} == set(NAMES)

    @pytest.mark.parametrize(("name", "what"), WORSENINGS, ids=[f"{name}: {what}" for name, what in WORSENINGS])
    def test_a_worse_procedure_fails_the_scenario(self, name: str, what: str) -> None:
        subject = scenario(name)
        book = procedure(subject.playbook)
        worse = WORSENINGS[name, what](book)
        assert worse != book
        _facts, report = played(subject, CompiledPlaybook(worse))
        assert not report.passed

    @by_name
    def test_doing_nothing_fails_the_scenario(self, name: str) -> None:
        subject = scenario(name)
        _facts, report = played(without_script(subject), CompiledPlaybook(procedure(subject.playbook)))
        assert not report.passed

    @pytest.mark.parametrize(
        "each",
        [
            worsened.each_escalation_gone,
            worsened.each_receiver_forgotten,
            worsened.each_lateness_borne,
            worsened.each_duty_gone,
            worsened.each_duty_slack,
            worsened.each_duty_hasty,
            worsened.each_consequence_gone,
            worsened.each_way_blocked,
            worsened.each_four_eyes_gone,
            worsened.each_need_gone,
        ],
    )
    @pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.slow), 8], ids=["all", "one of eight"])
    @by_procedure
    def test_no_rule_can_be_spoilt_unnoticed(
        self, name: str, every: int, each: Callable[[Playbook], Iterator[tuple[str, Playbook]]]
    ) -> None:
        """Rule by rule: without it, some shipped scenario fails.

        What several rules ask for at once is told once, and told without one of them just the same.
        """
        excused = UNTRIED | told_together(name)
        tried = islice(each(procedure(name)), 0, None, every)
        spoilt = ((rule, CompiledPlaybook(worse)) for rule, worse in tried if rule not in excused)
        unnoticed = [
            rule
            for rule, compiled in spoilt
            if all(played(subject, compiled)[1].passed for subject in likeliest_first(name, rule))
        ]
        assert unnoticed == []

    @by_procedure
    def test_every_escalation_rule_fires_in_some_story(self, name: str) -> None:
        fired = {rule for one in scenarios_of(name) for fact in facts_of(one.id) for rule in rules_of(fact)}
        late = {f"escalations.late-{duty}" for duty in procedure(name).duties}
        assert {rule.rule for rule in procedure(name).escalations} - late <= fired


def likeliest_first(procedure_name: str, rule: str) -> list[Scenario]:
    """The scenarios of a procedure, first those in whose facts the rule or step is named: they will miss it."""
    name = rule.partition(" to ")[0]
    return sorted(scenarios_of(procedure_name), key=lambda subject: name not in words_of(subject.id))


@cache
def words_of(name: str) -> set[str]:
    """Every plain value in the facts of the shipped scenario's own script."""
    return {value for fact in facts_of(name) for value in on_record(fact).values() if isinstance(value, str)}


def rules_of(fact: Fact) -> list[str]:
    """The rules that asked for an escalation."""
    also = on_record(fact).get("also")
    return [on_record(fact)["rule"], *map(str, also)] if isinstance(also, list) else []


def told_together(name: str) -> set[str]:
    """The rules, and the receivers of rules, that in some story are told in one message with other rules."""
    together = [fact for one in scenarios_of(name) for fact in facts_of(one.id) if len(rules_of(fact)) > 1]
    return {
        address
        for fact in together
        for rule in rules_of(fact)
        for address in (rule, f"{rule} to {on_record(fact)['to']}")
    }


def raw(name: str) -> dict[str, Any]:
    """The scenario file as plain data."""
    path = next(path for path in PATHS if path.stem == name)
    value: dict[str, Any] = read_yaml(path.read_bytes(), str(path)).value
    return value


def texts_of(name: str) -> Iterator[tuple[str, str, str]]:
    """Every text of the file: where it stands, and what it says in either language."""

    def walk(value: Any, path: str) -> Iterator[tuple[str, str, str]]:
        if isinstance(value, dict):
            if {"en", "zh"} & set(value):
                # An objective names its tests, and whether participants may read it, beside.
                assert set(value) - {"tested_by", "for_participants"} == {"en", "zh"}, path
                english, chinese = value["en"], value["zh"]
                if isinstance(english, dict):  # a file for readers of each language
                    english, chinese = (
                        (PATHS[0].parent / file["file"]).read_text("utf-8") for file in (english, chinese)
                    )
                yield path, english, chinese
                return
            for key, held in value.items():
                yield from walk(held, f"{path}.{key}")
        elif isinstance(value, list):
            for index, held in enumerate(value):
                yield from walk(held, f"{path}[{index}]")

    return walk(raw(name), "$")


def expected_ends(name: str) -> list[EndsIn]:
    return [one.expected for one in scenario(name).expectations if isinstance(one.expected, EndsIn)]
