"""A cell of tests as functions that the judge runs: asserts become checks with a sentence, setting up stays."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dure.engines.courses.notebook.claims import (
    ASSERTING,
    NEAR,
    NEARNESS,
    RAISES,
    SILENT,
    claim_of,
    imported,
    last_name,
    wanted_error,
)
from dure.engines.courses.notebook.values import LeftOutError, Notebook, Values, said


@dataclass(frozen=True, slots=True)
class Written:
    """A test as the body of a function, how many checks it has, and which names of the notebook and helpers it needs.

    `raising` is the function of a test that wants errors alone; `samples` are checks of a value that hold by themselves, by
    function.
    """

    body: str
    checks: int
    used: frozenset[str]
    raising: str
    samples: Mapping[str, str]


@dataclass(slots=True)
class _Part:
    """What is written of a cell so far for one place of tests."""

    is_public: bool
    values: Values
    checks: int = 0
    asked: int = 0
    raising: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)

    def statements(self, nodes: Iterable[ast.stmt]) -> list[ast.stmt]:
        return [made for node in nodes for made in self._statement(node)]

    def _statement(self, node: ast.stmt) -> Iterator[ast.stmt]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.Call):
            yield from self._expression(node, node.value)
        elif isinstance(node, ast.Assert):
            yield from self._check(node.test, node.msg)
        elif isinstance(node, ast.Assign | ast.AugAssign):
            yield self._assigned(node)
        elif isinstance(node, ast.For) and not node.orelse:
            yield self._loop(node)
        elif isinstance(node, ast.Try | ast.With) and (wanted := wanted_error(node)):
            yield from self._raising(node, wanted, node.body)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)
        elif not isinstance(node, ast.Pass):
            raise LeftOutError("nbgrader_statement", node, source=said(node))

    def _expression(self, node: ast.Expr, value: ast.Constant | ast.Call) -> Iterator[ast.stmt]:
        """A text, a call that asserts or shows something, or one that sets something up."""
        name = last_name(value.func) if isinstance(value, ast.Call) else ""
        if isinstance(value, ast.Constant) or name in SILENT:
            return
        if name in RAISES and len(value.args) > 1:
            yield from self._raising(
                node, said(value.args[0]), [ast.Expr(ast.Call(value.args[1], value.args[2:], []))]
            )
        elif (claim := claim_of(value, name)) is not None:
            yield from self._check(claim, near=name in NEAR)
        else:
            made = self.values.of(value)
            if self.values.asks(made):
                raise LeftOutError("nbgrader_statement", node, source=said(node))
            yield ast.Expr(made)

    def _assigned(self, node: ast.Assign | ast.AugAssign) -> ast.stmt:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
        if any(
            isinstance(one, ast.Attribute | ast.Subscript) for target in targets for one in ast.walk(target)
        ):
            raise LeftOutError("nbgrader_statement", node, source=said(node))
        value = self.values.of(node.value)
        if self.values.asks(value):
            self.values.answers |= names
        if isinstance(node, ast.Assign):
            return ast.Assign(node.targets, value)
        return ast.AugAssign(node.target, node.op, value)

    def _loop(self, node: ast.For) -> ast.stmt:
        over = self.values.of(node.iter)
        if self.values.asks(over):
            self.values.answers |= {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
        return ast.For(node.target, over, self.statements(node.body), [])

    def _check(
        self, claim: ast.expr, message: ast.expr | None = None, *, near: bool = False
    ) -> Iterator[ast.stmt]:
        """One claim: the test ends where it does not hold."""
        made = self.values.of(claim)
        if near and isinstance(made, ast.Call):
            made.args.append(ast.Constant(NEARNESS))
        self.checks += 1
        self.asked += self.values.asks(made)
        told = isinstance(message, ast.Constant)
        words = str(message.value) if isinstance(message, ast.Constant) else said(claim)
        first = _simple(made)
        if first is not None:
            asked, plain = first.args[0], _is_plain(made)
            first.args[0] = ast.Name("_came", ast.Load())
            shown = f"{words}: {said(_shown(asked))} → "
            check = [
                ast.Assign([ast.Name("_came", ast.Store())], asked),
                self._ended(ast.UnaryOp(ast.Not(), made), shown, "_came"),
            ]
            if plain:
                self.samples.setdefault(_asked_in(asked), _source(check))
            yield from check
        else:
            self.values.used.add("_holds")
            held = ast.Call(ast.Name("_holds", ast.Load()), [ast.Lambda(_NOTHING, made)], [])
            yield self._ended(ast.UnaryOp(ast.Not(), held), words if told else f"{words} → False")

    def _raising(self, node: ast.stmt, wanted: str, body: list[ast.stmt]) -> Iterator[ast.stmt]:
        """The learner's function is to raise this."""
        if not wanted.isidentifier() or wanted in ("Exception", "BaseException", "NotImplementedError"):
            raise LeftOutError("nbgrader_statement", node, source=said(node))
        calls = [one for one in body if isinstance(one, ast.Expr | ast.Assign)]
        made = [self.values.of(one.value) for one in calls]
        if len(body) != 1 or not made or not self.values.asks(made[0]):
            raise LeftOutError("nbgrader_statement", node, source=said(node))
        self.checks += 1
        self.asked += 1
        self.raising.append(_asked_in(made[0]))
        self.values.used.add("_raised")
        raised = ast.Call(ast.Name("_raised", ast.Load()), [ast.Lambda(_NOTHING, made[0])], [])
        differs = ast.Compare(raised, [ast.NotEq()], [ast.Constant(wanted)])
        yield self._ended(differs, f"{said(calls[0].value)}: {wanted}")

    def _ended(self, failed: ast.expr, words: str, came: str = "") -> ast.stmt:
        said_so: ast.expr = ast.Constant(words[:300] if self.is_public else False)
        if self.is_public and came:
            shown = ast.Call(ast.Name("repr", ast.Load()), [ast.Name(came, ast.Load())], [])
            said_so = ast.BinOp(said_so, ast.Add(), shown)
        return ast.If(failed, [ast.Return(said_so)], [])


