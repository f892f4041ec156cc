"""Claims about every exercise, tried on examples that Hypothesis draws: shortly in every run, at length in CI."""

from hypothesis import strategies as st

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.ledger.canonical import canonical
from tests.support.chaos import Move, live_through, put, stories_of
from tests.support.facts import on_record
from tests.support.oracle import check_duties, check_form, check_moves
from tests.support.play import kinds, of, play
from tests.support.procedures import exercise_of, playbook
from tests.support.snapshot import ahead, snapshot

MOST_FACTS = 5_000
"""Far beyond any exercise with two incidents that does not go round in circles."""


def check(facts: list[Fact], exercise: Exercise) -> None:
    """Everything that must hold of the facts, and that the state is what they say."""
    check_form(facts)
    for name, seen in check_moves(facts, exercise.playbook, exercise.scenario).items():
        incident = exercise.state.incidents[name]
        assert (incident.tracks, incident.level, incident.raised) == (seen.tracks, seen.level, seen.raised)
        assert incident.authors == seen.authors
    owed = {n: (one.duty, one.incident, one.due, one.breached) for n, one in check_duties(facts).items()}
    kept = exercise.state.open_duties.items()
    assert {n: (one.duty, one.incident, one.due, one.breached) for n, one in kept} == owed


def the_procedure_holds(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Tracks move only by steps of the playbook and through roles that may; duties are kept straight."""
    exercise = exercise_of(name, data.draw(stories_of(name)))
    facts = live_through(exercise, moves).facts
    check(facts, exercise)
    for fact in facts:
        canonical(fact.to_json())  # raises where a record could not hold it


def bots_come_to_an_end(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Bots of any proficiency, with people away, after whatever others did, end the exercise in time."""
    exercise = exercise_of(name, data.draw(stories_of(name)))
    facts = live_through(exercise, moves[: data.draw(st.sampled_from([0, 0, 5]))]).facts
    facts += play(exercise, BotDecider())
    check(facts, exercise)
    assert kinds(facts).count("exercise_ended") == 1
    assert facts[-1].kind == FactKind.EXERCISE_ENDED
    assert facts[-1].at <= max(exercise.scenario.ends, facts[-2].at)
    assert len(facts) < MOST_FACTS
    if on_record(facts[-1])["reason"] != "time_limit":
        # Whatever was done in whatever order: at the end each duty was settled, dropped, or is on record as breached.
        assert [one for one in check_duties(facts).values() if one.due is not None and not one.breached] == []


def experts_finish_in_time(name: str, data: st.DataObject, _moves: list[Move]) -> None:
    """Experts at their desks bring every incident to rest, keep every duty and are never refused."""
    book = playbook(name)
    exercise = exercise_of(name, data.draw(stories_of(name, quiet=True)))
    facts = play(exercise, BotDecider())
    assert on_record(facts[-1])["reason"] == "finished"
    assert of(facts, "refused") == []
    assert of(facts, "duty_breached") == []
    final = {state.id for state in book.main_track.states.values() if state.final}
    assert {incident.tracks[book.main_track.id] for incident in exercise.state.incidents.values()} <= final
    check(facts, exercise)


def an_exercise_rebuilt_goes_on_alike(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Rebuilt from its facts at any step: the same state, agenda and answers, and the bots wish for the same."""
    scenario = data.draw(stories_of(name))
    course = live_through(exercise_of(name, scenario), moves)
    cut = data.draw(st.integers(0, len(course.steps)))
    went_on, rebuilt = exercise_of(name, scenario), exercise_of(name, scenario)
    for given, step in zip(course.inputs[:cut], course.steps[:cut], strict=True):
        assert put(went_on, given) == step, "the same inputs give the same facts"
    rebuilt.resume([fact for step in course.steps[:cut] for fact in step])
    assert snapshot(rebuilt.state) == snapshot(went_on.state)
    assert BotDecider().propose(rebuilt) == BotDecider().propose(went_on)
    for given, step in zip(course.inputs[cut:], course.steps[cut:], strict=True):
        assert put(rebuilt, given) == step
        assert put(went_on, given) == step
    assert snapshot(rebuilt.state) == snapshot(went_on.state)
    assert ahead(rebuilt) == ahead(went_on)


def bots_take_over_alike(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Bots that take over from a record play on as those who never left."""
    scenario = data.draw(stories_of(name))
    went_on = exercise_of(name, scenario)
    rebuilt = exercise_of(name, scenario)
    rebuilt.resume(live_through(went_on, moves[:10]).facts)
    assert play(rebuilt, BotDecider()) == play(went_on, BotDecider())


CLAIMS = (
    the_procedure_holds,
    bots_come_to_an_end,
    experts_finish_in_time,
    an_exercise_rebuilt_goes_on_alike,
    bots_take_over_alike,
)
