"""The hot wash of a run: questions made from what happened, and everything that is said on record and in the report."""

from copy import deepcopy
from functools import cache

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Appraisal, FactKind
from incidentsim.exports.format_types import ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.erasing import play, read
from tests.support.screens import service_on


@cache
def played() -> MemoryStore:
    """A store with a run in which somebody played, and one of a script in which much went wrong."""
    store = MemoryStore()
    play(service_on(store))
    service_on(store).exercises.replay("concealed-outage")
    return store


@pytest.fixture
def store() -> MemoryStore:
    return deepcopy(played())


@pytest.fixture
def service(store: MemoryStore) -> Service:
    return service_on(store)


def report(service: Service, run: str, *languages: str) -> str:
    row = next(row for row in FORMATS if row.id == "md")
    options = ExportOptions(languages=tuple(languages or ("en",)))  # type: ignore[arg-type]  # the two there are
    return b"".join(row.blocks(service.exports.source(run), options)).decode()


def test_questions_are_about_what_happened_and_name_its_facts(service: Service, store: MemoryStore) -> None:
    view = service.hotwash.of("last")
    facts = read(store, view.run).facts
    about = {number for question in view.questions for number in question.about}
    assert {facts[number].kind for number in about} >= {FactKind.REFUSED, FactKind.DUTY_BREACHED}
    assert len({question.id for question in view.questions}) == len(view.questions)
    assert all(question.words.en != question.words.zh for question in view.questions)
    assert view.questions == service_on(store).hotwash.of(view.run).questions
    assert {point.appraisal for point in view.points} == set(Appraisal)


def test_everything_that_is_said_goes_on_record_and_into_the_report(service: Service, store: MemoryStore) -> None:
    view = service.hotwash.of("last")
    for number, question in enumerate(view.questions):
        words = f"quartz {number}"
        parts = {"question": question.id, "about": question.about, "asked": question.words}
        service.hotwash.answer(view.run, **parts, answer=words, said_by="Anna")  # type: ignore[arg-type]
    service.hotwash.vote(view.run, point=None, appraisal=Appraisal.WEAKNESS, title="quartz weakness", votes=4)
    assert b"quartz" not in b"".join(store.entries(view.run))
    assert service.records.verify(view.run).holds
    for language in ("en", "zh"):
        told = report(service, view.run, language)
        assert all(f"quartz {number}" in told for number in range(len(view.questions)))
        assert "quartz weakness" in told
        assert told.count("Anna") >= len(view.questions)
    assert report(service, view.run, "zh").count("## 现场点评") == 1


def test_a_run_without_a_hot_wash_has_no_such_chapter(service: Service) -> None:
    assert "## Hot wash" not in report(service, "last")


def test_an_answer_stands_in_place_of_another_of_the_hot_wash_only(service: Service) -> None:
    run = service.records.runs()[-1].id
    number = service.hotwash.answer(run, question="well", about=(), asked="?", answer="quartz one")
    service.hotwash.answer(run, question="well", about=(), asked="?", answer="quartz two", instead_of=number)
    told = report(service, run)
    chapter = told[told.index("## Hot wash") : told.index("## Metrics")]
    assert "quartz two" in chapter
    assert "quartz one" not in chapter
    with pytest.raises(InputError, match="no answer"):
        service.hotwash.answer(run, question="well", about=(), asked="?", answer="x", instead_of=3)


def test_erased_answers_are_told_as_erased(service: Service) -> None:
    run = service.records.runs()[-1].id
    number = service.hotwash.answer(run, question="well", about=(), asked="?", answer="quartz", said_by="Anna")
    service.erasures.erase(run, [number])
    told = report(service, run)
    assert "quartz" not in told
    assert "(erased)" in told[told.index("## Hot wash") :]


def test_speakers_are_players_by_name_and_those_whom_they_played(service: Service) -> None:
    view = service.hotwash.of(service.records.runs()[0].id)
    names = [name.en for name, _person in view.speakers]
    assert names[0].endswith("named")
    someone, pseudonym = next((name.zh, person) for name, person in view.speakers if person is not None)
    assert view.speaker(f" {someone} ") == ("", pseudonym)
    assert view.speaker(names[0]) == (names[0], None)
    assert view.speaker("Wu") == ("Wu", None)
    assert view.speaker("") == ("", None)


def test_only_a_run_that_is_over_has_one(service: Service, store: MemoryStore) -> None:
    from incidentsim.session.seats import Seats, holders

    there = service.library.playable("false-alarm")
    people = holders(there.playbook, there.scenario, ["response_team_lead"])
    service.exercises.open_session("false-alarm", Seats(people, "solo")).close()
    run = store.runs()[-1].id
    with pytest.raises(InputError, match="not finished"):
        service.hotwash.of(run)
    with pytest.raises(InputError, match="not finished"):
        service.hotwash.vote(run, point=None, appraisal=Appraisal.STRENGTH, title="x", votes=1)
