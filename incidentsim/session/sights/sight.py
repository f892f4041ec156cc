"""What one viewer may see of a session: its facts, its scenario and what its incidents are called, kept up to date.

Whatever tells a session to people is made of this and of nothing else, so that what is not here can be told nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from incidentsim.domain.facts import AnchorReached, ContentValue, Fact, Refused, SetAside, StepTaken
from incidentsim.domain.references import WITHHELD, references_of, references_value
from incidentsim.domain.scenario import Incident, Inject, Person, Scenario, Truth
from incidentsim.domain.text import FreeText, Text
from incidentsim.session.course import told
from incidentsim.session.session import Session
from incidentsim.session.sights.working_titles import is_judged, judging_steps, working_title
from incidentsim.session.views import at_keyboard
from incidentsim.session.visibility import Reached, Standing, Viewer, seen


def viewer_at(session: Session) -> Viewer:
    """Return the viewer at the keyboard of a session: a participant, or an observer where nobody is played."""
    return viewer_of(session, at_keyboard(session))


def viewer_of(session: Session, people: Sequence[Person]) -> Viewer:
    """Return the viewer of a session who plays these people; an observer where there are none."""
    exercise = session.exercise
    if not people:
        return Viewer(Standing.OBSERVER, over=session.ended)
    roles = {role for person in people for role in exercise.roster.roles_of(person)}
    bodies = {body.id for body in exercise.playbook.bodies.values() if roles & set(body.roles)}
    return Viewer(
        Standing.PARTICIPANT, frozenset(one.pseudonym for one in people), frozenset(roles | bodies), session.ended
    )


_UNKNOWN: Final = Truth(incident=False, level=None, why={}, flags={}, cause="")
"""Stands in place of the truth."""


class Sight:
    """One session as a viewer may see it. `follow` takes in what has happened since.

    Attributes:
        edition: grows whenever something is to be seen otherwise than before, and not merely more of it.
        facts: the facts as they may be seen; in place of each that may not, something inert that nothing tells.
        scenario: the scenario as far as it is known: without truth, without what is to come or went to others.
        incidents: the incidents that are known of, in the order of the scenario.
    """

    def __init__(self, session: Session, viewer: Viewer) -> None:
        """Look at a session from its beginning."""
        self.session = session
        self.viewer = viewer
        self.edition = 0
        self.facts: list[Fact] = []
        self.incidents: tuple[str, ...] = ()
        self._reached = Reached(session.exercise.scenario, viewer.people)
        self._judging = judging_steps(session.exercise.playbook)
        self._told: tuple[object, ...] = ()
        self.scenario: Scenario = session.exercise.scenario
        self.follow(viewer)

    def follow(self, viewer: Viewer) -> None:
        """Take in what has happened; `viewer` is as before, but for what changes with time."""
        facts = self.session.facts
        if viewer == self.viewer and len(self.facts) == len(facts) and self._told:
            return
        known, since = set(self._reached.incidents), len(self.facts)
        uncovered = self._reached.uncovered
        for number in range(since, len(facts)):
            self._reached.take(viewer, number, facts[number])
        anew = viewer != self.viewer or (known != self._reached.incidents and self._missed(since))
        anew = anew or uncovered != self._reached.uncovered
        self.viewer = viewer
        self._look_around()
        if anew or self._titles_changed:
            self.edition += 1
            self.facts, since = [], 0
        self.facts += [self._as_seen(fact) for fact in facts[since:]]

    def _missed(self, since: int) -> bool:
        """Whether earlier facts are about an incident that has become known only now."""
        facts, known = self.session.facts, self._reached.incidents
        hidden = (place for place in range(since) if isinstance(self.facts[place], SetAside))
        return any(facts[place].incident in known and place not in self._reached.unseen for place in hidden)

    def _look_around(self) -> None:
        """Bring incidents, titles and scenario up to date."""
        session, scenario = self.session, self.session.exercise.scenario
        state = session.exercise.state
        raised = [name for name, incident in state.incidents.items() if incident.raised]
        everything = self.viewer.sees_all or self.viewer.standing is not Standing.PARTICIPANT
        self.incidents = tuple(name for name in raised if everything or name in self._reached.incidents)
        self._titles_changed = False
        if everything:
            if not self._told or self._told[0] != len(state.injects):
                self.scenario, self._told = told(scenario, session.facts), (len(state.injects),)
            return
        playbook, steps = session.exercise.playbook, self._judging
        named = frozenset(name for name in self.incidents if is_judged(playbook, steps, state.incidents[name]))
        rests_on = (self.incidents, self._reached.version, named)
        if rests_on == self._told:
            return
        self._told = rests_on
        before, injects = self.scenario.incidents, self._injects()
        self.scenario = replace(
            scenario,
            incidents={name: self._incident(incident, named, injects) for name, incident in scenario.incidents.items()},
            injects=tuple(injects.values()),
            script=(),
            asides=(),
            expectations=(),
            objectives=tuple(objective for objective in scenario.objectives if objective.for_participants),
        )
        known = [name for name in self.incidents if name in self._reached.incidents]
        self._titles_changed = any(before[name].title != self.scenario.incidents[name].title for name in known)

    def _injects(self) -> Mapping[str, Inject]:
        """The injects that have reached the viewer, without what is for facilitators."""
        known = self.session.exercise.state.injects
        return {
            name: replace(known[name], part=None, shows=(), expects=(), hint=None, brings=(), anchors=())
            for name in self._reached.injects
            if name in known
        }

    def _incident(self, incident: Incident, named: frozenset[str], injects: Mapping[str, Inject]) -> Incident:
        title = incident.title
        if incident.id not in named:
            place = self.incidents.index(incident.id) + 1 if incident.id in self.incidents else 0
            title = working_title(incident, injects.values(), place)
        return Incident(incident.id, title, _UNKNOWN)

    def for_clocks(self) -> Sequence[Fact]:
        """The facts from which regulatory deadlines are reckoned for the viewer, who sees those of known incidents."""
        facts, unseen = self.session.facts, self._reached.unseen
        if self.viewer.sees_all or not any(isinstance(facts[place], AnchorReached) for place in unseen):
            return facts
        hidden = {place for place in unseen if isinstance(facts[place], AnchorReached)}
        return [SetAside(fact.at, None) if place in hidden else fact for place, fact in enumerate(facts)]

    def _as_seen(self, fact: Fact) -> Fact:
        visible = seen(fact, self.viewer, self._reached)
        if visible is None:
            return SetAside(fact.at, None)
        if isinstance(visible, StepTaken | Refused) and visible.content and not self.viewer.sees_all:
            return self._in_their_words(visible)
        return visible

    def _in_their_words(self, fact: StepTaken | Refused) -> Fact:
        """The same fact, where a bot wrote what the incident is called with what it is called by now."""
        fact = self._as_far_as_read(fact)
        planned = self.session.exercise.scenario.incidents[fact.incident].title
        called = self.scenario.incidents[fact.incident].title
        if planned == called or not any(_says(value, planned) for value in fact.content.values()):
            return fact
        content = {name: FreeText(called) if _says(value, planned) else value for name, value in fact.content.items()}
        return replace(fact, content=content)

    def _as_far_as_read(self, fact: StepTaken | Refused) -> StepTaken | Refused:
        """The same fact without what a bot refers to in its texts and the viewer has not read."""
        content = {name: self._read_part(value) for name, value in fact.content.items()}
        return fact if content == dict(fact.content) else replace(fact, content=content)

    def _read_part(self, value: ContentValue) -> ContentValue:
        references = references_of(value)
        if references is None:
            return value
        read = [reference for reference in references if self._has_read(reference.rests_on)]
        return value if len(read) == len(references) else references_value((*read, WITHHELD))

    def _has_read(self, source: str) -> bool:
        """Whether the viewer has read what a reference rests on: an inject, or a message by its number."""
        if not source or self._reached.has_read(source):
            return True
        number = source.removeprefix("M")
        return number.isdecimal() and self._reached.has_read_message(int(number))


def _says(value: ContentValue, words: Text) -> bool:
    return isinstance(value, FreeText) and value.value == words
