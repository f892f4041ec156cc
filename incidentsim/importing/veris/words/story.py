"""The sentences of the story. What stands in braces is filled with the words of the other tables."""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.text import Text

# Titles

HEADLINE: Final = Text("{deed}: {asset}", "{deed}：{asset}")
HEADLINE_UNKNOWN: Final[Mapping[str, Text]] = {
    "hacking": Text("Break-in by unknown means", "手法不明的入侵"),
    "malware": Text("Malware of unknown kind", "种类不明的恶意程序"),
    "social": Text("Deception of unknown kind", "手法不明的欺骗"),
    "misuse": Text("Misuse of access", "滥用权限"),
    "physical": Text("Interference on the spot", "现场侵害"),
    "error": Text("Mistake of unknown kind", "性质不明的失误"),
    "environmental": Text("Damage from the surroundings", "环境因素造成的损害"),
    "unknown": Text("Incident of unknown cause", "起因不明的事件"),
}
SUSPICION: Final = Text("Possible incident: {asset}", "疑似事件：{asset}")
SUSPICION_ONLY: Final = Text("Possible incident", "疑似事件")

# What comes to notice first

CONCERNS: Final = Text("It concerns {assets}.", "涉及{assets}。")
CONCERNS_UNKNOWN: Final = Text("What exactly is concerned is not yet known.", "具体涉及的对象尚不清楚。")
SIGN_OF_DISCLOSURE: Final = Text("Data may have got into the wrong hands.", "数据可能已落入不应得到的人手中。")
SIGN_OF_CHANGE: Final = Text("Something seems to have been altered.", "似乎有内容被改动。")
SIGN_OF_ABSENCE: Final = Text("Something seems to be out of use or missing.", "似乎有系统或物品不可用或缺失。")
UNCHECKED: Final = Text("Nobody has checked yet what is behind it.", "目前尚未核实。")

# What was done, and how

FINDINGS: Final = Text("First findings", "初步发现")
DEEDS: Final[Mapping[str, Text]] = {
    "social": Text("People have been deceived or put under pressure: {deeds}.", "有人受到欺骗或施压：{deeds}。"),
    "hacking": Text("There are traces of hacking: {deeds}.", "发现入侵痕迹：{deeds}。"),
    "malware": Text("Malicious software has been found: {deeds}.", "发现恶意程序：{deeds}。"),
    "physical": Text("Somebody has acted on the spot: {deeds}.", "发生现场侵害：{deeds}。"),
    "misuse": Text("Somebody has misused lawful access: {deeds}.", "有人滥用了正当权限：{deeds}。"),
    "error": Text("A mistake or failure lies behind it: {deeds}.", "起因是失误或故障：{deeds}。"),
    "environmental": Text("The surroundings lie behind it: {deeds}.", "起因是环境因素：{deeds}。"),
    "unknown": Text("How it came about is not yet known.", "起因尚不清楚。"),
}
"""In the order in which the story tells them."""

WAYS: Final[Mapping[str, Text]] = {
    "social": Text("Contact was made through {ways}.", "接触渠道为{ways}。"),
    "hacking": Text("The way in was {ways}.", "入口为{ways}。"),
    "malware": Text("It arrived by {ways}.", "传入途径为{ways}。"),
    "physical": Text("It happened {ways}.", "地点为{ways}。"),
    "misuse": Text("It was done through {ways}.", "途径为{ways}。"),
    "error": Text("The reason seems to be {ways}.", "原因似乎是{ways}。"),
}
WAYS_UNKNOWN: Final[Mapping[str, Text]] = {
    "social": Text("How contact was made is not yet known.", "接触渠道尚未查明。"),
    "hacking": Text("The way in is not yet known.", "入口尚未查明。"),
    "malware": Text("How it arrived is not yet known.", "传入途径尚未查明。"),
    "physical": Text("Where it happened is not yet known.", "地点尚未查明。"),
    "misuse": Text("How it was done is not yet known.", "具体途径尚未查明。"),
    "error": Text("The reason is not yet known.", "原因尚未查明。"),
}
AIMED_AT: Final = Text("It was aimed at {targets}.", "对象为{targets}。")

# How far it goes

EXTENT: Final = Text("Extent", "影响范围")
AFFECTED: Final = Text("Affected so far: {assets}.", "目前受影响的资产：{assets}。")
ASSETS_IN_ALL: Final = Text("Things affected in all: {number}.", "受影响的资产共 {number} 件。")
DATA: Final = Text("The data concerned: {kinds}.", "涉及的数据：{kinds}。")
DATA_ABOUT: Final = Text("The data is about {people}.", "数据涉及{people}。")
RECORDS: Final = Text("Records concerned in all: {number}.", "涉及的记录共 {number} 条。")
VOLUME: Final = Text("Amount of data: about {number} GB.", "数据量约 {number} GB。")
LASTS: Final = Text("It is expected to last {time}.", "预计持续{time}。")
LASTS_FOREVER: Final = Text("It cannot be recovered.", "已无法找回或恢复。")
LASTS_UNKNOWN: Final = Text("How long it will last is not known.", "持续时间尚不清楚。")

