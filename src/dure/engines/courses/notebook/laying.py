"""The tests of a lab from the test cells of a notebook: which are public, which hidden, what they are worth."""

import ast
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from dure.engines.courses.notebook import texts
from dure.engines.courses.notebook.helpers import HELPERS, HINT, NEEDS
from dure.engines.courses.notebook.markers import HIDDEN, UnpairedError, regions
from dure.engines.courses.notebook.reading import NotebookCell
from dure.engines.courses.notebook.solutions import Code, parsed
from dure.engines.courses.notebook.tests_of import Written, checks, written
from dure.engines.courses.notebook.values import LeftOutError, Notebook
from dure.engines.faults import Fault, Faulty


class TestFile(StrEnum):
    """Where a test stands."""

    __test__ = False  # pytest would take it for one of its own

    PUBLIC = "public"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class _Test:
    id: str
    cell: NotebookCell
    where: TestFile
    points: int
    title: Mapping[str, str]
    written: Written


@dataclass(slots=True)
class Tests:
    """All tests of a lab, and what could not be taken over."""

    __test__ = False  # same

    notebook: Notebook
    language: str
    tests: list[_Test] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def listed(self) -> list[dict[str, Any]]:
        """As lab.yaml lists them."""
        return [
            {
                "id": one.id,
                "in": one.where.value,
                "points": one.points,
                "title": dict(one.title),
                **({"hint": HINT} if one.where == TestFile.HIDDEN else {}),
            }
            for one in self.tests
        ]

    def source(self, where: TestFile) -> str:
        """The file of one place."""
        chosen = [one for one in self.tests if one.where == where]
        used = {name for one in chosen for name in one.written.used}
        head = '"""Made from the tests of a notebook: each asks the learner\'s functions, and never meets their code."""'
        imports = sorted({self.notebook.imports[name] for name in used if name in self.notebook.imports})
        constants = [
            f"{name} = {self.notebook.constants[name]}"
            for name in sorted(used & set(self.notebook.constants))
        ]
        helpers = [HELPERS[name] for name in HELPERS if name in used]
        judge = ", ".join(sorted({"call", *(word for one in used for word in NEEDS.get(one, ()))}))
        kit = [
            *(["from comparing import is_same"] if "is_same" in used else []),
            f"from judge import {judge}",
        ]
        functions = [f"def {one.id}() -> bool | str:\n{_indented(one.written.body)}" for one in chosen]
        top = "\n".join([*imports, *kit])
        return (
            "\n\n\n".join(
                filter(
                    None, ["\n\n".join(filter(None, [head, top, "\n".join(constants)])), *helpers, *functions]
                )
            )
            + "\n"
        )


def tests_of(cells: Sequence[NotebookCell], codes: Sequence[Code], language: str) -> Tests:
    """The tests that a notebook's test cells become. Raises Faulty where no lab can be made of them."""
    found = Tests(_notebook_of(codes), language)
    for cell in cells:
        _take(found, cell, _hidden_rows(cell))
    _ground(found)
    if not found.tests:
        raise Faulty([*found.remarks, Fault("nbgrader_no_tests")])
    if not any(one.where == TestFile.HIDDEN for one in found.tests):
        _hide_last(found)
    if not any(one.where == TestFile.PUBLIC for one in found.tests):
        raise Faulty([*found.remarks, Fault("lab_no_public")])
    return found


def _notebook_of(codes: Sequence[Code]) -> Notebook:
    solutions = [code for code in codes if code.is_solution]
    functions = {name: given for code in solutions for name, given in code.functions.items()}
    constants, imports = dict[str, str](), dict[str, str]()
    for code in codes:
        for node in code.tree.body:
            imports |= _imports(node)
            constants |= {} if code.is_solution else _constants(node)
    learners = {name for code in solutions for node in code.tree.body for name in _assigned(node)}
    return Notebook(functions, constants, imports, learners)


def _imports(node: ast.stmt) -> dict[str, str]:
    if not isinstance(node, ast.Import | ast.ImportFrom) or any(one.name == "*" for one in node.names):
        return {}
    if isinstance(node, ast.ImportFrom) and node.level:
        return {}
    return {(one.asname or one.name).partition(".")[0]: ast.unparse(node) for one in node.names}


def _constants(node: ast.stmt) -> dict[str, str]:
    """Names that a given cell makes of values written out."""
    if (
        not isinstance(node, ast.Assign)
        or len(node.targets) != 1
        or not isinstance(node.targets[0], ast.Name)
    ):
        return {}
    try:
        ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return {}
    return {node.targets[0].id: ast.unparse(node.value)}


