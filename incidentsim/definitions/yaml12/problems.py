"""What is wrong with a definition, and where: every problem of a file at once."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.unseen import shown

Path = tuple[str | int, ...]
"""A place inside a file: the keys and list indexes that lead to it."""

_BREAKS: Final = re.compile("[\r\n\x85\u2028\u2029]+")
_LONG: Final = 400
_MANY: Final = 4
"""So many problems that say the same are told in one line."""
_PLACES: Final = 8
"""How many places such a line names."""
_SIMPLE_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: the file as the person at the keyboard named it.
        line: the line in it, from 1.
        column: the column in characters, from 1.
        path: where that is in the file's structure, such as `$.tracks.lifecycle.steps[3].by[0]`.
        message: a whole sentence.
        rule: the id of the rule of the quality lint that is broken; `None` where the definition is not valid at all.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    rule: str | None = None

    def __str__(self) -> str:
        rule = f"{self.rule}, " if self.rule is not None else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message} ({rule}{self.path})"


def folded(problems: Sequence[Problem]) -> list[str]:
    """The problems as lines; what is said of many places of a file stands once, with the places that it is true of.

    A person reads them: of a text that is missing in a hundred places, the first is enough to begin with.
    """
    alike: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.message, problem.rule), []).append(problem)
    lines = []
    for same in alike.values():
        if len(same) < _MANY:
            lines += [(problem, str(problem)) for problem in same]
            continue
        places = ", ".join(f"{problem.line}:{problem.column}" for problem in same[1:_PLACES])
        message = _("{problem} {count} times, also at {places}.")
        if len(same) > _PLACES:
            message = _("{problem} {count} times, also at {places} and others.")
        lines.append((same[0], message.format(problem=same[0], count=len(same), places=places)))
    order = {problem: place for place, problem in enumerate(problems)}
    return [line for _problem, line in sorted(lines, key=lambda pair: order[pair[0]])]


class DefinitionError(InputError):
    """A file that is not a valid definition; its text is all its problems, one a line, repeats in one (`folded`).

    Attributes:
        problems: what is wrong, in the order of the file; never empty.
        readable: whether the file is YAML of a known schema at all, so that it could be looked at closely.
    """

    def __init__(self, problems: Iterable[Problem], *, readable: bool = True) -> None:
        self.problems = tuple(problems)
        self.readable = readable
        super().__init__("\n".join(folded(self.problems)))


def path_text(path: Sequence[str | int]) -> str:
    """`path` as it is shown: `$.people.lin.roles[0]`; a key of other characters stands in quotes."""
    return "$" + "".join(_part(part) for part in path)


def shortened(text: str) -> str:
    """`text` on one line and not longer than anybody reads, with what cannot be seen in it made visible."""
    line = shown(_BREAKS.sub(" ", text))
    return line if len(line) <= _LONG else line[:_LONG] + "…"


def _part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    part = shortened(part)
    return f".{part}" if _SIMPLE_KEY.fullmatch(part) else f"[{json.dumps(part, ensure_ascii=False)}]"
