"""The lines between nbgrader's BEGIN and END."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SOLUTION: Final = "SOLUTION"
HIDDEN: Final = "HIDDEN TESTS"


class UnpairedError(ValueError):
    """BEGIN without END, or the other way round; `row` is its line."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass(frozen=True, slots=True)
class Region:
    """From the line of BEGIN to that of END, both counted from 1; `indent` is that of BEGIN."""

    first: int
    last: int
    indent: str


def regions(text: str, word: str) -> tuple[Region, ...]:
    """The regions of a cell that `word` names. Raises UnpairedError."""
    return tuple(_regions(text, word))


def _regions(text: str, word: str) -> Iterator[Region]:
    mark = re.compile(rf"^(?P<indent>\s*)#+\s*(?P<end>BEGIN|END) {word}\b")
    began: Region | None = None
    for row, line in enumerate(text.splitlines(), 1):
        found = mark.match(line)
        if not found:
            continue
        if (found["end"] == "BEGIN") != (began is None):
            raise UnpairedError(row)
        if began is None:
            began = Region(row, row, found["indent"])
        else:
            yield Region(began.first, row, began.indent)
            began = None
    if began:
        raise UnpairedError(began.first)
