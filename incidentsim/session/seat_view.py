"""What one seat sees of an exercise: frozen, of plain values only, so that it can be sent anywhere as JSON.

Words in it (titles, sentences, times of day) are in the language that the view was asked for in; whoever shows it adds
headings and signs. Ids stand beside the words, so that what is shown can be acted upon. Times are in ms from the start.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from incidentsim.domain.facts import FactKind, MessageAct, RefusalReason
from incidentsim.domain.text import Language
from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.session.attached_view import AttachmentView
from incidentsim.session.form_view import ActionKey
from incidentsim.session.pacing import Halt, Pacing
from incidentsim.session.procedure.coach_view import CoachView
from incidentsim.session.seats import Mode


@dataclass(frozen=True, slots=True)
class TimeView:
    """The time of the exercise: `now` (ms), the local date and time of day, and the time since the start, in words.

    `instant` is `now` as ISO 8601 with its offset, empty after the year 9999. `seconds` says whether times of day are
    told with seconds, which begins when the first fact needs them.
    """

    now: int
    day: str
    time: str
    elapsed: str
    seconds: bool
    instant: str

    @property
    def words(self) -> str:
        """The date, the time of day, and the time since the start."""
        return f"{self.day} {self.time} ({self.elapsed})"


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody whom people at the table play: by id and pseudonym, with their roles and what these are called.

    `player` is the number of the player who plays them, from 1, and `played_by` that player's name, where one is known.
    `unread` and `owed` say how many messages to them were not read and how many open duties are theirs.
    """

    id: str
    pseudonym: str
    name: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    player: int = 1
    played_by: str = ""
    unread: int = 0
    owed: int = 0


class PhasePlace(StrEnum):
    """The place of a phase in relation to that of the incident.

    `over`: the incident ended in it. `left_out`: it was ahead when the incident ended, and comes no more.
    """

    BEHIND = "behind"
    HERE = "here"
    AHEAD = "ahead"
    OVER = "over"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase of an incident's main track."""

    title: str
    place: PhasePlace


@dataclass(frozen=True, slots=True)
class TrackView:
    """The state of an incident on a track, and the titles of the states that it may be in next.

    `moved` says that it has left its first state.
    """

    track: str
    title: str
    state: str
    state_title: str
    next: tuple[str, ...]
    final: bool
    main: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident that has come to notice: its level (`None` while ungraded), its phases, and every track."""

    id: str
    title: str
    level: int | None
    level_name: str
    phases: tuple[PhaseView, ...]
    tracks: tuple[TrackView, ...]


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """Something that reached somebody at the keyboard: an inject, a message, or that they were told of a matter.

    `number` is the sequence number of its fact; `body` is empty where the subject is all there is. `sender` is empty
    where nothing says who sent it. Of a message, `message` is its number, `act` what the sender did by it, `answers`
    the message that it answers, and `thread` the one with which their thread began; elsewhere they are `None`.
    `inject` is the id of an inject that came; elsewhere it is empty. `attachments` are the files that came with it, or
    with what it quotes.
    """

    number: int
    at: int
    day: str
    time: str
    channel: str
    sender: str
    to: str
    incident: str | None
    subject: str
    body: str
    told_of: bool
    read: bool
    message: int | None = None
    act: MessageAct | None = None
    answers: int | None = None
    thread: int | None = None
    inject: str = ""
    attachments: tuple[AttachmentView, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalView:
    """The reason that closes a step: as the record names it, and in a word or two."""

    why: RefusalReason
    words: str


@dataclass(frozen=True, slots=True)
class AvailableAction:
    """A step that is open, or closed, to somebody at the keyboard.

    `refusal` says what closes it, `None` where it may be taken once its form is filled in. `mark` is what it rests
    on, as short as it goes; `takes` its usual time (ms), 0 where it has none.

    `place` is its place (from 0) among all steps of the procedure, those of this seat's people first: it never changes,
    so that a key may stand for it. `settles` are the numbers of the open duties that it ends, those due first at the
    beginning; `called_for` says that it is owed or leads straight on, and is not merely possible.
    """

    key: ActionKey
    title: str
    person_name: str
    mark: str
    takes: int
    refusal: RefusalView | None
    place: int
    settles: tuple[int, ...]
    called_for: bool

    @property
    def open(self) -> bool:
        """True if the step may be taken."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class ForbiddenAct:
    """Something that nobody may do, as the one at the keyboard could try it."""

    key: ActionKey
    title: str
    mark: str


