"""A procedure to begin with: a folder with a playbook and a scenario for it, which hold and can be played at once."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.domain.text import Language

MOST_LEVELS: Final = 9
_MINUTE: Final = 60_000
_FIRST_DOWN: Final = 30 * _MINUTE
"""So long (ms) the service has to be down for the mildest level with a threshold; each more severe one doubles it."""
_FIRST_AFFECTED: Final = 100
"""So many people have to be affected for it; each more severe level takes ten times as many."""
_FIRST_LIMIT: Final = 240 * _MINUTE
"""The time (ms) to contain an incident of level 1; each milder level doubles it."""
_TRUTH: Final = 40 * _MINUTE
"""How long (ms) the service is down in the first scenario: the mildest level with a threshold."""
_TRUTH_WORDS: Final[Mapping[Language, str]] = {"en": "40 minutes", "zh": "40 分钟"}
_NAMES: Final[Mapping[Language, str]] = {"en": "Level {n}", "zh": "{n} 级"}


def new_playbook(name: str, levels: int, language: Language) -> dict[str, bytes]:
    """The files of a new procedure, by their paths within its folder, which is called as the procedure.

    Args:
        name: the playbook's id.
        levels: how many levels it has, 1 to `MOST_LEVELS`.
        language: the language it is written in.
    """
    tested = levels - 1
    limits = ", ".join(f"{n}: {format_duration(_FIRST_LIMIT * 2 ** (n - 1))}" for n in range(1, levels + 1))
    words = {
        "ID": name,
        "FOLDER": name,
        "LEVELS": "".join(f"\n{_level(n, levels, language)}" for n in range(1, levels + 1)),
        "CONTAIN": limits,
        "SEVERE": str(max(tested, 1)),
        "TRUTH": format_duration(_TRUTH),
        "TRUTHWORDS": _TRUTH_WORDS[language],
    }
    return {
        "playbook.yaml": _filled(f"playbook.{language}.yaml", words),
        "scenarios/first.yaml": _filled(f"scenario.{language}.yaml", words),
    }


def _level(number: int, levels: int, language: Language) -> str:
    name = _NAMES[language].format(n=number)
    steps = levels - 1 - number
    if steps < 0:
        return f"  {number}: {{name: {name}, basis: assumption}}"
    down, affected = format_duration(_FIRST_DOWN * 2**steps), _FIRST_AFFECTED * 10**steps
    tests = f"[{{measure: people_affected, at_least: {affected}}}, {{measure: service_down, at_least: {down}}}]"
    return f"  {number}:\n    name: {name}\n    when: {{any: {tests}}}\n    basis: assumption"


def _filled(file: str, words: Mapping[str, str]) -> bytes:
    text = (files("incidentsim") / "scaffold" / file).read_text(encoding="utf-8")
    for name, value in words.items():
        text = text.replace(f" __{name}__", value) if value.startswith("\n") else text.replace(f"__{name}__", value)
    return text.encode()
