"""Steps that follow by themselves and could chase each other in a circle without anybody acting.

A step is followed from one state at a time, so a link is a step together with the state it starts from. One link
leads to another where taking the first can bring about the second: by the fact of it, by a duty or an escalation
that this fact causes, or by bringing about the state that the second waits in. A circle of links is reported where
on every track it comes back to the state it began in, and where no two of its conditions exclude each other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.playbook.duties import PlacedDuty
from incidentsim.definitions.playbook.tracks import PlacedTrack
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    Happened,
    LevelAtLeast,
    Not,
    Pattern,
    TrackIs,
)
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import EscalationRule, Step
from incidentsim.messages import gettext as _

_LONGEST: Final = 8
_MOST_LINKS: Final = 200
_MOST_TRIED: Final = 20_000
"""Circles longer than eight links, or among so many others, are left to the kernel, which stops at them."""


@dataclass(frozen=True, slots=True)
class _Link:
    number: int
    step: Step
    source: str
    path: Path

    @property
    def target(self) -> str:
        return self.step.target or self.source


def check_circles(
    findings: Findings, placed: list[PlacedTrack], duties: list[PlacedDuty], rules: Iterable[EscalationRule]
) -> None:
    """Note the first circle of automatic steps that each of them is part of."""
    links = _pruned(
        [
            (step, source, path)
            for one in placed
            if one.sound
            for step, path in zip(one.track.steps, one.steps, strict=True)
            if step.automatic and (step.on or step.when != ALWAYS)
            for source in dict.fromkeys(step.sources)
        ]
    )
    if len(links) > _MOST_LINKS:
        return
    escalations = tuple(rules)
    caused = [_caused_by(link, duties, escalations) for link in links]
    follows = {link.number: [n for n in links if _brings(link, caused[link.number], n)] for link in links}
    said: set[str] = set()
    for circle in _circles(links, follows):
        names = list(dict.fromkeys(link.step.do for link in circle))
        if said.isdisjoint(names) and _closes(circle) and not _excluded(circle):
            said.update(names)
            message = _("These steps follow each other in a circle without anybody acting: {steps}.")
            findings.add(circle[0].path, message.format(steps=" → ".join([*names, names[0]])))


def _pruned(moves: list[tuple[Step, str, Path]]) -> list[_Link]:
    """Those that can be gone through again and again: on their track one leads to them, and one leads on."""
    links = [_Link(number, *one) for number, one in enumerate(moves)]
    while True:
        sources = {(link.step.track, link.source) for link in links}
        targets = {(link.step.track, link.target) for link in links}
        left = [
            link
            for link in links
            if (link.step.track, link.target) in sources and (link.step.track, link.source) in targets
        ]
        if len(left) == len(links):
            return [_Link(number, link.step, link.source, link.path) for number, link in enumerate(links)]
        links = left


def _caused_by(link: _Link, duties: list[PlacedDuty], rules: tuple[EscalationRule, ...]) -> list[Pattern]:
    """What is on record once the link has been followed and nobody has acted; a part that is `None` is unknown."""
    facts = [Pattern(FactKind.STEP_TAKEN, do=link.step.do, track=link.step.track, state=link.target)]
    seen = set(facts)
    for fact in facts:  # grows while it is read
        for consequence in _consequences(fact, duties, rules):
            if consequence not in seen:
                seen.add(consequence)
                facts.append(consequence)
    return facts


def _consequences(fact: Pattern, duties: list[PlacedDuty], rules: tuple[EscalationRule, ...]) -> Iterator[Pattern]:
    for placed in duties:
        duty = placed.duty
        if any(_may_match(pattern, fact) for pattern in duty.opens_on):
            yield Pattern(FactKind.DUTY_OPENED, duty=duty.id)
            yield Pattern(FactKind.DUTY_BREACHED, duty=duty.id)
        if any(_may_match(pattern, fact) for pattern in duty.settled_by):
            yield Pattern(FactKind.DUTY_SETTLED, duty=duty.id)
        if any(_may_match(pattern, fact) for pattern in duty.dropped_by):
            yield Pattern(FactKind.DUTY_DROPPED, duty=duty.id)
    for rule in rules:
        if any(_may_match(pattern, fact) for pattern in rule.on):
            yield from (Pattern(FactKind.ESCALATED, to=name) for name in rule.to)


def _may_match(pattern: Pattern, fact: Pattern) -> bool:
    """Whether a fact of which only this much is known may be one that `pattern` matches; nobody acted."""
    if pattern.kind != fact.kind or (pattern.kind == FactKind.STEP_TAKEN and pattern.by is not None):
        return False
    known = fact.parts()
    return all(known.get(name, value) == value for name, value in pattern.parts().items())


def _brings(link: _Link, caused: list[Pattern], following: _Link) -> bool:
    step = following.step
    if step.track == link.step.track and following.source != link.target:
        return False
    if step.on:
        return any(_may_match(pattern, fact) for pattern in step.on for fact in caused)
    return step.track == link.step.track or _looks_at(step.when, link.step.track, caused)


def _looks_at(condition: Condition, track: str, facts: list[Pattern]) -> bool:
    match condition:
        case All(parts) | AnyOf(parts):
            return any(_looks_at(part, track, facts) for part in parts)
        case Not(part):
            return _looks_at(part, track, facts)
        case TrackIs(name, _states):
            return name == track
        case Happened(pattern, _within):
            return any(_may_match(pattern, fact) for fact in facts)
        case _:
            return False


def _circles(links: list[_Link], follows: dict[int, list[_Link]]) -> Iterator[list[_Link]]:
    """The simple circles, each from its first link on, as far as the limits go."""
    tried = 0
    for start in links:
        way = [start]
        choices = [iter(follows[start.number])]
        while choices:
            following = next(choices[-1], None)
            tried += 1
            if tried > _MOST_TRIED:
                return
            if following is None:
                choices.pop()
                way.pop()
            elif following is start:
                yield list(way)
            elif following.number > start.number and following not in way and len(way) < _LONGEST:
                way.append(following)
                choices.append(iter(follows[following.number]))


def _closes(circle: list[_Link]) -> bool:
    """Whether each track that the circle moves comes back to where it was, so that it can go round again."""
    by_track: dict[str, list[_Link]] = {}
    for link in circle:
        by_track.setdefault(link.step.track, []).append(link)
    return all(
        link.target == own[(index + 1) % len(own)].source for own in by_track.values() for index, link in enumerate(own)
    )


def _excluded(circle: list[_Link]) -> bool:
    """Whether two of the conditions cannot both hold, as far as tracks outside the circle and the level say."""
    moved = {link.step.track for link in circle}
    wanted = [part for link in circle for part in _conjuncts(link.step.when)]
    return any(_contradict(one, other, moved) for one in wanted for other in wanted)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _contradict(one: Condition, other: Condition, moved: set[str]) -> bool:
    match one, other:
        case TrackIs(track, states), TrackIs(same, others):
            return track == same and track not in moved and not set(states) & set(others)
        case TrackIs(track, states), Not(TrackIs(same, others)):
            return track == same and track not in moved and set(states) <= set(others)
        case LevelAtLeast(level), Not(LevelAtLeast(bound)):
            return level <= bound
        case Happened(pattern, within), Not(Happened(same, bound)):
            return pattern == same and within == bound is None
        case _:
            return False
