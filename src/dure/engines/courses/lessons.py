"""A lesson's text as blocks: CommonMark between blocks that start and end with three colons."""

import re
from collections.abc import Iterator
from typing import Final

from dure.engines.courses.values import Block
from dure.engines.faults import Fault

_HOLDS_TEXT: Final = ("note", "warning", "try")
_OPEN: Final = re.compile(r"^:::\s*(\S+)\s*(.*)$")
_CLOSE: Final = re.compile(r"^:::\s*$")
_FENCE: Final = re.compile(r"^\s{0,3}(```+|~~~+)")
_FIGURE: Final = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


def blocks_of(text: str, *, place: str) -> tuple[tuple[Block, ...], list[Fault]]:
    """The blocks of a lesson in their order, and what is wrong with it."""
    reader = _Reader(place)
    for row, line in enumerate(text.splitlines(), 1):
        reader.take(row, line)
    return reader.finished()


def figures_in(block: Block) -> Iterator[tuple[str, str]]:
    """The words and the path of each figure of a block."""
    yield from (match.groups() for match in _FIGURE.finditer(block.text))  # type: ignore[misc]  # two groups


class _Reader:
    """Line by line: within fenced code nothing is a block."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._blocks: list[Block] = []
        self._faults: list[Fault] = []
        self._lines: list[str] = []
        self._began, self._kind, self._rest, self._fence = 1, "text", "", ""

    def take(self, row: int, line: str) -> None:
        if not self._fence and _CLOSE.match(line) and self._kind != "text":
            self._end()
            self._start(row + 1, "text", "")
        elif not self._fence and (opened := _OPEN.match(line)):
            self._open(row, opened[1], opened[2].strip())
        else:
            self._look_at_fence(line)
            self._lines.append(line)

    def finished(self) -> tuple[tuple[Block, ...], list[Fault]]:
        if self._kind != "text":
            self._fault("lesson_block_open", self._began)
        self._end()
        return tuple(self._blocks), self._faults

    def _open(self, row: int, kind: str, rest: str) -> None:
        if self._kind != "text":
            self._fault("lesson_block_nested", row)
        self._end()
        self._start(row, kind, rest)

    def _start(self, row: int, kind: str, rest: str) -> None:
        self._began, self._kind, self._rest, self._lines = row, kind, rest, []

    def _look_at_fence(self, line: str) -> None:
        found = _FENCE.match(line)
        if not found:
            return
        if not self._fence:
            self._fence = found[1]
        elif found[1].startswith(self._fence):
            self._fence = ""

    def _end(self) -> None:
        text = "\n".join(self._lines).strip("\n")
        if self._kind == "text" or self._kind in _HOLDS_TEXT:
            if text.strip():
                self._blocks.append(Block(kind=self._kind, text=text, row=self._began))  # type: ignore[arg-type]  # one of the kinds
        elif self._kind in ("quiz", "lab"):
            self._blocks.append(Block(kind=self._kind, text=self._rest, row=self._began))  # type: ignore[arg-type]  # same
        elif self._kind == "video":
            self._film()
        else:
            self._fault("lesson_block_unknown", self._began, kind=self._kind)

    def _film(self) -> None:
        url, _bar, rest = (part.strip() for part in self._rest.partition("|"))
        title, _bar, captions = (part.strip() for part in rest.partition("|"))
        captions = captions.removeprefix("captions:").strip()
        if not (url.startswith("https://") and title and captions.startswith("https://")):
            self._fault("lesson_film_unfit", self._began)
            return
        self._blocks.append(Block(kind="video", text=title, url=url, captions=captions, row=self._began))

    def _fault(self, code: str, row: int, **params: str) -> None:
        self._faults.append(Fault(code, params, row=row, place=self._place))
