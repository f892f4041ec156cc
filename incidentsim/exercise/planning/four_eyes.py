"""Which people may not be in one hand, because the procedure wants a second pair of eyes on what the first one did."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person


@dataclass(frozen=True, slots=True)
class FourEyes:
    """The four-eyes rules of a procedure, as far as they set people of a story against each other (pseudonyms).

    `apart` holds, for each two people who may come to stand on both sides of a rule, the step that the second pair of
    eyes takes. `alone` are the steps for which there is one person only, who would have to look at what they did.
    """

    apart: Mapping[frozenset[str], str]
    alone: tuple[tuple[str, str], ...]

    def between(self, first: str, second: str) -> str | None:
        """Return the step for which these two may not be in one hand; `None` where they may."""
        return self.apart.get(frozenset({first, second}))


def four_eyes(playbook: Playbook, people: tuple[Person, ...]) -> FourEyes:
    """Find who of these people may take the steps and who what they look at, deputies included."""
    by_role: dict[str, list[str]] = {}
    for person in people:
        for role in person.roles:
            by_role.setdefault(role, []).append(person.pseudonym)
    steps = [step for track in playbook.tracks.values() for step in track.steps]
    takers: dict[str, dict[str, None]] = {}
    for step in steps:
        deputies = (deputy for role in step.by for deputy in playbook.roles[role].deputies)
        for role in (*step.by, *deputies):
            takers.setdefault(step.do, {}).update(dict.fromkeys(by_role.get(role, ())))
    apart: dict[frozenset[str], str] = {}
    alone: dict[tuple[str, str], None] = {}
    for step in steps:
        for looked_at in step.not_by_author_of:
            second, first = takers.get(step.do, {}), takers.get(looked_at, {})
            for pair in product(second, first):
                if len(set(pair)) > 1:
                    apart.setdefault(frozenset(pair), step.do)
            if len(second) == 1 and second == first:
                alone[next(iter(second)), step.do] = None
    return FourEyes(apart, tuple(alone))
