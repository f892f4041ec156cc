"""Tamperings with the zip file that a bundle is, and with the time stamp in it."""

import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from incidentsim.evidence import members
from incidentsim.evidence.container import ContainerWriter
from incidentsim.evidence.rfc3161 import request_for
from incidentsim.ledger.note import read_note
from tests.support.authorities import Authority
from tests.support.tampering_corpus import Kind, Parts, Tampering, forged, manifest_of, sound

TIME: Final = (1980, 1, 1, 0, 0, 0)
Each = Callable[[zipfile.ZipInfo], None]


def packed(parts: Parts) -> bytes:
    """The zip file as it is written."""
    file = BytesIO()
    writer = ContainerWriter(file)
    for name, data in parts.items():
        writer.add(name, [data])
    writer.close()
    return file.getvalue()


def zipped(parts: Parts, each: Each = lambda _info: None, *, comment: bytes = b"", more: Parts | None = None) -> bytes:
    """The same members as Python's library packs them, uncompressed unless told otherwise."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in [*parts.items(), *(more or {}).items()]:
            info = zipfile.ZipInfo(name, TIME)
            info.create_system = info.external_attr = 0
            each(info)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a name given twice is what some of them are about
                archive.writestr(info, data)
        archive.comment = comment
    return file.getvalue()


def _setting(name: str, value: object) -> Each:
    return lambda info: setattr(info, name, value)


def _end(data: bytes, **changed: int) -> bytes:
    """With other numbers in the end of the directory."""
    names = ("disk", "start", "here", "count", "length", "offset", "comment")
    values = dict(zip(names, struct.unpack("<4H2IH", data[-18:]), strict=True))
    return data[:-18] + struct.pack("<4H2IH", *{**values, **changed}.values())


def of_packing() -> Iterator[Tampering]:
    """Everything about a zip file that its members do not say."""
    parts = sound()
    data = packed(parts)
    last = next(reversed(parts))
    turned = dict(reversed(parts.items()))
    ways: dict[str, bytes] = {
        "compressed": zipped(parts, _setting("compress_type", zipfile.ZIP_DEFLATED)),
        "as another program packs it": zipped(parts),
        "another time": zipped(parts, _setting("date_time", (2026, 1, 2, 3, 4, 6))),
        "with attributes": zipped(parts, _setting("external_attr", 0o100755 << 16)),
        "as links": zipped(parts, _setting("external_attr", 0o120777 << 16)),
        "of another system": zipped(parts, _setting("create_system", 3)),
        "with extra fields": zipped(parts, _setting("extra", b"\x99\x99\x02\x00ab")),
        "with comments": zipped(parts, _setting("comment", b"more")),
        "a comment": zipped(parts, comment=b"more"),
        "a comment where there should be none": _end(data, comment=4) + b"more",
        "in another order": packed(turned),
        "a member twice": zipped(parts, more={"log.jsonl": parts["log.jsonl"]}),
        "another member under the same name": zipped(parts, more={"log.jsonl": b"{}\n"}),
        "a member before its second": zipped({}, more={"roster.json": b"{}\n", **parts}),
        "a folder as a member": zipped(parts, more={"views/": b""}),
        "a way out": zipped(parts, more={"../evil": b"x"}),
        "a way from the root": zipped(parts, more={"/evil": b"x"}),
        "a backslash": zipped(parts, more={"views\\evil": b"x"}),
        "a name twice but for case": zipped(parts, more={"LOG.jsonl": b"x"}),
        "something before it": b"#!/bin/sh\n" + data,
        "something after it": data + b"\n",
        "something between": data.replace(b"PK\x01\x02", b"\0PK\x01\x02", 1),
        "cut": data[:-1],
        "no directory": data[: data.index(b"PK\x01\x02")],
        "fewer counted": _end(data, count=len(parts) - 1, here=len(parts) - 1),
        "more counted": _end(data, count=len(parts) + 1, here=len(parts) + 1),
        "another disk": _end(data, disk=1),
        "another place of the directory": _end(data, offset=len(data)),
        "another check sum": data.replace(data[14:18], bytes(4)),
        "another length": data.replace(data[22:26], bytes(4)),
        "encrypted": data[:6] + b"\x01" + data[7:],
        "another version": data[:4] + b"\x2d" + data[5:],
        "the last member not in the directory": zipped({name: held for name, held in parts.items() if name != last}),
    }
    for name, written in ways.items():
        yield Tampering(Kind.PACKING, name, partial(_write, written))


def _write(data: bytes, path: Path) -> None:
    path.write_bytes(data)


def of_stamps(authority: Authority) -> Iterator[Tampering]:
    """A time stamp that is none, is about something else, or lies beside another checkpoint."""
    parts = sound()
    text = read_note(parts[members.CHECKPOINT]).text
    reply, other = (authority.reply(request_for(words).data) for words in (text, text + b"x"))
    imprint = reply.index(b"\x04\x20") + 2
    for how, data in {
        "a right one": reply,
        "of another text": other,
        "none": b"",
        "no stamp": b"stamp\n",
        "a page": b"<html>no</html>\n",
        "cut": reply[:-1],
        "its first half": reply[: len(reply) // 2],
        "longer": reply + b"\n",
        "twice": reply + reply,
        "of another digest": reply[:imprint] + bytes([reply[imprint] ^ 1]) + reply[imprint + 1 :],
        "another status": reply.replace(b"\x02\x01\x00", b"\x02\x01\x02", 1),
        "its signature changed": reply[:-1] + bytes([reply[-1] ^ 1]),
        "a request": request_for(text).data,
        "Base64": reply.hex().encode(),
    }.items():
        yield forged(Kind.STAMP, how, _placed(parts, data))
    yield forged(Kind.STAMP, "taken away", parts)


def _placed(parts: Parts, stamp: bytes) -> Parts:
    both = {**parts, members.TIMESTAMP: stamp}
    ordered = {name: both[name] for name in members.sorted_names(both)}
    return {**ordered, members.MANIFEST: manifest_of(ordered)}
