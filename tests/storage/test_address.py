"""Which database addresses are understood, and how they are told."""

from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.storage.address import parse_address, secrets_of, shown, url_of_file


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:///runs.sqlite3", "runs.sqlite3"),
        ("sqlite:////var/lib/runs.sqlite3", "/var/lib/runs.sqlite3"),
        ("sqlite:///C:/Users/Lin Yue/runs.sqlite3", "C:/Users/Lin Yue/runs.sqlite3"),
        ("sqlite:///50%20 a?b=c#d.sqlite3", "50%20 a?b=c#d.sqlite3"),
        ("sqlite:///记录.sqlite3", "记录.sqlite3"),
    ],
)
def test_the_path_of_a_file_is_taken_as_it_is(address: str, file: str) -> None:
    url = parse_address(address)
    assert (url.drivername, url.database) == ("sqlite+pysqlite", file)
    assert shown(url) == file


def test_a_file_has_an_address(tmp_path: Path) -> None:
    file = tmp_path / "a b%?.sqlite3"
    assert parse_address(url_of_file(file)).database == file.as_posix()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_is_reached_with_psycopg_and_told_without_the_password(scheme: str) -> None:
    url = parse_address(f"{scheme}://lin:s3cr%40t@db.example:5433/runs?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.password, url.host, url.port, url.query) == ("s3cr@t", "db.example", 5433, {"sslmode": "require"})
    assert shown(url) == "postgresql://lin:***@db.example:5433/runs?sslmode=require"


@pytest.mark.parametrize(
    "address", ["s3cret:s3cret@db/runs", "lin:s3cret@s3cret.example/runs", "lin:s3cret@db/my-s3cret"]
)
def test_a_password_is_not_told_where_it_is_also_part_of_a_name(address: str) -> None:
    url = parse_address(f"postgresql://{address}")
    assert shown(url) == "postgresql://…"
    assert set(secrets_of(url)) == {part for part in (url.username, url.password, url.host, url.database) if part}


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:", "sqlite:///", "sqlite:///:memory:", "sqlite://runs.db"])
def test_a_database_that_is_no_file_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"names no file\. Write sqlite:///FILE\."):
        parse_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "runs.sqlite3",
        "mysql://lin:s3cret@db/runs",
        "postgresql+psycopg2://lin:s3cret@db/runs",
        "postgresql:lin:s3cret@db/runs",
        "postgresql://lin:s3cret@db:many/runs",
        "postgres//lin:s3cret@db/runs",
        "oracle+nonsense://lin:s3cret@db",
        "https://lin:s3cret@db",
        "://s3cret",
    ],
)
def test_other_addresses_are_refused_without_repeating_a_password(address: str) -> None:
    with pytest.raises(InputError, match=r"is not understood\. Write sqlite:///FILE, or postgresql://") as caught:
        parse_address(address)
    assert "s3cret" not in str(caught.value)


def test_an_unknown_option_is_told_by_its_place_and_never_by_name() -> None:
    with pytest.raises(InputError) as caught:
        parse_address("postgresql://db/runs?user=lin&sslmod=s3cret")
    assert str(caught.value) == (
        "Option 2 of the database address postgresql://db/runs?user=*** is not known. Did you mean sslmode?"
    )


@pytest.mark.parametrize(
    "option",
    [
        *("keepalives=1", "keepalives_idle=7", "sslsni=0", "gssencmode=disable", "ssl_min_protocol_version=TLSv1.2"),
        *("load_balance_hosts=random", "sslnegotiation=direct", "channel_binding=prefer", "connect_timeout=3"),
    ],
)
def test_what_can_be_no_secret_is_shown_and_hidden_nowhere(option: str) -> None:
    """Else every "1" of a message, such as that of 127.0.0.1, would be taken for a secret."""
    url = parse_address(f"postgresql://127.0.0.1/x?{option}&sslpassword=word")
    assert option in shown(url)
    assert list(secrets_of(url)) == ["word"]
    name, _equals, value = option.partition("=")
    longer = f"{value}longer-word"
    assert list(secrets_of(parse_address(f"postgresql://127.0.0.1/x?{name}={longer}"))) == [longer]
