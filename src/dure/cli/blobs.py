"""The store of files that the settings name, a folder or a bucket, as backup and restore work on it."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dure.cli.archive import ArchiveError
from dure.cli.installation import Installation
from dure.cli.words import either

if TYPE_CHECKING:
    from django.core.files.storage import Storage

CHUNK = 1024 * 1024


class Store:
    """Files by their SHA-256, wherever they lie. Errors of the store itself come as ArchiveError."""

    def __init__(self, storage: "Storage") -> None:
        self._storage = storage

    @classmethod
    def of(cls, installation: Installation) -> "Store":
        """Return the store of this process's settings: DURE_STORAGE_URL, else the installation's folder."""
        with _settings_for(installation.folder):
            import django

            django.setup()
            from django.core.files.storage import storages

            return cls(storages["blobs"])

    @contextmanager
    def whole(self, sha256: str) -> Iterator[IO[bytes] | None]:
        """Yield a blob's content from its beginning; None where it is lost or no longer what its name says."""
        with ExitStack() as stack:
            with _answering():
                content = self._opened(sha256, stack)
            yield content

    def _opened(self, sha256: str, stack: ExitStack) -> IO[bytes] | None:
        try:
            content: IO[bytes] = stack.enter_context(self._storage.open(_name(sha256), "rb"))
        except FileNotFoundError:
            return None
        is_whole = _hash(content) == sha256
        content.seek(0)
        return content if is_whole else None

    def keep(self, sha256: str, path: Path) -> None:
        """Put a file in under its hash. One that is there already is left; another content there is an ArchiveError."""
        from django.core.files import File

        name = _name(sha256)
        with _answering():
            if not self._storage.exists(name):
                with path.open("rb") as content:
                    self._storage.save(name, File(content))
            elif self._storage.size(name) != path.stat().st_size:
                raise ArchiveError(
                    either(
                        f"the store holds another file under {name}",
                        f"저장소에 같은 이름의 다른 파일이 있습니다: {name}",
                    )
                )


@contextmanager
def _settings_for(folder: Path) -> Iterator[None]:
    """Django reads its settings from the environment, once; what it reads here is for files only."""
    before = dict(os.environ)
    os.environ.update({"DJANGO_SETTINGS_MODULE": "dure.settings", "DURE_DATA": str(folder)})
    os.environ.setdefault("DURE_SECRET_KEY", secrets.token_urlsafe(50))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _name(sha256: str) -> str:
    from dure.foundation.files.places import name_of

    return name_of(sha256)


def _hash(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (ArchiveError, OSError):
        raise
    except Exception as error:  # each kind of store has its own errors, and all mean the same here
        raise ArchiveError(
            either(f"the store of files does not answer: {error}", f"파일 저장소가 답하지 않습니다: {error}")
        ) from error
