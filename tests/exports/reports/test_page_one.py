"""Page one of the after-action report: short, in the order of HSEEP, every figure with its facts, no error left out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from incidentsim.domain.facts import Fact
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exports.documents import docx_file, html_page, markdown_page
from incidentsim.exports.documents.model import Document, Heading, Listing
from incidentsim.exports.reports import Dossier
from incidentsim.exports.reports.chapters.summary import MOST, MOST_CHARACTERS, MOST_WORDS, length
from incidentsim.exports.reports.compose import compose
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.decisions import error_words, expected_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.messages import spoken
from tests.exercise.evaluation.test_planted_errors import FAST
from tests.exercise.evaluation.test_planted_errors import shipped as expert
from tests.support.evaluating import SCENARIOS, evaluated, played, procedure
from tests.support.planting import PLANTS, Planted, Told
from tests.support.reporting import BOTH, shipped

ANNEX = {"en": "\n## Annex\n", "zh": "\n## 附件\n"}
HEADINGS = {
    "en": ["Executive summary", "Strengths", "Areas for improvement", "Improvement plan"],
    "zh": ["执行摘要", "做得好的方面", "有待改进的方面", "改进计划"],
}


def page_one(paper: Document, language: Language) -> str:
    """What stands in Markdown before the annex."""
    text = markdown_page.render(paper).decode()
    assert text.count(ANNEX[language]) == 1
    return text[: text.index(ANNEX[language])]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\\]", "", text)


def dossier(told: Scenario, facts: Sequence[Fact], name: str) -> Dossier:
    base = shipped(name)
    return replace(
        base, account=Account(facts, procedure(name), told, "en"), evaluation=evaluated(told, facts), clocks={}
    )


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


def check(told: Told, planted: Planted, language: Language) -> None:
    """The planted error stands on page one with its evidence; with its right answer where there is room."""
    facts = played(planted.scenario)
    material = dossier(planted.scenario, facts, told.scenario.id)
    page = squeezed(page_one(compose(material, languages=(language,)), language))
    error = next(one for one in material.evaluation.judged.errors if one.key[:3] == planted.key[:3])
    with spoken(language):
        teller = Narrator(Account(facts, told.playbook, planted.scenario, language))
        named = squeezed(error_words(teller, error))
        expected = squeezed(expected_words(teller, error, material.evaluation.ways))
    firsts = [area.errors[0].key for area in material.evaluation.areas[:MOST]]
    if error.key in firsts:
        assert expected in page
        assert named in page
    if "moreerror" not in page and "项差错见附件" not in page:
        assert named in page
        assert all(f"#{number}" in page for number in error.sequences)


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_stands_on_page_one(name: str) -> None:
    for kind in FAST[name]:
        planted = PLANTS[kind](expert(name))
        assert planted is not None
        check(expert(name), planted, "en")


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_planted_error_stands_on_page_one(name: str, language: Language) -> None:
    for kind, plant in PLANTS.items():
        planted = plant(expert(name))
        if planted is not None and kind != "deadline of the law missed":  # clocks are reckoned elsewhere
            check(expert(name), planted, language)


def test_page_one_comes_before_the_contents_in_every_format() -> None:
    paper = compose(shipped("number-masking-leak"))
    page = html_page.render(paper).decode()
    assert page.index("Executive summary") < page.index("<nav") < page.index(">Annex</h2>")
    contents = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', page)
    assert contents[0][1] == "Annex"
    assert all(re.search(rf'id="{anchor}"[^>]*>{re.escape(title)}<', page) for anchor, title in contents)
    assert docx_file.render(paper).startswith(b"PK")
