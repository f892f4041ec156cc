"""Reading a playbook or a roster that a user named by file or by id, for commands that need no service."""

from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim import composition
from incidentsim.composition import named

if TYPE_CHECKING:
    from incidentsim.definitions.playbook.read import Examined
    from incidentsim.definitions.rosters.roster import Roster
    from incidentsim.domain.playbook import Playbook


def load_playbook(name: str) -> "Playbook":
    """The playbook in a file, or the known one with this id.

    Raises:
        InputError: there is no such playbook, or it is not valid.
    """
    from incidentsim.definitions.playbook.read import read_playbook

    path, data = _found(name)
    return read_playbook(data, str(path))


def load_roster(name: str, beside: "Path | str | None" = None) -> "Roster":
    """The roster in a file, or the known one with this id.

    Args:
        name: the file or the id.
        beside: a playbook or scenario; where that is a file, rosters are looked for around it first.

    Raises:
        InputError: there is no such roster, or it is not valid.
    """
    from incidentsim.cli.output import narrate
    from incidentsim.definitions.library.files import read_bytes
    from incidentsim.definitions.rosters.read import read_roster

    wanted = named(name)
    library = composition.library(on_hidden=narrate)
    around = library.beside(beside) if isinstance(beside, Path) else library
    path, data = (wanted, read_bytes(wanted)) if isinstance(wanted, Path) else around.roster(name)
    return read_roster(data, str(path))


def examine(name: str) -> "Examined":
    """The same with what its file says and leaves out.

    Raises:
        InputError: there is no such playbook, or it is not valid.
    """
    from incidentsim.definitions.playbook.read import examine_playbook
    from incidentsim.definitions.yaml12.problems import DefinitionError

    path, data = _found(name)
    examined = examine_playbook(data, str(path))
    if examined.problems:
        raise DefinitionError(examined.problems)
    return examined


def _found(name: str) -> tuple[Path, bytes]:
    """The file of a playbook, and its bytes."""
    from incidentsim.cli.output import narrate
    from incidentsim.definitions.library.files import read_bytes

    wanted = named(name)
    if isinstance(wanted, Path):
        return wanted, read_bytes(wanted)
    return composition.library(on_hidden=narrate).playbook(name)
