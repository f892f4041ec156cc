"""What a sign asks for in the procedure that was played, and whether that could ever be in a run of it."""

from typing import Final

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import Evidence, Sign, Trait
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.meanings.finding import steps_that_mean
from incidentsim.domain.playbook import Playbook, Step

_FIELDS: Final = {
    FactKind.FILED: FieldKind.CLOCK,
    FactKind.MEASURE_TAKEN: FieldKind.CLOCK_MEASURES,
    FactKind.STATUTORY_LEVEL_JUDGED: FieldKind.STATUTORY_LEVEL,
}
"""The facts that only come of a step which asks for this kind of field."""


def signs_of(evidence: Evidence, playbook: Playbook) -> tuple[Sign, ...]:
    """The signs of a piece of evidence that count by this procedure."""
    return (*evidence.anywhere, *evidence.procedures.get(playbook.id, ()))


def patterns_of(sign: Sign, playbook: Playbook) -> tuple[Pattern, ...]:
    """The facts that a sign asks for: one pattern, or with a meaning one for each step that has it; then maybe none."""
    if sign.means is None:
        return (sign.pattern,)
    return tuple(Pattern(FactKind.STEP_TAKEN, do=step) for step in steps_that_mean(playbook, sign.means))


def looked_for(evidence: Evidence, playbook: Playbook) -> bool:
    """Tell whether a run by this procedure could ever hold the evidence; what could not be is not looked for."""
    return bool(evidence.proofs) or any(_possible(sign, playbook) for sign in signs_of(evidence, playbook))


def _possible(sign: Sign, playbook: Playbook) -> bool:
    if sign.means is not None:
        return bool(patterns_of(sign, playbook))
    steps = [step for track in playbook.tracks.values() for step in track.steps]
    trait_possible = sign.trait is None or _trait_possible(sign.trait, steps, playbook)
    return trait_possible and _fact_possible(sign.pattern, steps, playbook)


def _fact_possible(pattern: Pattern, steps: list[Step], playbook: Playbook) -> bool:
    """Whether a fact of this kind can come of the procedure; what every procedure brings is always possible."""
    match pattern.kind:
        case FactKind.FILED | FactKind.MEASURE_TAKEN | FactKind.STATUTORY_LEVEL_JUDGED as kind:
            return any(field.kind is _FIELDS[kind] for step in steps for field in step.fields)
        case FactKind.ANCHOR_REACHED:
            return pattern.anchor is None or pattern.anchor in playbook.anchors
        case FactKind.LEVEL_SET:
            return any(step.sets_level is not None for step in steps)
        case FactKind.DUTY_SETTLED | FactKind.DUTY_BREACHED:
            return bool(playbook.duties)
        case FactKind.ESCALATED:
            return bool(playbook.escalations)
        case FactKind.REFUSED:
            return _refusal_possible(pattern.why, steps, playbook)
        case _:
            return True


def _refusal_possible(why: str | None, steps: list[Step], playbook: Playbook) -> bool:
    if why == RefusalReason.FORBIDDEN:
        return bool(playbook.forbidden)
    return why != RefusalReason.FOUR_EYES or any(step.not_by_author_of for step in steps)


def _trait_possible(trait: Trait, steps: list[Step], playbook: Playbook) -> bool:
    match trait:
        case "decides_incident":
            return any("incident" in step.fits for step in steps)
        case "finds_incident":
            return any(step.fits.get("incident") is True for step in steps)
        case "decides_unlawful":
            return any("unlawful" in step.fits for step in steps)
        case "four_eyes":
            return any(step.not_by_author_of for step in steps)
        case "stand_in":
            return any(role.deputies for role in playbook.roles.values())
        case "told_inside" | "told_outside":
            outside = trait == "told_outside"
            return any(
                _tells_outside(track.tells, playbook) is outside for track in playbook.tracks.values() if track.tells
            )
        case "begins" | "by_somebody" | "by_people" | "reached" | "changed" | "in_time" | "another_phase":
            return True


def _tells_outside(names: tuple[str, ...], playbook: Playbook) -> bool:
    return any(
        playbook.roles[role].outside for name in names for role in playbook.roles_of(name) if role in playbook.roles
    )
