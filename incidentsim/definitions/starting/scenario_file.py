"""A scenario to begin with: a short story that fits a procedure, to be rewritten part by part."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from incidentsim.definitions.formats.amounts import amount, written
from incidentsim.definitions.formats.common import Languages
from incidentsim.definitions.formats.scenario import SCENARIO_SCHEMA, PersonShape, ScenarioShape
from incidentsim.definitions.rosters.casting import cast
from incidentsim.definitions.rosters.resolving import ROSTER
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.starting.fitting import channel, end_of, first_to_hear, judges_of, main_path
from incidentsim.definitions.yaml12.writer import one_line
from incidentsim.domain.playbook import Playbook, Threshold
from incidentsim.domain.text import LANGUAGES, Language, Text

INCIDENT: Final = "outage"
_FLAGS: Final = {"incident": True}
_STARTS: Final = "2026-01-12T09:00+00:00"
_DAY: Final = date(2026, 1, 12)
_CHANNELS: Final = (("phone", "chat", "im", "email"), ("chat", "im", "email", "phone"))
"""The channels wished for the two messages, in this order; a playbook without any of them has others."""

_HEAD: Final = Text(
    "# A first story for the procedure {playbook}. It holds as it is, and is written to be changed part by part.\n"
    "#   incidentsim check --quality FILE    says what is wrong, with its line\n"
    "#   incidentsim replay --bots FILE      lets bots play it;  incidentsim play FILE  is for you\n",
    "# 规程 {playbook} 的第一个情景。现在即可使用，请逐段改写。\n"
    "#   incidentsim check --quality 文件    指出问题所在的行\n"
    "#   incidentsim replay --bots 文件      由机器人演练；incidentsim play 文件  由您自己演练\n",
)
_COMMENTS: Final[Mapping[str, Text]] = {
    "starts": Text(
        "When it begins, local time with its offset, and when it ends at the latest.",
        "开始的当地时间及其时区偏移，以及最迟何时结束。",
    ),
    "people": Text(
        "Who takes part, by id. Those marked as invented hold roles for which the roster has nobody.",
        "参与者，按标识列出。注明虚构者担任名册中无人担任的角色。",
    ),
    "incidents": Text(
        "What really happened. `why` are the figures that make the level; `flags` are further answers.",
        "实际情况。`why` 是决定级别的数值；`flags` 是其他判断的答案。",
    ),
    "injects": Text(
        "What people get to read, and what it shows of the truth. `raises`: from then on the incident can be noticed.",
        "参与者读到的内容，以及其中透露的实情。`raises`：自此可以发现该事件。",
    ),
    "expect": Text(
        "What has to come out of it where bots or a script play it.",
        "由机器人或脚本演练时应有的结果。",
    ),
}
_WORDS: Final[Mapping[str, Text]] = {
    "title": Text("The login page is down", "登录页面无法访问"),
    "summary": Text("On a quiet morning, customers cannot log in.", "一个平静的早晨，客户无法登录。"),
    "fiction": Text("People, company and figures are invented.", "人物、公司和数字均属虚构。"),
    "fiction_roster": Text(
        "The people are those of a roster; company, story and figures are invented.",
        "人物取自人员名册；公司、情节和数字均属虚构。",
    ),
    "company": Text("A company (invented)", "某公司（虚构）"),
    "objective": Text("Judge what is reported, and say what the judgement rests on.", "对报告作出判断，并说明依据。"),
    "incident": Text("Login outage", "登录中断"),
    "working_title": Text("Trouble with the login", "登录异常"),
    "call": Text("I cannot log in", "无法登录"),
    "call_body": Text(
        "Your login page shows an error. It has done so for a while.", "你们的登录页面报错，已经有一阵子了。"
    ),
    "found": Text("The login service fails", "登录服务故障"),
    "found_body": Text(
        "The login service fails. A faulty node is the cause; nothing was planned. {figures}",
        "登录服务发生故障，原因是节点故障，并非计划内操作。{figures}",
    ),
    "figure": Text("Known by now: {title}, {value}.", "目前已知{title}为{value}。"),
    "confirmed": Text("Confirmed by now: {title}.", "目前已确认：{title}。"),
}


def new_scenario(name: str, playbook: Playbook, language: Language, roster: Roster | None = None) -> bytes:
    """A scenario with two messages, one incident and the people for it.

    Args:
        name: the scenario's id.
        playbook: the procedure it is for.
        language: the language it is written in.
        roster: the people who take part; without one, they are invented.
    """
    languages = Languages(language, (language,), (*LANGUAGES, *playbook.languages))
    say = {key: text.say(language) for key, text in _WORDS.items()}
    path = main_path(playbook, _FLAGS)
    level, decisive = _level(playbook)
    why = {} if decisive is None else _why(playbook, decisive)
    graded = any(step.sets_level for track in playbook.tracks.values() for step in track.steps)
    shows = [{"flag": "incident", "is": True}, *({"measure": key, "is": value} for key, value in why.items())]
    told = "" if decisive is None else _told(playbook, decisive, language)
    truth: dict[str, Any] = {
        "incident": True,
        **({} if level is None else {"level": level}),
        "why": [{"measure": key, "is": value} for key, value in why.items()],
        "cause": "faulty_node",
        "flags": dict.fromkeys(sorted({*playbook.asked} - {"incident", "unlawful"}), False),
    }
    expected: list[dict[str, Any]] = [
        {"incident": INCIDENT, "ends_at_level": level if graded and level is not None else "none"}
    ]
    if end_of(playbook, path) is not None:
        ends = {"incident": INCIDENT, "track": playbook.main_track.id, "ends_in": end_of(playbook, path)}
        expected.insert(0, ends)
    people = cast(playbook, roster, _DAY, languages).people
    value = {
        "schema": SCENARIO_SCHEMA,
        "id": name,
        "playbook": playbook.id,
        "title": say["title"],
        "summary": say["summary"],
        "fiction": say["fiction"] if roster is None else say["fiction_roster"],
        "language": [language],
        "objectives": [{language: say["objective"], "tested_by": ["call", "findings"], "for_participants": True}],
        "seed": 1,
        "starts": _STARTS,
        "ends": "30d",
        "organisation": {"name": say["company"]},
        "people": people,
        "incidents": {INCIDENT: {"title": say["incident"], "working_title": say["working_title"], "truth": truth}},
        "injects": [
            {
                "id": "call",
                "at": "2m",
                "to": first_to_hear(playbook, path),
                "channel": channel(playbook, _CHANNELS[0]),
                "subject": say["call"],
                "body": say["call_body"],
                "raises": INCIDENT,
            },
            {
                "id": "findings",
                "at": "6m",
                "to": judges_of(playbook, path),
                "channel": channel(playbook, _CHANNELS[1]),
                "subject": say["found"],
                "body": say["found_body"].format(figures=told).strip(),
                "incident": INCIDENT,
                "shows": shows,
            },
        ],
        "expect": expected,
    }
    shape = ScenarioShape.model_validate(value, context=languages)
    return _commented(scenario_to_yaml(shape).decode(), playbook, language, _those_of(roster, people)).encode()


def _those_of(roster: Roster | None, people: Mapping[str, PersonShape]) -> list[str]:
    """The lines of the file's people: those of the roster by its id, and each of the others."""
    lines = [] if roster is None else [f"  {ROSTER}: {roster.id}"]
    for name, person in people.items():
        if roster is None or name not in roster.people:
            lines.append(f"  {name}: {one_line(person.model_dump(by_alias=True, exclude_defaults=True))}")
    return lines


