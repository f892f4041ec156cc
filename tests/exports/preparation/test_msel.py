"""The list of events: every inject once, in order, in words; as CSV that no spreadsheet takes for a program."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Text
from incidentsim.exercise.forecast.shapes import InjectOutlook
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exports.cells import safe_cell
from incidentsim.exports.preparation.msel import headings, msel_csv, msel_markdown, msel_rows
from tests.support.forecasts import leak, with_injects


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
    assert first.evidence == "personal records exposed: 184,000"
    assert first.notes.endswith("Hint: Who reads alerts at night?")
    assert first.share == "100%"
    assert rows[3].evidence.splitlines()[0] == "it is unlawful: yes"
    assert rows[3].notes == "Brings to light: A crime is suspected (Bao Ning)"


def test_a_conditional_inject_says_its_condition_in_words() -> None:
    rows = {row.inject: row for row in msel_rows(leak(), "en")}
    press, demands = rows["press-call"], rows["client-demands"]
    assert press.condition == "only if this has not happened by then: “Notify the customers affected” done"
    assert (press.planned, press.offset, press.share) == ("2026-06-24 11:10", "T+2:00", "42%")
    assert demands.condition == "38 minutes after: “Notify the customers affected” done"
    assert (demands.planned, demands.offset) == ("", "about T+5:00")
    assert rows["regulator-asks"].share == "0%"


def test_an_inject_that_never_came_and_has_no_time_stands_last() -> None:
    waiting = inject("waiting", on=Pattern(FactKind.STEP_TAKEN, do="close"))
    preview = with_injects(waiting, inject("soon", at=0))
    soon, _waited = sorted(preview.forecast.injects, key=lambda one: one.inject)
    found = replace(preview.forecast, injects=(soon, InjectOutlook("waiting", 0, None)))
    never = replace(preview, forecast=found)
    assert [row.inject for row in msel_rows(never, "en")] == ["soon", "waiting"]
    assert msel_rows(never, "en")[1].offset == ""


def test_the_csv_follows_rfc_4180_and_begins_with_a_mark_for_spreadsheets() -> None:
    data = msel_csv([(headings(), msel_rows(leak(), "en"))])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    rows = read(data)
    assert rows[0] == headings()
    assert {len(row) for row in rows} == {16}
    assert len(rows) == 1 + len(leak().scenario.injects)


def test_two_languages_stand_side_by_side() -> None:
    both = [(headings(), msel_rows(leak(), "en")), (headings(), msel_rows(leak(), "zh"))]
    rows = read(msel_csv(both))
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
    head, row = read(msel_csv([(headings(), msel_rows(preview, "en"))]))
    assert len(head) == len(row) == 16
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)
    assert not any(ord(one) < 32 and one != "\n" for cell in row for one in cell)


def test_the_markdown_is_one_table_and_warns_first() -> None:
    lines = msel_markdown(leak(), "en").splitlines()
    assert lines[0].startswith("# Master scenario events list")
    assert lines[2] == "**For facilitators only: this gives everything away.**"
    table = lines[4:]
    assert len(table) == 2 + len(leak().scenario.injects)
    assert all(line.startswith("|") for line in table)


def test_nasty_text_does_not_break_the_table() -> None:
    preview = with_injects(inject("one", "a | b\n<script>\n# x\n`c`", at=0))
    row = msel_markdown(preview, "en").splitlines()[-1]
    assert "a \\| b<br>\\<script><br>\\# x<br>\\`c\\`" in row
