"""Expressions of a test as they run on the judge's side: the learner's functions are asked through `call`, values are plain."""

import ast
import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

_BUILTINS: Final = frozenset(
    (
        *(
            "abs",
            "all",
            "any",
            "bool",
            "dict",
            "divmod",
            "enumerate",
            "float",
            "int",
            "isinstance",
            "len",
            "list",
        ),
        *(
            "max",
            "min",
            "pow",
            "range",
            "repr",
            "reversed",
            "round",
            "set",
            "sorted",
            "str",
            "sum",
            "tuple",
            "type",
            "zip",
        ),
        *("True", "False", "None"),
    )
)
_PLAIN_KINDS: Final = frozenset({"bool", "int", "float", "str", "list", "dict"})
_PLAIN_METHODS: Final = frozenset(
    (
        *("lower", "upper", "strip", "split", "splitlines", "startswith", "endswith", "replace", "join"),
        *("count", "index", "find", "keys", "values", "items", "get", "copy"),
    )
)
_KNOWN: Final = (
    *(
        ast.Constant,
        ast.Name,
        ast.Tuple,
        ast.List,
        ast.Set,
        ast.Dict,
        ast.BinOp,
        ast.UnaryOp,
        ast.BoolOp,
        ast.Compare,
    ),
    *(
        ast.Call,
        ast.keyword,
        ast.Attribute,
        ast.Subscript,
        ast.Slice,
        ast.IfExp,
        ast.JoinedStr,
        ast.FormattedValue,
    ),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
)


class LeftOutError(ValueError):
    """A test that cannot be taken over: the code of the remark, what it names, and the line."""

    def __init__(self, code: str, node: ast.AST, **params: str) -> None:
        super().__init__(code)
        self.code, self.params, self.row = code, params, getattr(node, "lineno", None)


@dataclass(frozen=True, slots=True)
class Notebook:
    """What a test may use of other cells: learners' functions with what they take, constants as written, imports by name."""

    functions: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    imports: Mapping[str, str]
    learners: Collection[str]
    """Other names that solutions make."""


@dataclass(slots=True)
class Values(ast.NodeTransformer):
    """Rewrites the expressions of one test, and remembers what they need beside them."""

    notebook: Notebook
    own: set[str] = field(default_factory=set)
    """Names that the test itself makes."""
    answers: set[str] = field(default_factory=set)
    """Those of them that hold what the learner's functions gave."""
    used: set[str] = field(default_factory=set)
    """Constants and imports of other cells that are used, and helpers."""

    def of(self, node: ast.expr) -> ast.expr:
        """The expression for the judge's side. Raises LeftOutError."""
        made = self.visit(copy.deepcopy(node))
        assert isinstance(made, ast.expr)  # noqa: S101 - an expression stays one
        return ast.fix_missing_locations(ast.copy_location(made, node))

    def asks(self, node: ast.AST) -> bool:
        """Whether what the learner's functions gave is in a rewritten expression."""
        return any(
            isinstance(one, ast.Name) and (one.id == "call" or one.id in self.answers)
            for one in ast.walk(node)
        )

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, _KNOWN):
            raise LeftOutError("nbgrader_statement", node, source=said(node))
        return ast.NodeTransformer.generic_visit(self, node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Store) or node.id in self.own or node.id in _BUILTINS:
            return node
        if node.id in self.notebook.constants or node.id in self.notebook.imports:
            self.used.add(node.id)
            return node
        theirs = node.id in self.notebook.functions or node.id in self.notebook.learners
        raise LeftOutError("nbgrader_variable" if theirs else "nbgrader_elsewhere", node, name=node.id)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if (
            isinstance(node.func, ast.Name)
            and node.func.id in self.notebook.functions
            and node.func.id not in self.own
        ):
            return self._asked(node, node.func.id)
        if _is_all_of(node):
            return self.of(node.func.value)  # type: ignore[attr-defined]  # an attribute, as _is_all_of says
        made = self.generic_visit(node)
        assert isinstance(made, ast.Call)  # noqa: S101 - a call stays one
        is_kind = isinstance(made.func, ast.Name) and made.func.id == "isinstance" and len(made.args) > 1
        if is_kind and self.asks(made.args[0]) and not _names_in(made.args[1]) <= _PLAIN_KINDS:
            raise LeftOutError("nbgrader_result", node, source=said(node))
        return made

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        made = ast.Attribute(self.visit(node.value), node.attr, node.ctx)
        if node.attr.startswith("_") or (self.asks(made.value) and node.attr not in _PLAIN_METHODS):
            raise LeftOutError("nbgrader_result", node, source=said(node))
        return made

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Equality with what came back is looked at by `is_same`: it knows kinds, gaps and how near numbers must be."""
        made = self.generic_visit(node)
        assert isinstance(made, ast.Compare)  # noqa: S101 - a comparison stays one
        left, right = made.left, made.comparators[0]
        if len(made.ops) > 1 or not isinstance(made.ops[0], ast.Eq | ast.NotEq) or not self.asks(made):
            return made
        came, wanted = (left, right) if self.asks(left) else (right, left)
        same: ast.expr = _call("is_same", came, wanted if _is_literal(wanted) else self._plain(wanted))
        self.used.add("is_same")
        return same if isinstance(made.ops[0], ast.Eq) else ast.UnaryOp(ast.Not(), same)

    def _plain(self, wanted: ast.expr) -> ast.expr:
        if not self.notebook.imports and not self.own:
            return wanted
        self.used.add("_plain")
        return _call("_plain", wanted)

    def _asked(self, node: ast.Call, name: str) -> ast.expr:
        """A call of the learner's function: what it takes goes by its place."""
        named = {one.arg: one.value for one in node.keywords}
        rest = self.notebook.functions[name][len(node.args) :]
        if set(named) != set(rest[: len(named)]):
            raise LeftOutError("nbgrader_argument", node, source=said(node))
        given = [*node.args, *(named[one] for one in rest[: len(named)])]
        if any(_cannot_be_carried(one) for one in given):
            raise LeftOutError("nbgrader_argument", node, source=said(node))
        return _call("call", ast.Constant(name), *(self.of(one) for one in given))


def said(node: ast.AST) -> str:
    """The beginning of the source of something, for people."""
    return " ".join(ast.unparse(node).split())[:120]


def _call(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(given), [])


def _names_in(node: ast.AST) -> set[str]:
    return {
        one.id if isinstance(one, ast.Name) else "."
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    }


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _cannot_be_carried(node: ast.expr) -> bool:
    """What JSON has no word for."""
    if isinstance(node, ast.GeneratorExp | ast.Lambda | ast.Starred):
        return True
    parts = list(ast.walk(node))
    constants = [one.value for one in parts if isinstance(one, ast.Constant)]
    return any(isinstance(one, ast.Set | ast.SetComp) for one in parts) or any(
        isinstance(one, bytes | complex) for one in constants
    )


def _is_all_of(node: ast.Call) -> bool:
    """`(a == b).all()`, as one writes it for arrays."""
    found = node.func
    return (
        isinstance(found, ast.Attribute)
        and found.attr == "all"
        and isinstance(found.value, ast.Compare)
        and not node.args
    )
