"""What people at the table can see and do: read off a session anew whenever it is shown, so it is always its facts.

Nothing here is a rule of incident response: what is open and what is closed, the kernel says.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import Escalated, FactKind, InjectDelivered, MessageSent, StepTaken
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Inject, Person
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.refusals import Refusal
from incidentsim.session.relevance import owes, settling
from incidentsim.session.session import Session

READ: Final = "read"
"""The name under which the numbers of the messages that were read are kept in the workspace."""


SEAT: Final = "seat"
"""The name under which the pseudonym of the person at the keyboard is kept in the workspace."""


_REACHING: Final = frozenset({FactKind.INJECT_DELIVERED, FactKind.ESCALATED, FactKind.MESSAGE_SENT})
"""Kinds of facts by which something reaches people."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that reached somebody: an inject, a message, or that they were told of a matter (`inject` is `None`).

    `number` is the sequence number of the fact and `at` its time (ms from the start); `to` are the
    pseudonyms of all whom it reached.
    """

    number: int
    at: int
    channel: str
    to: tuple[str, ...]
    incident: str | None
    fact: InjectDelivered | Escalated | MessageSent
    inject: Inject | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """A step that stands open, or closed, to somebody at the table.

    `refusal` says why it is closed; `None` where it may be taken once its form is filled in.
    """

    incident: str
    step: Step
    person: Person
    role: str
    refusal: Refusal | None

    @property
    def open(self) -> bool:
        """True if the step may be taken."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """An open duty, with times in ms from the start.

    `due` is `None` where it has no limit; `mine` says that somebody at the table can settle it; `settled_by` are
    the steps that do.
    """

    number: int
    duty: str
    incident: str
    opened: int
    due: int | None
    late: bool
    mine: bool
    settled_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """The position of an incident on a track: the states it has been in, in order, and those that may be next."""

    track: str
    state: str
    been: tuple[str, ...]
    next: tuple[str, ...]
    final: bool


def at_keyboard(session: Session) -> tuple[Person, ...]:
    """Return the people at the keyboard: all at the table, or in a hot seat those of the player who has it now."""
    if session.seats.mode != "hot_seat":
        return session.people
    seat = session.workspace.get(SEAT)
    hands = session.seats.hands(person.pseudonym for person in session.people)
    hand = next((hand for hand in hands if seat in hand), hands[0] if hands else ())
    return tuple(person for person in session.people if person.pseudonym in hand)


def inbox(session: Session, people: Collection[str] | None = None, *, since: int = 0) -> list[Message]:
    """Return the messages that reached these people with the fact of number `since` or later, oldest first.

    Left out, `people` are those played at the table; where nobody is played, messages to anybody are returned. Messages
    whose facts were undone are left out.
    """
    wanted = set(session.course.played if people is None else people)
    read = session.workspace.numbers(READ)
    messages = []
    reaching = [n for n in range(since, len(session.facts)) if session.facts[n].kind in _REACHING]
    gone = undone_by(session.facts) if reaching else {}
    for number in reaching:
        fact = session.facts[number]
        if number in gone or not isinstance(fact, InjectDelivered | Escalated | MessageSent):
            continue
        reached = _reached(fact)
        if wanted and not wanted & set(reached):
            continue
        inject = session.exercise.state.injects.get(fact.inject) if isinstance(fact, InjectDelivered) else None
        channel = fact.channel or ""
        messages.append(Message(number, fact.at, channel, reached, fact.incident, fact, inject, number in read))
    return messages


def _reached(fact: InjectDelivered | Escalated | MessageSent) -> tuple[str, ...]:
    match fact:
        case InjectDelivered():
            return fact.to
        case Escalated():
            return fact.persons
        case MessageSent():
            return fact.receivers


def mark_read(session: Session, numbers: Iterable[int]) -> None:
    """Note that these messages were read."""
    session.workspace.put_numbers(READ, session.workspace.numbers(READ) | set(numbers))


def raised(session: Session) -> tuple[str, ...]:
    """The incidents that have come to anybody's notice, in the order of the scenario."""
    return tuple(name for name, incident in session.exercise.state.incidents.items() if incident.raised)


