"""Known cheats, each on top of a stub that solves nothing: whoever checks a lab runs them all and finds that none gains a point.

A cheat whose function gives a constant (`True` for 1, no number, an empty list) is right wherever that constant is the answer, as a
learner's guess would be: a test that one of them passes asks too little.
"""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dure.engines.judging.cheats.reaching import REACHING
from dure.engines.judging.cheats.talking import TALKING
from dure.engines.judging.cheats.values import VALUES

_ASKING = "call"


@dataclass(frozen=True, slots=True)
class Cheat:
    """A submission that tries to score without solving anything."""

    name: str
    source: str


def cheats(stub_source: str, functions: Collection[str]) -> list[Cheat]:
    """The whole suite for a lab: its stub, then one way to cheat, which answers for all of `functions`."""
    return [
        Cheat(name, _joined(stub_source, way, functions))
        for name, way in {**VALUES, **REACHING, **TALKING}.items()
    ]


def _joined(stub: str, way: str, functions: Collection[str]) -> str:
    """A stub may raise while it loads, as one that calls its own functions does: that stops no cheat."""
    loaded = f"try:\n    exec(compile({stub!r}, 'stub', 'exec'), globals())\nexcept Exception:\n    pass\n"
    answers = (
        f"def {name}(*given, **named):\n    return cheat(*given, **named)\n" for name in sorted(functions)
    )
    return "\n".join((loaded, way, *answers))


def functions_asked(test_source: str) -> frozenset[str]:
    """The names of the functions that a file of tests asks for, where `call` names them in full. Raises SyntaxError."""
    return frozenset(_asked(ast.parse(test_source)))


def _asked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _is_asking(node.func):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.isidentifier():
                yield name.value


def _is_asking(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == _ASKING
    return isinstance(function, ast.Name) and function.id == _ASKING
