"""Exercises with many people, incidents and messages: a shipped story told many times at once, by copies of its people.

`Asking` is the straightforward way for bots to decide: asked at every turn about every track of every incident, with
nothing kept from one turn to the next. It says what the quick way has to say.
"""

from collections.abc import Iterator
from dataclasses import replace

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots.choice import wishes
from incidentsim.exercise.bots.decider import BotDecider, proposal_of
from incidentsim.exercise.bots.speech import answers, passed_on, remarks
from incidentsim.exercise.bots.timing import Prospect, plan, timing_of
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.deciders import Proposal, ScriptDecider
from tests.support.shipped import scenario, without_script


def crowd(name: str, copies: int, people: int = 1, apart: int = 7 * MINUTE) -> Scenario:
    """The story told so many times, each begun some time (ms) after the one before, with so many copies of its cast."""
    told = without_script(scenario(name))
    cast = {
        f"{one.id}-{copy}" if copy else one.id: replace(
            one,
            id=f"{one.id}-{copy}" if copy else one.id,
            pseudonym=f"{one.pseudonym}x{copy}" if copy else one.pseudonym,
        )
        for copy in range(people)
        for one in told.people.values()
    }
    names = {(old, copy): f"{old}-{copy}" if copy else old for old in told.incidents for copy in range(copies)}
    incidents = {new: replace(told.incidents[old], id=new) for (old, _copy), new in names.items()}
    injects = tuple(
        replace(
            inject,
            id=f"{inject.id}-{copy}" if copy else inject.id,
            at=None if inject.at is None else inject.at + copy * apart,
            incident=None if inject.incident is None else names[inject.incident, copy],
            on=None if inject.on is None else _about(inject.on, names, copy),
            unless=None if inject.unless is None else _about(inject.unless, names, copy),
        )
        for copy in range(copies)
        for inject in told.injects
    )
    return replace(told, people=cast, incidents=incidents, injects=injects, expectations=(), asides=())


def _about(pattern: Pattern, names: dict[tuple[str, int], str], copy: int) -> Pattern:
    """The pattern about the copy's incidents; what was about the only one is about the copy's, too."""
    first = next(old for old, _copy in names)
    return replace(pattern, incident=names[pattern.incident or first, copy])


class Asking(BotDecider):
    """Bots that are asked about everything at every turn."""

    def __init__(self, script: ScriptDecider | None = None, *, played: frozenset[str] = frozenset()) -> None:
        super().__init__(script, played=played)
        self.asked = 0

    def propose(self, exercise: Exercise) -> Proposal | None:
        desk = BotView(exercise, self._script, self._played)
        desk.look()
        raised = [incident for incident in exercise.state.incidents.values() if incident.raised]
        notes = [*answers(desk), *(note for incident in raised for note in passed_on(desk, incident))]
        said = min(remarks(desk, notes), key=lambda remark: remark.at, default=None)
        best: tuple[Prospect, IncidentState] | None = None
        for incident in raised:
            for prospect in self._prospects(desk, incident):
                if best is None or prospect.at < best[0].at:
                    best = (prospect, incident)
        if said is not None and (best is None or said.at <= best[0].at):
            return Proposal(said.at, said.say)
        return None if best is None else proposal_of(desk, *best)

    def _prospects(self, desk: BotView, incident: IncidentState) -> Iterator[Prospect]:
        for track, state in incident.tracks.items():
            for alternatives in wishes(desk, incident, track, state):
                for wish in alternatives:
                    step = wish.ready.step
                    if (incident.id, step.do) in desk.scripted:
                        continue
                    self.asked += 1
                    prospect = plan(desk, incident, wish, timing_of(desk, incident, wish))
                    if prospect is not None and not desk.is_for_people(incident, step, prospect.at):
                        yield prospect
                        break


class Both(BotDecider):
    """Bots that decide both ways, and find fault where the answers differ."""

    def __init__(self, script: ScriptDecider | None = None, *, played: frozenset[str] = frozenset()) -> None:
        super().__init__(script, played=played)
        self.turns = 0
        self._slow = Asking(script, played=played)

    def propose(self, exercise: Exercise) -> Proposal | None:
        quick = super().propose(exercise)
        assert quick == self._slow.propose(exercise)
        self.turns += 1
        return quick
