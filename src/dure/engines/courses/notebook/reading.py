"""The cells of a notebook with nbgrader's metadata, read as a stranger's: bounded, and with every fault at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from dure.engines.faults import Fault, Faulty

MOST_BYTES: Final = 8 * 1024**2
MOST_CELLS, MOST_CHARACTERS, MOST_POINTS = 300, 64 * 1024, 100
SCHEMA: Final = 3
Role = Literal["given", "solution", "tests", "by_hand"]


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell with what nbgrader says of it; `number` counts from 1.

    `given` is what learners get as it is, `solution` what they write, `tests` what grades them, `by_hand` what a person grades.
    """

    number: int
    kind: Literal["code", "markdown"]
    text: str
    role: Role = "given"
    grade_id: str = ""
    points: float = 0

    @property
    def place(self) -> str:
        return f"cells[{self.number}]" + (f" ({self.grade_id})" if self.grade_id else "")


def read(content: bytes) -> tuple[NotebookCell, ...]:
    """The cells of code and text. Raises Faulty."""
    notebook = _notebook(content)
    faults: list[Fault] = list(_language(notebook))
    cells: list[NotebookCell] = []
    for number, found in enumerate(notebook["cells"], 1):
        if isinstance(found, dict) and found.get("cell_type") == "raw":
            continue
        cell, wrong = _cell(number, found)
        faults += wrong
        cells += [cell] if cell else []
    faults += _ids(cells)
    if not faults and not any(cell.grade_id for cell in cells):
        faults.append(Fault("nbgrader_no_metadata"))
    if faults:
        raise Faulty(faults)
    return tuple(cells)


def _notebook(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("nbgrader_too_large", {"limit": MOST_BYTES})])
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Faulty([Fault("nbgrader_broken")]) from error
    if not isinstance(found, dict) or found.get("nbformat") != 4 or not isinstance(found.get("cells"), list):
        raise Faulty([Fault("nbgrader_broken")])
    if len(found["cells"]) > MOST_CELLS:
        raise Faulty([Fault("nbgrader_too_many_cells", {"found": len(found["cells"]), "limit": MOST_CELLS})])
    return found


def _language(notebook: Mapping[str, Any]) -> Iterator[Fault]:
    kernel = _mapping(_mapping(notebook.get("metadata")).get("kernelspec"))
    language = str(kernel.get("language") or "python")[:40]
    if "python" not in language.lower():
        yield Fault("nbgrader_not_python", {"language": language})


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _cell(number: int, found: Any) -> tuple[NotebookCell | None, list[Fault]]:
    place = f"cells[{number}]"
    kind, text = _mapping(found).get("cell_type"), _text(_mapping(found).get("source"))
    if text is None or kind not in ("code", "markdown"):
        return None, [Fault("nbgrader_cell_broken", place=place)]
    if len(text) > MOST_CHARACTERS:
        return None, [Fault("nbgrader_cell_long", {"limit": MOST_CHARACTERS}, place=place)]
    marked = _mapping(_mapping(found.get("metadata")).get("nbgrader"))
    wrong = _marks(marked, place)
    if wrong or not any(marked.get(flag) is True for flag in ("grade", "solution", "locked", "task")):
        return NotebookCell(number, kind, text), wrong
    return NotebookCell(number, kind, text, _role(marked), _plain(marked["grade_id"]), _points(marked)), []


def _text(source: Any) -> str | None:
    """The source as text that every file takes: no NUL, no half of a pair; lines end with one sign."""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return _plain(source).replace("\r\n", "\n") if isinstance(source, str) else None


def _plain(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _marks(marked: Mapping[str, Any], place: str) -> list[Fault]:
    if not marked:
        return []
    if marked.get("schema_version") != SCHEMA:
        return [Fault("nbgrader_old", {"version": str(marked.get("schema_version", 1))[:10]}, place=place)]
    identity = marked.get("grade_id")
    if not isinstance(identity, str) or not identity.strip() or len(identity) > 200:
        return [Fault("nbgrader_no_id", place=place)]
    return []


def _role(marked: Mapping[str, Any]) -> Role:
    grade, solution = marked.get("grade") is True, marked.get("solution") is True
    if marked.get("task") is True or (grade and solution):
        return "by_hand"
    return "tests" if grade else "solution" if solution else "given"


def _points(marked: Mapping[str, Any]) -> float:
    found = marked.get("points", 0)
    if type(found) not in (int, float) or not found > 0:
        return 0
    return float(min(found, MOST_POINTS))


def _ids(cells: list[NotebookCell]) -> Iterator[Fault]:
    seen: set[str] = set()
    for cell in cells:
        if cell.grade_id and cell.grade_id in seen:
            yield Fault("nbgrader_id_twice", {"id": cell.grade_id[:80]}, place=f"cells[{cell.number}]")
        seen.add(cell.grade_id)
