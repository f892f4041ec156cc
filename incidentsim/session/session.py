"""An exercise that people play: they act for some roles, bots for the others, and a facilitator may step in.

Simulated time passes by what people do. In stepped pacing an action costs its usual time, and `go_on` lets time jump
to the next thing that matters to the people at the table; in live pacing `live_to` follows a clock. Either way the
story, the bots and the deadlines have their turn in the same order as in a replay, so that the decisions of a session,
written down as a script, lead to the same facts.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.facts import DecisionSource, Fact, FactKind
from incidentsim.domain.interventions import Coach, GiveHint, Intervention
from incidentsim.domain.scenario import Person
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.agenda import Precedence
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.refusals import Allowed, Refusal
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.running.runner import Turn, execute, next_turn
from incidentsim.messages import gettext as _
from incidentsim.session.course import Course, RunView
from incidentsim.session.pacing import Halt
from incidentsim.session.recorder import Recorder
from incidentsim.session.relevance import Attention, Opening
from incidentsim.session.seats import Seats, Sitting, keep_sitting, sittings
from incidentsim.session.workspace import Workspace, deadlines_passed, keep_deadlines_passed

USUAL: Final = MINUTE
"""How long an action takes for which the playbook names no usual time, refused ones too; and a message (ms)."""


LONGEST_NAME: Final = 100
"""Characters of a player's name; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Passed:
    """The result of letting time pass: the sequence number of the first new fact, and why it stopped.

    `due` are the numbers of the duties before whose deadlines it stopped (`Halt.DEADLINE`), `opened` is what people at
    the table may do now and could not do before: pairs of an incident and a step's trigger, in order.
    """

    since: int
    halt: Halt
    due: tuple[int, ...] = ()
    opened: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The kernel's answer: a `step_taken`, a `refused` or a `message_sent`, and its sequence number."""

    number: int
    fact: Fact

    @property
    def taken(self) -> bool:
        """True if the step was taken or the message sent, false if the action was refused."""
        return self.fact.kind != FactKind.REFUSED


@dataclass(frozen=True, slots=True)
class Acted:
    """The result of an action: the number of the first new fact, why time stopped, and the answer.

    `answer` is `None` where the exercise ended over what came first.
    """

    since: int
    halt: Halt
    answer: Answer | None


