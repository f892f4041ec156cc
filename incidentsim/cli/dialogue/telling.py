"""What plain mode says about an exercise: whole sentences, read off the session anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.in_force import undone
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView
from incidentsim.exports.wording.local_time import date_words, duration_words
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.narration import Teller
from incidentsim.session.sentences import (
    channel,
    clause,
    clause_words,
    fact_details,
    message_words,
    passes,
    refusal_sentence,
)
from incidentsim.session.views import Message, Offer, Owed, Position, duties, inbox, positions, raised

LAST: Final = 20
"""How many lines of the log are told where nothing in particular is asked for."""

_TOLD: Final = frozenset(
    {
        FactKind.INCIDENT_RAISED,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.STEP_TAKEN,
        FactKind.REFUSED,
        FactKind.LEVEL_SET,
        FactKind.DUTY_BREACHED,
        FactKind.ESCALATED,
        FactKind.FILED,
        FactKind.OBSERVED,
        FactKind.STEP_UNDONE,
        FactKind.EXERCISE_ENDED,
    }
)
"""Kinds of fact that are told to everybody; messages and duties only to those whom they concern."""
_DUTIES: Final = frozenset(
    {FactKind.DUTY_OPENED, FactKind.DUTY_RESCHEDULED, FactKind.DUTY_SETTLED, FactKind.DUTY_DROPPED}
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells a session to those who sit at the keyboard."""

    teller: Teller
    people: tuple[Person, ...]

    def messages(self) -> list[Message]:
        """What reached them, oldest first: a message's number is its place, from 1."""
        return inbox(self.teller.session, {one.pseudonym for one in self.people} if self.people else None)

    def news(self, since: int) -> tuple[list[str], list[int]]:
        """What happened since the fact of this number, and which messages are among it."""
        session = self.teller.session
        places = {message.number: place for place, message in enumerate(self.messages(), 1)}
        found = {message.number: message for message in self.messages()}
        said: list[str] = []
        read: list[int] = []
        for number in range(since, len(session.facts)):
            fact = session.facts[number]
            if number in found and found[number].inject is not None:
                said += ["", *self.message(places[number], found[number])]
            elif fact.kind in _TOLD or (fact.kind in _DUTIES and self._ours(fact)):
                said.append(self.line(number))
            if number in found:
                read.append(number)
        return said, read

    def _ours(self, fact: Fact) -> bool:
        playbook = self.teller.session.exercise.playbook
        duty = playbook.duties.get(fact.text("duty"))
        owing = {role for name in duty.owed_by for role in playbook.roles_of(name)} if duty is not None else set()
        return any(owing & set(one.roles) for one in self.people)

    def line(self, number: int, *, gone: bool = False) -> str:
        """One fact in a line."""
        teller = self.teller
        fact = teller.session.facts[number]
        sentence = teller.sentence(number)
        if gone:
            sentence = _("undone: {what}").format(what=sentence)
        if fact.incident is not None and len(teller.account.scenario.incidents) > 1:
            sentence = _("[{incident}] {sentence}").format(incident=fact.incident, sentence=sentence)
        return _("#{number}, {time}: {sentence}").format(number=number, time=teller.time(fact.at), sentence=sentence)

    def message(self, place: int, message: Message) -> list[str]:
        """A message with all its words."""
        teller = self.teller
        if message.inject is None:
            return [self.line(message.number)]
        subject, body = message_words(teller, message)
        to = teller.names.listed(teller.names.person(one) for one in message.to)
        head = _("Message {place}, {time}, {channel} to {receivers}: {subject}")
        said = head.format(
            place=place,
            time=teller.time(message.at),
            channel=channel(teller, message.channel),
            receivers=to,
            subject=subject,
        )
        return [said, body] if body else [said]

    def inbox(self) -> list[str]:
        """Every message in a line, the newest last."""
        teller = self.teller
        said = []
        for place, message in enumerate(self.messages(), 1):
            subject, _body = message_words(teller, message)
            mark = "" if message.read else _("unread: ")
            head = f"{place}. {mark}{teller.time(message.at)} {channel(teller, message.channel)}"
            said.append(_("{head}: {subject}").format(head=head.rstrip(), subject=subject))
        return said or [_("No message yet.")]

    def now(self) -> str:
        """What time it is."""
        teller, now = self.teller, self.teller.session.now
        day = teller.narrator.clock.day(now)
        date = _(", {date}").format(date=date_words(day)) if day is not None else ""
        return _("It is {time} ({elapsed}){date}.").format(
            time=teller.time(now), elapsed=teller.elapsed(now), date=date
        )

    def open_actions(self, incident: str | None, opened: Sequence[Offer]) -> list[str]:
        """The actions that are open, numbered."""
        teller = self.teller
        if incident is None:
            return [_("Nothing to act on yet.")]
        if not self.people:
            return [_("Bots play everybody.")]
        if not opened:
            return [_("Nothing is for you to do right now; let time go on.")]
        several = len({offer.person.id for offer in opened}) > 1
        said = [_("Open to you, about “{incident}”:").format(incident=teller.names.incident(incident))]
        for place, offer in enumerate(opened, 1):
            notes = [
                teller.names.person(offer.person.pseudonym) if several else "",
                _("takes {length}").format(length=duration_words(offer.step.takes)) if offer.step.takes else "",
                clause(teller, offer),
            ]
            step = teller.names.step(offer.step.do)
            told = _(", ").join(note for note in notes if note)
            said.append(f"{place}. " + (_("{step} ({notes})").format(step=step, notes=told) if told else step))
        return said

    def closed_actions(self, closed: Sequence[Offer], first: int) -> list[str]:
        """The actions that are closed, numbered from `first`, with what closes each."""
        teller = self.teller
        said = []
        for place, offer in enumerate(closed, first):
            why = reason_kind_words(offer.refusal.why) if offer.refusal is not None else ""
            told = _("{why} [{clause}]").format(why=why, clause=clause(teller, offer))
            head = f"{place}. {teller.names.step(offer.step.do)}"
            said.append(_("{head}: {subject}").format(head=head, subject=told))
        return said or [_("Nothing is closed to you.")]

    def reasons(self, offer: Offer) -> list[str]:
        """Why an action is closed, or what it rests on where it is open."""
        teller = self.teller
        head = refusal_sentence(teller, offer) or _("This is open: {step}.").format(
            step=teller.names.step(offer.step.do)
        )
        basis = teller.names.basis(offer.step.rule, offer.step.basis.clause)
        said = [head] + ([_("Basis: {basis}").format(basis=basis)] if basis else [])
        return said + [
            _("{title}: {value}").format(title=name, value=words)
            for name, words in clause_words(teller, offer.step.basis.clauses)
        ]

    def duties(self, clocks: Iterable[ClockView]) -> list[str]:
        """Open duties and running regulatory clocks."""
        teller = self.teller
        said = [self._duty(owed) for owed in duties(teller.session)] or [_("Nobody owes anything right now.")]
        for view in clocks:
            if not isinstance(view, DeadlineView) or view.state not in {ClockState.DUE, ClockState.OVERDUE}:
                continue
            due, title = view.due.local[:16].replace("T", " "), teller.names.say(view.clock.title)
            if view.state is ClockState.OVERDUE:
                said.append(_("Regulatory clock, OVERDUE since {due}: {clock}").format(due=due, clock=title))
            else:
                said.append(_("Regulatory clock, due {due}: {clock}").format(due=due, clock=title))
        return said

    def _duty(self, owed: Owed) -> str:
        teller, names = self.teller, self.teller.names
        left = _("no limit") if owed.due is None else teller.left(owed.due)
        if owed.late:
            left = _("OVERDUE, {left}").format(left=left)
        whose = _("yours, ") if owed.mine else ""
        duty = names.duty(owed.duty)
        if len(teller.account.scenario.incidents) > 1:
            duty = _("[{incident}] {sentence}").format(incident=owed.incident, sentence=duty)
        steps = names.listed(_("“{step}”").format(step=names.step(do)) for do in owed.settled_by)
        return _("{whose}{left}: {duty}. Ends with {steps}.").format(whose=whose, left=left, duty=duty, steps=steps)

    def tracks(self) -> list[str]:
        """Where every incident that was noticed stands."""
        session, names = self.teller.session, self.teller.names
        said: list[str] = []
        for incident in raised(session):
            level = session.exercise.state.incidents[incident].level
            grade = _("not graded") if level is None else names.level(level)
            said.append(_("{incident}: {level}.").format(incident=names.incident(incident), level=grade))
            said += [self._track(position) for position in positions(session, incident)]
        return said or [_("No incident has come to anybody's notice.")]

    def _track(self, position: Position) -> str:
        names = self.teller.names
        track, state = names.track(position.track), names.state(position.track, position.state)
        if not position.next:
            return _("{track}: {states}").format(track=track, states=state)
        ways = _(" or ").join(names.state(position.track, one) for one in position.next)
        return _("{track}: {state}; next: {ways}").format(track=track, state=state, ways=ways)

    def log(self, chosen: str | None, words: str) -> list[str]:
        """The facts of a kind, or with some words in them; what happened last where nothing is asked for."""
        facts = self.teller.session.facts
        gone = undone(facts)
        wanted = [number for number in range(len(facts)) if chosen is None or passes(facts[number], chosen)]
        lines = [self.line(number, gone=number in gone) for number in wanted]
        if chosen is None and words:
            lines = [one for one in lines if words.casefold() in one.casefold()]
        elif chosen is None and len(lines) > LAST:
            rest = len(lines) - LAST
            earlier = ngettext("{n} earlier fact is not told.", "{n} earlier facts are not told.", rest).format(n=rest)
            lines = [earlier, *lines[-LAST:]]
        return lines or [_("Nothing of this kind is on record.")]

    def fact(self, number: int) -> list[str]:
        """Everything about a fact."""
        parts = fact_details(self.teller, number)
        return [_("{title}: {value}").format(title=title, value=words) if title else words for title, words in parts]


def forbidden_acts(teller: Teller, playbook: Playbook) -> list[str]:
    """What nobody may do, each with the word to attempt it by."""
    return [
        _("{do}: {act} [{clause}]").format(
            do=do, act=teller.names.step(do), clause=teller.names.mark(act.rule, act.basis.clause)
        )
        for do, act in playbook.forbidden.items()
    ]
