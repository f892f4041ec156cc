"""The text of a whole run is what `show` prints."""

from datetime import UTC, datetime

import pytest

from incidentsim import composition
from incidentsim.cli import main
from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.exports.text.run import run_text
from incidentsim.exports.wording.account import Account
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service


@pytest.mark.parametrize("scenario", ["false-alarm", "number-masking-leak"])
def test_it_is_what_show_prints(scenario: str, capfd: pytest.CaptureFixture[str]) -> None:
    service = Service(
        library=composition.library(),
        store=MemoryStore(),
        now=lambda: datetime(2026, 1, 5, tzinfo=UTC),
        new_id=lambda: "run-1",
        salts=bytes,
        program="incidentsim test",
    )
    service.exercises.replay(scenario)
    found = service.evaluations.evaluate("run-1")
    view = found.view
    account = Account(view.facts, view.playbook, view.scenario, "en")
    lines = run_text(account, view.report, found.evaluation, service.records.clocks(view), shipped_packs())
    capfd.readouterr()
    main.run(["--lang", "en", "show", "run-1"], lambda *, record: service)  # noqa: ARG005
    assert "\n".join(lines).strip() == capfd.readouterr().out.strip()
