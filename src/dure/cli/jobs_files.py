"""Files of jobs on this side: packed into one archive on their way in, checked by their hashes on their way out."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from dure.cli.download import sha256
from dure.cli.server import Server, again_and_again, plain, say_error
from dure.cli.words import either

LEFT_OUT = frozenset({".git", "__pycache__", ".venv", "node_modules", ".ipynb_checkpoints"})
CHUNK = 1 << 18


class UnfitFileError(RuntimeError):
    """A file that cannot go along."""


def found(given: Sequence[Path], command: Sequence[str]) -> list[tuple[Path, str]]:
    """What goes along: each file with its path inside. Where nothing is named, the files that the command names.

    A folder goes along under its own name, `.` as what it holds.

    Raises:
        UnfitFileError: one is not there, or two would lie in the same place.
    """
    named = given or [Path(word) for word in command if _is_here(word)]
    inside = [one for path in named for one in _below(path, keeps_place=not given)]
    places = [place for _file, place in inside]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice:
        raise UnfitFileError(either(f"two files would be {twice}", f"{twice} 자리에 놓일 파일이 두 개입니다"))
    return inside


def _is_here(word: str) -> bool:
    path = PurePosixPath(word)
    return not path.is_absolute() and ".." not in path.parts and Path(word).is_file()


def _below(path: Path, *, keeps_place: bool) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.as_posix() if keeps_place else path.name
    elif path.is_dir():
        top = path.resolve().parent if path.resolve() != Path.cwd() else Path.cwd()
        for file in sorted(path.resolve().rglob("*")):
            place = file.relative_to(top)
            if file.is_file() and not file.is_symlink() and not LEFT_OUT & set(place.parts):
                yield file, place.as_posix()
    else:
        raise UnfitFileError(either(f"{path}: there is no such file", f"{path}: 없는 파일입니다"))


@contextmanager
def packed(inside: Sequence[tuple[Path, str]]) -> Iterator[dict[str, Path]]:
    """Yield the form's files: one archive with everything in its place, or none. It is gone afterwards."""
    if not inside:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="dure-run-") as folder:
        archive = Path(folder) / "inputs.zip"
        with _zip_into(archive) as writer:
            for file, place in inside:
                writer.write(file, place)
        yield {"files": archive}


def _zip_into(archive: Path) -> zipfile.ZipFile:
    """A file may have any date: those before 1980, which a zip cannot tell, are packed with that year's."""
    return zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False)


def fetch_array(server: Server, uid: str, folder: Path) -> bool:
    """The same of all jobs of an array, each into a folder with its index for a name."""
    jobs = server.pages(f"/farm/arrays/{uid}/jobs")
    whole = [fetch_all(server, one["uid"], folder / str(one["array"]["index"])) for one in jobs]
    return all(whole)


def fetch_all(server: Server, uid: str, folder: Path) -> bool:
    """Get every file that came out of a job into `folder`; return whether all are there and whole."""
    files = list(server.pages(f"/farm/jobs/{uid}/files"))
    whole = [_fetched(server, uid, file, folder) for file in files]
    return all(whole)


def _fetched(server: Server, uid: str, file: Any, folder: Path) -> bool:
    target = place_of(file["name"], folder)
    if target is None:
        say_error(
            either(
                f"{plain(file['name'])}: not a place in {folder}", f"{plain(file['name'])}: {folder} 밖입니다"
            )
        )
        return False
    if not (target.exists() and sha256(target) == file["sha256"]):
        target.parent.mkdir(parents=True, exist_ok=True)
        again_and_again(lambda: _stream(server, uid, file, target))
    if sha256(target) != file["sha256"]:
        target.unlink()
        say_error(
            either(f"{target}: it came broken; try again", f"{target}: 깨져서 왔습니다. 다시 시도하세요")
        )
        return False
    print(f"{target}: {file['size']:,} B")
    return True


def place_of(name: str, folder: Path) -> Path | None:
    """Return where a file goes; None where a server names a place outside the folder."""
    parts = PurePosixPath(plain(name).replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts:
        return None
    return folder.joinpath(*parts)


def _stream(server: Server, uid: str, file: Any, target: Path) -> None:
    path = f"/farm/jobs/{uid}/files/{quote(file['name'])}"
    with server.stream(path) as answer, target.open("wb") as writer:
        for chunk in answer.iter_bytes(CHUNK):
            writer.write(chunk)


def names(inside: Iterable[tuple[Path, str]], *, most: int = 5) -> str:
    """Return the first names, and how many more there are."""
    places = [place for _file, place in inside]
    more = len(places) - most
    listed = ", ".join(places[:most])
    return listed + (either(f" and {more} more", f" 외 {more}개") if more > 0 else "")
