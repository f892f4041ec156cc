"""Where concretes meet: the only reader of environment, wall clock and default paths.

Nothing heavy is imported at the top: `--help` passes through here.
"""

import os
import sys
from typing import TYPE_CHECKING, Literal

from incidentsim.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from incidentsim.definitions.library.library import Library
    from incidentsim.evidence.keys import Key
    from incidentsim.ledger.store import LedgerStore
    from incidentsim.service import LateStore, Service
    from incidentsim.service.workshop import Workshop
    from incidentsim.settings import Settings

DATABASE_VARIABLE = "INCIDENTSIM_DATABASE_URL"
LANGUAGE_VARIABLE = "INCIDENTSIM_LANG"
PATH_VARIABLE = "INCIDENTSIM_PATH"
PROGRAM = f"incidentsim {__version__}"


def language(
    wanted: str | None = None, environment: "Mapping[str, str] | None" = None, setting: str | None = None
) -> Literal["en", "zh"]:
    """The language to speak: `wanted` (of `--lang`), then INCIDENTSIM_LANG, `setting`, the system's locale, English."""
    env = os.environ if environment is None else environment
    locale_name = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), None)
    if locale_name is None and environment is None and sys.platform in {"win32", "darwin"}:
        import locale

        locale_name = locale.getlocale()[0]
    settled = setting if setting != "auto" else None
    chosen = (wanted or env.get(LANGUAGE_VARIABLE) or settled or locale_name or "en").lower()
    return "zh" if chosen.startswith(("zh", "chinese")) else "en"


def colour(environment: "Mapping[str, str] | None" = None) -> bool:
    """Return whether colours may be used on a terminal: not if NO_COLOR is set and not empty (no-color.org).

    `environment` stands in for the variables of the process.
    """
    return not (os.environ if environment is None else environment).get("NO_COLOR")


def shipped(kind: Literal["playbooks", "scenarios"]) -> "Path":
    """The folder of shipped playbooks or scenarios: inside an installed package, or beside it in a checkout."""
    from pathlib import Path

    package = Path(__file__).parent
    inside = package / "shipped" / kind
    return inside if inside.is_dir() else package.parent / kind


def library(*, on_hidden: "Callable[[str], None] | None" = None) -> "Library":
    """Return the one library, in which every command finds the same definitions.

    It looks into the working folder, the user's data folder and the folders that INCIDENTSIM_PATH names, each with
    its `playbooks` and `scenarios`, and then into what comes with the program.

    Args:
        on_hidden: told each time that a definition is taken which hides one that comes with the program.
    """
    from pathlib import Path

    from incidentsim.definitions.library.library import Library
    from incidentsim.definitions.library.places import Origin, Place

    named_folders = [Path(folder) for folder in os.environ.get(PATH_VARIABLE, "").split(os.pathsep) if folder]
    places = [
        Place(Path(), Origin.WORKING),
        Place(_data_folder(), Origin.KEPT),
        *(Place(folder, Origin.PATH) for folder in named_folders),
    ]
    return Library([*places, shipped("playbooks"), shipped("scenarios"), archetypes()], on_hidden=on_hidden)


def named(definition: str | None) -> "Path | str | None":
    """A playbook or scenario as a user names it: a file, or an id where it does not look like a file."""
    from pathlib import Path

    if definition is None:
        return None
    path = Path(definition)
    return path if path.exists() or path.suffix in {".yaml", ".yml"} or len(path.parts) > 1 else definition


def archetypes() -> "Path":
    """The folder of shipped archetypes, which is inside the package."""
    from pathlib import Path

    return Path(__file__).parent / "archetypes"


def fresh_seed() -> int:
    """A seed that nobody chose, short enough to be read out."""
    import secrets

    return secrets.randbelow(2**31)


def kept_scenarios() -> "Path":
    """The folder in the user's data folder where scenarios made from archetypes are kept; it need not be there."""
    return _data_folder() / "scenarios"


def kept_library() -> "Path":
    """The user's data folder, in which definitions are found by id; it need not be there."""
    return _data_folder()


def database_url() -> str:
    """Return the address of the database: INCIDENTSIM_DATABASE_URL, or an SQLite file in the user's data folder."""
    named = os.environ.get(DATABASE_VARIABLE)
    return named or f"sqlite:///{(_data_folder() / 'runs.sqlite3').as_posix()}"


