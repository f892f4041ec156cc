"""`incidentsim glossary`: looking up a term of the field."""

import json

from incidentsim.definitions.library.glossary import shipped_glossary
from tests.cli.conftest import Run


def test_without_words_every_term_is_told(run: Run) -> None:
    outcome = run("glossary")
    assert outcome.code == 0
    assert all(f"{term.name.en} · {term.name.zh}" in outcome.out for term in shipped_glossary())


def test_a_term_is_found_by_its_name_in_either_language_and_stands_first(run: Run) -> None:
    for words in ("inject", "情景注入"):
        assert run("glossary", words).out.startswith("inject · 情景注入\n")
    told = run("--lang", "zh", "glossary", "ground", "truth").out
    assert told.startswith("情景底案 · ground truth\n")
    assert "剧透" in told


def test_a_word_that_is_not_said_leads_to_the_one_that_is(run: Run) -> None:
    assert "regulatory deadline" in run("glossary", "regulatory clock").out


def test_a_term_that_is_not_there_is_refused_and_the_nearest_one_told(run: Run) -> None:
    outcome = run("glossary", "injekt")
    assert outcome.code == 2
    assert "injekt; the nearest is inject." in outcome.err
    assert run("glossary", "zzzzzzzzzz").code == 2


def test_programs_read_it_as_json(run: Run) -> None:
    terms = json.loads(run("glossary", "--format", "json").out)["terms"]
    assert [term["id"] for term in terms] == [term.id for term in shipped_glossary()]
    assert set(terms[0]) == {"id", "en", "zh", "definition", "source", "avoid"}
