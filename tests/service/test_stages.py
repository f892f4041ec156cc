"""How far several stages have come is one figure that never goes back and ends at the whole."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.ledger import reading
from incidentsim.service.stages import Stages, passing, told_of


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4), min_size=1, max_size=4), st.integers(1, 300_000))
def test_the_figure_rises_from_stage_to_stage_and_ends_at_the_whole(weights: list[list[int]], of: int) -> None:
    told: list[tuple[int, int]] = []
    outer = Stages(lambda done, whole: told.append((done, whole)), [sum(inner) for inner in weights])
    for inner in weights:
        stages = Stages(outer.next(), inner)
        for _stage in inner:
            tell = stages.next()
            assert tell is not None
            for done in (0, of // 3, of, of + 5):
                tell(done, of)
    figures = [done / whole for done, whole in told]
    assert figures == sorted(figures)
    assert figures[0] == 0
    assert figures[-1] > 0.98  # parts of parts are rounded down


def test_nobody_is_told_where_nobody_wants_to_know_or_the_record_is_short() -> None:
    stages = Stages(None, (1, 1))
    assert stages.next() is None
    assert list(passing("abc", 3, stages.next())) == ["a", "b", "c"]
    assert told_of(reading.READ_A_LOOK, print) is None
    assert told_of(reading.READ_A_LOOK + 1, print) is print


def test_what_goes_by_is_told_now_and_then() -> None:
    told: list[tuple[int, int]] = []
    many = reading.READ_A_LOOK * 3
    assert sum(passing(range(many), many, lambda done, of: told.append((done, of)))) == sum(range(many))
    assert told == [(reading.READ_A_LOOK, many), (2 * reading.READ_A_LOOK, many)]
