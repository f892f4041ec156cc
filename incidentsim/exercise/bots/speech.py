"""What bots say: they pass on what somebody needs for a judgement and has not read, and answer what they are asked.

Whoever has read something that a judgement can rest on, and first of all who have, passes it on to whoever would
judge and has not: a quote, after reading it and some thought. An expert always does; a novice may forget, and then it
comes to mind only when it was overdue (`errors.ODDS`), which stands on record with the message. Whoever is asked
answers within the usual minute or two: with what they have read about the incident and the asker has not, or else
with nothing, which says that they know no more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import FACILITATOR, MessageAct, MessageSent
from incidentsim.domain.playbook import ANYONE, Step
from incidentsim.domain.scenario import Person
from incidentsim.domain.speech import Say
from incidentsim.exercise.bots.errors import slips
from incidentsim.exercise.bots.history import LONG_AGO
from incidentsim.exercise.bots.timing import REACTION, READING
from incidentsim.exercise.bots.view import BotView, Judging
from incidentsim.exercise.kernel.hearing import Heard
from incidentsim.exercise.kernel.sim_time import DAY, HOUR, MINUTE, SECOND
from incidentsim.exercise.kernel.speaking import has_sent
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.randomness import Stream

SHORTLY: Final = (60, 110)
"""How many seconds somebody takes to answer: the usual minute or two."""
MOST_REPEATED: Final = 3
"""So many of the messages that the asker has read already are named again in an answer that holds nothing new."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a bot would say: who, and from when on (ms) it is ready; it is said as soon as they are there."""

    ready: int
    person: Person
    say: Say


@dataclass(frozen=True, slots=True)
class Remark:
    """A message of a bot, and when it is sent (ms)."""

    at: int
    say: Say


@dataclass(frozen=True, slots=True)
class _Need:
    """A judgement that somebody has to make next, and the injects that have come and that it can rest on.

    `since` is from when it can be made (ms), `due` by when it is owed (ms; `None`: by no time).
    """

    step: Step
    judge: Person
    role: str
    since: int
    due: int | None
    injects: tuple[str, ...]


def remarks(desk: BotView, notes: Iterable[Note]) -> Iterator[Remark]:
    """Yield what is said of some notes, each when it is ready and its sender there and free; some never are."""
    state = desk.exercise.state
    for note in notes:
        free = state.acted.get(note.person.pseudonym, -MINUTE) + MINUTE
        at = desk.exercise.roster.back(note.person, max(note.ready, state.now + REACTION, free))
        if at is not None:
            yield Remark(at, note.say)


def passed_on(desk: BotView, incident: IncidentState) -> Iterator[Note]:
    """Yield what bots pass on about an incident as things stand."""
    said: set[tuple[str, str]] = set()
    for need in _needs(desk, incident):
        for inject in _lacking(desk, incident, need):
            sender = _first_reader(desk, incident, inject, need.judge)
            if sender is None or (inject, need.judge.pseudonym) in said:
                continue
            said.add((inject, need.judge.pseudonym))
            yield _passing(desk, incident, need, inject, sender)


def answers(desk: BotView) -> Iterator[Note]:
    """Yield the answers that bots owe to whoever asked them."""
    for question in list(desk.history.questions.values()):
        answered = desk.history.answered.get(question.number, ())
        owed = [asked for name in question.to if (asked := _asked(desk, question, name))]
        owed = [asked for asked in owed if not any(person in answered for person in asked)]
        if not owed:
            desk.history.settle(question.number)
        for asked in owed:
            answer = _answer(desk, question, [person for person in asked if desk.speaks(person)])
            if answer is not None:
                yield answer


def _needs(desk: BotView, incident: IncidentState) -> Iterator[_Need]:
    for track, state in incident.tracks.items():
        for judging in desk.judging(incident.id, track, state):
            injects = tuple(_relevant(desk, incident, judging))
            if injects:
                yield from _need(desk, incident, judging.step, injects)


