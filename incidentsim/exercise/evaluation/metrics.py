"""What can be counted or timed about a run, each value with the sequence numbers of the facts it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from incidentsim.domain.evaluation import ElapsedRule, OrderRule
from incidentsim.domain.facts import RefusalReason, StepTaken
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.hints import HintsGiven
from incidentsim.exercise.evaluation.trace import DutyTrace, IncidentTrace, Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView, QuietView, TargetView

Unit = Literal["ms", "levels", "count", "yes_no"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured value.

    `kind` is the sort of metric (`elapsed` and `order` are the playbook's own, named by `subject`), `incident` the
    incident it is about (`None`: the whole run), `value` is in `unit`, and `None` where what is measured began and
    never came to its end. `by_bots` is how many of what is counted, or whether what ended it, bots did at a table with
    people (else 0).
    """

    kind: str
    subject: str
    incident: str | None
    value: int | bool | None
    unit: Unit
    evidence: tuple[int, ...]
    by_bots: int = 0

    @property
    def key(self) -> tuple[str, str, str | None]:
        """The kind, subject and incident, which together tell this metric from the others of a run."""
        return (self.kind, self.subject, self.incident)


def metrics(
    trace: Trace, decided: Judged, whose: Whose, clocks: Mapping[str, Sequence[ClockView]] | None = None
) -> tuple[Metric, ...]:
    """All metrics of a run: incident by incident, then those of the whole run.

    `decided` says what the truth called for, whatever the record did, `whose` what was people's.

    `clocks` is where the regulatory deadlines of each incident stood at the end; without them none is counted.
    """
    measured: list[Metric] = []
    for incident in trace.incidents.values():
        if incident.raised is not None:
            measured.extend(_of_rules(trace, incident))
            measured.extend(_of_judgement(trace, incident))
            measured.extend(_of_receivers(trace, incident, decided))
            measured.append(_owed(incident, decided))
            measured.extend(_of_evidence(trace, incident, decided))
            measured.extend(_of_clocks(incident, (clocks or {}).get(incident.id, ())))
    measured.extend(_hints(trace))
    measured.extend(_latencies(trace))
    measured.extend(_refusals(trace))
    measured.extend(_duties(trace))
    return tuple(_apart(metric, whose) for metric in measured)


def _apart(metric: Metric, whose: Whose) -> Metric:
    rests_on = metric.evidence if metric.unit == "count" else metric.evidence[-1:]
    bots = sum(whose.fact(number) is False for number in rests_on)
    return replace(metric, by_bots=bots) if bots else metric


def _of_rules(trace: Trace, incident: IncidentTrace) -> Iterator[Metric]:
    for rule in trace.playbook.metrics.values():
        found = _elapsed(trace, incident, rule) if isinstance(rule, ElapsedRule) else _order(trace, incident, rule)
        if found is not None:
            yield found


def _elapsed(trace: Trace, incident: IncidentTrace, rule: ElapsedRule) -> Metric | None:
    start = trace.first(incident, rule.start)
    if start is None:
        return None
    end = trace.first(incident, rule.end, start)
    if end is None:
        return Metric("elapsed", rule.id, incident.id, None, "ms", (start,))
    value = trace.facts[end].at - trace.facts[start].at
    return Metric("elapsed", rule.id, incident.id, value, "ms", (start, end))


def _order(trace: Trace, incident: IncidentTrace, rule: OrderRule) -> Metric | None:
    then = trace.first(incident, rule.then)
    if then is None or (rule.when and trace.first(incident, rule.when) is None):
        return None
    first = trace.first(incident, rule.first)
    evidence = (then,) if first is None else (first, then)
    return Metric("order", rule.id, incident.id, first is not None and first < then, "yes_no", evidence)


def _of_judgement(trace: Trace, incident: IncidentTrace) -> Iterator[Metric]:
    truth = trace.scenario.incidents[incident.id].truth
    if truth.level is not None and incident.first_graded is not None and incident.last_graded is not None:
        first, last = incident.first_level, incident.level
        if first is not None and last is not None:
            yield Metric(
                "first_grading_error", "", incident.id, first - truth.level, "levels", (incident.first_graded,)
            )
            yield Metric("grading_error", "", incident.id, last - truth.level, "levels", (incident.last_graded,))
    dismissed: list[int] = []
    alarmed: list[int] = []
    other: list[int] = []
    for do, sequences in incident.misjudged.items():
        steps = [step for track in trace.playbook.tracks.values() for step in track.steps if step.do == do]
        says = next((step.fits["incident"] for step in steps if "incident" in step.fits), None)
        wrong_about_incident = says is not None and says != truth.flags.get("incident", False)
        group = other if not wrong_about_incident else alarmed if says else dismissed
        group.extend(sequences)
    for kind, evidence in (
        ("wrong_dismissals", dismissed),
        ("false_alarms_escalated", alarmed),
        ("other_misjudgements", other),
    ):
        yield Metric(kind, "", incident.id, len(evidence), "count", tuple(sorted(evidence)))


def _of_evidence(trace: Trace, incident: IncidentTrace, decided: Judged) -> Iterator[Metric]:
    """How long after the incident was raised what decides each judgement had come: to anybody, to whoever judged first.

    Where no evidence was looked for, there is nothing to measure.
    """
    raised = trace.facts[incident.raised or 0].at
    measured: set[str] = set()
    for decision in decided.by_incident.get(incident.id, ()):
        evidence, subject = decision.evidence, decision.right.flag or decision.question.value
        if evidence is None or not evidence.looked_for or subject in measured:
            continue
        measured.add(subject)
        for kind, came in (("evidence_known", evidence.anybody), ("evidence_with_judge", evidence.judge)):
            if came is not None:
                yield Metric(kind, subject, incident.id, came.at - raised, "ms", (came.sequence,))
            elif kind == "evidence_known" or decision.person is not None:
                yield Metric(kind, subject, incident.id, None, "ms", (decision.sequence,))


