"""The report as Markdown: foreign text shows as it was typed, tables stay tables."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from incidentsim.exports import reports
from incidentsim.exports.documents import markdown_page
from incidentsim.exports.documents.model import Blank, Document, Listing, Part, Quotation
from incidentsim.exports.wording.plain_text import visible
from tests.support.reporting import BOTH, PINS, everything, hostile, shipped

MARKUP = [
    "# x",
    "| a | b |",
    "<script>",
    "[a](http://e.invalid)",
    "```",
    "- x",
    "1. x",
    "> q",
    "**b** _i_ ~~s~~",
    "---",
]
BREAK = "<br>"
"""What keeps lines apart, the only tag that a writer sets."""
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    text = reports.markdown(hostile("a|b\nc|d"), kind="audit", languages=BOTH).decode()
    tables = [block.strip().split("\n") for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) > 10
    for lines in tables:
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


@given(words=st.text(max_size=40) | st.sampled_from(MARKUP))
def test_foreign_text_makes_no_markup(words: str) -> None:
    check_harmless(READER.parse(markdown_page.render(everything(words)).decode()), words)


def test_foreign_text_in_a_whole_report_makes_no_markup() -> None:
    words = " ".join(MARKUP)
    check_harmless(READER.parse(reports.markdown(hostile(words), kind="audit").decode()), words)


def check_harmless(tokens: list[Token], words: str) -> None:
    kinds = {token.type for token in tokens}
    children = [child for token in tokens for child in token.children or ()]
    inline = {child.type for child in children}
    assert not kinds & {"fence", "code_block", "html_block", "hr", "ordered_list_open"}
    assert not inline & {"link_open", "image", "code_inline", "em_open", "s_open"}
    assert {child.content for child in children if child.type == "html_inline"} <= {BREAK}
    subtitle = tokens[4].children if visible(words).strip() else None
    if subtitle:
        shown = ["\n" if child.type == "html_inline" else child.content for child in subtitle]
        assert "".join(shown).split() == visible(words).split()


def test_the_headings_are_the_chapters() -> None:
    text = reports.markdown(shipped("false-alarm", provenance=PINS)).decode()
    chapters = [line[3:] for line in text.split("\n") if line.startswith("## ")]
    assert chapters == [
        "Executive summary",
        "Annex",
        "Overview",
        "Scenario",
        "Objectives of the scenario",
        "Objectives and ratings",
        "Errors and what followed from them",
        "Decision by decision",
        "Strengths",
        "Areas for improvement",
        "Expected action",
        "Improvement plan",
        "Participants by role",
        "Timeline",
        "Metrics",
        "Regulatory deadlines",
        "What this proves, and what it does not",
        "The record, fact by fact",
    ]


def test_words_to_be_read_aloud_room_to_write_and_numbered_items_show_as_such() -> None:
    part = Part(
        language="en",
        title="A sheet",
        subtitle="",
        contents="",
        foot="",
        blocks=(Quotation("one\n\n# two"), Blank("Name"), Blank("", 2), Listing(("first", "second"), numbered=True)),
        leaf=True,
    )
    page = markdown_page.render(Document(datetime(2026, 5, 1, tzinfo=UTC), (part, part))).decode()
    dots = "…" * 24
    sheet = f"# A sheet\n\n> one\n>\n> \\# two\n\nName: {dots}\n\n{dots}\\\n{dots}\n\n1. first\n2. second\n"
    assert page == f"{sheet}\n---\n\n{sheet}"
