"""Every kind of fact reads as a sentence: who, what, by which clause, and why not."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.facts import FACT_FIELDS, RefusalReason
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.sentences import marked_sentence, sentence

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

MINUTE = 60_000

Tell = Callable[..., str]


@pytest.fixture
def told(account: "MakeAccount", fact: "MakeFact") -> Tell:
    """Tells one fact in English."""

    def tell(kind: str, at: int = 0, **data: object) -> str:
        return sentence(Narrator(account(fact(kind, at, **data))), 0)

    return tell


@pytest.mark.parametrize("kind", FACT_FIELDS)
def test_every_kind_of_fact_has_its_sentence(kind: str, told: Tell) -> None:
    said = told(kind)
    assert "is on record" not in said
    assert "{" not in said
    assert kind not in said


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("exercise_started", {}, "The exercise “A tiny story” begins, by “Tiny rules”, version 7."),
        ("exercise_ended", {"reason": "finished"}, "The exercise ends: every incident has reached a final state."),
        (
            "exercise_ended",
            {"reason": "time_limit"},
            "The exercise ends because its time is over; something would still have happened.",
        ),
        ("exercise_ended", {"reason": "stalled"}, "The exercise ends unfinished: nobody does anything more."),
        ("inject_delivered", {}, "Phone to Lin Shu: “Alarm”"),
        (
            "inject_delivered",
            {"inject": "quiet", "to": ["p2", "p3"]},
            "Phone to Wu Ke, Mo Yan Li: “Nothing but a body.”",
        ),
        (
            "inject_delivered",
            {"inject": "quiet", "to": ["p1", "p2", "p3", "p1"]},
            "Phone to Team: “Nothing but a body.”",
        ),
        ("inject_withheld", {}, "“Alarm” does not come about: it was prevented in time."),
        ("incident_raised", {}, "From now on this can be noticed: The leak."),
        ("circumstance_arose", {}, "Established: It was hidden (Wu Ke)."),
        ("circumstance_arose", {"person": None}, "Established: It was hidden."),
        ("step_taken", {}, "Lin Shu (Finder): Tell the team. Course: now “Told”. [X1]"),
        (
            "step_taken",
            {"do": "note", "from": "told", "to": "told", "rule": "course.note"},
            "Lin Shu (Finder): Take a note. [X1]",
        ),
        (
            "step_taken",
            {"do": "fall_back", "from": "done", "to": "seen", "by": None, "rule": "course.fall_back"},
            "Triggered automatically: Falls back. Course: now “Seen”. [X1]",
        ),
        (
            "step_taken",
            {"by": {"person": "p1", "role": "boss", "as": "finder"}},
            "Lin Shu (Finder, standing in for: Boss): Tell the team. Course: now “Told”. [X1]",
        ),
        ("level_set", {}, "Graded: Level 1."),
        ("level_set", {"level": 1, "was": 2}, "Regraded upward: Level 1, was Level 2."),
        ("level_set", {"level": 2, "was": 1}, "Regraded downward: Level 2, was Level 1."),
        (
            "duty_opened",
            {},
            "Assigned to Finder, due by 00:00 on 2021-07-01 (in 10 minutes): Tell the team at once. [X1]",
        ),
        ("duty_opened", {"due": None}, "Assigned to Finder, without a time limit: Tell the team at once. [X1]"),
        ("duty_rescheduled", {}, "Is due by 23:55 now: Tell the team at once."),
        ("duty_rescheduled", {"due": None}, "Has no time limit any more: Tell the team at once."),
        ("duty_settled", {}, "Done in time: Tell the team at once."),
        ("duty_settled", {"late": True}, "Done, but late: Tell the team at once."),
        ("duty_dropped", {}, "No longer asked for: Tell the team at once."),
        (
            "escalation_planned",
            {},
            "Goes to Boss if it is not done by 23:55: Tell the team at once. [X1, assumption]",
        ),
        (
            "escalation_planned",
            {"duty": None, "number": None, "due": 12 * 60 * MINUTE},
            "Can wait, and goes to Boss at 11:50 on 2021-07-01: A late report goes to the boss. [X1, assumption]",
        ),
        (
            "escalation_dropped",
            {},
            "Nobody need hear of it any more: A late report goes to the boss. [X1, assumption]",
        ),
        ("escalated", {}, "ESCALATED to Boss (Wu Ke) by Phone: A late report goes to the boss. [X1, assumption]"),
        (
            "escalated",
            {"to": "team", "persons": [], "channel": None, "rule": "escalations.law", "clause": None},
            "ESCALATED to Team: By law. [Some Act, s. 9]",
        ),
        (
            "exercise_ended",
            {"reason": "stopped"},
            "The facilitator ends the exercise before every incident has reached a final state.",
        ),
        ("inject_moved", {}, "The facilitator lets “Alarm” come at 00:10 on 2021-07-01."),
        ("inject_moved", {"due": 0}, "The facilitator lets “Alarm” come now."),
        ("inject_skipped", {}, "The facilitator leaves “Alarm” out."),
        ("inject_added", {}, "The facilitator adds, for Team by Phone: “A call”"),
        ("inject_added", {"subject": {"text": " "}}, "The facilitator adds, for Team by Phone: “Who is there?”"),
        (
            "inject_added",
            {"subject": {"commitment": "x"}, "body": {"commitment": "x"}},
            "The facilitator adds, for Team by Phone: “(not in this copy)”",
        ),
        ("step_undone", {}, "UNDONE – #3 to #5 count no more: said in error"),
        ("step_undone", {"last": 3}, "UNDONE – #3 counts no more: said in error"),
        ("observed", {}, "Observed about #3: they hesitate"),
        ("observed", {"about": None}, "Observed: they hesitate"),
        ("observed", {"appraisal": "weakness"}, "Observed about #3: they hesitate (weakness)"),
        ("coaching_set", {}, "The coach helps from now on: Lin Shu."),
        ("coaching_set", {"people": []}, "The coach helps nobody from now on."),
        ("hint_given", {}, "Hint 2 of 3 (by which criterion) for Lin Shu: report"),
        (
            "hint_given",
            {"unasked": True, "step": "act"},
            "Hint 3 of 3 (what to do), given by the facilitator, for Lin Shu: report",
        ),
        ("player_seated", {}, "From +0:04 on, Anna sat in seat 1 and played Lin Shu."),
        ("player_seated", {"name": {"text": ""}}, "From +0:04 on, nobody sat in seat 1 (Lin Shu)."),
        ("rating_set", {}, "The facilitator rates “tell-them” S: too slow"),
        (
            "rating_set",
            {"reason": {"commitment": "sha256:00"}},
            "The facilitator rates “tell-them” S: (not in this copy)",
        ),
        ("improvement_set", {}, "Improvement item tell-them-1 – action: Write down whom to call; state: open"),
        (
            "improvement_set",
            {"owner": {"text": ""}, "due": "", "state": "done", "evidence": {"commitment": "x"}},
            (
                "Improvement item tell-them-1 – action: Write down whom to call; owner: nobody yet; due: no date; "
                "state: done; evidence: (not in this copy)"
            ),
        ),
        ("hotwash_answered", {}, "Hot wash, “What held you up?” Anna: “The list was old.”"),
        ("hotwash_answered", {"person": "p1"}, "Hot wash, “What held you up?” Anna (Lin Shu): “The list was old.”"),
        (
            "hotwash_answered",
            {"said_by": {"text": ""}},
            "Hot wash, “What held you up?” Answer: “The list was old.”",
        ),
        (
            "hotwash_answered",
            {"answer": {"text": " "}, "instead_of": 9},
            "Hot wash: the answer in #9 is taken back.",
        ),
        ("hotwash_voted", {}, "Hot wash: 3 votes for the strength “Quick report”"),
        ("hotwash_voted", {"votes": 1, "appraisal": "weakness"}, "Hot wash: 1 vote for the weakness “Quick report”"),
    ],
)
def test_facts_read_as_sentences(kind: str, data: dict[str, object], said: str, told: Tell) -> None:
    assert told(kind, **data) == said


def test_a_breach_says_until_when_there_was_time(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [fact("duty_opened"), fact("duty_rescheduled", 2 * MINUTE), fact("duty_breached", 5 * MINUTE)]
    said = sentence(Narrator(account(*facts)), 2)
    assert said == "OVERDUE – Finder had until 23:55: Tell the team at once. [X1]"


def test_what_was_undone_is_told_as_undone(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [fact("step_taken"), fact("observed", about=0), fact("step_undone", first=0, last=1)]
    told = [marked_sentence(Narrator(account(*facts)), number) for number in range(3)]
    assert told[0].startswith("undone: Lin Shu")
    assert told[1].startswith("Observed about #0")
    assert told[2].startswith("UNDONE")


def test_a_limit_that_was_undone_is_forgotten(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [
        fact("duty_opened"),
        fact("duty_rescheduled", 2 * MINUTE, due=3 * MINUTE),
        fact("step_undone", 2 * MINUTE, first=1, last=1),
        fact("duty_settled", 25 * MINUTE, late=True),
    ]
    assert sentence(Narrator(account(*facts)), 3) == "Done, 15 minutes late: Tell the team at once."


def test_what_a_facilitator_adds_is_told_with_its_body(account: "MakeAccount", fact: "MakeFact") -> None:
    assert Narrator(account(fact("inject_added"))).details(0) == [("", "Who is there?")]


def test_what_had_no_limit_is_not_said_to_be_in_time(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = (fact("duty_opened", due=None), fact("duty_settled", MINUTE))
    assert sentence(Narrator(account(*facts)), 1) == "Done, without a time limit: Tell the team at once."


def test_a_late_settlement_says_by_how_much(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [fact("duty_opened"), fact("duty_settled", 25 * MINUTE, late=True)]
    assert sentence(Narrator(account(*facts)), 1) == "Done, 15 minutes late: Tell the team at once."


REASONS = {
    "not_raised": ([], "Nothing of this incident can be noticed yet."),
    "forbidden": ([], "Nobody may do that, for whatever reason."),
    "role_not_held": (["finder"], "Lin Shu cannot act as Finder, but as: Finder."),
    "away": (["p2"], "Lin Shu is away. Until then it is for: Wu Ke."),
    "state": (["tell", "note"], "This step is not open in this state. Open steps: “Tell the team”, “Take a note”."),
    "role": (["boss", "team"], "That is not for: Finder. It is for: Boss, Team."),
    "four_eyes": (["p3"], "Whoever prepared it may not approve it. It could be done by: Mo Yan Li."),
    "content": (["nature", "kinds"], "These are missing or not as the procedure asks: nature, kinds."),
    "needs": (
        ["course:told", "course:done", "level:2", "fact:step_taken:note", "role:boss", "not:course:seen"],
        (
            "First this is needed: Course: Told or Done; graded Level 2 or more severe; “Take a note” must have been "
            "done; to be done by: Boss; not (Course: Seen)."
        ),
    ),
}


@pytest.mark.parametrize("why", RefusalReason)
def test_a_refusal_says_why_and_what_would_be_allowed(why: str, told: Tell) -> None:
    allowed, reason = REASONS[why]
    said = told("refused", why=why, allowed=allowed)
    assert said.startswith("REFUSED – Lin Shu (Finder): Settle it. ")
    assert said.endswith(f"{reason} [X1]")


@pytest.mark.parametrize("why", ["away", "state", "four_eyes"])
def test_a_refusal_says_so_when_nothing_would_be_allowed(why: str, told: Tell) -> None:
    said = told("refused", why=why, allowed=[])
    assert ": ." not in said
    assert said != told("refused", why=why, allowed=["p2"])


def test_a_forbidden_act_is_called_by_its_title(told: Tell) -> None:
    assert "Hide it." in told("refused", do="hide", why="forbidden", allowed=[])


def test_names_that_the_playbook_does_not_know_are_shown_as_they_are(told: Tell) -> None:
    said = told("step_taken", do="vanish", track="void", by={"person": "p99", "role": "ghost"}, rule="void.vanish")
    assert said == "p99 (ghost): vanish. void: now “told”. [X1]"


def test_titles_come_in_the_language_asked_for(account: "MakeAccount", fact: "MakeFact") -> None:
    said = sentence(Narrator(account(fact("step_taken"), language="zh")), 0)
    assert "林舒 (发现人): 报告小组" in said


def test_the_content_of_an_action_is_told_by_title_in_the_order_of_the_step(
    account: "MakeAccount", fact: "MakeFact"
) -> None:
    content = {
        "nature": {"text": {"en": "numbers", "zh": "号码"}},
        "kinds": ["logs", "films"],
        "channel": "email",
        "subject": "p2",
        "stray": "x",
    }
    taken = fact("step_taken", **{"with": content})
    assert Narrator(account(taken)).details(0) == [
        ("channel", "E-mail"),
        ("nature", "numbers"),
        ("kinds", "system logs, recordings"),
        ("person concerned", "Wu Ke"),
        ("stray", "x"),
    ]
    assert ("性质", "号码") in Narrator(account(taken, language="zh")).details(0)


def test_a_text_of_which_only_the_commitment_is_known_says_so(account: "MakeAccount", fact: "MakeFact") -> None:
    sealed = fact("step_taken", **{"with": {"nature": {"commitment": "sha256:00"}}})
    assert Narrator(account(sealed)).details(0) == [("nature", "(not in this copy)")]


def test_the_body_of_a_message_is_a_detail(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = account(fact("inject_delivered"), fact("inject_delivered", inject="quiet"), fact("incident_raised"))
    assert [Narrator(facts).details(n) for n in range(3)] == [[("", "Numbers go out.")], [], []]
