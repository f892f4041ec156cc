"""What there is to choose from."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

from incidentsim import composition
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.library.places import Origin, Place
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service


def service(*folders: Path) -> Service:
    numbers = itertools.count(1)
    return Service(
        library=Library([composition.shipped("playbooks"), *folders]),
        store=MemoryStore(),
        now=lambda: datetime(2026, 1, 5, tzinfo=UTC),
        new_id=lambda: f"run-{next(numbers)}",
        salts=bytes,
        program="test",
    )


def copied(folder: Path, name: str, to: str) -> None:
    text = (composition.shipped("scenarios") / f"{name}.yaml").read_text(encoding="utf-8")
    (folder / f"{to}.yaml").write_text(text.replace(f"id: {name}", f"id: {to}", 1), encoding="utf-8")


def test_the_shelf_holds_all_scenarios_in_order_of_their_ids() -> None:
    found = service(composition.shipped("scenarios")).library.shelf()
    names = [card.id for card in found.cards]
    assert names == sorted(names)
    assert len(names) >= 10
    assert found.unread == ()


def test_the_shelf_is_looked_through_anew_every_time(tmp_path: Path) -> None:
    looked = service(tmp_path)
    assert looked.library.shelf().cards == ()
    copied(tmp_path, "false-alarm", "mine")
    assert [card.id for card in looked.library.shelf().cards] == ["mine"]
    (tmp_path / "mine.yaml").unlink()
    assert looked.library.shelf().cards == ()


def test_a_file_that_is_wrong_hides_no_other_and_says_why(tmp_path: Path) -> None:
    copied(tmp_path, "false-alarm", "mine")
    (tmp_path / "bad.yaml").write_text("schema: incidentsim/scenario/1\nid: bad\nplaybook: x\n", encoding="utf-8")
    found = service(tmp_path).library.shelf()
    assert [card.id for card in found.cards] == ["mine"]
    assert [path.name for path, _reason in found.unread] == ["bad.yaml"]
    assert "title" in found.unread[0][1]


def test_playbooks_that_can_be_read_are_listed(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: incidentsim/playbook/1\nid: bad\n", encoding="utf-8")
    assert [one.id for one in service(tmp_path).library.playbooks()] == ["incident-command", "platform-incidents"]


def test_what_is_listed_says_where_it_comes_from(tmp_path: Path) -> None:
    copied(tmp_path, "false-alarm", "mine")
    found = Library([Place(tmp_path, Origin.WORKING)], behind=service()._context.library)
    looked = service()
    looked._context.library = found
    assert looked.library.shelf().located["mine"].path == tmp_path / "mine.yaml"
    assert looked.library.shelf().located["mine"].origin is Origin.WORKING
    assert {located.origin for located in looked.library.playbook_files().values()} == {Origin.SHIPPED}


def test_a_playbook_of_ones_own_is_taken_and_said_but_not_for_a_shipped_file_that_is_named(tmp_path: Path) -> None:
    told: list[str] = []
    shipped = (composition.shipped("playbooks") / "platform-incidents.yaml").read_text(encoding="utf-8")
    own = shipped.replace('version: "', 'version: "own ', 1)
    assert own != shipped
    (tmp_path / "platform-incidents.yaml").write_text(own, encoding="utf-8")
    looked = service()
    looked._context.library = Library(
        [Place(tmp_path, Origin.WORKING), composition.shipped("playbooks"), composition.shipped("scenarios")],
        told.append,
    )
    assert looked.library.playable("false-alarm").playbook.version.startswith("own ")
    assert len(told) == 1
    named = composition.shipped("scenarios") / "false-alarm.yaml"
    assert not looked.library.playable(named).playbook.version.startswith("own ")
    assert len(told) == 1
