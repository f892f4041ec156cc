"""Narrowing the list of scenarios down: by language, difficulty, length, and by words.

By level, archetype, tags and ids only for a facilitator: they give away what whoever plays is to judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from incidentsim.messages import gettext as _
from incidentsim.messages import language_name

if TYPE_CHECKING:  # what reads definitions is slow to import, and the first screen must be there at once
    from incidentsim.definitions.scenario.cards import ScenarioCard

KINDS: Final = ("level", "archetype", "language", "difficulty", "length")
GIVEN_AWAY: Final = frozenset({"level", "archetype"})
"""The kinds that say what a scenario is about."""
NONE: Final = "none"
ALL: Final = "all"

SHORT, LONG = 6, 12
"""Up to so many injects a scenario is short, from more than so many on long."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions on scenarios: a value for some of `KINDS`, and words that must all occur.

    Only where it is `revealed` what scenarios are about, `GIVEN_AWAY` can be asked for, and words are looked for in
    ids and tags as well.
    """

    picked: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: str = ""
    revealed: bool = False

    @property
    def empty(self) -> bool:
        """True if it asks for nothing."""
        return not self.picked and not self.words

    def toggled(self, choice: str) -> Self:
        """With `choice` (as `level/2`) asked for, or no longer; `all` asks for nothing any more."""
        if choice == ALL:
            return replace(self, picked=MappingProxyType({}), words="")
        kind, _slash, value = choice.partition("/")
        rest = {name: one for name, one in self.picked.items() if name != kind}
        asked = rest if self.picked.get(kind) == value else {**rest, kind: value}
        return replace(self, picked=MappingProxyType(asked))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that can be asked for."""
        return tuple(kind for kind in KINDS if self.revealed or kind not in GIVEN_AWAY)

    def turned(self) -> Self:
        """The same for the other audience; a condition that would give something away is dropped."""
        rest = {kind: value for kind, value in self.picked.items() if kind not in GIVEN_AWAY or not self.revealed}
        return replace(self, picked=MappingProxyType(rest), revealed=not self.revealed)

    def passes(self, card: "ScenarioCard", *, but: str = "") -> bool:
        """Return whether a scenario meets the conditions; that on the kind `but` is left aside."""
        asked = all(value in values(kind, card) for kind, value in self.picked.items() if kind != but)
        return asked and all(word in _searched(card, revealed=self.revealed) for word in self.words.casefold().split())

    def told(self) -> str:
        """Return the conditions in words; empty where there are none."""
        kinds = kind_words()
        parts = [
            _("{kind}: {value}").format(kind=kinds[kind], value=value_words(kind, self.picked[kind]))
            for kind in KINDS
            if kind in self.picked
        ]
        parts += [_("“{words}”").format(words=self.words)] if self.words else []
        return _(" · ").join(parts)


def values(kind: str, card: "ScenarioCard") -> tuple[str, ...]:
    """Return the values of a scenario for one of `KINDS`; only `language` can have several."""
    match kind:
        case "level":
            return (NONE if card.level is None else str(card.level),)
        case "archetype":
            return (card.archetype or NONE,)
        case "language":
            return card.languages
        case "difficulty":
            return (NONE if card.difficulty is None else str(card.difficulty),)
        case _:
            return (length(card),)


def length(card: "ScenarioCard") -> str:
    """Return `short`, `medium` or `long` by the number of injects, which says roughly how long it will take people."""
    return "short" if card.injects <= SHORT else "long" if card.injects > LONG else "medium"


def kind_words() -> dict[str, str]:
    """Return the title of each of `KINDS`."""
    return {
        "level": _("Level"),
        "archetype": _("Archetype"),
        "language": _("Language"),
        "difficulty": _("Difficulty"),
        "length": _("Length"),
    }


def value_words(kind: str, value: str) -> str:
    """Return the words for a value of one of `KINDS`."""
    said = {
        ("level", NONE): _("no incident"),
        ("archetype", NONE): _("none, written by hand"),
        ("difficulty", NONE): _("not stated"),
        ("length", "short"): _("short"),
        ("length", "medium"): _("medium"),
        ("length", "long"): _("long"),
    }
    return language_name(value) if kind == "language" else said.get((kind, value), value)


def choices(cards: "Sequence[ScenarioCard]", chosen: Filter) -> list[tuple[str, str]]:
    """Return what can be asked for, as (`kind/value`, title) pairs; `ALL` comes first where anything is asked for now.

    A title says how many scenarios would be left, and is marked where it is asked for now.
    """
    kinds = kind_words()
    offered = [] if chosen.empty else [(ALL, _("Everything: ask for nothing"))]
    for kind in chosen.kinds:
        counts: dict[str, int] = {}
        for card in cards:
            for value in values(kind, card):
                counts[value] = counts.get(value, 0) + chosen.passes(card, but=kind)
        for value in sorted(counts, key=lambda one: _rank(kind, one)):
            here = chosen.picked.get(kind) == value
            title = _("{kind}: {value} ({count})").format(
                kind=kinds[kind], value=value_words(kind, value), count=counts[value]
            )
            offered.append((f"{kind}/{value}", f"{'✓' if here else ' '} {title}"))
    return offered


def _rank(kind: str, value: str) -> tuple[int, str]:
    order = ("short", "medium", "long") if kind == "length" else ()
    return (order.index(value) if value in order else value == NONE, value)


def _searched(card: "ScenarioCard", *, revealed: bool) -> str:
    texts = [
        card.title,
        card.summary,
        card.organisation,
        *card.objectives,
        *(card.hidden_objectives if revealed else ()),
    ]
    said = [word for text in texts for word in (text.en, text.zh)]
    given_away = [card.id, *card.tags] if revealed else []
    return " ".join([card.playbook, *given_away, *said]).casefold()
