"""Sessions driven by bots in place of people, and what is compared of them."""

import pytest

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.speech import Say
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.running.deciders import Proposal
from incidentsim.session.pacing import Halt
from incidentsim.session.session import Session

MOST_TURNS = 2_000


def fill_the_disk(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing more can be recorded."""

    def full(*_args: object, **_kwargs: object) -> None:
        raise SurroundingsError("The disk is full.")

    monkeypatch.setattr(session._recorder, "record", full)


def drive(session: Session, *, most: int = MOST_TURNS) -> int:
    """Play on as a bot would for those whom people play; says how many decisions and jumps it took."""
    bot = BotDecider()
    for turn in range(most):
        if session.ended:
            return turn
        wish = bot.propose(session.exercise)
        if wish is not None and wish.action.person in session.course.played:  # type: ignore[union-attr]  # bots act
            decide(session, wish)
            continue
        passed = session.go_on()
        while passed.halt is Halt.DEADLINE:  # a bot acts when it wants to, however near a deadline is
            passed = session.go_on(passed.due)
        if passed.halt is Halt.YOUR_TURN:
            if wish is None:
                return turn
            decide(session, wish)
    return most


def decide(session: Session, wish: Proposal) -> None:
    """Let somebody at the table do or say what a bot would."""
    takes = max(0, wish.at - session.now)
    match wish.action:
        case Action():
            session.act(wish.action, takes=takes)
        case Say():
            session.say(wish.action, takes=takes)
        case _:
            raise AssertionError("bots do not step in")


def snapshot(session: Session) -> tuple[object, ...]:
    """Everything that the state of an exercise holds, comparable."""
    state = session.exercise.state
    incidents = {
        name: (
            dict(one.tracks),
            one.raised,
            one.level,
            dict(one.entered),
            dict(one.authors),
            {track: sorted(done) for track, done in one.done_here.items()},
            sorted(one.fired),
            sorted(one.planned),
            dict(one.anchors),
            sorted(one.duties),
            [fact.to_json() for fact in one.facts],
        )
        for name, one in state.incidents.items()
    }
    duties = {
        number: (duty.duty, duty.due, duty.breached, duty.breached_at, sorted(duty.planned), sorted(duty.escalated))
        for number, duty in state.open_duties.items()
    }
    return (
        state.now,
        state.sequence,
        state.ended,
        state.free_from,
        state.duties_opened,
        dict(state.acted),
        sorted(state.done_with),
        sorted(state.injects),
        incidents,
        duties,
        [fact.to_json() for fact in state.general],
        session.exercise.next_due(),
    )
