"""What the story shows against what is true: truths without evidence, falsehoods left standing, levels it contradicts.

Evidence counts where it comes as the story is meant to go: in the experts' play or in the script's. What is shown only
to those who made a mistake supports nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Incident, Inject, Shown, Truth
from incidentsim.exercise.quality.finding import Finding, Path
from incidentsim.exercise.quality.plays import Play
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of evidence: where it stands, the inject it is part of, and what it shows."""

    inject: Inject
    path: Path
    shown: Shown


def findings(story: Story) -> Iterator[Finding]:
    """Everything about the evidence of every incident."""
    pieces: dict[str, list[_Piece]] = {name: [] for name in story.scenario.incidents}
    for inject in story.scenario.injects:
        for number, shown in enumerate(inject.shows):
            if inject.incident in pieces:
                pieces[inject.incident].append(_Piece(inject, (*story.path(inject), "shows", number), shown))
    for incident in story.scenario.incidents.values():
        of_it = pieces[incident.id]
        false = [one for one in of_it if not _holds(story.playbook, incident.truth, one.shown)]
        seen = {one.path for play in story.plays.proper() for one in of_it if one.inject.id in play.came}
        reliable = [one for one in of_it if one.path in seen and one not in false]
        unsupported = list(_unsupported(incident, reliable))
        uncorrected = list(_uncorrected(story, of_it, false))
        yield from unsupported
        yield from uncorrected
        if not unsupported and not uncorrected:
            yield from _level(story, incident, of_it)
        yield from _too_late(story, incident, of_it)


def _unsupported(incident: Incident, reliable: list[_Piece]) -> Iterator[Finding]:
    truth = incident.truth
    path: Path = ("incidents", incident.id, "truth")
    shown = {(one.shown.kind, one.shown.name) for one in reliable}
    for number, name in enumerate(truth.why):
        if ("measure", name) not in shown:
            message = _("No inject that comes for certain shows the true value of {name}, which the level rests on.")
            yield Finding((*path, "why", number), "unsupported-truth", message.format(name=name))
    for flag, value in truth.flags.items():
        if ("flag", flag) in shown or not (value or flag == "incident"):
            continue
        if flag == "incident" and value and shown:
            continue  # whatever is shown to be true about an incident shows that it is one
        at = (*path, flag) if flag in ("incident", "unlawful") else (*path, "flags", flag)
        message = _("No inject that comes for certain shows that {flag} is {value} here.")
        yield Finding(at, "unsupported-truth", message.format(flag=flag, value="true" if value else "false"))


def _holds(playbook: Playbook, truth: Truth, shown: Shown) -> bool:
    """Whether what is shown is true, or the truth says nothing about it.

    A duration goes on after it was told; a shorter one is true so far if it makes the same level.
    """
    if shown.kind == "flag":
        return bool(shown.value) == truth.flags.get(shown.name, False)
    real = truth.why.get(shown.name, shown.value)
    if shown.value < real and playbook.measures[shown.name].unit == "duration":
        return playbook.judged_level({shown.name: shown.value}) == playbook.judged_level({shown.name: real})
    return shown.value == real


def _uncorrected(story: Story, pieces: list[_Piece], false: list[_Piece]) -> Iterator[Finding]:
    """False evidence after which nothing in any trial play shows the truth."""
    for piece in false:
        right = [
            one.inject.id
            for one in pieces
            if one not in false and (one.shown.kind, one.shown.name) == (piece.shown.kind, piece.shown.name)
        ]
        if not _is_corrected(story, piece, right):
            message = _(
                "What the inject {inject} shows of {name} is false, and no inject that comes later corrects it."
            )
            message = message.format(inject=piece.inject.id, name=piece.shown.name)
            yield Finding(piece.path, "uncorrected-evidence", message)


def _is_corrected(story: Story, piece: _Piece, right: list[str]) -> bool:
    if not right:
        return False
    for play in story.plays.proper():
        if piece.inject.id in play.came and not _follows(play, piece.inject.id, right):
            return False
    if any(piece.inject.id in play.came for play in story.plays.proper()):
        return True
    came = [play for play in story.plays.all() if piece.inject.id in play.came]
    return not came or any(_follows(play, piece.inject.id, right) for play in came)


def _follows(play: Play, inject: str, right: list[str]) -> bool:
    return any(play.came.get(one, -1) > play.came[inject] for one in right)


def _level(story: Story, incident: Incident, pieces: list[_Piece]) -> Iterator[Finding]:
    """The level that everything shown makes in the end must be the right one."""
    truth = incident.truth
    if truth.level is None or not (truth.why or any(one.shown.kind == "measure" for one in pieces)):
        return  # a level that is stated without measured values is contradicted by none
    for play in story.plays.proper():
        shown = _last_shown(play, pieces)
        judged = story.playbook.judged_level({**truth.why, **shown})
        if judged != truth.level:
            path = ("incidents", incident.id, "truth", "level")
            message = _("All that the injects show in the end makes level {judged} by the playbook, not {level}.")
            judged_text = _("none") if judged is None else str(judged)
            yield Finding(path, "contradicted-level", message.format(judged=judged_text, level=truth.level))
            return


def _last_shown(play: Play, pieces: list[_Piece], before: int | None = None) -> Mapping[str, int]:
    """The last value shown of each measure in a play; `before` is the number of a fact to stop at."""
    came = [(play.came[one.inject.id], one) for one in pieces if one.inject.id in play.came]
    came.sort(key=lambda found: found[0])
    return {
        one.shown.name: one.shown.value
        for number, one in came
        if one.shown.kind == "measure" and (before is None or number < before)
    }


def _too_late(story: Story, incident: Incident, pieces: list[_Piece]) -> Iterator[Finding]:
    """Evidence that changes the level when nobody can grade any more."""
    if incident.truth.level is None:
        return
    play = story.plays.expert
    for inject in dict.fromkeys(one.inject for one in pieces if one.shown.kind == "measure"):
        number = play.came.get(inject.id)
        if number is None:
            continue
        earlier = _last_shown(play, pieces, number)
        now = {**earlier, **{one.shown.name: one.shown.value for one in pieces if one.inject.id == inject.id}}
        was, judged = story.playbook.judged_level(earlier), story.playbook.judged_level(now)
        if not earlier or was == judged or _can_still_grade(story, play, number, incident.id):
            continue
        message = _("The inject {inject} changes the level from {was} to {judged} when nobody can grade any more.")
        path = (*story.path(inject), "shows")
        yield Finding(path, "contradicted-level", message.format(inject=inject.id, was=was, judged=judged))


def _can_still_grade(story: Story, play: Play, number: int, incident: str) -> bool:
    standing = play.tracks_before(number, story.playbook, incident)
    for track in story.playbook.tracks.values():
        reached = {standing[track.id]}
        growing = True
        while growing:
            further = {step.target for step in track.steps if step.target and reached.intersection(step.sources)}
            growing = not further <= reached
            reached |= further
        if any(step.sets_level and reached.intersection(step.sources) for step in track.steps):
            return True
    return False
