"""Measured values make exactly the level asked for."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim import composition
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.format_archetype import ArchetypeMeasureShape
from incidentsim.generation.meant import Meant
from incidentsim.generation.measures import Draw, Fitting, UnreachableError, spoken

PATH, DATA = composition.library().playbook("platform-incidents")
PLAYBOOK = read_playbook(DATA, str(PATH))
FITTING = Fitting(Meant(PLAYBOOK))
MAKERS = [
    "users_affected",
    "users_affected_percent",
    "full_outage",
    "degraded",
    "personal_records",
    "sensitive_records",
    "direct_loss",
]
GRAVER = ["critical_tenant", "attacker_active", "evidence_lost"]


def by_seed(seed: int) -> Draw:
    return lambda name, low, high: Stream(seed, name).between(low, high)


def shapes(*written: dict[str, object]) -> list[ArchetypeMeasureShape]:
    return [ArchetypeMeasureShape.model_validate(one) for one in written]


@given(
    st.sampled_from(MAKERS),
    st.sampled_from(MAKERS),
    st.lists(st.sampled_from(GRAVER), unique=True),
    st.integers(1, 5),
    st.integers(0, 10**6),
    st.integers(1, 300),
)
def test_the_values_make_the_level_whatever_is_drawn(  # noqa: PLR0917 - Hypothesis gives them all
    maker: str, other: str, graver: list[str], level: int, seed: int, share: int
) -> None:
    """Another measure may be a share of it and modifiers may hold; where values come at all, they are right."""
    wanted: list[dict[str, object]] = [{"measure": maker, "makes": "level"}]
    wanted += [{"measure": name} for name in graver]
    if other != maker:
        wanted.append({"measure": other, "share": [share, share], "of": maker})
    try:
        values = FITTING.fitted(shapes(*wanted), level, level, by_seed(seed)).values
    except UnreachableError:
        return
    assert PLAYBOOK.judged_level(values) == level
    assert list(values) == [one["measure"] for one in wanted]


@given(st.sampled_from(MAKERS), st.integers(1, 5), st.integers(0, 10**6))
def test_what_has_a_threshold_reaches_its_level(maker: str, level: int, seed: int) -> None:
    has = any(threshold.measure == maker for threshold in PLAYBOOK.levels[level].any_of)
    try:
        values = FITTING.fitted(shapes({"measure": maker, "makes": "level"}), level, level, by_seed(seed)).values
    except UnreachableError:
        assert not has
    else:
        assert values[maker] >= 1


def test_values_below_every_threshold_make_the_lightest_level() -> None:
    values = FITTING.fitted(shapes({"measure": "users_affected", "makes": "level"}), 5, 5, by_seed(1)).values
    assert 2 <= values["users_affected"] < 1000


def test_a_modifier_shifts_what_the_measure_makes() -> None:
    wanted = shapes({"measure": "personal_records", "makes": "level"}, {"measure": "critical_tenant"})
    values = FITTING.fitted(wanted, 2, 2, by_seed(3)).values
    assert 500 <= values["personal_records"] < 100_000


def test_a_modifier_that_the_values_bring_about_is_reckoned_with() -> None:
    """Two or three messages a person: from level 3 on, so many that they alone make it more severe."""
    wanted = shapes(
        {"measure": "users_affected", "makes": "level"},
        {"measure": "fraud_messages", "share": [250, 290], "of": "users_affected"},
    )
    values = FITTING.fitted(wanted, 2, 2, by_seed(3)).values
    assert 10_000 <= values["users_affected"] < 100_000
    assert values["fraud_messages"] >= 10_000


def test_a_range_of_the_archetype_replaces_the_one_derived() -> None:
    wanted = shapes({"measure": "personal_records", "makes": "level", "range": {2: [110_000, 120_000]}})
    for seed in range(50):
        assert 110_000 <= FITTING.fitted(wanted, 2, 2, by_seed(seed)).values["personal_records"] <= 120_000


def test_outages_take_whole_minutes() -> None:
    for seed in range(50):
        value = FITTING.fitted(shapes({"measure": "full_outage", "makes": "level"}), 3, 3, by_seed(seed)).values[
            "full_outage"
        ]
        assert value % 60_000 == 0
        assert 2 * 60_000 <= value < 10 * 60_000


def test_most_numbers_are_round_and_some_are_exact() -> None:
    found = [str(spoken(183_742, chance)) for chance in range(10)]
    assert found.count("180000") == 4
    assert found.count("183000") == 4
    assert found.count("183742") == 2
