"""The place where scenarios are made from archetypes, with what it takes from its surroundings handed in."""

from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.service.workshop import ArchetypeCard, ArchetypeWorkshop, Wish, seed_of
from tests.support.home_screens import LOST


def workshop(folder: Path) -> ArchetypeWorkshop:
    return ArchetypeWorkshop(composition.library(), folder, lambda: 4711)


def test_the_same_wish_gives_the_same_bytes_which_are_kept_once(tmp_path: Path) -> None:
    place = workshop(tmp_path / "kept")
    wish = Wish(3, "en_US", place.fresh_seed())
    made = place.make("lost-laptop", wish)
    assert wish.seed == 4711
    assert workshop(tmp_path).make("lost-laptop", wish) == made
    assert place.keep(made) == place.keep(made)
    assert (tmp_path / "kept" / f"{made.scenario.id}.yaml").read_bytes() == made.data


def test_every_shipped_archetype_is_known_by_its_id(tmp_path: Path) -> None:
    shipped = sorted(path.stem for path in composition.archetypes().glob("*.yaml"))
    assert [card.id for card in workshop(tmp_path).archetypes()] == shipped


@pytest.mark.parametrize(
    ("typed", "seed"),
    [("0", 0), (" 42 ", 42), (str(2**53 - 1), 2**53 - 1), (str(2**53), None), ("9" * 5000, None), ("-1", None),
     ("1.5", None), ("", None), ("٣", None), ("x", None)],
)  # fmt: skip
def test_a_seed_is_a_whole_number_that_a_record_can_hold(typed: str, seed: int | None) -> None:
    assert seed_of(typed) == seed


@pytest.mark.parametrize(("levels", "usual"), [((1, 2, 3, 4, 5), 3), ((4, 3), 3), ((2,), 2), ((1, 2, 3, 4), 2)])
def test_the_usual_level_is_the_middle_one_of_two_the_graver(levels: tuple[int, ...], usual: int) -> None:
    assert ArchetypeCard("x", LOST.title, levels).usual_level == usual


def test_what_is_kept_stands_in_the_users_data_folder() -> None:
    assert composition.kept_scenarios().name == "scenarios"
    assert "incidentsim" in str(composition.kept_scenarios())


def test_a_story_is_told_by_any_playbook_of_the_library(tmp_path: Path) -> None:
    place = workshop(tmp_path)
    card = next(one for one in place.archetypes() if one.id == "masked-number-leak")
    told_by = place.told_by(card).told_by
    assert dict(told_by) == {"platform-incidents": (1, 2, 3, 4), "incident-command": (1, 2, 3)}
    assert place.told_by(card).levels_by("") == card.levels
    made = place.make("masked-number-leak", Wish(2, "en_US", 5, playbook="incident-command"))
    assert (made.playbook.id, made.scenario.playbook) == ("incident-command", "incident-command")
    assert made.left_out[0].startswith("Nothing in incident-command means ")
    assert place.make("masked-number-leak", Wish(2, "en_US", 5)).left_out == ()
