"""Small values of OSCAL: identifiers, tokens, strings, properties.

OSCAL has three kinds of text. Titles and descriptions are Markdown, where foreign text has to be escaped
(`line`); values of properties are strings, which begin and end with something visible; ids are
tokens.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid5

from incidentsim.exports.documents.markdown import inline
from incidentsim.exports.wording.plain_text import visible

Object = dict[str, object]
"""An object as JSON has it, keys in the order of the schema."""

NAMESPACE: Final = UUID("db17d57b-17ed-4fae-bc38-1531bfed56ad")
"""Drawn once, for everything that this program names in OSCAL."""

NS: Final = f"urn:uuid:{NAMESPACE}"
"""The namespace of our properties and parts. OSCAL asks for an absolute URI that nobody else uses; this is one that
needs no domain of ours and can never come to belong to somebody else."""

OSCAL_NS: Final = "http://csrc.nist.gov/ns/oscal"

_NO_TOKEN: Final = re.compile(r"\.?[^\w.-]+")
_FEW: Final = 30


class Uuids:
    """UUIDs of version 5, which follow from the run, its outcome and what they name: the same whenever it is told."""

    def __init__(self, run: str, outcome: str) -> None:
        self._base = uuid5(NAMESPACE, f"{run}\n{outcome}")

    def of(self, *what: str) -> str:
        """The UUID of something, such as `("finding", "nist-csf-2", "RS.MA-01")`."""
        return str(uuid5(self._base, "\n".join(what)))

    def link(self, *what: str) -> str:
        """A reference to it from within the document."""
        return f"#{self.of(*what)}"


def filled(parts: Mapping[str, object]) -> Object:
    """The parts that say something: OSCAL has no empty strings, lists or objects."""
    return {name: value for name, value in parts.items() if value is not None and value not in ("", [], {})}


def string(text: str) -> str:
    """`text` as a string of OSCAL: one line, with something visible at both ends."""
    return visible(text).strip() or "–"


def line(text: str) -> str:
    """Foreign text as one line of Markdown, which is never empty."""
    return inline(text) or "–"


def token(text: str) -> str:
    """`text` as a token: letters, digits, and `.`, `-`, `_`, beginning with a letter or `_`."""
    found = _NO_TOKEN.sub("-", text).strip("-")
    return found if found[:1].isalpha() else f"_{found}"


def prop(name: str, value: str, *, kind: str | None = None, ns: str = NS) -> Object:
    """A property, in our namespace unless `ns` says another; `kind` is its class."""
    return filled({"name": name, "ns": ns, "value": string(value), "class": kind})


def props(**values: str | None) -> list[Object]:
    """Properties of ours, without those that are not known; `_` in a name stands for `-`."""
    return [prop(name.replace("_", "-"), value) for name, value in values.items() if value]


def reference(href: str) -> list[Object]:
    """The one link of something: to a resource of the document."""
    return [{"href": href, "rel": "reference"}]


def digest_hash(digest: str | None) -> list[Object]:
    """A digest of the record's form (`sha256:` and hexadecimal digits) as a hash of a file's bytes."""
    if digest is None or not digest.startswith("sha256:"):
        return []
    return [{"algorithm": "SHA-256", "value": digest.removeprefix("sha256:")}]


def ranges(numbers: Iterable[int]) -> list[str]:
    """Ascending sequence numbers, those that follow on each other as one: `3`, `8`, `11-20`."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def number_words(numbers: Sequence[str]) -> str:
    """Join the sequence numbers that `ranges` gives, for a sentence; of many it holds only the first.

    The others stand in a property.
    """
    return ", ".join(numbers[:_FEW]) + (", …" if len(numbers) > _FEW else "")