def _level(playbook: Playbook) -> tuple[int | None, Threshold | None]:
    """The mildest level that a single figure makes, and that figure; without any, the mildest and none.

    A playbook without levels has none.
    """
    for number in sorted(playbook.levels, reverse=True):
        for threshold in playbook.levels[number].any_of:
            if playbook.judged_level({threshold.measure: threshold.at_least}) == number:
                return number, threshold
    return max(playbook.levels, default=None), None


def _why(playbook: Playbook, figure: Threshold) -> dict[str, int | bool | str]:
    return {figure.measure: written(figure.at_least, playbook.measures[figure.measure].unit)}


def _told(playbook: Playbook, figure: Threshold, language: Language) -> str:
    """The sentence by which people learn of a figure."""
    measure = playbook.measures[figure.measure]
    if measure.unit == "flag":
        return _WORDS["confirmed"].say(language).format(title=measure.title.say(language))
    value = amount(figure.at_least, measure.unit, language)
    return _WORDS["figure"].say(language).format(title=measure.title.say(language), value=value)


def _commented(text: str, playbook: Playbook, language: Language, people: Sequence[str]) -> str:
    """The file with a comment over each part that is to be rewritten, and with these lines for its people."""
    lines = [_HEAD.say(language).format(playbook=playbook.id).rstrip("\n")]
    part = ""
    for line in text.splitlines():
        key = line.partition(":")[0]
        part = part if line.startswith(" ") else key
        if part == "people" and key != "people":
            continue
        if key in _COMMENTS:
            lines += ["", f"# {_COMMENTS[key].say(language)}"]
        lines.append(line)
        lines += people if key == "people" else ()
    return "\n".join(lines) + "\n"