def offers(session: Session, incident: str, people: Iterable[Person] | None = None) -> list[OfferedAction]:
    """The steps that these people might take on an incident, open ones first, each once.

    Open are those that the kernel would let happen. Closed are those that lie ahead from where the incident stands, or
    that one of these people would take at another time; their refusal says what closes them.
    """
    exercise = session.exercise
    chosen = tuple(session.people if people is None else people)
    known: dict[str, OfferedAction] = {}
    for track in exercise.playbook.tracks.values():
        here = exercise.state.incidents[incident].tracks[track.id]
        for step in track.steps:
            if step.automatic:
                continue
            offer = _offer(session, incident, step, chosen)
            if offer is not None and _better(offer, known.get(step.do), here):
                known[step.do] = offer
    return sorted(known.values(), key=lambda offer: not offer.open)


def forbidden(session: Session, incident: str, person: Person) -> list[Action]:
    """The acts that nobody may do, as somebody could try them."""
    role = session.exercise.roster.roles_of(person)[0]
    return [Action(person.pseudonym, do, incident, role) for do in session.exercise.playbook.forbidden]


def duties(session: Session, incident: str | None = None) -> list[OwedDuty]:
    """The open duties, those due first at the top; those without a limit at the end."""
    exercise = session.exercise
    listed = []
    for number, duty in exercise.state.open_duties.items():
        if incident is not None and duty.incident != incident:
            continue
        rule = exercise.compiled.duties[duty.duty]
        by = settling(rule)
        mine = any(owes(exercise, person, duty.duty, session.now) for person in session.people)
        listed.append(OwedDuty(number, duty.duty, duty.incident, duty.opened, duty.due, duty.breached, mine, by))
    return sorted(listed, key=lambda owed: (owed.due is None, owed.due or 0, owed.number))


def positions(session: Session, incident: str) -> list[Position]:
    """Return the position of an incident on every track, in the order of the playbook."""
    exercise = session.exercise
    state = exercise.state.incidents[incident]
    taken = [fact for fact in state.facts if isinstance(fact, StepTaken)]
    moves = [(step.track, step.target) for step in taken if step.source != step.target]
    standing = []
    for track in exercise.playbook.tracks.values():
        been = (track.initial, *(to for moved, to in moves if moved == track.id))
        here = state.tracks[track.id]
        targets = [step.target for step in track.steps if here in step.sources and not step.detour]
        ways = tuple(dict.fromkeys(name for name in targets if name is not None and name != here))
        standing.append(Position(track.id, here, been, ways, track.states[here].final))
    return standing


def _offer(session: Session, incident: str, step: Step, people: tuple[Person, ...]) -> OfferedAction | None:
    """How the step stands to the first of these people to whom it is open, else to the first who might ever take it."""
    closed: OfferedAction | None = None
    for person in people:
        role = _role_for(session.exercise, person, step, session.now)
        action = Action(person.pseudonym, step.do, incident, role)
        answer = session.exercise.examine(action, session.now, content=False)
        if not isinstance(answer, Refusal):
            if answer.ready.step is not step:
                continue
            return OfferedAction(incident, step, person, answer.capacity.role, None)
        if closed is None and role is not None:
            closed = OfferedAction(incident, step, person, role, answer)
    return closed


def _role_for(exercise: Exercise, person: Person, step: Step, now: int) -> str | None:
    """The role in which somebody would take a step; `None` where it is not theirs."""
    for role in step.by:
        if role in exercise.roster.roles_of(person):
            return role
    return next((role for role in step.by if exercise.roster.capacity(person, role, now) is not None), None)


def _better(offer: OfferedAction, known: OfferedAction | None, here: str) -> bool:
    if known is None:
        return True
    return not known.open and (offer.open or here in offer.step.sources)
