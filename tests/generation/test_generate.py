"""A scenario is a function of archetype, seed, level, locale, difficulty and organisation."""

import json
import re
from dataclasses import replace
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from incidentsim.definitions.formats.values import text
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Text
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation import ending
from incidentsim.generation import generate as generating
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.generate import Order, generate
from incidentsim.generation.settings import Streams
from incidentsim.generation.world import Organisation
from tests.support.examples import examples

ORDERS = st.builds(
    Order,
    st.integers(0, 2**53 - 1),
    st.sampled_from([1, 2, 3, 4]),
    st.sampled_from(["en_US", "zh_CN"]),
    st.integers(1, 5),
)
ADDRESS = re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")
RESERVED = [ip_network(one) for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in held for text in texts(one)]


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDERS)
def test_whatever_is_ordered_is_a_valid_scenario_of_that_level(order: Order, tiny: Archetype) -> None:
    made = generate(tiny, order)
    scenario = read_scenario(made.data, made.id, tiny.playbook)
    truth = scenario.incidents["leak"].truth
    assert truth.level == order.level == tiny.playbook.judged_level(truth.why)
    causes = {"lent": "An account was lent.", "api": "An interface stood open."}
    assert truth.root_cause is not None
    assert truth.root_cause.en == causes[truth.cause]
    assert truth.root_cause not in truth.notes, "it is said once"
    raising = next(inject for inject in scenario.injects if inject.raises)
    assert scenario.incidents["leak"].working_title == raising.subject, "people call it by the message that told of it"
    told = [(objective.text, objective.tested_by) for objective in scenario.objectives if objective.for_participants]
    assert [words for words, _tested_by in told] == [words for _key, words in ending._FOR_PARTICIPANTS]
    assert all(tested_by for _words, tested_by in told), "nothing is asked for that no inject tests"
    assert {f"level-{order.level}", f"difficulty-{order.difficulty}", "tiny-leak"} <= set(scenario.tags)
    assert scenario.seed == order.seed
    assert scenario.languages == ("en", "zh")


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDERS)
def test_no_slot_is_left_and_every_address_is_reserved(order: Order, tiny: Archetype) -> None:
    said = texts(generate(tiny, order).shape.model_dump())
    assert not [words for words in said if re.search(r"\$[a-z{]", words)]
    assert not [words for words in said if "None" in words or "<" in words]
    for words in said:
        for found in ADDRESS.findall(words):
            assert any(ip_address(found) in network for network in RESERVED), words


@examples(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDERS)
def test_the_same_order_gives_the_same_bytes(order: Order, tiny: Archetype) -> None:
    assert generate(tiny, order).data == generate(tiny, replace(order)).data


def test_another_seed_gives_another_story(tiny: Archetype) -> None:
    bodies = {
        tuple(text(inject.body).en for inject in generate(tiny, Order(seed, 2)).shape.injects) for seed in range(100)
    }
    assert len(bodies) == 100


def test_the_texts_of_one_story_agree(tiny: Archetype) -> None:
    shape = generate(tiny, Order(11, 2, "zh_CN", 3)).shape
    injects = {inject.id: inject for inject in shape.injects}
    host = re.search(r"db-rep-\d\d", text(injects["probe"].body).en)
    assert host is not None
    assert host.group() in text(injects["probe"].body).zh
    subject = injects["probe"].subject
    assert subject is not None
    assert host.group() in text(subject).en
    shown = {one.measure: one.is_ for one in injects["probe"].shows}
    assert f"{shown['personal_records']:,}" in text(injects["probe"].body).en
    named = shape.people["finder"].name
    assert not isinstance(named, str)
    finder, told = text(named), text(injects["finder-asks"].body)
    given_name = finder.en.split()[-1]
    assert given_name in told.en
    assert finder.zh in told.zh


def test_the_caller_may_bring_an_organisation(tiny: Archetype) -> None:
    own = Organisation(
        Text("Own House", "自有公司"),
        Text("a house", "一家公司"),
        Text("Town", "某城"),
        "own.example",
        "Asia/Tokyo",
        {},
    )
    shape = generate(tiny, Order(1, 2, "zh_CN", 3, own)).shape
    assert text(shape.organisation.name).en == "Own House (invented)"
    assert shape.organisation.scope is None
    assert shape.starts.endswith("+09:00")
    assert text(shape.summary).zh.startswith("自有公司")


