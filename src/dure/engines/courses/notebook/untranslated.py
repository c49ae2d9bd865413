"""Where a course folder still has words in one language only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dure.engines.courses.folder import Folder
from dure.engines.courses.notebook.texts import MARKS
from dure.engines.faults import Fault

_READ: Final = (".yaml", ".md", "/lab.py")


def untranslated(root: Path) -> Iterator[Fault]:
    """One for each file and language: no fault of the folder, and something that its author has still to do."""
    folder = Folder(root)
    for name in folder.names:
        text = (folder.text(name) or "") if name.endswith(_READ) else ""
        for mark in MARKS.values():
            if mark in text:
                yield Fault("course_untranslated", {"mark": mark, "count": text.count(mark)}, place=name)
