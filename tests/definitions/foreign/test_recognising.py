"""Recognising what a file is by its shape: every row of the table, whatever the bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.foreign.content import BEGINNING, Content, beginning
from incidentsim.definitions.foreign.recognising import advice, looks, shape_of, with_looks
from incidentsim.definitions.foreign.shapes import SHAPES
from incidentsim.importing.formats import FORMATS
from incidentsim.messages import spoken
from tests.support.foreign import OTHERS, SAMPLES

EVERY = [(name, data) for name, samples in SAMPLES.items() for data in samples]


def test_every_shape_has_a_sample_and_a_name_of_its_own() -> None:
    assert [shape.id for shape in SHAPES] == [*SAMPLES]


@pytest.mark.parametrize(("name", "data"), EVERY)
def test_a_file_is_recognised_by_its_shape(name: str, data: bytes) -> None:
    shape = shape_of(data)
    assert shape is not None
    assert shape.id == name


@pytest.mark.parametrize("data", OTHERS)
def test_what_is_like_nothing_known_is_not_guessed_at(data: bytes) -> None:
    assert shape_of(data) is None
    assert looks(data) == ""


@pytest.mark.parametrize("name", ["openaev", "veris", "t3sf", "iceberg", "cacao"])
def test_a_long_or_broken_file_is_recognised_by_its_beginning(name: str) -> None:
    data = SAMPLES[name][0]
    for longer in (data[:-1], data[:-2] + b"," + b" " * 3 * BEGINNING + data[-2:]):
        shape = shape_of(longer)
        assert shape is not None
        assert shape.id == name


def test_the_members_of_a_long_zip_are_found_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "no.ending"
    data = SAMPLES["xlsx"][0]
    at = data.index(b"PK\x01\x02")
    path.write_bytes(data[:30] + bytes(2 * BEGINNING) + data[at:])
    shape = shape_of(beginning(path))
    assert shape is not None
    assert shape.id == "xlsx"
    assert beginning(tmp_path) == beginning(tmp_path / "missing") == b""


def test_each_shape_says_what_it_is_and_what_can_be_done_in_both_languages() -> None:
    for name, (data, *_more) in SAMPLES.items():
        said = looks(data)
        with spoken("zh"):
            translated = looks(data)
        assert said.endswith(".")
        assert translated.endswith("。")
        assert said != translated
        assert looks(data, but=[name]) == ""


def test_an_importer_is_named_by_the_shapes_it_takes() -> None:
    """So that nobody is told that there is none, once there is."""
    assert {shape.importer for shape in SHAPES if shape.importer} == {known.id for known in FORMATS}
    assert all(f"incidentsim import {shape.importer} " in advice(shape) for shape in SHAPES if shape.importer)


def test_a_refusal_goes_on_with_what_the_file_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(SAMPLES["pdf"][0])
    assert with_looks("No.", path).startswith("No. It looks like a PDF document.")
    path.write_bytes(b"3\n")
    assert with_looks("No.", path) == "No."


@pytest.mark.parametrize(
    "piece", [b"<!-- -->", b"<?a ?>", b"<!doctype a [ ]>", b'{"a":', b"a: b\n", b"PK\x03\x04", b"a,", b"<"]
)
def test_what_repeats_itself_takes_no_more_than_a_moment(piece: bytes) -> None:
    """A pattern that goes back over it would not come to an end."""
    for data in (piece * 20_000, piece * 20_000 + b"x", b"<x" + piece * 20_000):
        looks(data)


@given(st.one_of(st.binary(max_size=400), st.sampled_from([data for _name, data in EVERY])), st.binary(max_size=8))
def test_no_bytes_are_too_odd_to_be_looked_at(data: bytes, more: bytes) -> None:
    for odd in (data + more, more + data, data[: len(data) // 2] + more):
        content = Content(odd)
        assert isinstance(content.text, str)
        looks(odd)
