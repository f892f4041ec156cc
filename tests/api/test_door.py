"""`import incidentsim` is a small library, and costs nothing until it is used."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import incidentsim
from incidentsim import api

ROOT = Path(incidentsim.__file__).parents[1]


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded after `code` was run by a fresh Python."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stdout.split())


def test_importing_it_loads_nothing_but_the_version() -> None:
    ours = {name for name in loaded_by("import incidentsim\ndir(incidentsim)") if name.startswith("incidentsim")}
    assert ours == {"incidentsim", "incidentsim.version"}


def test_replaying_without_a_record_needs_no_database_and_no_screens() -> None:
    loaded = loaded_by("import incidentsim\nassert incidentsim.replay('false-alarm').passed")
    assert loaded & {"sqlmodel", "sqlalchemy", "textual", "click"} == set()


def test_the_version_stands_where_packages_are_made_from_and_as_their_builder_reads_it() -> None:
    """Hatchling looks for such a line; with an annotation it would find none, and nothing could be installed."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    written = (ROOT / settings["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    assert re.findall(r'^__version__ = "(\d+\.\d+\.\d+)"$', written, re.MULTILINE) == [incidentsim.__version__]


def test_it_offers_what_the_api_offers_and_the_version() -> None:
    assert set(incidentsim.__all__) == {*api.__all__, "__version__"}
    for name in api.__all__:
        assert getattr(incidentsim, name) is getattr(api, name), name
    assert set(incidentsim.__all__) <= set(dir(incidentsim))


def test_a_type_checker_sees_the_same_names() -> None:
    tree = ast.parse(Path(incidentsim.__file__).read_text(encoding="utf-8"))
    seen = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(incidentsim.__all__) <= seen


def test_a_name_that_is_not_there_is_said_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'incidentsim' has no attribute 'reply'"):
        _ = incidentsim.reply  # type: ignore[attr-defined]  # that is the point


@pytest.mark.parametrize("name", [name for name in api.__all__ if not name.startswith("__")])
def test_everything_it_offers_is_documented(name: str) -> None:
    assert getattr(api, name).__doc__, name
