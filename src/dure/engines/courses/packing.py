"""A course folder as the files that are kept of a version: the folder itself, and each lab's parts apart."""

import hashlib
import io
import json
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

from dure.engines import sandbox
from dure.engines.courses.folder import MOST_BYTES, MOST_FILES, Folder
from dure.engines.courses.reading import read
from dure.engines.courses.values import Lab
from dure.engines.judging.packing import Opener, pack

WHOLE: Final = "course.zip"
PARTS: Final = ("tests", "public_tests", "data", "hidden_data")


def take(*, path: str, out: str, skills: Collection[str] | None = None) -> dict[str, Any]:
    """Read an archive of a course folder and write its parts into the folder `out`, which is there. Raises Faulty.

    Returns `content` (the course as JSON), `digest` (SHA-256 of course.zip), and `labs`: by unit the digest of all that decides
    on points, and the names of the files written.
    """
    with TemporaryDirectory() as above:
        root = Path(above, "course")
        names = sandbox.unpack(Path(path), root, max_bytes=MOST_BYTES, max_entries=MOST_FILES)
        return take_folder(root / _inner(names), Path(out), skills=skills)


def take_folder(root: Path, out: Path, *, skills: Collection[str] | None = None) -> dict[str, Any]:
    """The same for a folder."""
    course = read(root, skills=skills)
    digest = pack_course(root, out / WHOLE)
    labs = {unit.id: _laid(root, out, unit.id, unit.lab) for unit in course.units if unit.lab}
    return {"content": course.as_json(), "digest": digest, "labs": labs}


def pack_course(root: Path, out: Path) -> str:
    """Write a course folder as a zip that is equal where its content is; its SHA-256 in hex."""
    pack(((name, partial(_opened, root / name)) for name in Folder(root).names), out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def _inner(names: tuple[str, ...]) -> str:
    """The folder that holds course.yaml, where somebody packed the folder itself."""
    found = [name for name in names if name == "course.yaml" or name.endswith("/course.yaml")]
    shallow = min(found, key=lambda name: name.count("/"), default="course.yaml")
    return shallow.removesuffix("course.yaml")


def _laid(root: Path, out: Path, unit: str, lab: Lab) -> dict[str, str]:
    """Write a lab's parts as archives; `digest` names all of them, and so all that decides on points."""
    place = root / "units" / unit / "lab"
    written: dict[str, str] = {}
    hashed = hashlib.sha256()
    for part in PARTS:
        if files := list(_files(place, part, lab)):
            written[part] = f"{unit}-{part}.zip"
            pack(files, out / written[part])
            hashed.update((out / written[part]).read_bytes())
    return {"digest": hashed.hexdigest(), **written}


def _files(place: Path, part: str, lab: Lab) -> Iterator[tuple[str, Opener]]:
    if part == "public_tests":
        yield from _tests(place, lab, ("public",))
    elif part == "tests":
        yield from _tests(place, lab, ("public", "hidden"))
    else:
        for path in sorted((place / part).rglob("*")):
            if path.is_file():
                yield path.relative_to(place / part).as_posix(), partial(_opened, path)


def _tests(place: Path, lab: Lab, kinds: Collection[str]) -> Iterator[tuple[str, Opener]]:
    """The files of tests, and the list of those that the judge's program is to run, with what each is worth."""
    for kind in kinds:
        yield f"{kind}.py", partial(_opened, place / f"{kind}.py")
    listed = [
        {"id": test.id, "in": test.where, "points": test.points} for test in lab.tests if test.where in kinds
    ]
    yield "tests.json", partial(io.BytesIO, json.dumps(listed, sort_keys=True).encode())


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")
