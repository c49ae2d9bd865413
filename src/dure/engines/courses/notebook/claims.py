"""How tests assert: bare, with the functions of nose, unittest and numpy, and where an error is wanted."""

import ast
from collections.abc import Iterator
from typing import Final

from dure.engines.courses.notebook.values import LeftOutError, said

_TRUE: Final = ("assert_true", "assertTrue", "ok_")
_FALSE: Final = ("assert_false", "assertFalse")
_EQUAL: Final = (
    "assert_equal",
    "assertEqual",
    "eq_",
    "assert_array_equal",
    "assertListEqual",
    "assertDictEqual",
    "assert_list_equal",
)
NEAR: Final = ("assert_almost_equal", "assertAlmostEqual", "assert_allclose", "assert_array_almost_equal")
RAISES: Final = ("assert_raises", "assertRaises", "raises")
NEARNESS: Final = 1e-6
SILENT: Final = ("print", "display")
ASSERTING: Final = frozenset((*_TRUE, *_FALSE, *_EQUAL, *NEAR, *RAISES))


def claim_of(call: ast.Call, name: str) -> ast.expr | None:
    """What an asserting function asserts, as an expression."""
    given = call.args
    if name in _TRUE and given:
        return given[0]
    if name in _FALSE and given:
        return ast.UnaryOp(ast.Not(), given[0])
    if name in (*_EQUAL, *NEAR) and len(given) > 1:
        return ast.copy_location(ast.Compare(given[0], [ast.Eq()], [given[1]]), call)
    return None


def wanted_error(node: ast.Try | ast.With) -> str:
    """The error that `try: … except ERROR: pass; else: raise …` or `with raises(ERROR): …` wants; "" for anything else."""
    if isinstance(node, ast.With):
        call = node.items[0].context_expr
        is_raising = isinstance(call, ast.Call) and last_name(call.func) in RAISES and call.args
        return said(call.args[0]) if is_raising and isinstance(call, ast.Call) else ""
    if len(node.handlers) != 1 or node.finalbody or node.handlers[0].type is None:
        return ""
    raises = any(isinstance(one, ast.Raise | ast.Assert) for one in node.orelse)
    return said(node.handlers[0].type) if raises else ""


def imported(node: ast.Import | ast.ImportFrom) -> Iterator[ast.stmt]:
    """What the test imports, without what only asserts."""
    if isinstance(node, ast.ImportFrom) and (node.level or node.names[0].name == "*"):
        raise LeftOutError("nbgrader_statement", node, source=said(node))
    root = (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
    if root.partition(".")[0] not in ("nose", "pytest", "unittest") and root != "numpy.testing":
        yield node


def last_name(node: ast.expr) -> str:
    """`assert_equal` of `nose.tools.assert_equal`; "" for what has no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
