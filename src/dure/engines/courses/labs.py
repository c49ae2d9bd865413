"""A lab's files: what must hold of them."""

import ast
from typing import Any, Final

from dure.engines.courses import cells
from dure.engines.courses.folder import Folder
from dure.engines.courses.validating import validated
from dure.engines.courses.values import Lab

FILES: Final = {"public": "public.py", "hidden": "hidden.py"}


def read(folder: Folder, place: str) -> Lab | None:
    """The lab in the folder `place`, with its faults in `folder`."""
    found = folder.mapping(f"{place}/lab.yaml")
    if found is None:
        return None
    lab, faults = validated(Lab, dict(found) | {"source": ""}, place=f"{place}/lab.yaml")
    folder.faults += faults
    source = _source(folder, f"{place}/lab.py")
    for where in FILES:
        _tests(folder, place, where, lab)
    if lab is None:
        return None
    _listing(folder, f"{place}/lab.yaml", lab)
    return lab.model_copy(update={"source": source})


def _source(folder: Folder, name: str) -> str:
    """lab.py, which must be read by Python with and without its solutions."""
    source = folder.text(name)
    if source is None:
        return ""
    if not cells.has_solutions(source):
        folder.fault("lab_no_solution", name)
    try:
        stub = cells.without_solutions(source)
    except cells.UnclosedError as error:
        folder.fault("lab_solution_unclosed", name, row=error.row)
        return source
    if _tree(folder, name, source) is not None:
        _tree(folder, name, stub)
    spoken = [cell.language for cell in cells.cells_of(source)]
    if spoken.count("ko") != spoken.count("en"):
        folder.fault("lab_languages_differ", name)
    return source


def _tree(folder: Folder, name: str, source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        folder.fault("lab_syntax", name, row=getattr(error, "lineno", None))
        return None


def _tests(folder: Folder, place: str, where: str, lab: Lab | None) -> None:
    """Each declared test has its function, and each function that looks like a test is declared."""
    name = f"{place}/{FILES[where]}"
    source = folder.text(name)
    tree = _tree(folder, name, source) if source is not None else None
    if tree is None or lab is None:
        return
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not _wants(node)}
    declared = {test.id for test in lab.of(where)}
    for missing in sorted(declared - functions):
        folder.fault("lab_test_missing", f"{name}: {missing}")
    public = {name for name in functions if not name.startswith("_")}
    for more in sorted(public - declared):
        folder.fault("lab_test_undeclared", name, test=more)


def _wants(function: ast.FunctionDef) -> bool:
    given: Any = function.args
    return bool(given.args or given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg)


def _listing(folder: Folder, place: str, lab: Lab) -> None:
    if (lab.tier == "gpu") != bool(lab.accelerators):
        folder.fault("lab_accelerators", f"{place}: accelerators")
    seen: set[str] = set()
    for at, test in enumerate(lab.tests, 1):
        if test.id in seen:
            folder.fault("lab_test_twice", f"{place}: tests[{at}].id")
        seen.add(test.id)
        if test.where == "hidden" and test.hint is None:
            folder.fault("lab_no_hint", f"{place}: tests[{at}].hint")
    for where, code in (("public", "lab_no_public"), ("hidden", "lab_no_hidden")):
        if not lab.of(where):
            folder.fault(code, place)
