"""Files as a zip that is equal where its content is: same order, same dates, so that a hash names the content."""

import shutil
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import IO

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
Opener = Callable[[], IO[bytes]]


def pack(files: Iterable[tuple[str, Opener]], out: Path) -> None:
    """Write named files as a zip to `out`, in the order they come; each is opened only while it is copied."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, opener in files:
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            with opener() as stream, archive.open(info, "w", force_zip64=True) as member:
                shutil.copyfileobj(stream, member)


def pack_paths(paths: Iterable[Path], out: Path) -> None:
    """The same for single files, by their bare names."""
    pack(((path.name, partial(_opened, path)) for path in paths), out)


def pack_folder(folder: Path, out: Path) -> None:
    """The same for all files below a folder, by their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    pack(((str(path.relative_to(folder)), partial(_opened, path)) for path in paths), out)


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")
