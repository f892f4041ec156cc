"""The defaults that have words: what a playbook that leaves them out is taken to say, in the program's languages."""

from collections.abc import Mapping
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.playbook import ChannelShape
from incidentsim.domain.meanings import ChannelMeaning, MeasureMeaning, StepMeaning


def _both(en: str, zh: str) -> TextShape:
    return TextShape(en=en, zh=zh)


TRACK: Final = "incident"
"""The id of the one track of a playbook that has steps and no tracks."""
SOURCE: Final = "procedure"
"""The id of the one source."""

TRACK_TITLE: Final = _both("Incident", "事件")
PHASES: Final[Mapping[str, TextShape]] = {
    "detect": _both("Detect", "发现"),
    "respond": _both("Respond", "响应"),
    "recover": _both("Recover", "恢复"),
    "improve": _both("Improve", "改进"),
}
PHASE_OF: Final[Mapping[StepMeaning, str]] = {
    StepMeaning.DETECT: "detect",
    StepMeaning.REPORT: "detect",
    StepMeaning.TRIAGE: "detect",
    StepMeaning.DISMISS: "detect",
    StepMeaning.DECLARE: "respond",
    StepMeaning.ESCALATE: "respond",
    StepMeaning.TAKE_COMMAND: "respond",
    StepMeaning.CONTAIN: "respond",
    StepMeaning.ERADICATE: "respond",
    StepMeaning.RESUME_RESPONSE: "respond",
    StepMeaning.START_RECOVERY: "recover",
    StepMeaning.RECOVER: "recover",
    StepMeaning.VERIFY_RECOVERY: "recover",
    StepMeaning.END_RESPONSE: "recover",
    StepMeaning.FIND_CAUSE: "improve",
    StepMeaning.RECORD_ACTIONS: "improve",
    StepMeaning.LESSONS: "improve",
    StepMeaning.CIRCULATE_LESSONS: "improve",
    StepMeaning.CLOSE: "improve",
}
"""The phase into which a step leads, by what it means; after any other step the incident is in the phase it was in."""

CHANNELS: Final[Mapping[ChannelMeaning, ChannelShape]] = {
    ChannelMeaning.CHAT: ChannelShape(en="chat", zh="即时消息"),
    ChannelMeaning.PHONE: ChannelShape(en="phone", zh="电话"),
    ChannelMeaning.EMAIL: ChannelShape(en="e-mail", zh="电子邮件"),
    ChannelMeaning.PAGER: ChannelShape(en="pager", zh="值班呼叫"),
    ChannelMeaning.STATUS_PAGE: ChannelShape(en="status page", zh="状态页"),
}
NOTICE_STATES: Final[Mapping[str, TextShape]] = {
    "not_due": _both("Not due", "未到期"),
    "due": _both("Due", "待通知"),
    "done": _both("Done", "已通知"),
    "overdue": _both("Overdue", "逾期"),
}
MEASURES: Final[Mapping[MeasureMeaning, TextShape]] = {
    MeasureMeaning.USERS_AFFECTED: _both("users affected", "受影响用户数"),
    MeasureMeaning.USERS_AFFECTED_PERCENT: _both("share of users affected", "受影响用户占比"),
    MeasureMeaning.FULL_OUTAGE: _both("full outage", "服务中断时长"),
    MeasureMeaning.DEGRADED: _both("degraded service", "服务降级时长"),
    MeasureMeaning.PERSONAL_RECORDS: _both("personal records exposed", "泄露的个人信息条数"),
    MeasureMeaning.SENSITIVE_RECORDS: _both("sensitive personal records exposed", "泄露的敏感个人信息条数"),
    MeasureMeaning.DATA_BREACH_SUSPECTED: _both("data breach suspected", "疑似数据泄露"),
    MeasureMeaning.DIRECT_LOSS: _both("direct loss", "直接经济损失"),
    MeasureMeaning.FRAUD_MESSAGES: _both("fraudulent messages or calls", "诈骗信息或电话数"),
    MeasureMeaning.PRIVILEGED_ACCESS: _both("privileged access gained", "取得管理权限"),
    MeasureMeaning.CRITICAL_CUSTOMER: _both("critical customer affected", "重要客户受影响"),
    MeasureMeaning.ATTACKER_ACTIVE: _both("attacker still active", "攻击者仍在活动"),
    MeasureMeaning.STILL_SPREADING: _both("still spreading", "仍在扩散"),
    MeasureMeaning.EVIDENCE_LOST: _both("evidence lost", "证据灭失"),
    MeasureMeaning.NO_WORKAROUND: _both("no workaround", "无替代办法"),
    MeasureMeaning.SAFETY_AT_RISK: _both("safety at risk", "危及人身安全"),
}
"""The measures of the vocabulary of meaning; each is called by its term, and has its unit."""

USUAL_TIMES: Final = _both(
    "Where no time is written, a step is taken to need five minutes.", "未写明时间的步骤，按五分钟计。"
)
USUAL: Final = "5m"
"""How long a step takes of which a playbook without `usual_times` does not say it."""

LEVEL_FIELD: Final = "level"
"""What is asked for under this name is the level."""
FIELDS: Final[Mapping[str, TextShape]] = {LEVEL_FIELD: _both("level", "级别"), "reasons": _both("reasons", "理由")}

OBJECTIVE: Final = "duties"
OBJECTIVE_TITLE: Final = _both("Do in time what is owed", "按时履行职责")
CAUSE: Final = _both("Whoever owed it did not know it, or had too little time.", "责任人不清楚这一职责，或时间不够。")


def informing(receiver: TextShape) -> TextShape:
    """Return the title of a notice to this receiver; in other languages than ours it is that of the receiver."""
    forms = {"en": "Inform {who}", "zh": "通知{who}"}
    words = {tag: forms.get(tag.split("-")[0], "{who}").format(who=said) for tag, said in receiver.words.items()}
    return TextShape.model_validate(words)


def section_words(section: str, source: TextShape) -> TextShape:
    """Return the words of a section that is only cited: its number and its source."""
    forms = {"en": "Section {section} of “{source}”.", "zh": "《{source}》第{section}节。"}
    return TextShape.model_validate(
        {
            tag: forms.get(tag.split("-")[0], "{source} {section}").format(section=section, source=said)
            for tag, said in source.words.items()
        }
    )


def in_words(name: str, language: str) -> TextShape:
    """Return an id in words: a capital first, spaces in place of `-` and `_`."""
    words = name.replace("_", " ").replace("-", " ")
    return TextShape.model_validate({language: words[:1].upper() + words[1:]})
