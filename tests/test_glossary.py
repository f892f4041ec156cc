"""The words of the field: what is called how, and that nothing is called what the glossary says it is not."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from incidentsim.definitions.library.glossary import read_glossary, shipped_glossary
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "incidentsim"
DATA = [
    path
    for folder in (ROOT / "playbooks", ROOT / "scenarios", PACKAGE)
    for path in sorted(folder.rglob("*.yaml"))
    if path != PACKAGE / "glossary/terms.yaml"
]
Said = tuple[str, Language, str]
"""Where something is said, in which language, and what."""


def texts(value: object, language: Language | None = None) -> Iterator[tuple[Language, str]]:
    """The texts of a file, each in its language; ids, and texts that are for no language, are none."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield from texts(held, key if key in LANGUAGES else language)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held, language)
    elif isinstance(value, str) and language is not None:
        yield language, value


def in_data() -> Iterator[Said]:
    for path in DATA:
        loaded = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe ones
        for language, text in texts(loaded):
            yield str(path.relative_to(ROOT)), language, text


def in_catalogue() -> Iterator[Said]:
    with (PACKAGE / "locale/zh/LC_MESSAGES/incidentsim.po").open("rb") as file:
        for message in read_po(file, "zh"):
            for language, said in (("en", message.id), ("zh", message.string)):
                for text in (said,) if isinstance(said, str) else said or ():
                    yield f"catalogue, {str(message.id)[:60]}", "zh" if language == "zh" else "en", text


def in_formats() -> Iterator[Said]:
    for kind in ("playbook", "scenario", "clocks", "controls", "evidence"):
        schema = json_schema(kind)
        for key in set(re.findall(r'"([A-Za-z_]+)":', json.dumps(schema))):
            yield f"format {kind}, key {key}", "en", key.replace("_", " ")
        for told in set(re.findall(r'"(?:description|title)": "([^"]*)"', json.dumps(schema, ensure_ascii=False))):
            yield f"format {kind}", "en", told


def in_papers() -> Iterator[Said]:
    for name, language in (("README.md", "en"), ("README.zh.md", "zh"), ("ARCHITECTURE.md", "en")):
        yield name, "zh" if language == "zh" else "en", (ROOT / name).read_text(encoding="utf-8")
    for spoken in LANGUAGES:
        for path in sorted((PACKAGE / "manual" / spoken).iterdir()):
            yield f"manual/{spoken}/{path.name}", spoken, path.read_text(encoding="utf-8")


def wrong(said: Said) -> list[str]:
    """The words in it that the glossary says not to use, each with what to say instead."""
    _where, language, text = said
    plain = " ".join(text.casefold().split())
    return [
        f"{word} → {term.name.say(language)}"
        for term in shipped_glossary()
        for word in term.avoid[language]
        if (re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", plain) if language == "en" else word in plain)
    ]


@pytest.mark.parametrize("source", [in_catalogue, in_data, in_formats, in_papers])
def test_nothing_is_called_what_the_glossary_says_it_is_not(source: Callable[[], Iterator[Said]]) -> None:
    said = list(source())
    assert len(said) > 2
    assert {where: found for where, language, text in said if (found := wrong((where, language, text)))} == {}


@pytest.mark.parametrize(
    ("language", "word"),
    [(language, word) for term in shipped_glossary() for language in LANGUAGES for word in term.avoid[language]],
)
def test_each_of_these_words_is_noticed(language: Language, word: str) -> None:
    text = f"So {word.capitalize()}, then." if language == "en" else f"例如{word}等。"
    assert wrong(("planted", language, text))


def test_one_thing_has_one_name_and_no_name_is_to_be_avoided() -> None:
    terms = shipped_glossary()
    assert len(terms) >= 40
    for language in LANGUAGES:
        names = [term.name.say(language) for term in terms]
        assert len(set(names)) == len(names)
        assert not [name for name in names if wrong(("a name", language, name))]
        assert not [term.id for term in terms if wrong(("its definition", language, term.definition.say(language)))]
    assert all(word == word.casefold() for term in terms for word in term.avoid["en"])
    assert all(term.source.strip() for term in terms)


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (b"schema: incidentsim/glossary/1\nterms: {}\n", ":2:", "terms"),
        (b"schema: incidentsim/glossary/1\nterms:\n  inject: {en: inject, source: ours}\n", ":3:", "zh"),
        (b"schema: incidentsim/glossary/2\nterms: {}\n", ":1:", "incidentsim/glossary/1"),
    ],
)
def test_what_is_wrong_in_a_glossary_is_said_at_its_place(data: bytes, place: str, said: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        read_glossary(data, "g.yaml")
    assert any(place in str(problem) and said in str(problem) for problem in raised.value.problems)