def _relevant(desk: BotView, incident: IncidentState, judging: Judging) -> Iterator[str]:
    """The injects that have come and that a judgement can rest on as things stand."""
    file, step = desk.history.files[incident.id], judging.step
    if step.detour and step.sets_level is not None and incident.level is None:
        return  # there is nothing to grade anew
    taken = file.taken.get(step.do, LONG_AGO)
    delivered = desk.exercise.state.hearing.delivered
    for name in file.injects:
        if name in judging.shows or (name in judging.asks and delivered[name] > taken[1]):
            yield name


def _need(desk: BotView, incident: IncidentState, step: Step, injects: tuple[str, ...]) -> Iterator[_Need]:
    """The need of whoever would make the judgement, where anybody would."""
    now = desk.exercise.state.now
    busy = frozenset() if desk.is_for_people(incident, step, now) else desk.busy
    taker = desk.taker(incident, step, now, busy)
    if taker is None:
        return
    judge, role, _there = taker
    dues = [incident.duties[name].due for name in desk.duties(step) if name in incident.duties]
    due = min((due for due in dues if due is not None), default=None)
    entered = incident.entered[step.track]
    yield _Need(step, judge, role, entered, due, injects)
    if role not in desk.exercise.roster.roles_of(judge):
        for holder, back in _returning(desk, role, due, busy):
            yield _Need(step, holder, role, max(entered, back), due, injects)


def _returning(desk: BotView, role: str, due: int | None, busy: frozenset[str]) -> Iterator[tuple[Person, int]]:
    """Those for whom a deputy stands in now and who may judge on their return, with when (ms) that is."""
    roster, now = desk.exercise.roster, desk.exercise.state.now
    for holder in roster.holders_of(role):
        back = roster.back(holder, now)
        if back is not None and back > now and (due is None or back < due) and holder.pseudonym not in busy:
            yield holder, back


def _lacking(desk: BotView, incident: IncidentState, need: _Need) -> Iterator[str]:
    """The injects that the judgement can rest on and that its judge has not read."""
    read = desk.knowledge.injects(incident.id, need.judge.pseudonym)
    return (name for name in need.injects if name not in read)


def _first_reader(desk: BotView, incident: IncidentState, inject: str, judge: Person) -> tuple[Person, Heard] | None:
    """Of those whom nobody plays, who has read an inject first."""
    best: tuple[int, int] | None = None
    found: tuple[Person, Heard] | None = None
    for person in desk.exercise.roster.people.values():
        heard = desk.knowledge.injects(incident.id, person.pseudonym).get(inject)
        if heard is None or heard.since is None or person is judge or not desk.speaks(person.pseudonym):
            continue
        if best is None or (heard.since, heard.fact) < best:
            best, found = (heard.since, heard.fact), (person, heard)
    return found


def _passing(desk: BotView, incident: IncidentState, need: _Need, inject: str, reader: tuple[Person, Heard]) -> Note:
    sender, heard = reader
    key = f"bots/{incident.id}/pass/{inject}/{need.judge.pseudonym}"
    stream = Stream(desk.seed, key)
    role = next(iter(desk.exercise.roster.roles_of(sender)), None)
    known = max(heard.since or 0, need.since)
    ready = known + READING + stream.between(20, 120) * SECOND
    proficiency = desk.proficiency(role) if role is not None else 0
    load = desk.load(sender, role, known) if role is not None else 0
    forgets = slips(desk.seed, key, "forgotten", proficiency, load)
    if forgets:
        allowed = HOUR if need.due is None else min(max(need.due - known, 0), DAY)
        ready = known + allowed * stream.between(105, 140) // 100 + stream.between(2, 20) * MINUTE
    quotes = [
        other
        for other in _lacking(desk, incident, need)
        if other == inject or _has_read(desk, incident, other, sender, known)
    ]
    to = _address(desk, need, ready)
    because = Because("needed", slips=("forgotten",) if forgets else ())
    say = Say(
        person=sender.pseudonym,
        act=MessageAct.FORWARD,
        to=(to,),
        channel=desk.channel,
        incident=incident.id,
        role=role,
        injects=tuple(quotes),
        because=because,
    )
    return Note(ready, sender, say)


