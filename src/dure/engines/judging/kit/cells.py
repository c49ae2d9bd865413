"""Runs inside a sandbox: the cells of a lesson page, from the first to the one that was asked for.

`python cells.py FILE`. FILE holds a JSON list of sources. All run in one namespace; what the last prints is shown, and the value
of its last expression, as a notebook does it. A cell that raises ends it, with a traceback that begins in the cells.
"""

import ast
import contextlib
import io
import json
import sys
import traceback
from typing import Any


def main(path: str) -> int:
    """Run them all; 1 where one raised."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib starts slowly
        sources = json.load(file)
    space: dict[str, Any] = {"__name__": "__main__"}
    for number, source in enumerate(sources, 1):
        quiet = (
            contextlib.redirect_stdout(io.StringIO()) if number < len(sources) else contextlib.nullcontext()
        )
        try:
            with quiet:
                _run(source, f"<cell {number}>", space)
        except BaseException as error:  # noqa: BLE001 - whatever a stranger's program raises
            _tell(error)
            return 1
    return 0


def _run(source: str, name: str, space: dict[str, Any]) -> None:
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)  # noqa: S102 - what this sandbox is for
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), name, "eval"), space)  # noqa: S307 - same
        if value is not None:
            sys.stdout.write(f"{value!r}\n")


def _tell(error: BaseException) -> None:
    """The traceback without our own frames."""
    sys.stdout.flush()
    trace = error.__traceback__
    while trace is not None and not trace.tb_frame.f_code.co_filename.startswith("<cell"):
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
