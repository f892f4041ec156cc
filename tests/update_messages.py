"""Brings the message catalogues up to date: `python -m tests.update_messages`, then translate what it names.

It extracts every message from the package, merges them into the Chinese catalogue (a changed message loses its
translation, a message that is gone is removed) and compiles the result, which no commit holds. click's own messages
are in a catalogue of their own, `click.po`; they are taken from the click that is installed, and none is ever removed,
so that the catalogue serves the versions before and after too. Needs Babel, which the extra `test` installs.
"""

import importlib.util
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parent.parent / "incidentsim"
CATALOGUES: Final = PACKAGE / "locale" / "zh" / "LC_MESSAGES"
KEYWORDS: Final[dict[str, tuple[int, ...] | None]] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
CLICK_MODULES: Final = ("core", "decorators", "exceptions", "formatting", "parser", "types", "_termui_impl")
"""The modules of click whose messages our users can meet; we ask nothing and open no editor."""


class PlainCatalog(Catalog):
    """A catalogue whose header has no dates and no versions of tools, which would make every update a change."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines."""
        return [
            ("Project-Id-Version", "incidentsim"),
            ("Language", "zh"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file says of itself is not taken over."""


def _empty() -> Catalog:
    return PlainCatalog(locale="zh", header_comment="# The Chinese messages of incidentsim.", fuzzy=False)


def extracted(folder: Path = PACKAGE) -> Catalog:
    """Every message of the code in this folder."""
    catalogue = _empty()
    found = extract_from_dir(str(folder), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, _context in found:
        catalogue.add(message, locations=[(Path(file).as_posix(), 0)], auto_comments=comments)
    return catalogue


def extracted_from_click() -> Catalog:
    """The messages of the click that is installed."""
    catalogue = _empty()
    spec = importlib.util.find_spec("click")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("click is not installed")
    for name in CLICK_MODULES:
        path = Path(spec.origin).with_name(f"{name}.py")
        for _line, message, _comments, _context in extract_from_file("python", str(path), keywords=KEYWORDS):
            if all(message):
                catalogue.add(message)
    return catalogue


def stored(name: str) -> Catalog:
    """The Chinese catalogue of this name as it stands in the tree."""
    path = CATALOGUES / f"{name}.po"
    if not path.exists():
        return _empty()
    catalogue = _empty()
    with path.open("rb") as file:
        read = read_po(file, locale="zh", abort_invalid=True)
    for message in read:
        if message.id:
            catalogue[message.id] = message
    catalogue.obsolete = read.obsolete
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file for translators."""
    file = BytesIO()
    write_po(file, catalogue, width=0, include_lineno=False, sort_output=True)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def merged(name: str) -> Catalog:
    """The stored catalogue with the messages of the code."""
    catalogue = stored(name)
    if name == "click":
        for message in extracted_from_click():
            if message.id and message.id not in catalogue:
                catalogue.add(message.id)
        return catalogue
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that have no translation."""
    missing = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and not (strings and all(strings)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def compile_what_is_stale() -> None:
    """Compile the catalogues that are newer than what was made of them, safely beside others who do the same."""
    for source in CATALOGUES.glob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            made = target.with_suffix(f".{os.getpid()}")
            made.write_bytes(compiled(stored(source.stem)))
            made.replace(target)


def main() -> int:
    """Write both catalogues; name what is still to be translated, and say 1 if there is any."""
    left: list[str] = []
    for name in ("incidentsim", "click"):
        catalogue = merged(name)
        (CATALOGUES / f"{name}.po").write_bytes(written(catalogue))
        left += untranslated(catalogue)
    compile_what_is_stale()
    for message in left:
        print(f"to translate: {message!r}")  # noqa: T201 - this is a tool for the command line
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
