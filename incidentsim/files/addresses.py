"""Addresses of servers as they are told to a person: without any part in which a secret can stand.

A secret can stand in more places than behind `user:`: in parameters, fragments, paths, and, where an address is
misspelled, nearly anywhere. So what is shown is chosen, not what is hidden: scheme, host and port, and of a database
its name, its user and whatever of its parameters can only be one of a few words.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlsplit

HIDDEN: Final = "***"
"""What stands in the place of something that can be a secret."""

_SCHEMES: Final = frozenset(
    ("file", "ftp", "http", "https", "ldap", "mariadb", "mssql", "mysql", "oracle", "postgres", "postgresql", "sqlite")
)
_SHORTEST: Final = 4
"""The characters of the shortest part of a secret that is looked for inside words; shorter ones are words by chance."""

_HOST: Final = re.compile(r"[\w.\-]+|\[[0-9A-Fa-f:.%]+\]", re.ASCII)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.]*://")
_LOGIN: Final = re.compile(r"[^\s/\\@:=]+:[^\s@][^@]*@.+", re.DOTALL)
_PLACES: Final = re.compile(r"[/?#@:&=;,+\s\\'\"]+")


def scheme_of(address: str) -> str:
    """The beginning of an address that is not understood, if it is a scheme that everybody knows; the rest is `…`."""
    scheme, colon, _rest = address.partition("://")
    return f"{scheme}://…" if colon and scheme.lower().partition("+")[0] in _SCHEMES and len(scheme) < 20 else "…"  # noqa: PLR2004 - no longer than "postgresql+psycopg2"


def shown_web_address(address: str) -> str:
    """The address of a web server for messages: scheme, host and port; `***` and `…` for what may be a secret."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return scheme_of(address)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    # An "@" after the host: something before it was meant as a password, and what looks like the host is part of it.
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or "@" in address.partition(parts.netloc)[2]:
        return scheme_of(address)
    user = f"{HIDDEN}@" if "@" in parts.netloc else ""
    more = parts.path.strip("/") or parts.query or parts.fragment
    return f"{parts.scheme}://{user}{host}{'' if port is None else f':{port}'}/{'…' if more else ''}"


def without(secrets: Iterable[str], text: str) -> str:
    """`text` of somebody else, such as a library's error, without the `secrets`, however they are written there.

    Each is looked for as it is, percent-encoded, decoded, as Python and JSON quote it, and in the parts that are left
    when somebody takes it for an address or a list.
    """
    forms = {form for secret in secrets for form in _forms(secret) if form.strip()}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        pattern = re.escape(form) if len(form) >= _SHORTEST else rf"(?<!\w){re.escape(form)}(?!\w)"
        text = re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)
    return text


def web_secrets(address: str) -> Iterator[str]:
    """Give the parts of a web address that are not shown."""
    shown = shown_web_address(address)
    if shown.endswith("…") and "/…" not in shown.partition("://")[2]:
        yield from unshown(address)
        return
    # As it is written: `urlsplit` takes line breaks and tabs away, and who repeats the address does not.
    place, slash, more = address.partition("://")[2].partition("/")
    if "@" in place:
        yield place.rpartition("@")[0]
    for part in (more if slash else "", *re.split("[?#]", place)[1:]):
        if part:
            yield part


def addresses_in(argument: str) -> Iterator[str]:
    """Give what may be addresses in an argument of a call: `--key=ftp://…` holds one, `USER:PASSWORD@HOST` is one."""
    places = [match.start() for match in _SCHEME.finditer(argument)]
    for begin, end in pairwise([*places, len(argument)]):
        yield argument[begin:end]
    if not places and (login := _LOGIN.search(argument)):
        yield login[0]


def unshown(address: str) -> Iterator[str]:
    """Give the parts that must not be repeated of an address of which nothing but a well-known scheme is shown."""
    yield address
    if scheme_of(address) != "…":
        yield address.partition("://")[2]


def _forms(secret: str) -> Iterator[str]:
    pieces = [piece for piece in _PLACES.split(secret) if len(piece) >= _SHORTEST]
    for part in (secret, *pieces):
        plain = {part, unquote(part), unquote_plus(part)}
        for one in plain:
            # A value is quoted by repr, by libpq with backslashes, and by urllib with percent signs.
            data = _bytes(one)
            yield from (one, quote(data, safe=""), quote(data), quote_plus(data), repr(one)[1:-1])
            yield one.replace("\\", "\\\\").replace("'", "\\'")


def _bytes(text: str) -> bytes:
    """The bytes that the system handed over as `text`: what of them was no UTF-8 stands in it as lone surrogates."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # one that stands for no byte, as from a Windows console
        return text.encode("utf-8", "surrogatepass")