def test_whoever_is_invented_is_said_to_be(tiny: Archetype) -> None:
    shape = generate(tiny, Order(4, 2, "en_US", 5)).shape
    assert text(shape.organisation.name).en.endswith("(invented)")
    assert text(shape.organisation.name).zh.endswith("（虚构）")
    assert "invented" in text(shape.fiction).en
    client = shape.people["client"]
    assert client.desk is not None
    assert text(client.desk).en.endswith("(invented)")
    paper = next(text(inject.body).en for inject in shape.injects if inject.id == "press").removesuffix(" asks.")
    assert paper in text(shape.fiction).en


def test_the_file_says_how_to_make_it_again(tiny: Archetype) -> None:
    lines = generate(tiny, Order(42, 3, "zh_CN", 4)).data.decode().splitlines()
    assert lines[0].startswith("# Generated by incidentsim ")
    assert "Faker " in lines[0]
    assert lines[1] == "#   incidentsim generate tiny-leak --seed 42 --level 3 --locale zh_CN --difficulty 4"


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (Order(1, 5), "cannot reach level 5; it can reach 1, 2, 3, 4."),
        (Order(1, 2, "de_DE"), "There is no locale de_DE; valid are en_US, zh_CN."),
        (Order(1, 2, "en_US", 6), "There is no difficulty 6"),
        (Order(-1, 2), "-1 cannot be a seed"),
        (Order(2**53, 2), "cannot be a seed"),
    ],
    ids=str,
)
def test_what_is_not_on_offer_is_refused(order: Order, message: str, tiny: Archetype) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        generate(tiny, order)


class Noted(Streams):
    """Streams that note what is drawn from each, and waste one draw of one of them first."""

    wasted = ""
    draws: dict[str, list[int]] = {}  # noqa: RUF012 - one for all stories, emptied by the test

    def __call__(self, name: str) -> Stream:
        drawn = self.draws.setdefault(name, [])

        class Noting(Stream):
            def below(self, bound: int) -> int:
                value = super().below(bound)
                drawn.append(value)
                return value

        stream = Noting(self._seed, self._prefix + name)
        if name == self.wasted:
            stream.below(2)
            drawn.clear()
        return stream


NEUTRAL = (
    "surnames",
    "people/",
    "slots/",
    "texts/",
    "times/",
    "start/day",
    "start/minute",
    "measures/",
    "absent/",
    "title",
    "summary",
    "organisation",
)


def test_an_extra_draw_in_one_stream_changes_nothing_outside_it(
    tiny: Archetype, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried for every stream that decides no more than its own value."""
    monkeypatch.setattr(generating, "Streams", Noted)
    order = Order(5, 2, "zh_CN", 3)

    def drawn(wasted: str) -> dict[str, list[int]]:
        monkeypatch.setattr(Noted, "wasted", wasted)
        monkeypatch.setattr(Noted, "draws", {})
        generate(tiny, order)
        return Noted.draws

    usual = drawn("")
    streams = [name for name in usual if name.startswith(NEUTRAL)]
    assert len(streams) > 60
    changed = 0
    for name in streams:
        now = drawn(name)
        assert {one: values for one, values in now.items() if one != name} == {
            one: values for one, values in usual.items() if one != name
        }, name
        changed += now[name] != usual[name]
    assert changed > len(streams) // 2, "the extra draw is one"


def test_a_person_more_is_seen_only_where_they_are_named(tiny: Archetype, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "Streams", Noted)
    order = Order(5, 2, "zh_CN", 3)
    before = generate(tiny, order).shape.model_dump()
    monkeypatch.setattr(Noted, "wasted", "people/auditor")
    after = generate(tiny, order).shape.model_dump()
    assert before["people"].pop("auditor") != after["people"].pop("auditor")
    assert json.dumps(before) == json.dumps(after)
