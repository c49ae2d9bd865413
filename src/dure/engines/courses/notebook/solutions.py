"""Code cells as a lab's file has them: solutions between our markers, what only a notebook understands made comments."""

import ast
import io
import re
import textwrap
import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from dure.engines.courses.notebook.markers import SOLUTION, UnpairedError, regions
from dure.engines.courses.notebook.reading import NotebookCell
from dure.engines.faults import Fault, Faulty

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
_CELL_MARK: Final = re.compile(r"^# ?%%", re.MULTILINE)
_MAGIC: Final = re.compile(r"^\s*[%!]|^[\w.]+\?{1,2}\s*$")
_ABOUT_THE_CELL: Final = ("%%time", "%%timeit", "%%capture")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Code:
    """A code cell: its text as the lab gets it, the tree of that text, and what remains to be done."""

    cell: NotebookCell
    text: str
    tree: ast.Module
    remarks: tuple[Fault, ...] = ()

    @property
    def functions(self) -> dict[str, tuple[str, ...]]:
        """The functions that this cell makes, with the names of what they take."""
        return {
            one.name: tuple(given.arg for given in (*one.args.posonlyargs, *one.args.args))
            for one in self.tree.body
            if isinstance(one, ast.FunctionDef)
        }

    @property
    def is_solution(self) -> bool:
        return BEGIN in self.text


def code_of(cell: NotebookCell) -> Code:
    """The cell with its solution marked. Raises Faulty with the line that cannot be read."""
    text, remarks = _without_magic(cell)
    tree = parsed(text, cell)
    try:
        found = regions(text, SOLUTION)
    except UnpairedError as error:
        raise Faulty([Fault("nbgrader_markers", row=error.row, place=cell.place)]) from error
    if found:
        outside = any(not region.indent for region in found)
        marked = _marked(
            text, {one.first: one.indent for one in found}, {one.last: one.indent for one in found}
        )
    elif cell.role in ("solution", "by_hand"):
        marked, outside = _whole(text, tree)
    else:
        return Code(cell, text, tree, remarks)
    more = (Fault("nbgrader_outside", place=cell.place),) if outside else ()
    return Code(cell, marked, parsed(marked, cell), (*remarks, *more))


def parsed(text: str, cell: NotebookCell) -> ast.Module:
    """The tree of a cell's text. Raises Faulty."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        row = getattr(error, "lineno", None)
        raise Faulty([Fault("nbgrader_syntax", row=row, place=cell.place)]) from error


def _without_magic(cell: NotebookCell) -> tuple[str, tuple[Fault, ...]]:
    text = _CELL_MARK.sub("#  %%", cell.text)  # it would begin a new cell of the lab
    if cell.kind != "code" or _is_python(text):
        return text, ()
    lines = text.splitlines()
    whole = bool(lines) and lines[0].startswith("%%") and not lines[0].startswith(_ABOUT_THE_CELL)
    kept = [f"# {line}" if whole or _MAGIC.match(line) else line for line in lines]
    made = "\n".join(kept)
    return (made, (Fault("nbgrader_magic", place=cell.place),)) if made != "\n".join(lines) else (text, ())


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _marked(text: str, begins: dict[int, str], ends: dict[int, str]) -> str:
    """The lines of nbgrader's marks replaced by ours."""
    lines = text.splitlines()
    for row, indent in begins.items():
        lines[row - 1] = f"{indent}{BEGIN}"
    for row, indent in ends.items():
        lines[row - 1] = f"{indent}{END}"
    return "\n".join(lines)


def _whole(text: str, tree: ast.Module) -> tuple[str, bool]:
    """A solution without marks: the bodies of its functions are what learners write; says whether there is more than these."""
    bodies = [body for one in tree.body for body in _bodies(one)]
    outside = any(not isinstance(one, _QUIET) and not _is_said(one) for one in tree.body)
    if not bodies:
        return f"{BEGIN}\n{text}\n{END}", True
    lines = text.splitlines()
    for first, last, indent in sorted(bodies, reverse=True):
        first = _with_comments_above(lines, first)  # noqa: PLW2901 - the same place, further up
        lines[first - 1 : last] = [f"{indent}{BEGIN}", *lines[first - 1 : last], f"{indent}{END}"]
    return "\n".join(lines), outside


_QUIET: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def _is_said(node: ast.stmt) -> bool:
    """A text alone, or a call that shows something."""
    return isinstance(node, ast.Expr)


def _bodies(node: ast.stmt) -> Iterator[tuple[int, int, str]]:
    """First and last line of each function's body, and its indent; of a class those of its methods."""
    if isinstance(node, ast.ClassDef):
        yield from (body for one in node.body for body in _bodies(one))
    if not isinstance(node, Function):
        return
    body = node.body[1:] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body
    first = min(
        body[0].lineno, *(one.lineno for one in getattr(body[0], "decorator_list", ())), body[0].lineno
    )
    if first > node.lineno:
        yield first, body[-1].end_lineno or first, " " * body[0].col_offset


def _with_comments_above(lines: list[str], first: int) -> int:
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return first


def calls_guarded(code: Code, unsolved: Collection[str]) -> Code:
    """The cell with calls of what learners have yet to write caught, so that the rest of the lab is graded before they have."""
    first = next((one for one in code.tree.body if _calls(one, unsolved)), None)
    if first is None:
        return code
    rest = code.tree.body[code.tree.body.index(first) :]
    if not all(isinstance(one, ast.Expr) for one in rest) or _has_long_text(code.text):
        return _with(code, code.text, Fault("nbgrader_called", place=code.cell.place))
    lines = code.text.splitlines()
    at = first.lineno - 1
    caught = textwrap.indent("\n".join(lines[at:]), "    ")
    guarded = ["try:", caught, "except NotImplementedError:", '    print("...")']
    return _with(code, "\n".join([*lines[:at], *guarded]))


def _with(code: Code, text: str, *remarks: Fault) -> Code:
    return Code(code.cell, text, code.tree, (*code.remarks, *remarks))


def _calls(node: ast.stmt, unsolved: Collection[str]) -> bool:
    if isinstance(node, _QUIET):
        return False
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in unsolved
        for one in ast.walk(node)
    )


def _has_long_text(text: str) -> bool:
    """Whether a text runs over several lines: indenting would change it."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return True
    return any(one.type == tokenize.STRING and one.start[0] != one.end[0] for one in tokens)
