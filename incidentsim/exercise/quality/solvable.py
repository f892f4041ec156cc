"""Judgements that nobody can reason: what decides them had not come to whoever judges when they had to judge.

Asked of the experts' play: when the duty to judge is due, or when somebody judges where there is none, what they have
read by then must hold the facts from which the playbook's own rule gives the right answer, and nothing that came later
may say otherwise. Whoever judges before it is due could have waited, but not for what only follows a decision.

That something is so has to be shown, and whether it is an incident either way; any other no is right until something
speaks against it. Where a story's point is that evidence comes late, its truth says so (`late_evidence`): then that is
not asked, but the evidence must come to whoever judges in the end, and not at first.
"""

from collections.abc import Iterator

from incidentsim.domain.facts import DutySettled, StepTaken
from incidentsim.domain.scenario import LEVEL, Inject, Person, Shown
from incidentsim.exercise.evaluation.decisions.evidence import REASONED, Arrivals, Need
from incidentsim.exercise.evaluation.decisions.judging import judged
from incidentsim.exercise.evaluation.decisions.kinds import Decision, Question
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.knowledge.knowledge import Finding as Known
from incidentsim.exercise.quality.finding import Finding, Path, offset
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _


def findings(story: Story) -> Iterator[Finding]:
    """The judgements of the experts' play that cannot be reasoned; evidence that is said to come late and does not."""
    yield from _Solving(story).findings()


