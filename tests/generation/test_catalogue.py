"""Archetypes are found by id and by file."""

from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.definitions.library.library import Library
from incidentsim.domain.errors import UnknownNameError
from incidentsim.generation.catalogue import Catalogue

FILE = Path(__file__).parent / "data" / "archetype.yaml"


def test_a_list_shows_what_a_file_says_of_itself() -> None:
    catalogue = Catalogue(Library([FILE, composition.shipped("playbooks")]))
    (only,) = catalogue.list()
    assert (only.id, only.levels, only.attack) == ("tiny-leak", (1, 2, 3, 4), ("T1078", "T1566.001"))
    assert only.title.zh == "小泄露"


def test_an_archetype_is_read_once() -> None:
    catalogue = Catalogue(Library([FILE, composition.shipped("playbooks")]))
    assert catalogue.archetype("tiny-leak") is catalogue.archetype(FILE)


def test_an_unknown_one_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="There is no archetype tiny-leek; the nearest valid one is tiny-leak"):
        Catalogue(Library([FILE, composition.shipped("playbooks")])).archetype("tiny-leek")


def test_those_that_are_shipped_are_known() -> None:
    assert len(Catalogue(composition.library()).list()) >= 16
