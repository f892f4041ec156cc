"""`incidentsim manual`: the list of pages, and a page."""

import json

import pytest

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.pages import TOPICS, page
from tests.cli.conftest import Run


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_topic_it_lists_the_pages(language: Language, run: Run) -> None:
    outcome = run("manual", "--lang", language)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert [line.split()[0] for line in lines] == list(TOPICS)
    assert all(page(topic, language).title in line for topic, line in zip(TOPICS, lines, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_told_whole(language: Language, run: Run) -> None:
    for topic in TOPICS:
        outcome = run("--lang", language, "manual", topic)
        assert outcome.code == 0
        about = page(topic, language)
        assert outcome.out.startswith(f"{about.title}\n═")
        for lines in about.pictures.values():
            assert "\n".join(lines) in outcome.out
        assert all(other in outcome.err for other in TOPICS if other != topic)


def test_a_topic_that_there_is_not_is_refused_with_the_nearest_and_all(run: Run) -> None:
    outcome = run("manual", "facilitate")
    assert outcome.code == 2
    assert outcome.out == ""
    assert "facilitating" in outcome.err
    assert run("manual", "2").out.startswith(page(TOPICS[1], "en").title)


def test_programs_get_topics_and_pages_as_json(run: Run) -> None:
    listed = json.loads(run("manual", "--format", "json").out)["topics"]
    assert [one["topic"] for one in listed] == list(TOPICS)
    told = json.loads(run("manual", TOPICS[0], "--format", "json").out)
    assert told["markdown"] == page(TOPICS[0], "en").markdown