class Session:
    """One exercise under way. Not for several threads at once."""

    def __init__(
        self,
        run: str | None,
        course: Course,
        recorder: Recorder | None,
        workspace: Workspace,
        close: Callable[[], None],
        *,
        begin_record: Callable[[], Recorder] | None = None,
    ) -> None:
        """Sit down to an exercise.

        Args:
            run: the id of its record; `None` where none is kept.
            course: the exercise and who decides in it.
            recorder: puts its steps on record; `None` where no record is kept, or it is still to begin.
            workspace: what people have in hand.
            close: lets go of the record.
            begin_record: puts the opening on record, where that was left for later.
        """
        self.run = run
        self.course = course
        self.workspace = workspace
        self._recorder = recorder
        self._close = close
        self._begin_record = begin_record
        self._not_begun: SurroundingsError | None = None
        """Why the opening could not be put on record."""
        self._now = course.exercise.state.now
        self._broken = False
        self._attention = Attention(course.exercise, course.played)
        self._attention.take_up(deadlines_passed(workspace))

    @property
    def exercise(self) -> Exercise:
        """The exercise itself; for looking, not for acting."""
        return self.course.exercise

    @property
    def facts(self) -> Sequence[Fact]:
        """The facts so far, all of them on record; a fact's index is its sequence number."""
        return self.course.facts

    @property
    def now(self) -> int:
        """The time (ms from the start): that of the last fact but hints, or as far as time has been let pass since."""
        return max(self._now, self.exercise.state.moved)

    @property
    def ended(self) -> bool:
        """True once the exercise is over."""
        return self.exercise.state.ended

    @property
    def people(self) -> tuple[Person, ...]:
        """Those whom people at the table play, in the order of the scenario."""
        return tuple(p for p in self.exercise.scenario.people.values() if p.pseudonym in self.course.played)

    @property
    def seats(self) -> Seats:
        """The people who are played by somebody at the table, and the mode."""
        return self.course.seats

    def view(self) -> RunView:
        """The run as it stands."""
        return self.course.view(self.run)

    def examine(self, action: Action) -> Allowed | Refusal:
        """Return the answer that `action` would get if it were taken now, the time it costs left aside."""
        return self.exercise.examine(action, self.now)

    def act(self, action: Action, *, takes: int | None = None) -> Acted:
        """Let somebody act; first everything happens that comes while they are at it.

        Args:
            action: who does what.
            takes: how long it takes (ms); the step's usual time if left out.

        Raises:
            UnknownNameError: there is no such step, incident, person or role.
            SurroundingsError: it could not be put on record. The session must be taken up anew.
        """
        self._check_open()
        since = len(self.facts)
        exercise = self.exercise
        exercise.examine(action, self.now)  # a name that nothing carries is said before any time passes
        at = self.now + (self.usual_time(action) if takes is None else takes)
        if not self._pass_before(at):
            return Acted(since, Halt.ENDED, None)
        number = len(self.facts)
        self._keep(exercise.act(action, max(at, exercise.state.free_from)), DecisionSource.PERSON)
        return Acted(since, Halt.ASKED, Answer(number, self.facts[number]))

    def say(self, message: Say, *, takes: int = USUAL) -> Acted:
        """Let somebody send a message; first everything happens that comes while they write it.

        Args:
            message: who says what to whom.
            takes: how long it takes (ms).

        Raises:
            UnknownNameError: it names somebody or something that is not there.
            InputError: it is for nobody, says nothing, or quotes what has not reached the sender.
            SurroundingsError: it could not be put on record. The session must be taken up anew.
        """
        self._check_open()
        since = len(self.facts)
        exercise = self.exercise
        exercise.message(message, self.now)  # what cannot be sent is said before any time passes
        at = self.now + takes
        if not self._pass_before(at):
            return Acted(since, Halt.ENDED, None)
        number = len(self.facts)
        self._keep(exercise.say(message, max(at, exercise.state.free_from)), DecisionSource.PERSON)
        return Acted(since, Halt.ASKED, Answer(number, self.facts[number]))

    def intervene(self, intervention: Intervention) -> Passed:
        """Let the facilitator step in, now.

        Raises:
            InputError: it names what is not there, or is no longer to come.
            SurroundingsError: it could not be put on record. The session must be taken up anew.
        """
        self._check_open()
        since = len(self.facts)
        exercise = self.exercise
        at, left = max(self.now, exercise.state.free_from), self._now
        if not self._pass_before(at, Precedence.INTERVENTION):
            return Passed(since, Halt.ENDED)
        if isinstance(intervention, Coach | GiveHint):
            self._now = left  # asking the coach takes no time: not even the moment after a deadline
        self._keep(exercise.intervene(intervention, at), DecisionSource.PERSON)
        return Passed(since, Halt.ENDED if self.ended else Halt.ASKED)

    def go_on(self, let_pass: Collection[int] = ()) -> Passed:
        """Let time pass until something matters to somebody at the table.

        That is: something reaches or concerns them, something is open to them that was not, or a deadline of theirs is
        near (`Attention.notice`). Where time stops is no fact: a script of the run leads to the same facts.

        Args:
            let_pass: the duties (numbers) before whose deadlines time does not stop any more, unless they are moved.
        """
        self._check_open()
        since, attention = len(self.facts), self._attention
        if let_pass:
            attention.let_pass(let_pass)
            keep_deadlines_passed(self.workspace, attention.passing)
        seen: dict[tuple[int, int | None], int] = {}
        could = attention.possible(self.now)
        while (turn := self._next()) is not None:
            notice = attention.notice(seen, self.now)
            if notice is not None and notice.at <= turn.at:
                self._now = notice.at
                return Passed(since, Halt.DEADLINE, notice.duties)
            facts = self._take(turn)
            can = attention.possible(self.now)
            opened = attention.opened(could, can)
            if self.ended or opened or attention.is_relevant(facts):
                return Passed(since, Halt.ENDED if self.ended else Halt.MATTERS, opened=opened)
            could = can
        return Passed(since, Halt.ENDED) if self.ended else self._nothing_comes(since)

    def concerns(self, since: int) -> bool:
        """Return whether a fact of number `since` or later concerns somebody at the table."""
        return self._attention.is_relevant(self.facts[since:])

    def step(self) -> Passed:
        """Let the very next thing happen, whomever it concerns."""
        self._check_open()
        since = len(self.facts)
        turn = self._next()
        if turn is None:
            return self._nothing_comes(since)
        self._take(turn)
        return Passed(since, Halt.ENDED if self.ended else Halt.MATTERS)

    def live_to(self, at: int) -> Passed:
        """Let everything happen that comes until `at` (ms), however little it matters."""
        self._check_open()
        since = len(self.facts)
        if not self._pass_before(at):
            return Passed(since, Halt.ENDED)
        return Passed(since, Halt.ASKED)

    def usual_time(self, action: Action) -> int:
        """Return the time that the action usually takes (ms), or `USUAL` where the playbook says none."""
        exercise = self.exercise
        incident = exercise.state.incidents.get(action.incident)
        track = exercise.compiled.track_of.get(action.do)
        if incident is None or track is None:
            return USUAL
        ready = exercise.compiled.steps[track].get((incident.tracks[track], action.do))
        return (ready.step.takes if ready is not None else None) or USUAL

    def seat_player(self, player: int, name: str) -> None:
        """Let somebody of this name take the seat of a player (its number, from 1), or leave it by an empty name.

        It is kept beside the record until the exercise is over, and put on record then.

        Raises:
            InputError: there is no such seat.
            SurroundingsError: it could not be kept.
        """
        self._check_open()
        hands = self.seats.hands(person.pseudonym for person in self.people)
        if not 1 <= player <= len(hands):
            raise InputError(_("There is no seat {n}; there are 1 to {most}.").format(n=player, most=len(hands)))
        keep_sitting(self.workspace, Sitting(self.now, player, hands[player - 1], name.strip()[:LONGEST_NAME]))

    def put_on_record(self) -> None:
        """Put the opening on record, where that was left for later; whatever is done at the table does so first.

        Raises:
            SurroundingsError: it could not be put on record, now or when it was tried before. Nothing has happened yet.
        """
        if self._not_begun is not None:
            raise self._not_begun
        if self._begin_record is not None and not self._broken:
            begin, self._begin_record = self._begin_record, None
            try:
                self._recorder = begin()
            except BaseException as error:
                self._broken = True
                self._not_begun = error if isinstance(error, SurroundingsError) else None
                raise

    def close(self) -> None:
        """Let go of the run; it can be gone on with any time."""
        self._broken = True
        self._close()

    def _check_open(self) -> None:
        self.put_on_record()
        if self._broken:
            raise InputError(_("This session is closed; go on with its run."))
        if self.ended:
            raise InputError(_("The exercise is over."))

    def _nothing_comes(self, since: int) -> Passed:
        """Nothing is pending: the exercise ends where everything rests, else it is for people to go on."""
        if self.exercise.at_rest():
            self._keep(self.exercise.end(self.exercise.state.now), DecisionSource.ENGINE)
            return Passed(since, Halt.ENDED)
        return Passed(since, Halt.YOUR_TURN)

    def _pass_before(self, at: int, precedence: Precedence = Precedence.DECISION) -> bool:
        """Let happen whatever comes before a decision at `at`; false where the exercise ended over it."""
        ends = self.exercise.scenario.ends
        while (turn := self._next()) is not None and turn.before(at, precedence):
            self._take(turn)
        self._now = max(self._now, min(at, ends))
        if at > ends and not self.ended:
            self._keep(self.exercise.end(ends), DecisionSource.ENGINE)
        return not self.ended

    def _next(self) -> Turn | None:
        return None if self.ended else next_turn(self.exercise, self.course.deciders)

    def _take(self, turn: Turn) -> list[Fact]:
        facts, source = execute(self.exercise, turn)
        self._keep(facts, source)
        return facts

    def _keep(self, facts: Sequence[Fact], source: DecisionSource) -> None:
        """On record first; only then do the facts count for anybody who looks. At the end, who sat where comes too."""
        if any(fact.kind == FactKind.EXERCISE_ENDED for fact in facts):
            facts = [*facts, *(sitting.fact(facts[-1].at) for sitting in sittings(self.workspace))]
        if self._recorder is not None:
            try:
                self._recorder.record(facts, source)
            except BaseException:
                self._broken = True  # the exercise has gone further than its record
                raise
        self.course.add(facts)
