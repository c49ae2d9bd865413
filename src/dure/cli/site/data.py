"""A data set at a site: a folder with `answers.*`, `inputs/` and perhaps `training/`, its hash, and what may be told of it."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dure.cli.site.folder import SiteError
from dure.cli.words import either
from dure.engines.faults import Faulty
from dure.foundation.limited import child

ANSWERS, INPUTS, TRAINING = "answers.", "inputs", "training"
MOST_FILES: Final = 50
CHUNK: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in a data set's folder: the answers, and files by their names below `inputs/` and `training/`."""

    answers: Path
    inputs: tuple[Path, ...]
    training: tuple[Path, ...]

    def named(self) -> Iterator[tuple[str, Path]]:
        yield "answers", self.answers
        for part, paths in ((INPUTS, self.inputs), (TRAINING, self.training)):
            for path in paths:
                yield f"{part}/{path.name}", path


def files_of(folder: Path) -> Files:
    """Raises SiteError for a folder without answers or inputs, with links, or with too many files."""
    found = sorted(path for path in folder.glob(f"{ANSWERS}*") if _is_plain(path))
    inputs, training = (_plain_files(folder / name) for name in (INPUTS, TRAINING))
    if len(found) != 1 or not inputs:
        raise SiteError(
            either(
                f"{folder} needs one file answers.csv (or .parquet, .jsonl) and the inputs in {INPUTS}/",
                f"{folder} 에는 answers.csv(또는 .parquet, .jsonl) 파일 하나와 {INPUTS}/ 안의 입력이 있어야 합니다",
            )
        )
    if len(inputs) + len(training) > MOST_FILES:
        raise SiteError(
            either(
                f"more than {MOST_FILES} files in {folder}", f"{folder} 에 파일이 {MOST_FILES}개보다 많습니다"
            )
        )
    return Files(found[0], inputs, training)


def _plain_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*") if _is_plain(path))) if folder.is_dir() else ()


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~"))


def hash_of(files: Files) -> str:
    """One SHA-256 of all names, sizes and contents, in their order."""
    whole = hashlib.sha256()
    for name, path in files.named():
        whole.update(f"{name}\0{path.stat().st_size}\0".encode())
        whole.update(_digest(path))
    return whole.hexdigest()


def _digest(path: Path) -> bytes:
    one = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            one.update(chunk)
    return one.digest()


class Hashes:
    """Hashes of folders that are still as they were when they were read: same files, sizes, moments and places on the disk."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], str] = {}

    def of(self, files: Files) -> str:
        stamp = tuple((name, *_stamp(path.stat())) for name, path in files.named())
        if stamp not in self._known:
            self._known = {stamp: hash_of(files)}
        return self._known[stamp]


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def tables_of(files: Files, *, least_rows: int) -> dict[str, Any]:
    """What may be told of each file: rows and columns where it is a table, nothing where it is none.

    Raises SiteError for answers that are no table.
    """
    return {name: _told(name, path, least_rows) for name, path in files.named()}


def _told(name: str, path: Path, least_rows: int) -> dict[str, Any]:
    try:
        found: dict[str, Any] = child.call(
            "dure.engines.scoring.apart:describe", path=str(path), least_rows=least_rows
        )
    except Faulty as faulty:
        if name == "answers":
            raise SiteError(
                either(
                    f"{path} is no table ({faulty.faults[0].code})",
                    f"표가 아닙니다: {path} ({faulty.faults[0].code})",
                )
            ) from None
        return {"rows": 0, "columns": []}
    return found
