"""What the quality lint finds: a rule that is broken, where, and what that means in a sentence."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Path = tuple[str | int, ...]
"""Where something stands in a scenario: the keys and list indexes that lead to it in its file."""

Rule = Literal[
    "unreachable-inject",
    "unread-inject",
    "late-inject",
    "unfinished-story",
    "misled-experts",
    "dead-gap",
    "idle-inject",
    "untested-objective",
    "overloaded-person",
    "four-eyes",
    "unsupported-truth",
    "uncorrected-evidence",
    "contradicted-level",
    "unreasoned-judgement",
    "late-evidence",
    "placeholder",
    "seam",
    "wrong-language",
    "unreserved-address",
    "same-name",
]
"""The ids of the rules; they are part of what `check --quality --format json` prints and do not change."""

RULES: Final[tuple[Rule, ...]] = get_args(Rule)
"""The same as values."""

_SECOND: Final = 1_000
_UNITS: Final = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", _SECOND))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that makes a scenario worse than it could be.

    Attributes:
        path: what it is about; its value, or the nearest thing above it that the file holds.
        rule: the id of the rule that it breaks.
        message: a whole sentence.
        about: the judgement that it is about, as `late_evidence` names it; empty for what is about none.
    """

    path: Path
    rule: Rule
    message: str
    about: str = ""


def offset(milliseconds: int) -> str:
    """A length of time as scenario files write it, to the second: 5,400,000 is `1h 30m`."""
    parts = []
    rest = max(milliseconds, 0)
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0m"
