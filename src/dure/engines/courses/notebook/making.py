"""The course folder that a notebook becomes."""

import ast
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from dure.engines.courses.notebook import texts
from dure.engines.courses.notebook.laying import TestFile, tests_of
from dure.engines.courses.notebook.reading import MOST_BYTES, NotebookCell, read
from dure.engines.courses.notebook.solutions import Code, calls_guarded, code_of
from dure.engines.courses.reading import RESERVED
from dure.engines.environment import standard
from dure.engines.faults import Fault, Faulty

UNIT: Final = "01-notebook"
USUAL_SKILL: Final = "python-basics"
_IMPORTED_AS: Final = {"scikit-learn": "sklearn", "python-dateutil": "dateutil"}
_MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a course folder by their names, and what remains to be done by hand."""

    files: dict[str, str]
    remarks: tuple[Fault, ...]


def course_of(content: bytes, *, name: str, licence: str, skill: str) -> Made:
    """The course that a notebook becomes. Nothing of it is run. Raises Faulty."""
    try:
        return _Course(read(content), name, licence, skill).made()
    except RecursionError as error:
        raise Faulty([Fault("nbgrader_broken")]) from error


def take_notebook(*, path: str, out: str, name: str, licence: str, skill: str) -> list[dict[str, Any]]:
    """Write the course folder as a zip to `out`; gives back the remarks. Raises Faulty."""
    with Path(path).open("rb") as given:
        content = given.read(MOST_BYTES + 1)
    made = course_of(content, name=name, licence=licence, skill=skill)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in made.files.items():
            archive.writestr(file, text)
    return [asdict(remark) for remark in made.remarks]


def write(made: Made, folder: Path) -> None:
    """Write the folder, which must not be there. Raises FileExistsError."""
    folder.mkdir(parents=True)
    for name, text in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


@dataclass(slots=True)
class _Course:
    cells: tuple[NotebookCell, ...]
    name: str
    licence: str
    skill: str
    remarks: list[Fault] = field(default_factory=list)

    def made(self) -> Made:
        codes = self._codes()
        unsolved = {name for code in codes if code.is_solution for name in code.functions}
        if not unsolved:
            raise Faulty([Fault("nbgrader_no_solution")])
        found = tests_of([cell for cell in self.cells if cell.role == "tests"], codes, self.language)
        self.remarks += found.remarks
        guarded = {code.cell.number: calls_guarded(code, unsolved) for code in codes}
        self.remarks += [remark for code in guarded.values() for remark in code.remarks]
        self.remarks += self._of_cells(codes)
        unit = f"units/{UNIT}"
        files = {
            "course.yaml": _yaml(self._course()),
            f"{unit}/unit.yaml": _yaml(self._unit()),
            **{f"{unit}/lesson.{language}.md": self._lesson(language) for language in ("ko", "en")},
            f"{unit}/lab/lab.yaml": _yaml(self._lab(codes, found.listed())),
            f"{unit}/lab/lab.py": self._source(guarded),
            f"{unit}/lab/public.py": found.source(TestFile.PUBLIC),
            f"{unit}/lab/hidden.py": found.source(TestFile.HIDDEN),
        }
        general = Fault("nbgrader_words", place="course.yaml")
        return Made(files, (*sorted(self.remarks, key=_order), general))

    def _codes(self) -> list[Code]:
        """The code cells that learners get. Raises Faulty with every cell that cannot be read."""
        codes, faults = [], []
        for cell in self.cells:
            if cell.kind == "code" and cell.role != "tests" and cell.text.strip():
                try:
                    codes.append(code_of(cell))
                except Faulty as faulty:
                    faults += faulty.faults
        if faults:
            raise Faulty(faults)
        return codes

    def _of_cells(self, codes: list[Code]) -> Iterator[Fault]:
        for cell in self.cells:
            if cell.role == "by_hand":
                yield Fault("nbgrader_by_hand", place=cell.place)
            if cell.kind == "markdown" and texts.shown(cell.text) != cell.text.strip():
                yield Fault("nbgrader_text", place=cell.place)
        there = {_IMPORTED_AS.get(name, name) for name, _version in standard().packages}
        for code in codes:
            for package in sorted(_packages(code) - there):
                yield Fault("nbgrader_package", {"name": package}, place=code.cell.place)

    @property
    def language(self) -> str:
        return texts.language_of("\n".join(cell.text for cell in self.cells if cell.kind == "markdown"))

    @property
    def title(self) -> str:
        found = (texts.heading_of(cell.text) for cell in self.cells if cell.kind == "markdown")
        return next(filter(None, found), "") or self.name[:120]

    def _course(self) -> dict[str, Any]:
        title = texts.both(self.title, self.language)
        return {
            "id": slug_of(self.name),
            "title": title,
            "summary": {"ko": "노트북 하나로 만든 강좌입니다.", "en": "A course made from one notebook."},
            "audience": {"ko": "파이썬의 기초를 아는 사람.", "en": "Who knows the basics of Python."},
            "original": self.language,
            "hours": 1,
            "licence": self.licence,
            "skills": {"gains": {self.skill: 1}},
            "units": [UNIT],
            "pass": {"labs": 70},
            "badge": {
                "name": title,
                "criteria": {
                    "ko": "실습의 함수를 스스로 완성했습니다.",
                    "en": "Completed the lab's functions on their own.",
                },
            },
        }

    def _unit(self) -> dict[str, Any]:
        goal = {
            "ko": "실습의 함수를 스스로 완성할 수 있다.",
            "en": "Complete the lab's functions on one's own.",
        }
        return {"title": texts.both(self.title, self.language), "minutes": _MINUTES, "goals": [goal]}

    def _lesson(self, language: str) -> str:
        """What stands before the first code, and the lab."""
        first = next(cell.number for cell in self.cells if cell.kind == "code")
        intro = [cell for cell in self.cells if cell.kind == "markdown" and cell.number < first]
        said = "\n\n".join(texts.shown(cell.text) for cell in intro if cell.text.strip()) or self.title
        return f"{texts.both_blocks(said, self.language)[language]}\n\n::: lab\n:::\n"

    def _lab(self, codes: list[Code], tests: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "title": texts.both(self.title, self.language),
            "skills": {self.skill: 1},
            "minutes": _MINUTES,
            "environment": "standard" if any(map(_packages, codes)) else "plain",
            "tests": tests,
        }

    def _source(self, codes: dict[int, Code]) -> str:
        """lab.py: the cells from the first code on, text in both languages."""
        first = min(codes)
        parts = []
        for cell in self.cells:
            if cell.number in codes:
                parts.append(f"# %%\n{codes[cell.number].text.strip()}")
            elif cell.kind == "markdown" and cell.number > first and cell.text.strip():
                words = texts.both_blocks(texts.shown(cell.text), self.language)
                parts += [
                    f'# %% [markdown] lang="{language}"\n{_commented(words[language])}' for language in words
                ]
        return "\n\n".join(parts) + "\n"


def slug_of(name: str) -> str:
    """An id for a course whose notebook has this name."""
    made = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].strip("-") or "notebook"
    return f"{made}-course" if made in RESERVED else made


def _packages(code: Code) -> set[str]:
    """What a cell imports beside Python's own."""
    found: set[str] = set()
    for node in ast.walk(code.tree):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


def _yaml(value: dict[str, Any]) -> str:
    made: str = yaml.dump(value, Dumper=_InFull, allow_unicode=True, sort_keys=False, width=120)
    return made


class _InFull(yaml.SafeDumper):
    """Writes what occurs twice twice: people read it."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - as the parent has it
        return True


def _order(fault: Fault) -> int:
    found = re.match(r"cells\[(\d+)\]", fault.place or "")
    return int(found[1]) if found else 0
