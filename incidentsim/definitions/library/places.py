"""The places where definitions are looked for by their ids, in the order in which they count."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from incidentsim.definitions.library.files import definition_files, yaml_files
from incidentsim.domain.errors import InputError

FOLDERS: Final = ("playbooks", "scenarios", "rosters")
"""What the folders of a library are called; a place holds definitions itself and in these."""


class Origin(StrEnum):
    """The reason why a place is looked into."""

    CALL = "call"
    """The call names its file or folder."""
    BESIDE = "beside"
    """It lies beside a file that was named."""
    WORKING = "working"
    """It lies in the working folder."""
    KEPT = "kept"
    """It lies in the user's data folder."""
    PATH = "path"
    """It lies in a folder that `INCIDENTSIM_PATH` names."""
    SHIPPED = "shipped"
    """It comes with the program."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder with definitions.

    Attributes:
        path: where that is; it need not exist.
        origin: why it is looked into.
        whole: a folder is looked into as a whole; otherwise only it and its `FOLDERS`, and nothing below
            these: nobody named this folder as one of definitions.
    """

    path: Path
    origin: Origin
    whole: bool = False

    def files(self) -> list[Path]:
        """The YAML files in it, in the order in which they count; none where it cannot be read."""
        try:
            if self.whole:
                return definition_files([self.path])
            folders = (self.path, *(self.path / name for name in FOLDERS))
            return [file for folder in folders for file in yaml_files(folder)]
        except InputError:
            return []


def beside(file: Path) -> list[Place]:
    """The places around a file that was named: its folder, and the one above where that is a folder of a library."""
    folder = file.parent
    around = [folder, folder.parent] if folder.resolve().name in FOLDERS else [folder]
    return [Place(path, Origin.BESIDE) for path in around]