_NOTHING: Final = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
_CHECKING: Final = (ast.Assert, ast.Try, ast.With)


def written(tree: ast.Module, notebook: Notebook, *, is_public: bool, hidden: Iterable[int]) -> Written:
    """The test for one place; `hidden` are the rows of hidden tests. What sets up is in both. Raises LeftOutError."""
    rows = set(hidden)

    def is_hidden(node: ast.stmt) -> bool:
        return any(row in rows for row in range(node.lineno, (node.end_lineno or node.lineno) + 1))

    values = Values(notebook, own=_made_in(tree))
    part = _Part(is_public, values)
    wanted = [
        one for one in tree.body if (not is_hidden(one) if is_public else is_hidden(one) or not checks(one))
    ]
    body = part.statements(wanted)
    if part.checks and not part.asked:
        raise LeftOutError("nbgrader_no_assert", tree)
    source = _source([*body, ast.Return(ast.Constant(value=True))])
    raising = part.raising[0] if part.checks and len(part.raising) == part.checks else ""
    return Written(source, part.checks, frozenset(values.used), raising, part.samples)


def _source(body: list[ast.stmt]) -> str:
    return ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))


def checks(node: ast.stmt) -> bool:
    """Whether a statement asserts something, and does not only set something up."""
    return any(
        isinstance(one, _CHECKING) or (isinstance(one, ast.Call) and last_name(one.func) in ASSERTING)
        for one in ast.walk(node)
    )


def _made_in(tree: ast.Module) -> set[str]:
    """The names that a test makes: variables, and what it imports."""
    names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    imported = (
        one for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for one in node.names
    )
    return names | {(one.asname or one.name).partition(".")[0] for one in imported}


def _simple(made: ast.expr) -> ast.Call | None:
    """`is_same(call(…), …)`, which raises for no value that came back."""
    is_same = isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "is_same"
    if not is_same or not isinstance(made, ast.Call):
        return None
    first = made.args[0]
    return (
        made
        if isinstance(first, ast.Call) and isinstance(first.func, ast.Name) and first.func.id == "call"
        else None
    )


def _is_plain(made: ast.expr) -> bool:
    """Whether a check needs no name but those of every test."""
    return all(one.id in ("is_same", "call") for one in ast.walk(made) if isinstance(one, ast.Name))


def _asked_in(made: ast.expr) -> str:
    """The first of the learner's functions that is asked; "" for what only uses an answer."""
    calls = (one for one in ast.walk(made) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name))
    names = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "call")
    return next((str(name.value) for name in names if isinstance(name, ast.Constant)), "")


def _shown(call: ast.expr) -> ast.expr:
    """`call("f", 1)` as the learner knows it: `f(1)`."""
    assert isinstance(call, ast.Call)  # noqa: S101 - _simple has looked
    name = call.args[0]
    assert isinstance(name, ast.Constant)  # noqa: S101 - made by Values
    return ast.Call(ast.Name(str(name.value), ast.Load()), call.args[1:], [])
