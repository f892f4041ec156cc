"""A hot wash on record: what stands after answers were given, corrected and taken back, and votes were counted anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Appraisal, CommittedText, Fact, FactKind, read_fact
from incidentsim.exercise.afterwards.hotwash import answer_fact, hot_wash, is_empty, vote_fact
from tests.support.facts import a_fact

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
_SAID = st.tuples(st.sampled_from(["well", "again"]), _WORDS, st.none() | st.integers(0, 5))
_VOTES = st.tuples(st.sampled_from("ab"), st.sampled_from(Appraisal), st.integers(0, 9))


@given(st.lists(_SAID | _VOTES, max_size=12))
def test_whatever_is_said_and_voted_stands_as_it_was_said_last(
    said: list[tuple[str, str | Appraisal, int | None]],
) -> None:
    facts: list[Fact] = [a_fact(0, FactKind.EXERCISE_STARTED, None)]
    standing: dict[int, str] = {}
    place_of: dict[int, int] = {}
    votes: dict[str, tuple[Appraisal, int]] = {}
    for name, what, number in said:
        here = len(facts)
        if isinstance(what, Appraisal):
            facts.append(vote_fact(9, point=name, appraisal=what, title="x", votes=number or 0))
            votes[name] = (what, number or 0)
            continue
        earlier = sorted(place_of)
        instead = earlier[number % len(earlier)] if number is not None and earlier else None
        facts.append(answer_fact(9, question=name, about=(), asked="?", answer=what, instead_of=instead))
        place_of[here] = here if instead is None else place_of[instead]
        standing[place_of[here]] = what
    found = hot_wash(read_fact(fact.to_json()) for fact in facts)
    assert found == hot_wash(facts)
    assert [answer.answer.say("en") for answer in found.answers] == [standing[place] for place in sorted(standing)]
    assert {point.point: (point.appraisal, point.votes) for point in found.points} == votes


def test_an_answer_can_be_corrected_and_taken_back() -> None:
    first = answer_fact(0, question="well", about=(3,), asked="?", answer="yes", said_by="Anna")
    second = answer_fact(0, question="well", about=(3,), asked="?", answer="no", instead_of=0)
    gone = answer_fact(0, question="well", about=(3,), asked="?", answer=" ", instead_of=1)
    assert [one.answer.say("en") for one in hot_wash([first, second]).to("well")] == ["no"]
    assert hot_wash([first, second, gone]).answers == ()


def test_the_most_voted_come_first() -> None:
    facts = [
        vote_fact(0, point=name, appraisal=Appraisal.STRENGTH, title=name, votes=votes)
        for name, votes in (("a", 1), ("b", 3), ("c", 2))
    ]
    assert [one.point for one in hot_wash(facts).most_voted(Appraisal.STRENGTH)] == ["b", "c", "a"]
    assert hot_wash(facts).most_voted(Appraisal.WEAKNESS) == ()


def test_what_is_not_said_is_refused() -> None:
    with pytest.raises(InputError, match="needs words"):
        answer_fact(0, question="well", about=(), asked="?", answer=" ")
    with pytest.raises(InputError, match="from 0 to"):
        vote_fact(0, point="a", appraisal=Appraisal.STRENGTH, title="x", votes=-1)
    with pytest.raises(InputError, match="what the strength"):
        vote_fact(0, point="a", appraisal=Appraisal.STRENGTH, title=" ", votes=1)


def test_words_that_are_not_here_are_no_empty_answer() -> None:
    assert not is_empty(CommittedText("sha256:00", erased=True))
