"""Every member of a bundle, and ways to change it that a forger has who holds no key."""

from collections.abc import Callable, Mapping
from typing import Final

NAMES: Final = (
    *("log.jsonl", "texts.jsonl", "roster.json", "playbook.yaml", "scenario.yaml", "views.sha256", "files.sha256"),
    *("checkpoint", "keys/pem", "keys/vkey", "views/audit-report.en.md", "views/controls.json", "VERIFY.md"),
)

TAMPERINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "emptied": lambda _data: b"",
    "first byte": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "middle byte": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    "last byte": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "cut": lambda data: data[:-1],
    "longer": lambda data: data + b"\n",
    "doubled": lambda data: data + data,
    "other line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "a mark before it": lambda data: b"\xef\xbb\xbf" + data,
    "a space": lambda data: data.replace(b" ", b"  ", 1) if b" " in data else data + b" ",
}


def member(name: str, parts: Mapping[str, bytes]) -> str:
    """The full name of a member: keys are called by their ending."""
    return next(one for one in parts if one == name or (name[:5] == "keys/" and one.endswith("." + name[5:])))
