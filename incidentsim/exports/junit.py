"""Verdicts as JUnit XML, which build servers show: one suite a run, one case an expectation."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from junitparser import Failure, JUnitXml, TestCase, TestSuite

from incidentsim.exports.text.narrative import TimelineLayout
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.running.outcome import RunReport


def junit(runs: Sequence[tuple["RunReport", Account]]) -> bytes:
    """The verdicts of these runs as a JUnit XML document in UTF-8.

    There is no time of day, duration or host in it, so that equal runs give equal documents.
    """
    document = JUnitXml()
    for report, account in runs:
        suite = TestSuite(visible(report.scenario))
        for name, value in _properties(report):
            suite.add_property(name, visible(value))
        suite.add_testcases([_ending(report), *_expectations(report, account)])
        # add_testsuite would merge two runs of the same scenario. junitparser is typed in part only.
        document.append(suite)  # type: ignore[no-untyped-call]
    document.update_statistics()  # type: ignore[no-untyped-call]
    return _as_written_by_python(document.tostring())  # type: ignore[no-untyped-call]


def _as_written_by_python(document: bytes) -> bytes:
    """The same document, whichever library wrote it: junitparser takes lxml where something else brought that."""
    written = BytesIO()
    root = ET.fromstring(document)  # noqa: S314 - our own output
    ET.ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _properties(report: "RunReport") -> list[tuple[str, str]]:
    return [
        ("playbook", report.playbook),
        ("run", report.run or ""),
        ("outcome_digest", report.outcome_digest or ""),
        ("facts", str(report.facts)),
        ("escalations", str(report.escalations)),
        ("refusals", str(report.refusals)),
        ("breaches", str(report.breaches)),
    ]


def _ending(report: "RunReport") -> TestCase:
    case = TestCase(_("the exercise comes to its end"), visible(report.scenario))
    unfulfilled = any(not verdict.holds for verdict in report.expectations)
    if not report.ended or (not report.passed and not unfulfilled):
        case.result = [Failure(_("It ended unfinished: some incident did not reach a final state."))]
    return case


def _expectations(report: "RunReport", account: Account) -> list[TestCase]:
    cases = []
    layout: TimelineLayout | None = None
    for verdict in report.expectations:
        case = TestCase(visible(verdict.text), visible(report.scenario))
        if not verdict.holds:
            failure = Failure(_("This was expected and does not hold: {text}").format(text=visible(verdict.text)))
            layout = layout or TimelineLayout(account)
            failure.text = "\n".join(layout.excerpt(verdict.evidence)) or _("Nothing on record speaks for it.")
            case.result = [failure]
        cases.append(case)
    return cases
