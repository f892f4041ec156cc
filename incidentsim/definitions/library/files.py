"""Finding definition files, and telling playbooks, scenarios, clock packs, control maps and archetypes apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from incidentsim.definitions.foreign.content import beginning
from incidentsim.definitions.foreign.definitions import as_ours, foreign
from incidentsim.definitions.foreign.definitions import refusal as refusal_of_all
from incidentsim.definitions.foreign.recognising import looks, with_looks
from incidentsim.definitions.formats.clocks import CLOCKS_SCHEMA
from incidentsim.definitions.formats.controls import CONTROLS_SCHEMA, EVIDENCE_SCHEMA
from incidentsim.definitions.formats.playbook import PLAYBOOK_SCHEMA
from incidentsim.definitions.formats.roster import ROSTER_SCHEMA
from incidentsim.definitions.formats.scenario import SCENARIO_SCHEMA
from incidentsim.definitions.whole_files import FileTooLargeError, read_whole
from incidentsim.definitions.yaml12.decoding import MAX_BYTES, refusal, too_large
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.definitions.yaml12.reader import Document, read_head
from incidentsim.domain.errors import InputError
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

Kind = Literal["playbook", "scenario", "clocks", "archetype", "controls", "evidence", "roster"]

ARCHETYPE_SCHEMA: Final = "incidentsim/archetype/1"
"""The value of `schema` in an archetype of this version. Another room reads these; here they are only told apart."""

_KINDS: Final[dict[str, Kind]] = {
    PLAYBOOK_SCHEMA: "playbook",
    SCENARIO_SCHEMA: "scenario",
    CLOCKS_SCHEMA: "clocks",
    ARCHETYPE_SCHEMA: "archetype",
    CONTROLS_SCHEMA: "controls",
    EVIDENCE_SCHEMA: "evidence",
    ROSTER_SCHEMA: "roster",
}
_PREFIXES: Final = tuple(schema[: schema.rindex("/") + 1] for schema in _KINDS)
_ENDINGS: Final = (".yaml", ".yml")
_FEW: Final = 20
"""So many files of a folder without definitions are looked at for what they may be."""


@dataclass(frozen=True, slots=True)
class Head:
    """The kind and the names of a definition, as far as a list or a lookup needs them.

    Attributes:
        kind: what it defines.
        id: its id; empty where it has none, which reading it will say.
        playbook: the playbook that a scenario or an archetype is meant for; empty where it is none of these.
    """

    kind: Kind
    id: str
    playbook: str


def definition_files(paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` mean: each file as given, each folder as the YAML files in and below it, by name.

    Raises:
        InputError: a path does not exist, or a folder holds no YAML file.
    """
    files: dict[Path, None] = {}
    for path in paths:
        try:
            inside = _in_folder(path) if path.is_dir() else None
            exists = path.exists()
        except (OSError, ValueError) as error:
            raise InputError(_unreadable(path, error)) from error
        if inside is None and not exists:
            raise InputError(_("There is no file or folder {path}.").format(path=path))
        if inside is not None and not inside:
            raise InputError(_without_yaml(path))
        files.update(dict.fromkeys([path] if inside is None else inside))
    return list(files)


def _without_yaml(folder: Path) -> str:
    """The refusal of a folder without a YAML file, which says of some file in it what that looks like."""
    sentence = _("The folder {path} holds no YAML file (*.yaml, *.yml).").format(path=folder)
    for file in islice(folder.iterdir(), _FEW):
        told = looks(beginning(file))
        if told:
            there = _("There is {file}: {told}").format(file=file.name, told=told)
            return _("{sentence} {more}").format(sentence=sentence, more=there)
    return sentence


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files in a folder itself that begin like definitions, by name; none where there is no such folder.

    Raises:
        InputError: it cannot be read.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file())
        return [path for path in files if _may_be_ours(path)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError) as error:
        raise InputError(_unreadable(folder, error)) from error


def _may_be_ours(path: Path) -> bool:
    """Whether a file names a schema of ours in its beginning: others' folders may hold much and large YAML."""
    begins = beginning(path)
    return any(prefix.encode() in begins for prefix in _PREFIXES)


def _in_folder(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file()]
    return sorted(files, key=lambda path: path.relative_to(folder).parts)


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, all of them.

    Args:
        path: the file.
        most: how many bytes it may have: as many as a definition, unless something else is read.

    Raises:
        DefinitionError: it has more; the message has both numbers.
        InputError: it cannot be read.
    """
    try:
        return read_whole(path, most)
    except FileTooLargeError as error:
        message = str(error) if error.size is None else too_large(error.size, most)
        message = with_looks(message, path, but=_KINDS.values())
        raise refusal(str(path), 1, 1, message) from None
    except (OSError, ValueError) as error:
        raise InputError(_unreadable(path, error)) from error


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("There is no file or folder {path}.").format(path=path)
    if isinstance(error, IsADirectoryError):
        return _("{path} is a folder; a file is needed here.").format(path=path)
    if isinstance(error, PermissionError):
        return _("{path} cannot be read: permission denied.").format(path=path)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _("{path} cannot be read: {reason}.").format(path=path, reason=reason)


def kind_of(data: bytes, file: str) -> Kind:
    """Return the kind of the definition in `data`, by its key `schema`; `file` is its name in an error.

    Raises:
        DefinitionError: it is no YAML, or its schema is none of ours.
    """
    try:
        document = read_head(data, file, ("schema",))
    except DefinitionError as error:
        raise as_ours(data, file, error) from None
    return _kind(document, data)


@lru_cache(maxsize=256)
def head_of(data: bytes, file: str) -> Head:
    """The kind and names of the definition in `data`, most of which is left unread; the latest are kept in mind.

    Raises:
        DefinitionError: it is no YAML, or its schema is none of ours.
    """
    kind = kind_of(data, file)
    meant_for_one = kind in ("scenario", "archetype")
    keys = ("schema", "id", "playbook") if meant_for_one else ("schema", "id")
    value = read_head(data, file, keys).value
    return Head(kind, _word(value, "id"), _word(value, "playbook") if meant_for_one else "")


def _word(value: dict[str, Any], key: str) -> str:
    word = value.get(key)
    return word if isinstance(word, str) else ""


def _kind(document: Document, data: bytes) -> Kind:
    valid = _(" or ").join(_KINDS)
    value = document.value
    schema = value.get("schema") if isinstance(value, dict) else None
    kind = _KINDS.get(schema) if isinstance(schema, str) else None
    if kind is not None:
        return kind
    told = looks(data)
    if told and not (isinstance(schema, str) and schema.startswith(_PREFIXES)):
        raise refusal_of_all(document.file, document.position(("schema",)), foreign(schema), told)
    if not isinstance(value, dict):
        message = _("This is no definition: a mapping (key: value) is needed, whose schema is {valid}.")
        raise DefinitionError([document.problem((), message.format(valid=valid))], readable=False)
    if "schema" not in value:
        message = _("This is no file of incidentsim: it has no key schema. That key says what the file is: {valid}.")
        raise DefinitionError([document.problem((), message.format(valid=valid))], readable=False)
    near = nearest(schema, list(_KINDS)) if isinstance(schema, str) else None
    message = _("{schema} is no schema of this version; valid are {valid}.")
    if near is not None:
        message = _("{schema} is no schema of this version; the nearest valid one is {near}.")
    text = message.format(schema=quoted(schema), valid=valid, near=near)
    raise DefinitionError([document.problem(("schema",), text)], readable=False)
