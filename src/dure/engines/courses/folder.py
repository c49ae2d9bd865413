"""The files of a course folder, read with bounds. Names and sizes are looked at before anything is opened."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dure.engines.bounded_yaml import Bounds, load
from dure.engines.faults import Fault

MIB: Final = 1024**2
MOST_FILES, MOST_BYTES, MOST_TEXT = 2000, 64 * MIB, MIB // 2
_NAME: Final = re.compile(r"^[a-z0-9_][a-z0-9_.-]*$")
_IN_UNIT: Final = re.compile(
    r"^(unit\.yaml|lesson\.(ko|en)\.md|quiz\.yaml|README\.md|figures/[^/]+\.(svg|png|jpg|webp)"
    r"|lab/(lab\.yaml|lab\.py|public\.py|hidden\.py|(data|hidden_data)/.+))$"
)
_ON_TOP: Final = re.compile(r"^(course\.yaml|README\.md|LICEN[CS]E[a-zA-Z.]*)$")


class Folder:
    """A course folder and the faults found in it so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.names = self._listed()

    def fault(self, code: str, place: str, *, row: int | None = None, **params: str | int) -> None:
        self.faults.append(Fault(code, params, row=row, place=place))

    def has(self, name: str) -> bool:
        return name in self.names

    def within(self, folder: str) -> list[str]:
        """The files below a folder, in order."""
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def text(self, name: str) -> str | None:
        """The text of a file; None, with a fault, for one that is missing, too large or no UTF-8."""
        if not self.has(name):
            self.fault("course_file_missing", name)
            return None
        content = (self.root / name).read_bytes()
        if len(content) > MOST_TEXT:
            self.fault("course_file_too_large", name, limit=MOST_TEXT)
            return None
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.fault("course_file_not_utf8", name)
            return None

    def mapping(self, name: str) -> Mapping[str, Any] | None:
        """The mapping in a YAML file; None with a fault."""
        text = self.text(name)
        if text is None:
            return None
        loaded = load(text, Bounds())
        if loaded.fault is not None:
            self.fault(loaded.fault.code, name, row=loaded.fault.row, **_whole(loaded.fault.params))
            return None
        for key, row in loaded.doubled:
            self.fault("course_key_twice", name, row=row, key=key[:80])
        if not isinstance(loaded.value, dict):
            self.fault("course_not_mapping", name)
            return None
        return loaded.value

    def _listed(self) -> list[str]:
        """The names of all files, those that nothing reads or that are too many found at fault."""
        names, total = [], 0
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink() or not path.is_file() or _is_left_over(name):
                continue
            names.append(name)
            total += path.stat().st_size
            self._look_at(name)
        if len(names) > MOST_FILES:
            self.fault("course_too_many_files", "", found=len(names), limit=MOST_FILES)
        if total > MOST_BYTES:
            self.fault("course_too_large", "", limit=MOST_BYTES)
        return names

    def _look_at(self, name: str) -> None:
        top, _slash, rest = name.partition("/")
        _unit, _slash, inner = rest.partition("/")
        known = _IN_UNIT.match(inner) if top == "units" else _ON_TOP.match(name)
        plain = all(_NAME.match(part) for part in name.split("/")) or not rest or inner == "README.md"
        if not plain:
            self.fault("course_file_name", name)
        elif not known:
            self.fault("course_file_unknown", name)


def _is_left_over(name: str) -> bool:
    """What editors and Python leave behind."""
    parts = name.split("/")
    return any(part.startswith(".") or part == "__pycache__" for part in parts) or parts[-1].endswith("~")


def _whole(params: Mapping[str, str | int | float]) -> dict[str, str | int]:
    return {name: value for name, value in params.items() if isinstance(value, str | int)}
