"""`incidentsim explain`: by file and by id, in both languages, as text and as JSON."""

import json
from pathlib import Path

from tests.cli.conftest import PLAYBOOKS, Run


def test_a_playbook_is_told_by_file_and_by_id_alike(run: Run) -> None:
    by_id = run("explain", "platform-incidents", "--role", "security_administrator")
    by_file = run("explain", PLAYBOOKS / "platform-incidents.yaml", "--role", "security_administrator")
    assert (by_id.code, by_file.out) == (0, by_id.out)
    assert "  Owes\n" in by_id.out
    chinese = run("--lang", "zh", "explain", "platform-incidents", "--role", "security_administrator")
    assert "  职责\n" in chinese.out


def test_json_is_one_object(run: Run) -> None:
    data = json.loads(run("explain", "incident-command", "--format", "json").out)
    assert data["playbook"] == "incident-command"
    assert {"heading", "role", "lines"} == set(data["sections"][0])


def test_what_cannot_be_told_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    unknown = run("explain", "incident-command", "--role", "scribes")
    assert (unknown.code, "There is no role scribes" in unknown.err) == (2, True)
    wrong = tmp_path / "playbook.yaml"
    wrong.write_text("schema: incidentsim/playbook/1\nid: x\n", encoding="utf-8")
    refused = run("explain", wrong)
    assert refused.code == 2
    assert "The key title is missing" in refused.err
