"""A playbook with the `means` lines that `check --propose` writes for it, accepted as proposed."""

import re

from incidentsim.definitions.library.proposing import proposals
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.yaml12.reader import read_yaml


def accepted(data: bytes, name: str) -> bytes:
    """The file with every line that is proposed for it at its place."""
    lines = data.decode().split("\n")
    proposed = proposals(read_playbook(data, name), read_yaml(data, name))
    for problem in sorted(proposed, key=lambda one: (one.line, one.column), reverse=True):
        said = re.fullmatch(r"Proposed: (means: (?:\w+|\[.+?\])), because .+", problem.message)
        assert said is not None, problem.message
        line, column = lines[problem.line - 1], problem.column - 1
        before, after = line[:column], line[column:]
        in_braces = after.startswith("{")
        lines[problem.line - 1] = (
            f"{before}{{{said[1]}, {after[1:]}" if in_braces else f"{before}{said[1]}\n{' ' * column}{after}"
        )
    return "\n".join(lines).encode()
