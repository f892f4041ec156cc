"""A small procedure and story to tell, and facts about it, built by hand.

Everything in it is invented. The texts are chosen to be recognisable in either language.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from incidentsim.domain.basis import Basis
from incidentsim.domain.facts import Fact, FactKind, Json
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import (
    Body,
    Circumstance,
    Duty,
    EscalationRule,
    Field,
    ForbiddenAct,
    Level,
    Measure,
    Playbook,
    Role,
    State,
    Step,
    Track,
    Vocabulary,
    Within,
)
from incidentsim.domain.scenario import ExerciseObjective, Incident, Inject, Organisation, Person, Scenario, Truth
from incidentsim.domain.sources import Clause, Phase, Source
from incidentsim.domain.text import Language, Text
from incidentsim.exports.wording.account import Account
from tests.support.facts import a_fact

MINUTE = 60_000
DOCUMENTED = Basis("documented", ("X1",))
ASSUMED = Basis("assumption", ("X1",))


def text(en: str, zh: str | None = None) -> Text:
    return Text(en, zh if zh is not None else f"〔{en}〕")


def a_step(do: str, title: Text, source: str, target: str | None, by: tuple[str, ...] = (), **more: object) -> Step:
    step = Step(do=do, title=title, track="course", sources=(source,), target=target, basis=DOCUMENTED, by=by)
    return replace(step, by_named=by, automatic=not by, **more)  # type: ignore[arg-type]  # whatever a test needs


@pytest.fixture
def playbook() -> Playbook:
    states = {
        "seen": State("seen", text("Seen", "已发现"), "watch"),
        "told": State("told", text("Told", "已上报"), "watch"),
        "done": State("done", text("Done", "已了结"), "work", final=True),
    }
    fields = (
        Field("channel", FieldKind.CHOICE, text("channel", "渠道"), ("email",)),
        Field("nature", FieldKind.TEXT, text("nature", "性质")),
        Field("kinds", FieldKind.CHOICES, text("kinds", "种类"), ("logs", "films"), vocabulary="evidence"),
        Field("subject", FieldKind.PERSON, text("person concerned", "责任人"), required=False),
    )
    track = Track(
        id="course",
        title=text("Course", "进程"),
        initial="seen",
        states=states,
        steps=(
            a_step("tell", text("Tell the team", "报告小组"), "seen", "told", ("finder",), fields=fields),
            a_step("note", text("Take a note", "记录"), "told", None, ("finder", "team")),
            a_step("settle", text("Settle it", "了结"), "told", "done", ("boss",)),
            a_step("fall_back", text("Falls back", "退回"), "done", "seen"),
        ),
        main=True,
    )
    return Playbook(
        id="tiny",
        version="7",
        title=text("Tiny rules", "微型规程"),
        prevailing="en",
        sources={"s": Source("s", text("A source"))},
        clauses={"X1": Clause("X1", "s", text("A clause"))},
        phases={"watch": Phase("watch", text("Watching", "监测")), "work": Phase("work", text("Working", "处理"))},
        measures={"lost": Measure("lost", text("records lost", "丢失记录数"), "count")},
        levels={
            1: Level(1, text("Level 1", "一级"), (), ASSUMED),
            2: Level(2, text("Level 2", "二级"), (), ASSUMED),
        },
        modifiers=(),
        roles={
            "finder": Role("finder", text("Finder", "发现人"), DOCUMENTED),
            "boss": Role("boss", text("Boss", "负责人"), DOCUMENTED, deputies=("finder",)),
            "member": Role("member", text("Member", "成员"), DOCUMENTED),
        },
        bodies={"team": Body("team", text("Team", "小组"), ("member",), "boss", DOCUMENTED)},
        vocabularies={
            "evidence": Vocabulary(
                "evidence",
                text("evidence"),
                {"logs": text("system logs", "系统日志"), "films": text("recordings", "录屏")},
                DOCUMENTED,
            )
        },
        circumstances={"hidden": Circumstance("hidden", text("It was hidden", "曾被隐瞒"), DOCUMENTED)},
        tracks={"course": track},
        duties={
            "tell-at-once": Duty(
                id="tell-at-once",
                title=text("Tell the team at once", "立即报告小组"),
                opens_on=(),
                owed_by=("finder",),
                settled_by=(),
                within=Within({1: 5 * MINUTE}, 10 * MINUTE),
                basis=DOCUMENTED,
                within_basis=ASSUMED,
            )
        },
        escalations=(
            EscalationRule("late", ("boss",), ASSUMED, text("A late report goes to the boss", "迟报须告知负责人")),
            EscalationRule(
                "law",
                ("team",),
                Basis("regulation", (), text("Some Act", "某法"), text("s. 9", "第九条")),
                text("By law", "依法报告"),
            ),
        ),
        forbidden={"hide": ForbiddenAct("hide", text("Hide it", "隐瞒"), DOCUMENTED)},
        channels={"email": text("E-mail", "邮件"), "phone": text("Phone", "电话")},
    )


@pytest.fixture
def scenario() -> Scenario:
    people = (
        Person("lin", "p1", text("Lin Shu", "林舒"), ("finder",), desk=text("Operations", "运维")),
        Person("wu", "p2", text("Wu Ke", "吴可"), ("boss",)),
        Person("mo", "p3", text("Mo Yan Li", "莫言立"), ("member", "finder")),
    )
    truth = Truth(incident=True, level=1, why={}, flags={"incident": True}, cause="SECRET-CAUSE", notes=())
    return Scenario(
        id="tiny-story",
        playbook="tiny",
        title=text("A tiny story", "一个小故事"),
        summary=text("Something small happens.", "发生了一件小事。"),
        languages=("en", "zh"),
        tags=(),
        seed=1,
        starts="2021-06-30T23:50+08:00",
        ends=24 * 60 * MINUTE,
        organisation=Organisation(text("Invented Ltd", "虚构公司"), text("sells nothing", "什么也不卖")),
        people={person.id: person for person in people},
        incidents={"leak": Incident("leak", text("The leak", "泄露"), truth)},
        injects=(
            Inject("alert", ("finder",), "phone", text("Numbers go out.", "号码外流。"), text("Alarm", "告警")),
            Inject("quiet", ("team",), "phone", text("Nothing but a body.", "只有正文。")),
        ),
        script=(),
        expectations=(),
        objectives=(ExerciseObjective(text("Report in time", "及时报告")),),
    )


MakeFact = Callable[..., Fact]


@pytest.fixture
def fact() -> MakeFact:
    """Makes a fact of a kind, with sensible parts where a test names none."""

    def make(kind: str, at: int = 0, incident: str | None = "leak", **data: Json) -> Fact:
        return a_fact(at, FactKind(kind), incident, {**_usual(kind), **data})

    return make


def _usual(kind: str) -> Mapping[str, Json]:
    by: Json = {"person": "p1", "role": "finder"}
    usual: dict[str, dict[str, Json]] = {
        "exercise_started": {"scenario": "tiny-story", "playbook": "tiny"},
        "exercise_ended": {"reason": "finished"},
        "inject_delivered": {"inject": "alert", "channel": "phone", "to": ["p1"]},
        "inject_withheld": {"inject": "alert"},
        "incident_raised": {"inject": "alert"},
        "circumstance_arose": {"circumstance": "hidden", "person": "p2", "inject": "alert"},
        "step_taken": {
            "track": "course",
            "do": "tell",
            "from": "seen",
            "to": "told",
            "by": by,
            "with": {},
            "rule": "course.tell",
            "clause": "X1",
            "because": None,
        },
        "refused": {"do": "settle", "by": by, "with": {}, "why": "role", "rule": "course.settle", "clause": "X1"},
        "level_set": {"level": 1, "was": None, "because": 0},
        "anchor_reached": {"anchor": "awareness", "rule": "anchors.awareness", "clause": "X1", "because": 0},
        "measure_taken": {"measure": "persons_affected", "value": 9, "because": 0},
        "statutory_level_judged": {"scale": "cn_cac_2025", "level": "general", "because": 0},
        "filed": {"clock": "cn-pipl-57", "because": 0},
        "duty_opened": {
            "duty": "tell-at-once",
            "number": 1,
            "owed_by": ["finder"],
            "due": 10 * MINUTE,
            "rule": "duties.tell-at-once",
            "clause": "X1",
            "because": 0,
        },
        "duty_rescheduled": {"duty": "tell-at-once", "number": 1, "due": 5 * MINUTE, "because": 0},
        "duty_settled": {"duty": "tell-at-once", "number": 1, "late": False, "because": 0},
        "inject_moved": {"inject": "alert", "due": 20 * MINUTE},
        "inject_skipped": {"inject": "alert"},
        "inject_added": {
            "inject": "added-4",
            "to": ["team"],
            "channel": "phone",
            "subject": {"text": "A call"},
            "body": {"text": "Who is there?"},
        },
        "step_undone": {"first": 3, "last": 5, "reason": {"text": "said in error"}},
        "observed": {"about": 3, "note": {"text": "they hesitate"}},
        "coaching_set": {"people": ["p1"]},
        "hint_given": {"person": "p1", "acts": ["report"], "duty": None, "step": "criterion", "unasked": False},
        "duty_breached": {
            "duty": "tell-at-once",
            "number": 1,
            "owed_by": ["finder"],
            "rule": "duties.tell-at-once",
            "clause": "X1",
        },
        "duty_dropped": {"duty": "tell-at-once", "number": 1, "because": 0},
        "escalation_planned": {
            "duty": "tell-at-once",
            "number": 1,
            "to": ["boss"],
            "due": 5 * MINUTE,
            "rule": "escalations.late",
            "clause": "X1",
            "because": 0,
        },
        "escalation_dropped": {"duty": "tell-at-once", "number": 1, "rule": "escalations.late", "because": 0},
        "escalated": {
            "to": "boss",
            "persons": ["p2"],
            "channel": "phone",
            "rule": "escalations.late",
            "clause": "X1",
            "basis": "assumption",
            "because": 0,
        },
        "message_sent": {
            "number": 3,
            "act": "ask",
            "by": by,
            "to": ["team"],
            "persons": ["p3"],
            "channel": "email",
            "text": {"text": "How many?"},
        },
        "player_seated": {"since": 4 * MINUTE, "player": 1, "people": ["p1"], "name": {"text": "Anna"}},
        "rating_set": {"objective": "talk", "task": "tell-them", "rating": "S", "reason": {"text": "too slow"}},
        "improvement_set": {"item": "tell-them-1", "action": {"text": "Write down whom to call"}, "state": "open"},
        "hotwash_answered": {
            "about": [3],
            "asked": {"text": "What held you up?"},
            "answer": {"text": "The list was old."},
            "said_by": {"text": "Anna"},
        },
        "hotwash_voted": {"title": {"text": "Quick report"}, "votes": 3},
    }
    return usual.get(kind, {})


MakeAccount = Callable[..., Account]


@pytest.fixture
def account(playbook: Playbook, scenario: Scenario) -> MakeAccount:
    """Makes an account of some facts."""

    def make(*facts: Fact, language: Language = "en") -> Account:
        return Account(facts, playbook, scenario, language)

    return make
