"""Records of our own making: facts with and without texts, and runs of them, with salts that repeat."""

from collections.abc import Sequence
from hashlib import sha256

from incidentsim.domain.facts import DecisionSource, Fact, FactKind, Json
from incidentsim.domain.text import Text
from incidentsim.ledger.chain import Chain, Head
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Entry, Header
from incidentsim.ledger.roster import RosterName, pins_of
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import LedgerStore
from tests.support.facts import a_fact

PLAYBOOK = b"schema: incidentsim/playbook/1\n"
SCENARIO = b"schema: incidentsim/scenario/1\n"
RECORDED = "2026-05-01T08:00:00.000Z"
ROSTER = {
    "p1": RosterName(Text("Lin Yue", "林悦"), sha256(b"salt of p1").digest()),
    "p2": RosterName(Text("Zhou Kai", "周凯"), sha256(b"salt of p2").digest()),
}
HEADER = Header("incidentsim 0.0.0", digest(PLAYBOOK), digest(SCENARIO), {"bots": False}, pins=pins_of(ROSTER))


class Salts:
    """Salts that differ from each other and are the same in every test run."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self, size: int) -> bytes:
        self.given += 1
        return sha256(b"salt %d" % self.given).digest()[:size]


def step_taken(number: int = 0, **fields: Json) -> Fact:
    """A fact like those that the kernel makes; `fields` are the content of the action."""
    return a_fact(
        at=60_000 * number,
        kind=FactKind.STEP_TAKEN,
        incident="leak",
        data={
            "track": "lifecycle",
            "do": "report",
            "from": "discovered",
            "to": "reported",
            "by": {"person": "p2", "role": "discoverer"},
            "with": {"channel": "email", **fields},
            "rule": "platform-incidents#lifecycle.report",
            "clause": "M2",
            "because": None,
        },
    )


def plain(words: str) -> Json:
    """A free text in one language, as it stands in a fact."""
    return {"text": words}


def bilingual(english: str, chinese: str) -> Json:
    """A free text in both languages, as it stands in a fact."""
    return {"text": {"en": english, "zh": chinese}}


ENDED = a_fact(9_000_000, FactKind.EXERCISE_ENDED, None, {"reason": "finished"})


class Scribe:
    """Makes the entries of one run as the service would."""

    def __init__(self, run: str, head: Head | None = None, header: Header = HEADER) -> None:
        self.chain = Chain(run, head)
        self.header = header
        self.salts = Salts()

    def write(self, *facts: Fact) -> tuple[list[Entry], list[TextRecord]]:
        entries: list[Entry] = []
        texts: list[TextRecord] = []
        for fact in facts:
            header = self.header if self.chain.head.size == 0 else None
            entry, beside = self.chain.record(
                fact, recorded=RECORDED, source=DecisionSource.SCRIPT, salts=self.salts, header=header
            )
            entries.append(entry)
            texts.extend(beside)
        return entries, texts


def begin(store: LedgerStore, run: str) -> None:
    """Create a run in a store."""
    store.create(
        run,
        created=RECORDED,
        scenario="number-masking-leak",
        playbook="platform-incidents",
        documents=(PLAYBOOK, SCENARIO),
        roster=ROSTER,
    )


def record(store: LedgerStore, run: str, *steps: Sequence[Fact]) -> Head:
    """Create a run in a store and append these steps."""
    begin(store, run)
    scribe = Scribe(run)
    with store.writer(run) as writer:
        for facts in steps:
            writer.append(*scribe.write(*facts))
        return writer.head()


def some_facts(count: int) -> list[Fact]:
    """Facts, of which every third has two texts."""
    return [
        step_taken(n, nature=plain(f"it is number {n}"), scope=bilingual(f"shop {n}", f"{n} 号店"))
        if n % 3 == 0
        else step_taken(n)
        for n in range(count)
    ]
