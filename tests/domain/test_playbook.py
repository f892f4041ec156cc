"""What a playbook answers by itself: levels from measures, roles behind names, addresses of rules."""

from dataclasses import replace

import pytest

from incidentsim.domain.basis import Basis
from incidentsim.domain.playbook import Body, Level, LevelModifier, Playbook, Threshold, Within
from incidentsim.domain.text import Text
from tests.support.small import OURS, small_playbook, text


def graded(*levels: Level, modifiers: tuple[LevelModifier, ...] = ()) -> Playbook:
    return replace(small_playbook(), levels={level.number: level for level in levels}, modifiers=modifiers)


def level(number: int, *thresholds: tuple[str, int]) -> Level:
    return Level(number, text(str(number)), tuple(Threshold(*found) for found in thresholds), OURS)


LADDER = (
    level(1, ("users", 1000), ("outage", 60)),
    level(2, ("users", 100), ("outage", 10)),
    level(3, ("users", 10)),
    level(4),
)
CRITICAL = LevelModifier(Threshold("critical", 1), 1, OURS)
ACTIVE = LevelModifier(Threshold("active", 1), 2, OURS)


@pytest.mark.parametrize(
    ("values", "judged"),
    [
        ({"users": 1000}, 1),
        ({"users": 999}, 2),
        ({"users": 100, "outage": 0}, 2),
        ({"users": 10, "outage": 60}, 1),
        ({"users": 10}, 3),
        ({"users": 9}, 4),
        ({}, 4),
        ({"something_else": 10_000}, 4),
    ],
)
def test_the_gravest_level_with_a_threshold_reached_is_the_level(values: dict[str, int], judged: int) -> None:
    """A threshold is reached at its very value; below all of them it is the level without thresholds."""
    assert graded(*LADDER).judged_level(values) == judged


@pytest.mark.parametrize(
    ("values", "judged"),
    [
        ({"users": 10, "critical": 1}, 2),
        ({"users": 10, "critical": 0}, 3),
        ({"users": 10, "critical": 1, "active": 1}, 1),
        ({"users": 1000, "critical": 1}, 1),
        ({"critical": 1}, 3),
        ({"active": 1, "critical": 1}, 1),
    ],
)
def test_every_modifier_that_applies_makes_it_graver_but_never_graver_than_1(
    values: dict[str, int], judged: int
) -> None:
    """Modifiers add up, and they also lift an incident out of the level without thresholds."""
    assert graded(*LADDER, modifiers=(CRITICAL, ACTIVE)).judged_level(values) == judged


def test_without_a_residual_level_nothing_reached_means_no_level() -> None:
    assert graded(*LADDER[:3], modifiers=(CRITICAL,)).judged_level({"users": 1, "critical": 1}) is None


def test_a_level_left_out_of_a_limit_has_none_and_ungraded_is_its_own_case() -> None:
    within = Within({1: 10, 2: 20}, 5)
    assert [within.limit(level) for level in (1, 2, 3, None)] == [10, 20, None, 5]
    assert Within({1: 10}, None).limit(None) is None


def test_a_body_stands_for_its_head_first_then_its_members_each_once() -> None:
    book = small_playbook()
    assert book.roles_of("team") == ("chief", "expert")
    assert book.roles_of("watcher") == ("watcher",)
    own_head = Body("b", text("b"), ("expert", "chief"), "chief", OURS)
    headless = Body("c", text("c"), ("expert",), None, OURS)
    assert own_head.roles == ("expert", "chief")
    assert headless.roles == ("expert",)


def test_titles_are_found_for_roles_bodies_and_channels_and_else_the_name_itself() -> None:
    book = replace(small_playbook(), channels={"alert": Text("alert", "告警")})
    assert book.title_of("alert").zh == "告警"
    assert book.title_of("chief") == book.roles["chief"].title
    assert book.title_of("team") == book.bodies["team"].title
    assert book.title_of("p9") == Text("p9", "p9")


def test_every_rule_has_an_address_and_the_clause_it_cites_is_its_first() -> None:
    book = small_playbook()
    assert book.main_track.id == "main"
    assert book.tracks["main"].steps[0].rule == "main.tell"
    assert book.duties["tell-soon"].rule == "duties.tell-soon"
    assert book.escalations[0].rule == "escalations.late-tell-soon"
    assert book.forbidden["hide"].rule == "forbidden.hide"
    assert Basis("documented", ("H1", "F1")).clause == "H1"
    assert Basis("assumption").clause is None
