"""Shipped scenarios with a mark in whatever somebody must not see, or not yet; and what may be seen of it by now.

What may be seen is reckoned here from the facts alone, and by nothing that the program decides it by.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from incidentsim.domain.facts import InjectDelivered, StepTaken
from incidentsim.domain.scenario import ExerciseObjective, Incident, Inject, Scenario
from incidentsim.domain.text import Text
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.session.course import Course
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.session import Session
from incidentsim.session.workspace import Workspace
from tests.support.shipped import procedure, scenario

MARK: Final = re.compile(r"canary-[a-z]+-\w+(?:-\w+)*?~")
FIGURE: Final = 907
"""Added to every measured value of the truth, so that it is no figure of the story."""
_TELLING: Final = 9
"""So long, the id of an inject is no word that may stand anywhere by chance."""


def mark(what: str, name: str) -> str:
    """The mark in a text of this kind, of whatever has this name."""
    return f"canary-{what}-{name}~"


def _marked(text: Text | None, what: str, name: str) -> Text:
    """The text behind its mark, which so stands even where only its beginning is shown."""
    words = text or Text("", "")
    return Text(f"{mark(what, name)} {words.en}", f"{mark(what, name)} {words.zh}")


@cache
def planted(name: str) -> Scenario:
    """A shipped scenario with its marks."""
    known = scenario(name)
    return replace(
        known,
        incidents={one.id: _incident(one) for one in known.incidents.values()},
        injects=tuple(_inject(inject) for inject in known.injects),
        objectives=(*known.objectives, ExerciseObjective(_marked(None, "objective", "x"))),
        script=(),
        asides=(),
    )


def _incident(incident: Incident) -> Incident:
    truth, name = incident.truth, incident.id
    return replace(
        incident,
        title=_marked(incident.title, "title", name),
        truth=replace(
            truth,
            why={measure: value + FIGURE if value > 1 else value for measure, value in truth.why.items()},
            cause=mark("cause", name),
            root_cause=_marked(truth.root_cause, "root", name),
            scope=_marked(truth.scope, "scope", name),
            loss=_marked(truth.loss, "loss", name),
            notes=(*(_marked(note, "note", name) for note in truth.notes), _marked(None, "note", name)),
        ),
    )


def _inject(inject: Inject) -> Inject:
    return replace(
        inject,
        subject=None if inject.subject is None else _marked(inject.subject, "inject", inject.id),
        body=_marked(inject.body, "inject", inject.id),
        hint=_marked(inject.hint, "hint", inject.id),
    )


def session_with_canaries(name: str, roles: Collection[str], mode: Mode = "solo") -> Session:
    """A session of a planted scenario, off the record, in which these roles are played."""
    subject = planted(name)
    playbook = procedure(subject.playbook)
    seats = Seats(holders(playbook, subject, tuple(roles)), mode)
    course = Course(Exercise(_compiled(playbook.id), subject), bots=True, seats=seats)
    course.add(course.exercise.begin())
    return Session(None, course, None, Workspace(None, None), lambda: None)


@cache
def _compiled(playbook: str) -> CompiledPlaybook:
    return CompiledPlaybook(procedure(playbook))


def leaks(session: Session, people: Collection[str], shown: str) -> list[str]:
    """What these people (pseudonyms) may not see by now and is there in what they were shown."""
    if session.ended:
        return []
    may, subject = set(_reached(session, people)), session.exercise.scenario
    allowed = {mark("inject", name) for name in may} | {mark("title", name) for name in _judged(session)}
    found = [known for known in dict.fromkeys(MARK.findall(shown)) if known not in allowed]
    found += [one.id for one in subject.injects if len(one.id) >= _TELLING and one.id not in may and one.id in shown]
    for incident in subject.incidents.values():
        figures = [value for value in incident.truth.why.values() if value % 1000 == FIGURE % 1000]
        found += [str(value) for value in figures if str(value) in shown or f"{value:,}" in shown]
    return found


def _reached(session: Session, people: Collection[str]) -> Iterator[str]:
    """The injects that reached these people, or that a message quoted that did."""
    for fact in session.facts:
        if isinstance(fact, InjectDelivered):
            if set(people) & set(fact.to):
                yield fact.inject
        elif set(people) & {*getattr(fact, "persons", ()), *getattr(fact, "absent", ()), _sender(fact)}:
            yield from getattr(fact, "injects", ())


def _sender(fact: object) -> str:
    by = getattr(fact, "by", None)
    return by.person if by is not None else ""


def _judged(session: Session) -> Iterator[str]:
    """The incidents that somebody judged to be one."""
    tracks = session.exercise.playbook.tracks.values()
    judging = {step.do for track in tracks for step in track.steps if step.fits.get("incident")}
    for fact in session.facts:
        if isinstance(fact, StepTaken) and fact.do in judging:
            yield fact.incident
