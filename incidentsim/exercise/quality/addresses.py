"""Addresses and numbers that somebody may really have: only those set aside for examples and fiction are used.

RFC 5737 and RFC 3849 (and 9637) set IP addresses aside, RFC 2606 (and 6761, 6762, 9476) domains. Of telephone numbers,
North America sets aside 555-0100 to 555-0199 and the United Kingdom some ranges of Ofcom's; China sets aside nothing,
so a number there has to be masked.
"""

from collections.abc import Iterator
from typing import Final

from incidentsim.exercise.quality.expressions import DOMAIN, FICTION, IPV4, IPV6, MAIL, PHONES, RESERVED, URL, VERSION
from incidentsim.exercise.quality.finding import Finding, Path
from incidentsim.messages import gettext as _

_OCTET: Final = 256
_COLONS: Final = 7
"""Of an IPv6 address written in full; with fewer it is a time of day or a hardware address."""
_RESERVED_IPV6: Final = ("2001:db8:", "3fff:", "::", "fe80:")


def findings(path: Path, words: str) -> Iterator[Finding]:
    """Addresses, domains and telephone numbers in one text that are not set aside, each once."""
    wrong = dict.fromkeys((*_addresses(words), *_domains(words)))
    for found in wrong:
        message = _("{found} may belong to somebody; use an address that is reserved for examples.")
        yield Finding(path, "unreserved-address", message.format(found=found))
    for found in dict.fromkeys(_phones(words)):
        message = _("{found} may be somebody's telephone number; use one set aside for fiction, or mask it.")
        yield Finding(path, "unreserved-address", message.format(found=found))


def _addresses(words: str) -> Iterator[str]:
    for found in IPV4.finditer(words):
        parts = tuple(int(part) for part in found.groups())
        if max(parts) < _OCTET and not _harmless(parts) and not VERSION.search(words, 0, found.start()):
            yield found.group()
    for found in IPV6.finditer(words):
        written = found.group().lower()
        if ("::" in written or written.count(":") == _COLONS) and not written.startswith(_RESERVED_IPV6):
            yield found.group()


def _harmless(parts: tuple[int, ...]) -> bool:
    """Whether an IPv4 address is one for documentation, or none of a host at all."""
    return parts[:3] in ((192, 0, 2), (198, 51, 100), (203, 0, 113)) or parts[0] in (0, 127, 255)


def _domains(words: str) -> Iterator[str]:
    for pattern in (MAIL, URL, DOMAIN):
        for found in pattern.finditer(words):
            host = found.group(1).replace("[.]", ".")
            if "." in host and not host.replace(".", "").isdecimal() and not RESERVED.fullmatch(host):
                yield host


def _phones(words: str) -> Iterator[str]:
    for pattern in PHONES:
        for found in pattern.finditer(words):
            digits = "".join(one for one in found.group() if one in "+0123456789")
            if not FICTION.fullmatch(digits):
                yield found.group()
