"""Scripts with one human error planted: what somebody might get wrong in them, by the procedure and never by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.actions import Action, Value
from incidentsim.domain.facts import DecisionSource, DutyOpened, DutySettled, Fact, FactKind, StepTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import ANYONE, Playbook, Step
from incidentsim.domain.scenario import Scenario, ScriptedAction
from incidentsim.domain.text import FreeText
from incidentsim.exercise.evaluation.decisions.kinds import Decision, ErrorKind, Question
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.sim_time import MINUTE, SECOND
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.generate import Order, generate
from incidentsim.session.script import scripted
from tests.support.evaluating import evaluated, played, procedure, scenario
from tests.support.facts import acting
from tests.support.play import play_with_bots
from tests.support.procedures import exercise_of, playbook

Key = tuple[ErrorKind, str, str, int]
Script = tuple[ScriptedAction, ...]
WORDS = FreeText("as planted")


@dataclass(frozen=True)
class Planted:
    """A scenario whose script has one error more, and what tells that error from others."""

    scenario: Scenario
    key: Key


@dataclass(frozen=True)
class Told:
    """A scenario as an expert plays it: its procedure, its facts and its evaluation."""

    scenario: Scenario
    playbook: Playbook
    facts: Sequence[Fact]
    evaluation: Evaluation

    @property
    def keys(self) -> set[Key]:
        """The errors that the script has of itself."""
        return {error.key for error in self.evaluation.judged.all_errors}

    def step(self, line: ScriptedAction) -> Step | None:
        """The step that a line of the script took; `None` where it was refused."""
        action = line.action
        for fact in self.facts:
            if isinstance(fact, StepTaken) and fact.by is not None and (fact.at, fact.do) == (line.at, action.do):  # noqa: SIM102 - two questions
                if (fact.incident, fact.by.person) == (action.incident, action.person):
                    steps = self.playbook.tracks[fact.track].steps
                    return next(step for step in steps if step.do == fact.do and fact.source in step.sources)
        return None

    def others(self, step: Step) -> list[Step]:
        """The other steps of people that leave the same states of a track."""
        track = self.playbook.tracks[step.track]
        return [
            other
            for other in track.steps
            if other.do != step.do and not other.automatic and set(other.sources) & set(step.sources)
        ]

    def able(self, step: Step) -> str | None:
        """Somebody (a pseudonym) who may take a step and is there."""
        for person in self.scenario.people.values():
            if not person.always_away and not person.away and (ANYONE in step.by or set(person.roles) & set(step.by)):
                return person.pseudonym
        return None

    def written(self, script: Iterable[ScriptedAction]) -> Scenario:
        """The scenario with another script, in order of time."""
        return replace(self.scenario, script=tuple(sorted(script, key=lambda one: one.at)), asides=())


def filled(told: Told, step: Step, **values: Value) -> dict[str, Value]:
    """Valid content for a step."""
    found: dict[str, Value] = {}
    for part in step.fields:
        if not part.required:
            continue
        match part.kind:
            case FieldKind.TEXT:
                found[part.name] = WORDS
            case FieldKind.CHOICES | FieldKind.CLOCK_MEASURES:
                found[part.name] = part.choices[: max(part.at_least, 1)]
            case FieldKind.LEVEL:
                found[part.name] = max(told.playbook.levels)
            case FieldKind.PERSON:
                found[part.name] = next(iter(told.scenario.people.values())).pseudonym
            case FieldKind.ROLE:
                found[part.name] = step.by[0]
            case _:
                found[part.name] = part.choices[0]
    return {**found, **values}


def _real(told: Told, incident: str) -> bool:
    return told.scenario.incidents[incident].truth.incident


def dismissed(told: Told) -> Planted | None:
    """A real incident is dismissed, and nothing more is done about it."""
    for line in told.scenario.script:
        step = told.step(line)
        if step is None or step.fits.get("incident") is not True or not _real(told, line.action.incident):
            continue
        other = next((one for one in told.others(step) if one.fits.get("incident") is False), None)
        if other is None:
            continue
        action = replace(line.action, do=other.do, content=filled(told, other), role=None)
        script = [
            one for one in told.scenario.script if one.action.incident != line.action.incident or one.at < line.at
        ]
        key = (ErrorKind.DISMISSED, line.action.incident, "incident", 0)
        return Planted(told.written([*script, replace(line, action=action)]), key)
    return None


def graded(off: int) -> Callable[[Told], Planted | None]:
    """An incident is graded so many levels too mild (or, below 0, too severe)."""

    def plant(told: Told) -> Planted | None:
        before: dict[str, int] = {}
        for line in told.scenario.script:
            step = told.step(line)
            if step is None or step.sets_level is None:
                continue
            right = told.scenario.incidents[line.action.incident].truth.level
            graded = line.action.content.get(step.sets_level)
            again = before.get(line.action.incident) == off
            if isinstance(graded, int) and right is not None:
                before[line.action.incident] = graded - right
            if right is None or graded != right or right + off not in told.playbook.levels or again:
                continue
            action = replace(line.action, content={**line.action.content, step.sets_level: right + off})
            kind = ErrorKind.TOO_MILD if off > 0 else ErrorKind.TOO_SEVERE
            key = (kind, line.action.incident, line.action.do, off)
            return Planted(told.written(_replaced(told, line, action)), key)
        return None

    return plant


def _replaced(told: Told, line: ScriptedAction, action: Action) -> list[ScriptedAction]:
    return [replace(one, action=action) if one is line else one for one in told.scenario.script]


def _questions(told: Told) -> list[tuple[str, str]]:
    """The yes or no that a track's first step answers either way: its track and its flag, but for `incident`."""
    found = []
    for track in told.playbook.tracks.values():
        first = [step for step in track.steps if track.initial in step.sources and not step.automatic]
        flags = dict.fromkeys(name for step in first for name in step.fits if name != "incident")
        found += [(track.id, flag) for flag in flags if {step.fits.get(flag) for step in first} >= {True, False}]
    return found


