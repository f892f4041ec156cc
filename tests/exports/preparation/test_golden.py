"""What `preview` writes about one shipped scenario, as a person reads it, byte for byte and in both languages.

The forecast in it is made up, so that bots may learn. After a change that is meant,
`INCIDENTSIM_UPDATE_GOLDEN=1 pytest tests/exports/test_preview_golden.py` writes the files anew; read the difference
before it is kept.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentsim import messages
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.preparation.forecast import forecast_lines
from incidentsim.exports.preparation.guide import guide
from incidentsim.exports.preparation.handout import handout, scene_of
from incidentsim.exports.preparation.msel import headings, msel_csv, msel_markdown, msel_rows
from tests.support.forecasts import leak

GOLDEN = Path(__file__).parents[2] / "golden"

PAPERS: dict[str, Callable[[Language], bytes]] = {
    "preview.txt": lambda language: ("\n".join(forecast_lines(leak(), language)) + "\n").encode(),
    "guide.md": lambda language: guide(leak(), language).encode(),
    "handout.md": lambda language: handout(leak().playbook, scene_of(leak().scenario), language).encode(),
    "msel.md": lambda language: msel_markdown(leak(), language).encode(),
    "msel.csv": lambda language: msel_csv([(headings(), msel_rows(leak(), language))]),
}


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    yield messages.use
    messages.use("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_reads_as_it_did(paper: str, language: Language, speaking: Callable[[str], None]) -> None:
    speaking(language)
    found = PAPERS[paper](language)
    name, suffix = paper.split(".")
    path = GOLDEN / f"preview-{name}-{language}.{suffix}" if name != "preview" else GOLDEN / f"preview-{language}.txt"
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        path.write_bytes(found)
    assert found == path.read_bytes()
