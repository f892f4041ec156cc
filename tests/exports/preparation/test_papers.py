"""The table of papers: every paper in every format it names, dated by its scenario, and a sentence for any other."""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import docx
import pypdf
import pytest

from incidentsim.domain.errors import InputError
from incidentsim.exports.preparation.papers import PAPERS, PaperSource, PreparationPaper
from tests.support.forecasts import leak
from tests.support.shipped import procedure

BY_ID = {paper.id: paper for paper in PAPERS}


def source() -> PaperSource:
    found = leak()
    return PaperSource(found.playbook, found.scenario, lambda: found)


def some() -> PaperSource:
    """With a card or two, which is quicker."""
    return replace(source(), roles=("discoverer", "cto"))


def every() -> Iterator[tuple[PreparationPaper, str]]:
    for paper in PAPERS:
        for suffix in paper.suffixes:
            yield paper, suffix


@pytest.mark.parametrize(("paper", "suffix"), [one for one in every() if one[1] not in {".docx", ".pdf", ".xlsx"}])
def test_a_paper_is_made_in_both_languages_and_the_same_each_time(paper: PreparationPaper, suffix: str) -> None:
    data = paper.make(some(), ("en", "zh"), suffix)
    assert data == paper.make(some(), ("en", "zh"), suffix)
    text = data.decode("utf-8-sig")
    assert "ncident" in text
    assert re.search(r"[\u4e00-\u9fff]", text)
    if suffix == ".html":
        page = ET.fromstring(data)  # noqa: S314 - our own output
        ids = [found for element in page.iter() if (found := element.get("id")) is not None]
        assert len(ids) == len(set(ids))


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_paper_is_made_as_pdf_dated_as_the_exercise(paper: PreparationPaper) -> None:
    data = paper.make(source(), ("en", "zh"), ".pdf")
    information = pypdf.PdfReader(io.BytesIO(data)).metadata
    assert information is not None
    assert information.creation_date == datetime(2026, 6, 24, 1, 10, tzinfo=UTC)
    assert data == paper.make(source(), ("en", "zh"), ".pdf")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_a_paper_is_made_as_word_document_dated_as_the_exercise(paper: PreparationPaper) -> None:
    data = paper.make(some(), ("en", "zh"), ".docx")
    read = docx.Document(io.BytesIO(data))
    assert str(read.core_properties.created)[:16] == "2026-06-24 01:10"
    titles = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert len(titles) == len(read.sections)
    assert any(re.search(r"[\u4e00-\u9fff]", title) for title in titles)
    assert data == paper.make(some(), ("en", "zh"), ".docx")


@pytest.mark.slow
def test_every_inject_is_a_sheet_of_its_own() -> None:
    data = BY_ID["injects"].make(source(), ("en",), ".pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert len(pages) == len(leak().scenario.injects)
    assert all(f"Inject {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_another_suffix_is_answered_with_those_that_are_valid(paper: PreparationPaper) -> None:
    with pytest.raises(InputError, match=r"x\.odt: the suffix .* must be one of: .*\.md, \.html, \.docx, \.pdf\.$"):
        paper.suffix_of("x.odt")
    assert [paper.suffix_of(f"a.b/x{suffix.upper()}") for suffix in paper.suffixes] == [*paper.suffixes]
    assert paper.suffix_of("x.htm") == ".html"
    assert paper.suffix_of("x.markdown") == ".md"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_of_a_playbook_alone_there_is_what_needs_no_scenario(paper: PreparationPaper) -> None:
    def nothing() -> None:
        raise InputError("needs a scenario")

    bare = PaperSource(procedure("incident-command"), None, nothing)  # type: ignore[arg-type]  # it only raises
    if paper.of_playbook:
        bare = replace(bare, roles=("scribe",))
        assert paper.make(bare, ("en",), ".md")
        return
    with pytest.raises(InputError, match="needs a scenario"):
        paper.make(bare, ("en",), ".md")


@pytest.mark.parametrize("missing", ["typst", "docx", "xlsxwriter"])
def test_without_an_extra_it_is_missed_before_any_work_and_another_format_proposed(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    suffix = {"typst": ".pdf", "docx": ".docx", "xlsxwriter": ".xlsx"}[missing]
    paper = BY_ID["msel" if missing == "xlsxwriter" else "handout"]
    with pytest.raises(InputError, match="needs the extra"):
        paper.suffix_of(f"x{suffix}")
    proposed = {"typst": "leak-handout.html", "docx": "leak-handout.pdf", "xlsxwriter": "leak-events.csv"}
    assert paper.file_for("leak") == proposed[missing]
