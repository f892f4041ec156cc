"""A record that cannot be followed is told in a sentence, whatever is wrong with it."""

import os
from collections.abc import Callable

import pytest

from incidentsim.composition import library, now
from incidentsim.domain.facts import DecisionSource, Fact, FactKind
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Header, timestamp
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service

Spoil = Callable[[list[Fact]], list[Fact]]


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
    entries, texts = Chain("run").record_step(
        spoil(facts), recorded=timestamp(now()), source=DecisionSource.ENGINE, salts=os.urandom, header=header
    )
    store.create(
        "run",
        created=timestamp(now()),
        scenario="false-alarm",
        playbook="platform-incidents",
        documents=(playbook, scenario),
        entries=entries,
        texts=texts,
    )
    return service


SPOILT: dict[str, Spoil] = {
    "a part is missing": lambda facts: [
        Fact(f.at, f.kind, f.incident, {k: v for k, v in f.data.items() if k != "to"}) for f in facts
    ],
    "an incident of another story": lambda facts: [
        Fact(f.at, f.kind, "elsewhere" if f.incident else None, f.data) for f in facts
    ],
    "a duty that was never opened": lambda facts: [f for f in facts if f.kind != FactKind.DUTY_OPENED],
}


@pytest.mark.parametrize("name", SPOILT)
def test_facts_that_cannot_be_followed_are_a_fault_of_the_record(name: str) -> None:
    with pytest.raises(RecordFaultError, match="cannot follow"):
        recorded(SPOILT[name]).records.show("run")


def test_one_faulty_run_does_not_hide_the_improvements_of_others() -> None:
    found = recorded(SPOILT["a part is missing"]).evaluations.improvements()
    assert [run for run, _reason in found.unread] == ["run"]


def test_a_sound_record_is_shown() -> None:
    assert recorded(lambda facts: facts).records.show("run").finished
