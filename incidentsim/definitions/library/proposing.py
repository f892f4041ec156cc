"""What the rules of a playbook seem to mean: lines to be accepted or not, each with its reason. Nothing reads them.

A proposal rests on what a step does (it grades, it judges whether this is an incident) or on words in the id and title
of a rule. Only words that the field uses for one thing are taken; where two meanings fit, the more particular one is
proposed.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, TypeVar

from incidentsim.definitions.playbook.filling.words import TRACK
from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
)
from incidentsim.domain.meanings.finding import steps_that_mean
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _

RULE: Final = "meaning"
"""The rule by which proposals, and meanings that nothing has, are noted."""

_FEW: Final = 10
"""So many meanings are named in one note."""


_PARTS: Final[Mapping[str, tuple[str, type[StrEnum]]]] = {
    "roles": ("roles", RoleMeaning),
    "bodies": ("teams", TeamMeaning),
    "measures": ("measures", MeasureMeaning),
    "channels": ("channels", ChannelMeaning),
    "judgements": ("judgements", JudgementMeaning),
    "circumstances": ("circumstances", CircumstanceMeaning),
}
"""The parts of a playbook whose rules mean something beside its steps: where their words stand, and their terms."""

_M = TypeVar("_M", bound=StrEnum)


@cache
def _words(part: str, terms: type[_M]) -> tuple[tuple[_M, re.Pattern[str]], ...]:
    """The words by which rules of a kind are called, in the order of their file: the more particular meaning first."""
    file = files("incidentsim") / "glossary" / "meanings.yaml"
    written = read_yaml(file.read_bytes(), "glossary/meanings.yaml").value[part]
    return tuple((terms(term), re.compile("|".join(words))) for term, words in written.items())


def proposals(playbook: Playbook, document: Document) -> list[Problem]:
    """The `means` lines that could be added to a playbook, each with its reason: of its steps first, then of its parts.

    The steps and the parts of each kind stand in the order of the file.
    """
    noted = [
        document.problem(
            path, _("Proposed: means: {meaning}, because {reason}.").format(meaning=meaning, reason=reason)
        )
        for meaning, reason, path in (*_of_steps(playbook, document), *_of_parts(playbook, document))
    ]
    return _of_the_rule(noted)


def _of_steps(playbook: Playbook, document: Document) -> Iterator[tuple[str, str, Path]]:
    for step, path in _steps(playbook, document):
        if not step.means and not step.automatic:
            for meaning, reason in _proposed(step):
                grades = step.sets_level is not None and meaning not in (StepMeaning.GRADE, StepMeaning.REGRADE)
                yield (f"[{meaning}, {StepMeaning.GRADE}]" if grades else meaning), reason, path


def _of_parts(playbook: Playbook, document: Document) -> Iterator[tuple[str, str, Path]]:
    """Proposals for what is no step: roles, bodies, measures, channels, judgements, circumstances."""
    written = {part: _silent(document.value.get(part, {})) for part in _PARTS}
    for part, (words, terms) in _PARTS.items():
        for name, (title, means) in _titles(playbook, part).items():
            if name in written[part] and not means:
                fitting = (meaning for meaning in _called(words, terms, name, title) if _fits(playbook, name, meaning))
                for meaning in islice(fitting, 1):
                    yield meaning, _is_called(title), (part, name)


def _silent(written: object) -> set[str]:
    """The rules in a part of a file that say nothing of what they mean."""
    parts = written if isinstance(written, dict) else {}
    return {name for name, rule in parts.items() if not (isinstance(rule, dict) and "means" in rule)}


def _titles(playbook: Playbook, part: str) -> dict[str, tuple[Text, tuple[StrEnum, ...]]]:
    """What each rule of a part of the playbook is called, and what it means by its id."""
    match part:
        case "channels":
            means = playbook.channel_means
            return {name: (title, means.get(name, ())) for name, title in playbook.channels.items()}
        case "roles":
            return {name: (role.title, role.means) for name, role in playbook.roles.items()}
        case "bodies":
            return {name: (body.title, body.means) for name, body in playbook.bodies.items()}
        case "measures":
            return {name: (measure.title, measure.means) for name, measure in playbook.measures.items()}
        case "judgements":
            return {name: (judged.title, judged.means) for name, judged in playbook.judgements.items()}
        case _:
            return {name: (arising.title, arising.means) for name, arising in playbook.circumstances.items()}


def _fits(playbook: Playbook, name: str, meaning: StrEnum) -> bool:
    """Whether a measure is in the unit of what it seems to mean; anything else fits."""
    return not isinstance(meaning, MeasureMeaning) or meaning.unit == playbook.measures[name].unit


def _called(part: str, terms: type[_M], name: str, title: Text) -> Iterator[_M]:
    """The meanings whose words stand in an id or a title, the more particular first."""
    said = " ".join((name.replace("_", " ").replace("-", " "), *title.by_language().values())).lower()
    return (meaning for meaning, words in _words(part, terms) if words.search(said))


def _is_called(title: Text) -> str:
    return _("it is called “{words}”").format(words=next(iter(title.by_language().values())))


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
    for name, track in (document.value.get("tracks") or {TRACK: document.value}).items():
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
    meaning = next(_called("steps", StepMeaning, step.do, step.title), None)
    lawful = {True: StepMeaning.FIND_UNLAWFUL, False: StepMeaning.FIND_LAWFUL}
    if meaning is not None:
        yield meaning, _is_called(step.title)
    elif fits is True:
        yield StepMeaning.DECLARE, _("it is right only where it is an incident (fits)")
    elif step.sets_level is not None:
        yield StepMeaning.REGRADE if step.detour else StepMeaning.GRADE, _("it sets the level")
    elif "unlawful" in step.fits:
        yield lawful[step.fits["unlawful"]], _("it rests on whether it is unlawful (fits)")
