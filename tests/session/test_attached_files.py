"""Files that came with messages: whom they reached can read them, nobody else can, and whoever is quoted to can too."""

import json

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import FactKind, MessageAct
from incidentsim.domain.speech import Say
from incidentsim.domain.text import LANGUAGES
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.attached_view import AttachedContent
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.view_json import from_json, to_json
from tests.support.screens import service_on, session_on

MARK = "audit-probe"


def seat_of(*roles: str) -> LocalSeat:
    service = service_on(MemoryStore())
    return LocalSeat(session_on(service, "number-masking-leak", roles), service.exercises.take_up)


def came(seat: LocalSeat) -> bool:
    return any(fact.kind is FactKind.INJECT_DELIVERED for fact in seat.session.facts)


def test_a_file_is_read_in_the_language_that_is_spoken_and_can_be_written_as_json() -> None:
    seat = seat_of("discoverer")
    seat.go_on()
    told = {}
    for language in LANGUAGES:
        (message,) = seat.view(language).inbox[:1]
        (file,) = message.attachments
        content = seat.attachment(message.number, 0, language)
        assert content.view == file
        assert (file.name, file.size) == (f"{MARK}-{language}.log", len(content.data))
        assert f"{file.size:,}" in file.words
        assert content.data.decode() == content.told + "\n"
        assert from_json(AttachedContent, json.loads(json.dumps(to_json(content)))) == content
        told[language] = content.told
    assert told["en"].startswith("# INVENTED FOR AN EXERCISE.")
    assert told["zh"].startswith("# 本日志为演练虚构")


def test_what_did_not_reach_a_seat_can_be_asked_for_by_no_number() -> None:
    seat = seat_of("supervision_officer")
    while not came(seat):  # the alert, to somebody else
        seat.session.step()
    assert MARK not in json.dumps(to_json(seat.view("en")))
    for number in range(-1, len(seat.session.facts) + 1):
        for place in (-1, 0, 1):
            with pytest.raises(InputError):
                seat.attachment(number, place, "en")


def test_whoever_is_quoted_to_can_read_what_came_with_it() -> None:
    seat = seat_of("response_team_lead")
    assert not any(message.attachments for message in seat.view("en").inbox)
    session = seat.session
    while not came(seat):
        session.step()
    session.say(Say("p1", MessageAct.FORWARD, ("p2",), "chat", "leak", injects=("probe-alert",)))
    (message,) = (message for message in seat.view("en").inbox if message.message == 1)
    assert [file.name for file in message.attachments] == [f"{MARK}-en.log"]
    assert "184000" in seat.attachment(message.number, 0, "en").told


def test_a_facilitator_reads_what_comes_with_an_inject_before_it_comes() -> None:
    service = service_on(MemoryStore())
    seat = LocalSeat(session_on(service, "number-masking-leak", mode="facilitated"))
    parts = dict(seat.spoilers("probe-alert", "en").parts)
    (title,) = (title for title in parts if title.startswith(MARK))
    assert parts[title].startswith("# INVENTED FOR AN EXERCISE.")
