"""Foreign text in Markdown shows as it was typed, whatever it holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.documents.markdown import bullets, cell, document, escaped, grid, inline, quote, section
from incidentsim.exports.wording.plain_text import visible

NASTY = [
    "# x",
    "<script>alert(1)</script>",
    "a | b | c",
    "`rm -rf /`",
    "*bold* _leaning_ __init__",
    "[here](https://evil.example)",
    "![pixel](http://evil.example/x.png)",
    "- item",
    "+ item",
    "1. first",
    "17) seventeenth",
    "> quoted",
    "---",
    "===",
    "~~gone~~",
    "$x^2$",
    "&lt;b&gt; &#60;",
    "https://evil.example/login",
    "www.evil.example",
    ":smile:",
    "back\\slash\\",
    "C:\\temp\\*",
    "[^1]: note",
    "a\u202eb",
    "\x1b[31mred",
    "<!-- hidden -->",
    "{{ template }}",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_could_be_markup_is_left_bare(text: str) -> None:
    shown = escaped(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", shown)
    assert not set(bare) & set("`*[]<|~$")
    assert not re.match(r"[-+=>#]|\d+[.)](\s|$)", shown)
    assert "://" not in bare.replace("{{", "")
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "text", ["privacy_binding", "R&D", "a -> b", "18.4万行", "T+0:15", "09:10", "R2-D2", "203.0.113.95", "1.5"]
)
def test_what_is_harmless_stays_readable(text: str) -> None:
    assert escaped(text) == inline(text) == text


@given(st.text())
def test_markdown_shows_any_text_as_it_was_typed(text: str) -> None:
    """Read back by a parser of CommonMark, where there is one at hand."""
    parser = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    [_opened, told, _closed, *rest] = parser.parse("x " + escaped(text))
    assert not rest
    shown = "".join(child.content for child in told.children or [])
    assert [child.type for child in told.children or [] if child.type not in {"text", "text_special"}] == []
    assert shown == ("x " + visible(text).strip()).rstrip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_quote_holds_nothing_but_paragraphs(text: str) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    kinds = {token.type for token in parser.parse("\n".join(quote(text)))}
    assert kinds <= {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"}


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_a_table_stays_one_table(rows: list[list[str]]) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    tokens = [token.type for token in parser.parse("\n".join(grid(["a", "b"], rows)))]
    assert tokens.count("tr_open") == len(rows) + 1
    assert tokens.count("td_open") == 2 * len(rows)
    assert tokens[-1] == "table_close"


def test_lines_of_a_quote_are_kept_apart() -> None:
    assert quote("one\ntwo\n\n# three\n") == ["> one\\", "> two", ">", "> \\# three"]


def test_lines_of_a_cell_are_kept_apart() -> None:
    assert cell("one | 1\n<two>") == "one \\| 1<br>\\<two>"


def test_headings_and_lists_hold_foreign_text() -> None:
    assert section("# <x>", bullets(["1. a", "- b"]), level=3) == ["### \\# \\<x>", "", "- 1\\. a", "- \\- b", ""]


def test_a_document_ends_in_one_line_break() -> None:
    assert document(["a", ""], ["b", "", ""]) == "a\n\nb\n"
