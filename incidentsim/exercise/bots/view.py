"""What a bot sees when it is asked: the exercise, what is known of each incident, and whom the script plays.

What is kept here from one question to the next is only what was already read or looked up; a fresh desk on the same
facts sees the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Person, ScriptedAction
from incidentsim.exercise.bots.errors import EXPERT, slips
from incidentsim.exercise.bots.history import History, Moment, News
from incidentsim.exercise.bots.peoples_part import PeoplesPart
from incidentsim.exercise.bots.regrading import level_anew
from incidentsim.exercise.kernel.compiled_playbook import ReadyStep
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.knowledge.knowledge import Finding, Knowledge
from incidentsim.exercise.running.deciders import ScriptDecider

RECENT: Final = 2 * HOUR
"""What came so long before a piece of work began, or since, weighs on whoever does it."""
STANDING_IN: Final = 2
"""What standing in for somebody weighs: as much as a red herring."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The steps out of a state in the playbook's order: those that stay, those that lead on, and detours of both."""

    on_the_spot: tuple[ReadyStep, ...]
    ways: tuple[ReadyStep, ...]
    detours_here: tuple[ReadyStep, ...]
    detours: tuple[ReadyStep, ...]


@dataclass(frozen=True, slots=True)
class Judging:
    """A step that judges an incident, the injects that show something it can rest on, and those that ask for it."""

    step: Step
    shows: frozenset[str]
    asks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rest:
    """The ground of a belief: what was read and when, and whether it misleads.

    `inject` is the one that was read; where somebody told it in a message of their own, `message` is its number.
    """

    inject: str | None
    read: Moment
    misleads: bool
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """A picture of an incident that somebody has. `level` is what the thresholds make of `measures`.

    `flags_rest` and `measures_rest` hold, by name, what the belief rests on where a message told it.
    """

    flags: Mapping[str, bool]
    measures: Mapping[str, int]
    level: int
    flags_rest: Mapping[str, Rest]
    measures_rest: Mapping[str, Rest]


