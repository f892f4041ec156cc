"""The list of events: every inject once, in order, in words; as CSV that no spreadsheet takes for a program."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.scenario import Inject, Shown
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exercise.forecast.shapes import InjectOutlook
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exports.cells import safe_cell
from incidentsim.exports.documents import csv_file, xlsx_file
from incidentsim.exports.preparation.msel import headings, msel, msel_rows, msel_sheet
from incidentsim.exports.preparation.msel_words import claim_words
from incidentsim.exports.wording.names import Names
from incidentsim.messages import spoken
from tests.support.forecasts import leak, with_injects
from tests.support.papers import markdown
from tests.support.shipped import NAMES, procedure, scenario


def inject(name: str, body: str = "Body.", **more: object) -> Inject:
    given_parts = {"to": ("response_team",), "channel": "chat", "body": Text(body, body), **more}
    return Inject(name, **given_parts)  # type: ignore[arg-type]  # whatever a test needs


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_inject_is_listed_once_in_the_order_of_time() -> None:
    preview = leak()
    rows = msel_rows(preview, "en")
    assert sorted(row.inject for row in rows) == sorted(one.id for one in preview.scenario.injects)
    assert [row.number for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    at = {one.id: one.at for one in preview.scenario.injects}
    planned = [found for row in rows if (found := at[row.inject]) is not None]
    assert planned == sorted(planned)


def test_a_row_says_everything_about_an_inject() -> None:
    rows = msel_rows(leak(), "en")
    first = rows[0]
    assert (first.inject, first.planned, first.offset) == ("probe-alert", "2026-06-24 09:10", "T+0:00")
    assert (first.part, first.channel, first.to) == ("symptom", "monitoring alert", "Lin Xia (Reporting person)")
    assert first.subject == "Unusual volume read from privacy_binding"
    assert first.body.startswith("Database audit probe, rule 31")
    assert first.expected == "Discover the incident, Report to the response team"
    assert first.objectives.startswith("1. Report by e-mail within minutes")
    assert first.evidence == "personal records exposed: 184,000 – true"
    assert first.notes.endswith("Hint: Who reads alerts at night?")
    assert first.share == "in each of 12 plays by bots"
    assert rows[3].evidence.splitlines()[0] == "it is unlawful – true"
    assert rows[3].notes == "Brings to light: A crime is suspected (Bao Ning)"


def test_a_conditional_inject_says_its_condition_in_words() -> None:
    rows = {row.inject: row for row in msel_rows(leak(), "en")}
    press, demands = rows["press-call"], rows["client-demands"]
    assert press.condition == "only if this has not happened by then: “Notify the customers affected” done"
    assert (press.planned, press.offset, press.share) == ("2026-06-24 11:10", "T+2:00", "in 5 of 12 plays by bots")
    assert demands.condition == "38 minutes after: “Notify the customers affected” done"
    assert (demands.planned, demands.offset) == ("", "about T+5:00")
    assert rows["regulator-asks"].share == "in none of 12 plays by bots"


def test_an_inject_that_never_came_and_has_no_time_stands_last() -> None:
    waiting = inject("waiting", on=Pattern(FactKind.STEP_TAKEN, do="close"))
    preview = with_injects(waiting, inject("soon", at=0))
    soon, _waited = sorted(preview.forecast.injects, key=lambda one: one.inject)
    found = replace(preview.forecast, injects=(soon, InjectOutlook("waiting", 0, None)))
    never = replace(preview, forecast=found)
    assert [row.inject for row in msel_rows(never, "en")] == ["soon", "waiting"]
    assert msel_rows(never, "en")[1].offset == ""


def test_the_csv_follows_rfc_4180_and_begins_with_a_mark_for_spreadsheets() -> None:
    data = csv_file.render(msel_sheet(leak(), ["en"]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = read(data)
    assert rows[0] == headings()
    assert {len(row) for row in rows} == {16}
    assert len(rows) == 1 + len(leak().scenario.injects)


def test_two_languages_stand_side_by_side() -> None:
    rows = read(csv_file.render(msel_sheet(leak(), ["en", "zh"])))
    assert {len(row) for row in rows} == {16 + 13}
    assert (rows[1][10], rows[1][16 + 7]) == ("Unusual volume read from privacy_binding", "privacy_binding表读取量异常")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'=1"),
        ("\n=1", "'=1"),
        ("＝1", "'＝1"),
        ("T+0:00", "T+0:00"),
        ("a = b", "a = b"),
        ("two\r\nlines", "two\nlines"),
        ("\x1b[2J", "␛[2J"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@given(st.text(), st.text())
def test_no_text_of_a_scenario_breaks_the_csv(subject: str, body: str) -> None:
    preview = with_injects(inject("one", body, subject=Text(subject, subject), at=MINUTE))
    head, row = read(csv_file.render(msel_sheet(preview, ["en"])))
    assert len(head) == len(row) == 16
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)
    assert not any(ord(one) < 32 and one != "\n" for cell in row for one in cell)


def test_the_list_for_people_is_a_short_table_and_every_inject_whole_below_it() -> None:
    page = markdown(msel(leak(), "en"))
    lines = page.splitlines()
    assert lines[:5] == [
        "# Master scenario events list (MSEL)",
        "",
        "Real numbers behind the mask",
        "",
        "> For the facilitator only: this gives everything away.",
    ]
    assert "| No. | When | Subject | To whom | Expected action |" in lines
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 2 + len(leak().scenario.injects)
    assert max(map(len, table)) < 240
    assert [line for line in lines if line.startswith("### ")] == [
        f"### {row.number}. {row.subject}" for row in msel_rows(leak(), "en")
    ]
    assert page.count("\n> ") > len(msel_rows(leak(), "en"))


def test_nasty_text_does_not_break_the_list() -> None:
    preview = with_injects(inject("one", "a | b\n<script>\n# x\n`c`", subject=Text("x | y", "x"), at=0))
    page = markdown(msel(preview, "en"))
    assert "> a \\| b\\\n> \\<script>\\\n> \\# x\\\n> \\`c\\`\n" in page
    assert "| x \\| y |" in page


def test_the_workbook_holds_what_the_csv_holds() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = msel_sheet(leak(), LANGUAGES)
    assert list(sheet.head) == [*headings(), *_in_chinese(headings)[3:]]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file.render([sheet], datetime(2026, 6, 24, tzinfo=UTC))))
    [head, *rows] = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert head == list(sheet.head)
    assert rows == [list(row) for row in sheet.rows]


def _in_chinese(make: Callable[[], list[str]]) -> list[str]:
    with spoken("zh"):
        return make()


def claims(*shown: Shown, incident: str | None = None) -> list[str]:
    preview = with_injects(inject("one", at=0, shows=shown, incident=incident))
    return msel_rows(preview, "en")[0].evidence.splitlines()


def test_what_a_message_claims_is_told_as_its_claim_with_what_the_truth_says_of_it() -> None:
    """A rumour must not read as a fact: the truth stands beside what it says."""
    assert claims(Shown("flag", "incident", 0)) == ["it is not an incident – not true"]
    assert claims(Shown("flag", "unlawful", 1)) == ["it is unlawful – true"]
    assert claims(Shown("measure", "personal_records", 500)) == ["personal records exposed: 500 – in truth 184,000"]
    assert claims(Shown("measure", "personal_records", 184_000)) == ["personal records exposed: 184,000 – true"]
    assert claims(Shown("measure", "sensitive_records", 9)) == ["sensitive personal records exposed: 9"]


def test_of_several_incidents_only_the_one_that_is_named_is_the_measure_of_a_claim() -> None:
    fires = with_injects(inject("one", at=0, shows=(Shown("flag", "incident", 0),)))
    two = {**fires.scenario.incidents, "other": fires.scenario.incidents["leak"]}
    several = replace(fires, scenario=replace(fires.scenario, incidents=two))
    assert msel_rows(several, "en")[0].evidence == "it is not an incident"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_machine_stands_in_what_a_shipped_message_claims(name: str, language: Language) -> None:
    subject = scenario(name)
    playbook = procedure(subject.playbook)
    with spoken(language):
        names = Names(playbook, subject, language)
        told = [claim_words(shown, one, subject, playbook, names) for one in subject.injects for shown in one.shows]
    assert [words for words in told if re.search(r"[a-z]_[a-z]", words)] == []
    if language == "zh":
        assert [words for words in told if not re.search(r"[\u4e00-\u9fff]", words)] == []
