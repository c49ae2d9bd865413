"""Labs as notebooks: out with the learner's code, in with the code cells of one that was worked on elsewhere."""

import io
import json
from typing import IO, Any, Final

from django.http import FileResponse

from dure.engines.faults import Fault, Faulty
from dure.learn.queries.labs import LabView

MOST_BYTES: Final = 4 * 1024**2


def download(lab: LabView, *, name: str) -> FileResponse:
    """An .ipynb (nbformat 4.5) with the lab's cells."""
    content = json.dumps(_notebook(lab), ensure_ascii=False, indent=1).encode()
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=f"{name}.ipynb")
    response["Content-Type"] = "application/x-ipynb+json"
    return response


def _notebook(lab: LabView) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [
        {
            "cell_type": cell.kind,
            "id": f"cell-{at}",
            "metadata": {},
            "source": cell.text.splitlines(keepends=True),
            **({"execution_count": None, "outputs": []} if cell.kind == "code" else {}),
        }
        for at, cell in enumerate(lab.cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def code_cells(stream: IO[bytes]) -> list[str]:
    """The code cells of a notebook, those that only test (nbgrader's `grade`) left out. Raises Faulty."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("file_too_large", {"limit": MOST_BYTES})])
    try:
        cells = json.loads(content)["cells"]
        return [_source(cell) for cell in cells if cell["cell_type"] == "code" and not _is_test(cell)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Faulty([Fault("notebook_broken")]) from error


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))


def _is_test(cell: dict[str, Any]) -> bool:
    grader = cell.get("metadata", {}).get("nbgrader", {})
    return bool(grader.get("grade")) and not grader.get("solution")
