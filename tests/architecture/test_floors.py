"""The picture of the floors at the opening of ARCHITECTURE.md is what the imports say."""

import pytest

from tests.architecture import floors
from tests.support.source_tree import arrows


def graph(**imported: str) -> dict[str, frozenset[str]]:
    """Modules of a package `house`, each with what it imports there; `_` stands for a dot."""
    return {
        f"house.{module.replace('_', '.')}": frozenset(f"house.{other}" for other in others.split())
        for module, others in imported.items()
    }


def test_the_picture_in_the_paper_is_what_the_command_draws() -> None:
    paper = floors.PAPER.read_text(encoding="utf-8")
    assert paper == floors.drawn_into(paper), "run: python -m tests.architecture.floors"
    assert paper.index(floors.BEGIN) < paper.index("\n## "), "it opens the paper"


def test_the_picture_can_be_read_in_a_narrow_window() -> None:
    assert max(map(len, floors.picture().splitlines())) <= floors.WIDE


def test_every_room_stands_in_the_picture_and_above_whatever_it_imports() -> None:
    level = {room: number for number, rooms in enumerate(floors.floors(arrows())) for room in rooms}
    assert {"cli", "tui", "composition", "exercise", "messages"} <= level.keys()
    for module, imported in arrows().items():
        here = floors.room_of(module, floors.PACKAGE)
        for below in (floors.room_of(other, floors.PACKAGE) for other in imported):
            if here is not None and below is not None and here != below:
                assert level[here] > level[below], (module, below)


@pytest.mark.parametrize(
    ("house", "expected"),
    [
        (graph(cellar="", attic="cellar", shed=""), [["cellar", "shed"], ["attic"]]),
        (graph(cellar="", hall="cellar", attic="hall cellar"), [["cellar"], ["hall"], ["attic"]]),
        (
            graph(hall="", hall_stove="cellar.wood", cellar_wood="", attic="hall.stove"),
            [["cellar"], ["hall"], ["attic"]],
        ),
        (graph(cellar="", one="other cellar", other="one", attic="other"), [["cellar"], ["one", "other"], ["attic"]]),
    ],
    ids=["beside each other", "above the highest", "folders are rooms", "rooms in a circle"],
)
def test_a_room_stands_above_the_highest_that_it_imports(
    house: dict[str, frozenset[str]], expected: list[list[str]]
) -> None:
    assert floors.floors(house, "house") == expected


def test_a_paper_without_the_marks_is_not_written() -> None:
    with pytest.raises(ValueError, match="must hold once"):
        floors.drawn_into("# The house\n")
