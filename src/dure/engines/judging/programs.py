"""Reads a code submission before it costs anything: what is to be started, or every fault at once. Nothing of it is run here.

Runs in the limited child. A program is a Python file or a notebook that defines `predict(inputs, output)`, or a zip (or tar) with
one of them, or with a `metadata.yaml` that names a `command`.
"""

import ast
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import yaml

from dure.engines import sandbox
from dure.engines.faults import Fault, Faulty
from dure.engines.judging.kit.predicting import source_of
from dure.engines.judging.packing import pack_folder

PREDICT: Final = "predict"
ENTRIES: Final = ("predict.py", "predict.ipynb")
METADATA: Final = ("metadata.yaml", "metadata.yml", "metadata")
MOST_BYTES, MOST_ENTRIES = 512 * 1024**2, 10_000
MOST_SOURCE: Final = 4 * 1024**2
Kind = Literal["archive", "python", "notebook"]


def inspect(*, path: str, filename: str) -> dict[str, Any]:
    """What a file handed in is: `kind` (archive, python, notebook), `entry` to call `predict` in or `command` to start, `folder`.

    `folder` is the one that holds everything else in an archive, or "". Raises Faulty.
    """
    given = Path(path)
    if _is_archive(given):
        return _archive(given)
    if filename.lower().endswith(".ipynb"):
        _demand_predict(_notebook(given, filename), filename)
        return {"kind": "notebook", "entry": ENTRIES[1], "command": "", "folder": ""}
    if filename.lower().endswith(".py"):
        _demand_predict(_text(given, filename), filename)
        return {"kind": "python", "entry": ENTRIES[0], "command": "", "folder": ""}
    raise Faulty([Fault("program_unknown")])


def _is_archive(given: Path) -> bool:
    with given.open("rb") as stream:
        start = stream.read(512)
    return start.startswith((b"PK", b"\x1f\x8b")) or start[257:262] == b"ustar"


def _archive(given: Path) -> dict[str, Any]:
    with TemporaryDirectory() as above:
        folder = Path(above, "program")
        names = sandbox.unpack(given, folder, max_bytes=MOST_BYTES, max_entries=MOST_ENTRIES)
        inner = _common_folder(names)
        return {"kind": "archive", "folder": inner, **_start(folder / inner)}


def _common_folder(names: tuple[str, ...]) -> str:
    """The folder that holds all there is: who packs a folder means its content. What macOS adds does not count."""
    tops = {name.split("/")[0] for name in names if not name.startswith("__MACOSX/")}
    is_folder = len(tops) == 1 and all("/" in name for name in names)
    return tops.pop() if is_folder else ""


def _start(folder: Path) -> dict[str, str]:
    for name in METADATA:
        if (folder / name).is_file():
            return {"entry": "", "command": _command(folder / name, name)}
    if (folder / ENTRIES[0]).is_file():
        _demand_predict(_text(folder / ENTRIES[0], ENTRIES[0]), ENTRIES[0])
        return {"entry": ENTRIES[0], "command": ""}
    notebooks = sorted(folder.glob("*.ipynb"))
    if len(notebooks) == 1:
        _demand_predict(_notebook(notebooks[0], notebooks[0].name), notebooks[0].name)
        return {"entry": notebooks[0].name, "command": ""}
    raise Faulty([Fault("program_without_start")])


def _command(path: Path, name: str) -> str:
    try:
        found = yaml.safe_load(_text(path, name))
    except yaml.YAMLError as error:
        raise Faulty([Fault("metadata_broken", place=name)]) from error
    command = found.get("command") if isinstance(found, dict) else None
    if not isinstance(command, str) or not command.strip():
        raise Faulty([Fault("metadata_without_command", place=name)])
    return " ".join(command.split())


def _text(path: Path, name: str) -> str:
    if path.stat().st_size > MOST_SOURCE:
        raise Faulty([Fault("source_too_large", {"limit": MOST_SOURCE}, place=name)])
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Faulty([Fault("source_not_utf8", place=name)]) from error


def _notebook(path: Path, name: str) -> str:
    try:
        return source_of(json.loads(_text(path, name)))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Faulty([Fault("notebook_broken", place=name)]) from error


def _demand_predict(source: str, name: str) -> None:
    """Refuse what Python cannot read, and what never names `predict`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        raise Faulty([Fault("source_syntax", {"line": line or 0}, place=name)]) from error
    if PREDICT not in {bound for statement in tree.body for bound in _bound(statement)}:
        raise Faulty([Fault("no_predict", place=name)])


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module gives a meaning to, also inside its branches."""
    found: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).split(".")[0])
    return found


def take_scorer(*, path: str, out: str) -> dict[str, str]:
    """Read a host's program and write it anew to `out`, without a folder around it: its `command` from metadata.yaml.

    Raises Faulty.
    """
    with TemporaryDirectory() as above:
        folder = Path(above, "program")
        names = sandbox.unpack(Path(path), folder, max_bytes=MOST_BYTES, max_entries=MOST_ENTRIES)
        inner = folder / _common_folder(names)
        name = next((name for name in METADATA if (inner / name).is_file()), None)
        if name is None:
            raise Faulty([Fault("program_without_metadata_file")])
        command = _command(inner / name, name)
        pack_folder(inner, Path(out))
    return {"command": command}


def take_files(*, path: str, out: str) -> dict[str, int]:
    """Read an archive of files (reference data, results) and write it anew to `out`; how many files it has. Raises Faulty."""
    with TemporaryDirectory() as above:
        folder = Path(above, "files")
        names = sandbox.unpack(Path(path), folder, max_bytes=MOST_BYTES, max_entries=MOST_ENTRIES)
        if not names:
            raise Faulty([Fault("archive_empty")])
        pack_folder(folder, Path(out))
    return {"files": len(names)}


def take_results(*, path: str, out: str) -> dict[str, int]:
    """The same for what a team hands in to be scored by a program; 0 files for one that is no archive, and is taken as it is."""
    return take_files(path=path, out=out) if _is_archive(Path(path)) else {"files": 0}
