"""Prints the lower bounds of pyproject.toml as constraints for pip: the oldest that the project says it runs with.

    python3 .ci/lower_bounds.py >constraints.txt && pip install --constraint constraints.txt '.[test]'

Standard library only, so that it runs before anything is installed.
"""  # noqa: INP001 - a script beside the others, not a package

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<version>[0-9][0-9A-Za-z.]*)")
"""A name, perhaps extras (which a constraint may not have), and the one bound that this project gives: a lower one."""


def lower_bounds(requirements: Iterable[str]) -> dict[str, str]:
    """The lowest version of each requirement, by name.

    Raises ValueError where a requirement has no lower bound or anything more, for then nothing holds it at its end.
    """
    bounds: dict[str, str] = {}
    for requirement in requirements:
        matched = REQUIREMENT.fullmatch(requirement)
        if matched is None:
            raise ValueError(f"pyproject.toml: {requirement!r} is not a name with a lower bound and nothing else")
        name, version = matched["name"], matched["version"]
        if bounds.setdefault(name, version) != version:
            raise ValueError(f"pyproject.toml gives {name} two lower bounds: {bounds[name]} and {version}")
    return bounds


def main() -> None:
    """Print one constraint a line: for what is installed, and for the extras of users and of the tests."""
    pyproject = Path(__file__).parents[1] / "pyproject.toml"
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = project["dependencies"] + [one for name in extras if name != "lint" for one in extras[name]]
    for name, version in lower_bounds(requirements).items():
        sys.stdout.write(f"{name}=={version}\n")


if __name__ == "__main__":
    main()
