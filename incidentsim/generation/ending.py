"""What a generated exercise is for, and how it ought to end when everybody does it right."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Text

_FOR_PARTICIPANTS: Final = (
    (
        "raises",
        Text(
            "Report what comes to notice at once, with what is known and what is not.",
            "发现异常立即报告，讲清已知什么、未知什么。",
        ),
    ),
    (
        "shows",
        Text(
            "Judge and grade on evidence, and say what each judgement rests on.",
            "凭证据判断和定级，写明每项判断的依据。",
        ),
    ),
)
"""The objectives of every story, and what an inject has that puts them to the test: being the same for each, they give
nothing of any of them away."""


def expectations(playbook: Playbook, incident: str, flags: Mapping[str, bool], level: int) -> list[dict[str, Any]]:
    """Return the expectations of a scenario file about an incident: its final state on the main track and its level.

    The state is left out where the playbook leaves more than one way for this truth; the level is `none` for a false
    alarm.
    """
    track = playbook.main_track
    found: list[dict[str, Any]] = []
    end = _end(playbook, flags)
    if end is not None:
        found.append({"incident": incident, "track": track.id, "ends_in": end})
    if not any(step.sets_level is not None for one in playbook.tracks.values() for step in one.steps):
        return found  # nobody sets a level
    return [*found, {"incident": incident, "ends_at_level": level if flags["incident"] else "none"}]


def _end(playbook: Playbook, flags: Mapping[str, bool]) -> str | None:
    """The final state that the straight way of the main track leads to for this truth, as far as that is certain."""
    track = playbook.main_track
    here, been = track.initial, {track.initial}
    while True:
        targets = {
            step.target
            for step in track.steps
            if here in step.sources
            and step.target is not None
            and step.target not in been
            and not step.detour
            and all(flags.get(flag, False) == wanted for flag, wanted in step.fits.items())
        }
        if len(targets) != 1:
            return here if track.states[here].final and not targets else None
        here = next(iter(targets))
        been.add(here)


def for_participants(injects: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The objectives that participants may read, each with the injects of the story that put it to the test."""
    tested = [(words, [one["id"] for one in injects if one.get(key)]) for key, words in _FOR_PARTICIPANTS]
    return [
        {"en": words.en, "zh": words.zh, "tested_by": names, "for_participants": True}
        for words, names in tested
        if names
    ]
