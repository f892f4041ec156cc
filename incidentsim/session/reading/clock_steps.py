"""Which steps bring a regulatory deadline forward: what is to be judged before it runs, and the filing that ends it."""

from collections.abc import Collection, Iterator
from typing import assert_never

from incidentsim.domain.clock_conditions import StatutoryLevelReached, leaves
from incidentsim.domain.facts import FactKind
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import AnchorRule, Playbook, Step
from incidentsim.exercise.regulatory.views import ClockState, ClockView, QuietView


def steps_for(playbook: Playbook, view: ClockView) -> tuple[Step, ...]:
    """Return the steps of the playbook, each once, that a clock waits for; none where it waits for nothing.

    A clock that runs waits for its filing. One that does not run yet waits for whoever judges or measures what the law
    asks about, for a moment that a step is, or for the filing that comes before it.
    """
    match view.state:
        case ClockState.DUE | ClockState.OVERDUE | ClockState.TARGET_ONLY | ClockState.NOT_STARTED:
            known = _asking(playbook, {FieldKind.CLOCK})
        case ClockState.NOT_JUDGED:
            missing = _missing(view)
            rules = [rule for rule in playbook.anchors.values() if rule.establishes.keys() & set(missing)]
            known = (*_asking(playbook, _kinds(view, missing)), *_of_anchors(playbook, rules))
        case ClockState.ANCHOR_MISSING:
            missing = _missing(view)
            known = _of_anchors(playbook, [playbook.anchors[name] for name in missing if name in playbook.anchors])
        case (
            ClockState.FILED
            | ClockState.FILED_LATE
            | ClockState.NOT_APPLICABLE
            | ClockState.SCOPE_NOT_DECLARED
            | ClockState.DISABLED
            | ClockState.NOT_IN_FORCE
            | ClockState.NOT_TRIGGERED
        ):
            known = ()
        case _:
            assert_never(view.state)
    return tuple({step.do: step for step in known if not step.automatic}.values())


def _missing(view: ClockView) -> tuple[str, ...]:
    return view.missing if isinstance(view, QuietView) else ()


def _kinds(view: ClockView, missing: Collection[str]) -> set[FieldKind]:
    """The kinds of fields in which what is missing can be said."""
    asked = {leaf.scale for leaf in leaves(view.clock.needs) if isinstance(leaf, StatutoryLevelReached)}
    scales = asked & set(missing)
    kinds = {FieldKind.STATUTORY_LEVEL} if scales else set()
    return kinds | ({FieldKind.CLOCK_MEASURES} if set(missing) - scales else set())


def _asking(playbook: Playbook, kinds: Collection[FieldKind]) -> tuple[Step, ...]:
    """The steps that ask for something of these kinds."""
    return tuple(step for step in _steps(playbook) if any(field.kind in kinds for field in step.fields))


def _of_anchors(playbook: Playbook, rules: Collection[AnchorRule]) -> tuple[Step, ...]:
    """The steps that are one of the moments of these rules."""
    patterns = [pattern for rule in rules for pattern in rule.on]
    taken = {pattern.do for pattern in patterns if pattern.kind is FactKind.STEP_TAKEN and pattern.do is not None}
    judged = any(pattern.kind is FactKind.STATUTORY_LEVEL_JUDGED for pattern in patterns)
    steps = tuple(step for step in _steps(playbook) if step.do in taken)
    return (*steps, *_asking(playbook, {FieldKind.STATUTORY_LEVEL})) if judged else steps


def _steps(playbook: Playbook) -> Iterator[Step]:
    return (step for track in playbook.tracks.values() for step in track.steps)
