"""Tamperings by whoever holds the key: what was changed is chained, listed and signed anew.

That a record was written anew does not show. Found are other forms, and what does not fit together.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from incidentsim.evidence import members
from incidentsim.ledger.checkpoint import write_root
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.note import Note
from tests.support.evidence import as_log, key
from tests.support.json_changes import pointer, rotating, tampered
from tests.support.tampering_corpus import Kind, Parts, Tampering, forged, line_changes, sound

Spoil = Callable[[bytes], bytes]


def listed(parts: Parts) -> Parts:
    """With the lists of these members."""
    views = sorted(name for name in parts if name.startswith(members.VIEWS))
    salt = parts["views.sha256"].partition(b"\n")[0] + b"\n"
    one = salt + b"".join(_line(name, parts) for name in views)
    both = {**parts, "views.sha256": one}
    return {**both, "files.sha256": b"".join(_line(name, both) for name in ("VERIFY.md", "views.sha256"))}


def _line(name: str, parts: Parts) -> bytes:
    return f"{sha256(parts[name]).hexdigest()}  {name}\n".encode()


def text_of(parts: Parts, run: str = "r1") -> bytes:
    """The text of the checkpoint that these members call for."""
    lines = parts["log.jsonl"].split(b"\n")[:-1]
    beside = {"roster": "roster.json", "texts": "texts.jsonl", "files": "files.sha256"}
    pins = [f"{word} {digest(parts[name])}" for word, name in beside.items() if name in parts]
    return "".join(
        f"{line}\n" for line in [f"incidentsim/run/{run}", len(lines), write_root(root_of(lines)), *pins]
    ).encode()


def signed(parts: Parts, text: bytes | None = None) -> Parts:
    """Signed by both, whatever they hold."""
    told = text_of(parts) if text is None else text
    run = told.partition(b"\n")[0].decode(errors="replace")
    note = Note(told)
    note = note.signed(key(1).signer(run if _fit(run) else "incidentsim/run/r1")).signed(key(2).signer("observer"))
    return {**parts, members.CHECKPOINT: note.to_bytes()}


def _fit(name: str) -> bool:
    return bool(name) and not any(character.isspace() or character == "+" for character in name)


def chained(lines: Sequence[bytes], number: int, changed: bytes) -> list[bytes]:
    """The entries with another one at this place, and all that follow on it made anew."""
    made = [*lines[:number], changed]
    for line in lines[number + 1 :]:
        made.append(line.replace(digest(lines[len(made) - 1]).encode(), digest(made[-1]).encode()))
    return made


def of_entries() -> Iterator[Tampering]:
    """Every field of entries with a header, without one, and with texts, each changed in several ways."""
    parts = sound()
    lines = parts["log.jsonl"].splitlines()
    for number, count in ((0, 5), (1, 3), (3, 1)):
        for place, how, text in rotating(list(tampered(json.loads(lines[number]))), count):
            raw = text.encode(errors="surrogatepass")
            if b"\n" in raw or raw == lines[number]:
                continue
            made = {**parts, "log.jsonl": as_log(chained(lines, number, raw))}
            yield forged(Kind.SIGNED_ENTRY, f"{number}, {pointer(place)} {how}", signed(made))
    logs: dict[str, list[bytes]] = {
        "none": [],
        "an empty line": [*lines, b""],
        "a list": [b"[]"],
        "no JSON": [b"entry"],
        "a number": [b"1"],
        "the first twice": [lines[0], lines[0]],
        "without the first": lines[1:],
        "turned round": lines[::-1],
        "too deep": chained(lines, 1, lines[1].replace(b'"at":60000', b'"at":' + b"[" * 70 + b"]" * 70)),
        "far too deep": chained(lines, 1, lines[1].replace(b'"at":60000', b'"at":' + b"[" * 9000 + b"]" * 9000)),
        "deep enough": chained(lines, 1, lines[1].replace(b'"because":null', b'"because":' + b"[" * 60 + b"]" * 60)),
        "no chain": [line.replace(digest(lines[0]).encode(), ZERO.encode()) for line in lines],
    }
    for how, entries in logs.items():
        yield forged(Kind.SIGNED_ENTRY, f"the log, {how}", signed({**parts, "log.jsonl": as_log(entries)}))
    yield forged(Kind.SIGNED_ENTRY, "the log, empty", signed({**parts, "log.jsonl": b"\n"}))
    cut = signed({**parts, "log.jsonl": parts["log.jsonl"]})
    yield forged(Kind.SIGNED_ENTRY, "the log, without its last line end", {**cut, "log.jsonl": parts["log.jsonl"][:-1]})
    other = sound(ENTRIES_OF_ANOTHER)["log.jsonl"]
    yield forged(Kind.SIGNED_ENTRY, "the log, of another record", signed({**parts, "log.jsonl": other}))


ENTRIES_OF_ANOTHER = 9


def of_texts() -> Iterator[Tampering]:
    """Every field of every text; texts gone, twice, swapped; places and salts written otherwise."""
    parts = sound()
    lines = parts["texts.jsonl"].splitlines()
    for number, line in enumerate(lines[:2]):
        for place, how, text in rotating(list(tampered(json.loads(line))), 6):
            raw = text.encode(errors="surrogatepass")
            if raw != line and b"\n" not in raw:
                made = as_log([*lines[:number], raw, *lines[number + 1 :]])
                yield forged(
                    Kind.SIGNED_TEXT, f"{number}, {pointer(place)} {how}", signed({**parts, "texts.jsonl": made})
                )
    for how, data in line_changes(parts["texts.jsonl"]):
        yield forged(Kind.SIGNED_TEXT, how, signed({**parts, "texts.jsonl": data}))

    def other(**fields: Any) -> bytes:
        return as_log(
            [
                json.dumps(
                    {**json.loads(lines[0]), **fields}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
                ).encode(),
                *lines[1:],
            ]
        )

    first = json.loads(lines[0])
    for how, data in {
        "a place without its beginning": other(pointer=first["pointer"][1:]),
        "a place with a beginning": other(pointer="x" + first["pointer"]),
        "a place that ends in a slash": other(pointer=first["pointer"] + "/"),
        "the place of the commitment": other(pointer=first["pointer"] + "/commitment"),
        "no place": other(pointer=""),
        "an entry before the first": other(seq=-4),
        "an entry after the last": other(seq=99),
        "a salt in capitals": other(salt=first["salt"].upper()),
        "a salt with spaces": other(salt=first["salt"][:2] + " " + first["salt"][2:]),
        "words in one language": other(text={"en": "x"}),
        "words in three languages": other(text={"en": "x", "zh": "y", "fr": "z"}),
        "cut off": parts["texts.jsonl"][:-1],
        "empty": b"",
        "an empty line": b"\n",
    }.items():
        yield forged(Kind.SIGNED_TEXT, how, signed({**parts, "texts.jsonl": data}))


def of_rosters() -> Iterator[Tampering]:
    """Every field of the roster in every way; names exchanged; people gone or more."""
    parts = sound()
    value = json.loads(parts["roster.json"])
    for place, how, text in rotating(list(tampered(value)), 6):
        made = text.encode(errors="surrogatepass") + b"\n"
        if made != parts["roster.json"]:
            yield forged(Kind.SIGNED_ROSTER, f"{pointer(place)} {how}", signed({**parts, "roster.json": made}))
    people = value["people"]
    one, two = people["p1"], people["p2"]
    for how, others in {
        "names exchanged": {"p1": two, "p2": one},
        "one name twice": {"p1": one, "p2": one},
        "names without salts": {who: {"en": name["en"], "zh": name["zh"]} for who, name in people.items()},
        "one without a salt": {"p1": one, "p2": {"en": two["en"], "zh": two["zh"]}},
        "one gone": {"p1": one},
        "nobody": {},
        "one more": {**people, "p3": two},
    }.items():
        made = (
            json.dumps({**value, "people": others}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            + b"\n"
        )
        yield forged(Kind.SIGNED_ROSTER, how, signed({**parts, "roster.json": made}))
    for how, data in {
        "cut off": parts["roster.json"][:-1],
        "two line ends": parts["roster.json"] + b"\n",
        "empty": b"",
    }.items():
        yield forged(Kind.SIGNED_ROSTER, how, signed({**parts, "roster.json": data}))
    without = {name: data for name, data in parts.items() if name != "roster.json"}
    yield forged(Kind.SIGNED_ROSTER, "none", signed(without))
    yield forged(Kind.SIGNED_ROSTER, "none, though pinned", signed(without, text_of(parts)))


def of_checkpoints() -> Iterator[Tampering]:
    """Every line of the signed text; sizes, roots and pins written otherwise."""
    parts = sound()
    text = text_of(parts)
    for how, data in line_changes(text):
        if b"\n\n" not in data and data.endswith(b"\n"):
            yield forged(Kind.SIGNED_CHECKPOINT, how, signed(parts, data))
    lines = text.decode().splitlines()
    for how, others in {
        "a zero before the size": [lines[0], "0" + lines[1], *lines[2:]],
        "a size with a sign": [lines[0], "+" + lines[1], *lines[2:]],
        "a size with a space": [lines[0], lines[1] + " ", *lines[2:]],
        "size nought": [lines[0], "0", *lines[2:]],
        "a size beyond numbers": [lines[0], "9" * 16, *lines[2:]],
        "a size of a thousand digits": [lines[0], "9" * 1000, *lines[2:]],
        "an entry more": [lines[0], "5", *lines[2:]],
        "an entry fewer": [lines[0], "3", *lines[2:]],
        "a root without padding": [*lines[:2], lines[2].rstrip("="), *lines[3:]],
        "a root in other letters": [*lines[:2], lines[2].replace("/", "_").replace("+", "-"), *lines[3:]],
        "a root with loose ends": [*lines[:2], _loose(lines[2]), *lines[3:]],
        "another program's name": ["example.org/log", *lines[1:]],
        "another run's name": ["incidentsim/run/r2", *lines[1:]],
        "a line more": [*lines, "more of it"],
        "a pin twice": [*lines, lines[3]],
        "another pin of the same name": [*lines, "roster sha256:" + "0" * 64],
        "pins turned round": [*lines[:3], *lines[:2:-1]],
        "a pin in capitals": [*lines[:3], lines[3].upper(), *lines[4:]],
        "a pin by another algorithm": [*lines[:3], lines[3].replace("sha256", "sha512"), *lines[4:]],
        "a pin with a space more": [*lines[:3], lines[3].replace(" ", "  "), *lines[4:]],
        "a pin of the texts without its digest": [*lines[:4], "texts sha256:", *lines[5:]],
        "no pins": lines[:3],
        "only a name": lines[:1],
    }.items():
        yield forged(Kind.SIGNED_CHECKPOINT, how, signed(parts, "".join(f"{line}\n" for line in others).encode()))
    yield forged(Kind.SIGNED_CHECKPOINT, "nothing changed", signed(parts))


def _loose(root: str) -> str:
    """A root whose last letter holds bits that count for nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return root[:-2] + letters[letters.index(root[-2]) ^ 1] + "="


