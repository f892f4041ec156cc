"""What holds for every shipped pack: evidence, texts, and that nothing unverified runs."""

from importlib import resources

import pytest

from incidentsim.definitions.clocks.read import attributes_of, read_clock_pack, shipped_packs
from incidentsim.domain.clock_limits import Immediately
from incidentsim.domain.clocks import UNVERIFIED_MARKS, Clock
from incidentsim.exercise.regulatory.dates import known_calendars
from tests.support.clocks import texts

CLOCKS = [clock for pack in shipped_packs() for clock in pack.clocks.values()]
each_clock = pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.id)


def test_there_is_a_pack_for_every_jurisdiction_promised() -> None:
    assert {pack.jurisdiction for pack in shipped_packs()} == {"CN", "US", "EU", "JP", "MY", "HK", "SG", "IN", "AU"}


@pytest.mark.parametrize("name", [pack.id for pack in shipped_packs()])
def test_the_holiday_calendar_of_each_pack_exists(name: str) -> None:
    file = resources.files("incidentsim") / "clockpacks" / f"{name}.yaml"
    read_clock_pack(file.read_bytes(), file.name, known_calendars())


@each_clock
def test_what_is_not_verified_is_disabled_and_says_why(clock: Clock) -> None:
    unsure = clock.evidence.mark in UNVERIFIED_MARKS or not clock.evidence.verified
    assert unsure == (clock.status == "disabled")
    assert (clock.reason is not None) == (clock.status in ("disabled", "not_in_force"))


@each_clock
def test_every_clock_names_its_source_and_somebody_to_tell(clock: Clock) -> None:
    assert clock.evidence.source.startswith(("https://", "http://"))
    assert clock.recipients


@each_clock
def test_a_clock_without_a_number_has_a_target_of_ours(clock: Clock) -> None:
    assert not isinstance(clock.deadline, Immediately) or clock.deadline.target > 0


@pytest.mark.parametrize("pack", shipped_packs(), ids=lambda pack: pack.id)
def test_every_text_is_written_in_both_languages(pack: object) -> None:
    for where, text in texts(pack):
        assert text.en.strip(), where
        assert text.zh.strip(), where
        assert text.en == text.zh or any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), where


def test_no_duty_of_an_authority_is_among_them() -> None:
    assert not [clock.id for clock in CLOCKS if "upward" in clock.id or "regulator" in clock.id]


def test_packs_agree_on_what_they_share() -> None:
    assert "us_filer" in attributes_of(shipped_packs())
