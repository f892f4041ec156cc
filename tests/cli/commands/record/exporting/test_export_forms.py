"""`export` in every form: what each holds, what does not fit, and what is missing."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from incidentsim.cli.commands.record import export
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.service import exports, stored_run
from tests.cli.conftest import Run
from tests.support.evidence import members_of


@pytest.fixture
def with_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bundles hold reports, as they do."""
    monkeypatch.setattr(exports, "MOST_TOLD", 5_000)


HEADS = {
    "jsonl": b'{"fact"',
    "md": b"# After-action report",
    "html": b"<!DOCTYPE html>",
    "docx": b"PK",
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbfNo.,",
    "controls": b'{\n  "run": "run-1"',
    "oscal": b"{",
}


def test_every_form_has_a_test() -> None:
    assert list(HEADS) == list(dict.fromkeys(row.id for row in export.offered() if row.make is not None))


@pytest.mark.parametrize("form", [one for one in HEADS if one != "pdf"])
def test_every_form_is_written_the_same_each_time(form: str, recorded: Run) -> None:
    for name in ("a", "b"):
        shown = recorded("export", "last", "--format", form, "-o", name)
        assert (shown.code, shown.out, shown.err) == (0, "", "")
    assert Path("a").read_bytes().startswith(HEADS[form])
    assert Path("a").read_bytes() == Path("b").read_bytes()


@pytest.mark.slow
def test_a_report_on_paper(recorded: Run) -> None:
    assert recorded("export", "last", "--format", "pdf", "-o", "a.pdf").code == 0
    assert Path("a.pdf").read_bytes().startswith(HEADS["pdf"])


def test_a_report_is_the_one_and_in_the_languages_asked_for(recorded: Run) -> None:
    assert "# After-action report" in recorded("export", "last", "--format", "md").out
    assert "# Audit report" in recorded("export", "last", "--format", "md", "--report", "audit").out
    assert "# 审计报告" in recorded("--lang", "zh", "export", "last", "--format", "md", "--report", "audit").out
    both = recorded("export", "last", "--format", "md", "--in", "both").out
    assert "# After-action report" in both
    assert "# 演练总结报告" in both
    chinese = recorded("export", "last", "--format", "csv", "--table", "steps", "--in", "zh").out
    assert chinese.lstrip("\ufeff").startswith("序号,")


def test_a_report_pins_the_record_as_verify_asks_for_it(recorded: Run) -> None:
    text = recorded("export", "last", "--format", "md", "--report", "audit").out
    found = re.search(r"incidentsim verify BUNDLE (--size \d+ --root \S+)", text)
    assert found is not None
    assert recorded("verify", "run-1", *found[1].split()).code == 0
    assert recorded("verify", "run-1", *found[1].replace("--size ", "--size 1").split()).code == 1
    assert "DOES NOT HOLD" not in text
    assert "Every entry names the hash of the one before. | holds" in text


def test_controls_are_told_to_programs(recorded: Run) -> None:
    found = json.loads(recorded("export", "last", "--format", "controls").out)
    assert (found["run"], found["scenario"]) == ("run-1", "false-alarm")
    assert "does not prove" in found["proves"][1]["en"]
    assert "不能证明" in found["proves"][1]["zh"]
    controls = [one for framework in found["frameworks"] for one in framework["controls"]]
    assert {one["found"] for one in controls} == {True, False}
    for one in controls:
        assert one["found"] == bool(one["sequences"])
        assert one["sequences"] == sorted({number for piece in one["evidence"] for number in piece["sequences"]})
        assert one["title"].keys() == {"en", "zh"}


def test_what_is_nothing_for_a_terminal_goes_into_a_file(recorded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "stdout_is_terminal", lambda: True)
    shown = recorded("export", "last", "--format", "xlsx", "--report", "audit")
    assert (shown.code, shown.out) == (0, "")
    assert shown.err == "Written: incidentsim-run-1-audit.xlsx\n"
    Path("incidentsim-run-1-audit.xlsx").write_bytes(b"edited since")
    again = recorded("export", "last", "--format", "xlsx", "--report", "audit")
    assert (again.code, again.out) == (2, "")
    assert "is there already" in again.err
    assert recorded("export", "last", "--format", "csv").out.startswith("\ufeffNo.,")


