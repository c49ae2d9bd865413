"""Runs inside the sandbox of a code submission: loads its program and calls `predict(inputs, output)` with two folders.

`python predicting.py PROGRAM INPUTS OUTPUT`. PROGRAM is a Python file or a notebook, of which the code cells run in their order.
What `predict` returns, if it is a table (pandas or polars), is written as `predictions.csv`.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


def main(program: str, inputs: str, output: str) -> None:
    """Load the program, call its `predict`, keep the table that it returns."""
    path = Path(program)
    os.chdir(path.parent)
    sys.path.insert(0, str(path.parent))
    space: dict[str, Any] = {"__name__": "submission", "__file__": program}
    exec(compile(_source(path), program, "exec"), space)  # noqa: S102 - what this sandbox is for
    _keep(space["predict"](Path(inputs), Path(output)), Path(output) / "predictions.csv")


def _source(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text if path.suffix != ".ipynb" else source_of(json.loads(text))


def source_of(notebook: dict[str, Any]) -> str:
    """The code cells of a notebook (nbformat 4) as one program; lines for the notebook itself (%, !) and cell magics go."""
    cells = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
    sources = ["".join(cell.get("source", [])) for cell in cells]
    return "\n\n".join(_plain(source) for source in sources if not source.lstrip().startswith("%%"))


def _plain(source: str) -> str:
    return "\n".join(_kept(line) for line in source.splitlines())


def _kept(line: str) -> str:
    """A line for the notebook becomes `pass` at its place, so that the block around it and the line numbers stay."""
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + "pass" if bare.startswith(("%", "!")) else line


def _keep(returned: Any, path: Path) -> None:
    if hasattr(returned, "to_csv"):
        returned.to_csv(path, index=False)
    elif hasattr(returned, "write_csv"):
        returned.write_csv(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
