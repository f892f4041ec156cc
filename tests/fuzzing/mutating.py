"""Ways to spoil bytes: bit by bit, token by token, line by line, as a tree, and by splicing two inputs.

Everything is drawn from the `Random` that is handed in, so that the same seed spoils in the same way everywhere.
"""

import re
from collections.abc import Callable
from random import Random
from typing import Final

from tests.fuzzing.trees import edited_tree

Mutation = Callable[[bytes, bytes, Random], bytes]
"""Spoils the first; the second is another input of the same kind, to take pieces from."""

MOST: Final = 300_000
"""No spoilt input has more bytes than this: limits on size have tests of their own, and large inputs take long."""

NUMBERS: Final = (
    *(b"0", b"-0", b"-1", b"1", b"007", b"255", b"65536", b"2147483648", b"4294967295", b"9007199254740991"),
    *(b"9007199254740992", b"-9007199254740992", b"9223372036854775807", b"18446744073709551616", b"1e400", b"1.5"),
    *(b"NaN", b"Infinity", b"0x10", b"1_000", b"9" * 400, b"-" + b"9" * 5000, b"12:30:45", b"1e-400"),
)
WORDS: Final = (
    *(b"", b" ", b"null", b"~", b"true", b"yes", b"[]", b"{}", b'""', b"{", b"}", b"[", b"]", b":", b",", b"-", b"#"),
    *(b"&a", b"*a", b"!!python/object:os.system", b"<<: *a", b"---\n", b"...", b"|", b">", b"? ", b"%YAML 1.1\n"),
    *(b"\n", b"\r\n", b"\t", b"\x00", b"\x1b[31m", b"\x7f", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xfe\xff"),
    *("\u202e".encode(), "\u200b".encode(), "\u0301".encode(), "\U0001f600".encode(), "\ue000".encode(), "话".encode()),
    *("\u2028".encode(), "\x85".encode(), b"\\ud800", b"\\u0000", b"\\UFFFFFFFF", b"%00", b"../", b"PK\x03\x04"),
    *(b"=cmd()", b"[bold]", b"<script>", b"P1Y", b"-1h", b"99999d", b"sha256:", b"{en: x}", b'{"en":1}'),
)
"""What readers have stumbled over, here and elsewhere."""

_TOKENS: Final = re.compile(rb"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
_NUMBER: Final = re.compile(rb"-?\d+")


def mutate(data: bytes, other: bytes, random: Random) -> bytes:
    """Spoil `data` in one way, or a few; now and then in many, so that the gate is tried too."""
    times = random.choice((1, 1, 1, 1, 1, 1, 2, 2, 3, 8))
    for _time in range(times):
        data = random.choice(MUTATIONS)(data, other, random)[:MOST]
    return data


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    """A stretch that is short more often than long."""
    start = _place(data, random)
    return start, min(len(data), start + random.choice((1, 2, 4, 16, 64, 1000, len(data))))


def flip(data: bytes, _other: bytes, random: Random) -> bytes:
    """Turn one bit around."""
    if not data:
        return b"\x01"
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << random.randrange(8))]) + data[place + 1 :]


def put_byte(data: bytes, _other: bytes, random: Random) -> bytes:
    """Put any byte in the place of another."""
    place = _place(data, random)
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


def insert_word(data: bytes, _other: bytes, random: Random) -> bytes:
    """Put a word of trouble somewhere."""
    place = _place(data, random)
    return data[:place] + random.choice(WORDS) + data[place:]


def replace_token(data: bytes, other: bytes, random: Random) -> bytes:
    """Put a word of trouble, or a token from anywhere, in the place of a token."""
    tokens = _TOKENS.findall(data)
    if not tokens:
        return random.choice(WORDS)
    new = random.choice(WORDS) if random.random() < 0.5 else random.choice(_TOKENS.findall(other) or [b""])
    tokens[random.randrange(len(tokens))] = new
    return b"".join(tokens)


def swap_tokens(data: bytes, _other: bytes, random: Random) -> bytes:
    """Let two tokens change places."""
    tokens = _TOKENS.findall(data)
    if len(tokens) > 1:
        first, second = random.randrange(len(tokens)), random.randrange(len(tokens))
        tokens[first], tokens[second] = tokens[second], tokens[first]
    return b"".join(tokens)


