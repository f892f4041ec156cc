"""Time-stamp requests and responses (RFC 3161) by the library `rfc3161-client`; no other module knows it.

The library is the extra `timestamp`: whoever neither asks for a time stamp nor checks one needs no such thing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_hash
from pathlib import Path
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

from incidentsim.definitions.foreign.recognising import with_looks
from incidentsim.definitions.whole_files import read_whole
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MAX_BYTES: Final = 1 << 20
"""No response is longer, and no file of root certificates."""

_GRANTED: Final = (0, 1)
"""The statuses of a response with a time stamp: as asked for, and with changes (section 2.4.2)."""

_CERTIFICATES: Final = 0xA0
_LONG: Final = 0x80
"""Tags and lengths in DER: the certificates of signed data (RFC 5652 section 5.1), and a length of several bytes."""

_HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""The object identifiers of digests that are strong enough (RFC 5754 section 2)."""


class TimestampError(Exception):
    """A response that holds no time stamp, or one that does not verify; its text is the reason, for people."""


@dataclass(frozen=True, slots=True)
class Request:
    """A time-stamp request (RFC 3161 section 2.4.1): its DER and its nonce, which the response must repeat."""

    data: bytes
    nonce: int | None


@dataclass(frozen=True, slots=True)
class Imprint:
    """The message imprint of a time stamp, as the response says it; nothing of this is verified.

    Attributes:
        expected: the digest (hexadecimal) of the text asked about, by the algorithm that the response names.
        found: the digest in the response.
        nonce: the nonce in it; `None` if there is none.
    """

    expected: str
    found: str
    nonce: int | None


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time stamp that was verified: when (UTC), and the name in the signing certificate (RFC 4514)."""

    time: datetime
    authority: str


def is_installed() -> bool:
    """Return whether the extra `timestamp` is installed."""
    try:
        import rfc3161_client  # noqa: F401 - whether it can be imported is all that is asked
    except ImportError:
        return False
    return True


def request_for(text: bytes) -> Request:
    """Ask for a stamp on this text's SHA-256, with a nonce and the authority's certificates (section 2.4.1).

    Raises:
        InputError: the extra `timestamp` is not installed.
    """
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError as error:
        message = _("A time stamp needs the extra “timestamp”: pip install 'incidentsim[timestamp]'.")
        raise InputError(message) from error
    request = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()
    return Request(request.as_bytes(), request.nonce)


def read_imprint(response: bytes, text: bytes) -> Imprint:
    """Return the imprint that a response states, beside the digest that it should be about.

    Raises:
        TimestampError: it holds no time stamp.
    """
    with _reading(lambda _words: _("none that can be read")):
        info = _decode(response).tst_info
        algorithm = info.message_imprint.hash_algorithm.dotted_string
        found, nonce = info.message_imprint.message.hex(), info.nonce
    if algorithm not in _HASHES:
        raise TimestampError(_("a digest of another kind than SHA-256, SHA-384 or SHA-512"))
    return Imprint(new_hash(_HASHES[algorithm], text).hexdigest(), found, nonce)


def verify(response: bytes, text: bytes, roots: Sequence[bytes]) -> Timestamp:
    """Verify a time stamp: its status, imprint and signature, and the certificate that signed it.

    This must be one for time stamping (section 2.3), and lead to one of the roots over certificates that were all valid
    at the time that the stamp says (RFC 5280 section 6.1). Whether one had been revoked is not looked up.

    Args:
        response: as the authority gave it.
        text: what it is about.
        roots: the certificates (DER) that are trusted.

    Raises:
        TimestampError: it does not verify.
    """
    from cryptography.x509 import load_der_x509_certificate
    from rfc3161_client import VerifierBuilder

    with _reading(_reason):
        trusted = [load_der_x509_certificate(root) for root in roots]
        decoded = _decode(response)
        VerifierBuilder(roots=trusted).build().verify_message(decoded, text)
        return Timestamp(decoded.tst_info.gen_time, _signer(decoded).subject.rfc4514_string())


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The certificates (DER) in a PEM file.

    Raises:
        InputError: there is no such file, it is far too large, or it holds no certificate.
        OSError: it cannot be read.
    """
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import InvalidVersion, load_pem_x509_certificates

    if not path.is_file():  # not there, or a pipe, which would be waited for
        raise InputError(_("There is no file {path}.").format(path=path))
    data = read_whole(path, MAX_BYTES)
    try:
        with catch_warnings():
            simplefilter("ignore")  # of what no authority should do, such as a serial number below zero
            certificates = load_pem_x509_certificates(data)
    except (ValueError, InvalidVersion):
        certificates = []
    if not certificates:
        sentence = _("{path} holds no certificates in PEM form.").format(path=path)
        raise InputError(with_looks(sentence, path, but=("certificates",)))
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates)


