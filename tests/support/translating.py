"""The shipped documents as somebody else might have written them: in one language, in another one, or in three."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.definitions.yaml12.writer import one_line


class Written(StrEnum):
    """How the texts of a document are written."""

    PLAIN = "plain words in the document's own language"
    ENGLISH = "a mapping with English alone"
    CHINESE = "a mapping with Chinese alone"
    GERMAN = "a mapping with a language that the program does not speak"
    THREE = "a mapping with three languages"


LANGUAGES_OF: Mapping[Written, tuple[str, ...]] = {
    Written.PLAIN: ("en",),
    Written.ENGLISH: ("en",),
    Written.CHINESE: ("zh",),
    Written.GERMAN: ("de",),
    Written.THREE: ("de", "en", "zh"),
}


def written(data: bytes, how: Written) -> bytes:
    """The document with its texts written so, and its languages named, on one line."""
    value = _written(read_yaml(data, "document").value, how)
    key = "language" if "language" in value else "languages"
    value[key] = list(LANGUAGES_OF[how])
    if "prevailing_language" in value:
        value["prevailing_language"] = LANGUAGES_OF[how][0]
    return one_line(value).encode()


def _written(value: Any, how: Written) -> Any:
    if isinstance(value, list):
        return [_written(item, how) for item in value]
    if not isinstance(value, dict):
        return value
    if not (isinstance(value.get("en"), str) and isinstance(value.get("zh"), str)):
        return {key: _written(item, how) for key, item in value.items()}
    more = {key: _written(item, how) for key, item in value.items() if key not in ("en", "zh")}
    match how:
        case Written.PLAIN if not more:
            return value["en"]
        case Written.PLAIN | Written.ENGLISH:
            return {"en": value["en"], **more}
        case Written.CHINESE:
            return {"zh": value["zh"], **more}
        case Written.GERMAN:
            return {"de": f"({value['en']})", **more}
        case Written.THREE:
            return {**value, "de": f"({value['en']})"}
