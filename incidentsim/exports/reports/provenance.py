"""What a report is told from outside the facts: what pins the record, and what was checked.

All of it is optional. What is not given is left out or said to be missing, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from incidentsim.domain.facts import DecisionSource
from incidentsim.domain.text import Language, Text


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the record: what it looks at, and whether that holds.

    Where it does not: at which entry first, what was expected and what was found.
    """

    title: Text | str
    holds: bool
    sequence: int | None = None
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The data that tie a copy on paper to one record.

    Attributes:
        run: the run's id.
        recorded_from: when the first entry was recorded, UTC, ISO 8601.
        recorded_to: the same of the last entry.
        program: the program that recorded, with its version.
        playbook_digest: of the procedure's bytes.
        scenario_digest: of the scenario's bytes.
        outcome_digest: of the facts alone; the same for the same inputs on any machine.
        size: how many entries the record has.
        head: the hash of the last entry.
        root: the root of the Merkle tree over all entries (RFC 6962), in Base64 as checkpoints write it.
        origin: the name under which the record's checkpoints are signed.
        sources: whose decision each fact answers: `engine`, `script`, `bot` or `person`; `None`: not known.
        mode: how people played it: `solo`, `hot_seat` or `facilitated`; `None`: it was no session of people.
        played: the pseudonyms of those of the story for whom people decided.
        checks: what was checked; `None`: nothing was.
        unchecked: what could not be checked.
    """

    run: str | None = None
    recorded_from: str | None = None
    recorded_to: str | None = None
    program: str | None = None
    playbook_digest: str | None = None
    scenario_digest: str | None = None
    outcome_digest: str | None = None
    size: int | None = None
    head: str | None = None
    root: str | None = None
    origin: str | None = None
    sources: Sequence[DecisionSource] | None = None
    mode: str | None = None
    played: frozenset[str] = frozenset()
    checks: Sequence[Check] | None = None
    unchecked: Sequence[Text | str] = field(default_factory=tuple)


def said(text: Text | str, language: Language) -> str:
    """A text that may be in one language only."""
    return text if isinstance(text, str) else text.say(language)
