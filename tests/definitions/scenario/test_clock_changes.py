"""Which clocks an exercise goes by, and how they change: said by the scenario, or by its places, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.scenario.clock_changes import AFTER, MOST, of_old_run
from incidentsim.definitions.scenario.clock_warnings import clock_warnings
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.local_time import Offsets, OffsetTable, instant_and_offset
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario

HOUR = 3_600_000
DAY = 24 * HOUR
BERLIN_AUTUMN = "2026-10-24T20:00+02:00"


@pytest.fixture
def story(tiny: Playbook, scenario_text: str) -> "Story":
    return Story(tiny, scenario_text)


class Story:
    """The small scenario with another start, and keys before it."""

    def __init__(self, playbook: Playbook, text: str) -> None:
        self.playbook = playbook
        self.text = text

    def written(self, starts: str, keys: str = "", ends: str = "5d") -> bytes:
        head, _starts, rest = self.text.partition("starts: 2021-06-30T09:10+08:00\n")
        rest = "\n".join(line for line in rest.split("\n") if not line.startswith("ends:"))
        return f"{head}starts: {starts}\nends: {ends}\n{keys}\n{rest}".encode()

    def read(self, starts: str, keys: str = "", ends: str = "5d", pinned: OffsetTable | None = None) -> Scenario:
        return read_scenario(self.written(starts, keys, ends), "a.yaml", self.playbook, offsets=pinned)

    def problem(self, starts: str, keys: str = "") -> str:
        with pytest.raises(DefinitionError) as found:
            self.read(starts, keys)
        return str(found.value)


def changes(scenario: Scenario) -> list[tuple[int, int, int]]:
    return scenario.local_time.changes(scenario.ends)


def warnings(scenario: Scenario) -> list[str]:
    return [f"{path[0]}: {message}" for path, message in clock_warnings(scenario)]


def test_without_a_zone_the_offset_of_the_start_holds(story: Story) -> None:
    found = story.read(BERLIN_AUTUMN)
    assert found.offsets is not None
    assert (found.offsets.zone, changes(found), warnings(found)) == (None, [], [])


@pytest.mark.parametrize(
    ("zone", "starts", "expected"),
    [
        ("Europe/Berlin", BERLIN_AUTUMN, [(7 * HOUR, 2 * HOUR, HOUR)]),
        ("Europe/Berlin", "2026-03-28T20:00+01:00", [(6 * HOUR, HOUR, 2 * HOUR)]),
        ("Australia/Lord_Howe", "2026-04-04T20:00+11:00", [(6 * HOUR, 11 * HOUR, 21 * HOUR // 2)]),
        ("Australia/Lord_Howe", "2026-10-03T20:00+10:30", [(6 * HOUR, 21 * HOUR // 2, 11 * HOUR)]),
        ("Pacific/Apia", "2011-12-29T20:00-10:00", [(4 * HOUR, -10 * HOUR, 14 * HOUR)]),
        ("Asia/Pyongyang", "2018-05-04T20:30+08:30", [(3 * HOUR, 17 * HOUR // 2, 9 * HOUR)]),
        ("Asia/Shanghai", "2026-10-24T20:00+08:00", []),
    ],
)
def test_with_a_zone_its_clocks_change(
    story: Story, zone: str, starts: str, expected: list[tuple[int, int, int]]
) -> None:
    found = story.read(starts, f"zone: {zone}")
    assert found.offsets is not None
    assert (found.zone, found.offsets.zone) == (zone, zone)
    assert changes(found) == expected
    assert len(warnings(found)) == len(expected)


def placed(story: Story, jurisdictions: str, zones: str) -> Story:
    """The same story of an organisation that declares these places."""
    scope = f"scope: {{jurisdictions: [{jurisdictions}], zones: {{{zones}}}}}"
    return Story(story.playbook, story.text.replace("organisation: {", f"organisation: {{{scope}, ", 1))


@pytest.mark.parametrize(
    ("jurisdictions", "zones", "expected"),
    [
        ("EU", "EU: Europe/Berlin", "Europe/Berlin"),
        ("EU", "", "Europe/Brussels"),  # that of the pack
        ("CN, EU", "", "Europe/Brussels"),  # in Shanghai it is another time
        ("EU, CN", "EU: Europe/Athens", None),
    ],
)
def test_left_out_it_is_that_of_the_first_place_whose_clocks_show_the_start(
    story: Story, jurisdictions: str, zones: str, expected: str | None
) -> None:
    """So that the timeline and the regulatory deadlines of that place agree."""
    found = placed(story, jurisdictions, zones).read(BERLIN_AUTUMN)
    assert found.offsets is not None
    assert found.offsets.zone == expected
    assert bool(changes(found)) == (expected is not None)


def test_places_that_disagree_are_told_and_a_zone_decides(story: Story) -> None:
    both = placed(story, "EU, CN", "EU: Europe/Berlin, CN: Africa/Johannesburg")
    assert (
        "starts: The clocks of these places change at different times: Europe/Berlin, Africa/Johannesburg."
        in (warnings(both.read(BERLIN_AUTUMN))[-1])
    )
    decided = both.read(BERLIN_AUTUMN, "zone: Africa/Johannesburg")
    assert (changes(decided), warnings(decided)) == ([], [])


@pytest.mark.parametrize(
    ("starts", "why"),
    [
        ("2026-03-29T02:30+01:00", "skip this time; the first that they show after it is 2026-03-29T03:00:00+02:00"),
        ("2026-03-29T02:30+02:00", "skip this time"),
        ("2026-10-24T20:00+01:00", "have another offset then: 2026-10-24T20:00:00+02:00"),
        ("2026-10-25T02:30+03:00", "have another offset then: 2026-10-25T02:30:00+02:00"),
    ],
)
def test_a_start_that_the_clocks_of_the_zone_do_not_show_is_refused(story: Story, starts: str, why: str) -> None:
    said = story.problem(starts, "zone: Europe/Berlin")
    assert why in said
    assert "$.starts" in said


@pytest.mark.parametrize(("starts", "left"), [("2026-10-25T02:30+02:00", 1), ("2026-10-25T02:30+01:00", 0)])
def test_in_an_hour_that_comes_twice_the_offset_says_which_is_meant(story: Story, starts: str, left: int) -> None:
    found = story.read(starts, "zone: Europe/Berlin")
    assert len(changes(found)) == left
    assert found.local_time.offsets.twice(found.local_time.start)


def test_a_zone_that_does_not_exist_is_told_at_its_place(story: Story) -> None:
    assert "There is no time zone Europe/Berln; the nearest valid one is Europe/Berlin." in story.problem(
        BERLIN_AUTUMN, "zone: Europe/Berln"
    )


def test_the_scenario_may_state_the_changes_itself(story: Story) -> None:
    found = story.read(BERLIN_AUTUMN, 'clock_changes: [{at: 90m, offset: "+03:30"}, {at: 3h, offset: "-01:00"}]')
    assert changes(found) == [(90 * 60_000, 2 * HOUR, 7 * HOUR // 2), (3 * HOUR, 7 * HOUR // 2, -HOUR)]
    never = story.read(BERLIN_AUTUMN, "zone: Europe/Berlin\nclock_changes: []")
    assert (changes(never), warnings(never)) == ([], [])


@pytest.mark.parametrize("times", ["{at: 0m, offset: X}", "{at: 2h, offset: X}, {at: 2h, offset: X}"])
def test_changes_out_of_order_are_refused(story: Story, times: str) -> None:
    keys = f"clock_changes: [{times}]".replace("X", '"+01:00"')
    assert "stand in order of time" in story.problem(BERLIN_AUTUMN, keys)


@pytest.mark.parametrize("offset", ["01:00", "+1:00", "+19:00", "+01:60", "Z", "Europe/Berlin"])
def test_what_is_no_offset_is_told_with_what_would_be_one(story: Story, offset: str) -> None:
    keys = f'clock_changes: [{{at: 1h, offset: "{offset}"}}]'
    assert f"{offset} is not an offset from UTC, such as +01:00." in story.problem(BERLIN_AUTUMN, keys)


def test_changes_are_looked_up_beyond_the_end_and_no_further_than_ten_years(story: Story) -> None:
    start = instant_and_offset(BERLIN_AUTUMN)[0]
    soon, late = (story.read(BERLIN_AUTUMN, "zone: Europe/Berlin", ends) for ends in ("5d", "36500d"))
    assert soon.offsets is not None
    assert late.offsets is not None
    assert soon.offsets.until == start + 5 * DAY + AFTER
    assert late.offsets.until == start + MOST + AFTER
    assert warnings(late)[-1] == (
        "ends: Changes of the clocks are looked up until 2037-11-28; from there on the last offset holds."
    )
    assert late.local_time.offsets.at(start + 36_500 * DAY) == late.local_time.offsets.changes[-1][1]
    assert not any("looked up" in one for one in warnings(soon))


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (BERLIN_AUTUMN, "back 7h after its start: at 2026-10-25T03:00:00+02:00 it is 2026-10-25T02:00:00+01:00."),
        (
            "2026-03-28T20:00+01:00",
            "forward 6h after its start: at 2026-03-29T02:00:00+01:00 it is 2026-03-29T03:00:00+02:00.",
        ),
    ],
)
def test_a_warning_says_when_and_what(story: Story, starts: str, words: str) -> None:
    assert warnings(story.read(starts, "zone: Europe/Berlin")) == [f"starts: The clocks of the exercise go {words}"]


def test_check_gives_the_warnings_at_their_place_and_finds_nothing_wrong(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(story.written(BERLIN_AUTUMN, "zone: Europe/Berlin"))
    playbooks = Path(__file__).parents[1] / "data"
    (found,) = check([path], Library([playbooks]))
    assert found.problems == ()
    (warning,) = (warning for warning in found.warnings if warning.rule is None)
    assert warning.path == "$.starts"
    assert path.read_text(encoding="utf-8").split("\n")[warning.line - 1].startswith("starts:")


def test_a_pinned_table_holds_whatever_the_zone_data_of_today_say(story: Story) -> None:
    pinned = OffsetTable(Offsets(5 * HOUR), "Mars/Olympus", {"Mars/Olympus": Offsets(0)}, 9, "1999.1")
    assert story.read(BERLIN_AUTUMN, "zone: Europe/Berlin", pinned=pinned).offsets == pinned


def test_a_place_that_a_pinned_table_lacks_is_looked_up(story: Story) -> None:
    pinned = OffsetTable(Offsets(5 * HOUR), None, {"Europe/Athens": Offsets(0)}, 9, "1999.1")
    found = placed(story, "EU, CN", "EU: Europe/Athens").read(BERLIN_AUTUMN, pinned=pinned).offsets
    assert found is not None
    assert found.place("Europe/Athens") == Offsets(0)
    assert found.place("Asia/Shanghai") == Offsets(8 * HOUR)


def test_a_run_without_a_table_goes_by_the_offset_and_the_minute_of_its_start(story: Story) -> None:
    read = story.read("2026-10-24T20:00:30+02:00", "zone: Europe/Berlin")
    assert read.offsets is not None
    table = of_old_run(read.offsets, read.starts)
    assert table.exercise == Offsets(2 * HOUR)
    assert table.places == read.offsets.places
    assert (read.kept_time.kept(0) % DAY, replace(read, offsets=table).kept_time.kept(0) % DAY) == (
        20 * HOUR + 30_000,
        20 * HOUR,
    )
