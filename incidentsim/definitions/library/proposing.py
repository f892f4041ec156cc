"""What the steps of a playbook seem to mean: lines to be accepted or not, each with its reason. Nothing reads them.

A proposal rests on what a step does (it grades, it judges whether this is an incident) or on words in its id and title.
Only words that the field uses for one thing are taken; where two meanings fit, the more particular one is proposed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.messages import gettext as _

RULE: Final = "meaning"
"""The rule by which proposals, and meanings that nothing has, are noted."""

_FEW: Final = 10
"""So many meanings are named in one note."""

_M = StepMeaning
_WORDS: Final[Mapping[StepMeaning, str]] = {
    _M.NOTIFY_CUSTOMERS: r"(notify|tell|inform|message|update|write to).*\b(customer|client|user|subscriber)s?|"
    r"(customer|client)s? .*\b(told|informed|notified)|(告知|通知).*(客户|用户)",
    _M.NOTIFY_REGULATOR: r"(notify|tell|inform|report to|file).*\b(regulator|authorit|supervis|police|data protection|"
    r"cert|agency)|(报告|报送|移送).*(主管|监管|公安|司法)",
    _M.NOTIFY_SUPPLIERS: r"(notify|tell|inform|call|bring in|contact).*\b(supplier|vendor|provider)s?|"
    r"(通知|联系).*供应商",
    _M.NOTIFY_BOARD: r"(notify|tell|inform|brief).*\b(board|directors)\b|董事会",
    _M.NOTIFY_MANAGEMENT: r"(notify|tell|inform|brief|alert).*\b(management|leadership|executive|cto|ciso|ceo|chief)|"
    r"(汇报|报告|通知).*(管理层|领导|首席)",
    _M.PUBLISH_STATEMENT: r"(publish|release|post).*\b(statement|announcement|press|status page)|公开声明|对外发布",
    _M.PRESERVE_EVIDENCE: r"(preserve|collect|secure|keep|retain|seal).*\b(evidence|image|forensic)s?|"
    r"(保全|固定|收集|留存).*证据",
    _M.FIND_CAUSE: r"root cause|(find|establish|determine|analy[sz]e).*\bcause|查明原因|根因|原因分析",
    _M.VERIFY_RECOVERY: r"(verify|confirm|check|validate).*\b(recover|restor|normal|service|fix)|"
    r"(验证|确认).*(恢复|正常)",
    _M.START_RECOVERY: r"(start|begin|initiate).*\brecover|启动恢复",
    _M.HAND_OVER_COMMAND: r"hand.?over|transfer.*\bcommand|移交指挥|交接",
    _M.TAKE_COMMAND: r"(take|assume|accept|answer and).*\b(command|lead|charge|coordinat)|coordinate\b|接手|接管指挥",
    _M.GIVE_STATUS: r"sit.?rep|situation report|status (report|update)|(give|send|post).*\b(status|update)|"
    r"通报进展|进展通报",
    _M.LESSONS: r"retrospective|post.?mortem|lessons|after.?action|post.?incident review|复盘|经验教训|总结",
    _M.CIRCULATE_LESSONS: r"circulate|share.*\blessons|通报结果|通报处理结果",
    _M.RESUME_RESPONSE: r"re.?open|fall back|resume.*\b(handling|response)|重新打开|重新处置|退回处置",
    _M.CONTAIN: r"\bcontain|isolat|quarantin|cut off|遏制|隔离",
    _M.ERADICATE: r"eradicat|\bclean up|根除|清除",
    _M.RECOVER: r"\brecover|\brestor|bring back|恢复",
    _M.END_RESPONSE: r"\bresolve|declare.*\bover|stand.?down|all clear|宣布.*(结束|解除)|处置结束",
    _M.RECORD_ACTIONS: r"(keep|write).*\b(log|record|timeline)|record what was done|整理.*记录|处置记录",
    _M.EXAMINE_CONDUCT: r"conduct|disciplin|penalt|追责|处分|责任认定",
    _M.TRIAGE: r"\btriage|assess.*\breport|研判|分诊",
    _M.REPORT: r"\braise.*\b(alert|alarm)|\breport (it|an? incident|the incident|what)|上报事件|报告事件",
    _M.CLOSE: r"\bclose\b|关闭|结案",
}
"""Words by which a step is called, in the order in which a meaning is more particular than those after it."""


def proposals(playbook: Playbook, document: Document) -> list[Problem]:
    """The `means` lines that could be added to a playbook, each with its reason, in the order of the file."""
    noted = [
        document.problem(
            path, _("Proposed: means: {meaning}, because {reason}.").format(meaning=meaning, reason=reason)
        )
        for step, path in _steps(playbook, document)
        if not step.means and not step.automatic
        for meaning, reason in _proposed(step)
    ]
    return _of_the_rule(noted)


def unclaimed(playbook: Playbook, document: Document) -> list[Problem]:
    """Notes of the meanings that no step has: what rests on them alone is not looked for in a run."""
    missing = [meaning for meaning in StepMeaning if not playbook.steps_that_mean(meaning)]
    message = _("No step means {meanings}; what rests on these is not looked for in its runs.")
    return _of_the_rule(
        [
            document.problem(
                ("tracks",), message.format(meanings=_(", ").join(missing[first : first + _FEW])), key=True
            )
            for first in range(0, len(missing), _FEW)
        ]
    )


def _of_the_rule(problems: list[Problem]) -> list[Problem]:
    return [Problem(one.file, one.line, one.column, one.path, one.message, RULE) for one in problems]


def _steps(playbook: Playbook, document: Document) -> Iterator[tuple[Step, Path]]:
    """Each step that somebody takes, once by its id, and where it stands: in a track, or as a notice."""
    seen: set[str] = set()
    for name, track in document.value.get("tracks", {}).items():
        for step, (index, written) in zip(playbook.tracks[name].steps, enumerate(track["steps"]), strict=True):
            if step.do not in seen and "means" not in written:
                yield step, ("tracks", name, "steps", index)
            seen.add(step.do)
    for name, written in document.value.get("notices", {}).items():
        notify = [step for step in playbook.tracks[f"notice_{name}"].steps if step.do == f"notify_{name}"]
        if "means" not in written:
            yield from ((step, ("notices", name)) for step in notify[:1])


def _proposed(step: Step) -> Iterator[tuple[StepMeaning, str]]:
    """The one meaning that a step most likely has, and why; none where nothing says so."""
    fits = step.fits.get("incident")
    if fits is False:
        yield StepMeaning.DISMISS, _("it is right only where it is no incident (fits)")
        return
    said = " ".join((step.do.replace("_", " ").replace("-", " "), *step.title.by_language().values())).lower()
    for meaning, words in _WORDS.items():
        if re.search(words, said):
            yield meaning, _("it is called “{words}”").format(words=next(iter(step.title.by_language().values())))
            return
    if fits is True:
        yield StepMeaning.DECLARE, _("it is right only where it is an incident (fits)")
    elif step.sets_level is not None:
        yield StepMeaning.GRADE, _("it sets the level")