class BotView:
    """One exercise as bots see it."""

    def __init__(
        self,
        exercise: Exercise,
        script: ScriptDecider | None,
        played: frozenset[str] = frozenset(),
        *,
        answer_outside: bool = True,
    ) -> None:
        """`played` are the pseudonyms of those for whom people decide; `answer_outside`: see `BotDecider`."""
        self.exercise = exercise
        self.seed = exercise.scenario.seed
        self.history = History(exercise.compiled, exercise.scenario)
        self.knowledge = Knowledge(exercise.scenario)
        self.least_proficiency = min(map(self.proficiency, exercise.playbook.roles))
        self.busy = self._played = played
        self.people = PeoplesPart(exercise, played)
        self._answer_outside = answer_outside
        self._refolds = exercise.state.refolds
        self._heard = 0
        self.scripted: frozenset[tuple[str, str]] = frozenset()
        self._script = script
        self._ahead: tuple[ScriptedAction, ...] = ()
        self._offered: dict[tuple[str, str], Offered] = {}
        self._beliefs: dict[tuple[str, str | None, int], tuple[int, Belief]] = {}
        self._judges: dict[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], str | None] = {}
        self._judging: dict[tuple[str, str, str], tuple[Judging, ...]] = {}
        self.weighing: set[str] = set()
        self.away: frozenset[str] = frozenset()
        self._settled: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
        tracks = exercise.playbook.tracks.values()
        told = [step.tells.channel for track in tracks for step in track.steps if step.tells is not None]
        self.channel = max(exercise.playbook.channels, key=told.count)
        self.always_detours = {step.do for track in tracks for step in track.steps if step.detour} - {
            step.do for track in tracks for step in track.steps if not step.detour
        }

    def look(self) -> bool:
        """Take in what has happened since the last look; return whether something that was read counts no more."""
        state = self.exercise.state
        undone = state.refolds != self._refolds
        if undone:
            self._refolds = state.refolds
            self.history = History(self.exercise.compiled, self.exercise.scenario)
            self._heard = 0
            self._beliefs.clear()
        self.history.read(state)
        self.knowledge.read(state)
        self._judges.clear()
        self.away = self.exercise.roster.gone(state.now)
        ahead = self._script.ahead if self._script is not None else ()
        if ahead is not self._ahead:
            self._ahead = ahead
            self.busy = self._played | {scripted.action.person for scripted in ahead}
            self.scripted = frozenset((scripted.action.incident, scripted.action.do) for scripted in ahead)
        return undone

    def news(self) -> News:
        """Return what has come since this was last asked, by facts about incidents or by what was read about them."""
        news, changed = self.history.news(), self.exercise.state.hearing.changed
        read = changed[self._heard :]
        self._heard = len(changed)
        return replace(news, incidents={**news.incidents, **dict.fromkeys(name for name in read if name is not None)})

    def is_for_people(self, incident: IncidentState, step: Step, at: int) -> bool:
        """Return whether the step is left to people at `at` (ms): then it is theirs to take, or to forget."""
        return bool(self._played) and self.people.holds(incident, step, at, self.duties(step))

    def offered(self, track: str, state: str) -> Offered:
        """Return the steps that the playbook offers somebody on `track` in `state`."""
        found = self._offered.get((track, state))
        if found is None:
            found = self._offered[track, state] = self._offers(track, state)
        return found

    def speaks(self, person: str) -> bool:
        """Return whether a bot says things for a person (pseudonym)."""
        if person in self.busy:
            return False
        roles = self.exercise.roster.roles_of(self.exercise.roster.people[person])
        return self._answer_outside or not all(self.exercise.playbook.roles[role].outside for role in roles)

    def proficiency(self, role: str) -> int:
        """Return how well a role is played, from 0 (novice) to 100 (expert, where the scenario does not say)."""
        return self.exercise.scenario.proficiency.get(role, EXPERT)

    def skill(self, step: Step) -> int:
        """Return how well those judge who may take the step: as well as whoever is asked first.

        That is the proficiency of the first of its roles that anybody holds.
        """
        holders_of = self.exercise.roster.holders_of
        return self.proficiency(next((role for role in step.by if holders_of(role)), step.by[0]))

    def load(self, person: Person, role: str, since: int) -> int:
        """Return the load on somebody who acts in `role` on what began at `since` (ms).

        Who was asked about stands in `weighing`.
        """
        self.weighing.add(person.pseudonym)
        stands_in = 0 if role in self.exercise.roster.roles_of(person) else STANDING_IN
        return stands_in + self.history.load(person.pseudonym, since - RECENT)

    def taker(
        self, incident: IncidentState, step: Step, at: int, busy: frozenset[str] | None = None
    ) -> tuple[Person, str, int] | None:
        """Return who takes a step at `at` (ms) or as soon after as may be; `None` if nobody can take it.

        Of those who can, it is who comes first by the procedure, but somebody who knows of the incident before others;
        none of those who are `busy`: if they are not given, whomever people play or the script still does.
        With the person come the role and when that person is there (ms).
        """
        roster, busy = self.exercise.roster, self.busy if busy is None else busy
        barred = {*(incident.authors.get(do) for do in step.not_by_author_of), *self.people.strangers(incident, step)}
        for role in step.by:
            for person in roster.able_in_turn(role, at):
                if person.pseudonym not in barred and person.pseudonym not in busy:
                    return person, role, at
        waiting: list[tuple[int, int, Person, str]] = []
        for role in step.by:
            for order, person in enumerate(roster.holders_of(role)):
                back = roster.back(person, at)
                if back is not None and person.pseudonym not in barred and person.pseudonym not in busy:
                    waiting.append((back, order, person, role))
        if not waiting:
            return None
        back, _order, person, role = min(waiting, key=lambda found: found[:2])
        return person, role, back

    def judge(self, incident: IncidentState, step: Step) -> str | None:
        """Return who judges by what they know whether the step is to be taken: whoever would take it now."""
        key = (incident.id, step.by_named, step.by, step.not_by_author_of)
        if key not in self._judges:
            taker = self.taker(incident, step, self.exercise.state.now)
            self._judges[key] = None if taker is None else taker[0].pseudonym
        return self._judges[key]

    def duties(self, step: Step) -> tuple[str, ...]:
        """The duties that the step settles."""
        key = (step.track, step.do, step.target)
        found = self._settled.get(key)
        if found is None:
            every = self.exercise.compiled.duties.values()
            found = self._settled[key] = tuple(
                duty.id for duty in every if any(_settles(pattern, step) for pattern in duty.settled_by)
            )
        return found

    def belief(self, incident: IncidentState, step: Step, person: str | None = None) -> Belief:
        """Return what a person (whoever would take the step, if none is named) takes to be so about the incident."""
        judge, skill = person or self.judge(incident, step), self.skill(step)
        version, key = self.knowledge.version(incident.id), (incident.id, judge, skill)
        known = self._beliefs.get(key)
        if known is None or known[0] != version:
            known = self._beliefs[key] = (version, self._believe(incident, judge, skill))
        return self._beside_the_level(incident, step, known[1])

    def _beside_the_level(self, incident: IncidentState, step: Step, belief: Belief) -> Belief:
        """The belief of whoever grades anew, with what the level that is set says of what they have not read."""
        if step.sets_level is None or incident.level is None or not belief.measures_rest:
            return belief
        named = self.history.files[incident.id].graded_by
        level = level_anew(self.exercise.playbook, incident.level, named, belief.measures)
        return belief if level in (None, belief.level) else replace(belief, level=level)

    def judging(self, incident: str, track: str, state: str) -> tuple[Judging, ...]:
        """Return the steps out of a state that judge an incident, with the injects of the story that each can rest on.

        A step on which nothing of the story bears is left out.
        """
        known = self._judging.get((incident, track, state))
        if known is None:
            offered = self.offered(track, state)
            every = (*offered.on_the_spot, *offered.ways, *offered.detours_here, *offered.detours)
            judging = (self._judges_by(incident, ready.step) for ready in every)
            known = self._judging[incident, track, state] = tuple(one for one in judging if one.shows or one.asks)
        return known

    def _judges_by(self, incident: str, step: Step) -> Judging:
        flags = set(step.fits)
        if step.detour and step.target is not None:
            flags.update(name for behind in self.offered(step.track, step.target).ways for name in behind.step.fits)
        bearing = self.knowledge.shown(incident, "flag") & flags
        grades = step.sets_level is not None and bool(self.knowledge.shown(incident, "measure"))
        about = self.knowledge.story(incident)
        shows = (
            inject.id
            for inject in about
            if any(grades if shown.kind == "measure" else shown.name in bearing for shown in inject.shows)
        )
        asks = (inject.id for inject in about if step.do in self.always_detours and step.do in inject.expects)
        return Judging(step, frozenset(shows), frozenset(asks))

    def _offers(self, track: str, state: str) -> Offered:
        ready = self.exercise.compiled.steps[track]
        every = self.exercise.playbook.tracks[track].steps
        steps = [step for step in every if state in step.sources and not step.automatic]
        stays = (None, state)

        def those(*, here: bool, detour: bool) -> tuple[ReadyStep, ...]:
            return tuple(
                ready[state, step.do] for step in steps if (step.target in stays) is here and step.detour is detour
            )

        return Offered(
            those(here=True, detour=False),
            those(here=False, detour=False),
            those(here=True, detour=True),
            those(here=False, detour=True),
        )

    def _believe(self, incident: IncidentState, judge: str | None, skill: int) -> Belief:
        """What has been read counts as last shown, if it is believed; of what the story never shows, the truth.

        What is shown only later, or to others, is not known: a measure is not counted, and a flag counts as no, but
        that it is an incident: a report is taken seriously until something speaks against it. Where the story shows
        nothing that says how grave it is, people go by what they see for themselves: the true level.
        """
        truth, knowledge = self.exercise.scenario.incidents[incident.id].truth, self.knowledge
        to_come = knowledge.shown(incident.id, "measure")
        flags = {**truth.flags, **{name: name == "incident" for name in knowledge.shown(incident.id, "flag")}}
        measures = {name: value for name, value in truth.why.items() if name not in to_come}
        flags_rest: dict[str, Rest] = {}
        measures_rest: dict[str, Rest] = {}
        for finding in () if judge is None else knowledge.findings(incident.id, judge):
            if finding.doubtful and not self._taken_in(incident, finding, skill):
                continue
            read = (finding.heard.since or 0, finding.heard.fact)
            rest = Rest(finding.inject, read, finding.doubtful, finding.message)
            if finding.kind == "flag":
                flags[finding.name], flags_rest[finding.name] = bool(finding.value), rest
            else:
                measures[finding.name], measures_rest[finding.name] = finding.value, rest
        playbook, lightest = self.exercise.playbook, max(self.exercise.playbook.levels, default=1)
        level = playbook.judged_level(measures) if measures_rest or to_come else truth.level
        return Belief(flags, measures, lightest if level is None else level, flags_rest, measures_rest)

    def _taken_in(self, incident: IncidentState, finding: Finding, skill: int) -> bool:
        key = f"bots/{incident.id}/{finding.inject}/{finding.kind}/{finding.name}"
        return slips(self.seed, key, "misled", skill)


def _settles(pattern: Pattern, step: Step) -> bool:
    return (
        pattern.kind == FactKind.STEP_TAKEN
        and pattern.do in (None, step.do)
        and pattern.track in (None, step.track)
        and pattern.state in (None, step.target)
    )
