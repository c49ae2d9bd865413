"""Log files that cannot fill the disk."""

import os
from pathlib import Path

LIMIT = 10 * 1024 * 1024


class BoundedLog:
    """A file that, once it reaches `limit` bytes, becomes `NAME.1` and starts anew; one old file is kept."""

    def __init__(self, path: Path, *, limit: int = LIMIT) -> None:
        self.path = path
        self._limit = limit
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._size = os.fstat(self._file).st_size

    def write(self, data: bytes) -> None:
        """Append; what the disk refuses is dropped, because a full disk must not stop the supervisor."""
        if self._size + len(data) > self._limit and self._size:
            self._rotate()
        try:
            self._size += os.write(self._file, data)
        except OSError:
            return

    def _rotate(self) -> None:
        try:
            self.path.replace(self.path.with_name(self.path.name + ".1"))
            fresh = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return
        os.close(self._file)
        self._file, self._size = fresh, 0

    def tail(self, *, lines: int = 15) -> str:
        """Return the last lines, for a message about a child that does not start."""
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - 8192))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])

    @classmethod
    def nowhere(cls) -> "BoundedLog":
        """A log that keeps nothing, for output that holds secrets."""
        return cls(Path(os.devnull), limit=2**62)

    def close(self) -> None:
        os.close(self._file)
