"""Whatever goes into a page as text comes out of it as that text, wherever it stands."""

import ast
import inspect
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incidentsim.exports.documents import html_page, timeline_svg
from incidentsim.exports.documents.markup import NEW_LINE, on_lines, style_sheet, tag, write
from incidentsim.exports.wording.plain_text import visible


@given(words=st.text(max_size=60), more=st.text(max_size=60), value=st.text(max_size=60))
@example(words="</p><script>", more="&amp;]]>", value="\"' onload='x\" <!--")
@example(words="\x00\r\n\x1b[31m\u202e", more="\ud800", value="\x00\t\r\n\x7f")
def test_text_and_attributes_come_back_as_they_went_in(words: str, more: str, value: str) -> None:
    written = write(tag("p", words, tag("br"), more, class_=value))
    found = ET.fromstring(written)  # noqa: S314 - our own output
    assert (found.tag, [child.tag for child in found]) == ("p", ["br"])
    assert (found.text or "", found[0].tail or "") == (visible(words), visible(more))
    assert dict(found.attrib) == {"class": visible(value)}


def test_what_holds_nothing_is_closed_as_html_wants_it() -> None:
    assert write(tag("td", tag("br"))) == "<td><br/></td>"
    assert write(tag("td")) == "<td></td>", "a browser would leave a <td/> open"
    assert write(tag("svg", tag("title"), tag("path", d="M0 0"))) == '<svg><title></title><path d="M0 0"/></svg>'


def test_attributes_are_named_as_in_html() -> None:
    assert write(tag("p", class_="a", aria_label="b", colspan=2, x=1.5, id=None)) == (
        '<p class="a" aria-label="b" colspan="2" x="1.5"></p>'
    )


def test_lines_of_the_file_begin_where_they_are_wanted() -> None:
    assert write(tag("ul", *on_lines([tag("li", "a"), (tag("li", "b"), tag("li", "c"))]))) == (
        "<ul>\n<li>a</li>\n<li>b</li><li>c</li>\n</ul>"
    )
    assert write(tag("p", "a", NEW_LINE, "b")) == "<p>a\nb</p>"


def test_a_style_sheet_stands_as_it_is_and_holds_no_markup() -> None:
    assert write(style_sheet("a > b { content: 'x'; }\n")) == "<style>\na > b { content: 'x'; }\n</style>"
    for css in ("</style><script>", "a & b"):
        with pytest.raises(ValueError, match=r"style|&"):
            style_sheet(css)


@pytest.mark.parametrize("module", [html_page, timeline_svg])
def test_no_markup_is_written_by_hand(module: ModuleType) -> None:
    """An angle bracket in a string would be a way around the one place where text is escaped."""
    strings = [node.value for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Constant)]
    assert [text for text in strings if isinstance(text, str) and "<" in text] == ["<!DOCTYPE html>\n"] * (
        module is html_page
    )
