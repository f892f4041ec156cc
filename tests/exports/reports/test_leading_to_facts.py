"""Every number on page one and on a debrief's first screen leads to its facts; people's and bots' are kept apart."""

import re
import zipfile
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring

import pypdf
import pytest

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.facts import Fact, actor_of
from incidentsim.domain.text import Language
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exports.documents import docx_file, html_page, pdf_file
from incidentsim.exports.documents.model import Document, Paragraph, pieces_of
from incidentsim.exports.reports import Dossier
from incidentsim.exports.reports.compose import compose
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.in_short import short_lines
from incidentsim.ledger.memory import MemoryStore
from incidentsim.messages import spoken
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.in_short import about_short, in_short_lines
from tests.support.evaluating import SCENARIOS
from tests.support.reporting import BOTH, shipped
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER = re.compile(r"#(\d+)")
PLAYED = {
    "number-masking-leak": ("response_team_lead",),
    "voice-platform-fault": ("security_administrator", "head_of_operations"),
    "ransomware-at-dawn": ("incident_commander", "communications_lead"),
    "two-fires": ("security_administrator",),
}
"""Who plays in which scenario; bots do the rest."""
NO_NUMBERS = {"Improvement plan", "改进计划"}
"""What is planned rests on no facts yet: its numbers are days and dates."""


@cache
def run(name: str) -> tuple[Debrief, frozenset[str]]:
    """The debrief of a run that people and bots played together, and for whom people decided."""
    service = service_on(MemoryStore())
    session = session_on(service, name, PLAYED[name])
    played = frozenset(session.course.played)
    drive(session)
    session.close()
    identity = str(session.run)
    return Debrief(identity, service.evaluations.evaluate(identity), "en"), played


def dossier(name: str) -> Dossier:
    debrief, _played = run(name)
    view = debrief.view
    account = Account(view.facts, view.playbook, view.scenario, "en")
    return Dossier(account, debrief.evaluation, clocks_of(shipped_packs(), view.scenario, view.facts))


def summary_of(paper: Document) -> tuple[Element, Element]:
    """Page one of a report as a web page, and the whole page."""
    page = fromstring(html_page.render(paper).decode().partition("\n")[2])  # noqa: S314 - our own
    return next(part for part in page.iter("section") if part.get("class") == "summary"), page


def words(element: Element) -> str:
    return "".join(element.itertext())


def check_page_one(material: Dossier, language: Language) -> None:
    """Each `#12` is a link to a row of the record, and whatever says another number says on which facts it rests."""
    paper = compose(material, languages=(language,))
    page_one, page = summary_of(paper)
    known = {element.get("id") for element in page.iter() if element.get("id")}
    planned = False
    for block in page_one:
        if block.tag == "figure":
            continue
        planned = words(block) in NO_NUMBERS if block.tag == "h3" else planned
        for line in (line for line in block.iter() if line.tag in {"p", "li", "tr"}):
            links = [link for link in line.iter("a") if NUMBER.fullmatch(words(link))]
            assert [words(link) for link in links] == [f"#{number}" for number in NUMBER.findall(words(line))]
            assert all((link.get("href") or "")[1:] in known for link in links), words(line)
            told = not planned and re.search(r"\d", NUMBER.sub("", words(line)))
            assert links or not told or "annex" in words(line) or "附件" in words(line), words(line)


def test_a_number_on_page_one_leads_to_its_facts() -> None:
    check_page_one(shipped("number-masking-leak"), "en")


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
def test_every_number_on_page_one_leads_to_its_facts(language: Language) -> None:
    for name in SCENARIOS:
        check_page_one(shipped(name), language)


def test_the_number_of_no_fact_in_a_text_leads_nowhere() -> None:
    """What a scenario says stays words, whatever it looks like."""
    paragraph = Paragraph("Outage #12 and #3 and #33, #3", facts=frozenset({3}))
    assert list(pieces_of(paragraph.text, paragraph.facts)) == ["Outage #12 and ", 3, " and #33, ", 3, ""]


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
def test_every_number_on_page_one_of_a_played_run_leads_to_its_facts(name: str) -> None:
    for language in BOTH:
        check_page_one(dossier(name), language)


@pytest.mark.slow
def test_what_leads_to_facts_on_a_web_page_does_so_in_word() -> None:
    data = docx_file.render(compose(shipped("number-masking-leak"), languages=("en",)))
    body = fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))[0]  # noqa: S314 - our own
    marks = {mark.get(f"{WORD}name") for mark in body.iter(f"{WORD}bookmarkStart")}
    bullets = [line for line in body if line.find(f"{WORD}pPr/{WORD}pStyle[@{WORD}val='ListBullet']") is not None]
    numbers = [number for line in bullets[:6] for number in NUMBER.findall(words(line))]
    links = [link for line in bullets[:6] for link in line.iter(f"{WORD}hyperlink")]
    assert numbers
    assert [words(link) for link in links] == [f"#{number}" for number in numbers]
    assert all(link.get(f"{WORD}anchor") in marks for link in links)