@contextmanager
def _reading(reason: Callable[[str], str]) -> Iterator[None]:
    """Say what the libraries stumble on as a reason; hostile bytes bring them to raise and warn of whatever there is.

    Raises:
        TimestampError: they stumbled.
    """
    with catch_warnings():
        simplefilter("ignore")
        try:
            yield
        except Exception as error:
            raise TimestampError(reason(str(error))) from error


def _decode(response: bytes) -> "TimeStampResponse":
    """Read a response that grants a time stamp.

    Raises:
        ValueError: it is none, or grants none.
    """
    from rfc3161_client import decode_timestamp_response

    if len(response) > MAX_BYTES:
        raise ValueError(len(response))
    decoded = decode_timestamp_response(_sort_certificates(response))
    if decoded.status not in _GRANTED:
        raise ValueError(decoded.status)
    return decoded


def _signer(response: "TimeStampResponse") -> "Certificate":
    """The certificate that the signature names (RFC 5652 section 5.3).

    Raises:
        ValueError: it is not in the response.
    """
    from cryptography.x509 import load_der_x509_certificate

    for info in response.signed_data.signer_infos:
        for data in response.signed_data.certificates:
            certificate = load_der_x509_certificate(data)
            if (certificate.issuer, certificate.serial_number) == (info.issuer, info.serial_number):
                return certificate
    raise ValueError


def _reason(words: str) -> str:
    """What is found instead of a time stamp that verifies, by what the library, or OpenSSL under it, says."""
    reasons = {
        "PKIStatus": _("one that was granted with changes"),
        "EKU": _("one by a certificate that is not for time stamping"),
        "unsuitable certificate purpose": _("one by a certificate that is not for time stamping"),
        "expired": _("one by a certificate that had expired by the time it says"),
        "not yet valid": _("one by a certificate that was not yet valid at the time it says"),
        "certificate verify error": _("one by a certificate that leads to none of these roots"),
        "PKCS7": _("one with a wrong signature"),
        "Mismatch between messages": _("one about something else"),
    }
    return next((said for word, said in reasons.items() if word in words), _("one that cannot be verified"))


_Part = tuple[int, int, int, int]
"""A value in DER: its tag, and where it begins, where its content begins and where it ends."""


def _sort_certificates(response: bytes) -> bytes:
    """The response with its certificates in the order of DER (X.690 section 11.6), which the library insists on.

    OpenSSL, and with it many an authority, sends them as they follow on one another. No signature covers the order.
    """
    try:
        _status, token = _parts(response, *_content(_parts(response, 0, len(response))[0]))
        _kind, wrapped = _parts(response, *_content(token))
        signed_data = _parts(response, *_content(_parts(response, *_content(wrapped))[0]))
        (_tag, _begin, begin, end) = next(part for part in signed_data if part[0] == _CERTIFICATES)
        certificates = sorted(response[part[1] : part[3]] for part in _parts(response, begin, end))
    except (ValueError, IndexError, StopIteration):  # the library will say that it is no response
        return response
    return response[:begin] + b"".join(certificates) + response[end:]


def _content(part: _Part) -> tuple[int, int]:
    return part[2], part[3]


def _parts(data: bytes, begin: int, end: int) -> list[_Part]:
    """The values that follow on one another in a piece of DER (X.690 section 8.1).

    Raises:
        ValueError: one of them does not end within it.
        IndexError: the data end within the head of one.
    """
    parts: list[_Part] = []
    while begin < end:
        tag, length, content = data[begin], data[begin + 1], begin + 2
        if length >= _LONG:
            content += length - _LONG
            length = int.from_bytes(data[begin + 2 : content])
        if content + length > end:
            raise ValueError(begin)
        parts.append((tag, begin, content, content + length))
        begin = content + length
    return parts
