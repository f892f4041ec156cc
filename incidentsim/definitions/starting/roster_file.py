"""A roster to begin with: somebody for every role of a procedure, each to be given a name and a desk."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.definitions.formats.roster import ROSTER_SCHEMA
from incidentsim.definitions.rosters.casting import needed_twice
from incidentsim.definitions.yaml12.writer import one_line, scalar
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language, Text

_HEAD: Final = Text(
    """\
# The people of your company, once for all its exercises. Put real names in place of these, and take out whom you lack.
# Names are personal data: keep this file where only those read it who prepare exercises.
#   A scenario uses it with  people: {{roster: {id}}}  and import, generate and plan with  --people {id}
""",
    """\
# 贵公司人员，编写一次，供所有演练使用。请用真实姓名替换以下称呼，并删去没有的人员。
# 姓名属于个人信息：本文件请存放在只有演练准备人员可读之处。
#   场景中写 people: {{roster: {id}}} 即可引用；import、generate 和 plan 用 --people {id}
""",
)
_TITLE: Final = Text("People of the company", "公司人员")
_MORE: Final = Text(
    """\
    # What else may stand here:
    #   name: {en: Lin Xia, zh: 林夏}       a name that is written otherwise in another language
    #   deputy_for: [ROLE]                 holds the role in an exercise in which no holder of it is there
    #   works: [09:00/12:00, 13:00/17:30]  working hours, daily; away at all other times
    #   away: [22:00/06:00]                away at these times, daily; or: always
    #   absent: [2026-07-01/2026-07-14]    days off: away in an exercise that begins on one of them
    #   desk: Operations, second floor     where somebody sits
""",
    """\
    # 此处还可以写：
    #   name: {en: Lin Xia, zh: 林夏}       在其他语言中写法不同的姓名
    #   deputy_for: [角色标识]              该角色无人在岗的演练中，由其担任
    #   works: [09:00/12:00, 13:00/17:30]  每天的工作时间；其余时间不在岗
    #   away: [22:00/06:00]                每天不在岗的时间；或写 always（始终不在）
    #   absent: [2026-07-01/2026-07-14]    休假：在其中某一天开始的演练中不在岗
    #   desk: 运维部二楼                     办公位置
""",
)
_ROTA: Final = Text(
    """\
# Who is on duty in turn, by role: whose turn it is on the day on which an exercise begins holds it throughout.
# Whoever stands here needs no such role above.
# rota:
#   {role}: {{since: 2026-01-05, every: 7d, people: [{people}]}}
""",
    """\
# 各角色由谁轮值：演练开始当天轮到的人全程担任该角色。
# 列在此处的人员，上面不必再写该角色。
# rota:
#   {role}: {{since: 2026-01-05, every: 7d, people: [{people}]}}
""",
)
_LETTERS: Final = "AB"
_LONGEST_ID: Final = 76


def new_roster(name: str, playbook: Playbook, language: Language) -> bytes:
    """A roster with somebody for each role inside the company, two where the work of one has to be looked at.

    Args:
        name: the roster's id.
        playbook: the procedure whose roles they hold.
        language: the language of its names and comments.
    """
    twice = needed_twice(playbook)
    people = {
        f"{role.id[:_LONGEST_ID]}-{letter.lower()}": (f"{role.title.say(language)} {letter}", [role.id])
        for role in playbook.roles.values()
        for letter in _LETTERS[: 2 if role.id in twice else 1]
        if not role.outside
    }
    return roster_of(name, people, language)


def roster_of(name: str, people: Mapping[str, tuple[str, Sequence[str]]], language: Language) -> bytes:
    """A roster of these people, by id: name and roles."""
    lines = [
        _HEAD.say(language).format(id=name),
        f"schema: {ROSTER_SCHEMA}\nid: {name}\ntitle: {scalar(_TITLE.say(language))}\n",
        f"languages: [{language}]\n\npeople:\n",
    ]
    for number, (person, (called, roles)) in enumerate(people.items()):
        if number:
            lines.append(f"  {person}: {{name: {scalar(called)}, roles: {one_line(roles)}}}\n")
        else:
            head = f"  {person}:\n    name: {scalar(called)}\n    roles: {one_line(roles)}\n"
            lines.append(head + _MORE.say(language))
    held = next((roles[0] for _name, roles in people.values()), "ROLE")
    lines.append("\n" + _ROTA.say(language).format(role=held, people=", ".join([*people][:2])))
    return "".join(lines).encode()
