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
_HEADS: Final[Mapping[Language, str]] = {
    "en": "                    # the most severe first; one threshold is enough, and the last is for all else",
    "zh": "                    # 最严重者在先；达到任一阈值即为该级，最后一级适用于其余情况",
}
_UNGRADED: Final[Mapping[Language, str]] = {
    "en": " []                # incidents are not graded; a list of names and thresholds would grade them",
    "zh": " []                # 不定级；需要定级时，列出各级名称和阈值",
}
_GRADING: Final[Mapping[Language, str]] = {"en": " and grade it", "zh": "并定级"}
_REGRADE_TITLE: Final[Mapping[Language, str]] = {"en": "Change the level", "zh": "调整级别"}
_DETOUR: Final[Mapping[Language, str]] = {"en": "not on the straight way through", "zh": "不在主线上"}


def new_playbook(name: str, levels: int, language: Language) -> dict[str, bytes]:
    """The files of a new procedure, by their paths within its folder, which is called as the procedure.

    Args:
        name: the playbook's id.
        levels: how many levels it has, 0 to `MOST_LEVELS`; with none, incidents are not graded.
        language: the language it is written in.
    """
    limits = ", ".join(f"{n}: {format_duration(_FIRST_LIMIT * 2 ** (n - 1))}" for n in range(1, levels + 1))
    severe = max(levels - 1, 1)
    listed = "".join(f"\n{_level(n, levels, language)}" for n in range(1, levels + 1))
    words = {
        "ID": name,
        "FOLDER": name,
        "LEVELS": f"{_HEADS[language]}{listed}" if levels else _UNGRADED[language],
        "GRADING": _GRADING[language] if levels else "",
        "LEVEL": "level, " if levels else "",
        "REGRADE": _regrade(language) if levels else "",
        "CONTAIN": f"{{{limits}}}" if levels else format_duration(_FIRST_LIMIT),
        "DUE": f"{{level_at_least: {severe}}}" if levels else "{happened: {do: declare}}",
        "TRUELEVEL": f"      level: {severe}\n" if levels else "",
        "GIVEN": f"level: {severe}, " if levels else "",
        "ENDS": f"  - {{incident: outage, ends_at_level: {severe}}}\n" if levels else "",
        "TRUTH": format_duration(_TRUTH),
        "TRUTHWORDS": _TRUTH_WORDS[language],
    }
    return {
        "playbook.yaml": _filled(f"playbook.{language}.yaml", words),
        "scenarios/first.yaml": _filled(f"scenario.{language}.yaml", words),
    }


def _regrade(language: Language) -> str:
    """The step that grades anew, as lines of the file."""
    start = f"  - {{do: regrade, title: {_REGRADE_TITLE[language]}, from: [confirmed, contained, restored], to: same,"
    rest = 'by: [coordinator], asks: [level, reasons], detour: true, at: "2.4"}'
    return f"{start}\n     {rest}   # {_DETOUR[language]}\n"


def _level(number: int, levels: int, language: Language) -> str:
    name = _NAMES[language].format(n=number)
    steps = levels - 1 - number
    if steps < 0:
        return f"  - {{name: {name}}}"
    down, affected = format_duration(_FIRST_DOWN * 2**steps), _FIRST_AFFECTED * 10**steps
    return f"  - {{name: {name}, when: {{users_affected: {affected}, full_outage: {down}}}}}"


def _filled(file: str, words: Mapping[str, str]) -> bytes:
    text = (files("incidentsim") / "scaffold" / file).read_text(encoding="utf-8")
    for name, value in words.items():
        text = text.replace(f"#__{name}__\n", value)  # whole lines, which there may be none of
        text = text.replace(f" __{name}__" if value.startswith("  ") else f"__{name}__", value)
    return text.encode()
