"""The settings file: TOML, read under strict rules, every problem with its line; written so that comments stay.

Which file that is, the composition says; environment and options win over it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.unknown_names import nearest
from incidentsim.files import make_folder, reason, write_file
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

MOST_BYTES: Final = 100_000
"""A settings file is not larger."""

_KEYS: Final = "keys"
_KEY_NAME: Final = re.compile(r"[^\s,]|(?:(?:ctrl|alt|shift|super)\+)*[a-z0-9_]+", re.ASCII | re.IGNORECASE)
_TAKEN: Final = frozenset(
    {"enter", "tab", "ctrl+q", "ctrl+c", "ctrl+l", "ctrl+t", "ctrl+p", "up", "down", "question_mark", "f1"}
)
"""Keys that do the same on every screen."""


class ThemeName(StrEnum):
    """The themes of the screens."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class SpokenLanguage(StrEnum):
    """The languages of the program; `auto` goes by the system's locale."""

    AUTO = "auto"
    ENGLISH = "en"
    CHINESE = "zh"


class PacingName(StrEnum):
    """The pacing with which a briefing begins."""

    STEPPED = "stepped"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of a user.

    Attributes:
        theme: the theme of the screens.
        language: the language, where neither an option nor the environment says one.
        pacing: what a briefing proposes.
        plain: exercises are played line by line, unless an option says otherwise.
        coach: the coach helps from the start, unless an option or the briefing says otherwise.
        keys: keys of the table's actions by the action's name, several with commas between; others are as shipped.
    """

    theme: ThemeName = ThemeName.DARK
    language: SpokenLanguage = SpokenLanguage.AUTO
    pacing: PacingName = PacingName.STEPPED
    plain: bool = False
    coach: bool = False
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def values(self) -> dict[str, str | bool]:
        """The values by key, as the file says them; without the keys of actions."""
        return {
            "theme": self.theme.value,
            "language": self.language.value,
            "pacing": self.pacing.value,
            "plain": self.plain,
            "coach": self.coach,
        }


def read_settings(path: Path) -> Settings:
    """Read a settings file; the usual settings where there is none.

    Raises:
        InputError: it is no TOML, or holds an unknown key or a wrong value.
        SurroundingsError: it cannot be read.
    """
    data = _bytes(path)
    return Settings() if data is None else settings_in(data, str(path))


def settings_in(data: bytes, file: str) -> Settings:
    """Read settings from the bytes of a file; `file` is its name in errors.

    Raises:
        InputError: as `read_settings` says.
    """
    text, values = _parsed(data, file)
    settings = Settings()
    for name, value in values.items():
        where = f"{file}:{_line_of(text, name)}"
        match name:
            case "theme":
                settings = replace(settings, theme=_one_of(ThemeName, value, name, where))
            case "language":
                settings = replace(settings, language=_one_of(SpokenLanguage, value, name, where))
            case "pacing":
                settings = replace(settings, pacing=_one_of(PacingName, value, name, where))
            case "plain" if isinstance(value, bool):
                settings = replace(settings, plain=value)
            case "coach" if isinstance(value, bool):
                settings = replace(settings, coach=value)
            case "plain" | "coach":
                raise InputError(_wrong(where, name, value, ["true", "false"]))
            case "keys":
                settings = replace(settings, keys=MappingProxyType(dict(_read_keys(value, text, file))))
            case _:
                raise InputError(_unknown(where, name, [*settings.values(), _KEYS]))
    return settings


def check_keys(settings: Settings, shipped: Mapping[str, str], path: Path) -> None:
    """Make sure that the keys are for actions that there are, and no key is for two of them.

    Args:
        settings: what was read.
        shipped: the keys of the table's actions as they are shipped, by the action's name.
        path: the settings file, which errors name.

    Raises:
        InputError: an action is not known, or two bear one key.
    """
    data = _bytes(path) or b""
    text = data.decode("utf-8", "replace")
    for name in settings.keys:
        if name not in shipped:
            raise InputError(_unknown(f"{path}:{_line_of(text, name)}", name, shipped))
    owners: dict[str, str] = {}
    for name, keys in {**shipped, **settings.keys}.items():
        for key in keys.split(","):
            other = owners.setdefault(key, name)
            if other != name:
                wrong = name if name in settings.keys else other
                message = _("{where}: the key {key} is for {one} and for {other}; give one of them another.")
                where = f"{path}:{_line_of(text, wrong)}"
                raise InputError(message.format(where=where, key=quoted(key), one=other, other=name))


def key_problem(keys: str) -> str:
    """Return what is wrong with the keys that somebody wrote for an action; empty if nothing is."""
    for key in keys.split(","):
        if not _KEY_NAME.fullmatch(key):
            message = _(
                "{key} is no key: write a character, or a name such as f5, ctrl+s or space, commas between several"
            )
            return message.format(key=quoted(key))
        if key.lower() in _TAKEN:
            return _("{key} does the same on every screen and cannot be given away").format(key=quoted(key))
    return ""


def write_settings(path: Path, settings: Settings) -> None:
    """Put settings into the file, line by line, so that comments and the rest stay; the folder is made if need be.

    Raises:
        InputError: what stands there cannot be read as settings; it is as before.
        SurroundingsError: it cannot be written; it is as before.
    """
    before = _bytes(path)
    text = "" if before is None else before.decode("utf-8")
    was = Settings() if before is None else settings_in(before, str(path))
    for name, value in settings.values().items():
        if value != was.values()[name]:
            text = _with_line(text, None, name, _written(value))
    for name in dict.fromkeys([*was.keys, *settings.keys]):
        if was.keys.get(name) != settings.keys.get(name):
            keys = settings.keys.get(name)
            text = _with_line(text, _KEYS, name, None if keys is None else _written(keys))
    data = text.encode()
    if settings_in(data, str(path)) != settings:  # written in a way that lines do not show: then as a whole
        data = whole(settings).encode()
    if data == before:
        return
    make_folder(path.parent)
    write_file(path, data, replace=True)


def whole(settings: Settings) -> str:
    """Return a settings file that says everything."""
    lines = [f"{name} = {_written(value)}" for name, value in settings.values().items()]
    keys = [f"{_written(name)} = {_written(keys)}" for name, keys in settings.keys.items()]
    return "\n".join([*lines, *(["", f"[{_KEYS}]", *keys] if keys else []), ""])


def _bytes(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SurroundingsError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason(error))
        ) from error
    if len(data) > MOST_BYTES:
        message = _("{path} is no settings file: it is larger than {most} bytes.")
        raise InputError(message.format(path=path, most=MOST_BYTES))
    return data


def _parsed(data: bytes, file: str) -> tuple[str, dict[str, Any]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(_("{where}: this is no text in UTF-8.").format(where=f"{file}:{line}")) from None
    import tomllib  # most users have no such file

    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        where = f"{file}:{place[1]}:{place[2]}" if place else f"{file}:{text.count(chr(10)) + 1}"
        message = _("{where}: this is no TOML; a line is a name, an equals sign and a value, such as theme = “dark”.")
        straight = message.replace("“", '"').replace("”", '"')
        raise InputError(straight.format(where=where)) from None


def _read_keys(value: object, text: str, file: str, before: str = "") -> Iterator[tuple[str, str]]:
    """The keys of actions; `table.go_on` without quotes makes a table in a table, and means the same."""
    where = f"{file}:{_line_of(text, before.rstrip('.') or _KEYS)}"
    if not isinstance(value, dict):
        message = _('{where}: {name} holds keys by action, such as "table.go_on" = "space"; this is something else.')
        raise InputError(message.format(where=where, name=_KEYS))
    for name, keys in value.items():
        action = before + name
        here = f"{file}:{_line_of(text, action, name)}"
        if isinstance(keys, dict):
            yield from _read_keys(keys, text, file, f"{action}.")
            continue
        problem = key_problem(keys) if isinstance(keys, str) else _("it is no text in quotation marks")
        if problem:
            raise InputError(_("{where}: {name}: {problem}.").format(where=here, name=quoted(action), problem=problem))
        yield action, str(keys)


Named = TypeVar("Named", bound=StrEnum)


def _one_of(kind: type[Named], value: object, name: str, where: str) -> Named:
    if isinstance(value, str) and value in list(kind):
        return kind(value)
    raise InputError(_wrong(where, name, value, [_written(str(valid)) for valid in kind]))


def _wrong(where: str, name: str, value: object, valid: Sequence[str]) -> str:
    shown = str(value).lower() if isinstance(value, bool) else quoted(value)
    message = _("{where}: {name} is {value}; valid are {valid}.")
    return message.format(where=where, name=name, value=shown, valid=", ".join(valid))


def _unknown(where: str, name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    if near is not None:
        message = _("{where}: there is no setting {name}; the nearest valid one is {near}.")
        return message.format(where=where, name=quoted(name), near=near)
    message = _("{where}: there is no setting {name}; there are: {known}.")
    return message.format(where=where, name=quoted(name), known=", ".join(known))


def _line_of(text: str, *names: str) -> int:
    """The line in which a key is set or a table begins, as far as lines show it; else the first."""
    for name in names:
        for number, line in enumerate(text.splitlines(), 1):
            bare = re.sub(r"[\s\"']", "", line.partition("=")[0] if "=" in line else line)
            if bare in {name, f"[{name}]", f"{_KEYS}.{name}", f"[{_KEYS}.{name}]"}:
                return number
    return 1


def _with_line(text: str, table: str | None, name: str, value: str | None) -> str:
    """The text with one key set in a table (`None`: above all tables); without a value, the key is taken out."""
    lines = text.splitlines()
    begin, end = 0, len(lines)
    heads = [number for number, line in enumerate(lines) if line.strip().startswith("[")]
    if table is None:
        end = heads[0] if heads else end
    else:
        mine = next(
            (number for number in heads if re.fullmatch(rf"\s*\[\s*{table}\s*\]\s*(#.*)?", lines[number])), None
        )
        if mine is None:
            lines += ["", f"[{table}]"] if lines else [f"[{table}]"]
            mine, heads = len(lines) - 1, [*heads, len(lines) - 1]
        begin = mine + 1
        end = next((number for number in heads if number > mine), len(lines))
    written = f"{name if table is None else _written(name)} = {value}"
    for number in range(begin, end):
        before, equals, after = lines[number].partition("=")
        if equals and before.strip().strip("\"'") == name:
            comment = re.search(r"\s+#.*$", after) if after.count('"') in {0, 2} else None
            lines[number : number + 1] = [] if value is None else [written + (comment[0] if comment else "")]
            break
    else:
        while end > begin and not lines[end - 1].strip():
            end -= 1
        lines[end:end] = [] if value is None else [written]
    return "\n".join([*lines, ""])


def _written(value: str | bool) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


Keep = Callable[[Settings], None]
"""Keeps settings; an `InputError` or a `SurroundingsError` where it cannot."""
