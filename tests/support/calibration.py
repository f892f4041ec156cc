"""How well bots of a given proficiency do in generated exercises: what is measured, and over which mix of stories."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.evaluation.metrics import duty_standing
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Order, generate
from tests.support.facts import on_record
from tests.support.play import play
from tests.support.procedures import compiled, playbook

ARCHETYPES: Final = tuple(sorted((Path(__file__).parents[2] / "incidentsim" / "archetypes").glob("*.yaml")))
PLAYBOOK: Final = "platform-incidents"
WEIGHTS: Final = {"duties": 2, "levels": 1, "judgements": 1}
"""What each part counts in the whole: keeping duties as much as judging and grading rightly together."""


PARTS: Final = 4
"""Into so many pieces the seeds of a difficulty are cut, so that two processors are busy to the end."""


@dataclass(slots=True)
class Tally:
    """What some runs came to: so many of so many duties kept in time, levels right, judgements right."""

    duties: list[int] = field(default_factory=lambda: [0, 0])
    levels: list[int] = field(default_factory=lambda: [0, 0])
    judgements: list[int] = field(default_factory=lambda: [0, 0])
    reasons: Counter[str] = field(default_factory=Counter)
    slips: Counter[str] = field(default_factory=Counter)
    refusals: int = 0

    def percent(self, part: str) -> float:
        """How many of a hundred were as they should be."""
        right, all_of_them = {"duties": self.duties, "levels": self.levels, "judgements": self.judgements}[part]
        return 100 * right / max(all_of_them, 1)

    @property
    def whole(self) -> float:
        """All three parts by their weights, of a hundred."""
        return sum(weight * self.percent(part) for part, weight in WEIGHTS.items()) / sum(WEIGHTS.values())

    def add(self, scenario: Scenario, facts: Sequence[Fact]) -> None:
        """Take in a run.

        A duty counts as kept if it was settled in time; one that was dropped, or is still open in time, does not
        count. Of every incident that is one, the level at its end is right or not (a wrongly dismissed one has
        none). A judgement is a step for which the ground truth says whether it fits; of several on a track, such as
        a finding and its revision, the last counts.
        """
        trace = Trace(playbook(PLAYBOOK), scenario, facts)
        standings = Counter(map(duty_standing, trace.duties))
        self.duties[0] += standings["kept"]
        self.duties[1] += standings["kept"] + standings["late"] + standings["missed"]
        for incident in trace.incidents.values():
            level = scenario.incidents[incident.id].truth.level
            if level is not None:
                self.levels[0] += incident.level == level
                self.levels[1] += 1
        last = {
            (fact.incident, on_record(fact)["track"]): sequence
            for sequence, fact in enumerate(facts)
            if fact.kind == FactKind.STEP_TAKEN and on_record(fact)["do"] in judging()
        }
        wrong = {n for incident in trace.incidents.values() for steps in incident.misjudged.values() for n in steps}
        self.judgements[0] += sum(sequence not in wrong for sequence in last.values())
        self.judgements[1] += len(last)
        self.reasons[str(on_record(facts[-1])["reason"])] += 1
        self.refusals += sum(fact.kind == FactKind.REFUSED for fact in facts)
        for fact in facts:
            because = on_record(fact).get("because")
            if isinstance(because, dict):
                self.slips.update(str(one) for one in because.get("slips", ()))

    def merge(self, other: "Tally") -> None:
        """Take in what other runs came to."""
        for mine, theirs in (
            (self.duties, other.duties),
            (self.levels, other.levels),
            (self.judgements, other.judgements),
        ):
            mine[0] += theirs[0]
            mine[1] += theirs[1]
        self.reasons += other.reasons
        self.slips += other.slips
        self.refusals += other.refusals

    def line(self) -> str:
        """The figures, of a hundred."""
        parts = ", ".join(f"{part} {self.percent(part):.1f}" for part in WEIGHTS)
        return f"whole {self.whole:.1f} ({parts}), {self.reasons['finished']} of {self.reasons.total()} finished"


@cache
def judging() -> frozenset[str]:
    """The steps for which the ground truth says whether they are right."""
    return frozenset(step.do for track in playbook(PLAYBOOK).tracks.values() for step in track.steps if step.fits)


@cache
def archetypes() -> tuple[Archetype, ...]:
    """All shipped archetypes."""
    return tuple(read_archetype(path.read_bytes(), str(path), playbook(PLAYBOOK)) for path in ARCHETYPES)


def stories(difficulty: int, seeds: Iterable[int]) -> Iterator[Scenario]:
    """Generated scenarios of a difficulty, one a seed: all archetypes in turn, each at all its levels in turn."""
    for seed in seeds:
        archetype = archetypes()[seed % len(archetypes())]
        levels = archetype.shape.levels
        level = levels[seed // len(archetypes()) % len(levels)]
        made = generate(archetype, Order(seed, level, ("en_US", "zh_CN")[seed % 2], difficulty))
        yield read_scenario(made.data, made.id, playbook(PLAYBOOK))


def bots_play(scenario: Scenario, proficiency: int) -> list[Fact]:
    """The facts of a run in which every role is played as well as this."""
    levels = dict.fromkeys(playbook(PLAYBOOK).roles, proficiency)
    return play(Exercise(compiled(PLAYBOOK), replace(scenario, proficiency=levels)), BotDecider())


def measured(difficulty: int, seeds: Iterable[int], proficiencies: Sequence[int]) -> dict[int, Tally]:
    """What bots of each proficiency come to over the stories of one difficulty."""
    tallies = {proficiency: Tally() for proficiency in proficiencies}
    for scenario in stories(difficulty, seeds):
        for proficiency, tally in tallies.items():
            tally.add(scenario, bots_play(scenario, proficiency))
    return tallies


def table(difficulties: Sequence[int], seeds: int, proficiencies: Sequence[int]) -> dict[tuple[int, int], Tally]:
    """The tally of each difficulty and proficiency over so many seeds, worked out on two processors where many."""
    parts = [(difficulty, range(seeds)[start::PARTS]) for difficulty in difficulties for start in range(PARTS)]
    found = {(difficulty, skill): Tally() for difficulty in difficulties for skill in proficiencies}
    with ProcessPoolExecutor(2) as pool:
        done = pool.map(measured, *zip(*parts, strict=True), [proficiencies] * len(parts))
        for (difficulty, _seeds), tallies in zip(parts, done, strict=True):
            for skill, tally in tallies.items():
                found[difficulty, skill].merge(tally)
    return found
