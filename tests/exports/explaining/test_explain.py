"""A playbook in prose: everything in it is told, and what holds by default is marked as that."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from incidentsim import messages
from incidentsim.definitions.library.scaffold import new_playbook
from incidentsim.definitions.playbook.read import Examined, examine_playbook
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.explaining.explain import explain
from incidentsim.exports.explaining.rendering import explanation_json, explanation_lines
from incidentsim.exports.wording.plain_text import PAGE, width
from tests.support.ways import PLAYBOOKS

GOLDEN: Final = Path(__file__).parents[2] / "golden"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is told is in the language that the test speaks; English, unless it says otherwise."""
    before = messages.language()
    messages.use("en")
    yield
    messages.use(before)


def shipped(name: str) -> Examined:
    path = PLAYBOOKS / f"{name}.yaml"
    return examine_playbook(path.read_bytes(), str(path))


def scaffold(levels: int = 3, language: Language = "en") -> Examined:
    return examine_playbook(new_playbook("harbour-lights", levels, language)["playbook.yaml"], "playbook.yaml")


def told(examined: Examined, language: Language = "en", role: str | None = None) -> str:
    return "\n".join(explanation_lines(explain(examined, language, role))) + "\n"


@pytest.mark.parametrize("name", ["new-en", "new-zh", "incident-command-en"])
def test_it_is_told_as_it_was(name: str) -> None:
    """Line by line; `INCIDENTSIM_UPDATE_GOLDEN=1` writes them anew."""
    subject, _, ending = name.rpartition("-")
    language: Language = "zh" if ending == "zh" else "en"
    messages.use(language)
    said = told(scaffold(language=language) if subject == "new" else shipped(subject), language)
    golden = GOLDEN / f"explain-{name}.txt"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_a_procedure_is_told_within_the_page(language: Language) -> None:
    messages.use(language)
    for examined in (shipped("platform-incidents"), scaffold(0, language)):
        playbook = examined.playbook
        assert playbook is not None
        lines = explanation_lines(explain(examined, language))
        assert max(map(width, lines)) <= PAGE.get()
        whole = "".join("".join(lines).split())
        titles = [role.title for role in playbook.roles.values()]
        titles += [step.title for track in playbook.tracks.values() for step in track.steps if step.by]
        titles += [duty.title for duty in playbook.duties.values()]
        titles += [act.title for act in playbook.forbidden.values()]
        titles += [task.title for task in playbook.tasks.values()]
        titles += [level.name for level in playbook.levels.values()]
        for title in titles:
            assert "".join(title.say(language).split()) in whole, title


def test_what_says_everything_has_nothing_by_default_but_what_ids_mean() -> None:
    for examined in map(shipped, ("incident-command", "platform-incidents")):
        explanation = explain(examined, "en")
        assert "What the file leaves out" not in [section.heading for section in explanation.sections]
        marked = [one.words for section in explanation.sections for one in section.lines if one.default]
        assert all("means:" in words for words in marked)


def test_every_default_is_named_where_the_file_leaves_it_out() -> None:
    examined = scaffold()
    (last,) = [one for one in explain(examined, "en").sections if one.heading == "What the file leaves out"]
    keys = {str(path[0]) for path in examined.defaults if path[0] not in ("tracks", "roles", "duties", "notices")}
    said = " ".join(one.words for one in last.lines)
    for key in keys - {"forbidden"}:
        assert f"{key}" in said
    for path in examined.defaults:
        if path[0] in ("measures", "fields", "clauses"):
            assert str(path[1] if len(path) > 1 else path[0]) in said


def test_one_role_is_told_of_alone_and_an_unknown_one_is_refused() -> None:
    explanation = explain(scaffold(), "en", "manager")
    assert [section.role for section in explanation.sections] == ["manager"]
    assert "within 7 days" in told(scaffold(), role="manager")
    with pytest.raises(UnknownNameError, match="There is no role boss; valid are finder, coordinator"):
        explain(scaffold(), "en", "boss")


def test_a_playbook_with_problems_is_not_explained() -> None:
    data = new_playbook("own", 3, "en")["playbook.yaml"].replace(b"settled_by: contain", b"settled_by: contian")
    with pytest.raises(ValueError, match="nothing to explain"):
        explain(examine_playbook(data, "playbook.yaml"), "en")


def test_as_data_it_says_the_same() -> None:
    explanation = explain(scaffold(), "en")
    data = explanation_json(explanation)
    assert (data["playbook"], data["version"]) == ("harbour-lights", "1")
    sections = data["sections"]
    assert isinstance(sections, list)
    assert [one["heading"] for one in sections if isinstance(one, dict)] == [
        one.heading for one in explanation.sections
    ]
