"""Laying work into a home: always a new folder, so that nothing a person made is ever written over."""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final
from uuid import UUID

from django.conf import settings

from dure.engines import sandbox
from dure.engines.faults import Faulty
from dure.farm.labs import homes
from dure.farm.labs.names import NOTEBOOK, laid_names, plain
from dure.farm.labs.rules import HOME_FULL
from dure.farm.labs.sources import LabWork
from dure.foundation import files
from dure.foundation.access import Denied

_TRIES: Final = 1000
_MOST_FILES: Final = 2000
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def lay(person: UUID, work: LabWork) -> str:
    """Lay it into a person's home and return the notebook's path below it. Raises Denied where there is no room."""
    cells = notebook(work).encode()
    with tempfile.TemporaryDirectory(prefix="dure-lab-") as scratch:
        pieces = list(_pieces(work, Path(scratch)))
        taken = homes.noted(person) + len(cells) + sum(path.stat().st_size for _place, path in pieces)
        if not homes.has_room() or taken > settings.LAB_HOME_BYTES:
            raise Denied(HOME_FULL, conflict=True)
        with _opened(homes.home_of(person)) as above, _made(above, plain(work.folder)) as (name, folder):
            for place, path in pieces:
                _copy(folder, place, path)
            _write(folder, NOTEBOOK, io.BytesIO(cells))
    homes.note(person, taken)
    return f"{name}/{NOTEBOOK}"


def _pieces(work: LabWork, scratch: Path) -> Iterator[tuple[tuple[str, ...], Path]]:
    """Each file with its place below the folder, archives unpacked. Raises Denied where one holds more than a home may."""
    for laid, one in zip(laid_names(one.name for one in work.files), work.files, strict=True):
        path = files.local_path(one.sha256)
        if not one.unpack:
            yield (laid,), path
            continue
        try:
            names = sandbox.unpack(
                path, scratch / laid, max_bytes=settings.LAB_HOME_BYTES, max_entries=_MOST_FILES
            )
        except Faulty as faulty:
            raise Denied(HOME_FULL, conflict=True) from faulty
        yield from (((laid, *PurePosixPath(name).parts), scratch / laid / name) for name in names)


def _copy(folder: int, place: tuple[str, ...], path: Path) -> None:
    """Copy a file to its place, with the folders above it; nothing on the way is followed."""
    *above, name = place
    with ExitStack() as stack:
        for part in above:
            folder = stack.enter_context(_below(folder, part))
        with path.open("rb") as source:
            _write(folder, name, source)


@contextmanager
def _below(above: int, name: str) -> Iterator[int]:
    """A folder within one that we made, made where it is not there yet."""
    with suppress(FileExistsError):
        os.mkdir(name, 0o755, dir_fd=above)
    folder = os.open(name, _FOLDER, dir_fd=above)
    try:
        _give(folder, above)
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _opened(home: Path) -> Iterator[int]:
    folder = os.open(home, _FOLDER)
    try:
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _made(above: int, wanted: str) -> Iterator[tuple[str, int]]:
    """A new folder that belongs to whom the home belongs to."""
    name = _new_folder(above, wanted)
    folder = os.open(name, _FOLDER, dir_fd=above)
    try:
        _give(folder, above)
        yield name, folder
    finally:
        os.close(folder)


def _new_folder(above: int, wanted: str) -> str:
    for number in range(1, _TRIES):
        name = wanted if number == 1 else f"{wanted}-{number}"
        try:
            os.mkdir(name, 0o755, dir_fd=above)
        except FileExistsError:
            continue
        return name
    raise Denied(HOME_FULL, conflict=True)


def _write(folder: int, name: str, source: IO[bytes]) -> None:
    with closing(os.fdopen(os.open(name, _NEW, 0o644, dir_fd=folder), "wb")) as file:
        shutil.copyfileobj(source, file)
        _give(file.fileno(), folder)


def _give(descriptor: int, like: int) -> None:
    """Where root runs labs, each run has a user of its own: new things belong to the one that the home belongs to."""
    if os.geteuid() == 0:
        owner = os.fstat(like)
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def notebook(work: LabWork) -> str:
    """Its cells as a notebook, in Jupyter's format 4.5."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": kind,
            "id": f"cell-{number}",
            "metadata": {},
            "source": text,
            **({"outputs": [], "execution_count": None} if kind == "code" else {}),
        }
        for number, (kind, text) in enumerate(work.cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5},
        ensure_ascii=False,
    )
