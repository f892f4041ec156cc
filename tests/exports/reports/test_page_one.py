"""Page one of the after-action report: short, in the order of HSEEP, every figure with its facts, no error left out."""

import re
from itertools import pairwise

import pytest

from incidentsim.domain.text import Language
from incidentsim.exports.documents import docx_file, html_page, markdown_page
from incidentsim.exports.documents.model import Document, Heading, Listing
from incidentsim.exports.reports.chapters.summary import MOST, MOST_CHARACTERS, MOST_WORDS, length
from incidentsim.exports.reports.compose import compose
from tests.exercise.evaluation.test_planted_errors import FAST
from tests.support.coaching import DEMO, coached_session, play_by_hints
from tests.support.evaluating import SCENARIOS, scenario
from tests.support.planted_errors.naming import ANNEX, check_page_one
from tests.support.planted_errors.subjects import SUBJECTS, outcome, outcomes
from tests.support.reporting import BOTH, material, shipped

HEADINGS = {
    "en": ["Executive summary", "Strengths", "Areas for improvement", "Improvement plan"],
    "zh": ["执行摘要", "做得好的方面", "有待改进的方面", "改进计划"],
}


def page_one(paper: Document, language: Language) -> str:
    """What stands in Markdown before the annex."""
    text = markdown_page.render(paper).decode()
    assert text.count(ANNEX[language]) == 1
    return text[: text.index(ANNEX[language])]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", SCENARIOS)
def test_page_one_is_read_in_two_minutes(name: str, language: Language) -> None:
    paper = compose(shipped(name), languages=(language,))
    page = page_one(paper, language)
    assert length(page, language) <= {"en": MOST_WORDS, "zh": MOST_CHARACTERS}[language]
    summary = paper.parts[0].summary
    headings = [block.text for block in summary if isinstance(block, Heading)]
    assert headings == HEADINGS[language][: len(headings)]
    under = [after for block, after in pairwise(summary) if isinstance(block, Heading) and isinstance(after, Listing)]
    assert under
    assert all(len(listing.items) <= MOST for listing in under)


@pytest.mark.parametrize("language", BOTH)
def test_every_figure_on_page_one_leads_to_its_facts(language: Language) -> None:
    for name in SCENARIOS:
        paper = compose(shipped(name), languages=(language,))
        lines = page_one(paper, language).splitlines()
        plan = lines.index("### " + HEADINGS[language][3]) if "### " + HEADINGS[language][3] in lines else len(lines)
        for line in lines[:plan]:
            told = line.startswith("- ") and " – " not in line and "annex" not in line and "附件" not in line
            if told or re.match(r"Verdict|结论", line):
                assert re.search(r"\\#\d", line), line


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_stands_on_page_one(name: str) -> None:
    for kind in FAST[name]:
        check_page_one(outcome(name, kind), "en")


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_planted_error_stands_on_page_one(subject: str, language: Language) -> None:
    for _kind, came in outcomes(subject):
        check_page_one(came, language)


def test_page_one_comes_before_the_contents_in_every_format() -> None:
    paper = compose(shipped("number-masking-leak"))
    page = html_page.render(paper).decode()
    assert page.index("Executive summary") < page.index("<nav") < page.index(">Annex</h2>")
    contents = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', page)
    assert contents[0][1] == "Annex"
    assert all(re.search(rf'id="{anchor}"[^>]*>{re.escape(title)}<', page) for anchor, title in contents)
    assert docx_file.render(paper).startswith(b"PK")


@pytest.mark.parametrize("language", BOTH)
def test_page_one_says_that_an_exercise_was_coached_with_its_hints_and_stays_as_short(language: Language) -> None:
    session = coached_session(DEMO)
    play_by_hints(session)
    paper = compose(material(scenario(DEMO), session.facts), languages=(language,))
    page = page_one(paper, language)
    assert length(page, language) <= {"en": MOST_WORDS, "zh": MOST_CHARACTERS}[language]
    told = {"en": r"The exercise was coached: 15 hints, .*?\\#\d", "zh": r"本次演练带教练：15 条提示，.*?\\#\d"}
    assert re.search(told[language], page)
    everything = markdown_page.render(paper).decode()
    assert {"en": "with hints: 3 of 3", "zh": "有提示：3/3"}[language] in everything