def secrets_of_addresses(arguments: "Sequence[str]") -> "tuple[str, ...]":
    """Return the parts of addresses in a call's arguments that must not be repeated."""
    given = [argument for argument in arguments if "://" in argument or ("@" in argument and ":" in argument)]
    if not given:
        return ()  # the usual case needs no imports
    from incidentsim.files.addresses import addresses_in, web_secrets
    from incidentsim.storage.address import secrets_of_address

    secrets: list[str] = []
    for address in (address for argument in given for address in addresses_in(argument)):
        secrets += web_secrets(address) if address.lower().startswith("http") else secrets_of_address(address)
    return tuple(secret for secret in secrets if secret)


def secrets_of_database() -> "tuple[str, ...]":
    """Return the parts of the database's address that must not be repeated."""
    address = os.environ.get(DATABASE_VARIABLE, "")
    if not address or address.startswith("sqlite:///"):
        return ()
    from incidentsim.storage.address import secrets_of_address

    return tuple(secret for secret in secrets_of_address(address) if secret)


def _data_folder() -> "Path":
    from pathlib import Path

    import platformdirs

    return Path(platformdirs.user_data_dir("incidentsim", appauthor=False))


def store() -> "LedgerStore":
    """The database of recorded runs, made if there is none.

    Raises:
        SurroundingsError: it cannot be opened.
    """
    from incidentsim.storage import open_store

    return open_store(database_url())


def _kept() -> "LedgerStore | LateStore":
    """The database: a file is opened when something is asked of it; an address that may be wrong is looked at now."""
    from incidentsim.service import LateStore
    from incidentsim.storage.file_address import names_file

    return LateStore(store) if names_file(database_url()) else store()


def service(*, record: bool = True, on_hidden: "Callable[[str], None] | None" = None) -> "Service":
    """The service on the real surroundings; without `record`, nothing is opened and nothing is kept.

    `on_hidden` is that of `library`.
    """
    import secrets

    from incidentsim.ledger.memory import MemoryStore
    from incidentsim.service import Service

    return Service(
        library=library(on_hidden=on_hidden),
        store=_kept() if record else MemoryStore(),
        now=now,
        new_id=_id_maker(),
        salts=secrets.token_bytes,
        program=PROGRAM,
    )


def workshop() -> "Workshop":
    """Make the workshop that makes scenarios from the shipped archetypes and keeps them in the user's data folder."""
    from incidentsim.service.workshop import ArchetypeWorkshop

    return ArchetypeWorkshop(library(), kept_scenarios(), fresh_seed)


def _settings_folder() -> "Path":
    from pathlib import Path

    import platformdirs

    return Path(platformdirs.user_config_dir("incidentsim", appauthor=False))


def settings_file() -> "Path":
    """Return the path of the settings file, in the folder of the program's settings; it need not exist."""
    return _settings_folder() / "config.toml"


def settings() -> "Settings":
    """Read the settings of the user; the usual ones where there is no file.

    Raises:
        InputError: the file is no TOML, or holds an unknown key or a wrong value.
        SurroundingsError: it cannot be read.
    """
    from incidentsim.settings import read_settings

    return read_settings(settings_file())


def keep_settings(settings: "Settings") -> None:
    """Put settings into the settings file.

    Raises:
        InputError: what stands there cannot be read as settings.
        SurroundingsError: it cannot be written.
    """
    from incidentsim.settings import write_settings

    write_settings(settings_file(), settings)


def key_file() -> "Path":
    """Return the path of the user's own signing key, in the folder of the program's settings; it need not exist."""
    from incidentsim.evidence.keys import FILE

    return _settings_folder() / FILE


def signing_key(named: "Path | None" = None) -> "tuple[Key, bool]":
    """The key in the file that is `named`, or the user's own, and whether that was made just now.

    Raises:
        InputError: there is no such key.
        SurroundingsError: it can neither be read nor made.
    """
    from incidentsim.evidence.keys import default_key, load_key

    return (load_key(named), False) if named is not None else default_key(key_file().parent)


def own_key() -> "tuple[Key, Path | None]":
    """The user's own signing key, and the file it was put in if it was made just now.

    Raises:
        SurroundingsError: it can neither be read nor made.
    """
    key, made = signing_key()
    return key, key_file() if made else None


def now() -> "datetime":
    """The wall clock, UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _id_maker() -> "Callable[[], str]":
    import secrets

    def new_id() -> str:
        return f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"

    return new_id
