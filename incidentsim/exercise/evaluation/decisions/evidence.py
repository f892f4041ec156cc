"""When the evidence that decides a judgement came: to anybody, and to whoever judged.

What decides is the smallest set of facts from which the playbook's own rule gives the right answer: for a level the
measures that reach its threshold, with those that raise it from there; for a yes or no the flag that the step's `fits`
asks for. That something is an incident is shown by whatever is true of it, too: a measure that reaches a threshold,
another yes. Of several such sets any is enough, and nothing can be left out of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario, Shown
from incidentsim.exercise.evaluation.decisions.kinds import Arrival, Decision, Evidence, Question
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.knowledge.knowledge import Finding, Knowledge
from incidentsim.exercise.knowledge.on_record import knowledge_on_record

MOST_VALUES: Final = 8
"""So many measured values of one truth are combined with each other; further ones are left out."""

Need = tuple[Shown, ...]
"""A smallest set of facts that decides. What is shown need not be the same number where it gives the same answer."""

REASONED: Final = frozenset({Question.INCIDENT, Question.LEVEL, Question.FINDING})
"""The questions that evidence answers."""


class Deciding:
    """The evidence that decides each judgement about the incidents of a scenario."""

    def __init__(self, playbook: Playbook, scenario: Scenario) -> None:
        self._playbook = playbook
        self._scenario = scenario
        self._levels: dict[str, tuple[Need, ...]] = {}

    def needs(self, question: Question, incident: str, flag: str | None) -> tuple[Need, ...]:
        """The smallest sets of facts that give the right answer to a question; any of them is enough.

        There is none where the ground truth names nothing that gives it. A set without facts says that the answer is
        right until something speaks against it.
        """
        if question is Question.LEVEL:
            return self._for_level(incident)
        if question not in REASONED or flag is None:
            return ()
        truth = self._scenario.incidents[incident].truth
        holds = truth.flags.get(flag, False)
        shown = (Shown("flag", flag, int(holds)),)
        if flag != INCIDENT:
            return (shown,) if holds else (shown, ())
        if not holds:
            return (shown,)
        others = [(Shown("flag", name, 1),) for name, value in truth.flags.items() if value and name != INCIDENT]
        measured = [(Shown("measure", name, value),) for name, value in truth.why.items() if self._counts(name, value)]
        return (shown, *measured, *others)

    def _counts(self, name: str, value: int) -> bool:
        return any(
            threshold.measure == name and value >= threshold.at_least
            for level in self._playbook.levels.values()
            for threshold in level.any_of
        )

    def _for_level(self, incident: str) -> tuple[Need, ...]:
        known = self._levels.get(incident)
        if known is None:
            known = self._levels[incident] = tuple(self._smallest(incident))
        return known

    def _smallest(self, incident: str) -> list[Need]:
        truth, judged = self._scenario.incidents[incident].truth, self._playbook.judged_level
        values = dict(list(truth.why.items())[:MOST_VALUES])
        found: list[Need] = []
        for size in range(len(values) + 1) if truth.level is not None else ():
            for names in combinations(values, size):
                enough = any({shown.name for shown in need} <= set(names) for need in found)
                if not enough and judged({name: values[name] for name in names}) == truth.level:
                    found.append(tuple(Shown("measure", name, values[name]) for name in names))
        return found

    def shows(self, question: Question, need: Need, wanted: Shown, known: Finding) -> bool:
        """Return whether somebody who knows this knows what is wanted of a set."""
        return self.is_shown(question, need, wanted, Shown(known.kind, known.name, known.value))

    def is_shown(self, question: Question, need: Need, wanted: Shown, shown: Shown) -> bool:
        """Return whether `shown` tells what is wanted of a set: the same yes or no, or a measure that does the same.

        Another value of a measure does the same if it gives the same level, or, where the question is whether it is an
        incident, if it reaches any threshold.
        """
        if (shown.kind, shown.name) != (wanted.kind, wanted.name):
            return False
        if shown.kind == "flag":
            return shown.value == wanted.value
        if question is Question.INCIDENT:
            return self._counts(shown.name, shown.value)
        whole = {part.name: part.value for part in need}
        judged = self._playbook.judged_level
        return judged({**whole, shown.name: shown.value}) == judged(whole)

    def answer(self, question: Question, flag: str | None, findings: Iterable[Finding]) -> int | bool | None:
        """Return what the playbook's rule makes of findings: a level, or a yes or no; `None` where they say nothing.

        The later of two that say otherwise counts. What experience sees through does not count.
        """
        sure = [finding for finding in findings if not finding.doubtful]
        measures = {finding.name: finding.value for finding in sure if finding.kind == "measure"}
        if question is Question.LEVEL:
            return self._playbook.judged_level(measures)
        flags = {finding.name: bool(finding.value) for finding in sure if finding.kind == "flag"}
        if flag == INCIDENT and flag not in flags:
            return True if any(flags.values()) or any(map(self._counts, measures, measures.values())) else None
        return flags.get(flag or "")


class Arrivals:
    """The ways in which decisive evidence came to people, in one record."""

    def __init__(self, trace: Trace) -> None:
        self.deciding = Deciding(trace.playbook, trace.scenario)
        self._people = tuple(person.pseudonym for person in trace.scenario.people.values())
        self.knowledge: Knowledge = knowledge_on_record(trace.scenario, trace.facts)
        self._first: dict[str, tuple[Finding, ...]] = {}

    def told(self, decision: Decision) -> Decision:
        """The decision with when what decides it came; as it is, where evidence decides nothing."""
        if decision.question not in REASONED:
            return decision
        needs = self.deciding.needs(decision.question, decision.incident, decision.right.flag)
        if not needs or not all(needs):
            return replace(decision, evidence=Evidence(needs=needs, looked_for=False))
        mine = self.knowledge.findings(decision.incident, decision.person) if decision.person is not None else ()
        anybody = self._earliest(decision.question, needs, self._anybody(decision.incident))
        judge = self._earliest(decision.question, needs, mine)
        return replace(decision, evidence=Evidence(needs, looked_for=True, anybody=anybody, judge=judge))

    def _anybody(self, incident: str) -> tuple[Finding, ...]:
        """Everything that anybody knew, each as it first came to one of them."""
        known = self._first.get(incident)
        if known is None:
            every = (one for person in self._people for one in self.knowledge.findings(incident, person))
            first: dict[tuple[str, str, int, str | None, int | None], Finding] = {}
            for one in every:
                key = (one.kind, one.name, one.value, one.inject, one.message)
                if key not in first or _moment(one) < _moment(first[key]):
                    first[key] = one
            known = self._first[incident] = tuple(first.values())
        return known

    def _earliest(self, question: Question, needs: Sequence[Need], findings: Sequence[Finding]) -> Arrival | None:
        whole = [moment for need in needs if (moment := self._complete(question, need, findings)) is not None]
        return Arrival(*reversed(min(whole))) if whole else None

    def _complete(self, question: Question, need: Need, findings: Sequence[Finding]) -> tuple[int, int] | None:
        """When the last part of a set had come (ms), and by which fact; `None` where one never did."""
        moments: list[tuple[int, int]] = []
        for wanted in need:
            shown = [
                _moment(one)
                for one in findings
                if one.heard.since is not None and self.deciding.shows(question, need, wanted, one)
            ]
            if not shown:
                return None
            moments.append(min(shown))
        return max(moments)


def _moment(finding: Finding) -> tuple[int, int]:
    return (finding.heard.since or 0, finding.heard.fact)
