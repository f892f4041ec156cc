"""What generating a scenario takes beside what Faker itself needs for the same number of values; at most 3 is the aim.

`pytest tests/benchmarks/test_generation.py -m slow -s` prints the ratio for every archetype.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from faker import Faker

from incidentsim import composition
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.generation.archetype import Archetype, kinds_of
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Generated, Order, generate
from tests.benchmarks.results import Measured

MOST = 3.0
STORIES, ROUNDS = 20, 5
LOCALES = ("en_US", "zh_CN")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the garbage collector, whose turn comes when it likes."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Callable[[], object]) -> float:
    with undisturbed():
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin


def of_faker(fake: Any) -> dict[str, Callable[[], object]]:
    """What Faker is asked for in place of each kind of slot."""
    return {
        "host": fake.hostname,
        "account": fake.user_name,
        "address": fake.ipv4,
        "ticket": lambda: fake.bothify("???-#####"),
        "code": lambda: fake.bothify("?-####-####"),
        "phone": fake.phone_number,
        "domain": fake.domain_name,
        "company": fake.company,
        "moment": fake.date_time,
        "number": lambda: fake.random_int(1, 10**6),
        "share": lambda: fake.random_int(1, 10**6),
        "less": lambda: fake.random_int(1, 10**6),
        "pick": lambda: fake.random_element(("a", "b", "c")),
    }


def ask(fake: Any, archetype: Archetype, made: Generated) -> int:
    """Ask Faker for as many values as were drawn for a story, each of its kind; says how many that is."""
    asked = 0
    fake.seed_instance(made.shape.seed)
    for person in made.shape.people.values():
        if "customer" not in person.roles and "judicial_authority" not in person.roles:
            for value in (fake.last_name, fake.first_name, fake.email, fake.user_name):
                value()
            fake.numerify("####")
            asked += 5
    kinds = of_faker(fake)
    for slot in archetype.shape.slots.values():
        kinds[next(kind for kind, _slot in kinds_of(slot))]()
        asked += 1
    for _inject in made.shape.injects:
        fake.random_int(1, 240)
        fake.random_element(("a", "b", "c"))
        asked += 2
    for _measure in made.shape.incidents[archetype.shape.incident].truth.why:
        fake.random_int(1, 10**6)
        asked += 1
    return asked


def archetypes() -> list[Archetype]:
    path, data = composition.library().playbook("platform-incidents")
    playbook = read_playbook(data, str(path))
    return [
        read_archetype(file.read_bytes(), file.name, playbook)
        for file in sorted(composition.archetypes().glob("*.yaml"))
    ]


@pytest.mark.slow
def test_generating_beside_faker_for_as_many_values(measured: Measured) -> None:
    fakes = {locale: Faker(locale)[locale] for locale in LOCALES}
    for archetype in archetypes():
        orders = [Order(seed, archetype.usual_level, LOCALES[seed % 2], 3) for seed in range(STORIES)]
        stories = [generate(archetype, order) for order in orders]

        def ours(archetype: Archetype = archetype, orders: list[Order] = orders) -> None:
            for order in orders:
                generate(archetype, order)

        def theirs(archetype: Archetype = archetype, stories: list[Generated] = stories) -> None:
            for number, made in enumerate(stories):
                ask(fakes[LOCALES[number % 2]], archetype, made)

        values = sum(ask(fakes["en_US"], archetype, made) for made in stories) // STORIES
        pairs = [(seconds(theirs), seconds(ours)) for _round in range(ROUNDS)]
        faker, generating = (min(pair[index] for pair in pairs) / STORIES for index in (0, 1))
        ratio = generating / faker
        told = f"Faker {faker * 1000:.1f} ms, ours {generating * 1000:.1f} ms"
        what = f"generating {archetype.id}, {values} values"
        measured(what, "Faker for as many values", ratio, aim=f"at most {MOST:.0f}", told=told)
