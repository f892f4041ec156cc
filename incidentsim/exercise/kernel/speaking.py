"""What becomes of a message that somebody sends: the fact that says whom it reached, or a sentence why it cannot be.

A message moves no track and needs no authority. A role that the sender pretends to have stands in the fact as such:
whether that is a fault is for those to judge who look at it afterwards.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, TypeVar

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import (
    AT_WORK,
    FACILITATOR,
    MAX_INT,
    Actor,
    CommittedText,
    Escalated,
    InjectDelivered,
    MessageAct,
    MessageSent,
    recordable_text,
    sender_of,
)
from incidentsim.domain.facts.base import LATEST
from incidentsim.domain.playbook import Measure, Playbook, Step
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.hearing import Heard
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.state import ExerciseState, IncidentState
from incidentsim.messages import gettext as _

T = TypeVar("T")

_WORDS: Final = (AT_WORK, FACILITATOR)
"""Receivers that no name stands for."""


def known_flags(playbook: Playbook, scenario: Scenario) -> tuple[str, ...]:
    """Every yes or no that can be spoken of: what the steps of the playbook ask, and the scenario's own truths."""
    told = (flag for incident in scenario.incidents.values() for flag in incident.truth.flags)
    shown = (shown.name for inject in scenario.injects for shown in inject.shows if shown.kind == "flag")
    return tuple(sorted({"incident", "unlawful", *playbook.asked, *told, *shown}))


def at_work(playbook: Playbook, roster: Roster, incident: IncidentState, now: int) -> tuple[str, ...]:
    """The pseudonyms of everybody at work on an incident at `now` (ms), in the order of the scenario.

    These are all who have acted on it, whom a message, an inject or an escalation about it has reached, or who owe
    something about it.
    """
    known: set[str] = set()
    for fact in incident.facts:
        actor = sender_of(fact)
        if actor is not None:
            known.add(actor.person)
        match fact:
            case InjectDelivered():
                known.update(fact.to)
            case Escalated():
                known.update(fact.persons)
            case MessageSent():
                known.update(fact.persons)
            case _other:
                pass
    for duty in incident.duties.values():
        known.update(roster.reached(playbook.duties[duty.duty].owed_by, now))
    return tuple(person for person in roster.people if person in known)


def quotable_injects(state: ExerciseState, person: Person, now: int) -> tuple[str, ...]:
    """The injects that a person has read by `now` (ms): first those that came to them, then what messages quote."""
    name, hearing = person.pseudonym, state.hearing
    read = [
        inject
        for inject, delivered in state.delivered.items()
        if (name in delivered.to and _has_read(hearing.inject(name, inject), now)) or has_sent(state, person, inject)
    ]
    for message in quotable_messages(state, person, now):
        read += hearing.quotes.injects[message.number]
    return tuple(dict.fromkeys(read))


def quotable_messages(state: ExerciseState, person: Person, now: int) -> tuple[MessageSent, ...]:
    """The messages that a person has read by `now` (ms), quoted in others too, or has sent, in their order."""
    return tuple(message for message in state.messages.values() if can_quote_message(state, person, message, now))


def can_quote_inject(state: ExerciseState, person: Person, inject: str, now: int) -> bool:
    """Return whether a person has read an inject by `now` (ms), or has sent it."""
    return _has_read(state.hearing.inject(person.pseudonym, inject), now) or has_sent(state, person, inject)


def has_sent(state: ExerciseState, person: Person, inject: str) -> bool:
    """Return whether an inject that has come says that it is from a person, or from a role that they hold."""
    if inject not in state.delivered:
        return False
    sender = state.inject(inject).sender
    return isinstance(sender, str) and sender in (person.pseudonym, *state.holdings.roles_of(person.pseudonym))


def can_quote_message(state: ExerciseState, person: Person, message: MessageSent, now: int) -> bool:
    """Return whether a person has read a message by `now` (ms), or has sent it."""
    name = person.pseudonym
    return message.by.person == name or _has_read(state.hearing.read_message(name, message.number), now)


def _has_read(heard: Heard | None, now: int) -> bool:
    return heard is not None and heard.by(now)


