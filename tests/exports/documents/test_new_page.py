"""A heading that begins a page does so where there are pages; elsewhere it is a heading like any other."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pypdf
import pytest

from incidentsim.exports.documents import docx_file, html_page, markdown_page, pdf_file
from incidentsim.exports.documents.model import Block, Document, Heading, Paragraph, Part

DATED = datetime(2026, 5, 1, tzinfo=UTC)
PART = Part("en", "Report", "About it", "", "foot", (Heading(2, "First"), Paragraph("a"), Heading(2, "Annex")))
PAPER = Document(DATED, (PART,))
APART = Document(DATED, (replace(PART, blocks=(*PART.blocks[:2], Heading(2, "Annex", new_page=True))),))


def test_a_page_is_told_to_break_before_it() -> None:
    assert b'<h2 id="en-s2" class="new-page">Annex</h2>' in html_page.render(APART)
    assert b".new-page{break-before:page}" in html_page.render(APART)
    assert b'class="new-page"' not in html_page.render(PAPER)
    assert markdown_page.render(APART) == markdown_page.render(PAPER)


@pytest.mark.parametrize("contents", ["", "Contents"])
def test_after_the_summary_a_page_begins_with_the_contents_where_there_are_some(contents: str) -> None:
    made = Document(DATED, (replace(PART, contents=contents, summary=(Heading(2, "Summary"), Paragraph("s"))),))
    read = pypdf.PdfReader(io.BytesIO(pdf_file.render(made))).pages
    pages = ["".join(page.extract_text().split()) for page in read]  # older readers find blanks within words
    assert ["Summary" in page for page in pages] == [True, False]
    assert ("Contents" in pages[1]) == bool(contents)
    word = docx.Document(io.BytesIO(docx_file.render(made)))
    breaks = [one.text for one in word.paragraphs if one.paragraph_format.page_break_before]
    assert breaks == [contents], "the contents, or an empty paragraph before what is not always one"
    assert b".summary{break-after:page}" in html_page.render(made)
    assert b'<section class="summary">' in html_page.render(made)


@pytest.mark.parametrize("leaf", [False, True])
def test_on_paper_it_begins_a_page_unless_all_is_to_fit_on_one(leaf: bool) -> None:
    def pages(paper: Document) -> int:
        parts = tuple(replace(part, leaf=leaf) for part in paper.parts)
        return len(pypdf.PdfReader(io.BytesIO(pdf_file.render(Document(DATED, parts)))).pages)

    assert pages(PAPER) == 1
    assert pages(APART) == (1 if leaf else 2)


def test_page_one_is_set_smaller_where_that_makes_it_one_page() -> None:
    def pages(lines: int) -> int:
        summary: tuple[Block, ...] = (
            Heading(2, "Summary"),
            *(Paragraph("A line of the summary.") for _line in range(lines)),
        )
        return len(
            pypdf.PdfReader(io.BytesIO(pdf_file.render(Document(DATED, (replace(PART, summary=summary),))))).pages
        )

    assert [pages(lines) for lines in (20, 45, 70)] == [2, 2, 3]
