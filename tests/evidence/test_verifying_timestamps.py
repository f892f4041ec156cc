"""What `verify` says of a bundle's time stamp: with roots, without, and without the library."""

import sys
from pathlib import Path

import pytest

from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.findings import Findings
from incidentsim.evidence.rfc3161 import read_roots, request_for
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.evidence.verifying import verify_bundle, verify_log_file
from tests.support.authorities import Authority, needs_openssl
from tests.support.evidence import key, members_of, pack, record


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def roots(authority: Authority) -> TrustedInputs:
    return TrustedInputs(tsa_roots=read_roots(authority.roots))


@pytest.fixture(scope="module")
def stamped(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "b.zip"
    write_bundle(path, record(), key(), stamp=lambda text: authority.reply(request_for(text).data))
    return path


def made(findings: Findings) -> dict[str, bool]:
    return {check.name: check.holds for check in findings.checks if check.name in {"stamp", "authority"}}


@needs_openssl
def test_with_roots_it_says_when_and_by_whom(stamped: Path, roots: TrustedInputs) -> None:
    findings = verify_bundle(stamped, roots)
    assert findings.holds
    assert made(findings) == {"stamp": True, "authority": True}
    assert findings.stamped is not None
    assert findings.stamped.authority == "CN=invented authority"
    assert findings.to_json()["stamped"] == {
        "time": findings.stamped.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "authority": "CN=invented authority",
    }
    assert "revocation" in findings.not_checked


@needs_openssl
def test_without_roots_its_signature_was_not_checked(stamped: Path) -> None:
    findings = verify_bundle(stamped)
    assert findings.holds
    assert made(findings) == {"stamp": True}
    assert findings.stamped is None
    assert "authority" in findings.not_checked
    assert any("--tsa-roots" in said for said in findings.limits())


@needs_openssl
def test_without_the_library_it_was_not_checked_and_no_fault(
    stamped: Path, roots: TrustedInputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    for trusted in (TrustedInputs(), roots):
        findings = verify_bundle(stamped, trusted)
        assert findings.holds
        assert made(findings) == {}
        assert any("pip install 'incidentsim[timestamp]'" in said for said in findings.limits())


@needs_openssl
def test_a_stamp_about_something_else_is_a_fault(stamped: Path, authority: Authority, roots: TrustedInputs) -> None:
    other = {**members_of(stamped), "checkpoint.tsr": authority.reply(request_for(b"another").data)}
    path = pack(stamped.with_name("other.zip"), other)
    assert made(verify_bundle(path)) == {"stamp": False}
    assert made(verify_bundle(path, roots)) == {"stamp": False, "authority": False}


@needs_openssl
@pytest.mark.parametrize("nothing", [b"", b"nonsense", bytes.fromhex("30053003020102")])
def test_a_stamp_that_is_none_is_a_fault(stamped: Path, roots: TrustedInputs, nothing: bytes) -> None:
    path = pack(stamped.with_name("none.zip"), {**members_of(stamped), "checkpoint.tsr": nothing})
    assert made(verify_bundle(path)) == {"stamp": False}
    assert made(verify_bundle(path, roots)) == {"stamp": False, "authority": False}


@needs_openssl
def test_a_stamp_under_another_root_is_a_fault(stamped: Path, tmp_path: Path) -> None:
    stranger = Authority(tmp_path, root="root of somebody else")
    findings = verify_bundle(stamped, TrustedInputs(tsa_roots=read_roots(stranger.roots)))
    assert made(findings) == {"stamp": True, "authority": False}
    assert findings.stamped is None


@needs_openssl
def test_roots_without_a_stamp_are_a_fault(stamped: Path, roots: TrustedInputs, tmp_path: Path) -> None:
    """Whoever names roots wants to see a stamp: that it was taken away does not pass in silence."""
    parts = members_of(stamped)
    del parts["checkpoint.tsr"]
    assert made(verify_bundle(pack(tmp_path / "without.zip", parts), roots)) == {"authority": False}
    (tmp_path / "l.jsonl").write_bytes(parts["log.jsonl"])
    assert made(verify_log_file(tmp_path / "l.jsonl", roots)) == {"authority": False}
