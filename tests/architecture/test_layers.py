"""Imports run one way, and the pure rooms fetch nothing: the contracts of pyproject.toml hold and can fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(contract["name"]) for contract in settings["tool"]["importlinter"]["contracts"]]


def checked(folder: Path) -> tuple[int, str]:
    """Exit code and output of import-linter on the package in `folder`."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CHECK], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_every_contract_about_imports_is_kept() -> None:
    code, said = checked(ROOT)
    assert code == 0, said
    assert all(f"{name} KEPT" in said for name in contracts()), said


AGAINST = [
    ("domain/text.py", "import incidentsim.exercise.kernel.sim_time", "Imports run one way"),
    ("exercise/kernel/sim_time.py", "import transitions", "Only one module builds transitions machines"),
    (
        "evidence/timestamping.py",
        "import rfc3161_client",
        "Only one module signs, and only one knows time stamps and their certificates",
    ),
    ("ledger/lookup.py", "import sqlalchemy", "Only storage knows SQL"),
    ("exercise/kernel/sim_time.py", "import random", "The pure rooms fetch nothing"),
    ("exercise/regulatory/dates.py", "import zoneinfo", "Only one module reads time zones"),
    ("tui/themes.py", "import incidentsim.composition", "Screens are handed paths, keys and seeds"),
    ("cli/dialogue/talk.py", "import incidentsim.tui.themes", "Imports run one way"),
    ("cli/screens.py", "import incidentsim.tui.themes", "Imports run one way"),
    ("tui/themes.py", "import incidentsim.cli.exit_codes", "Imports run one way"),
    ("cli/options.py", "import incidentsim.api", "Imports run one way"),
    ("upstairs.py", "import incidentsim.domain.text", "Imports run one way"),
]
"""Module, import and the contract that it breaks. The last one is a new module that no layer names."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    """What is said of a copy of the package in which all of these imports stand."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "incidentsim", folder / "incidentsim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for module, line, _contract in AGAINST:
        with (folder / "incidentsim" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    return checked(folder)


@pytest.mark.parametrize(("module", "line", "contract"), AGAINST)
def test_an_import_against_a_contract_is_found(module: str, line: str, contract: str, broken: tuple[int, str]) -> None:
    code, said = broken
    assert code != 0
    assert f"{contract} BROKEN" in said, said
    chain = f"incidentsim.{module.removesuffix('.py').replace('/', '.')} -> {line.split()[1]}"
    assert chain in said or module == "upstairs.py", said


def test_a_module_that_no_layer_names_is_found(broken: tuple[int, str]) -> None:
    assert "upstairs" in broken[1]