def _has_read(desk: BotView, incident: IncidentState, inject: str, person: Person, now: int) -> bool:
    heard = desk.knowledge.injects(incident.id, person.pseudonym).get(inject)
    return heard is not None and heard.by(now)


def _address(desk: BotView, need: _Need, at: int) -> str:
    """The role in which somebody is to judge, if a message to it reaches them; else the person."""
    if ANYONE not in need.step.by_named and need.judge.pseudonym in desk.exercise.roster.reached((need.role,), at):
        return need.role
    return need.judge.pseudonym


def _asked(desk: BotView, question: MessageSent, name: str) -> list[str]:
    """Those whom a question addressed by a name has reached (pseudonyms); none where it is not for them to answer."""
    if name == FACILITATOR:
        return []
    if name in desk.exercise.roster.people:
        return [name] if name in question.receivers else []
    roles = desk.exercise.playbook.roles
    named = set(desk.exercise.playbook.roles_of(name)) if name in (*roles, *desk.exercise.playbook.bodies) else None
    if named is None:  # everybody at work on the incident
        return list(question.receivers)
    people, roster = desk.exercise.roster.people, desk.exercise.roster
    able = {role for held in named for role in (held, *roles[held].deputies)}
    return [person for person in question.receivers if able.intersection(roster.roles_of(people[person]))]


def _answer(desk: BotView, question: MessageSent, asked: Sequence[str]) -> Note | None:
    """The answer of whoever of those asked knows most that is new to the asker."""
    asker, roster, state = question.by.person, desk.exercise.roster, desk.exercise.state
    best: tuple[tuple[int, int, int], Person, tuple[str, ...], int] | None = None
    incident = question.incident or _meant(desk, question)
    for order, name in enumerate(asked):
        heard = state.hearing.read_message(name, question.number)
        if heard is None or heard.since is None or name == asker:
            continue
        stream = Stream(desk.seed, f"bots/answer/{question.number}/{name}")
        ready = heard.since + stream.between(*SHORTLY) * SECOND
        known = [] if incident is None else _known(desk, incident, roster.people[name], max(ready, state.now))
        theirs = desk.knowledge.injects(incident, asker) if incident is not None else {}
        news = [inject for inject in known if inject not in theirs]
        rank = (-len(news), -len(known), order)
        if best is None or rank < best[0]:
            best = (rank, roster.people[name], tuple(news or known[-MOST_REPEATED:]), ready)
    if best is None:
        return None
    _rank, person, quotes, ready = best
    say = Say(
        person=person.pseudonym,
        act=MessageAct.ANSWER,
        to=(asker,),
        channel=question.channel,
        incident=question.incident,
        role=next(iter(roster.roles_of(person)), None),
        answers=question.number,
        injects=quotes,
        because=Because("asked"),
    )
    return Note(ready, person, say)


def _known(desk: BotView, incident: str, person: Person, now: int) -> list[str]:
    """The injects about an incident that somebody has sent, or has read by `now` (ms)."""
    state = desk.exercise.state
    read = {name for name, heard in desk.knowledge.injects(incident, person.pseudonym).items() if heard.by(now)}
    come = desk.history.files[incident].injects
    return [name for name in come if name in read or has_sent(state, person, name)]


def _meant(desk: BotView, question: MessageSent) -> str | None:
    """The incident that a question about none in particular is about: that of what it quotes, or the only one."""
    state = desk.exercise.state
    named = state.hearing.quotes.injects[question.number]
    quoted = [state.inject(name).incident for name in named if name in state.injects]  # a forged record may name others
    raised = [incident.id for incident in state.incidents.values() if incident.raised]
    about = dict.fromkeys(name for name in quoted if name is not None)
    return next(iter(about), raised[0] if len(raised) == 1 else None)
