"""An exercise whose documents are in other languages is played, kept, proven, erased from and told like any other."""

from pathlib import Path

import pytest

import incidentsim
from incidentsim import composition
from incidentsim.domain.facts import Fact, StepTaken
from incidentsim.domain.facts.wire import texts_of
from tests.evidence.test_guide import needs_tools, stops
from tests.support.translating import Written, written

ROOT = Path(__file__).parents[1]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which records and keys are kept for this test."""
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", f"sqlite:///{(tmp_path / 'runs.sqlite3').as_posix()}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def course(facts: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    """What happened, without what anybody wrote."""
    return [(fact.kind, fact.at, getattr(fact, "do", None), getattr(fact, "to", None)) for fact in facts]


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("how", Written)
@pytest.mark.parametrize("name", ["two-fires", "voice-platform-fault"])
def test_it_comes_to_the_same_whatever_the_language(name: str, how: Written, home: Path) -> None:
    shipped = incidentsim.replay(name)
    playbook = home / "playbook.yaml"
    playbook.write_bytes(written((ROOT / "playbooks" / f"{shipped.playbook.id}.yaml").read_bytes(), how))
    scenario = home / "scenario.yaml"
    scenario.write_bytes(written((ROOT / "scenarios" / f"{name}.yaml").read_bytes(), how))
    run = incidentsim.replay(scenario, playbook=playbook, record=True)
    assert run.passed
    assert course(run.facts) == course(shipped.facts)
    assert incidentsim.replay(scenario, playbook=playbook).outcome_digest == run.outcome_digest
    bundle = incidentsim.export(run, "bundle", home / "b.zip")
    assert incidentsim.verify(bundle).holds
    (home / "unpacked").mkdir()
    assert not stops(Path(bundle), home / "unpacked")
    assert incidentsim.recorded(bundle).facts == run.facts
    for language in ("en", "zh"):
        report = incidentsim.export(run, "md", home / f"{language}.md", languages=(language,))
        assert Path(report).read_text(encoding="utf-8")
    service = composition.service(record=True)
    script = home / "script.yaml"
    script.write_bytes(service.exports.script(run.id))
    again = incidentsim.replay(script, playbook=playbook)
    assert again.outcome_digest == run.outcome_digest
    assert again.scenario.languages == run.scenario.languages
    texts = [place for place, fact in enumerate(run.facts) if isinstance(fact, StepTaken) and any(texts_of(fact))]
    person = next(iter(run.scenario.people))
    service.erasures.erase(run.id, texts=texts[:1], people=[person])
    assert incidentsim.verify(run.id).holds
    told = incidentsim.export(run.id, "md", home / "erased.md")
    assert "(erased)" in Path(told).read_text(encoding="utf-8")