def set_number(data: bytes, _other: bytes, random: Random) -> bytes:
    """Put a number at some limit in the place of one."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data + random.choice(NUMBERS)
    chosen = random.choice(found)
    return data[: chosen.start()] + random.choice(NUMBERS) + data[chosen.end() :]


def cut(data: bytes, _other: bytes, random: Random) -> bytes:
    """Take a stretch out."""
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def truncate(data: bytes, _other: bytes, random: Random) -> bytes:
    """End early."""
    return data[: _place(data, random)]


def repeat(data: bytes, _other: bytes, random: Random) -> bytes:
    """Say a stretch again, a few times or very often."""
    start, end = _stretch(data, random)
    times = random.choice((1, 1, 2, 50, 1000)) if end - start <= 64 else 1
    return data[:end] + data[start:end] * times + data[end:]


def splice(data: bytes, other: bytes, random: Random) -> bytes:
    """Begin as this input, go on as the other."""
    return data[: _place(data, random)] + other[_place(other, random) :]


def graft(data: bytes, other: bytes, random: Random) -> bytes:
    """Put a stretch of the other input somewhere."""
    place = _place(data, random)
    start, end = _stretch(other, random)
    return data[:place] + other[start:end] + data[place:]


def nest(data: bytes, _other: bytes, random: Random) -> bytes:
    """Nest deeply somewhere, closed or not."""
    place, depth = _place(data, random), random.choice((10, 59, 60, 61, 200, 1000, 20_000))
    opening, closing = random.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"{a: ", b"}"), (b"- ", b""), (b"(", b")")))
    inner = opening * depth + (closing * depth if random.random() < 0.5 else b"")
    return data[:place] + inner + data[place:]


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def drop_line(data: bytes, _other: bytes, random: Random) -> bytes:
    """Take a line out."""
    lines = _lines(data)
    if lines:
        del lines[random.randrange(len(lines))]
    return b"".join(lines)


def double_line(data: bytes, _other: bytes, random: Random) -> bytes:
    """Say a line again, there or elsewhere."""
    lines = _lines(data)
    if lines:
        lines.insert(random.randint(0, len(lines)), random.choice(lines))
    return b"".join(lines)


def swap_lines(data: bytes, _other: bytes, random: Random) -> bytes:
    """Let two lines change places."""
    lines = _lines(data)
    if len(lines) > 1:
        first, second = random.randrange(len(lines)), random.randrange(len(lines))
        lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def indent_line(data: bytes, _other: bytes, random: Random) -> bytes:
    """Move a line to the right or to the left."""
    lines = _lines(data)
    if lines:
        chosen = random.randrange(len(lines))
        line = lines[chosen]
        lines[chosen] = random.choice((b" " + line, b"  " + line, line.removeprefix(b"  "), line.lstrip(b" ")))
    return b"".join(lines)


def line_of_other(data: bytes, other: bytes, random: Random) -> bytes:
    """Put a line of the other input among these, or in the place of one."""
    lines, others = _lines(data), _lines(other)
    if others:
        place = random.randint(0, len(lines))
        lines[place : place + random.randint(0, 1)] = [random.choice(others)]
    return b"".join(lines)


def encode_otherwise(data: bytes, _other: bytes, random: Random) -> bytes:
    """The same text in another encoding, or with other ends of lines."""
    kind = random.randrange(5)
    if kind == 0:
        return data.replace(b"\n", b"\r\n")
    if kind == 1:
        return b"\xef\xbb\xbf" + data
    text = data.decode("utf-8", "replace")
    return text.encode(("utf-16", "utf-32", "latin-1")[kind - 2], "replace")


def edit_tree(data: bytes, other: bytes, random: Random) -> bytes:
    """Edit the tree that the text stands for, and write it as JSON, which is YAML too."""
    return edited_tree(data, other, random)


MUTATIONS: Final[tuple[Mutation, ...]] = (
    *(flip, put_byte, insert_word, insert_word, replace_token, replace_token, swap_tokens, set_number, cut, truncate),
    *(repeat, splice, graft, nest, drop_line, double_line, swap_lines, indent_line, line_of_other, encode_otherwise),
    *(edit_tree,) * 12,
)
"""What is there more often is drawn more often: most bytes are refused at the gate, trees get further in."""