def _assigned(node: ast.stmt) -> set[str]:
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return names | ({node.name} if isinstance(node, ast.ClassDef) else set())


def _hidden_rows(cell: NotebookCell) -> list[int]:
    try:
        return [row for one in regions(cell.text, HIDDEN) for row in range(one.first, one.last + 1)]
    except UnpairedError as error:
        raise Faulty([Fault("nbgrader_markers", row=error.row, place=cell.place)]) from error


def _take(found: Tests, cell: NotebookCell, hidden: Iterable[int]) -> None:
    """Add the tests of one cell, or the reason why there are none."""
    tree = parsed(cell.text, cell)
    rows = list(hidden)
    try:
        made = {
            where: written(tree, found.notebook, is_public=where == TestFile.PUBLIC, hidden=rows)
            for where in TestFile
        }
    except LeftOutError as left:
        found.remarks.append(Fault(left.code, left.params, row=left.row, place=cell.place))
        return
    there = [where for where in TestFile if made[where].checks]
    if not there:
        found.remarks.append(Fault("nbgrader_no_assert", place=cell.place))
        return
    worth = _worth(cell, there)
    for where in there:
        name = _id_of(cell.grade_id, where, {one.id for one in found.tests})
        found.tests.append(
            _Test(name, cell, where, worth[where], _title(tree, cell, found.language), made[where])
        )
    if cell.points != sum(worth.values()):
        params: dict[str, str | int] = {"was": f"{cell.points:g}", "are": sum(worth.values())}
        found.remarks.append(Fault("nbgrader_points", params, place=cell.place))


def _ground(found: Tests) -> None:
    """A test that wants errors alone is passed by whoever always raises: it asks for a value first, as another test does."""
    samples = {name: check for one in reversed(found.tests) for name, check in one.written.samples.items()}
    public = {
        name: check
        for one in reversed(found.tests)
        if one.where == TestFile.PUBLIC
        for name, check in one.written.samples.items()
    }
    kept = []
    for one in found.tests:
        known = public if one.where == TestFile.PUBLIC else samples | public
        if not one.written.raising:
            kept.append(one)
        elif sample := known.get(one.written.raising):
            written = replace(
                one.written, body=f"{sample}\n{one.written.body}", used=one.written.used | {"is_same"}
            )
            kept.append(replace(one, written=written))
        else:
            found.remarks.append(Fault("nbgrader_only_errors", place=one.cell.place))
    found.tests[:] = kept


def _worth(cell: NotebookCell, there: Sequence[TestFile]) -> dict[TestFile, int]:
    """A cell's points: one for its public part and the rest for the hidden one; each at least one."""
    whole = max(1, round(cell.points))
    if len(there) == 1:
        return {there[0]: whole}
    return {TestFile.PUBLIC: 1, TestFile.HIDDEN: max(1, whole - 1)}


def _title(tree: ast.Module, cell: NotebookCell, language: str) -> dict[str, str]:
    """The text at the top of the cell in one line, or its grade_id, which is of no language."""
    words = " ".join((ast.get_docstring(tree) or "").split())[:120]
    name = re.sub(r"[_\s-]+", " ", cell.grade_id).strip()[:120] or "test"
    return texts.both(words, language) if words else {"ko": name, "en": name}


def _id_of(grade_id: str, where: TestFile, taken: set[str]) -> str:
    bare = re.sub(r"[^a-z0-9]+", "_", grade_id.lower()).strip("_")[:40] or "cell"
    name = bare if bare.startswith("test") and not keyword.iskeyword(bare) else f"test_{bare}"
    name = f"{name}_hidden" if where == TestFile.HIDDEN else name
    number, made = 2, name
    while made in taken:
        number, made = number + 1, f"{name}_{number}"
    return made


def _hide_last(found: Tests) -> None:
    """Make the last assertion that was taken over a hidden test: a lab needs one."""
    cell = found.tests.pop().cell
    found.remarks = [one for one in found.remarks if one.place != cell.place]  # it is taken anew
    claims = [one for one in parsed(cell.text, cell).body if checks(one)]
    if len(claims) > 1:
        _take(found, cell, range(claims[-1].lineno, (claims[-1].end_lineno or claims[-1].lineno) + 1))
    elif found.tests:
        _take(found, cell, range(1, len(cell.text.splitlines()) + 1))
    else:
        raise Faulty([*found.remarks, Fault("nbgrader_one_test")])
    found.remarks.append(Fault("nbgrader_hidden_made", place=cell.place))


def _indented(body: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in body.splitlines())
