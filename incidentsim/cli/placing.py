"""Files that a command writes into a folder of one's own: under an id, in a language, none in another's place."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.cli.output import say
from incidentsim.domain.errors import InputError
from incidentsim.messages import language

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.text import Language


def check_id(name: str) -> None:
    """Refuse what is no id, and so no name of a file or folder of one part.

    Raises:
        InputError: it is none.
    """
    from incidentsim.definitions.formats.common import IDENTIFIER
    from incidentsim.definitions.formats.messages import not_an_id

    if not re.match(IDENTIFIER, name):
        raise InputError(not_an_id(name))


def spoken() -> "Language":
    """The language spoken."""
    return "zh" if language() == "zh" else "en"


def language_for(playbook: "Playbook") -> "Language":
    """The language spoken, unless the procedure is written in the program's other language alone."""
    here = spoken()
    other: Language = "en" if here == "zh" else "zh"
    return other if here not in playbook.languages and other in playbook.languages else here


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write the files into the folder, none where one of them would take the place of another, and say where.

    Args:
        folder: where they go.
        files: what they hold, by their paths within the folder.
        force: whether they take the place of others.

    Raises:
        InputError: another file is there already.
        SurroundingsError: one cannot be written.
    """
    from incidentsim.files import AlreadyThereError, make_folder, write_file
    from incidentsim.files.telling import told

    paths = {folder / name: data for name, data in files.items()}
    for path, data in paths.items():
        with told(path):
            if path.exists() and not force and path.read_bytes() != data:
                raise AlreadyThereError(path)
    for path, data in paths.items():
        make_folder(path.parent)
        write_file(path, data, replace=force)
        say(str(path))
