"""Addresses, domains and telephone numbers are those that nobody has."""

import re
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.slot_values import Maker, Turn
from incidentsim.generation.world import world

RESERVED = [ip_network(one) for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
LOCALES = st.sampled_from(["en_US", "zh_CN"])


def maker(locale: str = "zh_CN") -> Maker:
    return Maker("zhulan.example", world(locale), locale)


@given(st.sampled_from(["outside", "inside", "ipv6"]), st.integers(0, 10**9))
def test_addresses_are_those_set_aside_for_documentation(kind: str, seed: int) -> None:
    """RFC 5737 and RFC 3849."""
    address = ip_address(maker().address(kind, Stream(seed, "a"), Turn()).text)
    assert any(address in network for network in RESERVED)


@given(LOCALES, st.integers(0, 10**9))
def test_telephone_numbers_outside_are_set_aside_or_masked(locale: str, seed: int) -> None:
    number = maker(locale).phone("outside", Stream(seed, "p"), Turn()).text
    assert re.fullmatch(r"555-01\d\d" if locale == "en_US" else r"1\*\*-\*\*\*\*-\d{4}", number)


def test_domains_end_where_none_can_be_registered() -> None:
    assert maker().domain("files", Stream(1, "d"), Turn()).text.endswith(".example")


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_the_invented_world_has_only_such_domains(locale: str) -> None:
    place = world(locale)
    companies = [one for known in place.companies.values() for one in known]
    domains = [*(one.domain for one in place.organisations), *(one.domain for one in companies)]
    assert all(re.fullmatch(r"[a-z][a-z-]+\.example", domain) for domain in domains)
    assert len(set(domains)) == len(domains)
    for names in ([one.name.en for one in companies], [one.name.zh for one in companies]):
        assert len(set(names)) == len(names)


def test_things_are_shaped_as_written() -> None:
    make, stream, turn = maker(), Stream(4, "x"), Turn()
    assert re.fullmatch(r"db-rep-\d\d", make.host("db-rep", stream, turn).name)
    assert re.fullmatch(r"db-rep-\d\d\.zhulan\.example", make.host("db-rep", stream, turn).say("full", "en"))
    assert re.fullmatch(r"ops-\d\d", make.account("ops", stream, turn).text)
    assert re.fullmatch(r"CHG-\d{5}", make.ticket("CHG", stream, turn).text)
    assert re.fullmatch(r"S-\d{4}-[0-9a-f]{4}", make.code("S-####-????", stream, turn).text)


@given(st.integers(0, 50), st.integers(0, 200), st.integers(1, 12), st.integers(0, 10**6))
def test_what_falls_to_one_never_falls_to_another(low: int, size: int, count: int, seed: int) -> None:
    """Whatever each draws from its own stream; and no part of the range is left to nobody."""
    high = low + size + count
    drawn = [Turn(rank, count).between(low, high, Stream(seed, str(rank))) for rank in range(count)]
    assert len(set(drawn)) == count
    assert all(low <= value <= high for value in drawn)
    assert [(value - low) % count for value in drawn] == list(range(count))


@given(st.integers(0, 10**6))
def test_companies_of_a_kind_differ(seed: int) -> None:
    names = [maker().company("newspaper", Stream(seed, str(rank)), Turn(rank, 3)).name.en for rank in range(3)]
    assert len(set(names)) == 3


@given(st.integers(0, 10**6))
def test_codes_of_a_pattern_differ(seed: int) -> None:
    codes = [maker().code("P-##", Stream(seed, str(rank)), Turn(rank, 10)).text for rank in range(10)]
    assert len(set(codes)) == 10
