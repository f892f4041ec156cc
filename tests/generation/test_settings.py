"""What can be drawn, and that everything is looked at that can."""

from incidentsim.generation.archetype import Archetype
from incidentsim.generation.settings import Possible, Streams, draw, holds, options_of


def test_every_named_thing_must_be_as_wanted() -> None:
    setting: dict[str, str | int] = {"level": 2, "cause": "lent"}
    assert holds({}, setting)
    assert holds({"level": [1, 2], "cause": ["lent"]}, setting)
    assert not holds({"level": [1, 2], "cause": ["api"]}, setting)
    assert not holds({"unheard": ["of"]}, setting)


def test_only_options_that_hold_are_drawn(tiny: Archetype) -> None:
    assert options_of(tiny.shape, "cause", {"level": 1}) == ["lent"]
    for seed in range(50):
        setting = draw(tiny.shape, {"level": 1, "difficulty": 1, "locale": "en_US"}, Streams(seed, tiny.id))
        assert setting["cause"] == "lent"


def test_every_option_is_drawn_by_some_seed(tiny: Archetype) -> None:
    asked: dict[str, str | int] = {"level": 2, "difficulty": 1, "locale": "en_US"}
    drawn = {tuple(draw(tiny.shape, asked, Streams(seed, tiny.id)).values())[3:] for seed in range(50)}
    assert drawn == {("lent", "parcels"), ("lent", "money"), ("api", "parcels")}


def test_all_settings_are_looked_at_where_they_are_few(tiny: Archetype) -> None:
    """Levels 1 to 4 have 2, 3, 2 and 2 ways, each in five difficulties and two locales."""
    assert len(list(Possible(tiny.shape, 5000))) == (2 + 3 + 2 + 2) * 10
    few = [tuple(one[name] for name in ("cause", "level")) for one in Possible(tiny.shape, 5000).of(["level", "cause"])]
    assert len(few) == len(set(few)) == 7


def test_a_part_is_looked_at_where_they_are_many(tiny: Archetype) -> None:
    found = list(Possible(tiny.shape, 60))
    assert len(found) == 60
    assert {setting["cause"] for setting in found} == {"lent", "api"}
