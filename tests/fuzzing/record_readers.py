"""Records that are chained rightly and say what no exercise ever led to: whoever holds a key can sign anything.

Such a record verifies. What is shown, exported or played on of it may be refused, in words; it may not break.
"""

import json
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any, Final

from incidentsim.ledger.canonical import UncanonicalError, canonical
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Entry
from tests.fuzzing import desk
from tests.fuzzing.reader import Reader
from tests.fuzzing.trees import edited

CALLS: Final = (
    *(
        "show",
        "show --format json",
        "export --format md",
        "export --format html --report audit",
        "export --format oscal",
    ),
    *(
        "export --format csv --table timeline",
        "export --format csv --table duties",
        "export --format csv --table clocks",
    ),
    *("export --format csv --table ratings", "export --format controls", "export --format jsonl", "runs script"),
    *("verify", "rejudge --playbook playbook.yaml", "compare run-2", "replay --resume", "play --plain --resume"),
    *(
        "export --format bundle --key key.pem -o new.zip",
        "export --format xlsx -o new.xlsx",
        "export --format docx -o new.docx",
        "runs",
        "improvements",
    ),
)
"""What is tried of each, some of them at a time; the run's name is added."""
AT_ONCE: Final = 3
FILE: Final = "hostile.jsonl"


@cache
def _logs() -> tuple[bytes, ...]:
    store = desk.fresh_store()
    return tuple(b"".join(line + b"\n" for line in store.entries(name)) for name in ("run-1", "run-3"))


def spoil_record(data: bytes, other: bytes, random: Random) -> bytes:
    """Change facts, take some out, put some twice or elsewhere, and chain all of them anew."""
    values = [json.loads(line) for line in data.splitlines()]
    givers = [json.loads(line) for line in other.splitlines()]
    for _time in range(random.choice((1, 1, 1, 2, 4))):
        place = random.randrange(len(values))
        kind = random.randrange(9)
        if kind == 0 and len(values) > 1:
            del values[place]
        elif kind == 1:
            values.insert(place, random.choice(givers))
        elif kind == 2:
            values[place], values[-1] = values[-1], values[place]
        elif kind == 3:
            values[place] = {**values[place], "source": random.choice(("engine", "script", "bot", "person"))}
        elif kind == 4 and "header" in values[0]:
            values[0] = {**values[0], "header": edited(values[0]["header"], givers[0].get("header"), random)}
        elif kind == 5:
            at = {"at": random.choice((0, 1, 10**9, 2**53 - 1, -1))}
            fact = values[place]["fact"]
            values[place] = {**values[place], "fact": {**fact, **at} if isinstance(fact, dict) else at}
        else:
            giver = random.choice(givers)["fact"]
            values[place] = {**values[place], "fact": edited(values[place]["fact"], giver, random)}
    return _chained(values) or data


def _chained(values: list[Any]) -> bytes | None:
    """The log of these entries; `None` if one of them can be in no record."""
    prev, lines = ZERO, []
    header = values[0].get("header") or next((value["header"] for value in values if "header" in value), None)
    for number, value in enumerate(values):
        entry = {name: part for name, part in value.items() if name != "header"} | {"prev": prev, "seq": number}
        entry |= {"run": values[0]["run"]} | ({"header": header} if number == 0 else {})
        try:
            line = canonical(entry)
        except (UncanonicalError, RecursionError):
            return None
        prev = digest(line)
        lines.append(line + b"\n")
    return b"".join(lines)


def _read(data: bytes) -> str | None:
    """In the database and as a file, some calls each."""
    lines = data.splitlines()
    name = str(json.loads(lines[0])["run"])
    store = desk.fresh_store()
    hashes = [ZERO, *map(digest, lines)]
    store._runs[name].entries = [
        Entry(name, number, hashes[number], hashes[number + 1], line) for number, line in enumerate(lines)
    ]
    random = Random(sha256(data).digest())  # noqa: S311 - a sample, no secrets
    for call in random.sample(CALLS, AT_ONCE):
        with desk.at_desk(), desk.tidied():
            (desk.folder() / FILE).write_bytes(data)
            words = call.split()
            alone = words[0] in {"improvements", "runs"} and words[-1] != "script"
            where = FILE if random.random() < 0.3 else name
            service = desk.new_service(store)
            complaint = desk.complaint(desk.call(words if alone else [*words, where], "\n\n\n", service))
        if complaint is not None:
            return f"{call}: {complaint}"
    return None


RECORD_READERS: Final[tuple[Reader, ...]] = (Reader("hostile-record", _logs, _read, (), spoil_record, share=6),)
