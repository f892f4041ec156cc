"""Patterns and conditions as a file writes them, made into those of the domain, every name in them checked."""

from collections.abc import Collection
from typing import Final

from incidentsim.definitions.formats.common import (
    AllShape,
    AnyShape,
    ConditionShape,
    HappenedShape,
    LevelShape,
    NotShape,
    PatternShape,
    RoleShape,
    TrackShape,
)
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.names.lookup import Lookup
from incidentsim.definitions.names.names import Names, StepName, patterns_of
from incidentsim.definitions.rules.clock_names import ANCHORS, clock_ids
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
    RoleIs,
    TrackIs,
)
from incidentsim.domain.facts import AFTERWARDS, FACT_FIELDS, FactKind, MessageAct, RefusalReason
from incidentsim.messages import gettext as _

_PartNames = tuple[str, str, Collection[object]]
"""A part of a pattern, what it names in words, and the valid names."""

STATE_ENTERED: Final = "state_entered"
"""Short for a step that led to a state."""

_AS_NAMED: Final = ("do", "track", "duty", "by", "why", "circumstance", "inject", "level", "anchor", "clock", "act")
_WITHOUT_INCIDENT: Final = frozenset({FactKind.EXERCISE_STARTED, FactKind.EXERCISE_ENDED}) | AFTERWARDS


