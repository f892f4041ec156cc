"""What a report is told from outside the facts: what pins the record, what was checked, which controls have evidence.

All of it is optional. What is not given is left out or said to be missing, never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from incidentsim.domain.text import Language, Text


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the record: what was asked, what was expected and found, and whether they agree."""

    title: Text | str
    expected: str
    found: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Pins:
    """What ties a copy on paper to one record.

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
        root: the root of the Merkle tree over all entries (RFC 6962).
        origin: the name under which the record's checkpoints are signed.
        decisions: how many decisions came from `script`, `bot` and `person`; `None`: not known.
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
    decisions: Mapping[str, int] | None = None
    checks: Sequence[Check] | None = None
    unchecked: Sequence[Text | str] = field(default_factory=tuple)


class ControlFinding(NamedTuple):
    """Whether the run holds evidence for a control, and in which facts."""

    framework: Text | str
    control: str
    title: Text | str
    found: bool
    sequences: Sequence[int]


def said(text: Text | str, language: Language) -> str:
    """A text that may be in one language only."""
    return text if isinstance(text, str) else text.say(language)
