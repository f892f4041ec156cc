"""What is wrong with a procedure as a whole although every name in it exists: dead ends, ambiguity, idle duties."""

from collections.abc import Mapping

from incidentsim.definitions.playbook.duties import PlacedDuty
from incidentsim.definitions.playbook.tracks import PlacedTrack
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Step
from incidentsim.messages import gettext as _


def check_main_track(findings: Findings, placed: list[PlacedTrack]) -> None:
    """Exactly one track carries the phases."""
    main = [one for one in placed if one.track.main]
    if not main:
        findings.add(("tracks",), _("One track must be the main one (main: true), which carries the phases."), key=True)
    for other in main[1:]:
        message = _("Only one track can be the main one; {track} is it already.").format(track=main[0].track.id)
        findings.add((*other.path, "main"), message, key=True)


def check_step_names(findings: Findings, placed: list[PlacedTrack]) -> dict[str, Path]:
    """A name of a step belongs to one track; says where each name stands first."""
    track_of: dict[str, str] = {}
    first: dict[str, Path] = {}
    for one in placed:
        for step, path in zip(one.track.steps, one.steps, strict=True):
            if track_of.setdefault(step.do, step.track) != step.track:
                message = _("The step {do} is on the track {track} already; a name of a step belongs to one track.")
                at = path if one.made else (*path, "do")
                findings.add(at, message.format(do=step.do, track=track_of[step.do]))
            first.setdefault(step.do, path)
    return first


def check_ways(findings: Findings, placed: PlacedTrack) -> None:
    """Every state can be reached and, if nothing may rest there, left."""
    if not placed.sound or placed.made:
        return
    reached = reachable_states(placed)
    for state in placed.track.states.values():
        path = (*placed.path, "states", state.id)
        if state.id not in reached:
            message = _("The state {state} cannot be reached: no step leads to it from {initial}.")
            findings.add(path, message.format(state=state.id, initial=placed.track.initial), key=True)
        if not state.final and not any(
            state.id in step.sources and step.target not in (None, state.id) for step in placed.track.steps
        ):
            message = _("No step leads out of the state {state}; add one, or say that it is final.")
            findings.add(path, message.format(state=state.id), key=True)


def reachable_states(placed: PlacedTrack) -> set[str]:
    """The states that some way leads to from the first, whatever the steps on it need."""
    outgoing: dict[str, list[str]] = {}
    for step in placed.track.steps:
        for source in step.sources:
            outgoing.setdefault(source, []).append(step.target or source)
    reached = {placed.track.initial}
    waiting = [placed.track.initial]
    while waiting:
        for target in outgoing.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def check_ambiguity(findings: Findings, placed: PlacedTrack) -> None:
    """From one state a name means one step, and one fact moves one step."""
    if placed.made:
        return
    seen: dict[tuple[str, str], Path] = {}
    automatic: dict[str, list[Step]] = {}
    for step, path in zip(placed.track.steps, placed.steps, strict=True):
        for source in dict.fromkeys(step.sources):
            if (source, step.do) in seen:
                line, _column = findings.document.position(seen[source, step.do])
                message = _("There are two steps {do} from the state {state}; the other is in line {line}.")
                findings.add((*path, "do"), message.format(do=step.do, state=source, line=line))
            seen.setdefault((source, step.do), path)
            if step.automatic:
                other = next((found for found in automatic.get(source, ()) if _same_trigger(found, step)), None)
                if other is not None and other.do != step.do:
                    message = _(
                        "From the state {state} the same thing makes both {other} and {do} follow by themselves."
                    )
                    findings.add((*path, "do"), message.format(state=source, other=other.do, do=step.do))
                automatic.setdefault(source, []).append(step)


def _same_trigger(one: Step, other: Step) -> bool:
    if one.when != other.when or bool(one.on) != bool(other.on):
        return False
    return not one.on or any(covers(p, q) or covers(q, p) for p in one.on for q in other.on)


def covers(wide: Pattern, narrow: Pattern) -> bool:
    """Return whether every fact that `narrow` matches is matched by `wide`."""
    parts = narrow.parts()
    return all(parts.get(name) == value for name, value in wide.parts().items())


def check_duties(findings: Findings, placed: list[PlacedTrack], duties: list[PlacedDuty]) -> None:
    """Every duty can be settled: by a step that exists, that somebody takes, and that some way leads to."""
    reached = {placed_track.track.id: reachable_states(placed_track) for placed_track in placed}
    unsound = {placed_track.track.id for placed_track in placed if not placed_track.sound}
    steps: dict[str, list[Step]] = {}
    for placed_track in placed:
        for step in placed_track.track.steps:
            steps.setdefault(step.do, []).append(step)
    for placed_duty in duties:
        duty = placed_duty.duty
        if placed_duty.made or not duty.settled_by:
            continue
        if all(pattern.kind == FactKind.STEP_TAKEN for pattern in duty.settled_by):
            fitting = [step for pattern in duty.settled_by for step in _taken_as(pattern, steps)]
            if any(step.track in unsound or _can_be_taken(step, reached) for step in fitting):
                continue
            if fitting:
                message = _("Nobody can settle the duty {duty}: no state from which {do} is taken can be reached.")
                message = message.format(duty=duty.id, do=fitting[0].do)
                findings.add((*placed_duty.path, "settled_by"), message)


def _taken_as(pattern: Pattern, steps: Mapping[str, list[Step]]) -> list[Step]:
    candidates = steps.get(pattern.do, []) if pattern.do else [step for found in steps.values() for step in found]
    return [
        step
        for step in candidates
        if pattern.track in (None, step.track)
        and (pattern.state is None or pattern.state in (step.sources if step.target is None else (step.target,)))
    ]


def _can_be_taken(step: Step, reached: Mapping[str, set[str]]) -> bool:
    return any(source in reached[step.track] for source in step.sources)