def finding_missing(told: Told) -> Planted | None:
    """Nobody judges whether it is unlawful, or whatever else the procedure wants judged."""
    for track, flag in _questions(told):
        for line in told.scenario.script:
            step = told.step(line)
            if step is None or step.track != track or flag not in step.fits or not _real(told, line.action.incident):
                continue
            incident = line.action.incident
            key = (ErrorKind.FINDING_MISSING, incident, flag, 0)
            steps = {step.do for step in told.playbook.tracks[track].steps}
            left = [
                one for one in told.scenario.script if one.action.incident != incident or one.action.do not in steps
            ]
            return Planted(told.written(left), key)
    return None


def finding_wrong(told: Told) -> Planted | None:
    """It is judged, and wrongly."""
    for track, flag in _questions(told):
        for line in told.scenario.script:
            step = told.step(line)
            if step is None or step.track != track or flag not in step.fits:
                continue
            incident = line.action.incident
            key = (ErrorKind.FINDING_WRONG, incident, flag, 0)
            truth = told.scenario.incidents[incident].truth.flags.get(flag, False)
            other = next((one for one in told.others(step) if one.fits.get(flag) == (not truth)), None)
            if step.fits[flag] != truth or other is None or key in told.keys:
                continue
            person = line.action.person if set(step.by) & set(other.by) else told.able(other)
            if person is None:
                continue
            action = Action(person, other.do, incident, content=filled(told, other))
            return Planted(told.written(_replaced(told, line, action)), key)
    return None


def _notices(told: Told) -> list[tuple[ScriptedAction, Step]]:
    found = []
    for line in told.scenario.script:
        step = told.step(line)
        if step is not None and told.playbook.tracks[step.track].tells:
            found.append((line, step))
    return found


def wrong_recipient(told: Told) -> Planted | None:
    """Somebody is told whom nothing wants told, in place of whoever is to be told."""
    given = {(line.action.incident, step.track) for line, step in _notices(told)}
    for line, step in _notices(told):
        incident = line.action.incident
        due = {fact.track for fact in told.facts if isinstance(fact, StepTaken) and fact.by is None}
        for track in told.playbook.tracks.values():
            if not track.tells or (incident, track.id) in given or track.id in due:
                continue
            other = next(one for one in track.steps if track.initial in one.sources and not one.automatic)
            person = told.able(other)
            if person is None or step.track not in due:
                continue
            action = Action(person, other.do, incident, content=filled(told, other))
            key = (ErrorKind.WRONG_RECIPIENT, incident, other.do, 0)
            return Planted(told.written(_replaced(told, line, action)), key)
    return None


