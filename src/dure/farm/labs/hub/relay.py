"""The hub's side of a lab's relay: a folder that a stranger's programs may change at any moment.

Nothing in it is followed: names are opened below the folder's descriptor, a link is refused, and a socket is reached through the
descriptor of exactly what was looked at. Otherwise a lab could lay a link there and have the hub speak to any socket here.
"""

import json
import os
import socket
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

HANDED_OVER, SERVER, HUB = "environment.json", "server.sock", "hub.sock"


class Relay:
    """One lab's relay, held open."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._server = -1

    def hand_over(self, environment: Mapping[str, str]) -> None:
        """Leave the environment for the program inside, whole at once."""
        half = f".{HANDED_OVER}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(half, flags, 0o600, dir_fd=self._folder)
        with os.fdopen(descriptor, "w") as file:
            os.fchmod(descriptor, 0o666)  # whoever it is inside; nobody else passes the folders above
            json.dump(dict(environment), file)
        os.rename(half, HANDED_OVER, src_dir_fd=self._folder, dst_dir_fd=self._folder)

    @property
    def held(self) -> str | None:
        """The path that `server` returned last: it leads there for as long as the relay is held open."""
        return f"/proc/self/fd/{self._server}" if self._server >= 0 else None

    def server(self) -> str | None:
        """Look for the notebook server's socket and return a path that leads to that socket itself, or None while there is none."""
        with suppress(OSError):
            found = os.open(SERVER, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self._folder)
            if stat.S_ISSOCK(os.fstat(found).st_mode):
                self._let_go_of_server()
                self._server = found
                return self.held
            os.close(found)
        return None

    def door(self) -> socket.socket:
        """Return a socket to which the lab can connect, in the place of one that an earlier hub left. Raises OSError."""
        with suppress(FileNotFoundError):
            os.unlink(HUB, dir_fd=self._folder)
        listening = socket.socket(socket.AF_UNIX)
        before = os.umask(0)  # connecting takes the right to write, whoever it is inside
        try:
            listening.bind(f"/proc/self/fd/{self._folder}/{HUB}")
        except OSError:
            listening.close()
            raise
        finally:
            os.umask(before)
        return listening

    def close(self) -> None:
        self._let_go_of_server()
        os.close(self._folder)

    def _let_go_of_server(self) -> None:
        if self._server >= 0:
            os.close(self._server)
            self._server = -1
