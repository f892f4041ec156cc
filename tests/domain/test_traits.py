"""What is known of each part of a fact besides its type."""

from dataclasses import fields

import pytest

from incidentsim.domain.facts import FACT_CLASSES, ExerciseStarted, Fact, FactKind, Observed, SetAside, StepTaken
from incidentsim.domain.facts.texts import CommittedText
from incidentsim.domain.facts.wire import parts_of, texts_of
from incidentsim.domain.text import FreeText
from incidentsim.domain.traits import Audience, traits_of
from incidentsim.session.visibility import BACKSTAGE
from tests.support.facts import a_fact
from tests.support.shipped import NAMES, facts_of, scenario


@pytest.mark.parametrize("cls", [*FACT_CLASSES.values(), SetAside])
def test_somebody_has_said_of_every_part_who_may_see_it(cls: type[Fact]) -> None:
    assert all(isinstance(traits_of(field).audience, Audience) for field in fields(cls))


@pytest.mark.parametrize("cls", FACT_CLASSES.values())
def test_whatever_may_hold_a_text_has_the_trait_and_nothing_else(cls: type[Fact]) -> None:
    """Sealing asks the trait, not the type: a text without it would stand in the log for everybody."""
    for part in parts_of(cls):
        field = next(field for field in fields(cls) if field.name == part.name)
        holds = part.is_content or field.type in {FreeText | CommittedText, FreeText | CommittedText | None}
        assert part.traits.text == holds, part.name


@pytest.mark.parametrize("name", NAMES)
def test_whatever_names_a_person_has_the_trait(name: str) -> None:
    people = {person.pseudonym for person in scenario(name).people.values()}
    for fact in facts_of(name):
        written = fact.to_json()
        for part in parts_of(type(fact)):
            named = people & set(strings(written.get(part.key)))
            assert part.traits.person or not named, (fact.kind, part.key)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [words for one in inner for words in strings(one)]


def test_the_texts_of_a_fact_are_found_by_their_trait() -> None:
    noted = a_fact(0, Observed.kind, None, {"note": {"text": "late"}})
    assert list(texts_of(noted)) == [(("note",), FreeText("late"))]
    step = a_fact(0, StepTaken.kind, "one", {"with": {"a": "choice", "b": {"text": "said"}, "text": ["x"]}})
    assert list(texts_of(step)) == [(("with", "b"), FreeText("said"))]
    assert list(texts_of(a_fact(0, ExerciseStarted.kind, None))) == []


def test_what_nobody_may_see_who_is_exercised_follows_from_the_parts() -> None:
    assert {
        FactKind.INCIDENT_RAISED,
        FactKind.INJECT_WITHHELD,
        FactKind.INJECT_MOVED,
        FactKind.INJECT_SKIPPED,
        FactKind.INJECT_ADDED,
        FactKind.OBSERVED,
        FactKind.RATING_SET,
        FactKind.IMPROVEMENT_SET,
        FactKind.HOTWASH_ANSWERED,
        FactKind.HOTWASH_VOTED,
    } == BACKSTAGE