def recipient_missed(told: Told) -> Planted | None:
    """Nobody tells somebody who is to be told."""
    for line, step in _notices(told):
        incident = line.action.incident
        duty = next(
            (
                one.id
                for one in told.playbook.duties.values()
                if any(pattern.do == step.do for pattern in one.settled_by)
            ),
            None,
        )
        opened = any(isinstance(f, DutyOpened) and f.duty == duty and f.incident == incident for f in told.facts)
        if duty is None or not opened:
            continue
        left = [one for one in told.scenario.script if one is not line]
        return Planted(told.written(left), (ErrorKind.RECIPIENT_MISSED, incident, duty, 0))
    return None


def figure_not_told(told: Told) -> Planted | None:
    """The report that carries the figure which decides the level goes out before the figure is there, and none after.

    Or somebody who has not read the figure makes it, where there is somebody.
    """
    knowledge = Knowledge(Trace(told.playbook, told.scenario, told.facts))
    for decision in told.evaluation.judged.decisions:
        reasons = [reason for reason in decision.right.reached if not reason.more_severe_by]
        if decision.question is not Question.LEVEL or decision.error is not None or not reasons:
            continue
        deciding = _deciding(told, decision)
        read = {known.inject: known.sequence for known in decision.knew if known.inject in deciding}
        if not read or any(told.facts[number].kind is not FactKind.MESSAGE_SENT for number in read.values()):
            continue  # it reached them without anybody passing it on
        key = (ErrorKind.FIGURE_NOT_TOLD, decision.incident, reasons[0].threshold.measure, 0)
        first = min(told.facts[knowledge.shown[inject][0]].at for inject in read)
        passed = told.facts[min(read.values())]
        report = next(
            (
                line
                for line in told.scenario.script
                if line.at == passed.at and (step := told.step(line)) is not None and step.tells is not None
            ),
            None,
        )
        if report is None:
            continue
        before = [line for line in told.scenario.script if line.at < report.at]
        moving = {line.action.incident for line in (*before, report)}
        raised = max(f.at for f in told.facts if f.kind is FactKind.INCIDENT_RAISED and f.incident in moving)
        if first - SECOND * (len(before) + 1) > raised:
            early = {id(line): first - SECOND * (len(before) + 1 - n) for n, line in enumerate([*before, report])}
            moved = [replace(one, at=min(one.at, early.get(id(one), one.at))) for one in told.scenario.script]
            return Planted(told.written(moved), key)
        other = _reporter(told, knowledge, report, deciding, decision)
        if other is not None:
            action = replace(report.action, person=other, role=None)
            return Planted(told.written(_replaced(told, report, action)), key)
    return None


def _deciding(told: Told, decision: Decision) -> set[str]:
    return {
        inject.id
        for inject in told.scenario.injects
        for shown in inject.shows
        for reason in decision.right.reached
        if inject.incident == decision.incident
        and not reason.more_severe_by
        and shown.name == reason.threshold.measure
        and shown.value >= reason.threshold.at_least
    }


def _reporter(
    told: Told, knowledge: Knowledge, report: ScriptedAction, deciding: set[str], decision: Decision
) -> str | None:
    step = told.step(report)
    for person in told.scenario.people.values():
        may = step is not None and (ANYONE in step.by or bool(set(person.roles) & set(step.by)))
        read = {one.inject for one in knowledge.known(decision.incident, person.pseudonym, decision.sequence)}
        if may and not person.always_away and not read & deciding:
            return person.pseudonym
    return None


