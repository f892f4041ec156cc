"""Reports of shipped scenarios as a person reads them, byte for byte.

After a change that is meant, `INCIDENTSIM_UPDATE_GOLDEN=1 pytest tests/exports/reports/test_golden.py` writes the files
anew; read the difference before it is kept.
"""

import os
import re
from pathlib import Path

import pytest

from incidentsim.domain.text import Language
from incidentsim.exports import reports
from incidentsim.exports.reports import Kind
from tests.support.reporting import CONTROLS, PINS, decided, shipped, without_versions

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("kind", "name", "ending"),
    [("aar", "concealed-outage", "md"), ("audit", "false-alarm", "md"), ("aar", "false-alarm", "html")],
)
def test_a_report_reads_as_it_did(kind: Kind, name: str, ending: str, language: Language) -> None:
    write = reports.html if ending == "html" else reports.markdown
    found = write(decided(shipped(name, provenance=PINS, controls=CONTROLS)), kind=kind, languages=[language])
    found = without_style(without_versions(found))
    path = GOLDEN / f"report-{kind}-{name}-{language}.{ending}"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        path.write_bytes(found)
    assert found == path.read_bytes()


def without_style(page: bytes) -> bytes:
    """The page without its style sheet, which has tests of its own: what it says is the same in any colours."""
    return re.sub(rb"(?s)(?<=<style>).*(?=</style>)", b"", page)
