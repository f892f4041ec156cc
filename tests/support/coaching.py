"""Exercises played by nothing but the coach's hints."""

from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.interventions import Coach
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.session.course import Course
from incidentsim.session.form_view import FieldView, Written
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Halt
from incidentsim.session.procedure.coach_view import SuggestedAct
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.session import Session
from incidentsim.session.workspace import Workspace
from tests.support.shipped import procedure, scenario

LEAD = "response_team_lead"
DEMO = "number-masking-leak"
MOST_TURNS = 600


def coached_session(name: str, roles: tuple[str, ...] = (LEAD,), mode: Mode = "solo", *, coach: bool = True) -> Session:
    """A session of a shipped scenario without a record, coached from the start."""
    subject = scenario(name)
    playbook = procedure(subject.playbook)
    played = holders(playbook, subject, roles)
    course = Course(Exercise(CompiledPlaybook(playbook), subject), bots=True, seats=Seats(played, mode))
    course.add(course.exercise.begin())
    session = Session(None, course, None, Workspace(None, None), lambda: None)
    if coach:
        session.intervene(Coach(tuple(sorted(played))))
    return session


def filled_in(seat: LocalSeat, suggested: SuggestedAct) -> Written:
    """A form as the third hint says, and for the rest whatever the form offers first."""
    chosen = dict(suggested.fields)
    form = seat.form(suggested.key, "en")
    return {field.name: _value(field, chosen.get(field.name, ())) for field in form.fields if field.required}


def _value(field: FieldView, chosen: tuple[str, ...]) -> str | list[str]:
    if field.kind is FieldKind.TEXT:
        return "As the messages say."
    values = list(chosen) or [option.value for option in field.options]
    if field.kind is FieldKind.CLOCK_MEASURES:
        return [f"{values[0]}=1"]
    return (list(chosen) or values) if field.several else values[0]


def ask_to_the_end(seat: LocalSeat) -> None:
    """Ask for every hint about what is owed first."""
    while (coach := seat.view("en").coach) is not None and coach.next is not None:
        seat.hint()


def play_by_hints(session: Session) -> LocalSeat:
    """Play to the end by doing what the third hints say, and letting time pass where they say that it can wait."""
    seat, due = LocalSeat(session), tuple[int, ...]()
    for _turn in range(MOST_TURNS):
        if session.ended:
            return seat
        ask_to_the_end(seat)
        coach = seat.view("en").coach
        assert coach is not None
        suggested = coach.suggested
        if suggested is not None and suggested.until is None:
            written = filled_in(seat, suggested)
            outcome = seat.act(suggested.key, written)
            assert outcome.taken is not False, (suggested, seat.view("en").log.entries[-1].sentence)
            due = ()
            continue
        outcome = seat.go_on(due)
        due = outcome.due
        if outcome.halt is Halt.YOUR_TURN:
            seat.wait(HOUR)
    raise AssertionError("it did not end")
