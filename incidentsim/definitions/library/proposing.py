"""What the steps of a playbook seem to mean: lines to be accepted or not, each with its reason. Nothing reads them.

A proposal rests on what a step does (it grades, it judges whether this is an incident) or on words in its id and title.
Only words that the field uses for one thing are taken; where two meanings fit, the more particular one is proposed.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exercise.controls.asked import steps_that_mean
from incidentsim.messages import gettext as _

RULE: Final = "meaning"
"""The rule by which proposals, and meanings that nothing has, are noted."""

_FEW: Final = 10
"""So many meanings are named in one note."""


@cache
def _words() -> tuple[tuple[StepMeaning, re.Pattern[str]], ...]:
    """The words by which steps are called, in the order of their file: the more particular meaning first."""
    file = files("incidentsim") / "glossary" / "meanings.yaml"
    written = read_yaml(file.read_bytes(), "glossary/meanings.yaml").value["words"]
    return tuple((StepMeaning(term), re.compile("|".join(words))) for term, words in written.items())


def proposals(playbook: Playbook, document: Document) -> list[Problem]:
    """The `means` lines that could be added to a playbook, each with its reason, in the order of the file."""
    noted = [
        document.problem(
            path, _("Proposed: means: {meaning}, because {reason}.").format(meaning=meaning, reason=reason)
        )
        for step, path in _steps(playbook, document)
        if not step.means and not step.automatic
        for meaning, reason in _proposed(step)
    ]
    return _of_the_rule(noted)


def unclaimed(playbook: Playbook, document: Document) -> list[Problem]:
    """Notes of the meanings that no step has: what rests on them alone is not looked for in a run."""
    missing = [meaning for meaning in StepMeaning if not steps_that_mean(playbook, meaning)]
    message = _("No step means {meanings}; what rests on these is not looked for in its runs.")
    return _of_the_rule(
        [
            document.problem(
                ("tracks",), message.format(meanings=_(", ").join(missing[first : first + _FEW])), key=True
            )
            for first in range(0, len(missing), _FEW)
        ]
    )


def _of_the_rule(problems: list[Problem]) -> list[Problem]:
    return [Problem(one.file, one.line, one.column, one.path, one.message, RULE) for one in problems]


def _steps(playbook: Playbook, document: Document) -> Iterator[tuple[Step, Path]]:
    """Each step that somebody takes, once by its id, and where it stands: in a track, or as a notice."""
    seen: set[str] = set()
    for name, track in document.value.get("tracks", {}).items():
        for step, (index, written) in zip(playbook.tracks[name].steps, enumerate(track["steps"]), strict=True):
            if step.do not in seen and "means" not in written:
                yield step, ("tracks", name, "steps", index)
            seen.add(step.do)
    for name, written in document.value.get("notices", {}).items():
        notify = [step for step in playbook.tracks[f"notice_{name}"].steps if step.do == f"notify_{name}"]
        if "means" not in written:
            yield from ((step, ("notices", name)) for step in notify[:1])


def _proposed(step: Step) -> Iterator[tuple[StepMeaning, str]]:
    """The one meaning that a step most likely has, and why; none where nothing says so."""
    fits = step.fits.get("incident")
    if fits is False:
        yield StepMeaning.DISMISS, _("it is right only where it is no incident (fits)")
        return
    said = " ".join((step.do.replace("_", " ").replace("-", " "), *step.title.by_language().values())).lower()
    for meaning, words in _words():
        if words.search(said):
            yield meaning, _("it is called “{words}”").format(words=next(iter(step.title.by_language().values())))
            return
    if fits is True:
        yield StepMeaning.DECLARE, _("it is right only where it is an incident (fits)")
    elif step.sets_level is not None:
        yield StepMeaning.GRADE, _("it sets the level")
