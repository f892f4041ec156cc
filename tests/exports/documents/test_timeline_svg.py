"""The picture: compressed time keeps its order, shapes tell the sorts apart, nothing foreign acts."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.documents.model import Bar, Lane, Mark, Picture, Stretch
from incidentsim.exports.documents.timeline_svg import Scale, svg
from incidentsim.exports.reports.chapters import timeline as picture
from incidentsim.exports.reports.compose import compose
from tests.support.reporting import shipped


def drawn(picture: Picture) -> ET.Element:
    return ET.fromstring(svg(picture, name="p"))  # noqa: S314 - our own output


def picture_of(name: str) -> Picture:
    (found,) = [block for block in compose(shipped(name)).parts[0].blocks if isinstance(block, Picture)]
    return found


def a_picture(words: str = "x", bars: int = 1) -> Picture:
    return Picture(
        title=words,
        words=words,
        lanes=(Lane(words, (Stretch(0, 60_000, words),), (Mark(0, "refused", words), Mark(0, "level", words, "1"))),),
        bars=tuple(Bar(words, 0, 30_000, None, words) for _ in range(bars)),
        ends=60_000,
        times={0: ("09:00", "2026-01-01"), 30_000: ("09:00", "2026-01-01"), 60_000: ("09:01", "2026-01-01")},
        kinds={"step": words, "due": words, "late": words},
        left_out=words,
    )


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_later_is_further_right_however_long_the_wait(times: list[int]) -> None:
    scale = Scale(times)
    places = [scale.x(at) for at in sorted(set(times))]
    assert all(a <= b for a, b in pairwise(places))
    assert 0 <= min(places) <= max(places) <= 960


@given(st.text(max_size=50))
def test_foreign_text_in_it_is_text(words: str) -> None:
    root = drawn(a_picture(words))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "text", "rect", "path", "circle"}


def test_each_sort_has_a_shape_of_its_own() -> None:
    found = picture_of("concealed-outage")
    assert {"step", "refused", "escalated", "level", "overdue", "due", "late"} == set(found.kinds)
    shapes = {
        sort: svg(Picture("", "", (Lane("", (), (Mark(0, sort, "", ""),)),), (), 0, {0: ("", "")}), name="p")
        for sort in ("step", "refused", "escalated", "level", "overdue")
    }
    assert len(set(shapes.values())) == len(shapes)


def test_of_very_many_duties_the_late_ones_are_drawn_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_BARS", 3)
    found = picture_of("concealed-outage")
    assert [bar.title for bar in found.bars if bar.late] == ["Report immediately"]
    assert len(found.bars) == 3
    assert found.left_out == "15 more duties stand in the table."


def test_a_late_duty_says_so_in_words() -> None:
    found = picture_of("concealed-outage")
    assert [bar.late for bar in found.bars if bar.late] == ["LATE: done 17 minutes late"]
    assert "LATE: done 17 minutes late" in svg(found, name="p")