def late(told: Told) -> Planted | None:
    """Something is done after its time, and before whatever comes next about the incident."""
    kept = [d for d in Trace(told.playbook, told.scenario, told.facts).duties if d.settled and not d.breached]
    for duty in kept:
        if duty.due is None or duty.settled is None:
            continue
        settled = told.facts[duty.settled]
        taken = told.facts[settled.because] if isinstance(settled, DutySettled) else None
        if not isinstance(taken, StepTaken) or taken.by is None:
            continue
        lines = [one for one in told.scenario.script if one.action.incident == duty.incident]
        line = next((one for one in lines if one.action.do == taken.do and one.at <= taken.at), None)
        following = [one.at for one in lines if line is not None and one.at > line.at]
        when = duty.due + MINUTE
        if line is None or taken.at > duty.due or when >= min(following, default=told.scenario.ends):
            continue
        moved = [replace(one, at=when) if one is line else one for one in told.scenario.script]
        return Planted(told.written(moved), (ErrorKind.LATE, duty.incident, duty.duty, 0))
    return None


def law_deadline_missed(told: Told) -> Planted | None:
    """A filing that the law asks for is made a minute late."""
    clocks = clocks_of(shipped_packs(), told.scenario, told.facts)
    for incident, views in clocks.items():
        for view in views:
            if not isinstance(view, DeadlineView) or not view.clock.binding or view.state is not ClockState.FILED:
                continue
            due = view.due.at - told.scenario.local_time.start + MINUTE
            moved = [
                replace(one, at=due)
                if one.action.incident == incident and view.clock.id in one.action.content.values()
                else one
                for one in told.scenario.script
            ]
            if due < told.scenario.ends and moved != list(told.scenario.script):
                return Planted(told.written(moved), (ErrorKind.LAW_DEADLINE_MISSED, incident, view.clock.id, 0))
    return None


def own_report_approved(told: Told) -> Planted | None:
    """Somebody approves what they have done themselves."""
    for line in told.scenario.script:
        step = told.step(line)
        if step is None or not step.not_by_author_of:
            continue
        incident = line.action.incident
        authors = [
            one.action.person
            for one in told.scenario.script
            if one.action.do in step.not_by_author_of and one.action.incident == incident and one.at <= line.at
        ]
        key = (ErrorKind.OWN_REPORT_APPROVED, incident, step.do, 0)
        if not authors or key in told.keys:
            continue
        own = replace(line, at=line.at - MINUTE, action=replace(line.action, person=authors[-1], role=None))
        return Planted(told.written([*told.scenario.script, own]), key)
    return None


PLANTS: dict[str, Callable[[Told], Planted | None]] = {
    "dismissed": dismissed,
    "graded one too mild": graded(1),
    "graded two too mild": graded(2),
    "graded one too severe": graded(-1),
    "graded two too severe": graded(-2),
    "legality not judged": finding_missing,
    "legality judged wrongly": finding_wrong,
    "reported to the wrong one": wrong_recipient,
    "recipient missed": recipient_missed,
    "nobody told of the deciding figure": figure_not_told,
    "late": late,
    "deadline of the law missed": law_deadline_missed,
    "own report approved": own_report_approved,
}
"""Every kind of error; a plant is `None` where procedure and level do not allow it."""


def shipped_told(name: str) -> Told:
    """A shipped scenario as its script plays it."""
    told = scenario(name)
    facts = played(told)
    return Told(told, procedure(name), facts, evaluated(told, facts))


def generated_told(archetype: Archetype, order: Order) -> Told:
    """A generated scenario as bots of full proficiency play it, written down as `runs script` does."""
    made = generate(archetype, order)
    book = playbook("platform-incidents")
    subject = read_scenario(made.data, made.id, book)
    bots = play_with_bots(exercise_of(book.id, subject))
    sources = [DecisionSource.ENGINE if acting(fact) is None else DecisionSource.BOT for fact in bots]
    told = read_scenario(scripted(made.data, subject, book, bots, sources), made.id, book)
    facts = played(told)
    return Told(told, book, facts, evaluated(told, facts))


def gained(told: Told, planted: Planted) -> tuple[Counter[Key], Evaluation]:
    """The errors that the planted script has more than the expert's, and its evaluation."""
    after = evaluated(planted.scenario)
    new = Counter(error.key for error in after.judged.errors)
    return new - Counter(error.key for error in told.evaluation.judged.errors), after
