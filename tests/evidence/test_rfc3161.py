"""Requests that any authority reads, and responses that verify only where everything about them is right."""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.evidence import rfc3161
from incidentsim.evidence.rfc3161 import Timestamp, TimestampError, read_imprint, read_roots, request_for
from tests.support.authorities import DAY, Authority, needs_openssl, openssl

TEXT = b"text\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger"), root="root of somebody else")


@pytest.fixture(scope="module")
def response(authority: Authority) -> bytes:
    return authority.reply(request_for(TEXT).data)


@contextmanager
def faulty(reason: str) -> Iterator[None]:
    with pytest.raises(TimestampError, match=f"^{reason}$"):
        yield


def test_each_request_has_another_nonce() -> None:
    assert len({request_for(TEXT).nonce for _ in range(9)} - {None}) == 9


@needs_openssl
def test_openssl_reads_the_request(tmp_path: Path) -> None:
    request = request_for(TEXT)
    (tmp_path / "query").write_bytes(request.data)
    said = openssl(tmp_path, "ts", "-query", "-in", "query", "-text").decode()
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    assert request.nonce == int(re.findall(r"Nonce: 0x([0-9A-F]+)", said)[0], 16)
    (tmp_path / "text").write_bytes(TEXT)
    made = openssl(tmp_path, "ts", "-query", "-data", "text", "-sha256", "-cert", "-no_nonce")
    assert made.removeprefix(b"\x30\x39").removesuffix(b"\x01\x01\xff") in request.data, "all the same but the nonce"


@needs_openssl
def test_a_response_says_what_it_is_about(authority: Authority) -> None:
    request = request_for(TEXT)
    imprint = read_imprint(authority.reply(request.data), TEXT)
    assert imprint.found == imprint.expected == sha256(TEXT).hexdigest()
    assert imprint.nonce == request.nonce
    other = read_imprint(authority.reply(request.data), b"another")
    assert (other.found, other.expected) == (sha256(TEXT).hexdigest(), sha256(b"another").hexdigest())


@needs_openssl
@pytest.mark.parametrize("algorithm", ["sha384", "sha512"])
def test_a_response_about_a_longer_digest_is_read_as_well(authority: Authority, algorithm: str) -> None:
    (authority.folder / "text").write_bytes(TEXT)
    query = openssl(authority.folder, "ts", "-query", "-data", "text", f"-{algorithm}", "-cert", "-no_nonce")
    stamped = authority.reply(query)
    imprint = read_imprint(stamped, TEXT)
    assert imprint.found == imprint.expected
    assert imprint.nonce is None
    assert rfc3161.verify(stamped, TEXT, read_roots(authority.roots)).authority == "CN=invented authority"


@pytest.mark.parametrize(
    "nothing",
    [b"", b"no", bytes.fromhex("30053003020102"), bytes.fromhex("30053003020100"), b"\x30\x80", b"\x30", b"\xff" * 100],
)
def test_what_is_no_stamp_is_told(nothing: bytes) -> None:
    with faulty("none that can be read"):
        read_imprint(nothing, TEXT)


@needs_openssl
def test_a_response_that_is_far_too_long_is_not_read(response: bytes) -> None:
    with faulty("none that can be read"):
        read_imprint(response + bytes(rfc3161.MAX_BYTES), TEXT)


@needs_openssl
@pytest.mark.parametrize("chain", [False, True], ids=["certificate", "whole chain"])
def test_a_stamp_verifies_under_its_root(authority: Authority, stranger: Authority, chain: bool) -> None:
    stamped = authority.reply(request_for(TEXT).data, chain=chain)
    found = rfc3161.verify(stamped, TEXT, read_roots(authority.roots))
    assert found.authority == "CN=invented authority"
    assert abs(datetime.now(UTC) - found.time) < timedelta(minutes=5)
    both = authority.folder / "both.pem"
    both.write_bytes(stranger.roots.read_bytes() + authority.roots.read_bytes())
    assert rfc3161.verify(stamped, TEXT, read_roots(both)) == found


@needs_openssl
def test_certificates_may_stand_in_any_order(authority: Authority) -> None:
    """OpenSSL sends them as they follow on one another, the library wants them as DER sorts them."""
    stamped = authority.reply(request_for(TEXT).data, chain=True)
    for first, second in itertools.permutations(authority.chain):
        stamped = stamped.replace(first + second, second + first)
        assert second + first in stamped
        assert rfc3161.verify(stamped, TEXT, read_roots(authority.roots)).authority == "CN=invented authority"


