"""The folder of a new procedure: playbook, first scenario, roster, a check for CI, and the settings of an editor."""

import json
from collections.abc import Mapping
from typing import Any, Final

from incidentsim.definitions.library.files import Kind
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.resolving import ROSTER
from incidentsim.definitions.starting.roster_file import roster_of
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.definitions.yaml12.writer import one_line
from incidentsim.domain.text import Language, Text

SCENARIO: Final = "scenarios/first.yaml"
_CI: Final = Text(
    """\
#!/bin/sh
# For CI: is the procedure sound, and does every scenario still come to the end that it expects?
# Run it in this folder after  pip install incidentsim  . Its exit code is 0 if all is well.
set -e
incidentsim check --quality .
incidentsim replay --no-record --junit incidentsim.xml .
incidentsim replay --no-record --bots .
""",
    """\
#!/bin/sh
# 用于 CI：规程是否完好，每个场景是否仍得到预期结果？
# 先执行 pip install incidentsim，再在本文件夹中运行。一切正常时退出码为 0。
set -e
incidentsim check --quality .
incidentsim replay --no-record --junit incidentsim.xml .
incidentsim replay --no-record --bots .
""",
)
_FILES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "playbook": ("playbook.yaml", "playbooks/*.yaml"),
    "scenario": ("scenarios/*.yaml",),
    "roster": ("roster.yaml", "rosters/*.yaml"),
}
"""The files of the folder of each kind, as an editor's patterns."""


def whole_folder(name: str, files: Mapping[str, bytes], language: Language) -> dict[str, bytes]:
    """The files of a new procedure by their paths within its folder, with everything that stands beside the first two.

    Args:
        name: the procedure's id.
        files: its playbook (`playbook.yaml`) and its first scenario, whose people go into the roster unless they
            stand outside the company.
        language: the language of what is written.
    """
    playbook = read_playbook(files["playbook.yaml"], "playbook.yaml")
    text = files[SCENARIO].decode()
    written: dict[str, dict[str, Any]] = read_yaml(files[SCENARIO], SCENARIO).value["people"]
    people = {who: person | {"name": _in(language, person["name"])} for who, person in written.items()}
    outside = {
        who: person for who, person in people.items() if all(playbook.roles[role].outside for role in person["roles"])
    }
    inside = {who: (person["name"], person["roles"]) for who, person in people.items() if who not in outside}
    roster = f"{name}-people"
    return {
        "playbook.yaml": files["playbook.yaml"],
        "roster.yaml": roster_of(roster, inside, language),
        SCENARIO: _with_people(text, {ROSTER: roster, **outside}).encode(),
        "ci.sh": _CI.say(language).encode(),
        ".vscode/settings.json": _json({"yaml.yamlVersion": "1.2", "yaml.schemas": _patterns()}),
        **{_schema(kind): _json(json_schema(kind)) for kind in _FILES},
    }


def _in(language: Language, name: Mapping[Language, str] | str) -> str:
    """A name as it is written in a language: a folder has one."""
    return name if isinstance(name, str) else name[language]


def _with_people(text: str, people: Mapping[str, Any]) -> str:
    """The scenario's text with these people in place of its own; everything else stays as it is."""
    lines, inside = [], False
    for line in text.splitlines(keepends=True):
        inside = inside and line.startswith((" ", "#"))
        if line.startswith("people:"):
            inside = True
            lines += ["people:\n", *(f"  {who}: {one_line(person)}\n" for who, person in people.items())]
        elif not inside:
            lines.append(line)
    return "".join(lines)


def _schema(kind: Kind) -> str:
    return f".vscode/incidentsim-{kind}.schema.json"


def _patterns() -> dict[str, list[str]]:
    return {_schema(kind): list(patterns) for kind, patterns in _FILES.items()}


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
