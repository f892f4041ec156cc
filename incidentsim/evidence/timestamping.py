"""Time stamps (RFC 3161): an authority that the user names vouches that a checkpoint existed at a moment.

Only the digest of the checkpoint's text goes to the authority, with a nonce. Its answer is kept as it came; its
signature is verified later (`verifying_timestamps`), because that rests on certificates that the user must choose.
"""

import threading
from http.client import HTTPException
from queue import Empty, SimpleQueue
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, getproxies, urlopen

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.evidence.rfc3161 import MAX_BYTES, TimestampError, read_imprint, request_for
from incidentsim.files.addresses import shown_web_address, web_secrets, without
from incidentsim.messages import gettext as _

TIMEOUT: Final = 30
"""Seconds that an authority has for its whole answer, however slowly it drips in."""


def stamp(text: bytes, authority: str) -> bytes:
    """Have a text stamped by the authority at this address, and give its answer.

    Raises:
        InputError: the address is none for the web, or the extra `timestamp` is not installed.
        SurroundingsError: the authority cannot be reached, or does not stamp.
    """
    if not _is_for_the_web(authority):
        message = _("{address} is no address of a time-stamping authority; one begins with https:// or http://.")
        raise InputError(message.format(address=shown_web_address(authority)))
    request = request_for(text)
    asked = Request(  # noqa: S310 - the scheme was looked at above
        authority, data=request.data, headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        response = _in_time(asked)
    except (OSError, HTTPException, ValueError, OverflowError) as error:  # the last: no such port
        message = _("The time-stamping authority {address} cannot be reached: {reason}.")
        proxies = [secret for name, proxy in getproxies().items() if name != "no" for secret in web_secrets(proxy)]
        reason = without((*web_secrets(authority), *proxies), str(error))
        raise SurroundingsError(message.format(address=shown_web_address(authority), reason=reason)) from None
    try:
        imprint = read_imprint(response, text)
    except TimestampError:
        imprint = None
    if imprint is None or imprint.found != imprint.expected or imprint.nonce != request.nonce:
        message = _("The time-stamping authority {address} did not stamp the checkpoint; its answer is of no use.")
        raise SurroundingsError(message.format(address=shown_web_address(authority)))
    return response


def _in_time(asked: Request) -> bytes:
    """The answer to a request, of which no more is read than what is too much.

    The timeouts of sockets begin anew with every byte. So it is read elsewhere, and whoever waits for it too long
    leaves it there: that thread ends with the connection, or with the program.

    Raises:
        OSError, HTTPException, ValueError, OverflowError: it could not be read; `TimeoutError` if not in time.
    """
    answers: SimpleQueue[bytes | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310 - whoever asks looked at the scheme
                answers.put(answer.read(MAX_BYTES + 1))
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=TIMEOUT)
    except Empty:
        answer = TimeoutError()
    # Where nothing comes at all, the socket's own timeout may be the first to notice.
    if isinstance(answer, TimeoutError) or isinstance(getattr(answer, "reason", None), TimeoutError):
        raise TimeoutError(_("it did not answer within {seconds} seconds").format(seconds=TIMEOUT)) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _is_for_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
