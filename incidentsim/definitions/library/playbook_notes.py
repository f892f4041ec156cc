"""What `check` says about a valid playbook beside problems: what is of no use in it, and what bots met with in play."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from incidentsim.definitions.library.files import head_of, read_bytes
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.answers import misspelt_answers
from incidentsim.definitions.playbook.empty_rules import empty_rules
from incidentsim.definitions.playbook.unused import unused
from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.errors import InputError
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.meanings.finding import steps_that_mean
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.walkthrough.findings import Finding

PLAY: Final = "play"
"""The rule by which is noted what bots met with in their plays: it is no proof."""
CIRCLE: Final = "circle"
"""The rule by which circles are noted that nobody leaves: bots had to be stopped in them."""
UNUSED: Final = "unused"
"""The rule by which names are noted that nothing uses."""
EMPTY: Final = "empty"
"""The rule by which is noted what says nothing."""
ANSWER: Final = "answer"
"""The rule by which answers are noted that are spelt in two ways."""
MEANING: Final = "meaning"
"""The rule by which meanings are noted that nothing has."""

_FEW: Final = 5
"""So many meanings are named where they are not asked for."""


def no_use(document: Document, playbook: Playbook, library: Library) -> list[Problem]:
    """Note what a playbook declares and nothing uses, and what in it says nothing, in the order of the file."""
    names = [
        (path, message)
        for path, message in unused(document.value)
        if path[0] != "channels" or not _spoken_of(str(path[1]), playbook, library)
    ]
    notes = [*_of(UNUSED, document, names, key=True), *_of(EMPTY, document, empty_rules(document.value), key=True)]
    notes += _of(ANSWER, document, misspelt_answers(playbook), key=True)
    return sorted(notes, key=lambda problem: (problem.line, problem.column))


def played(document: Document, playbook: Playbook) -> list[Problem]:
    """Note what bots met with, playing the procedure once for each level and each truth, in the order of the file."""
    from incidentsim.exercise.walkthrough.findings import walk_through  # it plays, which nothing else here needs

    places = _Places(document.value, playbook)
    found = walk_through(playbook)
    circles = [(places.of(one), one.message) for one in found if one.circle]
    notes = [(places.of(one), one.message) for one in found if not one.circle]
    problems = [*_of(CIRCLE, document, circles), *_of(PLAY, document, notes)]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def unclaimed_in_brief(document: Document, playbook: Playbook) -> list[Problem]:
    """One note of the meanings that no step has; none where every one is had."""
    missing = [meaning for meaning in StepMeaning if not steps_that_mean(playbook, meaning)]
    if not missing:
        return []
    message = _(
        "No step means {meanings}; what rests on these is not looked for in its runs. check --propose says more."
    )
    if len(missing) > _FEW:
        message = _(
            "No step means {meanings} and {count} more; what rests on these is not looked for in its runs. "
            "check --propose says more."
        )
    said = message.format(meanings=_(", ").join(missing[:_FEW]), count=len(missing) - _FEW)
    return _of(MEANING, document, [(("tracks",), said)], key=True)


def _of(rule: str, document: Document, notes: Iterable[tuple[Path, str]], *, key: bool = False) -> list[Problem]:
    return [replace(document.problem(path, message, key=key), rule=rule) for path, message in notes]


def _spoken_of(channel: str, playbook: Playbook, library: Library) -> bool:
    """Whether some scenario for a playbook that is known here names the channel."""
    word = re.compile(rf"\b{re.escape(channel)}\b".encode())
    for path in library.scenarios.values():
        try:
            data = read_bytes(path)
            if word.search(data) and head_of(data, str(path)).playbook == playbook.id:
                return True
        except InputError:
            continue  # a scenario that cannot be read is told where it is checked
    return False


class _Places:
    """Where the things that plays are about stand in the file; a notice stands for its track and its duty."""

    def __init__(self, value: Any, playbook: Playbook) -> None:  # noqa: ANN401 - plain data
        notices = {f"notice_{name}" for name in value.get("notices") or {}}
        self._steps = {
            track.id: [step.do for step in track.steps] for track in playbook.tracks.values() if track.id not in notices
        }
        written = list(playbook.duties)[: len(value.get("duties") or [])]  # those of the notices are the last
        self._duties = {duty: index for index, duty in enumerate(written)}

    def of(self, finding: "Finding") -> Path:
        """The path of what a finding is about."""
        if finding.duty is not None:
            if finding.duty in self._duties:
                return ("duties", self._duties[finding.duty], "id")
            return ("notices", finding.duty.removeprefix("notify_"))
        track = finding.track or ""
        if track not in self._steps:
            return ("notices", track.removeprefix("notice_"))
        if finding.do is not None:
            steps = self._steps[track]
            index = steps.index(finding.do) if finding.do in steps else 0
            return ("tracks", track, "steps", index, "do")
        return ("tracks", track, "states", finding.state or "")
