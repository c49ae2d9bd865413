"""A lab's file as cells, and the same without its solutions. Percent format; see docs/reference/course-folder."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

_MARK: Final = re.compile(r"^# %%(?:\s+\[(?P<kind>markdown)\])?(?:\s+lang=\"(?P<lang>ko|en)\")?\s*$")
_BEGIN: Final = re.compile(r"^(\s*)# BEGIN SOLUTION\s*$")
_END: Final = re.compile(r"^\s*# END SOLUTION\s*$")


class UnclosedError(ValueError):
    """A solution that begins and does not end, or the other way round; `row` is its line."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass(frozen=True, slots=True)
class Cell:
    """Code or Markdown; `language` is empty for what both read."""

    kind: Literal["code", "markdown"]
    text: str
    language: str = ""


def cells_of(source: str, language: str = "") -> tuple[Cell, ...]:
    """The cells of a file, empty ones left out; with a language only those that its readers see."""
    cells: list[Cell] = []
    kind, lang, lines = "code", "", []
    for line in [*source.splitlines(), "# %%"]:
        mark = _MARK.match(line)
        if not mark:
            lines.append(line)
            continue
        text = "\n".join(lines).strip("\n")
        if text.strip() and (not language or lang in ("", language)):
            cells.append(_cell(kind, text, lang))
        kind, lang, lines = mark["kind"] or "code", mark["lang"] or "", []
    return tuple(cells)


def _cell(kind: str, text: str, language: str) -> Cell:
    if kind == "code":
        return Cell("code", text, language)
    return Cell("markdown", "\n".join(re.sub(r"^# ?", "", line) for line in text.splitlines()), language)


def without_solutions(source: str) -> str:
    """The file as learners get it. Raises UnclosedError."""
    kept: list[str] = []
    began = 0
    for row, line in enumerate(source.splitlines(), 1):
        opened = _BEGIN.match(line)
        if opened and not began:
            began = row
            kept += [f"{opened[1]}# YOUR CODE HERE", f"{opened[1]}raise NotImplementedError"]
        elif _END.match(line) and began:
            began = 0
        elif opened or _END.match(line):
            raise UnclosedError(row)
        elif not began:
            kept.append(line)
    if began:
        raise UnclosedError(began)
    return "\n".join(kept) + "\n"


def has_solutions(source: str) -> bool:
    """Whether a solution begins anywhere in the file."""
    return any(_BEGIN.match(line) for line in source.splitlines())


def program_of(cells: Iterable[str]) -> str:
    """Code cells as the program that is graded."""
    return "\n\n".join(cell.strip("\n") for cell in cells) + "\n"


def code_of(cells: Sequence[Cell]) -> str:
    """The program in a file's cells."""
    return program_of(cell.text for cell in cells if cell.kind == "code")