@needs_openssl
@pytest.mark.parametrize("chain", [False, True], ids=["certificate", "its own root"])
def test_a_stamp_under_another_root_does_not_verify(authority: Authority, stranger: Authority, chain: bool) -> None:
    """Nor if it brings its own root, which must not be trusted because it is there."""
    stamped = authority.reply(request_for(TEXT).data, chain=chain)
    with faulty("one by a certificate that leads to none of these roots"):
        rfc3161.verify(stamped, TEXT, read_roots(stranger.roots))


@needs_openssl
def test_a_stamp_on_another_text_does_not_verify(authority: Authority, response: bytes) -> None:
    with faulty("one about something else"):
        rfc3161.verify(response, b"another", read_roots(authority.roots))


@needs_openssl
def test_a_stamp_that_was_changed_does_not_verify(authority: Authority, response: bytes) -> None:
    roots = read_roots(authority.roots)
    with faulty("one with a wrong signature"):
        rfc3161.verify(response[:-1] + bytes([response[-1] ^ 1]), TEXT, roots)
    at = response.index(b"Z", response.index(b"\x18\x0f20"))  # the time, before the seconds' last digit
    earlier = response[: at - 1] + (b"0" if response[at - 1 : at] != b"0" else b"1") + response[at:]
    with faulty("one with a wrong signature"):
        rfc3161.verify(earlier, TEXT, roots)


@needs_openssl
@pytest.mark.parametrize(
    ("begins", "ends", "reason"),
    [
        (-10 * DAY, -DAY, "one by a certificate that had expired by the time it says"),
        (DAY, 10 * DAY, "one by a certificate that was not yet valid at the time it says"),
    ],
)
def test_a_certificate_must_be_valid_at_the_time_of_the_stamp(
    tmp_path: Path, begins: timedelta, ends: timedelta, reason: str
) -> None:
    authority = Authority(tmp_path, begins=begins, ends=ends)
    with faulty(reason):
        rfc3161.verify(authority.reply(request_for(TEXT).data), TEXT, read_roots(authority.roots))


@needs_openssl
def test_a_certificate_for_something_else_does_not_stamp(authority: Authority) -> None:
    stamped = authority.reply_with_a_certificate_for_clients(request_for(TEXT).data)
    assert read_imprint(stamped, TEXT).found == sha256(TEXT).hexdigest()
    with faulty("one by a certificate that is not for time stamping"):
        rfc3161.verify(stamped, TEXT, read_roots(authority.roots))


@needs_openssl
def test_a_stamp_that_was_granted_with_changes_does_not_verify(authority: Authority, response: bytes) -> None:
    changed = response.replace(bytes.fromhex("3003020100"), bytes.fromhex("3003020101"), 1)
    assert read_imprint(changed, TEXT).found == sha256(TEXT).hexdigest()
    with faulty("one that was granted with changes"):
        rfc3161.verify(changed, TEXT, read_roots(authority.roots))


def test_what_is_no_root_certificate_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_roots(tmp_path / "nothing.pem")
    with pytest.raises(InputError, match="There is no file"):
        read_roots(tmp_path)
    pem = tmp_path / "root.pem"
    begins, ends = b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n"
    for data in (b"", b"\x00" * 99, begins + ends, begins + b"MAA=\n" + ends, b"#" * rfc3161.MAX_BYTES):
        pem.write_bytes(data)
        with pytest.raises(InputError, match="holds no certificates in PEM form"):
            read_roots(pem)


@st.composite
def spoilt(draw: st.DrawFn) -> list[tuple[float, bytes, int]]:
    """Where something is put into some bytes (as a share of their length), what, and how many bytes it displaces."""
    return draw(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 5)), min_size=1, max_size=4))


def spoil(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    for share, put, gone in changes:
        at = int(share * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


def outcome(response: bytes, roots: tuple[bytes, ...]) -> Timestamp | None:
    """What verifying comes to; any other error than ours is let through."""
    try:
        read_imprint(response, TEXT)
        return rfc3161.verify(response, TEXT, roots)
    except TimestampError:
        return None


@needs_openssl
@given(spoilt())
def test_a_spoilt_stamp_says_the_same_or_does_not_verify(
    authority: Authority, response: bytes, changes: list[tuple[float, bytes, int]]
) -> None:
    roots = read_roots(authority.roots)
    assert outcome(spoil(response, changes), roots) in {None, outcome(response, roots)}


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_no_stamp(data: bytes) -> None:
    assert outcome(data, ()) is None
