"""The build hook: compiles the message catalogues, so that what gettext reads is made and never committed.

It runs for wheels and for editable installs alike. Whoever changes a catalogue of an editable install runs
`python -m tests.update_messages`, which compiles it too.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg,misc] - hatchling is there only while it builds
    """Makes a `.mo` beside every `.po` of the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile before files are collected; `artifacts` in pyproject.toml takes them in though git ignores them."""
        for source in sorted(Path(self.root, "incidentsim", "locale").rglob("*.po")):
            with source.open("rb") as file:
                catalogue = read_po(file, abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
