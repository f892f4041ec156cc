"""The file formats as JSON Schema, for editors that complete and check while one writes."""

from typing import Any, Final

from pydantic import BaseModel

from incidentsim.definitions.formats.clocks import ClockPackShape
from incidentsim.definitions.formats.controls import ControlMapShape, EvidenceFileShape
from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.formats.roster import RosterShape
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.library.files import Kind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_SHAPES: Final[dict[Kind, tuple[str, type[BaseModel]]]] = {
    "playbook": ("incidentsim playbook, version 1", PlaybookShape),
    "clocks": ("incidentsim clocks, version 1", ClockPackShape),
    "controls": ("incidentsim controls, version 1", ControlMapShape),
    "evidence": ("incidentsim evidence, version 1", EvidenceFileShape),
    "roster": ("incidentsim roster, version 1", RosterShape),
    "scenario": ("incidentsim scenario, version 1", ScenarioShape),
}


def json_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of any of our files but archetypes.

    It says what a file may look like; whether its names exist and its procedure holds together, only `check` says.
    """
    title, shape = _SHAPES[kind]
    schema = shape.model_json_schema(by_alias=True)
    schema.pop("title", None)
    return {"$schema": DIALECT, "title": title, **_any_of(schema)}


def _any_of(value: Any) -> Any:  # noqa: ANN401 - plain data
    """The same with `anyOf` for each `oneOf`: plain words may be words that all languages share, or a text."""
    if isinstance(value, list):
        return [_any_of(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {"anyOf" if key == "oneOf" else key: _any_of(item) for key, item in value.items()}
