"""Files that come with injects are kept with a run, pinned by its first entry; they go with it, and with names."""

from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.reading import read_run
from incidentsim.service import Service
from tests.support.attaching import LOG, PDF, put, with_attachments
from tests.support.screens import service_on

DATA = Path(__file__).parents[1] / "definitions" / "data"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A scenario file with two attachments, and its playbook beside it."""
    text = (DATA / "scenario.yaml").read_text("utf-8")
    files = [put(tmp_path, "files/a.log", LOG), put(tmp_path, "files/b.pdf", PDF)]
    path = tmp_path / "story.yaml"
    path.write_text(with_attachments(text, *files), "utf-8")
    return path


def replayed(store: MemoryStore, story: Path) -> tuple[Service, str]:
    service = service_on(store)
    service.exercises.replay(story, playbook=DATA / "playbook.yaml")
    return service, store.runs()[-1].id


def test_a_run_holds_its_files_though_they_are_gone(store: MemoryStore, story: Path) -> None:
    service, run = replayed(store, story)
    for file in (story.parent / "files").iterdir():
        file.unlink()
    with pytest.raises(InputError, match=r"There is no file files/a\.log"):
        service.exercises.replay(story, playbook=DATA / "playbook.yaml")
    (known, *_others) = service.records.show(run).scenario.injects
    assert [attachment.en.data for attachment in known.attachments] == [LOG, PDF]
    assert service.records.verify(run).holds


def test_another_file_under_the_name_is_no_change_of_the_run(store: MemoryStore, story: Path) -> None:
    _service, run = replayed(store, story)
    pinned = read_run(store, store.find(run)).header.scenario
    (story.parent / "files" / "a.log").write_bytes(b"something else")
    again = service_on(store)
    assert again.records.show(run).scenario.injects[0].attachments[0].en.data == LOG
    with pytest.raises(InputError, match="is not the file that is meant"):
        again.exercises.replay(story, playbook=DATA / "playbook.yaml")
    assert read_run(store, store.find(run)).header.scenario == pinned


def test_a_script_of_a_run_replays_without_the_files(store: MemoryStore, story: Path, tmp_path: Path) -> None:
    service, run = replayed(store, story)
    away = tmp_path / "elsewhere"
    away.mkdir()
    (away / "script.yaml").write_bytes(service.exports.script(run))
    again = service.exercises.replay(away / "script.yaml", playbook=DATA / "playbook.yaml", record=False)
    assert again.scenario.injects[0].attachments[1].zh.data == PDF


def test_files_go_with_a_name(store: MemoryStore, story: Path) -> None:
    service, run = replayed(store, story)
    service.erasures.erase(run, people=["p1"])
    kept = service.records.show(run).scenario
    assert not any(inject.attachments for inject in kept.injects)
    header = read_run(store, store.find(run)).header
    with pytest.raises(InputError):
        store.document(header.scenario)
    assert service.records.verify(run).holds
