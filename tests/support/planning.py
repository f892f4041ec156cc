"""Plays to plan with: of shipped stories, and made up."""

from functools import cache

from hypothesis import strategies as st

from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.planning.planning import taking_part
from incidentsim.exercise.planning.typical_play import Arrival, Decision, Stretch, TypicalPlay, typical_play
from tests.support.forecasts import compiled
from tests.support.shipped import procedure, scenario


@cache
def expected(name: str, language: Language = "en") -> TypicalPlay:
    """What one may expect of a shipped story."""
    return typical_play(compiled(name), scenario(name), language)


def people_of(subject: Scenario) -> list[str]:
    """Those who can be played."""
    return [person.pseudonym for person in taking_part(procedure(subject.playbook), subject)]


def made_up(subject: Scenario) -> st.SearchStrategy[TypicalPlay]:
    """Any play of these people, however unlikely."""
    person = st.sampled_from([one.pseudonym for one in subject.people.values()])
    at = st.integers(0, 90 * HOUR)
    decisions = st.lists(st.builds(Decision, at, person, st.booleans()), max_size=40)
    arrival = st.builds(
        Arrival, at, st.lists(person, max_size=4).map(tuple), st.integers(0, 15 * MINUTE), st.booleans()
    )
    phases: st.SearchStrategy[list[str | None]] = st.sampled_from([[None], [*procedure(subject.playbook).phases]])

    def put_together(parts: tuple[list[Decision], list[Arrival], list[str | None], int, int | None]) -> TypicalPlay:
        decided, arrived, named, reading, shortest = parts
        decided, arrived = sorted(decided, key=lambda one: one.at), sorted(arrived, key=lambda one: one.at)
        ends = max((0, *(one.at for one in decided), *(one.at for one in arrived)))
        stretches = tuple(Stretch(ends * place // len(named), phase) for place, phase in enumerate(named))
        return TypicalPlay(tuple(decided), tuple(arrived), stretches, ends, reading, shortest)

    return st.tuples(
        decisions,
        st.lists(arrival, max_size=20),
        phases,
        st.integers(0, 10 * MINUTE),
        st.one_of(st.none(), st.integers(0, HOUR)),
    ).map(put_together)
