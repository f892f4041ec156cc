"""How long people at a table need: an estimate that rests on the assumptions named here, not on measurements.

Simulated time is what passes in the story. People at a table take their time for something else: they read or hear
what comes, and they talk before they decide.
"""

from collections.abc import Iterable
from typing import Final

from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.kernel.sim_time import MINUTE

WORDS_A_MINUTE: Final = 180
"""Assumption: English read aloud, at the pace of somebody who wants to be understood."""
CHARACTERS_A_MINUTE: Final = 240
"""Assumption: the same in Chinese, in characters."""
MINUTES_A_DECISION: Final = 4
"""Assumption: looking at the situation, a word with the others, and entering the decision."""

_HAN: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def count(text: str) -> tuple[int, int]:
    """Count the Chinese characters, and the words in other scripts, that somebody has to read; in this order."""
    characters = sum(map(_is_han, text))
    rest = "".join(" " if _is_han(one) else one for one in text)
    return characters, sum(any(map(str.isalnum, word)) for word in rest.split())


def _is_han(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _HAN)


def reading_time(texts: Iterable[Text | None], language: Language) -> int:
    """Estimate how long (ms) these texts take to read in `language`; a foreign word at the pace of its script."""
    characters = words = 0
    for text in texts:
        if text is not None:
            more = count(text.say(language))
            characters, words = characters + more[0], words + more[1]
    return characters * MINUTE // CHARACTERS_A_MINUTE + words * MINUTE // WORDS_A_MINUTE


def briefing(scenario: Scenario) -> list[Text | None]:
    """Return the texts that are read before anything happens; `None` stands for one that the scenario leaves out."""
    organisation = scenario.organisation
    objectives = [objective.text for objective in scenario.objectives]
    return [scenario.title, scenario.summary, organisation.name, organisation.about, *objectives]


def deciding_time(decisions: int) -> int:
    """Estimate how long (ms) people need for so many decisions."""
    return decisions * MINUTES_A_DECISION * MINUTE
