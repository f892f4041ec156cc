"""The procedures that properties are tried on, and scenarios made for any of them: whole casts, invented incidents."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Incident, Inject, Organisation, Person, Scenario, Truth
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import DAY, MINUTE
from tests.support.small import small_playbook, text

SHIPPED: Final = Path(__file__).parents[2] / "playbooks"
SHIPPED_NAMES: Final = tuple(path.stem for path in sorted(SHIPPED.glob("*.yaml")))
NAMES: Final = ("small", *SHIPPED_NAMES)
"""All procedures by name; `small` is built in Python, the others are those that the program ships."""


@cache
def playbook(name: str) -> Playbook:
    """The procedure of this name."""
    if name == "small":
        return small_playbook()
    path = SHIPPED / f"{name}.yaml"
    return read_playbook(path.read_bytes(), str(path))


@cache
def compiled(name: str) -> CompiledPlaybook:
    """The procedure of this name, ready to run."""
    return CompiledPlaybook(playbook(name))


def flags_of(book: Playbook) -> list[str]:
    """What the ground truth has to say so that every step knows whether it fits."""
    asked = {flag for track in book.tracks.values() for step in track.steps for flag in step.fits}
    return sorted(asked | {"incident", "unlawful"})


def whole_cast(book: Playbook) -> tuple[Person, ...]:
    """One person for each role, none with two, all there day and night."""
    return tuple(
        Person(f"holder-{n}", f"p{n}", text(f"Holder {n}"), (role,)) for n, role in enumerate(book.roles, start=1)
    )


def truth_for(book: Playbook, flags: Mapping[str, bool], level: int | None) -> Truth:
    """A ground truth with these answers; what is not said is false."""
    said = {name: flags.get(name, False) for name in flags_of(book)}
    return Truth(said["incident"], level, {}, said, "invented")


def scenario_for(
    book: Playbook,
    truths: Sequence[Truth],
    *,
    people: Sequence[Person] = (),
    injects: Sequence[Inject] = (),
    **changes: object,
) -> Scenario:
    """An exercise about as many incidents as there are truths, raised one after the other; nothing in the script."""
    names = [f"incident-{n}" for n in range(1, len(truths) + 1)]
    cast = tuple(people) or whole_cast(book)
    first = next(iter(book.main_track.steps)).by[0]
    channel = next(iter(book.channels))
    raising = [
        Inject(
            f"alert-{n}", (first,), channel, text("something is wrong"), at=n * 20 * MINUTE, incident=name, raises=True
        )
        for n, name in enumerate(names)
    ]
    made = Scenario(
        id="made-for-the-test",
        playbook=book.id,
        title=text("made for the test"),
        summary=text("made for the test"),
        languages=("en", "zh"),
        tags=(),
        seed=1,
        starts="2026-01-05T09:00+08:00",
        ends=60 * DAY,
        organisation=Organisation(text("an invented company")),
        people={person.id: person for person in cast},
        incidents={
            name: Incident(name, text(f"invented {name}"), truth) for name, truth in zip(names, truths, strict=True)
        },
        injects=(*raising, *injects),
        script=(),
        expectations=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of Scenario


def exercise_of(name: str, scenario: Scenario) -> Exercise:
    """A fresh exercise of the procedure of this name."""
    return Exercise(compiled(name), scenario)