# Who, and why

WHO: Final = Text("Who is behind it", "涉事方")
BEHIND_IT: Final = Text("Behind it, as far as can be told: {actors}.", "目前判断由{actors}所致。")
MOTIVE: Final = Text("The motive appears to be {motives}.", "动机似乎是{motives}。")
JOB_CHANGE: Final = Text("Shortly before, the person {changes}.", "此前不久，当事人{changes}。")

# The course of events

COURSE: Final = Text("Course of events", "事件经过")
OLDEST_TRACES: Final = Text("The oldest traces are {time} old.", "最早的痕迹距今{time}。")
TO_DAMAGE: Final = Text("From the first step to the first damage it took {time}.", "从最初的动作到造成损害用时{time}。")
NO_DAMAGE: Final = Text("The first step never led to damage.", "最初的动作始终未造成损害。")
TO_OUTFLOW: Final = Text(
    "From the first damage to the first outflow of data it took {time}.", "从造成损害到首批数据外流用时{time}。"
)
NO_OUTFLOW: Final = Text("There was no outflow of data.", "没有发生数据外流。")

# The damage

DAMAGE: Final = Text("Damage", "损失情况")
ESTIMATE: Final = Text("A first estimate puts the damage at about {amount}.", "初步估计损失约为{amount}。")
ESTIMATE_RANGE: Final = Text(
    "A first estimate puts the damage between {low} and {high}.", "初步估计损失在{low}至{high}之间。"
)
ESTIMATE_MOST: Final = Text("A first estimate puts the damage at up to {amount}.", "初步估计损失最多为{amount}。")
LOSSES: Final = Text("Kinds of damage: {losses}.", "损失类型：{losses}。")

# Where it was no incident

OUTCOME: Final = Text("Result of the check", "核查结果")
TRIED: Final = Text("Somebody has tried something, and these are the traces.", "有人实施了尝试，留下的痕迹如下。")
HARMLESS: Final = Text("At first sight it looks like this.", "乍看之下情况如下。")
FAILED: Final = Text(
    "A closer look shows that the attempt led nowhere: no data is lost, nothing is altered, every service works.",
    "进一步核查表明对方未能得逞：没有数据丢失，没有内容被改动，各项服务均正常。",
)
NOTHING_HAPPENED: Final = Text(
    "A closer look shows a harmless cause: nothing has happened.", "进一步核查表明原因无害，并未发生安全事件。"
)

# For the facilitator

CONTAINED_IN: Final = Text("In the recorded case it took {time} to contain it.", "在原始案例中，控制事态用时{time}。")
NEVER_CONTAINED: Final = Text("In the recorded case it was never contained.", "在原始案例中，事态始终未得到控制。")
UNLAWFUL: Final = Text("Somebody acted on purpose and against the law.", "有人故意实施了违法行为。")
LAWFUL: Final = Text("Nobody broke the law.", "没有人违法。")
CRIME: Final = Text("A crime is to be suspected.", "涉嫌犯罪。")
AT_FAULT: Final = Text("Somebody within reach of the rules is at fault.", "有关责任人存在过错。")
RESIDUAL: Final = Text(
    "No threshold is reached; the level is the one for everything else.", "未达到任何阈值，按其余情形的级别定级。"
)

# The scenario as a whole

SUMMARY: Final = Text(
    "A sign of trouble comes in, and the picture becomes clearer step by step. Made from a record in the VERIS "
    "format, version {version}.",
    "收到一条异常线索，情况逐步明朗。本场景由 VERIS 格式（版本 {version}）的一条记录生成。",
)
FICTION: Final = Text(
    "The company, the people and every word of the story are invented. Kinds, figures and times follow a VERIS "
    "record of a case elsewhere; its names and texts were left out.",
    "公司、人物和全部文字均为虚构。类型、数字和时间取自他处案例的一条 VERIS 记录；其中的名称和文字均未采用。",
)
COMPANY: Final = Text("Exercise Company (invented)", "演练公司（虚构）")
COMPANY_ABOUT: Final = Text("An invented company that offers online services.", "一家提供在线服务的虚构公司。")
OBJECTIVES: Final = (
    Text("Decide on incomplete evidence whether it is an incident.", "在证据不完整的情况下判断是否属于事件。"),
    Text("Grade it by the thresholds and give the reasons.", "依据阈值定级并说明理由。"),
    Text("Judge whether the law was broken, and act on it.", "判断是否存在违法行为，并采取相应措施。"),
)
