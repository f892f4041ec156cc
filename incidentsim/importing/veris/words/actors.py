"""Words for `actor`: who is behind it (noun phrases), why (noun phrases), and what had changed in a job (verbs)."""

from typing import Final

from incidentsim.domain.text import Text
from incidentsim.importing.veris.words.table import texts

EXTERNAL = texts(
    {
        "Acquaintance": ("a relative or acquaintance of an employee", "员工的亲友"),
        "Activist": ("activists", "激进活动人士"),
        "Auditor": ("an outside auditor", "外部审计人员"),
        "Competitor": ("a competitor", "竞争对手"),
        "Customer": ("a customer", "客户"),
        "Force majeure": ("forces beyond anyone's control", "不可抗力"),
        "Former employee": ("a former employee", "离职员工"),
        "Nation-state": ("a state", "国家行为体"),
        "Organized crime": ("organised criminals", "有组织的犯罪团伙"),
        "State-affiliated": ("a group that works for a state", "有国家背景的组织"),
        "Terrorist": ("a terrorist group", "恐怖组织"),
        "Unaffiliated": ("outsiders without ties to the company", "与公司无关的外部人员"),
        "Other": ("outsiders of a less common kind", "其他类型的外部人员"),
        "Unknown": ("outsiders not yet identified", "身份不明的外部人员"),
    }
)

INTERNAL = texts(
    {
        "Auditor": ("an internal auditor", "内部审计人员"),
        "Call center": ("a call-centre agent of ours", "本公司呼叫中心坐席"),
        "Cashier": ("a cashier of ours", "本公司收银员"),
        "Developer": ("one of our developers", "本公司开发人员"),
        "End-user": ("an ordinary employee", "本公司普通员工"),
        "Executive": ("one of our executives", "本公司高级管理人员"),
        "Finance": ("a member of our finance staff", "本公司财务人员"),
        "Guard": ("one of our security guards", "本公司保安"),
        "Helpdesk": ("a member of our helpdesk", "本公司服务台人员"),
        "Human resources": ("a member of our personnel staff", "本公司人力资源人员"),
        "Maintenance": ("a member of our maintenance staff", "本公司维护人员"),
        "Manager": ("one of our managers", "本公司经理"),
        "System admin": ("one of our system administrators", "本公司系统管理员"),
        "Doctor or nurse": ("a doctor or nurse of ours", "本公司医护人员"),
        "Other": ("an insider in another position", "其他岗位的内部人员"),
        "Unknown": ("an insider not yet identified", "身份不明的内部人员"),
    }
)

PARTNER: Final = Text("a partner company", "合作单位")
NOBODY_KNOWN: Final = Text("somebody of whom nothing is known yet", "情况尚不明的人员")
ANOTHER: Final = Text("somebody of a kind we have no word for", "其他类型的人员")

# “NA” and “Unknown” are sentences of their own; the others follow “the motive appears to be”.
MOTIVE = texts(
    {
        "Convenience": ("convenience", "图方便"),
        "Espionage": ("espionage", "窃取情报"),
        "Fear": ("fear or pressure", "恐惧或受人胁迫"),
        "Financial": ("financial gain", "牟取钱财"),
        "Fun": ("fun or curiosity", "好玩或好奇"),
        "Grudge": ("a grudge", "泄愤"),
        "Ideology": ("conviction or protest", "信念或抗议"),
        "NA": ("There is no sign of intent.", "没有故意的迹象。"),
        "Secondary": ("help for another attack", "为另一次攻击作准备"),
        "Other": ("a less common motive", "较少见的动机"),
        "Unknown": ("The motive is not yet known.", "动机尚不清楚。"),
    }
)

JOB_CHANGE = texts(
    {
        "Demoted": ("had been demoted", "被降职"),
        "Hired": ("had just joined the company", "刚刚入职"),
        "Job eval": ("had been through a performance review", "刚接受过绩效考核"),
        "Lateral move": ("had moved to another post", "刚刚调岗"),
        "Let go": ("had been given notice", "被通知解雇"),
        "Passed over": ("had been passed over for promotion", "晋升落选"),
        "Personal issues": ("had run into personal troubles", "遇到个人困难"),
        "Promoted": ("had been promoted", "刚刚晋升"),
        "Reprimanded": ("had been reprimanded", "受到批评处分"),
        "Resigned": ("had resigned", "提出辞职"),
        "Other": ("had been through some other change at work", "经历了其他工作变动"),
        "Unknown": ("had been through a change at work that is not known in detail", "经历了详情不明的工作变动"),
    }
)
