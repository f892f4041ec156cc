"""A record that cannot be followed is told in a sentence, whatever is wrong with it."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from incidentsim.composition import library, now
from incidentsim.domain.facts import DecisionSource, Json
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Body, Entry, Header, timestamp
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.sealing import TextRecord, commitments, seal
from incidentsim.service import Service

Spoil = Callable[[list[dict[str, Json]]], list[dict[str, Json]]]
"""Does something to facts as they stand in the log."""


def recorded(spoil: Spoil) -> Service:
    """A service with one recorded run, whose facts were spoilt before they were chained."""
    store = MemoryStore()
    service = Service(
        library=library(),
        store=store,
        now=now,
        new_id=lambda: "run",
        salts=os.urandom,
        program="incidentsim test",
    )
    facts = list(service.exercises.replay("false-alarm", record=False).facts)
    playbook, scenario = library().playbook("platform-incidents")[1], library().scenario("false-alarm")[1]
    header = Header(program="test", playbook=digest(playbook), scenario=digest(scenario), options={"bots": False})
    sealed, texts = zip(*(seal(fact, seq=0, salts=os.urandom) for fact in facts), strict=True)
    known = {text.commitment(): text for of_fact in texts for text in of_fact}
    beside: list[TextRecord] = []
    entries: list[Entry] = []
    created = timestamp(now())
    for seq, fact in enumerate(spoil(list(sealed))):
        first = header if seq == 0 else None
        prev = entries[-1].hash if entries else ZERO
        beside += [replace(known[commitment], seq=seq) for commitment in commitments(fact).values()]
        entries.append(Body("run", seq, prev, created, DecisionSource.ENGINE, fact, first).to_entry())
    store.create(
        "run",
        created=created,
        scenario="false-alarm",
        playbook="platform-incidents",
        documents=(playbook, scenario),
        entries=entries,
        texts=beside,
    )
    return service


def without(name: str, fact: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in fact.items() if key != name}


SPOILT: dict[str, Spoil] = {
    "an incident of another story": lambda facts: [
        {**fact, "incident": "elsewhere"} if "incident" in fact else fact for fact in facts
    ],
    "a duty that was never opened": lambda facts: [fact for fact in facts if fact["fact"] != "duty_opened"],
}
UNREADABLE: dict[str, Spoil] = {
    "the fact inject_delivered has no part to": lambda facts: [without("to", fact) for fact in facts],
    "the fact exercise_started has no part people": lambda facts: [without("people", fact) for fact in facts],
    "in the fact exercise_started, the part seed is not an integer": lambda facts: [
        {**fact, "seed": "1"} if "seed" in fact else fact for fact in facts
    ],
    "there is no kind of fact moon_rose": lambda facts: [*facts[:-1], {**facts[-1], "fact": "moon_rose"}],
    "the fact exercise_ended holds what it should not: moon": lambda facts: [*facts[:-1], {**facts[-1], "moon": True}],
}


@pytest.mark.parametrize("name", SPOILT)
def test_facts_that_cannot_be_followed_are_a_fault_of_the_record(name: str) -> None:
    with pytest.raises(RecordFaultError, match="cannot follow"):
        recorded(SPOILT[name]).records.show("run")


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_fact_is_a_fault_of_the_record_that_says_what_is_wrong_with_it(said: str) -> None:
    with pytest.raises(RecordFaultError, match=f"does not hold a fact: {said}"):
        recorded(UNREADABLE[said]).records.show("run")


def test_one_faulty_run_does_not_hide_the_improvements_of_others() -> None:
    found = recorded(SPOILT["an incident of another story"]).evaluations.improvements()
    assert [run for run, _reason in found.unread] == ["run"]


def test_a_sound_record_is_shown() -> None:
    assert recorded(lambda facts: facts).records.show("run").finished
