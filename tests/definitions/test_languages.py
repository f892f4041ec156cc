"""A document is written in whichever languages its authors speak; what it means does not hang on that."""

from pathlib import Path

import pytest

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import LANGUAGES, Language, Text
from tests.support.translating import LANGUAGES_OF, Written, written

ROOT = Path(__file__).parents[2]


def shown(text: Text, how: Written, both: Text, language: Language) -> bool:
    """Whether a reader of `language` sees the words that he should, given the text in both languages."""
    match how:
        case Written.PLAIN | Written.ENGLISH:
            return text.say(language) == both.en
        case Written.CHINESE:
            return text.say(language) == both.zh
        case Written.GERMAN:
            return text.say(language) == f"({both.en})"
        case Written.THREE:
            return text.say(language) == both.say(language)


def held_against(playbook: Playbook, both: Playbook, how: Written) -> None:
    assert playbook.languages == LANGUAGES_OF[how]
    assert playbook.prevailing == LANGUAGES_OF[how][0]
    assert (playbook.tracks.keys(), playbook.duties.keys()) == (both.tracks.keys(), both.duties.keys())
    for language in LANGUAGES:
        for name, clause in playbook.clauses.items():
            assert shown(clause.says, how, both.clauses[name].says, language), name
        assert playbook.title.lacks(language) is (language not in playbook.languages)


@pytest.mark.parametrize("how", Written)
def test_a_document_in_other_languages_is_accepted_and_says_what_it_says(
    how: Written, playbook_text: str, scenario_text: str, tiny: Playbook
) -> None:
    playbook = read_playbook(written(playbook_text.encode(), how), "playbook.yaml")
    held_against(playbook, tiny, how)
    scenario = read_scenario(written(scenario_text.encode(), how), "scenario.yaml", playbook)
    both = read_scenario(scenario_text.encode(), "scenario.yaml", tiny)
    assert scenario.languages == LANGUAGES_OF[how]
    assert [line.at for line in scenario.script] == [line.at for line in both.script]
    for one, other in zip(scenario.injects, both.injects, strict=True):
        assert all(shown(one.body, how, other.body, language) for language in LANGUAGES)


def test_a_scenario_without_a_language_is_in_that_of_its_playbook(playbook_text: str, scenario_text: str) -> None:
    playbook = read_playbook(written(playbook_text.encode(), Written.GERMAN), "playbook.yaml")
    plain = written(scenario_text.encode(), Written.PLAIN)
    plain = plain.replace(b"language: [en], ", b"").replace(b"{en: Report at once., ", b"{de: Report at once., ")
    scenario = read_scenario(plain, "scenario.yaml", playbook)
    assert scenario.languages == ("de",)
    assert scenario.title.by_language() == {"de": "A small story"}


@pytest.mark.slow
@pytest.mark.parametrize("how", Written)
@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_could_have_been_written_in_any_language(path: Path, how: Written) -> None:
    data = path.read_bytes()
    name = next(line.split(b": ")[1] for line in data.splitlines() if line.startswith(b"playbook: ")).decode()
    source = (ROOT / "playbooks" / f"{name}.yaml").read_bytes()
    playbook = read_playbook(written(source, how), "playbook.yaml")
    held_against(playbook, read_playbook(source, "playbook.yaml"), how)
    scenario = read_scenario(written(data, how), "scenario.yaml", playbook, folder=path.parent)
    assert scenario.languages == LANGUAGES_OF[how]
