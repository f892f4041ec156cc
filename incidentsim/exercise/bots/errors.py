"""How often bots slip: the odds of each kind, by proficiency and by what weighs on the person.

All figures are ours, set so that an expert keeps nearly all duties and a novice about half of them; the benchmark
`tests/benchmarks/test_bots.py` measures what they come to. What weighs on an expert costs time, and now and then
form; it never turns a judgement that the evidence allows. A decision draws the same numbers whatever the proficiency
and the load, so whoever is better or less distracted never slips where the other does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from incidentsim.domain.actions import Slip
from incidentsim.exercise.running.randomness import Stream

EXPERT: Final = 100
MOST_LOAD: Final = 10
"""More than this weighs on nobody: the rest is not even looked at."""

Omission = Literal["left_out", "overlooked", "hasty"]
"""Slips that leave no decision to explain: something is not done at all, what a message says is passed over,
or somebody judges what nothing is known of before it has to be judged."""


@dataclass(frozen=True, slots=True)
class Odds:
    """The odds of one kind of slip, in a thousand decisions.

    `novice` is that of a novice (an expert has none without load); `load_expert` and `load_novice` are added for each
    unit of load.
    """

    novice: int
    load_expert: int
    load_novice: int

    def of(self, proficiency: int, load: int) -> int:
        """For somebody between the two, with so much load."""
        gap = EXPERT - proficiency
        weight = min(load, MOST_LOAD)
        return (self.novice * gap + weight * (self.load_expert * proficiency + self.load_novice * gap)) // EXPERT


ODDS: Final[Mapping[Slip | Omission, Odds]] = {
    "forgotten": Odds(300, 7, 28),
    "lost_time": Odds(400, 9, 40),
    "misjudged": Odds(300, 0, 20),
    "misled": Odds(800, 0, 20),
    "misgraded": Odds(450, 0, 25),
    "too_thin": Odds(160, 2, 10),
    "wrong_channel": Odds(200, 2, 10),
    "overstepped": Odds(150, 0, 5),
    "left_out": Odds(350, 0, 10),
    "hasty": Odds(800, 0, 10),
    "overlooked": Odds(500, 0, 20),
}


def slips(seed: int, key: str, kind: Slip | Omission, proficiency: int, load: int = 0) -> bool:
    """Return whether the decision `key` goes wrong in this way; the same arguments, the same answer."""
    odds = ODDS[kind].of(proficiency, load)
    return odds > 0 and Stream(seed, f"{key}/{kind}").below(1000) < odds
