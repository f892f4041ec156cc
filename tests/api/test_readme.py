"""The ten lines of the README run, in both languages, and print what they say."""

import contextlib
import io
import json
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"<!-- example: run by tests/api/test_readme\.py -->\n```python\n(.*?)```\n", re.DOTALL)


def example(readme: str) -> str:
    (found,) = EXAMPLE.findall((ROOT / readme).read_text(encoding="utf-8"))
    return str(found)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_example_runs_and_prints_what_it_says(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = example(readme)
    said = re.findall(r"^ *print\(.*\)  # (.*)$", code, re.MULTILINE)
    assert len(said) == code.count("print(") == 4
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        runpy.run_path("example.py")
    assert printed.getvalue().splitlines() == said
    assert "assessment-results" in json.loads((tmp_path / "assessment-results.json").read_text(encoding="utf-8"))


def test_it_is_ten_lines_and_the_same_in_both_languages() -> None:
    english, chinese = (re.sub(r"  # .*", "", example(name)) for name in ("README.md", "README.zh.md"))
    assert english == chinese
    assert len([line for line in english.splitlines() if line]) == 10
