"""What the playbook's own rule gives for a judgement, from what somebody knows and from nothing else.

The rule is the one by which decisions are evaluated (`evaluation.decisions.evidence`). The ground truth has no part in
it: what misleads somebody misleads their coach as well, and of two findings that say otherwise the later one counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.decisions.evidence import Deciding
from incidentsim.exercise.evaluation.decisions.kinds import Question
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT
from incidentsim.exercise.kernel.state import ExerciseState
from incidentsim.exercise.knowledge.knowledge import Finding, Knowledge


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of the rule for the steps of which one is to be taken.

    Attributes:
        flags: the yes or no that they judge, each with the answer; `None` where what is known does not decide it.
        level: the level, where they grade; `None` where they do not, or no figure is known.
        grades: they set the level.
        step: the trigger of the step that fits; `None` where none of them does.
    """

    flags: tuple[tuple[str, bool | None], ...] = ()
    level: int | None = None
    grades: bool = False
    step: str | None = None

    @property
    def judges(self) -> bool:
        """True if there is anything to judge."""
        return bool(self.flags) or self.grades

    @property
    def decides(self) -> bool:
        """True if what is known decides all of it."""
        return all(answer is not None for _flag, answer in self.flags) and not (self.grades and self.level is None)


class Adviser:
    """Gives advice by the rule of one playbook."""

    def __init__(self, playbook: Playbook, scenario: Scenario) -> None:
        """`scenario` may be without its truth: nothing of it is asked."""
        self._playbook = playbook
        self.knowledge = Knowledge(scenario)
        self._deciding = Deciding(playbook, scenario)

    def follow(self, state: ExerciseState) -> None:
        """Take in what has been added to what people know."""
        self.knowledge.read(state)

    def known(self, incident: str, people: Iterable[str], at: int, before: int | None = None) -> tuple[Finding, ...]:
        """Return what these people (pseudonyms) know together at `at` (ms), in the order in which it came to anybody.

        `before` leaves out what came with the fact of this number or later. That something is doubtful rests on the
        truth and is taken off.
        """
        findings = {
            (finding.kind, finding.name, finding.inject, finding.message): replace(finding, doubtful=False)
            for person in people
            for finding in self.knowledge.findings(incident, person)
            if finding.heard.by(at) and (before is None or finding.heard.fact < before)
        }
        return tuple(sorted(findings.values(), key=lambda finding: finding.origin))

    def advice(self, steps: Sequence[Step], known: Sequence[Finding]) -> Advice:
        """Return what the rule gives for these steps, by what somebody knows."""
        names = dict.fromkeys(flag for step in steps for flag in step.fits)
        flags = {flag: self._deciding.answer(_question(flag), flag, known) for flag in names}
        graded = any(step.sets_level is not None for step in steps)
        level = self.level(known) if graded else None
        # What nothing speaks for is not so; a report alone is taken seriously until something speaks against it.
        held = {flag: flag == INCIDENT if answer is None else bool(answer) for flag, answer in flags.items()}
        fitting = [step for step in steps if all(held[flag] == value for flag, value in step.fits.items())]
        return Advice(
            flags=tuple((flag, None if answer is None else bool(answer)) for flag, answer in flags.items()),
            level=level,
            grades=graded,
            step=fitting[0].do if fitting else None,
        )

    def level(self, known: Sequence[Finding]) -> int | None:
        """Return the level that the thresholds give for the figures known; `None` where none of them is known."""
        if not any(finding.kind == "measure" and self._asked(finding.name) for finding in known):
            return None
        answer = self._deciding.answer(Question.LEVEL, None, known)
        return None if answer is None else int(answer)

    def _asked(self, measure: str) -> bool:
        playbook = self._playbook
        return any(threshold.measure == measure for level in playbook.levels.values() for threshold in level.any_of)

    def speaking(self, steps: Sequence[Step], known: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return the findings on which the advice for these steps rests; none where they judge nothing."""
        flags = {flag for step in steps for flag in step.fits}
        grades = any(step.sets_level is not None for step in steps)
        asked = {rule.when.measure for rule in self._playbook.modifiers}
        return tuple(
            finding
            for finding in known
            if (finding.kind == "flag" and (finding.name in flags or (INCIDENT in flags and finding.value)))
            or (
                finding.kind == "measure"
                and (grades or INCIDENT in flags)
                and (self._asked(finding.name) or finding.name in asked)
            )
        )


def _question(flag: str) -> Question:
    return Question.INCIDENT if flag == INCIDENT else Question.FINDING