def say_again(fact: MessageSent) -> Say:
    """Return the message to be sent once more; a text of which only the commitment is known counts as said."""
    return Say(
        person=fact.by.person,
        act=fact.act,
        to=fact.to,
        channel=fact.channel,
        incident=fact.incident,
        role=fact.by.role,
        answers=fact.answers,
        injects=fact.injects,
        messages=fact.messages,
        measures=fact.measures,
        flags=fact.flags,
        text=FreeText("…") if isinstance(fact.text, CommittedText) else fact.text,
        do=fact.do,
        due=fact.due,
        because=fact.grounds,
    )


class Messenger:
    """Turns what somebody wants to say into the fact that it was sent, with whom it reached."""

    def __init__(self, playbook: Playbook, scenario: Scenario, state: ExerciseState, roster: Roster) -> None:
        self._playbook = playbook
        self._scenario = scenario
        self._state = state
        self._roster = roster

    def fact(self, say: Say, now: int) -> MessageSent:
        """The fact that a message was sent at `now` (ms).

        Raises:
            UnknownNameError: it names somebody or something that is not there.
            InputError: it is for nobody, says nothing, or quotes what has not reached the sender.
        """
        self._check_names(say)
        for measure, value in say.measures.items():
            _check_value(self._playbook.measures[measure], value)
        _check_act(say)
        self._check_quotes(say, now)
        return self._sent(say, now, self._sender(say, now), self._reached(say, now))

    def _sent(
        self,
        say: Say,
        now: int,
        sender: tuple[Actor, bool],
        reached: tuple[tuple[str, ...], tuple[str, ...]],
        because: int | None = None,
    ) -> MessageSent:
        (by, pretended), (persons, absent) = sender, reached
        return MessageSent(
            at=now,
            incident=say.incident,
            number=self._state.messages_sent + 1,
            act=say.act,
            by=by,
            pretended=pretended,
            to=tuple(dict.fromkeys(say.to)),
            persons=persons,
            absent=absent,
            channel=say.channel,
            answers=say.answers,
            injects=tuple(dict.fromkeys(say.injects)),
            messages=tuple(dict.fromkeys(say.messages)),
            measures={name: say.measures[name] for name in sorted(say.measures)},
            flags={name: say.flags[name] for name in sorted(say.flags)},
            text=None if say.text is None else recordable_text(say.text),
            do=say.do,
            due=say.due,
            because=because,
            grounds=say.because,
        )

    def told(self, step: Step, action: Action, by: Actor, now: int, because: int) -> MessageSent | None:
        """The fact that a step tells somebody at `now` (ms); `None` where it tells nobody but its author.

        The message quotes whatever its author has read about the incident and some receiver has not.

        Args:
            step: the step that is taken; it says whom it tells.
            action: who takes it, and its content.
            by: its author.
            now: when (ms).
            because: the sequence number of the fact that it is taken.
        """
        tells = step.tells
        if tells is None:
            return None
        written = None if tells.field is None else action.content.get(tells.field)
        channel = written if isinstance(written, str) and written in self._playbook.channels else tells.channel
        say = Say(action.person, tells.act, tells.to, channel, action.incident, by.role)
        reached = self._reached(say, now)
        receivers = (*reached[0], *reached[1])
        named = [name for role in tells.to if role != AT_WORK for name in self._playbook.roles_of(role)]
        if not receivers and any(self._roster.holders_of(role) for role in named):
            return None
        hearing = self._state.hearing
        known = [hearing.injects(person, action.incident) for person in receivers]
        new = [
            inject
            for inject, heard in hearing.injects(action.person, action.incident).items()
            if heard.by(now) and any(inject not in theirs for theirs in known)
        ]
        return self._sent(replace(say, injects=tuple(new)), now, (by, False), reached, because)

    def _reached(self, say: Say, now: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those whom a message reaches, and those who find it when they return (pseudonyms)."""
        roster = self._roster
        everybody = self._addressed(say, now)
        away = [name for name in everybody if roster.away(roster.people[name], now)]
        absent = dict.fromkeys((*away, *roster.absent((name for name in say.to if name not in _WORDS), now)))
        return (
            tuple(name for name in everybody if name not in absent),
            tuple(name for name in absent if name != say.person),
        )

    def _addressed(self, say: Say, now: int) -> list[str]:
        """The pseudonyms of all whom a message is for, but for its sender, each once."""
        found: dict[str, None] = {}
        for name in say.to:
            if name == AT_WORK and say.incident is not None:
                incident = self._state.incidents[say.incident]
                found.update(dict.fromkeys(at_work(self._playbook, self._roster, incident, now)))
            elif name not in _WORDS:
                found.update(dict.fromkeys(self._roster.reached([name], now)))
        found.pop(say.person, None)
        return list(found)

    def _sender(self, say: Say, now: int) -> tuple[Actor, bool]:
        """In which role the message is sent, and whether the sender only pretends to have it."""
        sender = self._roster.people[say.person]
        held = self._roster.roles_of(sender)
        role = say.role or next(iter((*held, *self._playbook.roles)))
        if role in held:
            return Actor(say.person, role), False
        capacity = self._roster.capacity(sender, role, now)
        return (Actor(say.person, role), True) if capacity is None else (capacity.actor(say.person), False)

    def _check_names(self, say: Say) -> None:
        playbook, state, roster = self._playbook, self._state, self._roster
        _check_known(_("person"), [say.person], roster.people)
        _check_known(_("role"), _given(say.role), playbook.roles)
        _check_known(_("incident"), _given(say.incident), state.incidents)
        _check_known(_("receiver"), say.to, [*playbook.roles, *playbook.bodies, *roster.people, *_WORDS])
        _check_known(_("channel"), [say.channel], playbook.channels)
        _check_known(_("measure"), say.measures, playbook.measures)
        _check_known(_("flag"), say.flags, known_flags(playbook, self._scenario))
        steps = dict.fromkeys(step.do for track in playbook.tracks.values() for step in track.steps)
        _check_known(_("step"), _given(say.do), steps)
        _check_known(_("inject"), say.injects, state.injects)

    def _check_quotes(self, say: Say, now: int) -> None:
        state, sender = self._state, self._roster.people[say.person]
        for inject in say.injects:
            if not can_quote_inject(state, sender, inject, now):
                message = _("The inject {name} has not reached {person}, who can quote only what has.")
                raise InputError(message.format(name=inject, person=say.person))
        for number in (*say.messages, *_given(say.answers)):
            if number not in state.messages:
                message = _("There is no message M{number}; so far there are {count}.")
                raise InputError(message.format(number=number, count=len(state.messages)))
            if not can_quote_message(state, sender, state.messages[number], now):
                message = _("Message M{number} has not reached {person}, who can quote or answer only what has.")
                raise InputError(message.format(number=number, person=say.person))


def _check_value(measure: Measure, value: int) -> None:
    match measure.unit:
        case "flag":
            most, message = 1, _("The measure {name} is yes or no.")
        case "percent":
            most, message = 100, _("The measure {name} is a percentage, from 0 to 100.")
        case "duration":
            most, message = LATEST, _("The measure {name} is a duration of at most a hundred years.")
        case "count" | "money":
            most, message = MAX_INT, _("The measure {name} is a whole number from 0.")
    if not 0 <= value <= most:
        raise InputError(message.format(name=measure.id))


def _check_act(say: Say) -> None:
    """Make sure that the message is for somebody, says something, and has what such an act needs."""
    if not set(say.to) - {say.person}:
        raise InputError(_("Say whom the message is for: somebody other than the sender."))
    if AT_WORK in say.to and say.incident is None:
        raise InputError(_("Say which incident the message is about: it is for everybody at work on it."))
    if say.act is not MessageAct.ORDER and (say.do is not None or say.due is not None):
        raise InputError(_("Only an order names a step or a time by which something is to be done."))
    if say.due is not None and not 0 <= say.due <= LATEST:
        raise InputError(_("The time by which something is to be done lies outside of the exercise."))
    if say.act is MessageAct.ANSWER and say.answers is None:
        raise InputError(_("Say which message is answered."))
    if say.act is MessageAct.FORWARD and not (say.injects or say.messages):
        raise InputError(_("Say what is forwarded: an inject or a message."))
    words = say.text is not None and (say.text.say("en").strip() or say.text.say("zh").strip())
    if not (words or say.injects or say.messages or say.measures or say.flags or say.do or say.answers is not None):
        raise InputError(_("Say something: the message is empty."))


def _given(value: T | None) -> tuple[T, ...]:
    return () if value is None else (value,)


def _check_known(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            message = _("There is no {kind} {name}; there are: {known}.").replace("{kind}", kind)
            raise unknown_name(kind, name, known, kind=kind, otherwise=message)
