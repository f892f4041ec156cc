"""The PostgreSQL server for tests: named by the environment, and each test in a schema of its own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

VARIABLE = "INCIDENTSIM_TEST_POSTGRES_URL"


def server_address() -> str:
    """The address of the server; the test is skipped, and says why, where there is none."""
    address = os.environ.get(VARIABLE)
    if not address:
        pytest.skip(f"no PostgreSQL server: set {VARIABLE}, or run: bash .ci/postgres.sh -- pytest -m postgres")
    return address


@contextmanager
def fresh_schema() -> Iterator[str]:
    """The address of a new, empty schema, which is dropped after."""
    import psycopg

    server = server_address()
    schema = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    try:
        yield f"{server}?options=-csearch_path%3D{schema}&application_name={schema}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
