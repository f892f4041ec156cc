"""Finds string literals in code that a person could read and that do not come from the message catalogue.

There is no tracing of values: a literal that reads like words is suspicious wherever it stands, unless it is an
argument of the catalogue's functions, a docstring, an annotation, or the text of a built-in exception (which only
`--debug` shows). Where a literal goes straight to a person (`click.echo`, `help=`, our own errors), one word is
enough. What remains and is technical is on the allow-list of the test, with the reason.
"""

import ast
import builtins
import re
from dataclasses import dataclass
from typing import Final

CATALOGUE: Final = {"_", "N_", "gettext", "ngettext"}
STYLES: Final = {"CSS", "DEFAULT_CSS"}
"""What a screen calls its styles, which nobody reads."""
OUR_SINKS: Final = {"say", "narrate", "print", "print_heading"}
"""Functions of ours, and `print`, whose text goes to a person."""
CLICK_SINKS: Final = {"echo", "secho", "style", "UsageError", "BadParameter", "ClickException"}
"""The same of click."""
SHOWN_KEYWORDS: Final = {"help", "short_help", "epilog", "label", "prompt", "metavar"}
BUILTIN_ERRORS: Final = {name for name, value in vars(builtins).items() if isinstance(value, type)}

_WORDS: Final = re.compile(r"[^\W\d_]{2,} (?:[^\W\d_]+|\{\})|[\u3400-\u9fff]")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, order=True)
class Literal:
    """A suspicious literal; the values in an f-string are `{}`."""

    module: str
    line: int
    text: str


def bypassing(module: str, source: str) -> list[Literal]:
    """The literals in the source of `module` that a person could read and that bypass the catalogue."""
    finder = _Finder()
    finder.visit(ast.parse(source))
    return sorted({Literal(module, line, text) for line, text in finder.found})


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._straight_to_a_person = False

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name in CATALOGUE:
            for argument in node.args:
                if name != "ngettext" or argument is not node.args[-1]:
                    self._must_be_plain(argument)
            return
        if name == "Text" and len(node.args) > 1:  # a text in both languages, which needs no catalogue
            return
        straight = name in CLICK_SINKS or (name in OUR_SINKS and isinstance(node.func, ast.Name))
        self.visit(node.func)
        for argument in node.args[1:] if name == "cast" else node.args:
            self._visit_as(argument, straight)
        for keyword in node.keywords:
            self._visit_as(keyword.value, straight or keyword.arg in SHOWN_KEYWORDS)

    def visit_Raise(self, node: ast.Raise) -> None:
        call = node.exc
        if isinstance(call, ast.Call):
            name = _name(call.func) or ""
            if name not in BUILTIN_ERRORS:
                for argument in call.args:
                    self._visit_as(argument, straight=name.endswith("Error"))
                for keyword in call.keywords:
                    self.visit(keyword.value)
            return
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._judge(node.lineno, node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        self._judge(node.lineno, "".join(str(part) for part in parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self._visit_as(part.value, straight=False)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not {_name(target) for target in node.targets} & STYLES:
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a bare string is documentation
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation is no text."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        node.returns = None
        self.generic_visit(node)

    def _visit_as(self, node: ast.expr, straight: bool) -> None:
        before, self._straight_to_a_person = self._straight_to_a_person, straight
        self.visit(node)
        self._straight_to_a_person = before

    def _judge(self, line: int, text: str) -> None:
        if (_LETTERS if self._straight_to_a_person else _WORDS).search(text):
            self.found.append((line, text))

    def _must_be_plain(self, argument: ast.expr) -> None:
        """A message that is put together at run time is in no catalogue."""
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            self.found.append((argument.lineno, f"not a literal: {ast.unparse(argument)}"))


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None
