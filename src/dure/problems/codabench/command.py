"""The command of a program: words to start, never a shell line; the words of version 1 are replaced."""

import re
import shlex
from typing import Any, Final

from dure.problems.codabench.fields import UNSTORABLE
from dure.problems.codabench.limits import Limits
from dure.problems.codabench.model import Files, Program, Role
from dure.problems.codabench.notes import Notes
from dure.problems.codabench.shelf import Shelf
from dure.problems.codabench.texts import decoded
from dure.problems.codabench.yaml_safe import load_yaml

_SAME_FOR_ALL: Final = {
    "output": "/app/output",
    "tmp": "/app/output",
    "ingestion_program": "/app/program",
    "submission_program": "/app/ingested_program",
    "hidden": "/app/input/ref",
    "shared": "/app/shared",
}
_BY_ROLE: Final[dict[Role, dict[str, str]]] = {
    "scoring": {"input": "/app/input", "program": "/app/program", "predictions": "/app/input/res"},
    "ingestion": {"input": "/app/input_data", "program": "/app/program", "predictions": "/app/output"},
    "ingestion_during_scoring": {
        "input": "/app/input_data",
        "program": "/app/ingestion_program",
        "predictions": "/app/output",
    },
    "submission": {"input": "/app/input", "program": "/app/program", "predictions": "/app/output"},
}
_WORD: Final = re.compile(
    r"\$(ingestion_program|submission_program|predictions|program|input|output|hidden|shared|tmp)(?!\w)"
)
_SHELL: Final = re.compile(r"[;|&<>`]|\$\(")
_COMMAND_LINE: Final = re.compile(r"^command\s*:\s*(.+)$", re.MULTILINE)


def command_words(command: str, *, role: Role) -> tuple[str, ...]:
    """The words of a command in either dialect, for a program in a role. ValueError where a quote is left open.

    Nothing is expanded but the words of version 1, such as `$input`; the result goes to exec and never to a
    shell.
    """
    meaning = {**_SAME_FOR_ALL, **_BY_ROLE[role]}
    return tuple(_WORD.sub(lambda match: meaning[match[1]], word) for word in shlex.split(command))


def read_program(files: Files, *, role: Role, shelf: Shelf, place: str) -> Program:
    """A program with the command of its metadata file; without one it is a program that cannot be started, and said."""
    if not files.is_here:
        return Program(role, files)
    found = shelf.metadata(files)
    if found is None:
        shelf.notes.warn("program_without_metadata", place, path=files.path)
        return Program(role, files)
    entry, raw = found
    if "/" in entry.path:
        shelf.notes.warn("program_in_folder", place, path=entry.path)
    command, description = _metadata(raw, limits=shelf.limits, notes=shelf.notes, place=place)
    if not command:
        shelf.notes.warn("program_without_command", place, path=entry.path)
        return Program(role, files, description=description)
    return _program(files, role, command, description, notes=shelf.notes, place=place)


def _metadata(raw: bytes, *, limits: Limits, notes: Notes, place: str) -> tuple[str, str]:
    text = decoded(raw, place=place, notes=notes)
    probe = Notes()
    value = load_yaml(text, limits=limits, notes=probe, place=place)
    notes.warnings.extend(probe.warnings)
    if isinstance(value, dict) and isinstance(value.get("command"), str | None):
        return _line(value.get("command")), _line(value.get("description"))
    match = _COMMAND_LINE.search(text)
    notes.warn("metadata_not_yaml", place)
    return (_line(match[1]) if match else ""), ""


def _line(value: Any) -> str:
    """A value as text that a process and a database take: a NUL or half a surrogate pair stops both."""
    return UNSTORABLE.sub("", str(value)).strip() if isinstance(value, str | int | float) else ""


def _program(
    files: Files, role: Role, command: str, description: str, *, notes: Notes, place: str
) -> Program:
    try:
        words = command_words(command, role=role)
    except ValueError:
        notes.warn("command_quote_open", place, command=command[:200])
        words = ()
    is_legacy = _WORD.search(command) is not None
    if is_legacy:
        notes.warn("command_legacy_words", place, command=command[:200])
    if _SHELL.search(command):
        notes.warn("command_shell_signs", place, command=command[:200])
    if any("$" in word for word in words):
        notes.warn("command_word_unknown", place, command=command[:200])
    return Program(role, files, command, words, description, is_legacy)