class _Solving:
    def __init__(self, story: Story) -> None:
        self._story = story
        self._trace = Trace(story.playbook, story.scenario, story.plays.expert.facts)
        self._arrivals = Arrivals(self._trace)
        self._awaited = {one.id for one in story.scenario.injects if one.on is None and one.unless is None}

    def findings(self) -> Iterator[Finding]:
        unreasoned: dict[tuple[str, str], Decision] = {}
        arrived: set[tuple[str, str]] = set()
        late: set[tuple[str, str]] = set()
        for decision in judged(self._trace, Whose(self._trace, None)).decisions:
            if decision.question not in REASONED or decision.person is None:
                continue
            subject = (decision.incident, _named(decision))
            if decision.evidence is not None and decision.evidence.judge is not None:
                arrived.add(subject)
                if decision.evidence.judge.sequence > self._possible(decision) or self._begins_otherwise(decision):
                    late.add(subject)
            if subject not in unreasoned and not self._is_reasoned(decision, self._known(decision)):
                unreasoned[subject] = decision
        declared = {
            (incident.id, name): number
            for incident in self._story.scenario.incidents.values()
            for number, name in enumerate(incident.truth.late_evidence)
        }
        for subject, decision in unreasoned.items():
            if subject not in declared or subject not in arrived:
                yield self._unreasoned(decision)
        for (incident, name), number in declared.items():
            if (incident, name) not in unreasoned and (incident, name) not in late:
                message = _(
                    "The evidence for {judgement} is said to come late, and experts know it before they can judge."
                )
                path: Path = ("incidents", incident, "truth", "late_evidence", number)
                yield Finding(path, "late-evidence", message.format(judgement=name), name)

    def _known(self, decision: Decision) -> tuple[Known, ...]:
        """What whoever judges has read by the moment that counts, but for what may follow from the judgement itself."""
        moment = self._moment(decision)
        findings = self._arrivals.knowledge.findings(decision.incident, decision.person or "")
        return tuple(
            known
            for known in findings
            if known.heard.by(moment) and (known.heard.fact < decision.sequence or known.inject in self._awaited)
        )

    def _begins_otherwise(self, decision: Decision) -> bool:
        """Return whether the first message that shows anything of it gives another answer than the right one."""
        came, flag = self._story.plays.expert.came, decision.right.flag
        about = (one for one in self._story.scenario.injects if one.incident == decision.incident and one.id in came)
        for inject in sorted(about, key=lambda one: came[one.id]):
            shown = {one.name: one.value for one in inject.shows if (one.kind == "measure") is (flag is None)}
            if flag is None and shown:
                return self._story.playbook.judged_level(shown) != decision.right.level
            if flag is not None and flag in shown:
                return bool(shown[flag]) != decision.right.holds
        return False

    def _possible(self, decision: Decision) -> int:
        """The number of the fact from which on the judgement could be made; -1 where it could from the start."""
        judged_by = self._trace.facts[decision.sequence]
        entered = -1
        for number in self._trace.incidents[decision.incident].steps:
            fact = self._trace.facts[number]
            if number >= decision.sequence or not isinstance(fact, StepTaken) or not isinstance(judged_by, StepTaken):
                break
            if fact.track == judged_by.track and fact.source != fact.target:
                entered = number
        return entered

    def _moment(self, decision: Decision) -> int:
        """When it was due to be judged; when it was judged, where it never was (ms)."""
        for duty in self._trace.duties:
            settled = self._trace.facts[duty.settled] if duty.settled is not None else None
            if isinstance(settled, DutySettled) and settled.because == decision.sequence and duty.due is not None:
                return duty.due
        return self._trace.facts[decision.sequence].at

    def _is_reasoned(self, decision: Decision, known: tuple[Known, ...]) -> bool:
        deciding, right = self._arrivals.deciding, decision.right
        answer = deciding.answer(decision.question, right.flag, known)
        needs = deciding.needs(decision.question, decision.incident, right.flag)
        if answer is None:
            return () in needs
        if answer != (right.level if decision.question is Question.LEVEL else right.holds):
            return False
        return any(not self._lacking(decision, need, known) for need in needs)

    def _lacking(self, decision: Decision, need: Need, known: tuple[Known, ...]) -> tuple[Shown, ...]:
        shows = self._arrivals.deciding.shows
        return tuple(wanted for wanted in need if not any(shows(decision.question, need, wanted, one) for one in known))

    def _unreasoned(self, decision: Decision) -> Finding:
        moment, known = self._moment(decision), self._known(decision)
        needs = self._arrivals.deciding.needs(decision.question, decision.incident, decision.right.flag)
        ways = [(self._lacking(decision, need, known), need) for need in needs]
        person = self._story.scenario.person_by_pseudonym(decision.person or "")
        judging = self._judging(decision, moment, person)
        truth: Path = ("incidents", decision.incident, "truth")
        subject = _named(decision)
        at = (*truth, subject) if subject in (LEVEL, INCIDENT, "unlawful") else (*truth, "flags", subject)
        if not ways:
            message = _("{judging} The truth names nothing from which the playbook gives the right answer.")
            return Finding(at, "unreasoned-judgement", message.format(judging=judging), subject)
        lacking, need = min(ways, key=lambda way: len(way[0]))
        if not lacking:
            message = _("{judging} What decides it has been read by then, but something read later says otherwise.")
            return Finding(at, "unreasoned-judgement", message.format(judging=judging), subject)
        names = ", ".join(dict.fromkeys(shown.name for shown in lacking))
        inject = self._holding(decision, need, lacking)
        if inject is None:
            message = _("{judging} By then they have read nothing that shows {names}, and no inject shows it.")
            return Finding(at, "unreasoned-judgement", message.format(judging=judging, names=names), subject)
        message = _("{judging} By then they have read nothing that shows {names}. The inject {inject} does: {when}")
        when = self._when(inject, person, moment)
        path = (*self._story.path(inject), "shows")
        text = message.format(judging=judging, names=names, inject=inject.id, when=when)
        return Finding(path, "unreasoned-judgement", text, subject)

    def _judging(self, decision: Decision, moment: int, person: Person) -> str:
        told = {"at": offset(moment), "person": person.id, "do": decision.chosen, "incident": decision.incident}
        match decision.question:
            case Question.LEVEL:
                message = _(
                    "At {at} {person} has to grade {incident} ({do}) and cannot reason the right level, {level}."
                )
                return message.format(**told, level=decision.right.level)
            case Question.INCIDENT:
                message = _(
                    "At {at} {person} has to judge whether {incident} is an incident ({do}) and cannot reason it."
                )
                return message.format(**told)
            case _other:
                message = _(
                    "At {at} {person} has to judge of {incident} whether it is {flag} ({do}) and cannot reason it."
                )
                return message.format(**told, flag=decision.right.flag)

    def _holding(self, decision: Decision, need: Need, lacking: tuple[Shown, ...]) -> Inject | None:
        """The first inject that shows something of what is lacking."""
        shows = self._arrivals.deciding.is_shown
        for inject in self._story.scenario.injects:
            if inject.incident == decision.incident and any(
                shows(decision.question, need, wanted, shown) for wanted in lacking for shown in inject.shows
            ):
                return inject
        return None

    def _when(self, inject: Inject, person: Person, moment: int) -> str:
        heard = self._arrivals.knowledge.injects(inject.incident or "", person.pseudonym).get(inject.id)
        if heard is not None and heard.since is not None and heard.since >= moment:
            return _("{person} reads it at {at}.").format(person=person.id, at=offset(heard.since))
        if inject.id not in self._story.plays.expert.came:
            return _("it does not come in this play.")
        return _("it does not reach {person}.").format(person=person.id)


def _named(decision: Decision) -> str:
    return LEVEL if decision.question is Question.LEVEL else decision.right.flag or ""