@pytest.mark.usefixtures("with_reports")
def test_a_bundle_holds_the_reports_in_both_languages(recorded: Run) -> None:
    for name in ("b.zip", "c.zip"):
        assert recorded("export", "last", "--format", "bundle", "-o", name).code == 0
    assert Path("b.zip").read_bytes() == Path("c.zip").read_bytes()
    parts = members_of(Path("b.zip"))
    assert {name for name in parts if name.startswith("views/")} == {
        "views/after-action-report.html",
        "views/after-action-report.md",
        "views/audit-report.html",
        "views/audit-report.md",
        "views/controls.json",
        "views/oscal-assessment-results.json",
    }
    shown = recorded("verify", "b.zip", "--format", "json")
    assert (shown.code, {one["name"] for one in json.loads(shown.out)["not_checked"]}) == (
        0,
        {"earlier", "trusted", "views-content", "others-signed"},
    )
    assert recorded("export", "b.zip", "--format", "bundle", "--pseudonymise", "-o", "d.zip").code == 0
    assert not any(name.startswith("views/") for name in members_of(Path("d.zip")))
    audit = parts["views/audit-report.md"].decode()
    assert "# Audit report" in audit
    assert "# 审计报告" in audit
    _name, size, root = parts["checkpoint"].decode().split("\n")[:3]
    assert f"--size {size} --root {root}" in audit
    assert json.loads(parts["views/controls.json"])["root"] == root


@pytest.mark.usefixtures("with_reports")
def test_a_record_that_cannot_be_told_is_bundled_without_reports(
    recorded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise RecordFaultError("the record of run run-1 is faulty at entry 3")

    monkeypatch.setattr(stored_run, "read_run", fail)
    shown = recorded("export", "last", "--format", "bundle", "-o", "b.zip")
    assert shown.code == 0
    assert "The bundle holds no reports: the record of run run-1 is faulty at entry 3" in shown.err
    assert not any(name.startswith("views/") for name in members_of(Path("b.zip")))
    shown = recorded("export", "last", "--format", "md")
    assert (shown.code, shown.out) == (3, "")


def test_a_very_long_record_is_bundled_without_reports(recorded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_TOLD", 5)
    shown = recorded("export", "last", "--format", "bundle", "-o", "b.zip")
    assert "The bundle holds no reports: the record has more than 5 entries." in shown.err
    assert recorded("verify", "b.zip").code == 0


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("csv", "--table", "nonsense"), "There is no table nonsense; there are: timeline, duties, "),
        (("csv", "--report", "audit"), "--report does not belong to the form csv, but to: md, html, docx, pdf, xlsx."),
        (("md", "--table", "steps"), "--table does not belong to the form md, but to: csv."),
        (("controls", "--in", "zh"), "--in does not belong to the form controls"),
        (("bundle", "--in", "zh"), "--in does not belong to the form bundle"),
        (("html", "--key", "k"), "--key does not belong to the form html, but to: bundle."),
        (("pdf", "--pseudonymise"), "--pseudonymise does not belong to the form pdf, but to: bundle."),
        (("oscal", "--in", "both"), "The form oscal is written in one language; choose en or zh."),
        (("html", "-o", "no/where.html"), "The folder no does not exist"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(argv: tuple[str, ...], said: str, recorded: Run) -> None:
    shown = recorded("export", "last", "--format", *argv)
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err
    assert os.listdir() == []  # noqa: PTH208 - names alone


@pytest.mark.parametrize(("form", "module"), [("docx", "docx"), ("pdf", "typst"), ("xlsx", "xlsxwriter")])
def test_a_missing_extra_is_named(form: str, module: str, recorded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    shown = recorded("export", "last", "--format", form, "-o", "x")
    assert (shown.code, shown.out) == (2, "")
    assert f"pip install 'incidentsim[{form}]'" in shown.err
    assert os.listdir() == []  # noqa: PTH208 - names alone


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may write anywhere is refused nothing"
)
def test_where_nothing_may_be_written_the_surroundings_fail(recorded: Run, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o500)
    shown = recorded("export", "last", "--format", "md", "-o", folder / "x.md")
    assert (shown.code, "could not be written" in shown.err) == (3, True)
