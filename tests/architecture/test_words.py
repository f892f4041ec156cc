"""Names and docstrings say what they are about: nobody can search for `found`, and a clause is no description."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator

from tests.support.source_tree import NAMES, tree

VAGUE = {"one", "found"}
LONG = 10
"""In a scope of more lines than this, a reader no longer sees where a name was given its value."""
CLAUSE = re.compile(
    r"(What|Whether|How|Who|Whom|Whose|Where|When|Why|Which|Whatever|Whoever|All that|Everything that)\b"
)
SCHEMAS = "definitions/formats/"
"""The docstrings of shapes are descriptions in the JSON Schema."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(found: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(found) if isinstance(node, Function))


def length(function: Function) -> int:
    """The lines of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def assigned(function: Function) -> set[str]:
    """The names that a function assigns, those of comprehensions aside: they end with their line."""
    comprehensions = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    short = {
        id(name)
        for node in ast.walk(function)
        if isinstance(node, comprehensions)
        for part in node.generators
        for name in ast.walk(part.target)
    }
    return {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in short
    }


def vague_names(module: ast.Module) -> list[str]:
    """Public signatures and long scopes in which something is only called `one` or `found`."""
    said = []
    for function in functions(module):
        arguments = function.args
        parameters = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        if not function.name.startswith("_") and VAGUE & parameters:
            said.append(f"{function.name} in line {function.lineno}: its parameters")
        if length(function) > LONG and VAGUE & assigned(function):
            said.append(f"{function.name} in line {function.lineno}: its variables")
    return said


def clauses(module: ast.Module) -> list[str]:
    """Public names whose docstring begins with a relative clause."""
    return [
        f"{node.name} in line {node.lineno}"
        for node in ast.walk(module)
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and CLAUSE.match(ast.get_docstring(node) or "")
    ]


def offending(complaints: Callable[[ast.Module], list[str]], names: Iterable[str]) -> dict[str, list[str]]:
    """What is complained of, by module."""
    said = {name: complaints(tree(name)) for name in names}
    return {name: found for name, found in said.items() if found}


def test_variables_bear_the_name_of_what_they_hold() -> None:
    said = offending(vague_names, NAMES)
    # Verifying sets what was expected beside what was found; there the word is meant.
    assert len(said.pop("evidence/findings.py")) == 2
    assert said == {}


def test_public_docstrings_say_what_something_does_or_is() -> None:
    assert offending(clauses, (name for name in NAMES if not name.startswith(SCHEMAS))) == {}


def test_both_are_noticed() -> None:
    lines = "\n".join(f"    line_{number} = {number}" for number in range(12))
    planted = ast.parse(f'def show(one):\n    """What is shown."""\n\ndef _long():\n    found = 1\n{lines}\n')
    assert vague_names(planted) == ["show in line 1: its parameters", "_long in line 4: its variables"]
    assert clauses(planted) == ["show in line 1"]
