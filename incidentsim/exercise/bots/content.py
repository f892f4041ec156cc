"""What a bot writes into the fields of a step: what it takes to be so, and what slips in."""

from typing import Final

from incidentsim.domain.actions import Slip, Value
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.domain.scenario import Incident
from incidentsim.exercise.bots.accounts import account
from incidentsim.exercise.bots.errors import slips
from incidentsim.exercise.bots.timing import Prospect, refused_here
from incidentsim.exercise.bots.view import Belief, BotView
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.randomness import Stream

LIGHTER_PERCENT: Final = 60
"""Whoever grades wrongly mostly grades too lightly."""

Content = dict[str, Value]


def content(desk: BotView, incident: IncidentState, prospect: Prospect) -> tuple[Content, tuple[Slip, ...]]:
    """The content of the step as this bot would give it, with what is wrong about it."""
    step = prospect.wish.ready.step
    subject = desk.exercise.scenario.incidents[incident.id]
    belief = desk.belief(incident, step, prospect.person.pseudonym)
    filled: Content = {}
    slipped: list[Slip] = []
    for field in step.fields:
        if not field.required:
            continue
        filled[field.name] = (
            account(desk, incident, step, prospect.person.pseudonym, field)
            if field.kind is FieldKind.TEXT
            else _value(desk, subject, belief, prospect, field)
        )
        if field.kind is FieldKind.LEVEL:
            wrong = _misgraded(desk, belief, prospect)
            if wrong is not None:
                filled[field.name] = wrong
                slipped.append("misgraded")
            if any(rest.misleads for rest in belief.measures_rest.values()) and "misled" not in prospect.wish.slips:
                slipped.append("misled")
    if refused_here(desk, incident, step) is None:
        slipped += _carelessly(desk, prospect, filled)
    return filled, tuple(slipped)


def _value(desk: BotView, subject: Incident, belief: Belief, prospect: Prospect, field: Field) -> Value:
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CLOCK | FieldKind.STATUTORY_LEVEL:
            return field.choices[0]
        case FieldKind.CLOCK_MEASURES:
            return (f"{field.choices[0]}=1",)
        case FieldKind.CHOICES:
            measured = tuple(choice for choice in field.choices if choice in belief.measures)
            return measured if len(measured) >= max(field.at_least, 1) else field.choices[: max(field.at_least, 1)]
        case FieldKind.LEVEL:
            return belief.level
        case FieldKind.PERSON:
            concealer = subject.truth.concealed_by
            return concealer if concealer is not None else next(iter(desk.exercise.roster.people))
        case FieldKind.ROLE:
            return prospect.wish.ready.step.by[0]
        case FieldKind.TEXT:
            raise AssertionError("a text field holds an account")


def _misgraded(desk: BotView, belief: Belief, prospect: Prospect) -> int | None:
    """A level that is one off; `None` mostly."""
    key, skill = prospect.wish.key, desk.proficiency(prospect.role)
    if not slips(desk.seed, key, "misgraded", skill, prospect.load):
        return None
    levels = desk.exercise.playbook.levels
    lighter = Stream(desk.seed, f"{key}/level").chance(LIGHTER_PERCENT)
    wrong = belief.level + (1 if lighter else -1)
    return wrong if wrong in levels else None


def _carelessly(desk: BotView, prospect: Prospect, found: Content) -> list[Slip]:
    """Spoil `found` as the careless do: a channel that is not meant for it, or a text left out."""
    step, key, skill = prospect.wish.ready.step, prospect.wish.key, desk.proficiency(prospect.role)
    for field in step.fields:
        if field.required and field.kind is FieldKind.CHOICE and field.vocabulary is None:
            others = [name for name in desk.exercise.playbook.channels if name not in field.choices]
            if others and slips(desk.seed, key, "wrong_channel", skill, prospect.load):
                found[field.name] = Stream(desk.seed, f"{key}/channel").pick(others)
                return ["wrong_channel"]
    texts = [field.name for field in step.fields if field.required and field.kind is FieldKind.TEXT]
    if texts and slips(desk.seed, key, "too_thin", skill, prospect.load):
        del found[Stream(desk.seed, f"{key}/text").pick(texts)]
        return ["too_thin"]
    return []
