"""Words for `discovery_method`: the sentence with which the story opens, and how it reaches us.

The channel is a wish: the story takes the first of them that the playbook has.
"""

from dataclasses import dataclass
from typing import Final

from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class Opening:
    """How an incident comes to notice."""

    says: Text
    channels: tuple[str, ...]


ALERT: Final = ("alert", "monitoring", "chat")
MAIL: Final = ("email", "letter", "chat")
PHONE: Final = ("phone", "chat", "email")
LETTER: Final = ("letter", "email")
AUTHORITY: Final = ("regulator", "letter", "email")
CHAT: Final = ("chat", "email")


def _openings(entries: dict[str, tuple[tuple[str, ...], str, str]]) -> dict[str, Opening]:
    return {name.casefold(): Opening(Text(en, zh), channels) for name, (channels, en, zh) in entries.items()}


INTERNAL = _openings(
    {
        "Antivirus": (ALERT, "The malware scanner has raised an alarm.", "防病毒系统发出告警。"),
        "Break in discovered": (PHONE, "Colleagues have found signs of a break-in.", "同事发现了非法闯入的痕迹。"),
        "Data loss prevention": (
            ALERT,
            "Data loss prevention has flagged a transfer.",
            "数据防泄漏系统标记了一次可疑外传。",
        ),
        "Financial audit": (
            MAIL,
            "The financial audit has come across figures that do not add up.",
            "财务审计发现账目对不上。",
        ),
        "Fraud detection": (
            ALERT,
            "Our fraud detection has flagged unusual transactions.",
            "反欺诈系统标记了异常交易。",
        ),
        "Hids": (ALERT, "Intrusion detection on a machine has raised an alarm.", "主机入侵检测系统发出告警。"),
        "Incident response": (
            CHAT,
            "While at work on another case, our responders came upon traces that do not belong to it.",
            "处置人员在处理另一起事件时，发现了与之无关的痕迹。",
        ),
        "Infrastructure monitoring": (
            ALERT,
            "Monitoring shows values far from normal.",
            "基础设施监控显示指标明显异常。",
        ),
        "It review": (
            MAIL,
            "A routine IT review has turned up something that should not be.",
            "例行 IT 检查发现了异常情况。",
        ),
        "Log review": (
            MAIL,
            "The review of the logs shows entries that nobody can explain.",
            "日志审查发现了无人能够解释的记录。",
        ),
        "Nids": (ALERT, "Intrusion detection in the network has raised an alarm.", "网络入侵检测系统发出告警。"),
        "Offboarding": (
            MAIL,
            "When a colleague who is leaving handed over accounts and equipment, something did not match.",
            "在办理离职员工的账号和设备交接时，发现有不符之处。",
        ),
        "Reported by employee": (
            PHONE,
            "A colleague has called and says that something is wrong.",
            "一位同事来电，称发现异常。",
        ),
        "Security alarm": (PHONE, "The alarm system of the building has gone off.", "办公楼的安防系统发出警报。"),
        "Other": (CHAT, "Colleagues have noticed something by chance.", "同事偶然发现了异常。"),
        "Unknown": (CHAT, "Somebody in the company has noticed something unusual.", "公司内部有人注意到异常情况。"),
    }
)

EXTERNAL = _openings(
    {
        "Actor disclosure": (
            MAIL,
            "A message has come in whose sender says that it was their doing.",
            "收到一条消息，发送者称此事是其所为。",
        ),
        "Audit": (
            LETTER,
            "Outside auditors have sent us a finding that cannot wait.",
            "外部审计人员发来一项紧急发现。",
        ),
        "Customer": (PHONE, "A customer has complained that something is wrong.", "有客户投诉，称发现异常。"),
        "Emergency response team": (
            AUTHORITY,
            "A computer emergency response team has sent us a warning.",
            "计算机应急响应组织向我们发来预警。",
        ),
        "Found documents": (
            PHONE,
            "Somebody has found material of ours where it does not belong.",
            "有人在不该出现的地方发现了我们的资料。",
        ),
        "Fraud detection": (MAIL, "A bank's fraud detection has led back to us.", "某银行的反欺诈调查线索指向了我们。"),
        "Incident response": (
            MAIL,
            "An outside response firm, at work on another case, has found traces that lead to us.",
            "外部应急服务商在处理其他事件时，发现有线索指向我们。",
        ),
        "Law enforcement": (
            PHONE,
            "The police have told us that we may be affected by a case of theirs.",
            "警方告知，我们可能牵涉一起案件。",
        ),
        "Security researcher": (
            MAIL,
            "A security researcher has written to us about a finding.",
            "一名安全研究人员来信告知其发现。",
        ),
        "Suspicious traffic": (
            MAIL,
            "A network operator reports suspicious traffic from our addresses.",
            "网络运营方报告，我们的地址发出可疑流量。",
        ),
        "Unrelated 3rd party": (
            MAIL,
            "Somebody who has no dealings with us has drawn our attention to a problem.",
            "与我们没有业务往来的人员提醒我们注意一个问题。",
        ),
        "Other": (MAIL, "Word has reached us from outside by an unusual route.", "外部通过不寻常的途径传来消息。"),
        "Unknown": (MAIL, "Somebody outside the company says that something is wrong.", "公司外部有人称发现异常。"),
        "Monitoring service": (MAIL, "An outside monitoring service has raised an alarm.", "外部监测服务发来告警。"),
    }
)

PARTNER = _openings(
    {
        "Antivirus": (
            MAIL,
            "A partner's malware scanner has raised an alarm that concerns us.",
            "合作方的防病毒系统发出与我们有关的告警。",
        ),
        "Audit": (
            LETTER,
            "A partner's audit has come to a finding that concerns us.",
            "合作方的审计发现了与我们有关的问题。",
        ),
        "Incident response": (
            PHONE,
            "A partner's responders have found traces that lead to us.",
            "合作方的处置人员发现有线索指向我们。",
        ),
        "Monitoring service": (
            MAIL,
            "The firm that monitors for us has raised an alarm.",
            "为我们提供监测服务的单位发来告警。",
        ),
        "Other": (
            MAIL,
            "A partner has let us know by an unusual route that something is wrong.",
            "合作方通过不寻常的途径告知出现异常。",
        ),
        "Unknown": (MAIL, "A partner says that something is wrong.", "合作方称发现异常。"),
    }
)

OTHERWISE: Final = Opening(
    Text("Something has come to notice in an unusual way.", "我们以不寻常的方式获知出现了异常。"), CHAT
)
NOT_KNOWN: Final = Opening(Text("A sign of trouble has reached the duty desk.", "值班台接到一条异常线索。"), CHAT)
