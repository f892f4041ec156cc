"""Whatever the place of a secret in an address, no message holds it."""

import traceback
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.exc import ArgumentError

from incidentsim.domain.errors import IncidentsimError
from incidentsim.evidence.timestamping import stamp
from incidentsim.files.addresses import shown_web_address, web_secrets, without
from incidentsim.storage.address import parse_address, secrets_of, secrets_of_address, shown
from incidentsim.storage.troubles import told_plainly

_MARK: Final = "Zq9x"
_SECRETS: Final = st.text("ab /?#@:&=%+;,'\"\\é密", max_size=6).map(lambda text: f"{_MARK}{text}{_MARK}w")
_NAMES: Final = st.sampled_from(
    ["password", "sslpassword", "passfile", "token", "api_key", "foo", "options", "sslmode"]
)
_WEB_PLACES: Final = (
    "http://lin:{}@127.0.0.1:1/x",
    "https://{}@127.0.0.1:1/",
    "http://127.0.0.1:1/{}/x",
    "http://127.0.0.1:1/x?{name}={}&b=c",
    "http://127.0.0.1:1/x?{}",
    "http://127.0.0.1:1/x#{}",
    "http://lin:1/{}@127.0.0.1:1/",
    "ftp://lin:{}@127.0.0.1/",
    "lin:{}@127.0.0.1",
    "{}://127.0.0.1",
)
_DATABASE_PLACES: Final = (
    "postgresql://lin:{}@127.0.0.1:1/x",
    "postgresql://lin:a@{}@127.0.0.1:1/x",
    "postgresql://127.0.0.1:1/x?user=u&{name}={}",
    "postgresql://127.0.0.1:1/x?{}=1",
    "postgresql://127.0.0.1:1/x#{}",
    "mysql://lin:{}@127.0.0.1/x",
    "sqlite://lin:{}@127.0.0.1/x",
    "lin:{}@127.0.0.1",
    "{}://127.0.0.1",
)


def _planted(places: tuple[str, ...]) -> st.SearchStrategy[str]:
    from urllib.parse import quote, quote_plus

    written = st.one_of(_SECRETS, _SECRETS.map(quote), _SECRETS.map(quote_plus))
    return st.builds(
        lambda place, secret, name: place.format(secret, name=name), st.sampled_from(places), written, _NAMES
    )


@given(_planted(_WEB_PLACES))
def test_no_message_about_a_web_address_ever_holds_a_secret(address: str) -> None:
    assert _MARK not in shown_web_address(address)
    assert _MARK.lower() not in without(web_secrets(address), f"it failed: {address!r} {address}").lower()


@pytest.mark.parametrize("place", _WEB_PLACES)
def test_no_refusal_of_a_time_stamp_holds_a_secret(place: str) -> None:
    for secret in (f"{_MARK}", f"{_MARK} {_MARK}", f"{_MARK}\n{_MARK}", f"{_MARK}é"):
        with pytest.raises(IncidentsimError) as caught:
            stamp(b"text", place.format(secret, name="token"))
        assert _MARK not in str(caught.value)
        assert _MARK not in "".join(traceback.format_exception(caught.value))


@example("postgresql://127.0.0.1:1/x?user=u&password=Zq9x@Zq9xw")
@example("postgresql://127.0.0.1:1/x?Zq9x&Zq9xw=1")
@example("postgresql://lin:a@Zq9x?Zq9xw@127.0.0.1:1/x")
@example("postgresql://lin:a@Zq9x?=Zq9xw@127.0.0.1:1/x")
@given(_planted(_DATABASE_PLACES))
def test_no_message_about_a_database_ever_holds_a_secret(address: str) -> None:
    hidden: Any = secrets_of_address(address)
    try:
        url = parse_address(address)
    except IncidentsimError as error:
        assert _MARK not in str(error)  # noqa: PT017 - a refusal is one of two good answers
    else:
        assert _MARK not in shown(url)
        hidden = (*hidden, *secrets_of(url))
    for text in (address, repr(address)):
        with pytest.raises(IncidentsimError) as caught, told_plainly("x", hidden):
            raise ArgumentError(f"it failed: {text}")
        assert _MARK.lower() not in str(caught.value).lower()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://lin:s3cret@stamp.example:81/x?token=a", "http://***@stamp.example:81/…"),
        ("https://stamp.example", "https://stamp.example/"),
        ("https://[::1]:8/", "https://[::1]:8/"),
        ("ftp://lin:s3cret@x", "ftp://…"),
        ("s3cret", "…"),
    ],
)
def test_what_is_shown_of_an_address_lets_its_server_be_found(address: str, expected: str) -> None:
    assert shown_web_address(address) == expected


def test_a_short_secret_does_not_garble_the_words_around_it() -> None:
    assert without(["a"], "a bad day: 'a'") == "*** bad day: '***'"