def _owed(incident: IncidentTrace, decided: Judged) -> Metric:
    """How many tasks the truth called for, and the record did not, because something was judged wrongly."""
    owed = decided.owed.get(incident.id, ())
    evidence = tuple(sorted({one.sequence for one in owed}))
    return Metric("owed_by_truth", "", incident.id, len(owed), "count", evidence)


def _of_receivers(trace: Trace, incident: IncidentTrace, decided: Judged) -> Iterator[Metric]:
    """Who was told: as procedure or truth demand it, unasked, or demanded and not told; and messages that met nobody.

    What the truth demands counts, also where the record did not, because the level was graded wrongly.
    """
    asked_by_nothing = decided.unasked
    unasked = sorted(
        number for numbers in incident.unasked.values() for number in numbers if number in asked_by_nothing
    )
    owed = decided.notices_owed.get(incident.id, frozenset())
    right = tuple(number for number in incident.told if number not in unasked)
    told = {fact.track for number in incident.told if isinstance(fact := trace.facts[number], StepTaken)}
    missed = [
        track.id
        for track in trace.playbook.tracks.values()
        if track.tells and track.id not in told
        if incident.places[track.id] != track.initial or track.id in owed
    ]
    yield Metric("right_receivers_told", "", incident.id, len(right), "count", right)
    yield Metric("wrong_receivers_told", "", incident.id, len(unasked), "count", tuple(unasked))
    yield Metric("receivers_not_told", "", incident.id, len(missed), "count", ())
    yield Metric("escalations_received", "", incident.id, len(incident.reached), "count", tuple(incident.reached))
    yield Metric("escalations_to_nobody", "", incident.id, len(incident.unreached), "count", tuple(incident.unreached))


_CLOCKS: Final[Mapping[ClockState, str]] = {
    ClockState.FILED: "kept",
    ClockState.FILED_LATE: "late",
    ClockState.OVERDUE: "missed",
    ClockState.DUE: "open",
}


def _of_clocks(incident: IncidentTrace, views: Sequence[ClockView]) -> Iterator[Metric]:
    """How many binding clocks were met; those whose law gives no number are only counted as filed.

    Each rests on the moment that started it and on its filing.
    """
    evidence: dict[str, set[int]] = {}
    number: dict[str, int] = {}
    for view in views:
        if isinstance(view, QuietView) or not view.clock.binding:
            continue
        standing = _CLOCKS.get(view.state) if isinstance(view, DeadlineView) else "unnumbered"
        if standing is None or (isinstance(view, TargetView) and view.filed is None):
            continue
        began = view.anchor
        start = incident.filings.get(began.filing) if began.filing else incident.anchors.get(began.anchor.value)
        rests_on = (start, incident.filings.get(view.clock.id))
        evidence.setdefault(standing, set()).update(sequence for sequence in rests_on if sequence is not None)
        number[standing] = number.get(standing, 0) + 1
    for standing in ("kept", "late", "missed", "open", "unnumbered"):
        if standing in number:
            yield Metric("clocks", standing, incident.id, number[standing], "count", tuple(sorted(evidence[standing])))


def _latencies(trace: Trace) -> Iterator[Metric]:
    for inject in trace.injects:
        if inject.answered is None:
            yield Metric("decision_latency", inject.inject, inject.incident, None, "ms", (inject.sequence,))
        else:
            value = trace.facts[inject.answered].at - trace.facts[inject.sequence].at
            evidence = (inject.sequence, inject.answered)
            yield Metric("decision_latency", inject.inject, inject.incident, value, "ms", evidence)


def _hints(trace: Trace) -> Iterator[Metric]:
    """How many hints the coach gave, step by step; nothing where it helped nobody."""
    if trace.coached or trace.hints:
        for step, sequences in HintsGiven(trace).by_step():
            yield Metric("hints", step.value, None, len(sequences), "count", sequences)


def _refusals(trace: Trace) -> Iterator[Metric]:
    found: dict[RefusalReason, list[int]] = {why: [] for why in RefusalReason}
    for refusal in trace.refusals:
        found[refusal.why].append(refusal.sequence)
    for why, sequences in found.items():
        yield Metric("refusals", why, None, len(sequences), "count", tuple(sequences))


def duty_standing(duty: DutyTrace) -> str:
    """The standing of a duty: `kept`, `late`, `missed`, `dropped`, `open` and not late yet, or `no_limit`.

    What was done without a limit at the end was neither in time nor late.
    """
    if duty.settled is not None and duty.breached is None and duty.due is None:
        return "no_limit"
    if duty.settled is not None:
        return "late" if duty.breached is not None else "kept"
    if duty.dropped is not None:
        return "dropped"
    return "missed" if duty.breached is not None else "open"


def _duties(trace: Trace) -> Iterator[Metric]:
    found: dict[str, list[int]] = {"kept": [], "late": [], "missed": [], "dropped": [], "open": [], "no_limit": []}
    for duty in trace.duties:
        standing = duty_standing(duty)
        last = duty.settled if duty.settled is not None else duty.breached
        found[standing].append(last if last is not None else duty.opened)
    for standing, sequences in found.items():
        if standing == "no_limit" and not sequences:
            continue
        yield Metric("duties", standing, None, len(sequences), "count", tuple(sorted(sequences)))
