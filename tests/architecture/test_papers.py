"""The papers of the house name only what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "README.zh.md")
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*\w+\.(?:py|yaml|md|json|txt))`")
"""A path in code quotes; a bare file name is told from its sentence."""


def missing(text: str) -> list[str]:
    """The paths in a paper that lead nowhere, from the root or from the package."""
    return [
        path
        for path in PATH.findall(text)
        if not any((place / path).exists() for place in (ROOT, ROOT / "incidentsim"))
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_path_in_it_leads_somewhere(paper: str) -> None:
    assert missing((ROOT / paper).read_text(encoding="utf-8")) == []


def test_a_path_that_leads_nowhere_is_found() -> None:
    assert missing("See `exercise/kernel/kernel.py` and `exercise/kernal.py`.") == ["exercise/kernal.py"]