@dataclass(frozen=True, slots=True)
class OpenDutyView:
    """An open duty. `due` is `None` where it has no limit; `mine` says that somebody at the table can settle it.

    `until` is the local time of `due`, `ends` the steps that settle it, by name.
    """

    number: int
    duty: str
    title: str
    incident: str
    opened: int
    due: int | None
    until: str
    late: bool
    mine: bool
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegulatoryClockView:
    """A regulatory deadline of an incident. `state` is that of the clock engine, `words` the same in words.

    `due` is the deadline, or our own target where the law has no number (then `target`), ms from the start; `local`
    its time by the clocks of the zone it is reckoned in (ISO 8601), `until` the same by the clock of the exercise, as
    people read it. `steps` are the triggers of the steps that it waits for, its filing or a judgement, and `waits`
    names them with the roles that take them; both are empty where it waits for nothing that people do.
    """

    incident: str
    clock: str
    title: str
    state: ClockState
    words: str
    due: int | None
    local: str
    until: str
    target: bool
    steps: tuple[str, ...]
    waits: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A fact as it is told to whoever may see it.

    `ours` says that somebody at the keyboard owes a duty; `undone`, that the fact counts no more.
    """

    number: int
    at: int
    day: str
    time: str
    kind: FactKind
    incident: str | None
    sentence: str
    undone: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class LogView:
    """The log so far, without the facts that may not be seen: their numbers are missing.

    As long as `edition` stays the same, entries are only ever added at the end.
    """

    edition: int
    entries: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True)
class SeatView:
    """The view from one seat at a moment.

    Attributes:
        language: the language of its words.
        run: the run that is on record; `None` where no record is kept.
        title: the title of the scenario.
        mode: the way in which people share the table.
        ended: true once the exercise is over.
        recorded: the number of facts by now, which is the sequence number of the next one.
        latest: the number of the first fact of the last moment in which anything happened.
        time: the time of the exercise.
        pacing: the way in which time passes.
        people: those whom people at the table play.
        keyboard: the pseudonyms of the people at the keyboard of this seat.
        several: true if more than one incident has come to notice, so that it matters which one something is about.
        incidents: those that have come to notice at this seat.
        incident: the id of the one that this seat's actions are about; `None` while none has come to notice.
        inbox: the messages that reached the people at the keyboard, oldest first.
        actions: the steps that they might take on `incident`, open ones first.
        forbidden: the acts that are forbidden to everybody.
        duties: open duties, those due first at the top.
        clocks: the regulatory deadlines of every incident that can be noticed.
        clock_trouble: the reason why the clocks cannot be reckoned; empty where they can.
        log: the facts, as far as this seat is told of them.
        coach: what the coach tells whoever sits here; `None` where it helps nobody.
    """

    language: Language
    run: str | None
    title: str
    mode: Mode
    ended: bool
    recorded: int
    latest: int
    time: TimeView
    pacing: Pacing
    people: tuple[PersonView, ...]
    keyboard: tuple[str, ...]
    several: bool
    incidents: tuple[IncidentView, ...]
    incident: str | None
    inbox: tuple[InboxMessage, ...]
    actions: tuple[AvailableAction, ...]
    forbidden: tuple[ForbiddenAct, ...]
    duties: tuple[OpenDutyView, ...]
    clocks: tuple[RegulatoryClockView, ...]
    clock_trouble: str
    log: LogView
    coach: CoachView | None = None

    @property
    def at_keyboard(self) -> tuple[PersonView, ...]:
        """The people at the keyboard, in the order of `people`."""
        return tuple(person for person in self.people if person.pseudonym in self.keyboard)

    @property
    def hands(self) -> tuple[tuple[PersonView, ...], ...]:
        """Those whom each player plays, by the number of the player."""
        numbers = sorted({person.player for person in self.people})
        return tuple(tuple(one for one in self.people if one.player == number) for number in numbers)

    def at(self, now: TimeView) -> "SeatView":
        """The same some moments later, when nothing has happened since."""
        return replace(self, time=now)


@dataclass(frozen=True, slots=True)
class Detail:
    """Something looked at closely: a title, and texts each with a title of its own; either may be empty."""

    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """The reasons why a step is closed: its refusal in words (empty where it is open), and its basis.

    `clauses` are pairs of a clause's id and its wording; `asks` names the fields that the step will ask for.
    """

    title: str
    refusal: str
    basis: str
    clauses: tuple[tuple[str, str], ...]
    asks: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of something done at a seat: the facts from `since` to before `until`, and why time stopped.

    For an action, `answer` is the sequence number of the fact that answers it and `taken` whether the step was taken;
    both are `None` where the exercise ended over what came first, and for everything else.

    `due` are the numbers of the duties before whose deadlines time stopped: going on past them has to be said. `opened`
    is what people at the table may do now and could not do before: pairs of an incident and a step's trigger.
    """

    since: int
    until: int
    halt: Halt
    answer: int | None = None
    taken: bool | None = None
    due: tuple[int, ...] = ()
    opened: tuple[tuple[str, str], ...] = ()

    @property
    def anything(self) -> bool:
        """True if any fact was added."""
        return self.until > self.since
