"""The telltales of the table of shapes: questions about a file that tell it from all others."""

import re
from collections.abc import Callable, Collection
from typing import Final

from incidentsim.definitions.foreign.content import Content

Telltale = Callable[[Content], bool]


def _named(*lines: str) -> frozenset[str]:
    return frozenset(name.strip() for line in lines for name in line.split(","))


_MSEL_COLUMNS: Final = (
    _named(
        "#, no, no., nr, nr., number, id, msel, inject, inject no, inject no., inject number, inject id, inject #",
        "event no, event no., event number, event #, 序号, 编号, 号, 注入编号, 事件编号",
    ),
    _named(
        "time, start, planned, when, move, deltaseconds, real time, planned time, scheduled time, delivery time",
        "start time, exercise time, date/time, time (local), zeit, uhrzeit, 时间, 计划时间, 发生时间, 时刻",
    ),
    _named("from, sender, source, simulated sender, von, absender, 发件方, 发件人, 发送方, 来源, 发起方"),
    _named(
        "to, recipient, recipients, receiver, player, players, team, audience, target team, target audience",
        "an, empfänger, 收件方, 收件人, 接收方, 接收人, 对象",
    ),
    _named(
        "mode, method, channel, medium, means, delivery, delivery method, delivery mode, 方式, 渠道, 途径, 传递方式"
    ),
    _named(
        "event, description, script, subject, details, message, scenario, event description, inject description",
        "event/inject, inject text, event type, ereignis, 事件, 内容, 描述, 事件描述, 注入内容, 情景",
    ),
    _named(
        "expected, objective, expected action, expected actions, expected player action, expected player actions",
        "expected response, expected outcome, expected outcomes, objective tested, controller",
        "responsible controller, 预期行动, 预期动作, 预期响应, 预期处置, 目标",
    ),
)
"""What the columns of a master scenario events list are called, by their meaning."""

_ENOUGH_COLUMNS: Final = 4


def begins(*marks: bytes, at: int = 0) -> Telltale:
    """Ask whether one of these marks stands at this byte of the file."""
    return lambda content: content.data[at:].startswith(marks)


def member(*beginnings: str) -> Telltale:
    """Ask whether it is a zip file in which some member's name begins so."""
    return lambda content: any(name.startswith(beginnings) for name, _comment in content.members)


def all_members(*names: str) -> Telltale:
    """Ask whether it is a zip file in which all these members are."""
    return lambda content: {name for name, _comment in content.members} >= {*names}


def member_comment(*comments: str) -> Telltale:
    """Ask whether it is a zip file in which some member has one of these comments."""
    return lambda content: any(comment in comments for _name, comment in content.members)


def mime(*types: str) -> Telltale:
    """Ask whether it is a zip file whose first member says one of these types (OpenDocument, EPUB)."""
    marks = tuple(b"mimetype" + name.encode() for name in types)
    return lambda content: content.data[30:200].startswith(marks)


def keys(*needed: str, one_of: Collection[str] = ()) -> Telltale:
    """Ask whether all `needed` keys, and one of some others, are in its (first) object."""
    return lambda content: content.keys >= {*needed} and (not one_of or not content.keys.isdisjoint(one_of))


def some_keys(count: int, *known: str) -> Telltale:
    """Ask whether so many of the known keys are in its (first) object."""
    return lambda content: len(content.keys & {*known}) >= count


def key_beginning(*beginnings: str) -> Telltale:
    """Ask whether some key in its (first) object begins so."""
    return lambda content: any(key.startswith(beginnings) for key in content.keys)


def says(key: str, pattern: str) -> Telltale:
    """Ask whether the text under a key of its (first) object begins as the pattern says, whatever its case."""
    wanted = re.compile(pattern, re.IGNORECASE)
    return lambda content: wanted.match(content.strings.get(key, "")) is not None


def root(*names: str) -> Telltale:
    """Ask whether its first element is one of these."""
    return lambda content: content.root[0] in names


def root_says(word: str) -> Telltale:
    """Ask whether the attributes of its first element, namespaces among them, hold this word."""
    return lambda content: word in content.root[1]


def text_begins(pattern: str) -> Telltale:
    """Ask whether its text begins as the pattern says."""
    wanted = re.compile(pattern)
    return lambda content: wanted.match(content.text) is not None


def holds(word: str) -> Telltale:
    """Ask whether the word is in its text."""
    return lambda content: word in content.text


def encoded(*names: str) -> Telltale:
    """Ask whether it is text in one of these encodings."""
    return lambda content: content.encoding in names


def every(*telltales: Telltale) -> Telltale:
    """Ask whether all of these tell it."""
    return lambda content: all(telltale(content) for telltale in telltales)


def either(*telltales: Telltale) -> Telltale:
    """Ask whether one of these tells it."""
    return lambda content: any(telltale(content) for telltale in telltales)


def is_json(content: Content) -> bool:
    """Return whether it begins as JSON does."""
    return content.is_json


def is_table(content: Content) -> bool:
    """Return whether it begins as a table with separators does."""
    return bool(content.header)


def is_msel(content: Content) -> bool:
    """Return whether its first row has the columns of a master scenario events list."""
    cells = {*content.header}
    return sum(not cells.isdisjoint(names) for names in _MSEL_COLUMNS) >= _ENOUGH_COLUMNS
