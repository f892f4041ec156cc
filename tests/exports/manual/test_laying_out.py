"""A page in lines: nothing is lost, nothing is wider than it may be, and a key of one's own is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.blocks import Code, Picture, blocks_of
from incidentsim.exports.manual.laying_out import laid_out, plain_lines
from incidentsim.exports.manual.pages import TOPICS, Page, Topic, page
from incidentsim.exports.wording.plain_text import width

AS_WIDE_AS_THEY_ARE = (Code, Picture)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [60, 77, 120])
def test_no_line_of_a_text_is_wider_than_it_may_be(language: Language, columns: int) -> None:
    for topic in TOPICS:
        about = page(topic, language)
        texts = tuple(block for block in about.blocks if not isinstance(block, AS_WIDE_AS_THEY_ARE))
        lines = plain_lines(Page(topic, "", texts, {}), columns)
        assert max(map(width, lines)) <= columns
        assert len(lines) > 10


@given(st.text(st.sampled_from("ab 演练。（“-"), max_size=200), st.integers(20, 90))
def test_breaking_a_text_loses_nothing_but_spaces(text: str, columns: int) -> None:
    about = Page(Topic.TEAM, "", blocks_of(f"# Title\n\n`x` {text} **y**"), {})
    told = "".join("".join(piece.text for piece in laid) for laid in laid_out(about, columns))
    words = "".join(span.text for block in about.blocks for span in block.spans)  # type: ignore[union-attr]  # texts
    assert told.replace(" ", "").replace("`", "") == words.replace(" ", "")


def test_a_key_of_ones_own_stands_in_place_of_the_shipped_one() -> None:
    about = Page(Topic.TEAM, "", blocks_of("Press [`space`](key:table.go_on) now."), {})
    told = [
        ["".join(piece.text for piece in laid) for laid in laid_out(about, 60, keys)]
        for keys in ({}, {"table.go_on": "g"})
    ]
    assert told == [["Press `space` now."], ["Press `g` now."]]
