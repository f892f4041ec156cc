"""What `preview` writes about one shipped scenario, as a person reads it, byte for byte and in both languages.

The forecast in it is made up, so that bots may learn. After a change that is meant,
`INCIDENTSIM_UPDATE_GOLDEN=1 pytest tests/exports/preparation/test_golden.py` writes the files anew; read the difference
before it is kept.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidentsim import messages
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.documents import csv_file
from incidentsim.exports.preparation.cards import cards, cast_of
from incidentsim.exports.preparation.evaluator import evaluator_sheet
from incidentsim.exports.preparation.forecast import forecast_lines
from incidentsim.exports.preparation.guide import guide
from incidentsim.exports.preparation.handout import handout, scene_of
from incidentsim.exports.preparation.inject_sheets import inject_sheets
from incidentsim.exports.preparation.msel import msel, msel_sheet
from tests.support.forecasts import leak
from tests.support.papers import markdown

GOLDEN = Path(__file__).parents[2] / "golden"

PAPERS: dict[str, Callable[[Language], bytes]] = {
    "preview.txt": lambda language: ("\n".join(forecast_lines(leak(), language)) + "\n").encode(),
    "guide.md": lambda language: markdown(guide(leak(), language)).encode(),
    "handout.md": lambda language: markdown(handout(leak().playbook, scene_of(leak().scenario), language)).encode(),
    "cards.md": lambda language: markdown(*cards(leak().playbook, cast_of(leak().scenario), language)).encode(),
    "injects.md": lambda language: markdown(*inject_sheets(leak(), language)).encode(),
    "evaluator.md": lambda language: markdown(evaluator_sheet(leak().playbook, leak().scenario, language)).encode(),
    "msel.md": lambda language: markdown(msel(leak(), language)).encode(),
    "msel.csv": lambda language: csv_file.render(msel_sheet(leak(), [language])),
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
