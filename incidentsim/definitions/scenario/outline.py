"""What is kept of a scenario in which words or names were erased: a scenario file still, without them.

A run is told by what stands in its scenario, so it needs one that its facts fit: ids of incidents and injects, times,
receivers, the truth as figures, what was expected. None of that is anybody's words or name.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from incidentsim.definitions.formats.common import Languages
from incidentsim.definitions.formats.languages import scenario_languages
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.scenario.attachments import texts_in
from incidentsim.definitions.scenario.people import pseudonyms
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import ERASED

_Plain = Any
"""What a YAML file holds: mappings, lists, strings, numbers and booleans."""

_ERASED: Final = {"en": ERASED.en, "zh": ERASED.zh}
_WHO: Final = frozenset({"by", "from", "to", "person", "concealed_by"})
"""The keys of a scenario under which people stand, beside roles and bodies."""

_BY_CHANCE: Final = 12
"""Characters: a shorter text may stand within another by chance; then it is no reason to erase that."""


def without_words(data: bytes, playbook: Playbook) -> bytes | None:
    """The scenario in `data` without any words, files and script, and with pseudonyms in place of people's ids.

    Args:
        data: the scenario's bytes.
        playbook: the procedure it was played by.

    Returns:
        The bytes of what is kept; `None` where the scenario cannot be read.
    """
    read = _plain(data, playbook)
    if read is None:
        return None
    shape, whole, languages = read
    erased = _erased(languages)
    names = {person: _free_id(pseudonym, playbook) for person, pseudonym in pseudonyms(shape).items()}
    whole = _without_files(whole, lambda _inject: True)
    kept = _mapped(
        {key: item for key, item in whole.items() if key != "script"}, lambda _words: erased, languages.known
    )
    people = {names[who]: {**person, "name": erased} for who, person in kept.pop("people").items()}
    return _written({**_renamed(kept, names), "people": people}, playbook)


def without(data: bytes, erased: Collection[str], playbook: Playbook) -> bytes | None:
    """The scenario in `data` without its script, and without any text that is, or quotes, one of these texts.

    Names of people stay. An inject that holds one of the texts, itself or in a file that comes with it, keeps no files.
    Where none of the texts stands in it, that is the scenario as it was.

    Args:
        data: the scenario's bytes.
        erased: the texts that were erased.
        playbook: the procedure it was played by.

    Returns:
        The bytes of what is kept; `None` where the scenario cannot be read.
    """
    read = _plain(data, playbook)
    if read is None:
        return None
    _shape, whole, languages = read
    tags, instead = languages.known, _erased(languages)
    kept = dict(whole)
    wanted = {words.strip() for words in erased} - {""}

    def blank(words: dict[str, _Plain]) -> dict[str, _Plain]:
        return instead if _holds(words, wanted) else words

    script = kept.pop("script", [])
    telling = {digest for digest, words in texts_in(kept.get("attached", {})) if _holds(words, wanted)}
    kept = _without_files(kept, lambda inject: _holds(inject, wanted) or bool(telling & _digests(inject)))
    people = {who: {**_mapped(person, blank, tags), "name": person["name"]} for who, person in kept["people"].items()}
    blanked = {**_mapped(kept, blank, tags), "people": people}
    same = blanked == {key: item for key, item in whole.items() if key != "script"} and not _holds(script, wanted)
    return data if same else _written(blanked, playbook)


def _without_files(whole: dict[str, _Plain], of: Callable[[_Plain], bool]) -> dict[str, _Plain]:
    """The same without the files of the injects that `of` is true for."""
    injects = [
        {key: item for key, item in inject.items() if key != "attachments" or not of(inject)}
        for inject in whole["injects"]
    ]
    wanted = _digests(injects)
    held = {name: content for name, content in whole.get("attached", {}).items() if name in wanted}
    rest = {key: item for key, item in whole.items() if key != "attached"}
    return {**rest, "injects": injects, **({"attached": held} if held else {})}


def _digests(value: _Plain) -> set[str]:
    """The digests of all files that are named in this."""
    if isinstance(value, list):
        return {digest for item in value for digest in _digests(item)}
    if not isinstance(value, dict):
        return set()
    named = {value["digest"]} if "digest" in value else set()
    return named | {digest for item in value.values() for digest in _digests(item)}


def _plain(data: bytes, playbook: Playbook) -> tuple[ScenarioShape, dict[str, _Plain], Languages] | None:
    """The scenario as its shape, as plain data, and its languages."""
    try:
        findings = Findings(read_yaml(data, "scenario"))
        languages = scenario_languages(findings.document.value, playbook)
        shape = validate(findings, ScenarioShape, languages)
    except InputError:
        return None
    if shape is None:
        return None
    return shape, shape.model_dump(by_alias=True, exclude_defaults=True), languages


def _erased(languages: Languages) -> dict[str, str]:
    """What stands in a text's place, in each language that is asked for."""
    return {**dict.fromkeys(languages.asked, ERASED.en), **_ERASED}


def _written(value: Mapping[str, _Plain], playbook: Playbook) -> bytes | None:
    written = scenario_to_yaml(ScenarioShape.model_validate(value))
    try:
        read_scenario(written, "outline", playbook)
    except InputError:
        return None
    return written


def _free_id(pseudonym: str, playbook: Playbook) -> str:
    """An id for a person that no role and no body has."""
    return pseudonym if pseudonym not in {*playbook.roles, *playbook.bodies} else f"person-{pseudonym}"


def _mapped(value: _Plain, change: Callable[[dict[str, _Plain]], dict[str, _Plain]], tags: Collection[str]) -> _Plain:
    """The same with every text in these languages changed; what stands in it besides words stays."""
    if isinstance(value, list):
        return [_mapped(item, change, tags) for item in value]
    if not isinstance(value, dict):
        return value
    words = {key: item for key, item in value.items() if key in tags and isinstance(item, str)}
    if words:
        return {**{key: item for key, item in value.items() if key not in words}, **change(words)}
    return {key: _mapped(item, change, tags) for key, item in value.items()}


def _renamed(value: _Plain, names: Mapping[str, str]) -> _Plain:
    """The same with other ids of people wherever people stand."""
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _who(item, names) if key in _WHO else _renamed(item, names) for key, item in value.items()}


def _who(value: _Plain, names: Mapping[str, str]) -> _Plain:
    if isinstance(value, list):
        return [_who(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else _renamed(value, names)


def _holds(value: _Plain, wanted: Collection[str]) -> bool:
    """Whether any string in this is one of these texts, or holds one that is long enough not to be there by chance."""
    if isinstance(value, str):
        return any(words == value.strip() or (len(words) >= _BY_CHANCE and words in value) for words in wanted)
    if isinstance(value, dict):
        return any(_holds(item, wanted) for item in value.values())
    return isinstance(value, list) and any(_holds(item, wanted) for item in value)