@pytest.mark.slow
@pytest.mark.parametrize("language", BOTH)
def test_what_leads_to_facts_on_a_web_page_does_so_in_pdf(language: Language) -> None:
    """On page one there is a link for each number, and another place for each fact, in the annex."""
    paper = compose(shipped("number-masking-leak"), languages=(language,))
    reader = pypdf.PdfReader(BytesIO(pdf_file.render(paper)))
    links = [link.get_object() for link in reader.pages[0].get("/Annots", ())]
    places = [tuple(link["/Dest"].get_object()) for link in links]
    numbers = [words(link) for link in summary_of(paper)[0].iter("a") if NUMBER.fullmatch(words(link))]
    assert len(links) == len(numbers) > 0
    assert len({(page.idnum, top) for page, _kind, _left, top, _zoom in places}) == len(set(numbers))
    first = reader.pages[0].indirect_reference
    assert first is not None
    assert all(page.idnum != first.idnum for page, *_rest in places)


def acts(facts: Sequence[Fact], numbers: Sequence[int]) -> set[str]:
    """Whose acts are among these facts."""
    return {actor.person for number in numbers if (actor := actor_of(facts[number])) is not None}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
def test_what_is_said_of_people_rests_on_no_bots_act_and_the_other_way_round(name: str) -> None:
    debrief, played = run(name)
    evaluation, facts = debrief.evaluation, debrief.view.facts
    for task in evaluation.tasks.values():
        performed = [reason for reason in task.reasons if reason.rule == "performed"]
        for reason in performed:
            doing = acts(facts, reason.evidence)
            assert not doing or bool(doing & played) == (task.by_people is not False), task.task
    lines = short_lines(debrief.teller.narrator, evaluation)
    well = next(line for line in lines if line.title == "What you did well")
    assert acts(facts, well.facts) <= played
    check_apart(evaluation)


def check_apart(evaluation: Evaluation) -> None:
    """What counts as people's counts as nobody else's, on page one as on the first screen."""
    ours = [task for task in evaluation.tasks.values() if task.by_people]
    theirs = [task for task in evaluation.tasks.values() if task.by_people is False]
    assert ours
    assert theirs
    assert not {task.task for task in ours} & {task.task for task in theirs}
    assert sum(evaluation.in_short.ratings.values()) == sum(task.rating is not None for task in ours)
    assert sum(evaluation.in_short.bots.values()) == sum(task.rating is not None for task in theirs)
    for area in evaluation.areas:
        assert {error.by_people is False for error in area.errors} == {area.by_people is False}
    for objective in evaluation.scenario_objectives:
        rated = [test.rating for test in objective.tests if test.by_people is not False]
        assert (objective.of_people is None) == (not rated)
        assert objective.of_people is None or objective.of_people in rated


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
def test_page_one_names_no_error_of_bots_as_the_teams_and_marks_what_bots_did_alone(name: str) -> None:
    debrief, _played = run(name)
    page_one, _page = summary_of(compose(dossier(name), languages=("en",)))
    said = words(page_one)
    theirs = {n for e in debrief.evaluation.judged.errors if e.by_people is False for n in e.sequences}
    ours = {n for e in debrief.evaluation.judged.errors if e.by_people is not False for n in e.sequences}
    listed = [words(item) for item in page_one.iter("li")]
    assert not {int(n) for line in listed for n in NUMBER.findall(line)} & (theirs - ours - well(debrief))
    assert "Bots did the rest" in said


def well(debrief: Debrief) -> set[int]:
    """The facts that strengths rest on."""
    return {n for line in short_lines(debrief.teller.narrator, debrief.evaluation)[1:2] for n in line.facts}


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
@pytest.mark.parametrize("language", BOTH)
def test_every_line_of_the_first_screen_leads_to_its_facts(name: str, language: Language) -> None:
    played, _people = run(name)
    debrief = Debrief(played.run, played.evaluated, language)
    with spoken(language):
        for line in in_short_lines(debrief, 76):
            if line.name is None:
                continue
            said = "".join(piece.text for piece in line.pieces)
            titles = [title for title, _words in about_short(debrief, line.name)]
            leads = any(title.startswith("#") for title in titles)
            assert leads or not re.search(r"\d", said), said
