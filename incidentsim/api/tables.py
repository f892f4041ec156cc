"""The library's tables: exercises in which the caller plays some roles, and bots all others."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from incidentsim import composition
from incidentsim.api.hiding import warn_of_hidden
from incidentsim.api.runs import Run, definition, optional, run_of
from incidentsim.domain.actions import Action, Value
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact, MessageAct
from incidentsim.domain.playbook import Field
from incidentsim.domain.scenario import Person
from incidentsim.domain.speech import Say
from incidentsim.domain.text import Language
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.refusals import Allowed
from incidentsim.messages import gettext as _
from incidentsim.service import Service
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Halt
from incidentsim.session.seats import Seats, holders
from incidentsim.session.session import USUAL, Answer, Session
from incidentsim.session.views import Message, OfferedAction, OwedDuty, duties, inbox, offers, raised
from incidentsim.session.writing.field_entries import complaint, typed, value_of

Entry = str | int | Sequence[str]
"""A value for a field of a step: text, a choice, a level, or several choices."""


def play(
    scenario: Path | str,
    *,
    roles: str | Iterable[str] = (),
    playbook: Path | str | None = None,
    seed: int | None = None,
    record: bool = False,
    coach: bool = False,
) -> "Table":
    """Open an exercise in which the caller plays some roles, and bots all others.

    Args:
        scenario: a file, or the id of a shipped scenario.
        roles: the id of the role to be played, or several; the first one that can be played if left out.
        playbook: a file or an id to play it by, instead of the playbook that the scenario names.
        seed: the seed of chance, instead of the scenario's.
        record: keep the record in the user's database, as `incidentsim play` does.
        coach: let the coach help, so that `Table.hint` can be asked for hints; that goes on record.

    Raises:
        UnknownNameError: there is no such scenario, playbook or role; the message says the nearest.
        InputError: a definition is wrong.
        SurroundingsError: the record could not be kept.
    """
    service = composition.service(record=record, on_hidden=warn_of_hidden)
    named, by = definition(scenario), optional(playbook)
    found = service.library.playable(named, playbook=by)
    wanted = (roles,) if isinstance(roles, str) else tuple(roles)
    people = holders(found.playbook, found.scenario, wanted or found.roles[:1])
    seats = Seats(people, seed=seed, coached=people if coach else frozenset())
    return Table(service, service.exercises.open_session(named, seats, playbook=by))


class Table:
    """An exercise under way, with some of its roles in the caller's hands. Leaving the `with` block closes it."""

    def __init__(self, service: Service, session: Session) -> None:
        self._service = service
        self._session = session
        self._due: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the exercise; what happened stays on record, and `run` still tells it."""
        self._session.close()

    @property
    def run(self) -> Run:
        """The run as it stands."""
        return run_of(self._service, self._session.view())

    @property
    def facts(self) -> Sequence[Fact]:
        """The facts so far; a fact's index is its sequence number."""
        return self._session.facts

    @property
    def now(self) -> int:
        """The time of the exercise (ms from its start)."""
        return self._session.now

    @property
    def ended(self) -> bool:
        """True once the exercise is over."""
        return self._session.ended

    @property
    def people(self) -> tuple[Person, ...]:
        """Those of the story whom the caller plays: the holders of the roles, with all roles they hold."""
        return self._session.people

    @property
    def incidents(self) -> tuple[str, ...]:
        """The ids of the incidents that have come to anybody's notice."""
        return raised(self._session)

    def inbox(self) -> list[Message]:
        """The messages that reached the people played, oldest first."""
        return inbox(self._session)

    def duties(self) -> list[OwedDuty]:
        """The duties that are open, those due first at the top; `mine` says that the people played can settle it."""
        return duties(self._session)

    def offers(self, incident: str | None = None) -> list[OfferedAction]:
        """The steps about an incident that are open to the people played, then those that are closed, and why.

        Raises:
            InputError: no incident is named, and it is not clear which is meant.
        """
        return offers(self._session, self._incident(incident))

    def hint(self, language: Language = "en") -> tuple[str, ...]:
        """Ask the coach for the next hint about what is owed first, and return it line by line.

        There are three: where to look, by which criterion, what to do. Each goes on record and shows in the rating.

        Args:
            language: that of the words.

        Raises:
            InputError: no coach helps at this table, nothing is owed, or all hints about it were given.
            SurroundingsError: it could not be put on record.
        """
        seat = LocalSeat(self._session)
        seat.hint()
        coach = seat.view(language).coach
        return coach.hints[-1].lines if coach is not None and coach.hints else ()

    def go_on(self, *, past_deadlines: bool = True) -> Halt:
        """Let time pass until something matters to the people played; says why it stopped.

        Args:
            past_deadlines: go on past their deadlines unasked. If not, it stops before each (`Halt.DEADLINE`), and goes
                past it when called again.

        Raises:
            InputError: the exercise is over, or the table closed.
            SurroundingsError: what happened could not be put on record.
        """
        passed = self._session.go_on(self._due)
        while past_deadlines and passed.halt is Halt.DEADLINE:
            passed = self._session.go_on(passed.due)
        self._due = passed.due
        return passed.halt

    def wait(self, length: int) -> Halt:
        """Let so much time pass (ms), however little happens; says why it stopped; raises like `go_on`."""
        return self._session.live_to(self.now + length).halt

    def act(
        self,
        do: str,
        *,
        role: str | None = None,
        incident: str | None = None,
        takes: int | None = None,
        content: Mapping[str, Entry] | None = None,
        **fields: Entry,
    ) -> Answer:
        """Try a step. What the procedure says to it is the answer: taken, or refused with rule and clause.

        A choice that the procedure does not offer is refused like any other mistake that people can make.

        Args:
            do: the step's id.
            role: as whom: of the people played, whoever holds it or may stand in for it. Left out, it is the first
                role in which the step can be taken.
            incident: which incident it is about; may be left out while only one has come to notice.
            takes: how long it takes (ms); the step's usual time if left out.
            content: what is filled in, by field; for fields that are called like one of these parameters.
            fields: the same: text, a choice, a level, a person's pseudonym, or several choices in a list.

        Returns:
            The answer with its fact, and whether the step was taken.

        Raises:
            UnknownNameError: there is no such step, role, incident or field; the message says the nearest.
            InputError: nobody at this table holds the role, the table is closed, or the exercise is over, be it only by
                what came before it was the step's turn.
            SurroundingsError: it could not be put on record.
        """
        about = self._incident(incident)
        people = self._acting_as(role)
        self._session.exercise.examine(Action(people[0].pseudonym, do, about, role), self.now, content=False)
        filled = self._filled_in(do, {**(content or {}), **fields})
        actions = [Action(person.pseudonym, do, about, role, filled) for person in people]
        chosen = next((action for action in actions if isinstance(self._session.examine(action), Allowed)), actions[0])
        answer = self._session.act(chosen, takes=takes).answer
        if answer is None:
            raise InputError(_("The exercise is over."))
        return answer

    def say(
        self,
        act: MessageAct | str,
        to: str | Sequence[str],
        text: str | None = None,
        *,
        channel: str | None = None,
        incident: str | None = None,
        role: str | None = None,
        answers: int | None = None,
        quotes: Sequence[str | int] = (),
        measures: Mapping[str, int] | None = None,
        flags: Mapping[str, bool] | None = None,
        do: str | None = None,
        due: int | None = None,
        takes: int = USUAL,
    ) -> Answer:
        """Send a message to others at the table; it moves nothing and is never refused for lack of authority.

        Args:
            act: `inform`, `ask`, `answer`, `forward`, `order` or `decide`.
            to: roles, bodies or people (ids or pseudonyms); `@incident` is everybody at work on the incident,
                `@facilitator` whoever runs the exercise.
            text: the words.
            channel: how it is sent; the first of the playbook if left out.
            incident: what it is about; the only one that has come to notice if left out, else none.
            role: as whom; of the people played whoever may act in it, else the first of them, who then pretends to it.
            answers: the number of the message that it answers.
            quotes: ids of injects and numbers of messages that have reached the sender.
            measures: values of measures of the playbook (durations in ms).
            flags: what is so, or is not.
            do: the step that is ordered.
            due: when that is to be done (ms from the start).
            takes: how long it takes (ms).

        Returns:
            The answer with the fact of the message.

        Raises:
            UnknownNameError: it names somebody or something that is not there; the message says the nearest.
            InputError: it says nothing, quotes what has not reached the sender, the table is closed, or the exercise
                is over.
            SurroundingsError: it could not be put on record.
        """
        exercise = self._session.exercise
        if act not in tuple(MessageAct):
            message = _("There is no act {name}; there are: {known}.")
            raise unknown_name(_("act of a message"), act, tuple(MessageAct), kind="act", otherwise=message)
        able = [person for person in self.people if role is not None and self._may_act(person, role)]
        pseudonyms = {person.id: person.pseudonym for person in exercise.scenario.people.values()}
        answer = self._session.say(
            Say(
                person=(able or list(self.people))[0].pseudonym,
                act=MessageAct(act),
                to=tuple(pseudonyms.get(name, name) for name in ((to,) if isinstance(to, str) else to)),
                channel=next(iter(exercise.playbook.channels)) if channel is None else channel,
                incident=self.incidents[0] if incident is None and len(self.incidents) == 1 else incident,
                role=role,
                answers=answers,
                injects=tuple(quote for quote in quotes if isinstance(quote, str)),
                messages=tuple(quote for quote in quotes if isinstance(quote, int)),
                measures=measures or {},
                flags=flags or {},
                text=None if text is None else typed(text),
                do=do,
                due=due,
            ),
            takes=takes,
        ).answer
        if answer is None:
            raise InputError(_("The exercise is over."))
        return answer

    def _may_act(self, person: Person, role: str) -> bool:
        exercise = self._session.exercise
        return role in exercise.playbook.roles and exercise.roster.capacity(person, role, self.now) is not None

    def _incident(self, named: str | None) -> str:
        if named is not None:
            return named
        known = self.incidents or tuple(self._session.exercise.state.incidents)
        if len(known) != 1:
            raise InputError(_("Say which incident it is about; there are: {known}.").format(known=", ".join(known)))
        return known[0]

    def _acting_as(self, role: str | None) -> tuple[Person, ...]:
        """Those of the people played who may act in a role: who hold it, before who stand in for it now."""
        exercise = self._session.exercise
        if role is None:
            return self.people
        if role not in exercise.playbook.roles:
            message = _("There is no role {name} to play here; there are: {known}.")
            raise unknown_name(_("role"), role, exercise.playbook.roles, kind="role", otherwise=message)
        able = [person for person in self.people if exercise.roster.capacity(person, role, self.now) is not None]
        if not able:
            played = ", ".join(
                dict.fromkeys(held for person in self.people for held in exercise.roster.roles_of(person))
            )
            message = _("Nobody at this table is {role}; played are: {played}.")
            raise InputError(message.format(role=role, played=played))
        return tuple(sorted(able, key=lambda person: role not in exercise.roster.roles_of(person)))

    def _filled_in(self, do: str, given: Mapping[str, Entry]) -> dict[str, Value]:
        """What was given for the fields of a step, as values of an action."""
        steps = (step for track in self._session.exercise.playbook.tracks.values() for step in track.steps)
        asked = {one.name: one for step in steps if step.do == do for one in step.fields}
        found = {}
        for name, entry in given.items():
            if name not in asked:
                message = _("The step {step} has no field {name}; it has: {known}.").replace("{step}", do)
                raise unknown_name(_("field"), name, asked, kind="field", otherwise=message)
            found[name] = self._value(asked[name], entry)
        return found

    @staticmethod
    def _value(asked: Field, entry: Entry) -> Value:
        written = str(entry) if isinstance(entry, str | int) else [str(part) for part in entry]
        value = value_of(asked, written)
        if value is None:
            raise InputError(_("{field}: {complaint}").format(field=asked.name, complaint=complaint(asked, written)))
        return value