class Checker(Lookup):
    """Makes patterns and conditions out of what a file writes."""

    def patterns(self, shape: PatternShape | list[PatternShape] | None, path: Path) -> tuple[Pattern, ...]:
        """The patterns at `path`, without those that no fact can match, which are noted."""
        several = isinstance(shape, list)
        found = (self.pattern(one, (*path, index) if several else path) for index, one in enumerate(patterns_of(shape)))
        return tuple(pattern for pattern in found if pattern is not None)

    def pattern(self, shape: PatternShape, path: Path, *, must_match: bool = True) -> Pattern | None:
        """The pattern at `path`; `None` where something in it is wrong, which is noted.

        Args:
            shape: how the file writes it.
            path: where.
            must_match: whether a pattern that fits together and still can match nothing is wrong too.
        """
        kind = self._kind(shape, path)
        if kind is None or not self._has_parts(shape, kind, path) or not self._names_known(shape, path):
            return None
        if shape.state is not None and not self._state_known(shape, path):
            return None
        if must_match:
            reason = self._impossible(shape, kind)
            if reason is not None:
                self.findings.add(path, reason)
                return None
        people = self.names.people
        return Pattern(
            kind=kind,
            do=shape.do,
            track=shape.track,
            state=shape.state,
            incident=shape.incident,
            duty=shape.duty,
            by=people.get(shape.by, shape.by) if shape.by is not None else None,
            to=people.get(shape.to, shape.to) if shape.to is not None else None,
            why=RefusalReason(shape.why) if shape.why is not None else None,
            circumstance=shape.circumstance,
            inject=shape.inject,
            level=shape.level,
            anchor=shape.anchor,
            clock=shape.clock,
            act=MessageAct(shape.act) if shape.act is not None else None,
        )

    def _kind(self, shape: PatternShape, path: Path) -> FactKind | None:
        if shape.fact is None or shape.fact == STATE_ENTERED:
            entered = shape.track is not None and shape.state is not None
            if entered or (shape.do is not None and shape.fact is None):
                return FactKind.STEP_TAKEN
            if shape.fact is None:
                message = _("A pattern names a fact, or a step with do, or a state with track and state.")
            else:
                message = _("A pattern of the fact state_entered names a track and a state of it.")
            self.findings.add(path, message)
            return None
        if shape.fact not in FACT_FIELDS:
            self.findings.unknown((*path, "fact"), _("fact"), shape.fact, (*FACT_FIELDS, STATE_ENTERED))
            return None
        return FactKind(shape.fact)

    def _has_parts(self, shape: PatternShape, kind: FactKind, path: Path) -> bool:
        valid = pattern_parts(kind)
        named = [part for part in PatternShape.model_fields if part != "fact" and getattr(shape, part) is not None]
        wrong = [part for part in named if part not in valid]
        for part in wrong:
            if part == "to" and kind == FactKind.STEP_TAKEN:
                message = _("A step tells nobody, so it has no part to; the state it leads to is called state.")
            else:
                message = _("The fact {kind} has no part {part}; it has {valid}.")
            self.findings.add(
                (*path, part), message.format(kind=kind, part=part, valid=", ".join(valid) or _("none")), key=True
            )
        return not wrong

    def _names_known(self, shape: PatternShape, path: Path) -> bool:
        names = self.names
        actors = (*names.roles, *names.people)
        sorts: tuple[_PartNames, ...] = (
            ("do", _("step"), (*names.steps, *names.forbidden)),
            ("track", _("track"), names.tracks),
            ("duty", _("duty"), names.duties),
            ("by", _("role or person") if names.people else _("role"), actors),
            ("to", _("role, body or person") if names.people else _("role or body"), (*names.parties, *names.people)),
            ("why", _("kind of refusal"), tuple(RefusalReason)),
            ("circumstance", _("circumstance"), names.circumstances),
            ("level", _("level"), names.levels),
            ("incident", _("incident"), names.incidents),
            ("inject", _("inject"), names.injects),
            ("anchor", _("anchor"), ANCHORS),
            ("clock", _("clock"), clock_ids() if shape.clock is not None else ()),
            ("act", _("act of a message"), tuple(MessageAct)),
        )
        known = True
        for part, kind, valid in sorts:
            name = getattr(shape, part)
            if name is None:
                continue
            if part == "by" and name in names.bodies:
                message = _("{name} is a body; whoever acts does so in a role, so name one of its roles: {roles}.")
                roles = ", ".join(names.bodies[name])
                self.findings.add((*path, part), message.format(name=name, roles=roles))
                known = False
            else:
                known = self.known((*path, part), kind, name, valid) and known
        return known

    def _state_known(self, shape: PatternShape, path: Path) -> bool:
        state = shape.state or ""
        tracks = [shape.track] if shape.track else [step.track for step in self.names.steps.get(shape.do or "", ())]
        if not tracks:
            self.findings.add((*path, "state"), _("A state is named together with its track."), key=True)
            return False
        return self.state((*path, "state"), tracks[0], state)

    def _impossible(self, shape: PatternShape, kind: str) -> str | None:
        """Why nothing can match the pattern although everything in it exists; `None` if something can."""
        names = self.names
        if kind == FactKind.STEP_TAKEN:
            return self._impossible_step(shape)
        if kind == FactKind.REFUSED and shape.do is not None and shape.why is not None:
            always = shape.do in names.forbidden
            if always != (shape.why == RefusalReason.FORBIDDEN) and not (
                always and shape.why == RefusalReason.NOT_RAISED
            ):
                message = (
                    _("{do} is a forbidden act: it is never refused as {why}, only as forbidden.")
                    if always
                    else _("{do} is not a forbidden act, so it is never refused as forbidden.")
                )
                return message.format(do=shape.do, why=shape.why)
        if kind == FactKind.ESCALATED and shape.to is not None and shape.to not in (*names.told, *names.people):
            valid = ", ".join(dict.fromkeys(names.told)) or _("nobody")
            message = _("No rule escalates to {name}, so nothing matches this; the rules escalate to {valid}.")
            return message.format(name=shape.to, valid=valid)
        return None

    def _impossible_step(self, shape: PatternShape) -> str | None:
        if shape.do in self.names.forbidden:
            message = _("{do} is a forbidden act and is never taken; its attempt is {{fact: refused, do: {do}}}.")
            return message.format(do=shape.do)
        if shape.do is None and shape.track is None:
            return None
        steps = _fitting(self.names, shape)
        if not steps and shape.do is None:
            message = _("No step leads to the state {state} of {track}, so nothing matches this.")
            return message.format(state=shape.state, track=shape.track)
        on_other_track = all(step.track != shape.track for step in self.names.steps.get(shape.do or "", ()))
        if not steps and shape.track is not None and on_other_track:
            message = _("The step {do} is not on the track {track}, so nothing matches this.")
            return message.format(do=shape.do, track=shape.track)
        if not steps:
            message = _("The step {do} does not lead to the state {state}, so nothing matches this.")
            return message.format(do=shape.do, state=shape.state)
        if shape.by is not None and shape.by in self.names.roles and not any(shape.by in s.by for s in steps):
            message = _("No such step is for the role {role}, so nothing matches this.")
            return message.format(role=shape.by)
        return None

    def condition(self, shape: ConditionShape | None, path: Path) -> Condition:
        """The condition at `path`, every wrong name in it noted; one that is left out always holds."""
        match shape:
            case None:
                return ALWAYS
            case AllShape():
                return All(tuple(self.condition(part, (*path, "all", n)) for n, part in enumerate(shape.all)))
            case AnyShape():
                return AnyOf(tuple(self.condition(part, (*path, "any", n)) for n, part in enumerate(shape.any)))
            case NotShape():
                return Not(self.condition(shape.not_, (*path, "not")))
            case TrackShape():
                if self.track((*path, "track"), shape.track):
                    self.once((*path, "in"), shape.in_)
                    for index, state in enumerate(shape.in_):
                        self.state((*path, "in", index), shape.track, state)
                return TrackIs(shape.track, tuple(shape.in_))
            case LevelShape():
                self.level((*path, "level_at_least"), shape.level_at_least)
                return LevelAtLeast(shape.level_at_least)
            case RoleShape():
                return RoleIs(self.parties((*path, "role_is"), shape.role_is))
            case HappenedShape():
                pattern = self.pattern(shape.happened, (*path, "happened"))
                within = parse_duration(shape.within) if shape.within is not None else None
                return Happened(pattern, within) if pattern is not None else ALWAYS


def pattern_parts(kind: FactKind) -> tuple[str, ...]:
    """Return the parts that a pattern for this kind of fact may have, by the names they have in a file."""
    fields = FACT_FIELDS[kind]
    parts: list[str] = [part for part in _AS_NAMED if part in fields]
    if kind == FactKind.STATUTORY_LEVEL_JUDGED:  # its level is one of law; patterns know those of the playbook
        parts.remove("level")
    if kind == FactKind.STEP_TAKEN:
        parts.append("state")
    elif "to" in fields:
        parts.append("to")
    if kind not in _WITHOUT_INCIDENT:
        parts.append("incident")
    return tuple(parts)


def _fitting(names: Names, shape: PatternShape) -> list[StepName]:
    """The steps whose taking the pattern can match, whoever takes them."""
    steps = names.steps[shape.do] if shape.do is not None else [s for all_of in names.steps.values() for s in all_of]
    return [
        step
        for step in steps
        if (shape.track is None or step.track == shape.track) and (shape.state is None or shape.state in step.leads_to)
    ]
