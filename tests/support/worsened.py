"""Procedures changed for the worse, one rule at a time: what somebody might do to a playbook in a hurry."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from incidentsim.domain.conditions import ALWAYS
from incidentsim.domain.playbook import Duty, EscalationRule, Playbook, Step, Within
from incidentsim.exercise.kernel.sim_time import DAY

Worsening = Callable[[Playbook], Playbook]


def steps_changed(book: Playbook, change: Callable[[Step], Step | None]) -> Playbook:
    """Every step replaced by what `change` makes of it; left out where that is nothing."""
    tracks = {
        name: replace(track, steps=tuple(new for step in track.steps if (new := change(step)) is not None))
        for name, track in book.tracks.items()
    }
    return replace(book, tracks=tracks)


def step(do: str, **changes: object) -> Worsening:
    """The steps of this name changed."""

    def worsen(book: Playbook) -> Playbook:
        assert any(one.do == do for track in book.tracks.values() for one in track.steps), do
        return steps_changed(
            book,
            lambda one: replace(one, **changes) if one.do == do else one,  # type: ignore[arg-type]  # fields of Step
        )

    return worsen


def no_step(do: str) -> Worsening:
    """The steps of this name gone."""
    return lambda book: steps_changed(book, lambda one: None if one.do == do else one)


def also_by(do: str, role: str) -> Worsening:
    """This role may take the step too."""
    return lambda book: steps_changed(
        book, lambda one: replace(one, by=(*one.by, role), by_named=(*one.by_named, role)) if one.do == do else one
    )


def any_channel(do: str) -> Worsening:
    """The step takes a report or message by whatever channel there is."""

    def open_up(book: Playbook, one: Step) -> Step:
        fields = tuple(replace(f, choices=tuple(book.channels)) if f.name == "channel" else f for f in one.fields)
        return replace(one, fields=fields)

    return lambda book: steps_changed(book, lambda one: open_up(book, one) if one.do == do else one)


def fewer_choices(do: str) -> Worsening:
    """One choice is enough where the step asked for several."""

    def slacken(one: Step) -> Step:
        return replace(one, fields=tuple(replace(f, at_least=min(f.at_least, 1)) for f in one.fields))

    return lambda book: steps_changed(book, lambda one: slacken(one) if one.do == do else one)


def no_escalation(rule: str) -> Worsening:
    """The escalation rule of this id gone."""

    def worsen(book: Playbook) -> Playbook:
        assert any(one.id == rule for one in book.escalations), rule
        return replace(book, escalations=tuple(one for one in book.escalations if one.id != rule))

    return worsen


def escalation(rule: str, **changes: object) -> Worsening:
    """The escalation rule of this id changed."""

    def worsen(book: Playbook) -> Playbook:
        assert any(one.id == rule for one in book.escalations), rule
        changed = (
            replace(one, **changes) if one.id == rule else one  # type: ignore[arg-type]  # fields of EscalationRule
            for one in book.escalations
        )
        return replace(book, escalations=tuple(changed))

    return worsen


def time_allowed(duty: str, factor: int) -> Worsening:
    """So many times as long for the duty, at every level."""
    return lambda book: replace(
        book, duties={**book.duties, duty: _stretched(book.duties[duty], lambda limit: limit * factor)}
    )


def no_deputies(role: str) -> Worsening:
    """Nobody stands in for the role."""
    return lambda book: replace(book, roles={**book.roles, role: replace(book.roles[role], deputies=())})


# Every way of one sort, each with the address of the rule it spoils.


def each_escalation_gone(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for rule in book.escalations:
        yield rule.rule, no_escalation(rule.id)(book)


def each_receiver_forgotten(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    def forget(rule: EscalationRule, name: str) -> Playbook:
        return escalation(rule.id, to=tuple(to for to in rule.to if to != name))(book)

    for rule in book.escalations:
        if len(rule.to) > 1:
            for name in rule.to:
                yield f"{rule.rule} to {name}", forget(rule, name)


def each_lateness_borne(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    """Each rule about lateness fifty times as patient, and a day more."""
    for rule in book.escalations:
        if rule.after is not None:
            yield rule.rule, escalation(rule.id, after=50 * rule.after + DAY)(book)


def each_duty_gone(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for duty in book.duties.values():
        yield duty.rule, replace(book, duties={name: one for name, one in book.duties.items() if name != duty.id})


def each_duty_slack(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for duty in book.duties.values():
        yield duty.rule, time_allowed(duty.id, 50)(book)


def each_duty_hasty(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for duty in book.duties.values():
        hasty = _stretched(duty, lambda limit: limit // 50)
        yield duty.rule, replace(book, duties={**book.duties, duty.id: hasty})


def each_consequence_gone(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    """Without each of the steps that follow by themselves."""
    for name in dict.fromkeys(one.do for track in book.tracks.values() for one in track.steps if one.automatic):
        yield name, no_step(name)(book)


def each_way_blocked(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    """Without each of the steps that somebody takes: it is offered nowhere any more."""
    for name in dict.fromkeys(one.do for track in book.tracks.values() for one in track.steps if not one.automatic):
        yield name, step(name, sources=())(book)


def each_four_eyes_gone(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for track in book.tracks.values():
        for one in track.steps:
            if one.not_by_author_of:
                yield one.rule, step(one.do, not_by_author_of=())(book)


def each_need_gone(book: Playbook) -> Iterator[tuple[str, Playbook]]:
    for track in book.tracks.values():
        for one in track.steps:
            if one.needs != ALWAYS:
                yield one.rule, step(one.do, needs=ALWAYS)(book)


def _stretched(duty: Duty, batch: Callable[[int], int]) -> Duty:
    by_level = {level: batch(limit) for level, limit in duty.within.by_level.items()}
    ungraded = None if duty.within.ungraded is None else batch(duty.within.ungraded)
    return replace(duty, within=Within(by_level, ungraded))
