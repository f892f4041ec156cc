"""Narrowing the list of scenarios down."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.scenario.cards import ScenarioCard
from incidentsim.domain.text import Text
from incidentsim.tui.home.filter import ALL, GIVEN_AWAY, KINDS, Filter, choices, length, values


def card(name: str = "a", *, level: int | None = 2, injects: int = 5, tags: tuple[str, ...] = ()) -> ScenarioCard:
    text = Text("A title", "标题")
    return ScenarioCard(
        id=name, path=Path(f"{name}.yaml"), playbook="p", title=text, summary=text, languages=("en", "zh"), tags=tags,
        organisation=text, objectives=(), hidden_objectives=(), level=level, injects=injects, incidents=1, people=3,
    )  # fmt: skip


MADE = ("generated", "thing", "difficulty-4")
cards = st.lists(
    st.builds(
        card,
        st.sampled_from(["thing-1", "b"]),
        level=st.none() | st.integers(1, 5),
        injects=st.integers(0, 30),
        tags=st.sampled_from([(), MADE]),
    ),
    max_size=6,
)


def test_it_asks_for_nothing_at_first() -> None:
    assert Filter().empty
    assert Filter().passes(card())
    assert Filter().told() == ""


@given(cards, st.data())
def test_every_choice_says_how_many_are_left_and_is_right(found: list[ScenarioCard], data: st.DataObject) -> None:
    chosen = Filter()
    for _round in range(3):
        offered = choices(found, chosen)
        if not offered:
            assert not found
            return
        name, title = data.draw(st.sampled_from(offered))
        after = chosen.toggled(name)
        if name != ALL and after.picked.get(name.partition("/")[0]) is not None:
            assert title.endswith(f"({sum(map(after.passes, found))})")
        chosen = after


@given(cards)
def test_everything_that_is_there_can_be_asked_for_by_a_facilitator(found: list[ScenarioCard]) -> None:
    offered = {name for name, _title in choices(found, Filter(revealed=True))}
    assert offered == {f"{kind}/{value}" for one in found for kind in KINDS for value in values(kind, one)}


@given(cards)
def test_whoever_plays_can_ask_for_nothing_that_gives_a_scenario_away(found: list[ScenarioCard]) -> None:
    offered = {name.partition("/")[0] for name, _title in choices(found, Filter())}
    assert offered == (set(KINDS) - GIVEN_AWAY if found else set())


def test_what_was_asked_as_a_facilitator_is_not_asked_any_more_when_it_is_hidden_again() -> None:
    asked = Filter().turned().toggled("level/2").toggled("length/short")
    assert dict(asked.turned().picked) == {"length": "short"}
    assert not asked.turned().revealed


def test_choosing_again_takes_back_and_another_value_of_the_kind_replaces() -> None:
    asked = Filter().toggled("level/2")
    assert dict(asked.picked) == {"level": "2"}
    assert asked.toggled("level/2").empty
    assert dict(asked.toggled("level/3").picked) == {"level": "3"}
    assert asked.toggled("length/short").toggled(ALL).empty


def test_words_are_found_in_both_languages_whatever_their_case_in_any_order() -> None:
    assert Filter(words="title A").passes(card())
    assert Filter(words="标题").passes(card())
    assert not Filter(words="title nowhere").passes(card())
    assert Filter(words="thing", revealed=True).passes(card(tags=MADE))


def test_words_are_not_looked_for_in_what_gives_a_scenario_away() -> None:
    assert not Filter(words="thing").passes(card("thing-1", tags=MADE))


@pytest.mark.parametrize(("injects", "said"), [(0, "short"), (6, "short"), (7, "medium"), (12, "medium"), (13, "long")])
def test_length_goes_by_how_much_story_there_is(injects: int, said: str) -> None:
    assert length(card(injects=injects)) == said


def test_kinds_stand_in_their_order_and_values_from_the_gravest_and_shortest() -> None:
    found = [card(level=None, injects=20), card(level=3, injects=1), card(level=1, injects=9)]
    names = [name for name, _title in choices(found, Filter(revealed=True))]
    assert [name for name in names if name.startswith("level")] == ["level/1", "level/3", "level/none"]
    assert [name for name in names if name.startswith("length")] == ["length/short", "length/medium", "length/long"]


def test_what_is_asked_is_said_in_words() -> None:
    asked = Filter(words="a b").toggled("level/none").toggled("difficulty/4")
    assert asked.told() == "Level: no incident · Difficulty: 4 · “a b”"