def of_lists() -> Iterator[Tampering]:
    """Every line of both lists, signed; lists that name more, less, or nothing."""
    parts = sound()
    for how, data in line_changes(parts["files.sha256"]):
        yield forged(Kind.SIGNED_LIST, f"files.sha256, {how}", signed({**parts, "files.sha256": data}))

    def with_views(data: bytes) -> Parts:
        held = {**parts, "views.sha256": data}
        return signed({**held, "files.sha256": b"".join(_line(name, held) for name in ("VERIFY.md", "views.sha256"))})

    for how, data in line_changes(parts["views.sha256"]):
        yield forged(Kind.SIGNED_LIST, f"views.sha256, {how}", with_views(data))
    none = "0" * 64
    for how, data in {
        "what is not there": parts["files.sha256"] + f"{none}  zz.md\n".encode(),
        "the log": _line("VERIFY.md", parts) + _line("log.jsonl", parts) + _line("views.sha256", parts),
        "another log": _line("VERIFY.md", parts) + f"{none}  log.jsonl\n".encode() + _line("views.sha256", parts),
        "nothing": b"",
        "with stars": parts["files.sha256"].replace(b"  ", b" *"),
        "with a comment": b"# more\n" + parts["files.sha256"],
        "the views as well": b"".join(
            _line(name, parts) for name in sorted(("VERIFY.md", "views.sha256", "views/controls.json"))
        ),
    }.items():
        yield forged(Kind.SIGNED_LIST, f"files.sha256 lists {how}", signed({**parts, "files.sha256": data}))
    salt, _end, views = parts["views.sha256"].partition(b"\n")
    for how, data in {
        "no salt": views,
        "a short salt": salt[:-2] + b"\n" + views,
        "a salt in capitals": b"# salt " + salt[7:].upper() + b"\n" + views,
        "two salts": salt + b"\n" + salt + b"\n" + views,
        "the guide": salt + b"\n" + _line("VERIFY.md", parts) + views,
        "what is not there": salt + b"\n" + views + f"{none}  views/zz.md\n".encode(),
        "nothing": salt + b"\n",
    }.items():
        yield forged(Kind.SIGNED_LIST, f"views.sha256 holds {how}", with_views(data))
    for name in (
        "views/more.md",
        "views/.hidden",
        "views/a b.md",
        "views/über.md",
        "views/more/x.md",
        "more.md",
        "views/CONTROLS.json",
    ):
        held = listed({**parts, name: b"x\n"})
        yield forged(Kind.SIGNED_LIST, f"{name} among the views", signed(held))
    without = {name: data for name, data in parts.items() if name != "files.sha256"}
    yield forged(Kind.SIGNED_LIST, "no files.sha256", signed(without))
    bare = {name: data for name, data in without.items() if not name.startswith("views")}
    yield forged(Kind.SIGNED_LIST, "no lists and no views", signed(bare))
    yield forged(Kind.SIGNED_LIST, "no lists and another guide", signed({**bare, "VERIFY.md": b"# Trust me\n"}))
